package web

import (
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// The kinds of field that a register's form has.
const (
	fieldTexts  = "texts"  // a text in each language, on one line
	fieldAreas  = "areas"  // the same, longer
	fieldLine   = "line"   // a short text in no particular language
	fieldList   = "list"   // several of them, parted by semicolons
	fieldLists  = "lists"  // the same, in each language
	fieldNumber = "number" // a whole number that is chosen
	fieldAmount = "amount" // a number that is typed
	fieldChoice = "choice"
	fieldMany   = "many" // several choices
	fieldRows   = "rows" // a table that grows
)

// field is what a form asks for. Its name is that of the content's JSON, and
// leads to its words: register.field.NAME, register.hint.NAME.
type field struct {
	Name, Kind string
	Words      string // whose words it has, when not those of its name
	Hint       bool
	Required   bool
	Options    []option
	Fields     []field // of a row
}

// spread lays a content out as the values of a form.
func spread(fields []field, content map[string]any, prefix string, into url.Values) {
	for _, f := range fields {
		name := prefix + f.Name
		switch v := content[f.Name].(type) {
		case map[string]any:
			for lang, text := range v {
				into.Set(name+"."+lang, plainText(text))
			}
		case []any:
			spreadList(f, name, v, into)
		case nil:
		default:
			into.Set(name, plainText(v))
		}
	}
}

func spreadList(f field, name string, list []any, into url.Values) {
	switch f.Kind {
	case fieldRows:
		for i, row := range list {
			if row, ok := row.(map[string]any); ok {
				spread(f.Fields, row, fmt.Sprintf("%s.%d.", name, i), into)
			}
		}
	case fieldMany:
		for _, v := range list {
			into.Add(name, plainText(v))
		}
	default:
		into.Set(name, plainText(list))
	}
}

// plainText is a value of a content's JSON as a form shows it.
func plainText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		var parts []string
		for _, one := range v {
			parts = append(parts, plainText(one))
		}
		return strings.Join(parts, "; ")
	}
	return fmt.Sprint(v)
}

// gather reads a content from the values of a form: the reverse of spread. A
// number that is none is a problem; all else is for the register to judge.
func gather(fields []field, values url.Values, prefix string, wrong *fault.Problems) map[string]any {
	content := map[string]any{}
	for _, f := range fields {
		name := prefix + f.Name
		switch f.Kind {
		case fieldTexts, fieldAreas:
			texts := map[string]any{}
			for _, lang := range i18n.Languages {
				if values.Has(name + "." + lang) {
					texts[lang] = values.Get(name + "." + lang)
				}
			}
			content[f.Name] = texts
		case fieldLists:
			lists := map[string]any{}
			for _, lang := range i18n.Languages {
				if values.Has(name + "." + lang) {
					lists[lang] = listed(values.Get(name + "." + lang))
				}
			}
			content[f.Name] = lists
		case fieldList:
			content[f.Name] = listed(values.Get(name))
		case fieldMany:
			content[f.Name] = values[name]
		case fieldNumber:
			n, _ := strconv.Atoi(values.Get(name)) // no choice is 0, which the register names
			content[f.Name] = n
		case fieldAmount:
			content[f.Name] = amount(name, values.Get(name), wrong)
		case fieldRows:
			rows := []any{}
			for i := range rowsOf(f, name, values) {
				rows = append(rows, gather(f.Fields, values, fmt.Sprintf("%s.%d.", name, i), wrong))
			}
			content[f.Name] = rows
		default:
			content[f.Name] = values.Get(name)
		}
	}
	return content
}

// listed parts a list at its semicolons.
func listed(s string) []string {
	list := []string{}
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// amount reads a number as people type it, with spaces, a comma or a point.
func amount(name, typed string, wrong *fault.Problems) float64 {
	s := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", ".").Replace(typed)
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		wrong.Add(name, "register.problem.amount")
		return 0
	}
	return n
}

// mostRows is how many rows a form may have.
const mostRows = 200

// rowsOf counts the rows that a form sent.
func rowsOf(f field, name string, values url.Values) int {
	n := 0
	for key := range values {
		rest, ok := strings.CutPrefix(key, name+".")
		if !ok {
			continue
		}
		index, _, _ := strings.Cut(rest, ".")
		if i, err := strconv.Atoi(index); err == nil && i >= n && i < mostRows {
			n = i + 1
		}
	}
	return n
}

// closeRanks leaves out the rows in which nothing was entered, and the one that
// the person took out, and numbers the others anew.
func closeRanks(fields []field, values url.Values, removed string) url.Values {
	out := url.Values{}
	for key, v := range values {
		out[key] = v
	}
	for _, f := range fields {
		if f.Kind != fieldRows {
			continue
		}
		n, next := rowsOf(f, f.Name, values), 0
		for i := range n {
			row := url.Values{}
			for key, v := range values {
				if rest, ok := strings.CutPrefix(key, fmt.Sprintf("%s.%d.", f.Name, i)); ok {
					delete(out, key)
					row[rest] = v
				}
			}
			if unfilled(row) || removed == fmt.Sprintf("%s.%d", f.Name, i) {
				continue
			}
			for rest, v := range row {
				out[fmt.Sprintf("%s.%d.%s", f.Name, next, rest)] = v
			}
			next++
		}
	}
	return out
}

func unfilled(values url.Values) bool {
	for _, list := range values {
		for _, v := range list {
			if strings.TrimSpace(v) != "" {
				return false
			}
		}
	}
	return true
}
