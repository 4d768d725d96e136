package reports

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"gcm/internal/i18n"
)

// Profile is how much of the review is printed.
type Profile string

// The profiles.
const (
	Full    Profile = "full"    // everything, annexes included
	Compact Profile = "compact" // about ten pages: key messages, the objectives at a glance, next steps
)

// Profiles lists the profiles of the review itself. The briefs for the round tables
// are profiles too, see BriefProfile.
var Profiles = []Profile{Full, Compact}

// Compose returns the review of a cycle in one of the languages that the country
// pack declares. It names everything that it could not resolve at once.
func Compose(ctx context.Context, stores Stores, cycle, lang string, profile Profile) (Document, error) {
	if _, brief := BriefTable(profile); !brief && !slices.Contains(Profiles, profile) {
		return Document{}, fmt.Errorf("unknown profile %q: use full, compact or brief-1, brief-2 …", profile)
	}
	m, err := gather(ctx, stores, cycle)
	if err != nil {
		return Document{}, err
	}
	return m.compose(lang, profile)
}

func (m *material) compose(lang string, profile Profile) (Document, error) {
	if table, ok := BriefTable(profile); ok {
		return m.brief(lang, table)
	}
	p, err := m.printerFor(lang)
	if err != nil {
		return Document{}, err
	}
	c := &composer{material: m, p: p, profile: profile, home: m.homes()}
	c.numberFigures()
	doc := c.document()
	return doc, errors.Join(c.faults...)
}

// composer turns material into a document in one language.
type composer struct {
	*material
	p       *i18n.Printer
	profile Profile
	home    map[string]int       // indicator code to the objective whose chapter draws it
	figures map[string]string    // indicator code to its figure's number
	charts  map[toldChart]string // the same of the narrative's own charts
	tables  int                  // numbered so far
	faults  []error
}

func (c *composer) fail(err error) { c.faults = append(c.faults, err) }

// in returns a text of the data in the document's language.
func (c *composer) in(t i18n.Text) string { return typography(c.p.Lang(), c.p.In(t)) }

// foreign returns a text of the data with its language, when it had to be taken
// from another one.
func (c *composer) foreign(t i18n.Text) Run {
	s, lang := t.Find(c.p.Lang(), "en")
	run := Run{Text: typography(lang, s)}
	if lang != c.p.Lang() {
		run.Lang = lang
	}
	return run
}

func (c *composer) document() Document {
	doc := Document{
		Lang: c.p.Lang(), Title: c.in(c.review.Title), Author: c.in(c.review.Author),
		Subject: c.p.T("review.subject"), Keywords: []string{"GCM", "A/RES/73/195", c.in(c.country.Name)},
		Date: c.cutoff, Running: c.p.T("review.running", c.in(c.country.Name), c.review.Cycle.Code),
		Cover: c.cover(), Terms: c.words(),
	}
	if c.profile == Compact {
		doc.Sections = c.compact()
	} else {
		doc.Sections = c.full()
		doc.Terms.Tables, doc.Terms.Figures = c.p.T("review.list.tables"), c.p.T("review.list.figures")
	}
	doc.Attachments = c.attached()
	return doc
}

func (c *composer) words() Terms {
	return Terms{
		Contents: c.p.T("review.contents"), Page: c.p.T("review.page"), Table: c.p.T("review.table"),
		Figure: c.p.T("review.figure"), Source: c.p.T("review.source"), Note: c.p.T("review.note"),
		Continued: c.p.T("review.continued"), PageOf: c.p.T("review.page_of"),
	}
}

func (c *composer) cover() Cover {
	return Cover{
		State: c.in(c.country.Name), Title: c.in(c.review.Title), Subtitle: c.p.T("review.subtitle"),
		Edition: c.p.T("review.edition."+string(c.profile), c.p.Period(c.review.Cycle.Cutoff)),
		Notice:  paragraphs(c.in(c.review.Notice)),
	}
}

// full lists the sections of the full profile, in the order of the outline.
func (c *composer) full() []Section {
	var out []Section
	chapters := 0
	for _, item := range c.review.Items() {
		number := ""
		if !item.Unnumbered {
			chapters++
			number = strconv.Itoa(chapters)
		}
		var s Section
		switch item.Section {
		case SectionObjectives:
			s = c.progress(number)
		case SectionAnnexes:
			s = c.annexes()
		case "next-steps":
			s = c.told(item.Section, number, true)
			s.Sections = append(s.Sections, c.promiseSections(number, len(s.Sections))...)
		case "key-messages":
			s = c.withFacts(c.told(item.Section, number, true))
		default:
			s = c.told(item.Section, number, item.Section != "statement")
		}
		if title := c.in(item.Title); title != "" {
			s.Title = title
		}
		out = append(out, s)
	}
	return out
}

// told is a section made of its narrative alone; parts become numbered
// sub-sections when the section itself has a number.
func (c *composer) told(id, number string, newPage bool) Section {
	section := Section{ID: id, Number: number, NewPage: newPage}
	if Usual(id) {
		section.Title = c.p.T("review.section." + id)
	}
	told := c.narrative(id)
	section.Blocks = told.Lead
	for i, part := range told.Parts {
		sub := Section{ID: fmt.Sprintf("%s-%d", id, i+1), Title: part.Title, Blocks: part.Blocks}
		if number != "" {
			sub.Number = fmt.Sprintf("%s.%d", number, i+1)
		}
		section.Sections = append(section.Sections, sub)
	}
	return section
}

// two prints a number as two digits, as in "objective-05".
func two(n int) string { return fmt.Sprintf("%02d", n) }

// FileName names a review's file: "review-2022-kk.pdf", or with the profile when
// it is not the full one.
func FileName(cycle, lang string, profile Profile, extension string) string {
	if profile != Full {
		lang += "-" + string(profile)
	}
	return "review-" + cycle + "-" + lang + "." + extension
}
