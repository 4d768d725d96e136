package web

import (
	"net/url"
	"regexp"
	"strings"

	"gcm/internal/i18n"
)

// sheet is a form as it was typed, with what is wrong with its fields.
type sheet struct {
	url.Values
	p      *i18n.Printer
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

// Holds reports whether something stands in one of the fields below a name.
func (s sheet) Holds(name string) bool {
	for field, values := range s.Values {
		if strings.HasPrefix(field, name+".") && len(values) > 0 && values[0] != "" {
			return true
		}
	}
	return false
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
