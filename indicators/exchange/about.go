package exchange

import (
	"fmt"
	"strings"
	"time"

	"gcm/internal/cell"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// title names the set: the release's own title, or that the figures stand now.
func (s Set) title() i18n.Text {
	if s.Release != nil {
		return s.Release.Title
	}
	return s.say(func(p *i18n.Printer) string { return p.T("exports.current.title", p.In(s.Country.Name)) })
}

// say makes a text by saying the same in each language.
func (s Set) say(sentence func(p *i18n.Printer) string) i18n.Text {
	text := i18n.Text{}
	for _, lang := range i18n.Spoken(s.Languages) {
		if p, err := i18n.New(lang); err == nil {
			text[lang] = sentence(p)
		}
	}
	return text
}

// day is the day of the set in UTC, as the reader's language writes it.
func (s Set) day(p *i18n.Printer) string {
	return p.Period(period.Period(s.At.UTC().Format(time.DateOnly)))
}

// Citation is how the set is to be cited, ready to be copied. No DOI is in it, as
// nobody has registered one.
func (s Set) Citation() i18n.Text {
	return s.say(func(p *i18n.Printer) string {
		where := s.address("/data")
		if s.Release == nil {
			return p.T("exports.citation.current", p.In(s.Country.Name), s.day(p), where)
		}
		return p.T("exports.citation", p.In(s.Country.Name), p.In(s.Release.Title), s.Release.Code, s.day(p), s.address("/data/releases/"+s.Release.Code+".zip"))
	})
}

// address is a public address; without a known host, the path.
func (s Set) address(path string) string { return strings.TrimSuffix(s.Base, "/") + path }

// Licence says on which terms the figures may be used; that it is not stated, as
// long as the State has said nothing.
func (s Set) Licence() i18n.Text {
	if len(s.Country.Licence) > 0 {
		return s.Country.Licence
	}
	return s.say(func(p *i18n.Printer) string { return p.T("exports.licence.none") })
}

// Left says how many observations SDMX messages leave out, as they have no period.
func (s Set) Left() i18n.Text {
	return s.say(func(p *i18n.Printer) string { return p.T("exports.undated", s.Undated) })
}

// notes is what a reader must know, each under its name.
func (s Set) notes() []struct {
	name string
	text i18n.Text
} {
	type note = struct {
		name string
		text i18n.Text
	}
	all := []note{
		{"title", s.title()},
		{"citation", s.Citation()},
		{"licence", s.Licence()},
		{"notice", s.Country.Notice},
		{"observations", s.say(func(p *i18n.Printer) string { return p.T("exports.observations", s.Count) })},
		{"undated", s.Left()},
		{"hidden", words("exports.hidden")},
		{"missing", words("exports.missing")},
	}
	if s.Release != nil {
		all = append(all, note{"release_note", s.Release.Note}, note{"release_sha256", i18n.Text{"en": s.Release.SHA256}})
	}
	return all
}

// notesTable lists what a reader must know, then what each column of the flat
// table means.
func (s Set) notesTable() [][]string {
	lines := [][]string{append([]string{"about"}, s.Languages...)}
	line := func(name string, text i18n.Text) {
		row := []string{name}
		for _, lang := range s.Languages {
			row = append(row, cell.Harmless(text[lang]))
		}
		lines = append(lines, row)
	}
	for _, n := range s.notes() {
		line(n.name, n.text)
	}
	for _, c := range s.Columns() {
		line(c.Name, c.About)
	}
	return lines
}

// readme is README.txt of a release, in each language.
func (s Set) readme(files []File) string {
	var b strings.Builder
	for _, lang := range i18n.Spoken(s.Languages) {
		p, err := i18n.New(lang)
		if err != nil {
			continue
		}
		fmt.Fprintf(&b, "%s\n%s\n\n", p.In(s.title()), strings.Repeat("=", len([]rune(p.In(s.title())))))
		if s.Release != nil && s.Release.Note.In(lang) != "" {
			fmt.Fprintf(&b, "%s\n\n", p.In(s.Release.Note))
		}
		for _, text := range []i18n.Text{s.Country.Notice, s.say(func(p *i18n.Printer) string { return p.T("exports.observations", s.Count) }), s.Left(), words("exports.hidden"), words("exports.missing")} {
			fmt.Fprintf(&b, "%s\n\n", p.In(text))
		}
		for _, f := range files {
			fmt.Fprintf(&b, "%-22s %s\n", f.Name, p.T("exports.file."+f.Name))
		}
		fmt.Fprintf(&b, "\n%s\n%s\n\n\n", p.T("exports.cite"), p.In(s.Citation()))
	}
	return b.String()
}
