package indicators_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// at is an observation; a missing one has the qualifier Missing.
func at(when period.Period, cell string, value float64, q indicators.Qualifier) indicators.Observation {
	b, err := indicators.ParseBreakdown(cell)
	if err != nil {
		panic(err)
	}
	o := indicators.Observation{Period: when, Breakdown: b, Value: &value, Qualifier: q, ObsStatus: "A", ConfStatus: indicators.Free, State: objectives.Released}
	if q == indicators.Missing {
		o.Value, o.ObsStatus = nil, "O"
	}
	return o
}

func exact(when period.Period, cell string, value float64) indicators.Observation {
	return at(when, cell, value, indicators.Exact)
}

// told prints computed values: "2020 sex=F 25 exact A".
func told(rows []indicators.Observation) string {
	var lines []string
	for _, o := range rows {
		value := "–"
		if o.Value != nil {
			value = fmt.Sprint(*o.Value)
		}
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprint(o.Period, " ", o.Breakdown, " ", value, " ", o.Qualifier, " ", o.ObsStatus)), " "))
	}
	return strings.Join(lines, "; ")
}

func series(rows ...indicators.Observation) indicators.Series {
	return indicators.Series{Observations: rows}
}

func TestFormulasComputeByPeriodAndBreakdown(t *testing.T) {
	persons := series(exact("2020", "", 1200), exact("2021", "", 1500), exact("2020", "sex=F", 300), exact("2020", "sex=M", 900))
	all := series(exact("2020", "", 4800), exact("2021", "", 0), exact("2020", "sex=F", 1000))
	women := indicators.Series{Cell: indicators.Breakdown{"sex": "F"}, Observations: persons.Observations}
	for name, c := range map[string]struct {
		formula indicators.Formula
		series  []indicators.Series
		want    string
	}{
		"a ratio, by total and by the cells that both have": {
			indicators.Formula{Kind: indicators.RatioOf, Decimals: 2}, []indicators.Series{persons, all},
			"2020 0.25 exact A; 2021 – missing O; 2020 sex=F 0.3 exact A",
		},
		"a rate per 1,000": {
			indicators.Formula{Kind: indicators.RateOf, Per: 1000}, []indicators.Series{series(exact("2020", "", 7)), all},
			"2020 1 exact A; 2021 – missing O",
		},
		"the share of one cell in the total": {
			indicators.Formula{Kind: indicators.RateOf, Per: 100, Decimals: 1}, []indicators.Series{women, persons},
			"2020 25 exact A; 2021 – missing O",
		},
		"a sum, in which what is missing is not zero": {
			indicators.Formula{Kind: indicators.SumOf}, []indicators.Series{series(exact("2020", "", 1), exact("2021", "", 2)), series(exact("2020", "", 3), at("2021", "", 0, indicators.Missing))},
			"2020 4 exact A; 2021 – missing O",
		},
		"growth, from the second period on, against the period before": {
			indicators.Formula{Kind: indicators.GrowthOf, Decimals: 1}, []indicators.Series{series(exact("2018", "", 100), exact("2019", "", 112.5), exact("2021", "", 120), exact("2022", "", 90))},
			"2019 12.5 exact A; 2021 – missing O; 2022 -25 exact A",
		},
		"growth of months over the turn of a year": {
			indicators.Formula{Kind: indicators.GrowthOf}, []indicators.Series{series(exact("2019-12", "", 200), exact("2020-01", "", 150))},
			"2020-01 -25 exact A",
		},
		"a component that has nothing": {
			indicators.Formula{Kind: indicators.RatioOf}, []indicators.Series{series(exact("2020", "", 5)), series()},
			"2020 – missing O",
		},
		"nothing of nothing": {indicators.Formula{Kind: indicators.SumOf}, []indicators.Series{series(), series()}, ""},
		"what has no period or is no statement yet is left out": {
			indicators.Formula{Kind: indicators.SumOf}, []indicators.Series{series(exact("", "", 5)), series(indicators.Observation{Period: "2020", State: objectives.Draft})}, "",
		},
	} {
		if got := told(c.formula.Compute(indicators.Count, c.series)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestMissingResultSaysWhy(t *testing.T) {
	broken := series(exact("2019", "", 1), exact("2020", "", 2))
	broken.Breaks = []indicators.Break{{Period: "2020-06", Kind: indicators.SeriesBreak}}
	noted := series(exact("2019", "", 1), exact("2020", "", 2))
	noted.Breaks = []indicators.Break{{Period: "2020", Kind: indicators.MethodChange}}
	p, err := i18n.New("ru")
	if err != nil {
		t.Fatal(err)
	}
	ratio, growth := indicators.Formula{Kind: indicators.RatioOf}, indicators.Formula{Kind: indicators.GrowthOf}
	for _, c := range []struct {
		formula indicators.Formula
		series  []indicators.Series
		note    string
	}{
		{ratio, []indicators.Series{series(exact("2020", "", 5)), series(exact("2020", "", 0))}, "formula.note.zero"},
		{ratio, []indicators.Series{series(exact("2020", "", 5)), series(exact("2019", "", 1))}, "formula.note.component"},
		{growth, []indicators.Series{series(exact("2019", "", 0), exact("2020", "", 2))}, "formula.note.base"},
		{growth, []indicators.Series{series(exact("2019", "", -4), exact("2020", "", 2))}, "formula.note.base"},
		{growth, []indicators.Series{broken}, "formula.note.break"},
		{ratio, []indicators.Series{series(exact("2020", "", 1e308)), series(exact("2020", "", 1e-308))}, "formula.note.size"},
		{indicators.Formula{Kind: indicators.SumOf, Decimals: 4}, []indicators.Series{series(exact("2020", "", 1e305))}, ""},
		{growth, []indicators.Series{noted}, ""},
	} {
		rows := c.formula.Compute(indicators.Percent, c.series)
		last := rows[len(rows)-1]
		if want := p.T(c.note); c.note != "" && (last.Value != nil || last.Note["ru"] != want || want == c.note || last.Note["kk"] == "" || last.Note["en"] == "") {
			t.Errorf("%s: %+v", c.note, last)
		}
		if c.note == "" && (last.Value == nil || math.IsInf(*last.Value, 0) || last.Note != nil) {
			t.Errorf("there is no result: %+v", last)
		}
	}
}

func TestResultIsNotKnownBetterThanItsComponents(t *testing.T) {
	const e, a, m, l = indicators.Exact, indicators.Approximate, indicators.MoreThan, indicators.LessThan
	for _, c := range []struct {
		kind         indicators.FormulaKind
		first        indicators.Qualifier
		second       indicators.Qualifier
		firstV, want string
	}{
		{indicators.SumOf, e, e, "1", "exact"}, {indicators.SumOf, e, a, "1", "approximate"}, {indicators.SumOf, m, e, "1", "more_than"},
		{indicators.SumOf, l, l, "1", "less_than"}, {indicators.SumOf, m, l, "1", "approximate"}, {indicators.SumOf, m, e, "-1", "more_than"},
		{indicators.RatioOf, m, e, "1", "more_than"}, {indicators.RatioOf, e, m, "1", "less_than"}, {indicators.RatioOf, e, l, "1", "more_than"},
		{indicators.RatioOf, m, l, "1", "more_than"}, {indicators.RatioOf, l, m, "1", "less_than"}, {indicators.RatioOf, m, m, "1", "approximate"},
		{indicators.RatioOf, a, m, "1", "approximate"}, {indicators.RatioOf, m, e, "-1", "approximate"}, {indicators.RatioOf, e, e, "-1", "exact"},
	} {
		v := 1.0
		if c.firstV == "-1" {
			v = -1
		}
		rows := indicators.Formula{Kind: c.kind}.Compute(indicators.Count, []indicators.Series{series(at("2020", "", v, c.first)), series(at("2020", "", 3, c.second))})
		if got := string(rows[0].Qualifier); got != c.want {
			t.Errorf("%s of %s %s and %s is %s, want %s", c.kind, c.firstV, c.first, c.second, got, c.want)
		}
	}
	growth := indicators.Formula{Kind: indicators.GrowthOf}.Compute(indicators.Percent, []indicators.Series{series(at("2019", "", 10, m), exact("2020", "", 12))})
	if growth[0].Qualifier != l {
		t.Errorf("growth over more than 10 is %s", growth[0].Qualifier)
	}
}

func TestBoundIsRoundedToItsOwnSide(t *testing.T) {
	for q, want := range map[indicators.Qualifier]float64{indicators.MoreThan: 0.66, indicators.LessThan: 0.67, indicators.Exact: 0.67} {
		rows := indicators.Formula{Kind: indicators.RatioOf, Decimals: 2}.Compute(indicators.Ratio, []indicators.Series{series(at("2020", "", 2, q)), series(exact("2020", "", 3))})
		if *rows[0].Value != want || rows[0].Decimals != 2 {
			t.Errorf("%s: %v", q, *rows[0].Value)
		}
	}
	rows := indicators.Formula{Kind: indicators.SumOf, Decimals: 1}.Compute(indicators.Ratio, []indicators.Series{series(at("2020", "", 0.1, indicators.MoreThan)), series(exact("2020", "", 0.2))})
	if *rows[0].Value != 0.3 {
		t.Errorf("0.1 and 0.2 is more than %v", *rows[0].Value)
	}
}

func TestResultTakesOverTheWeakestStatusAndTheStrictestSecrecy(t *testing.T) {
	a, b := exact("2020", "", 1), exact("2020", "", 2)
	a.ObsStatus, a.ConfStatus = "E", indicators.NotForPublication
	b.ObsStatus = "P"
	rows := indicators.Formula{Kind: indicators.SumOf}.Compute(indicators.Count, []indicators.Series{series(a), series(b)})
	if rows[0].ObsStatus != "E" || rows[0].ConfStatus != indicators.NotForPublication || rows[0].Origin != indicators.FromFormula {
		t.Errorf("%+v", rows[0])
	}
	b.ObsStatus, b.Value = "B", nil
	if rows = (indicators.Formula{Kind: indicators.SumOf}).Compute(indicators.Count, []indicators.Series{series(a), series(b)}); rows[0].ObsStatus != "O" || rows[0].ConfStatus != indicators.NotForPublication {
		t.Errorf("%+v", rows[0])
	}
}

func TestOrderOfTheObservationsChangesNothing(t *testing.T) {
	rows := []indicators.Observation{exact("2020", "sex=F", 1), exact("2019", "", 2), exact("2020", "", 3), exact("2019", "sex=F", 4)}
	f := indicators.Formula{Kind: indicators.GrowthOf}
	want := told(f.Compute(indicators.Percent, []indicators.Series{series(rows...)}))
	slices.Reverse(rows)
	if got := told(f.Compute(indicators.Percent, []indicators.Series{series(rows...)})); got != want || got == "" {
		t.Errorf("%q and %q", got, want)
	}
}

func TestFormulaIsToldWithTheNumbersOfItsLastPeriod(t *testing.T) {
	p, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	part, whole := series(exact("2020", "", 250), exact("2021", "", 300)), series(exact("2020", "", 1000), exact("2021", "", 1200))
	for _, c := range []struct {
		formula indicators.Formula
		series  []indicators.Series
		want    string
	}{
		{indicators.Formula{Kind: indicators.RateOf, Per: 1000}, []indicators.Series{part, whole}, "2021: 300 ÷ 1,200 × 1,000 = 250"},
		{indicators.Formula{Kind: indicators.RatioOf, Decimals: 2}, []indicators.Series{part, whole}, "2021: 300 ÷ 1,200 = 0.25"},
		{indicators.Formula{Kind: indicators.SumOf}, []indicators.Series{part, whole}, "2021: 300 + 1,200 = 1,500"},
		{indicators.Formula{Kind: indicators.GrowthOf}, []indicators.Series{part}, "2021: (300 ÷ 250 − 1) × 100 = 20"},
	} {
		result := c.formula.Compute(indicators.Count, c.series)
		if got := c.formula.Worked(p, result, c.series); got != c.want {
			t.Errorf("%s: %q, want %q", c.formula.Kind, got, c.want)
		}
		c.series[0] = series(exact("2020", "", 250)) // as a reader sees it from whom a value is hidden
		if got := c.formula.Worked(p, result, c.series); got != "" {
			t.Errorf("%s tells what is hidden: %q", c.formula.Kind, got)
		}
	}
}
