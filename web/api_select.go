package web

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gcm/internal/i18n"
)

// Choice (exported as huma reads embedded fields that are) is what every operation can be asked for.
type Choice struct {
	Lang   []string `query:"lang" enum:"kk,ru,en" example:"kk"`
	Fields []string `query:"fields" example:"code"`
}

// asked are the values of a parameter that takes several, by commas.
func (r *request) asked(parameter string) []string {
	return strings.FieldsFunc(r.Query(parameter), func(c rune) bool { return c == ',' })
}

// nameFields says in the description which fields an operation's answer has, and
// has others refused.
func (a *api) nameFields(path string, names []string) {
	for _, p := range a.OpenAPI().Paths[path].Get.Parameters {
		if p.Name == "fields" {
			for _, name := range names {
				p.Schema.Items.Enum = append(p.Schema.Items.Enum, name)
			}
			p.Schema.Items.PrecomputeMessages()
			p.Schema.Examples = []any{names[:1]}
		}
	}
}

// itemOf is what fields are chosen of: the items of a list, else the answer.
func itemOf(t reflect.Type) reflect.Type {
	if items, ok := t.FieldByName("Items"); ok {
		return items.Type.Elem()
	}
	return t
}

// fieldsOf are the names of a type's fields in JSON.
func fieldsOf(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			names = append(names, fieldsOf(f.Type)...)
		case name != "" && name != "-":
			names = append(names, name)
		}
	}
	return names
}

// chosenParts leaves in an answer the languages and the fields that were asked for.
// A text that has none of the languages stays as it is.
func chosenParts(ctx huma.Context, status string, v any) (any, error) {
	out := answerOf(ctx.Context())
	if out == nil || out.failure != nil || status != "200" {
		return v, nil
	}
	if languages := out.request.asked("lang"); len(languages) > 0 {
		whole := reflect.New(reflect.TypeOf(v)).Elem()
		whole.Set(reflect.ValueOf(v))
		narrow(whole, languages)
		v = whole.Interface()
	}
	fields := out.request.asked("fields")
	if len(fields) == 0 {
		return v, nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	whole := map[string]json.RawMessage{}
	if err := json.Unmarshal(b, &whole); err != nil {
		return nil, err
	}
	if items, isList := whole["items"]; isList {
		var each []map[string]json.RawMessage
		if err := json.Unmarshal(items, &each); err != nil {
			return nil, err
		}
		for _, one := range each {
			keepFields(one, fields)
		}
		whole["items"], err = json.Marshal(each)
		return whole, err
	}
	keepFields(whole, fields)
	return whole, nil
}

func keepFields(of map[string]json.RawMessage, fields []string) {
	for name := range of {
		if !slices.Contains(fields, name) {
			delete(of, name)
		}
	}
}

// narrow leaves in all texts of a value the languages that were asked for.
func narrow(v reflect.Value, languages []string) {
	switch {
	case v.Type() == reflect.TypeFor[i18n.Text]():
		some := i18n.Text{}
		for lang, text := range v.Interface().(i18n.Text) {
			if slices.Contains(languages, lang) {
				some[lang] = text
			}
		}
		if len(some) > 0 {
			v.Set(reflect.ValueOf(some))
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				narrow(v.Field(i), languages)
			}
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			narrow(v.Index(i), languages)
		}
	case v.Kind() == reflect.Pointer && !v.IsNil():
		narrow(v.Elem(), languages)
	}
}
