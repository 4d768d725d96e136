package reports

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Living is what the texts of a review can say and refer to now: for who writes
// one, and for who checks it.
type Living struct {
	m    *material
	said map[string]*composer // by language
}

// ReadLiving reads what the review of a cycle can print now.
func ReadLiving(ctx context.Context, stores Stores, cycle string) (*Living, error) {
	m, err := gather(ctx, stores, cycle)
	return &Living{m, map[string]*composer{}}, err
}

// Review returns the review as it was read.
func (l *Living) Review() *Review { return &l.m.review }

// Languages lists the languages that the review is written in.
func (l *Living) Languages() []string { return i18n.Spoken(l.m.country.Languages) }

// Lead returns the language in which the review is written first.
func (l *Living) Lead() string { return l.m.review.Lead(l.Languages()) }

func (l *Living) composer(lang string) (*composer, error) {
	if c := l.said[lang]; c != nil {
		return c, nil
	}
	p, err := i18n.New(lang)
	if err != nil {
		return nil, err
	}
	c := &composer{material: l.m, p: p, profile: Full, home: l.m.homes()}
	c.numberFigures()
	l.said[lang] = c
	return c, nil
}

// Print words a directive without its footnote: what a figure says, and of a table
// or a chart the values in it. The error says what to do.
func (l *Living) Print(lang string, d Directive) (string, error) {
	c, err := l.composer(lang)
	if err != nil {
		return "", err
	}
	if !d.block() {
		words, _, err := c.value(d)
		return words, err
	}
	if _, err := c.standingAlone("", 0, d); err != nil {
		return "", err
	}
	ref, err := parseReference(d.Target)
	if err != nil {
		return "", err
	}
	i, _ := record(c.indicators, ref.Code, func(i indicators.Indicator) string { return i.Code })
	return plain(c.values(i)), nil
}

// values prints all values of an indicator on one line.
func (c *composer) values(i indicators.Indicator) []Run {
	var out []Run
	for n, o := range i.Observations {
		if n > 0 {
			out = append(out, Run{Text: "; "})
		}
		out = append(out, Run{Text: c.valueWithPlace(i, o)})
	}
	return out
}

// Examined is what there is to say of a text.
type Examined struct {
	Unresolved []Fault
	Unsourced  []Unsourced
	figures    []float64 // numbers that count something
	numbers    []float64 // all numbers
	references []string  // directives, and what the footnotes name
}

// Fault is a directive or a footnote that names nothing.
type Fault struct {
	Passage int // as Passages counts them, from 1
	Err     error
}

// Unsourced is a number of a text that nothing supports: no directive, no footnote
// of its paragraph that names a record with this number, and for a small number no
// footnote in its own sentence. The numbers of a heading lean on what is cited below
// it.
type Unsourced struct {
	Passage  int
	Sentence string
	Number   Number
}

// small is how many digits a number has that people hold against the footnote of
// its sentence themselves: "30 services", "3 years".
const small = 4

// Examine reads the text of a section in a language.
func (l *Living) Examine(lang, body string) (Examined, error) {
	var out Examined
	c, err := l.composer(lang)
	if err != nil {
		return out, err
	}
	for _, p := range readPassages(body) {
		for _, d := range p.directives {
			out.references = append(out.references, d.String())
			if _, err := l.Print(lang, d); err != nil {
				out.Unresolved = append(out.Unresolved, Fault{p.number, err})
			}
		}
		for _, note := range p.notes {
			if _, err := c.footnote(note); err != nil {
				out.Unresolved = append(out.Unresolved, Fault{p.number, err})
				continue
			}
			refs, _ := ParseReferences(note)
			for _, ref := range refs {
				out.references = append(out.references, ref.String())
			}
		}
		for _, s := range p.sentences {
			out.sentence(c, p, s)
		}
	}
	return out, nil
}

func (out *Examined) sentence(c *composer, p passage, s toldSentence) {
	var references []Reference
	cited := false
	for _, note := range p.around(s) {
		refs, err := ParseReferences(note)
		cited = cited || err == nil && slices.Contains(s.notes, note)
		references = append(references, refs...)
	}
	for _, n := range Numbers(c.p.Lang(), s.text) {
		out.numbers = append(out.numbers, n.Value)
		if n.Label {
			continue
		}
		out.figures = append(out.figures, n.Value)
		byHand := cited && !n.Percent && n.plain && n.to-n.from <= small
		if !byHand && !slices.ContainsFunc(references, func(ref Reference) bool { return c.supports(ref, n.Value) }) {
			out.Unsourced = append(out.Unsourced, Unsourced{p.number, s.text, n})
		}
	}
}

// supports reports whether a record says a number.
func (c *composer) supports(ref Reference, value float64) bool {
	return slices.ContainsFunc(c.says(ref), func(v float64) bool { return sameValue(v, value) })
}

// says lists the numbers that a record supports: the value of an observation, how
// many records there are, and what its source says in digits.
func (c *composer) says(ref Reference) []float64 {
	code := ref.Code
	switch ref.Kind {
	case RefCount:
		if n, err := c.count(ref); err == nil {
			return []float64{float64(n)}
		}
	case RefIndicator:
		if _, o, err := c.observed(ref); err == nil && o.Value != nil && !o.Hidden {
			return append([]float64{*o.Value, rounded(*o.Value, o.Decimals)}, numbersIn(nil, o.Quotes)...)
		}
	case RefMeasure:
		if m, _, ok := cited(c.measures, c.retired.measures, code, func(m objectives.Measure) string { return m.Code }); ok {
			return append(numbersIn(m.Title, m.Quotes), numbersIn(m.Description, nil)...)
		}
	case RefChallenge:
		if ch, _, ok := cited(c.challenges, c.retired.challenges, code, func(ch objectives.Challenge) string { return ch.Code }); ok {
			return numbersIn(ch.Statement, ch.Quotes)
		}
	case RefLaw:
		if law, _, ok := cited(c.laws, c.retired.laws, code, func(l objectives.LegalInstrument) string { return l.Code }); ok {
			return numbersIn(law.Name, law.Quotes)
		}
	}
	return nil
}

func rounded(v float64, decimals int) float64 {
	shift := math.Pow10(decimals)
	return math.Round(v*shift) / shift
}

// numbersIn lists the numbers of a text in all languages, and of quotes.
func numbersIn(t i18n.Text, quotes objectives.Quotes) []float64 {
	var out []float64
	add := func(lang, s string) {
		for _, n := range digitsOf(lang, s) {
			out = append(out, n.Value)
		}
	}
	for _, lang := range i18n.Languages {
		add(lang, t[lang])
	}
	for _, q := range quotes {
		add("kk", q.Text) // with a decimal comma, and with a point
		add("en", q.Text)
	}
	return out
}

// Apart is what one language says and another does not.
type Apart struct {
	Said    string // the reference, or the number as it is written
	Lang    string // that has it
	Without string // that has not
}

// wordedUpTo is the largest number that a language may write as a word where
// another writes digits.
const wordedUpTo = 12

// Contradictions compares the figures, directives and footnotes of the languages
// in which a section is written. Numbers are compared by value: "26 000" is
// "26,000".
func Contradictions(texts map[string]Examined) []Apart {
	var out []Apart
	for _, lang := range i18n.Languages {
		a, written := texts[lang]
		for _, without := range i18n.Languages {
			b, also := texts[without]
			if !written || !also || lang == without {
				continue
			}
			said := map[string]bool{}
			tell := func(what string) {
				if !said[what] {
					out = append(out, Apart{what, lang, without})
				}
				said[what] = true
			}
			for _, v := range a.figures {
				if v == math.Trunc(v) && v <= wordedUpTo {
					continue
				}
				if !slices.ContainsFunc(b.numbers, func(w float64) bool { return sameValue(v, w) }) {
					tell(string(indicators.NumberOf(v, -1)))
				}
			}
			for _, ref := range a.references {
				if !slices.Contains(b.references, ref) {
					tell(ref)
				}
			}
		}
	}
	return out
}

// ComposeFaults lists what the review cannot resolve outside of its narrative, in
// a language: the evidence of an assessment.
func (l *Living) ComposeFaults(lang string) []error {
	_, err := l.m.compose(lang, Full)
	var out []error
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range joined.Unwrap() {
			var placed *Unresolved
			if !errors.As(one, &placed) {
				out = append(out, one)
			}
		}
	} else if err != nil {
		out = append(out, err)
	}
	return out
}

// Drawn says where a chart of an indicator stands.
type Drawn struct{ Section, Indicator string }

// Charts lists the charts of the review in a language.
func (l *Living) Charts(lang string) ([]Drawn, error) {
	c, err := l.composer(lang)
	if err != nil {
		return nil, err
	}
	var out []Drawn
	for _, section := range l.m.review.TextSections() {
		if text := l.m.review.Section(section, lang); text != nil {
			for _, d := range paragraphsOfTheirOwn(text.Body) {
				if ref, err := parseReference(d.Target); err == nil && d.Does == PrintChart {
					out = append(out, Drawn{section, ref.Code})
				}
			}
		}
	}
	for _, i := range c.indicators {
		if c.figures[i.Code] != "" {
			out = append(out, Drawn{ObjectiveSection(c.home[i.Code]), i.Code})
		}
	}
	return out, nil
}

// Old is an indicator whose latest value is old at the cut-off.
type Old struct {
	Code   string
	Name   i18n.Text
	Latest period.Period
	Home   int // the objective whose chapter prints it
}

// Expired lists the statistics whose latest value ends so many years or more
// before the cut-off.
func (l *Living) Expired(years int) []Old {
	var out []Old
	limit := l.m.cutoff.AddDate(-years, 0, 0)
	home := l.m.homes()
	for _, i := range l.m.indicators {
		var latest period.Period
		var ends time.Time
		for _, o := range i.Observations {
			if o.Period != "" && o.Value != nil && o.Period.Last().After(ends) {
				latest, ends = o.Period, o.Period.Last()
			}
		}
		if i.FigureType == indicators.Statistic && latest != "" && !ends.After(limit) {
			out = append(out, Old{i.Code, i.Name, latest, home[i.Code]})
		}
	}
	return out
}

// Silent lists the objectives of which the review has neither a text nor data.
func (l *Living) Silent() []objectives.Objective {
	return slices.DeleteFunc(slices.Clone(l.m.objectives), func(o objectives.Objective) bool {
		for _, lang := range l.Languages() {
			if text := l.m.review.Section(ObjectiveSection(o.Number), lang); text != nil && text.Body != "" {
				return true
			}
		}
		return len(l.m.measuresOf(o.Number))+len(l.m.indicatorsOf(o.Number))+len(l.m.challengesOf(o.Number)) > 0
	})
}

// Prints reports whether the review prints an indicator.
func (l *Living) Prints(code string) bool {
	_, ok := record(l.m.indicators, code, func(i indicators.Indicator) string { return i.Code })
	return ok
}

// NotAssessed lists the objectives that nobody has judged.
func (l *Living) NotAssessed() []objectives.Objective {
	return slices.DeleteFunc(slices.Clone(l.m.objectives), func(o objectives.Objective) bool {
		_, ok := judgedFor(l.m.judged.now, o.Number)
		return ok
	})
}

// Unaccounted lists the promises of the last review of which this one does not
// say what happened.
func (l *Living) Unaccounted() []Promise {
	return slices.DeleteFunc(slices.Clone(l.m.judged.due), func(p Promise) bool {
		return slices.ContainsFunc(p.Outcomes, func(o PromiseOutcome) bool { return o.ReviewID == l.m.review.ID })
	})
}
