package reports

import (
	"slices"
	"strings"

	"gcm/indicators"
	"gcm/objectives"
)

// citation is one record in a footnote: its words and where in the source it
// stands (offsets of characters).
type citation struct {
	ref     Reference
	runs    []Run
	offsets []int
}

// footnote puts the references of a footnote into words: the record, its value
// as the review prints it, and where in the source it stands.
func (c *composer) footnote(definition string) ([]Run, error) {
	refs, err := ParseReferences(definition)
	if err != nil {
		return nil, err
	}
	return c.citeAll(refs)
}

// citeAll words references one after the other.
func (c *composer) citeAll(refs []Reference) ([]Run, error) {
	var cited []citation
	for _, ref := range refs {
		var previous Reference
		if len(cited) > 0 {
			previous = cited[len(cited)-1].ref
		}
		next, err := c.cite(ref, previous)
		if err != nil {
			return nil, err
		}
		cited = append(cited, next)
	}
	return c.joined(cited), nil
}

// joined prints citations one after the other. A place that the next one shares
// is printed once, and so are words that it repeats.
func (c *composer) joined(cited []citation) []Run {
	var out []Run
	for i, now := range cited {
		if i+1 < len(cited) && plain(cited[i+1].runs) == plain(now.runs) {
			cited[i+1].offsets = append(now.offsets, cited[i+1].offsets...)
			continue
		}
		if len(out) > 0 {
			out = append(out, Run{Text: "; "})
		}
		out = append(out, now.runs...)
		if i+1 == len(cited) || !slices.Equal(cited[i+1].offsets, now.offsets) {
			out = append(out, Run{Text: c.at(now.offsets)})
		}
	}
	return append(out, Run{Text: "."})
}

// cite words one reference after the one before it.
func (c *composer) cite(ref, previous Reference) (citation, error) {
	cite := map[string]func(Reference) (citation, error){
		RefMeasure: c.citedMeasure, RefChallenge: c.citedChallenge, RefLaw: c.citedLaw, RefCount: c.citedCount,
		RefIndicator: func(ref Reference) (citation, error) { return c.citedValue(ref, previous) },
	}
	return cite[ref.Kind](ref)
}

// citedValue words an observation. What the reference before said already, the
// indicator and the period, is not said again.
func (c *composer) citedValue(ref, previous Reference) (citation, error) {
	indicator, listed, ok := cited(c.indicators, c.retired.indicators, ref.Code, func(i indicators.Indicator) string { return i.Code })
	if !ok {
		return citation{}, missing("no_indicator", ref.Code)
	}
	same := previous.Kind == RefIndicator && previous.Code == ref.Code
	for _, o := range indicator.Observations {
		if o.Period != ref.Period || o.Breakdown.String() != ref.Breakdown.String() {
			continue
		}
		offsets := offsetsOf(o.Quotes)
		if same && previous.Period == o.Period {
			o.Period = ""
		}
		value := c.cell(indicator, o, indicators.FormatWithUnit(c.p, o))
		if same {
			return citation{ref, Text(value), offsets}, nil
		}
		separator := ": "
		if strings.Contains(value, ": ") {
			separator = ", "
		}
		return citation{ref, []Run{{Text: c.in(indicator.Name), Link: c.inFull(listed, "#indicator-"+indicator.Code)}, {Text: separator + value}}, offsets}, nil
	}
	return citation{}, missing("no_observation", ref.Code, ref.String())
}

func (c *composer) citedMeasure(ref Reference) (citation, error) {
	m, listed, ok := cited(c.measures, c.retired.measures, ref.Code, func(m objectives.Measure) string { return m.Code })
	if !ok {
		return citation{}, missing("no_measure", ref.Code)
	}
	runs := []Run{{Text: c.p.T("review.cited.measure") + " "}, {Text: c.in(m.Title), Link: c.inFull(listed, "#measure-"+m.Code)}}
	return citation{ref, runs, offsetsOf(m.Quotes)}, nil
}

func (c *composer) citedChallenge(ref Reference) (citation, error) {
	ch, _, ok := cited(c.challenges, c.retired.challenges, ref.Code, func(ch objectives.Challenge) string { return ch.Code })
	if !ok {
		return citation{}, missing("no_challenge", ref.Code)
	}
	return citation{ref, Text(c.p.T("review.cited.challenge." + string(ch.Kind))), offsetsOf(ch.Quotes)}, nil
}

func (c *composer) citedLaw(ref Reference) (citation, error) {
	l, listed, ok := cited(c.laws, c.retired.laws, ref.Code, func(l objectives.LegalInstrument) string { return l.Code })
	if !ok {
		return citation{}, missing("no_law", ref.Code)
	}
	return citation{ref, []Run{{Text: c.in(l.Name), Link: c.inFull(listed, "#law-"+l.Code)}}, offsetsOf(l.Quotes)}, nil
}

// citedCount counts records anew, so that the number can't be wrong.
func (c *composer) citedCount(ref Reference) (citation, error) {
	n, err := c.count(ref)
	if err != nil {
		return citation{}, err
	}
	words := c.p.T("review.cited.count."+ref.Code, n)
	if status := ref.Breakdown["status"]; status != "" {
		words += " (" + c.p.T("measure.status."+status) + ")"
	}
	if basis := ref.Breakdown["basis"]; basis != "" {
		words += " (" + c.p.T("mapping.basis."+basis) + ")"
	}
	return citation{ref: ref, runs: Text(words)}, nil
}

func (c *composer) count(ref Reference) (int, error) {
	switch ref.Code {
	case "measures":
		n := 0
		for _, m := range c.measures {
			status, basis := ref.Breakdown["status"], ref.Breakdown["basis"]
			if (status == "" || string(m.StatusAt(c.cutoff)) == status) && (basis == "" || string(m.Basis()) == basis) {
				n++
			}
		}
		return n, nil
	case "indicators":
		return len(c.indicators), nil
	case "observations":
		n := 0
		for _, i := range c.indicators {
			n += len(i.Observations)
		}
		return n, nil
	case "challenges":
		return len(c.challenges), nil
	case "agencies":
		return len(c.agencies), nil
	case "legal_instruments":
		return len(c.laws), nil
	}
	return 0, missing("no_count", ref.String())
}

// place says where in the source the main quote stands.
func (c *composer) place(quotes objectives.Quotes) string { return c.at(offsetsOf(quotes)) }

// at prints places in the source in brackets, nothing for none.
func (c *composer) at(offsets []int) string {
	if len(offsets) == 0 {
		return ""
	}
	var numbers []string
	for _, offset := range offsets {
		numbers = append(numbers, c.p.Number(float64(offset), 0))
	}
	return " (" + c.p.T("review.place", strings.Join(numbers, "; ")) + ")"
}

// offsetsOf returns the place of the main quote, if there is one.
func offsetsOf(quotes objectives.Quotes) []int {
	if len(quotes) == 0 {
		return nil
	}
	return []int{quotes[0].Offset}
}

// inFull returns a link to what the annexes list; only the full profile has them.
func (c *composer) inFull(listed bool, link string) string {
	if listed && c.profile == Full {
		return link
	}
	return ""
}

// breakdown words a cell of a disaggregation, "Uzbekistan"; the total has no name.
func (c *composer) breakdown(indicator indicators.Indicator, b indicators.Breakdown) string {
	if len(b) == 0 {
		return ""
	}
	return indicator.BreakdownLabel(c.p, b)
}

// paragraphs parts a text at its empty lines.
func paragraphs(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
