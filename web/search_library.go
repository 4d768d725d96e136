package web

import (
	"context"
	"fmt"
	"strings"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/search"
	"gcm/objectives"
	"gcm/reports"
)

// The kinds of what can be found, in the order in which they are shown.
const (
	findObjective = "objective"
	findAction    = "action"
	findPrinciple = "principle"
	findMeasure   = "measure"
	findIndicator = "indicator"
	findEntry     = "entry" // what was released of a measure's progress
	findChallenge = "challenge"
	findAgency    = "agency"
	findLaw       = "law"
	findTerm      = "term"
	findReview    = "review" // a section of one
	findRelease   = "release"
)

var findKinds = []string{
	findObjective, findAction, findPrinciple, findMeasure, findIndicator, findEntry, findChallenge, findAgency, findLaw, findTerm, findReview, findRelease,
}

// shelves gathers the documents of a library.
type shelves struct {
	site      *site
	ctx       context.Context
	languages []string
	documents []search.Document
	places    []spot
}

// spot is where a document is shown.
type spot struct {
	path string // without the language
	in   string // of a section: the review, by its cycle
}

// readLibrary reads everything that the public may find: what is released, and in
// use. Values are left out, hidden ones among them; nobody looks for a number.
func (s *site) readLibrary(ctx context.Context) (*library, error) {
	country, err := s.objectives.Country(ctx)
	if err != nil {
		return nil, err
	}
	l := shelves{site: s, ctx: ctx, languages: i18n.Spoken(country.Languages)}
	for _, read := range []func() error{l.compact, l.registers, l.indicators, l.reviews, l.releases} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return &library{search.New(l.documents), l.places}, nil
}

// add puts a document on the shelves; texts in one language stand in its order.
func (l *shelves) add(kind, path string, title i18n.Text, texts ...i18n.Text) {
	d := search.Document{Kind: kind, Title: title, Text: map[string]string{}}
	for _, t := range texts {
		for lang, wording := range t {
			if wording != "" && d.Text[lang] != "" {
				d.Text[lang] += "\n"
			}
			d.Text[lang] += wording
		}
	}
	l.documents = append(l.documents, d)
	l.places = append(l.places, spot{path: path})
}

// prefixed is a text with the same words before it in every language.
func prefixed(before string, t i18n.Text) i18n.Text {
	out := i18n.Text{}
	for lang, wording := range t {
		out[lang] = before + " " + wording
	}
	return out
}

// spoken is a text of the interface in all languages.
func (l *shelves) spoken(say func(p *i18n.Printer) string) (i18n.Text, error) {
	out := i18n.Text{}
	for _, lang := range l.languages {
		p, err := i18n.New(lang)
		if err != nil {
			return nil, err
		}
		out[lang] = say(p)
	}
	return out, nil
}

// compact reads what the Compact says.
func (l *shelves) compact() error {
	all, err := l.site.objectives.Objectives(l.ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		title, err := l.spoken(func(p *i18n.Printer) string { return p.T("objective.title", o.Number, p.In(o.ShortTitle)) })
		if err != nil {
			return err
		}
		path := fmt.Sprintf("/objectives/%d", o.Number)
		l.add(findObjective, path, title, o.Title)
		for _, a := range o.Actions {
			l.add(findAction, path+"/actions/"+a.Letter, prefixed(a.Ref, a.Summary))
		}
	}
	principles, err := l.site.objectives.Principles(l.ctx)
	for _, p := range principles {
		l.add(findPrinciple, "/principles/"+p.Letter, prefixed(p.Ref, p.Name), p.Gist)
	}
	return err
}

// registers reads measures with what was released of their progress, challenges,
// agencies, laws and terms.
func (l *shelves) registers() error {
	measures, err := l.site.objectives.Measures(l.ctx)
	if err != nil {
		return err
	}
	entries, err := l.site.progress.AllReleased(l.ctx)
	if err != nil {
		return err
	}
	for _, m := range measures {
		if m.State != objectives.Released {
			continue
		}
		path := "/measures/" + m.Code
		texts := []i18n.Text{m.Description, m.Note}
		for _, step := range m.Milestones {
			texts = append(texts, step.Name)
		}
		l.add(findMeasure, path, m.Title, texts...)
		for _, e := range entries[m.ID] {
			var texts []i18n.Text
			for _, t := range textsOf(e.Content) {
				texts = append(texts, *t.Text)
			}
			l.add(findEntry, path+"#progress", m.Title, texts...)
		}
	}
	challenges, err := l.site.objectives.Challenges(l.ctx)
	if err != nil {
		return err
	}
	for _, c := range challenges {
		if c.State == objectives.Released && len(c.Objectives) > 0 { // else no page shows it
			l.add(findChallenge, fmt.Sprintf("/objectives/%d#%s", c.Objectives[0].Objective.Number, c.Code), c.Statement, c.Note)
		}
	}
	agencies, err := l.site.objectives.Agencies(l.ctx)
	if err != nil {
		return err
	}
	for _, a := range agencies {
		short := i18n.Text{}
		for lang, list := range a.Acronyms {
			short[lang] = strings.Join(list, ", ")
		}
		l.add(findAgency, "/agencies/"+a.Code, a.Name, short, a.Note)
	}
	laws, err := l.site.objectives.LegalInstruments(l.ctx)
	if err != nil {
		return err
	}
	for _, law := range laws {
		number := i18n.Text{}
		for lang := range law.Name {
			number[lang] = law.Number
		}
		l.add(findLaw, "/laws/"+law.Code, law.Name, number, law.Note)
	}
	terms, err := l.site.objectives.Terms(l.ctx)
	for _, t := range terms {
		l.add(findTerm, "/glossary#"+t.Code, t.Term, t.Definition, t.Note)
	}
	return err
}

// indicators reads what is said of indicators, without their values.
func (l *shelves) indicators() error {
	all, err := l.site.indicators.WordsOf(l.ctx)
	for _, i := range all {
		l.add(findIndicator, "/indicators/"+i.Code, i.Name, indicatorWords(i)...)
	}
	return err
}

func indicatorWords(i indicators.Indicator) []i18n.Text {
	return []i18n.Text{i.Definition, i.Computation, i.Limits, i.DataSource, i.Note}
}

// reviews reads the sections of reviews that everybody may see.
func (l *shelves) reviews() error {
	all, _, err := l.site.publicReviews(l.ctx)
	if err != nil {
		return err
	}
	titles, err := l.site.objectives.ShortTitles(l.ctx)
	if err != nil {
		return err
	}
	chapters := map[string]objectives.Objective{}
	for _, o := range titles {
		chapters[reports.ObjectiveSection(o.Number)] = o
	}
	for _, listed := range all {
		review, err := l.site.reports.ReviewByCycle(l.ctx, listed.Cycle.Code)
		if err != nil {
			return err
		}
		if listed.State == reports.Published && review.State != reports.Published {
			continue // it is being corrected: what stands at the desk is not for everybody
		}
		if err := l.review(review, chapters); err != nil {
			return err
		}
	}
	return nil
}

// retold is the weight of a section of a review: it speaks of everything that has a
// page of its own.
const retold = 0.7

func (l *shelves) review(review reports.Review, chapters map[string]objectives.Objective) error {
	own := map[string]i18n.Text{}
	for _, item := range review.Items() {
		own[item.Section] = item.Title
	}
	for _, section := range review.TextSections() {
		title, err := l.spoken(func(p *i18n.Printer) string {
			name := p.In(own[section])
			if o, ok := chapters[section]; ok && name == "" {
				name = p.T("objective.title", o.Number, p.In(o.ShortTitle))
			} else if name == "" {
				name = p.T("review.section." + section)
			}
			return name
		})
		if err != nil {
			return err
		}
		body := i18n.Text{}
		for _, lang := range l.languages {
			if text := review.Section(section, lang); text != nil {
				body[lang] = text.Plain()
			}
		}
		if len(body) > 0 {
			l.add(findReview, "/reviews/"+review.Cycle.Code, title, body)
			l.places[len(l.places)-1].in = review.Cycle.Code
			l.documents[len(l.documents)-1].Weight = retold
		}
	}
	return nil
}

// releases reads the data releases.
func (l *shelves) releases() error {
	all, err := l.site.indicators.Releases(l.ctx)
	for _, r := range all {
		l.add(findRelease, "/data/releases/"+r.Code, prefixed(r.Code, r.Title), r.Note)
	}
	return err
}
