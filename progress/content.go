package progress

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// How much one entry takes.
const (
	longestText = 20_000 // characters
	mostRows    = 600
)

// statuses are those that somebody can give; delayed is judged.
var statuses = []objectives.Status{objectives.Planned, objectives.InProgress, objectives.Completed, objectives.Dropped}

var qualifiers = []indicators.Qualifier{indicators.Exact, indicators.Approximate, indicators.MoreThan, indicators.LessThan, indicators.Missing}

var language = regexp.MustCompile(`^[a-z]{2,3}$`)

// normal returns the content as it is kept: texts trimmed and composed, blank
// rows and wordings left out, breakdowns in their canonical form. What cannot be
// kept at all comes back as problems; a draft need not be complete.
func (c Content) normal(kind Kind) (Content, fault.Problems) {
	var problems fault.Problems
	c = c.clone()
	if c.kinds() != string(kind) {
		problems.Add("", "entry.error.kind")
		return c, problems
	}
	if c.Values != nil {
		c.Values.normal(&problems)
	}
	if p := c.Progress; p != nil && p.Status != "" && !slices.Contains(statuses, p.Status) {
		problems.Add("progress.status", "entry.error.unknown")
	}
	if p := c.Measure; p != nil {
		p.normal(&problems)
	}
	if c.Mapping != nil {
		c.Mapping.normal("mapping", &problems)
	}
	for _, t := range c.texts() {
		*t.text = normalText(t.field, *t.text, &problems)
	}
	return c, problems
}

// kinds names the kinds of content that are there.
func (c Content) kinds() string {
	var kinds []string
	for kind, there := range map[Kind]bool{KindProgress: c.Progress != nil, KindValues: c.Values != nil, KindMeasure: c.Measure != nil, KindMapping: c.Mapping != nil} {
		if there {
			kinds = append(kinds, string(kind))
		}
	}
	return strings.Join(kinds, " ")
}

// same reports whether both say the same.
func (c Content) same(other Content) bool {
	a, _ := c.Value() // a content can be written as JSON
	b, _ := other.Value()
	return a == b
}

// clone returns a copy whose parts can be changed; texts are replaced, not changed.
func (c Content) clone() Content {
	if c.Progress != nil {
		p := *c.Progress
		c.Progress = &p
	}
	if c.Values != nil {
		v := *c.Values
		v.Rows = slices.Clone(v.Rows)
		c.Values = &v
	}
	if c.Measure != nil {
		p := *c.Measure
		p.Mapping = p.Mapping.clone()
		c.Measure = &p
	}
	if c.Mapping != nil {
		m := c.Mapping.clone()
		c.Mapping = &m
	}
	return c
}

func (m Mapping) clone() Mapping {
	return Mapping{slices.Clone(m.Objectives), slices.Clone(m.Actions)}
}

// text is one text of a content with its field, as forms name it.
type text struct {
	field string
	text  *i18n.Text
}

// texts returns all texts of the content in the order of the forms.
func (c *Content) texts() []text {
	var list []text
	if p := c.Progress; p != nil {
		list = append(list, text{"progress.note", &p.Note}, text{"progress.narrative", &p.Narrative}, text{"progress.results", &p.Results},
			text{"progress.challenges", &p.Challenges}, text{"progress.next_steps", &p.NextSteps}, text{"progress.support", &p.Support})
	}
	if v := c.Values; v != nil {
		for i := range v.Rows {
			list = append(list, text{fmt.Sprintf("values.rows.%d.source", i), &v.Rows[i].Source}, text{fmt.Sprintf("values.rows.%d.note", i), &v.Rows[i].Note})
		}
		list = append(list, text{"values.note", &v.Note})
	}
	if p := c.Measure; p != nil {
		list = append(list, text{"measure.title", &p.Title}, text{"measure.description", &p.Description})
		list = append(list, p.texts("measure")...)
	}
	if m := c.Mapping; m != nil {
		list = append(list, m.texts("mapping")...)
	}
	return list
}

func (m *Mapping) texts(field string) []text {
	var list []text
	for i := range m.Objectives {
		list = append(list, text{fmt.Sprintf("%s.objectives.%d.reason", field, i), &m.Objectives[i].Reason})
	}
	for i := range m.Actions {
		list = append(list, text{fmt.Sprintf("%s.actions.%d.reason", field, i), &m.Actions[i].Reason})
	}
	return list
}

// normalText returns the wordings that say something, in the form in which they
// are kept.
func normalText(field string, t i18n.Text, problems *fault.Problems) i18n.Text {
	var kept i18n.Text
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		s, problem := NormalString(t[lang], longestText)
		if !language.MatchString(lang) {
			problem = "entry.error.language"
		}
		switch {
		case problem != "":
			problems.Add(field+"."+lang, problem, longestText)
		case s != "":
			if kept == nil {
				kept = i18n.Text{}
			}
			kept[lang] = s
		}
	}
	return kept
}

// NormalString trims and composes s, ends its lines alike and drops characters
// that nobody sees; the key says what is wrong with it.
func NormalString(s string, longest int) (kept, problem string) {
	if !utf8.ValidString(s) {
		return "", "entry.error.encoding"
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n").Replace(s)
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	s = strings.TrimSpace(norm.NFC.String(s))
	if utf8.RuneCountInString(s) > longest {
		return "", "entry.error.long"
	}
	return s, ""
}

func (v *Values) normal(problems *fault.Problems) {
	rows := []Figure{}
	for _, f := range v.Rows {
		if f.Period == "" && f.Breakdown == "" && f.Value == nil && f.Qualifier != indicators.Missing && f.Note.In() == "" && f.Source.In() == "" {
			continue
		}
		f.normal(fmt.Sprintf("values.rows.%d", len(rows)), problems)
		rows = append(rows, f)
	}
	if len(rows) > mostRows {
		problems.Add("values.rows", "entry.error.rows", mostRows)
	}
	v.Rows = rows
}

func (f *Figure) normal(field string, problems *fault.Problems) {
	var err error
	if f.Period, err = period.Parse(strings.TrimSpace(string(f.Period))); err != nil {
		problems.Add(field+".period", "entry.error.period")
	}
	if breakdown, err := indicators.ParseBreakdown(f.Breakdown); err != nil {
		problems.Add(field+".breakdown", "entry.error.breakdown")
	} else {
		f.Breakdown = breakdown.String()
	}
	if f.Value != nil && (math.IsNaN(*f.Value) || math.IsInf(*f.Value, 0)) {
		f.Value = nil
		problems.Add(field+".value", "entry.error.number")
	}
	if f.Decimals < 0 || f.Decimals > 15 {
		problems.Add(field+".decimals", "entry.error.number")
	}
	if f.Qualifier == "" && f.Value != nil {
		f.Qualifier = indicators.Exact
	}
	if f.Qualifier != "" && !slices.Contains(qualifiers, f.Qualifier) {
		problems.Add(field+".qualifier", "entry.error.unknown")
	}
	lists := indicators.CodeLists()
	if _, known := lists.Obs.Named(f.ObsStatus); f.ObsStatus != "" && !known {
		problems.Add(field+".obs_status", "entry.error.unknown")
	}
	if _, known := lists.Conf.Named(string(f.ConfStatus)); f.ConfStatus != "" && !known {
		problems.Add(field+".conf_status", "entry.error.unknown")
	}
	f.shorten()
}

func (p *Proposal) normal(problems *fault.Problems) {
	if p.Status != "" && !slices.Contains(statuses, p.Status) {
		problems.Add("measure.status", "entry.error.unknown")
	}
	if p.Category != "" && !slices.Contains(objectives.Categories, p.Category) {
		problems.Add("measure.category", "entry.error.unknown")
	}
	var badStart, badEnd error
	p.Starts, badStart = period.Parse(strings.TrimSpace(string(p.Starts)))
	p.Ends, badEnd = period.Parse(strings.TrimSpace(string(p.Ends)))
	if badStart != nil {
		problems.Add("measure.starts", "entry.error.period")
	}
	if badEnd != nil || p.Starts != "" && p.Ends != "" && p.Ends.Last().Before(p.Starts.First()) {
		problems.Add("measure.ends", "entry.error.period")
	}
	p.Mapping.normal("measure", problems)
}

// normal orders the mapping as the Compact does; every objective and action
// stands in it once.
func (m *Mapping) normal(field string, problems *fault.Problems) {
	refs, err := objectives.ActionRefs()
	if err != nil {
		problems.Add(field+".actions", "entry.error.unknown")
	}
	slices.SortStableFunc(m.Objectives, func(a, b ObjectiveLink) int { return cmp.Compare(a.Number, b.Number) })
	slices.SortStableFunc(m.Actions, func(a, b ActionLink) int {
		return cmp.Compare(slices.Index(refs, a.Ref), slices.Index(refs, b.Ref))
	})
	for i, o := range m.Objectives {
		at := fmt.Sprintf("%s.objectives.%d", field, i)
		switch {
		case o.Number < 1 || o.Number > objectives.Total || !ranked(o.Rank):
			problems.Add(at, "entry.error.unknown")
		case i > 0 && m.Objectives[i-1].Number == o.Number:
			problems.Add(at, "entry.error.twice")
		}
	}
	for i, a := range m.Actions {
		at := fmt.Sprintf("%s.actions.%d", field, i)
		switch {
		case !refs.Has(a.Ref) || !ranked(a.Rank):
			problems.Add(at, "entry.error.unknown")
		case i > 0 && m.Actions[i-1].Ref == a.Ref:
			problems.Add(at, "entry.error.twice")
		}
	}
}

func ranked(r objectives.Rank) bool {
	return r == objectives.Unsaid || r == objectives.Primary || r == objectives.Secondary
}
