package reports

import (
	"context"
	"slices"
	"strconv"

	"gcm/internal/fault"
)

// Previewed is one section as a review would print it.
type Previewed struct {
	Document Document // without sections: its language and its words
	Section  Section  // without what the registers add to a chapter
	Faults   []error  // what could not be resolved
}

// Previewer prints sections of a review with texts that are not saved.
type Previewer struct{ m *material }

// ReadPreviewer reads what the review of a cycle is made from.
func ReadPreviewer(ctx context.Context, stores Stores, cycle string) (*Previewer, error) {
	m, err := gather(ctx, stores, cycle)
	return &Previewer{m}, err
}

// Preview prints a section as if the text were the one that stands there.
func (v *Previewer) Preview(section, lang, body string) (Previewed, error) {
	m := *v.m
	p, err := m.printerFor(lang)
	if err != nil {
		return Previewed{}, err
	}
	table, brief := BriefTable(section)
	t, found := m.table(table)
	q := m.question(section)
	if brief && !found || !brief && q == nil && !slices.Contains(m.review.TextSections(), section) {
		return Previewed{}, fault.New(fault.NotFound, "error.not_found", "the review of %s has no section %q", m.review.Cycle.Code, section)
	}
	others := func(s ReviewSection) bool { return s.Section == section && s.Language == lang }
	m.review.Sections = slices.DeleteFunc(slices.Clone(m.review.Sections), others)
	if body != "" {
		m.review.Sections = append(m.review.Sections, ReviewSection{Section: section, Language: lang, Body: body})
	}
	c := &composer{material: &m, p: p, profile: Full, home: m.homes()}
	c.numberFigures()
	said := Previewed{Document: Document{Lang: lang, Terms: c.words()}}
	switch {
	case brief: // without notes of their own, what people get are the drawn ones
		said.Section = c.speech(t, body != "")
	case q != nil:
		m.review.State = Drafting // it is printed as if it were cleared
		said.Section, _ = c.question(q, q.Position+1)
	default:
		said.Section = c.toldAlone(section)
	}
	said.Faults = c.faults
	return said, nil
}

// question is the one whose own answer a section holds; nil for none that is asked.
func (m *material) question(section string) *Question {
	if code, ok := QuestionOf(section); ok && m.asked != nil {
		for n, q := range m.asked.Asked() {
			if q.Code == code {
				q.Position = n
				return &q
			}
		}
	}
	return nil
}

// toldAlone is the narrative of one section under its number and title.
func (c *composer) toldAlone(section string) Section {
	chapters := 0
	for _, item := range c.review.Items() {
		number := ""
		if !item.Unnumbered {
			chapters++
			number = strconv.Itoa(chapters)
		}
		if item.Section == section {
			s := c.told(section, number, false)
			if title := c.in(item.Title); title != "" {
				s.Title = title
			}
			return s
		}
		if item.Section != SectionObjectives {
			continue
		}
		for _, o := range c.objectives {
			if ObjectiveSection(o.Number) == section {
				s := Section{ID: section, Title: c.in(o.Title), Blocks: c.narrative(section).flat()}
				if number != "" {
					s.Number = number + "." + strconv.Itoa(o.Number)
				}
				return s
			}
		}
	}
	return Section{ID: section}
}
