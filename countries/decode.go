package countries

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

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

// required reports whether a field must be written. A quote is a type of another
// room, without our tags: only its source can go without saying.
func required(record reflect.Type, f reflect.StructField) bool {
	return hasWord(f.Tag, "required") || record == reflect.TypeFor[objectives.Quote]() && fieldName(f) != "source"
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

// objectives reads numbers of objectives, or the word all.
func (r *reader) objectives(n *yaml.Node, dst *Objectives, at place) {
	if n.Kind == yaml.ScalarNode && n.Value == "all" {
		*dst = make(Objectives, objectives.Total)
		for i := range *dst {
			(*dst)[i] = i + 1
			r.places[&(*dst)[i]] = at
		}
		return
	}
	r.list(n, reflect.ValueOf(dst).Elem(), at, "")
	for i, number := range *dst {
		if number < 1 || number > objectives.Total {
			r.fault(r.places[&(*dst)[i]], "%s is no objective of the Compact: write 1 to %d", clip(n.Content[i].Value), objectives.Total)
		}
	}
}

func (r *reader) number(n *yaml.Node, v reflect.Value, at place) {
	i, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" || err != nil {
		r.fault(at, "must be a whole number")
		return
	}
	v.SetInt(int64(i))
}

func (r *reader) period(n *yaml.Node, dst *period.Period, at place, tag reflect.StructTag) {
	s, ok := r.text(n, at, tag)
	if !ok {
		return
	}
	p, err := period.Parse(s)
	if err != nil {
		r.fault(at, "%v", err)
	}
	*dst = p
}

// text reads a scalar that YAML itself takes for a text. Plain digits are taken
// only for decimals, which keep them as they are written.
func (r *reader) text(n *yaml.Node, at place, tag reflect.StructTag) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		r.fault(at, "must be a text, not a list or fields")
		return "", false
	}
	number := n.ShortTag() == "!!int" || n.ShortTag() == "!!float"
	if n.ShortTag() != "!!str" && (!number || !hasWord(tag, "decimal")) {
		r.fault(at, "%s is no text to YAML: write it in quotes", clip(n.Value))
		return "", false
	}
	if strings.TrimSpace(n.Value) == "" {
		r.fault(at, "is empty: leave it out")
		return "", false
	}
	if c, bad := controlCharacter(n.Value); bad {
		r.fault(at, "holds the control character U+%04X: take it out", c)
		return "", false
	}
	if problem := checkSyntax(n.Value, tag); problem != "" {
		r.fault(at, "%s", problem)
		return "", false
	}
	return n.Value, true
}

// clip makes a value of the pack safe to print in one line.
func clip(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		s = string(runes[:60]) + "…"
	}
	return strconv.Quote(s)
}

func keyText(key *yaml.Node) string {
	if key.Kind != yaml.ScalarNode {
		return "?"
	}
	return strings.Trim(clip(key.Value), `"`)
}

// A fieldList holds the fields of a record type that are read from YAML.
type fieldList []reflect.StructField

func fieldsOf(t reflect.Type) fieldList {
	var list fieldList
	for _, f := range reflect.VisibleFields(t) {
		if !f.Anonymous && !hasWord(f.Tag, "derived") {
			list = append(list, f)
		}
	}
	return list
}

func fieldName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

func (l fieldList) find(key *yaml.Node) (reflect.StructField, bool) {
	i := slices.IndexFunc(l, func(f reflect.StructField) bool { return key.Kind == yaml.ScalarNode && fieldName(f) == key.Value })
	if i < 0 {
		return reflect.StructField{}, false
	}
	return l[i], true
}

func (l fieldList) names() string {
	var names []string
	for _, f := range l {
		names = append(names, fieldName(f))
	}
	return strings.Join(names, ", ")
}

func hasWord(tag reflect.StructTag, word string) bool {
	return slices.Contains(strings.Fields(tag.Get("check")), word)
}

// fault collects what is wrong at a place. What the pack itself says there is
// made printable, so that a fault stays in its line.
func (r *reader) fault(at place, format string, args ...any) {
	r.faults = append(r.faults, Fault{
		File: printable(at.file), Line: at.line, Record: printable(at.record), Field: printable(at.field), Problem: printable(fmt.Sprintf(format, args...)),
	})
}

func printable(s string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return unicode.ReplacementChar
		}
		return c
	}, s)
}
