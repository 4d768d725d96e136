package countries

import (
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"gcm/objectives"
)

// required reports whether a field must be written. A quote is a type of another
// room, without our tags: only its source can go without saying.
func required(record reflect.Type, f reflect.StructField) bool {
	return hasWord(f.Tag, "required") || record == reflect.TypeFor[objectives.Quote]() && fieldName(f) != "source"
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
