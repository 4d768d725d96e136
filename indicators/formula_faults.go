package indicators

import (
	"fmt"
	"slices"
	"strings"
)

// takes returns how many components a formula has: at least and at most.
func (k FormulaKind) takes() (least, most int) {
	switch k {
	case GrowthOf:
		return 1, 1
	case SumOf:
		return 2, 1000
	}
	return 2, 2
}

// formula finds what keeps a formula from being computed.
func (f *faults) formula(code string, other func(string) (Formula, bool)) {
	per, _ := f.number("formula_per", f.FormulaPer)
	if n := f.FormulaDecimals.whole(); f.FormulaDecimals != "" && (n == nil || *n < 0 || *n > 9) {
		f.Add("formula_decimals", "passport.problem.decimals")
	}
	switch k := f.FormulaKind; {
	case k == "" && f.FormulaPer == "" && f.FormulaDecimals == "" && len(f.Components) == 0:
		return
	case !slices.Contains(FormulaKinds, k):
		f.Add("formula_kind", "register.problem.missing")
		return
	case k == RateOf && per <= 0:
		f.Add("formula_per", "passport.problem.per")
	case k != RateOf && f.FormulaPer != "":
		f.Add("formula_per", "passport.problem.no_per")
	}
	if least, most := f.FormulaKind.takes(); len(f.Components) < least || len(f.Components) > most {
		f.Add("components", "passport.problem.components", least)
	}
	for i, line := range f.Components {
		f.component(row("components", i)+"series", line.Series, code, other)
	}
}

func (f *faults) component(field, series, code string, other func(string) (Formula, bool)) {
	part, err := ParseComponent(series)
	if err != nil {
		f.Add(field, "passport.problem.series", series)
		return
	}
	if _, known := other(part.Indicator); !known && part.Indicator != code {
		f.Add(field, "register.problem.unknown", part.Indicator)
		return
	}
	if rests(part.Indicator, code, other, map[string]bool{}) {
		f.Add(field, "passport.problem.circle", part.Indicator)
	}
}

// rests reports whether the values of an indicator are made of those of another,
// however many formulas lie between.
func rests(on, code string, formula func(string) (Formula, bool), seen map[string]bool) bool {
	if on == code || seen[on] {
		return on == code
	}
	seen[on] = true
	f, _ := formula(on)
	return slices.ContainsFunc(f.Components, func(c Component) bool { return rests(c.Indicator, code, formula, seen) })
}

// String returns how people write a component: "arrivals", "arrivals{sex=F}".
func (c Component) String() string {
	if len(c.Breakdown) == 0 {
		return c.Indicator
	}
	return c.Indicator + "{" + c.Breakdown.String() + "}"
}

// ParseComponent reads what String returned.
func ParseComponent(s string) (Component, error) {
	code, cell, broken := strings.Cut(s, "{")
	cell, closed := strings.CutSuffix(cell, "}")
	b, err := ParseBreakdown(cell)
	switch {
	case err != nil:
		return Component{}, err
	case code == "" || broken != closed || broken && cell == "":
		return Component{}, fmt.Errorf("%q is no series: use indicator or indicator{dimension=code}", s)
	case cell == "":
		b = nil
	}
	return Component{code, b}, nil
}
