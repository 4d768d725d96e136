package web

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"

	"gcm/indicators"
	"gcm/internal/i18n"
)

// passportRow is a line of a passport. What is not known is said so, not hidden.
type passportRow struct {
	Label   string
	Concept string // of SDMX metadata; empty where it has none
	Lines   []passportLine
	Whole   bool // longer texts take the whole width
}

// passportLine is one thing that a row tells.
type passportLine struct {
	phrase
	Path string // where it leads; empty for nowhere
	Note phrase
}

// passport tells all that is known of an indicator besides its values.
func (r *request) passport(ind indicators.Indicator) []passportRow {
	row := func(label, concept string, lines ...passportLine) passportRow {
		return passportRow{Label: r.T("passport.label." + label), Concept: concept, Lines: lines}
	}
	wide := func(label, concept string, text i18n.Text) passportRow {
		return passportRow{Label: r.T("passport.label." + label), Concept: concept, Lines: r.wording(text), Whole: true}
	}
	rows := []passportRow{
		wide("definition", "STAT_CONC_DEF", ind.Definition),
		wide("computation", "DATA_COMP", ind.Computation),
		wide("limits", "REC_USE_LIM", ind.Limits),
		row("unit", "UNIT_MEASURE", line(indicators.UnitName(r.p, ind.Unit))),
		row("direction", "", line(r.T("indicator.direction."+string(ind.Direction)))),
		row("frequency", "FREQ", r.coded("passport.frequency.", string(ind.Frequency))...),
		row("source", "SOURCE_TYPE", r.wording(ind.DataSource)...),
		row("agency", "COMPILING_ORG", r.responsible(ind)...),
		row("relation", "REPORTING_TYPE", r.coded("passport.relation.", string(ind.Relation()))...),
		row("sdg_targets", "SDG_TARGET", goals(ind.SDGTargets)...),
		row("sdg_indicators", "SDG_INDICATOR", goals(ind.SDGIndicators)...),
		row("objectives", "", r.objectivesOf(ind)...),
		row("expected", "COVERAGE", r.expected(ind)...),
		row("present", "COVERAGE", r.present(ind)...),
		row("baseline", "", r.baseline(ind)...),
		row("targets", "", r.targets(ind)...),
		row("bounds", "", r.bounds(ind)...),
		row("breaks", "COMPARABILITY", r.breaks(ind)...),
	}
	if least := ind.Threshold(); least > 0 {
		rows = append(rows, row("small_cell", "", line(r.amountOf(ind, least, 0))))
	}
	if lines := r.wording(ind.ScaleNote); lines != nil {
		rows = append(rows, passportRow{Label: r.T("indicator.scale_note"), Lines: lines})
	}
	if lines := r.wording(ind.Note); lines != nil {
		rows = append(rows, passportRow{Label: r.T("observation.remark"), Lines: lines, Whole: true})
	}
	return rows
}

func line(text string) passportLine { return passportLine{phrase: phrase{Text: text}} }

// goalCode is the code of a target or an indicator of the Sustainable Development
// Goals: "10.7", "10.7.1", "17.b".
var goalCode = regexp.MustCompile(`^(\d{1,2})\.[0-9a-z]{1,2}`)

// globalMetadata is where the United Nations describe the global indicators.
const globalMetadata = "https://unstats.un.org/sdgs/metadata/"

// goals are such codes, each leading to what the United Nations say of it.
func goals(codes []string) []passportLine {
	var lines []passportLine
	for _, code := range codes {
		one := line(code)
		if m := goalCode.FindStringSubmatch(code); m != nil {
			one.Path = globalMetadata + "?" + url.Values{"Goal": {m[1]}, "Target": {m[0]}}.Encode()
		}
		lines = append(lines, one)
	}
	return lines
}

// wording is a text as a line; none when there is no text.
func (r *request) wording(t i18n.Text) []passportLine {
	if ph := phraseOf(r.p, t); ph.Text != "" {
		return []passportLine{{phrase: ph}}
	}
	return nil
}

func (r *request) coded(list, code string) []passportLine {
	if code == "" {
		return nil
	}
	return []passportLine{line(r.code(list, code))}
}

func (r *request) responsible(ind indicators.Indicator) []passportLine {
	if ind.Agency == nil {
		return nil
	}
	return []passportLine{{phrase: phraseOf(r.p, ind.Agency.Name), Path: r.url("/agencies/" + ind.Agency.Code)}}
}

func (r *request) objectivesOf(ind indicators.Indicator) []passportLine {
	var lines []passportLine
	for _, o := range ind.Objectives {
		number := strconv.Itoa(o.Objective.Number)
		title := phraseOf(r.p, o.Objective.ShortTitle)
		title.Text = number + ". " + title.Text
		lines = append(lines, passportLine{phrase: title, Path: r.url("/objectives/" + number)})
	}
	return lines
}

// expected are the breakdowns without which figures leave a gap, each with
// whether there are figures.
func (r *request) expected(ind indicators.Indicator) []passportLine {
	present := ind.BrokenDownBy()
	var lines []passportLine
	for _, d := range ind.Dimensions {
		if !d.Expected {
			continue
		}
		key := "passport.expected.absent"
		if slices.ContainsFunc(present, func(p indicators.IndicatorDimension) bool { return p.DimensionID == d.DimensionID }) {
			key = "passport.expected.present"
		}
		lines = append(lines, line(r.T(key, r.in(d.Dimension.Name))))
	}
	return lines
}

func (r *request) present(ind indicators.Indicator) []passportLine {
	var lines []passportLine
	for _, d := range ind.BrokenDownBy() {
		lines = append(lines, passportLine{phrase: phraseOf(r.p, d.Dimension.Name)})
	}
	if lines == nil {
		return []passportLine{line(r.T("passport.none"))}
	}
	return lines
}

// amountOf is a number of the passport as values are printed.
func (r *request) amountOf(ind indicators.Indicator, v float64, decimals int) string {
	return indicators.FormatWithUnit(r.p, indicators.Observation{Value: &v, Decimals: decimals, Unit: ind.Unit, Qualifier: indicators.Exact})
}

func (r *request) baseline(ind indicators.Indicator) []passportLine {
	if ind.BaselineValue == nil {
		return nil
	}
	return []passportLine{line(r.T("passport.at", r.p.Period(ind.BaselinePeriod), r.amountOf(ind, *ind.BaselineValue, ind.BaselineDecimals)))}
}

func (r *request) targets(ind indicators.Indicator) []passportLine {
	var lines []passportLine
	for _, t := range ind.Targets {
		one := line(r.T("passport.at", r.p.Period(t.Period), r.amountOf(ind, t.Value, t.Decimals)))
		one.Note = phraseOf(r.p, t.Source)
		lines = append(lines, one)
	}
	return lines
}

func (r *request) bounds(ind indicators.Indicator) []passportLine {
	shown := func(v float64) string {
		_, decimals, _ := indicators.NumberOf(v, -1).Parse()
		return r.amountOf(ind, v, decimals)
	}
	switch {
	case ind.Lowest != nil && ind.Highest != nil:
		return []passportLine{line(r.T("passport.between", shown(*ind.Lowest), shown(*ind.Highest)))}
	case ind.Lowest != nil:
		return []passportLine{line(r.T("passport.at_least", shown(*ind.Lowest)))}
	case ind.Highest != nil:
		return []passportLine{line(r.T("passport.at_most", shown(*ind.Highest)))}
	}
	return nil
}

func (r *request) breaks(ind indicators.Indicator) []passportLine {
	var lines []passportLine
	for _, b := range ind.Breaks {
		one := line(r.T("passport.at", r.p.Period(b.Period), r.T("passport.break."+string(b.Kind))))
		one.Note = phraseOf(r.p, b.Note)
		lines = append(lines, one)
	}
	return lines
}
