package countries

import (
	"slices"
	"strings"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Baseline is the value from which progress is told.
type Baseline struct {
	Period period.Period     `json:"period" check:"required"`
	Value  indicators.Number `json:"value" check:"required decimal"`
}

// Target is a value to be reached by the end of a period.
type Target struct {
	Period period.Period     `json:"period" check:"required"`
	Value  indicators.Number `json:"value" check:"required decimal"`
	Source i18n.Text         `json:"source,omitempty"`
}

// Break is a period from which values are made in another way.
type Break struct {
	Period period.Period `json:"period" check:"required"`
	Kind   string        `json:"kind" check:"required" one:"series method"`
	Note   i18n.Text     `json:"note,omitempty"`
}

// Formula makes the values of a calculated indicator.
type Formula struct {
	Kind       string            `json:"kind" check:"required" one:"ratio rate sum growth"`
	Per        indicators.Number `json:"per,omitempty" check:"decimal"`
	Decimals   int               `json:"decimals,omitempty"`
	Components []Component       `json:"components" check:"required"`
}

// Component is a series that a formula reads.
type Component struct {
	Indicator string               `json:"indicator" check:"required slug"`
	Breakdown indicators.Breakdown `json:"breakdown,omitempty"`
}

// passport fills in what the model knows besides names, links and observations.
func (i Indicator) passport(row *indicators.Indicator) {
	row.Computation, row.Limits, row.Frequency = i.Computation, i.Limits, indicators.Frequency(i.Frequency)
	row.Scope = indicators.National
	if i.Scope != "" {
		row.Scope = indicators.Scope(i.Scope)
	}
	row.SDGIndicators, row.SmallCell = i.SDGIndicators, i.SmallCell
	if i.Agency != "" {
		row.Agency = &objectives.Agency{Code: i.Agency}
	}
	if b := i.Baseline; b != nil {
		row.BaselinePeriod, row.BaselineValue = b.Period, b.Value.Float()
		_, row.BaselineDecimals, _ = b.Value.Parse()
	}
	row.Lowest, row.Highest = i.Lowest.Float(), i.Highest.Float()
	for _, t := range i.Targets {
		v, decimals, _ := t.Value.Parse()
		row.Targets = append(row.Targets, indicators.Target{Period: t.Period, Value: v, Decimals: decimals, Source: t.Source})
	}
	for _, b := range i.Breaks {
		row.Breaks = append(row.Breaks, indicators.Break{Period: b.Period, Kind: indicators.BreakKind(b.Kind), Note: b.Note})
	}
	if f := i.Formula; f != nil {
		row.Formula = indicators.Formula{Kind: indicators.FormulaKind(f.Kind), Decimals: f.Decimals}
		row.Formula.Per, _, _ = f.Per.Parse()
		for _, c := range f.Components {
			row.Formula.Components = append(row.Formula.Components, indicators.Component(c))
		}
	}
}

// setPassport is the reverse.
func (i *Indicator) setPassport(row indicators.Indicator) {
	i.Computation, i.Limits, i.Frequency = row.Computation, row.Limits, string(row.Frequency)
	i.Scope = unless(string(indicators.National), string(row.Scope))
	i.SDGIndicators, i.SmallCell = row.SDGIndicators, row.SmallCell
	if row.Agency != nil {
		i.Agency = row.Agency.Code
	}
	if v := row.BaselineValue; v != nil {
		i.Baseline = &Baseline{row.BaselinePeriod, indicators.NumberOf(*v, row.BaselineDecimals)}
	}
	if row.Lowest != nil {
		i.Lowest = indicators.NumberOf(*row.Lowest, -1)
	}
	if row.Highest != nil {
		i.Highest = indicators.NumberOf(*row.Highest, -1)
	}
	for _, t := range row.Targets {
		i.Targets = append(i.Targets, Target{t.Period, indicators.NumberOf(t.Value, t.Decimals), t.Source})
	}
	for _, b := range row.Breaks {
		i.Breaks = append(i.Breaks, Break{b.Period, string(b.Kind), b.Note})
	}
	if f := row.Formula; f.Kind != "" {
		i.Formula = &Formula{Kind: string(f.Kind), Decimals: f.Decimals}
		if f.Per != 0 {
			i.Formula.Per = indicators.NumberOf(f.Per, -1)
		}
		for _, c := range f.Components {
			i.Formula.Components = append(i.Formula.Components, Component(c))
		}
	}
}

// completePassport writes numbers as the database gives them back.
func (i *Indicator) completePassport() {
	i.Scope = unless(string(indicators.National), i.Scope)
	whole := func(n *indicators.Number) {
		if v := n.Float(); v != nil {
			*n = indicators.NumberOf(*v, -1)
		}
	}
	shown := func(n *indicators.Number) {
		if v, decimals, ok := n.Parse(); ok {
			*n = indicators.NumberOf(v, decimals)
		}
	}
	whole(&i.Lowest)
	whole(&i.Highest)
	if i.Baseline != nil {
		shown(&i.Baseline.Value)
	}
	for n := range i.Targets {
		shown(&i.Targets[n].Value)
	}
	if i.Formula != nil {
		whole(&i.Formula.Per)
	}
}

// normalise puts targets and breaks in the order of time, expected dimensions in
// that of the dimensions.
func (i *Indicator) normalise() {
	slices.SortFunc(i.Targets, func(a, b Target) int { return strings.Compare(string(a.Period), string(b.Period)) })
	slices.SortFunc(i.Breaks, func(a, b Break) int { return strings.Compare(string(a.Period), string(b.Period)) })
	slices.SortFunc(i.Expected, func(a, b string) int { return slices.Index(i.Dimensions, a) - slices.Index(i.Dimensions, b) })
}
