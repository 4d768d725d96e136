package web

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"gcm/internal/i18n"
)

// sheet is a form as it was typed, with what is wrong with its fields.
type sheet struct {
	url.Values
	p        *i18n.Printer
	labels   string // where the names of the fields stand in the catalogue: "round.field."
	Problems problems
}

// control is one field of a sheet; its name is its id as well.
type control struct {
	Name, Label, Hint, Value string
	Lang                     string // of what is typed; empty when it is no text in one language
	Problem                  *problem
}

// Described names what describes the field: its hint and what is wrong with it.
func (c control) Described() string {
	var ids []string
	if c.Hint != "" {
		ids = append(ids, c.Name+"-hint")
	}
	if c.Problem != nil {
		ids = append(ids, c.Name+"-error")
	}
	return strings.Join(ids, " ")
}

// place is the number of a row within a field's name.
var place = regexp.MustCompile(`\.\d+`)

// Control returns a field by its name.
func (s sheet) Control(name string) control {
	return s.control(name, place.ReplaceAllString(name, ""), "")
}

// In returns the field of a text in one language.
func (s sheet) In(name, lang string) control {
	c := s.control(name+"."+lang, place.ReplaceAllString(name, ""), lang)
	c.Label += ", " + s.p.T("language."+lang)
	return c
}

func (s sheet) control(name, label, lang string) control {
	c := control{Name: name, Label: s.p.T(s.labels + label), Value: s.Get(name), Lang: lang, Problem: s.Problems.Of(name)}
	if hint := s.labels + label + ".hint"; s.p.Has(hint) {
		c.Hint = s.p.T(hint)
	}
	return c
}

// below lists the fields with one of the names, or below it.
func (s sheet) below(names ...string) (fields []string) {
	for field := range s.Values {
		if slices.ContainsFunc(names, func(name string) bool { return field == name || strings.HasPrefix(field, name+".") }) {
			fields = append(fields, field)
		}
	}
	return fields
}

// Holds reports whether something was entered in one of the fields with the
// names, or below.
func (s sheet) Holds(names ...string) bool {
	return slices.ContainsFunc(s.below(names...), func(field string) bool { return strings.TrimSpace(s.Get(field)) != "" })
}

// Wrong reports whether something is wrong with one of the fields below a name.
func (s sheet) Wrong(name string) bool {
	return slices.ContainsFunc(s.Problems, func(p problem) bool { return strings.HasPrefix(p.Field, name+".") })
}

// drop takes out the fields below a name.
func (s sheet) drop(name string) {
	for _, field := range s.below(name) {
		s.Del(field)
	}
}

// move gives the fields below a name another one.
func (s sheet) move(from, to string) {
	if from == to {
		return
	}
	for _, field := range s.below(from) {
		s.Values[to+strings.TrimPrefix(field, from)] = s.Values[field]
		s.Del(field)
	}
}

// text reads a text in the languages.
func (s sheet) text(name string, languages []string) i18n.Text {
	t := i18n.Text{}
	for _, lang := range languages {
		if typed := strings.TrimSpace(s.Get(name + "." + lang)); typed != "" {
			t[lang] = typed
		}
	}
	return t
}

// setText fills in a text.
func (s sheet) setText(name string, t i18n.Text) {
	for lang, text := range t {
		s.Set(name+"."+lang, text)
	}
}
