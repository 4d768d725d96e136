package reports

import (
	"fmt"
	"strings"

	"gcm/indicators"
	"gcm/objectives"
)

// footnote puts the references of a footnote into words: the record, its value
// as the review prints it, and where in the source it stands.
func (c *composer) footnote(definition string) ([]Run, error) {
	refs, err := ParseReferences(definition)
	if err != nil {
		return nil, err
	}
	var out []Run
	previous := Reference{}
	for _, ref := range refs {
		var runs []Run
		switch ref.Kind {
		case RefIndicator:
			runs, err = c.citedValue(ref, previous)
		case RefMeasure:
			runs, err = c.citedMeasure(ref)
		case RefChallenge:
			runs, err = c.citedChallenge(ref)
		case RefLaw:
			runs, err = c.citedLaw(ref)
		case RefCount:
			runs, err = c.citedCount(ref)
		}
		if err != nil {
			return nil, err
		}
		if len(out) > 0 {
			out = append(out, Run{Text: "; "})
		}
		out = append(out, runs...)
		previous = ref
	}
	return append(out, Run{Text: "."}), nil
}

// citedValue words an observation. The indicator is not named again when the
// reference before named it.
func (c *composer) citedValue(ref, previous Reference) ([]Run, error) {
	indicator, ok := record(c.indicators, ref.Code, func(i indicators.Indicator) string { return i.Code })
	if !ok {
		return nil, fmt.Errorf("there is no released indicator %q", ref.Code)
	}
	for _, o := range indicator.Observations {
		if o.Period != ref.Period || o.Breakdown.String() != ref.Breakdown.String() {
			continue
		}
		var head []Run
		if previous.Kind != RefIndicator || previous.Code != ref.Code {
			head = append(head, Run{Text: c.in(indicator.Name), Link: c.inFull("#indicator-" + indicator.Code)})
		}
		var where []string
		if b := c.breakdown(indicator, o.Breakdown); b != "" {
			where = append(where, b)
		}
		if o.Period != "" {
			where = append(where, c.p.Period(o.Period))
		}
		text := indicators.FormatWithUnit(c.p, o)
		if len(where) > 0 {
			text = strings.Join(where, ", ") + ": " + text
		}
		if len(head) > 0 {
			text = ", " + text
			if len(where) == 0 {
				text = ": " + strings.TrimPrefix(text, ", ")
			}
		}
		return append(head, Run{Text: text + c.place(o.Quotes)}), nil
	}
	return nil, fmt.Errorf("indicator %q has no observation %s", ref.Code, ref)
}

func (c *composer) citedMeasure(ref Reference) ([]Run, error) {
	m, ok := record(c.measures, ref.Code, func(m objectives.Measure) string { return m.Code })
	if !ok {
		return nil, fmt.Errorf("there is no released measure %q", ref.Code)
	}
	return []Run{{Text: c.p.T("review.cited.measure") + " "}, {Text: c.in(m.Title), Link: c.inFull("#measure-" + m.Code)}, {Text: c.place(m.Quotes)}}, nil
}

func (c *composer) citedChallenge(ref Reference) ([]Run, error) {
	ch, ok := record(c.challenges, ref.Code, func(ch objectives.Challenge) string { return ch.Code })
	if !ok {
		return nil, fmt.Errorf("there is no released challenge %q", ref.Code)
	}
	return []Run{{Text: c.p.T("review.cited.challenge."+string(ch.Kind)) + c.place(ch.Quotes)}}, nil
}

func (c *composer) citedLaw(ref Reference) ([]Run, error) {
	l, ok := record(c.laws, ref.Code, func(l objectives.LegalInstrument) string { return l.Code })
	if !ok {
		return nil, fmt.Errorf("there is no legal instrument %q", ref.Code)
	}
	return []Run{{Text: c.in(l.Name), Link: c.inFull("#law-" + l.Code)}, {Text: c.place(l.Quotes)}}, nil
}

// citedCount counts records anew, so that the number can't be wrong.
func (c *composer) citedCount(ref Reference) ([]Run, error) {
	n, err := c.count(ref)
	if err != nil {
		return nil, err
	}
	words := c.p.T("review.cited.count."+ref.Code, n)
	for _, key := range []string{"status", "basis"} {
		if v := ref.Breakdown[key]; v != "" {
			vocabulary := map[string]string{"status": "measure.status.", "basis": "mapping.basis."}[key]
			words += " (" + c.p.T(vocabulary+v) + ")"
		}
	}
	return []Run{{Text: words}}, nil
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
	return 0, fmt.Errorf("%s: nothing of that name is counted", ref)
}

// place says where in the source the main quote stands.
func (c *composer) place(quotes objectives.Quotes) string {
	if len(quotes) == 0 {
		return ""
	}
	return " (" + c.p.T("review.place", c.p.Number(float64(quotes[0].Offset), 0)) + ")"
}

// inFull returns a link into the annexes, which only the full profile has.
func (c *composer) inFull(link string) string {
	if c.profile == Full {
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

