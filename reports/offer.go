package reports

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gcm/indicators"
	"gcm/internal/period"
)

// Offer is a living figure that can be put into a text.
type Offer struct {
	Label     string    `json:"label"`     // "Refugees registered · 2021 · Afghanistan"
	Printed   string    `json:"printed"`   // as the text would say it
	Directive Directive `json:"directive"` // what to write
	rank      int
}

// MarshalText writes a directive as people write it.
func (d Directive) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// counts are the references to how many records there are.
var counts = []string{
	"count:measures", "count:measures{status=planned}", "count:measures{status=in_progress}", "count:measures{status=delayed}", "count:measures{status=completed}",
	"count:measures{status=dropped}", "count:measures{basis=stated}", "count:measures{basis=inferred}",
	"count:indicators", "count:observations", "count:challenges", "count:agencies", "count:legal_instruments",
}

// offers lists all figures that a text in a language can print, with the
// observation of each; none for a count.
func (c *composer) offers(each func(o Offer, i *indicators.Indicator, of *indicators.Observation, value float64)) {
	for n := range c.indicators {
		i := &c.indicators[n]
		for k := range i.Observations {
			o := &i.Observations[k]
			if o.Value == nil || o.Hidden {
				continue
			}
			parts := []string{c.in(i.Name)}
			if o.Period != "" {
				parts = append(parts, c.p.Period(o.Period))
			}
			if b := c.breakdown(*i, o.Breakdown); b != "" {
				parts = append(parts, b)
			}
			ref := Reference{RefIndicator, i.Code, o.Period, o.Breakdown}
			each(Offer{Label: strings.Join(parts, " · "), Printed: indicators.FormatWithUnit(c.p, *o), Directive: Directive{Does: PrintFigure, Target: ref.String()}}, i, o, *o.Value)
		}
	}
	for _, target := range counts {
		ref, err := parseReference(target)
		if err != nil {
			continue
		}
		if cited, err := c.citedCount(ref); err == nil {
			n, _ := c.count(ref)
			each(Offer{Label: plain(cited.runs), Printed: c.p.Number(float64(n), 0), Directive: Directive{Does: PrintFigure, Target: target}}, nil, nil, float64(n))
		}
	}
}

// Search finds living figures by words of the indicator's name, of the cell, the
// period, the code or the number; the best first, at most so many. Tables and
// charts of the indicators that are found follow them.
func (l *Living) Search(lang, query string, most int) ([]Offer, error) {
	c, err := l.composer(lang)
	if err != nil {
		return nil, err
	}
	asked := words(query)
	if len(asked) == 0 {
		return nil, nil
	}
	var out []Offer
	begins := map[string]period.Period{}
	c.offers(func(o Offer, i *indicators.Indicator, of *indicators.Observation, _ float64) {
		in := words(o.Label + " " + o.Printed + " " + o.Directive.Target)
		for _, w := range asked {
			if !slices.ContainsFunc(in, func(s string) bool { return strings.HasPrefix(s, w) || len(w) > 6 && strings.HasPrefix(s, stem(w)) }) {
				return
			}
		}
		if o.rank = 1; i != nil {
			o.rank = 0
			if len(of.Breakdown) == 0 {
				o.rank = 2
			}
			if len(begins) < most {
				begins[i.Code] = of.Period
			}
		}
		out = append(out, o)
	})
	slices.SortStableFunc(out, func(a, b Offer) int { return cmp.Compare(b.rank, a.rank) })
	out = out[:min(most, len(out))]
	for _, i := range c.indicators {
		if _, found := begins[i.Code]; !found || len(out) >= 2*most {
			continue
		}
		kinds := []DirectiveKind{PrintTable}
		if _, drawn := indicators.ChartOf(c.p, i); drawn {
			kinds = append(kinds, PrintChart)
		}
		for _, kind := range kinds {
			out = append(out, Offer{Label: c.in(i.Name), Printed: c.p.T("checking.offer." + string(kind)), Directive: Directive{Does: kind, Target: RefIndicator + ":" + i.Code}})
		}
	}
	return out, nil
}

// mostOffers is how many references are offered for a number.
const mostOffers = 5

// Offers lists the references that print a number which somebody typed: those of
// the section's objective, with the period and the words of the sentence, first.
func (l *Living) Offers(lang, section string, u Unsourced) ([]Offer, error) {
	c, err := l.composer(lang)
	if err != nil {
		return nil, err
	}
	in := words(u.Sentence)
	objective, _ := strconv.Atoi(strings.TrimPrefix(strings.TrimPrefix(section, "objective-"), "0"))
	var out []Offer
	c.offers(func(o Offer, i *indicators.Indicator, of *indicators.Observation, value float64) {
		percent := of != nil && of.Unit == indicators.Percent
		if !sameValue(value, u.Number.Value) && (of == nil || !sameValue(rounded(value, of.Decimals), u.Number.Value)) || percent != u.Number.Percent {
			return
		}
		if i != nil {
			if slices.ContainsFunc(i.Objectives, func(l indicators.IndicatorObjective) bool { return l.Objective.Number == objective }) {
				o.rank += 2
			}
			if len(of.Period) >= 4 && slices.Contains(in, string(of.Period[:4])) {
				o.rank += 2
			}
		}
		for _, w := range words(o.Label) {
			if !unicode.IsDigit(rune(w[0])) && slices.ContainsFunc(in, func(s string) bool { return strings.HasPrefix(s, stem(w)) }) {
				o.rank++
			}
		}
		out = append(out, o)
	})
	slices.SortStableFunc(out, func(a, b Offer) int { return cmp.Compare(b.rank, a.rank) })
	return out[:min(mostOffers, len(out))], nil
}

// words lists the words of a text in small letters; numbers are words, with their
// groups together.
func words(s string) []string {
	s = strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)
	for range 2 { // a group ends where the next begins
		s = grouped.ReplaceAllString(s, "$1$2")
	}
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// grouped is where a number is parted into thousands.
var grouped = regexp.MustCompile(`(\d)[ ,](\d{3})\b`)

// stem is the beginning of a word without the ending that its place in a sentence
// may give it.
func stem(w string) string {
	switch r := []rune(w); {
	case len(r) > 5:
		return string(r[:max(5, len(r)-3)])
	case len(r) > 3:
		return string(r[:len(r)-1])
	}
	return w
}
