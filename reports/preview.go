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

// Preview prints a section of the review of a cycle as if the text were the one
// that stands there; nothing is written.
func Preview(ctx context.Context, stores Stores, cycle, section, lang, body string) (Previewed, error) {
	m, err := gather(ctx, stores, cycle)
	if err != nil {
		return Previewed{}, err
	}
	p, err := m.printerFor(lang)
	if err != nil {
		return Previewed{}, err
	}
	if !slices.Contains(m.review.TextSections(), section) {
		return Previewed{}, fault.New(fault.NotFound, "error.not_found", "the review of %s has no section %q", cycle, section)
	}
	if text := m.review.Section(section, lang); text != nil {
		text.Body = body
	} else {
		m.review.Sections = append(m.review.Sections, ReviewSection{Section: section, Language: lang, Body: body})
	}
	c := &composer{material: m, p: p, profile: Full, home: m.homes()}
	c.numberFigures()
	out := Previewed{Document: Document{Lang: lang, Terms: c.words()}}
	out.Section = c.toldAlone(section)
	out.Faults = c.faults
	return out, nil
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
