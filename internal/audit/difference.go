package audit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Difference is a field that is another one afterwards.
type Difference struct {
	Field         string // its names from the outside in: "progress.narrative.kk"; parts of lists by number from 1
	Before, After string // empty for nothing
}

// Differences compares two texts of JSON, of which either may be empty, field
// by field in the order in which they stand there. What is no JSON is one field
// without a name.
func Differences(before, after string) []Difference {
	b, berr := parse(before)
	a, aerr := parse(after)
	if berr != nil || aerr != nil {
		return diff(nil, "", before, after)
	}
	return diff(nil, "", b, a)
}

// object is a JSON object that keeps the order of its fields.
type object struct {
	names  []string
	fields map[string]any
}

// parse reads JSON into object, []any, string, json.Number, bool and nil.
func parse(text string) (any, error) {
	if text == "" {
		return nil, nil
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	return value(d)
}

func value(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		o := object{fields: map[string]any{}}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			o.names = append(o.names, name.(string)) // nothing else can stand before a colon
			if o.fields[name.(string)], err = value(d); err != nil {
				return nil, err
			}
		}
		_, err = d.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := value(d)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = d.Token()
		return list, err
	}
	return token, nil
}

// diff adds to found what differs between b and a.
func diff(found []Difference, field string, b, a any) []Difference {
	bo, bIs := b.(object)
	ao, aIs := a.(object)
	if (bIs || aIs) && (bIs || b == nil) && (aIs || a == nil) {
		names := slices.Clone(bo.names)
		for _, name := range ao.names {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		for _, name := range names {
			found = diff(found, join(field, name), bo.fields[name], ao.fields[name])
		}
		return found
	}
	if records(b, a) {
		return diffLists(found, field, b, a)
	}
	if before, after := leaf(b), leaf(a); before != after {
		found = append(found, Difference{field, before, after})
	}
	return found
}

// records reports whether the two are lists, or one is and the other nothing,
// and at least one holds more than plain values.
func records(b, a any) bool {
	bl, bIs := b.([]any)
	al, aIs := a.([]any)
	if !bIs && b != nil || !aIs && a != nil {
		return false
	}
	return slices.ContainsFunc(slices.Concat(bl, al), func(v any) bool {
		switch v.(type) {
		case object, []any:
			return true
		}
		return false
	})
}

// diffLists leaves out what two lists have in common at both ends, so that a
// part that was put in or taken out shows alone, and pairs the rest in order.
func diffLists(found []Difference, field string, b, a any) []Difference {
	before, _ := b.([]any)
	after, _ := a.([]any)
	head := 0
	for head < min(len(before), len(after)) && len(diff(nil, "", before[head], after[head])) == 0 {
		head++
	}
	tail := 0
	for tail < min(len(before), len(after))-head && len(diff(nil, "", before[len(before)-1-tail], after[len(after)-1-tail])) == 0 {
		tail++
	}
	before, after = before[head:len(before)-tail], after[head:len(after)-tail]
	for i := range max(len(before), len(after)) {
		var x, y any
		if i < len(before) {
			x = before[i]
		}
		if i < len(after) {
			y = after[i]
		}
		found = diff(found, join(field, strconv.Itoa(head+i+1)), x, y)
	}
	return found
}

func join(field, name string) string {
	if field == "" {
		return name
	}
	return field + "." + name
}

// leaf prints a plain value; of a list its plain values.
func leaf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []any:
		var parts []string
		for _, part := range v {
			parts = append(parts, leaf(part))
		}
		return strings.Join(parts, ", ")
	case object:
		var parts []string
		for _, name := range v.names {
			parts = append(parts, name+": "+leaf(v.fields[name]))
		}
		return strings.Join(parts, "; ")
	}
	return fmt.Sprint(v)
}
