package countries

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// value reads a node into v, which is addressable, by v's type and the tag of
// its field. What is wrong is collected, and where v stands is remembered for
// the checks that look at several records.
func (r *reader) value(n *yaml.Node, v reflect.Value, at place, tag reflect.StructTag) {
	at.line = n.Line
	r.places[v.Addr().Interface()] = at
	if n.ShortTag() == "!!null" || n.Kind != yaml.ScalarNode && len(n.Content) == 0 {
		r.fault(at, "is empty: leave it out")
		return
	}
	switch dst := v.Addr().Interface().(type) {
	case *Objectives:
		r.objectives(n, dst, at)
	case *period.Period:
		r.period(n, dst, at, tag)
	case *i18n.Text:
		r.mapping(n, v, at, tag)
		r.languagesOf(*dst, at, hasWord(tag, "partial"))
	default:
		switch v.Kind() {
		case reflect.Struct:
			r.record(n, v, at)
		case reflect.Slice:
			r.list(n, v, at, tag)
		case reflect.Map:
			r.mapping(n, v, at, tag)
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			r.value(n, v.Elem(), at, tag)
		case reflect.Int:
			r.number(n, v, at)
		default:
			s, _ := r.text(n, at, tag)
			v.SetString(s)
		}
	}
}

// record reads the fields of a struct by their names in the json tags.
func (r *reader) record(n *yaml.Node, v reflect.Value, at place) {
	if n.Kind != yaml.MappingNode {
		r.fault(at, "must be fields, each with its name and a colon")
		return
	}
	fields := fieldsOf(v.Type())
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		here := at.in(keyText(key))
		here.line = key.Line
		field, known := fields.find(key)
		switch {
		case !known:
			r.fault(here, "is no field here; there are %s", fields.names())
		case seen[key.Value]:
			r.fault(here, "stands twice")
		default:
			r.value(value, v.FieldByIndex(field.Index), here, field.Tag)
		}
		seen[key.Value] = true
	}
	for _, f := range fields {
		if required(v.Type(), f) && !seen[fieldName(f)] {
			r.fault(at.in(fieldName(f)), "is missing")
		}
	}
}

// list reads a sequence. Short texts must not stand twice in one.
func (r *reader) list(n *yaml.Node, v reflect.Value, at place, tag reflect.StructTag) {
	if n.Kind != yaml.SequenceNode {
		r.fault(at, "must be a list")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	seen := map[string]bool{}
	for i, item := range n.Content {
		here := at.item(i)
		r.value(item, v.Index(i), here, tag)
		if item.Kind == yaml.ScalarNode {
			here.line = item.Line
			if seen[item.Value] {
				r.fault(here, "%q stands twice", item.Value)
			}
			seen[item.Value] = true
		}
	}
}

// mapping reads a map from short names to values; those of texts and acronyms
// are languages.
func (r *reader) mapping(n *yaml.Node, v reflect.Value, at place, tag reflect.StructTag) {
	if n.Kind != yaml.MappingNode {
		r.fault(at, "must be names, each with a colon and its value")
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	_, isText := v.Interface().(i18n.Text)
	_, isAcronyms := v.Interface().(objectives.Acronyms)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, item := n.Content[i], n.Content[i+1]
		here := at.in(keyText(key))
		here.line = key.Line
		name := reflect.ValueOf(key.Value)
		switch {
		case key.Kind != yaml.ScalarNode:
			r.fault(here, "is no name")
		case v.MapIndex(name).IsValid():
			r.fault(here, "stands twice")
		case (isText || isAcronyms) && len(r.languages) > 0 && !slices.Contains(r.languages, key.Value):
			r.fault(here, "is no language of this pack, which has %s", strings.Join(r.languages, ", "))
		default:
			element := reflect.New(v.Type().Elem()).Elem()
			r.value(item, element, here, tag)
			v.SetMapIndex(name, element)
		}
	}
}

// languagesOf says which languages a text lacks. A partial text may lack some.
func (r *reader) languagesOf(t i18n.Text, at place, partial bool) {
	for _, lang := range r.languages {
		if _, there := t[lang]; !there && !partial {
			r.fault(at.in(lang), "is missing: the text is needed in %s", strings.Join(r.languages, ", "))
		}
	}
}

// fault collects what is wrong at a place. What the pack itself says there is
// made printable, so that a fault stays in its line.
func (r *reader) fault(at place, format string, args ...any) {
	r.faults = append(r.faults, Fault{
		File: printable(at.file), Line: at.line, Record: printable(at.record), Field: printable(at.field), Problem: printable(fmt.Sprintf(format, args...)),
	})
}
