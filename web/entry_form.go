package web

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// maxRows bounds the rows that one form may hold; the domain takes fewer.
const maxRows = 650

// entryForm holds what stands in the fields of an entry's form, as it was typed.
// Fields are named as in the content's JSON: "progress.note.kk",
// "values.rows.0.period", "mapping.objectives.1.reason.ru".
type entryForm struct{ url.Values }

// namedText is a text of an entry with the name of its fields.
type namedText struct {
	Name string
	Text *i18n.Text
}

// textsOf lists an entry's texts that stand outside of rows, in the order of the
// form.
func textsOf(c progress.Content) []namedText {
	switch {
	case c.Progress != nil:
		p := c.Progress
		return []namedText{
			{"progress.note", &p.Note}, {"progress.narrative", &p.Narrative}, {"progress.results", &p.Results},
			{"progress.challenges", &p.Challenges}, {"progress.next_steps", &p.NextSteps}, {"progress.support", &p.Support},
		}
	case c.Values != nil:
		return []namedText{{"values.note", &c.Values.Note}}
	case c.Measure != nil:
		return []namedText{{"measure.title", &c.Measure.Title}, {"measure.description", &c.Measure.Description}}
	}
	return nil
}

// emptyContent returns a content of the kind in which nothing is said yet.
func emptyContent(kind progress.Kind) progress.Content {
	switch kind {
	case progress.KindValues:
		return progress.Content{Values: &progress.Values{}}
	case progress.KindMeasure:
		return progress.Content{Measure: &progress.Proposal{}}
	case progress.KindMapping:
		return progress.Content{Mapping: &progress.Mapping{}}
	}
	return progress.Content{Progress: &progress.Progress{}}
}

// mappingOf returns the mapping that a content proposes with the name of its
// fields; nil when it proposes none.
func mappingOf(c progress.Content) (string, *progress.Mapping) {
	switch {
	case c.Measure != nil:
		return "measure", &c.Measure.Mapping
	case c.Mapping != nil:
		return "mapping", c.Mapping
	}
	return "", nil
}

// formOf is a content as it stands in the form of a reader of p.
func formOf(p *i18n.Printer, c progress.Content) entryForm {
	f := entryForm{url.Values{}}
	for _, t := range textsOf(c) {
		f.setText(t.Name, *t.Text)
	}
	switch {
	case c.Progress != nil:
		f.Set("progress.status", string(c.Progress.Status))
	case c.Measure != nil:
		f.Set("measure.category", c.Measure.Category)
		f.Set("measure.status", string(c.Measure.Status))
		f.Set("measure.starts", string(c.Measure.Starts))
		f.Set("measure.ends", string(c.Measure.Ends))
	case c.Values != nil:
		for i, row := range c.Values.Rows {
			f.setFigure(p, fmt.Sprintf("values.rows.%d", i), row)
		}
	}
	if prefix, m := mappingOf(c); m != nil {
		f.setMapping(prefix, *m)
	}
	return f
}

func (f entryForm) setText(name string, t i18n.Text) {
	for lang, text := range t {
		f.Set(name+"."+lang, text)
	}
}

func (f entryForm) setFigure(p *i18n.Printer, name string, row progress.Figure) {
	f.Set(name+".period", string(row.Period))
	f.Set(name+".qualifier", string(row.Qualifier))
	f.Set(name+".obs_status", row.ObsStatus)
	f.Set(name+".conf_status", string(row.ConfStatus))
	f.setText(name+".source", row.Source)
	f.setText(name+".note", row.Note)
	if row.Value != nil {
		f.Set(name+".value", typed(p, *row.Value, row.Decimals))
	}
	breakdown, _ := indicators.ParseBreakdown(row.Breakdown) // the store keeps the canonical form alone
	for dim, code := range breakdown {
		f.Set(name+".breakdown."+dim, code)
	}
}

func (f entryForm) setMapping(prefix string, m progress.Mapping) {
	for i, o := range m.Objectives {
		name := fmt.Sprintf("%s.objectives.%d", prefix, i)
		f.Set(name+".number", strconv.Itoa(o.Number))
		f.Set(name+".rank", string(o.Rank))
		f.setText(name+".reason", o.Reason)
	}
	for i, a := range m.Actions {
		name := fmt.Sprintf("%s.actions.%d", prefix, i)
		f.Set(name+".ref", a.Ref)
		f.Set(name+".rank", string(a.Rank))
		f.setText(name+".reason", a.Reason)
	}
}

// content reads the form of an entry of the kind, and names the fields that
// cannot be read. Rows in which nothing was entered are left out. What a content
// may say is for the domain to judge.
func (f entryForm) content(kind progress.Kind, lang string) (progress.Content, fault.Problems) {
	c := emptyContent(kind)
	for _, t := range textsOf(c) {
		*t.Text = f.text(t.Name)
	}
	var problems fault.Problems
	switch {
	case c.Progress != nil:
		c.Progress.Status = objectives.Status(f.Get("progress.status"))
	case c.Values != nil:
		c.Values.Rows = f.figures(lang, &problems)
	case c.Measure != nil:
		c.Measure.Category = f.Get("measure.category")
		c.Measure.Status = objectives.Status(f.Get("measure.status"))
		c.Measure.Starts = f.period("measure.starts", &problems)
		c.Measure.Ends = f.period("measure.ends", &problems)
	}
	if prefix, m := mappingOf(c); m != nil {
		m.Objectives, m.Actions = f.objectiveLinks(prefix, &problems), f.actionLinks(prefix)
	}
	return c, problems
}

// text reads the wordings of a text in the interface's languages.
func (f entryForm) text(name string) i18n.Text {
	t := i18n.Text{}
	for _, lang := range i18n.Languages {
		text := strings.ReplaceAll(f.Get(name+"."+lang), "\r\n", "\n") // browsers send both
		if text = strings.TrimSpace(text); text != "" {
			t[lang] = text
		}
	}
	if len(t) == 0 {
		return nil
	}
	return t
}

// rows lists the names of the rows below a name, by their numbers, which may have
// gaps: "values.rows" has "values.rows.0", "values.rows.3".
func (f entryForm) rows(name string) []string {
	numbers := map[int]bool{}
	for field := range f.Values {
		rest, ok := strings.CutPrefix(field, name+".")
		number, _, nested := strings.Cut(rest, ".")
		n, err := strconv.Atoi(number)
		if ok && nested && err == nil && n >= 0 && n < maxRows {
			numbers[n] = true
		}
	}
	var names []string
	for _, n := range slices.Sorted(maps.Keys(numbers)) {
		names = append(names, fmt.Sprintf("%s.%d", name, n))
	}
	return names
}

// objectiveLinks reads the rows that name an objective. A number that cannot be
// read is kept as 0, which the domain refuses.
func (f entryForm) objectiveLinks(prefix string, problems *fault.Problems) []progress.ObjectiveLink {
	var links []progress.ObjectiveLink
	for _, row := range f.rows(prefix + ".objectives") {
		link := progress.ObjectiveLink{Rank: objectives.Rank(f.Get(row + ".rank")), Reason: f.text(row + ".reason")}
		number := strings.TrimSpace(f.Get(row + ".number"))
		if number == "" && link.Reason == nil {
			continue
		}
		var err error
		if link.Number, err = strconv.Atoi(number); err != nil {
			*problems = append(*problems, fault.Problem{Field: row + ".number", Key: "entry.error.unknown"})
		}
		links = append(links, link)
	}
	return links
}

// actionLinks reads the rows that name an action.
func (f entryForm) actionLinks(prefix string) []progress.ActionLink {
	var links []progress.ActionLink
	for _, row := range f.rows(prefix + ".actions") {
		link := progress.ActionLink{Ref: strings.TrimSpace(f.Get(row + ".ref")), Rank: objectives.Rank(f.Get(row + ".rank")), Reason: f.text(row + ".reason")}
		if link.Ref != "" || link.Reason != nil {
			links = append(links, link)
		}
	}
	return links
}
