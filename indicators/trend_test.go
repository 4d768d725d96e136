package indicators_test

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"gcm/indicators"
	"gcm/internal/period"
	"gcm/objectives"
)

// yearly is a statistic with values of the total by year.
func yearly(d indicators.Direction, from int, values ...float64) indicators.Indicator {
	i := indicators.Indicator{FigureType: indicators.Statistic, Direction: d, Unit: indicators.Persons}
	for n, v := range values {
		i.Observations = append(i.Observations, exact(year(from+n), "", v))
	}
	return i
}

func year(n int) period.Period { return period.Period(strconv.Itoa(n)) }

func target(i indicators.Indicator, at period.Period, v float64) indicators.Indicator {
	i.Targets = append(i.Targets, indicators.Target{Period: at, Value: v})
	return i
}

// The numbers of these cases are worked by hand from the formulas of the method:
// 100 to 121 in two years is 10 % a year; 100 to 133.1 in three years as well.
func TestTrendByTheRatioOfGrowthRates(t *testing.T) {
	const up, down = indicators.IncreaseGood, indicators.DecreaseGood
	for name, c := range map[string]struct {
		indicator        indicators.Indicator
		trend            indicators.Trend
		rule             indicators.Rule
		actual, required float64
	}{
		"the pace that is required":                   {target(yearly(up, 2020, 100, 110, 121), "2023", 133.1), indicators.OnTrack, indicators.RuleRatio, 0.1, 0.1},
		"faster than required":                        {target(yearly(up, 2020, 100, 115, 144), "2023", 172.8), indicators.OnTrack, indicators.RuleRatio, 0.2, 0.2},
		"0.95 of it":                                  {target(yearly(up, 2020, 100, 109.51), "2021", 110), indicators.OnTrack, indicators.RuleRatio, 0.0951, 0.1},
		"just under 0.95":                             {target(yearly(up, 2020, 100, 109.4), "2021", 110), indicators.ProgressTooSlow, indicators.RuleRatio, 0.094, 0.1},
		"half of it":                                  {target(yearly(up, 2020, 100, 105.1), "2021", 110), indicators.ProgressTooSlow, indicators.RuleRatio, 0.051, 0.1},
		"less than half":                              {target(yearly(up, 2020, 100, 104.9), "2021", 110), indicators.NoProgress, indicators.RuleRatio, 0.049, 0.1},
		"nothing":                                     {target(yearly(up, 2020, 100, 100), "2021", 110), indicators.NoProgress, indicators.RuleRatio, 0, 0.1},
		"a little the other way":                      {target(yearly(up, 2020, 100, 99.1), "2021", 110), indicators.NoProgress, indicators.RuleRatio, -0.009, 0.1},
		"the other way":                               {target(yearly(up, 2020, 100, 98.9), "2021", 110), indicators.Deteriorating, indicators.RuleRatio, -0.011, 0.1},
		"less is better":                              {target(yearly(down, 2020, 100, 90, 81), "2023", 72.9), indicators.OnTrack, indicators.RuleRatio, -0.1, -0.1},
		"less is better, and more":                    {target(yearly(down, 2020, 100, 102), "2021", 90), indicators.Deteriorating, indicators.RuleRatio, 0.02, -0.1},
		"the target is met":                           {target(yearly(up, 2020, 100, 140), "2025", 140), indicators.TargetAchieved, indicators.RuleAchieved, 0, 0},
		"the target is met by one value alone":        {target(yearly(down, 2020, 3), "2025", 5), indicators.TargetAchieved, indicators.RuleAchieved, 0, 0},
		"the target was met and is no more":           {target(yearly(up, 2020, 100, 80), "2025", 90), indicators.Deteriorating, indicators.RuleLost, -0.2, 0},
		"zero as target, by the change per year":      {target(yearly(down, 2020, 100, 90, 80), "2030", 0), indicators.OnTrack, indicators.RuleChange, -10, -10},
		"from below zero, by the change per year":     {target(yearly(up, 2020, -10, -9), "2025", 10), indicators.NoProgress, indicators.RuleChange, 1, 4},
		"no target, more than 1 % a year":             {yearly(up, 2020, 100, 101.1), indicators.OnTrack, indicators.RulePace, 0.011, 0},
		"no target, between 0.5 and 1 % a year":       {yearly(up, 2020, 100, 100.7), indicators.ProgressTooSlow, indicators.RulePace, 0.007, 0},
		"no target, less than 0.5 % a year":           {yearly(up, 2020, 100, 100.4), indicators.NoProgress, indicators.RulePace, 0.004, 0},
		"no target, down to 1 % a year the other way": {yearly(up, 2020, 100, 99.1), indicators.NoProgress, indicators.RulePace, -0.009, 0},
		"no target, more than 1 % the other way":      {yearly(up, 2020, 100, 98.9), indicators.Deteriorating, indicators.RulePace, -0.011, 0},
		"no target, less is better":                   {yearly(down, 2020, 100, 95), indicators.OnTrack, indicators.RulePace, -0.05, 0},
	} {
		a := c.indicator.Assess()
		if a.Trend != c.trend || a.Rule != c.rule || math.Abs(a.Actual-c.actual) > 1e-9 || math.Abs(a.Required-c.required) > 1e-9 {
			t.Errorf("%s: %s by %s, %v of %v", name, a.Trend, a.Rule, a.Actual, a.Required)
		}
	}
}

func TestTrendSaysWhyThereIsNotEnoughData(t *testing.T) {
	const up = indicators.IncreaseGood
	context := yearly(up, 2020, 1, 2)
	context.FigureType = indicators.ExternalContext
	broken := yearly(up, 2020, 1, 2, 30)
	broken.Breaks = []indicators.Break{{Period: "2022", Kind: indicators.SeriesBreak}}
	marked := yearly(up, 2020, 1, 2, 30)
	marked.Observations[2].ObsStatus = "B"
	cells := yearly(up, 2020)
	cells.Observations = []indicators.Observation{exact("2020", "sex=F", 1), exact("2021", "sex=F", 2)}
	bounds := yearly(up, 2020, 1, 2)
	bounds.Observations[0].Qualifier = indicators.MoreThan
	rates := yearly(up, 2020, 1, 2)
	rates.Formula.Kind = indicators.GrowthOf
	draft := yearly(up, 2020, 1, 2)
	draft.Observations[1].State = objectives.Draft
	for name, c := range map[string]struct {
		indicator indicators.Indicator
		rule      indicators.Rule
	}{
		"no direction": {yearly(indicators.Neutral, 2020, 1, 2), indicators.RuleNeutral}, "no figure of the State": {context, indicators.RuleNoFigure},
		"nothing": {yearly(up, 2020), indicators.RuleNoValue}, "one value": {yearly(up, 2020, 1), indicators.RuleOneValue}, "cells alone": {cells, indicators.RuleNoValue},
		"one value since the break": {broken, indicators.RuleBreak}, "a value that is marked as a break": {marked, indicators.RuleBreak},
		"a bound": {bounds, indicators.RuleOneValue}, "nothing below zero grows": {yearly(up, 2020, -1, 2), indicators.RuleNoRate},
		"growth of growth": {rates, indicators.RuleNoRate}, "what is not released": {draft, indicators.RuleOneValue},
	} {
		if a := c.indicator.Assess(); a.Trend != indicators.NotEnoughData || a.Rule != c.rule {
			t.Errorf("%s: %s by %s", name, a.Trend, a.Rule)
		}
	}
}

func TestTrendComparesWhatCanBeCompared(t *testing.T) {
	const up = indicators.IncreaseGood
	broken := yearly(up, 2019, 500, 100, 110, 121)
	broken.Breaks = []indicators.Break{{Period: "2020", Kind: indicators.SeriesBreak}, {Period: "2021", Kind: indicators.MethodChange}}
	based := yearly(up, 2020, 1, 110, 121)
	based.BaselinePeriod, based.BaselineValue = "2019", new(float64)
	*based.BaselineValue = 100
	stale := broken
	stale.BaselinePeriod, stale.BaselineValue = based.BaselinePeriod, based.BaselineValue
	mixed := yearly(up, 2019, 100, 110, 121)
	mixed.Observations = append(mixed.Observations, exact("2021-06", "", 7), exact("2022-01", "", 8))
	for name, c := range map[string]struct {
		indicator        indicators.Indicator
		baseline, latest string
	}{
		"from the break on":                    {broken, "2020 100", "2022 121"},
		"from the passport's baseline":         {based, "2019 100", "2022 121"},
		"not from a baseline before the break": {stale, "2020 100", "2022 121"},
		"years with years, not with months":    {mixed, "2019 100", "2021 121"},
		"the first value without a baseline":   {yearly(up, 2018, 5, 6, 7), "2018 5", "2020 7"},
	} {
		a := c.indicator.Assess()
		if a.Baseline == nil || point(a.Baseline) != c.baseline || point(a.Latest) != c.latest {
			t.Errorf("%s: %+v to %+v", name, a.Baseline, a.Latest)
		}
	}
}

func point(p *indicators.Point) string { return fmt.Sprint(p.Period, " ", p.Value) }

func TestNextTargetCounts(t *testing.T) {
	i := yearly(indicators.IncreaseGood, 2020, 100, 110)
	i = target(target(target(i, "2030", 300), "2020", 50), "2024", 200)
	if a := i.Assess(); a.Target.Period != "2024" {
		t.Errorf("%+v", a.Target)
	}
	i.Observations = append(i.Observations, exact("2031", "", 290))
	if a := i.Assess(); a.Target.Period != "2030" || a.Trend != indicators.ProgressTooSlow {
		t.Errorf("%+v %s", a.Target, a.Trend)
	}
	late := target(yearly(indicators.IncreaseGood, 2020, 100, 110), "2019", 500)
	if a := late.Assess(); a.Target != nil || a.Rule != indicators.RulePace {
		t.Errorf("a target from before the series: %+v", a)
	}
}

func TestOverrideLapsesWhenANewerValueArrives(t *testing.T) {
	i := yearly(indicators.IncreaseGood, 2020, 100, 110)
	i.Override = &indicators.TrendOverride{Trend: indicators.NoProgress, Period: "2021"}
	if a := i.Assess(); a.Trend != indicators.NoProgress || a.Computed != indicators.OnTrack || a.Override == nil {
		t.Errorf("%+v", a)
	}
	i.Observations = append(i.Observations, exact("2022", "", 120))
	if a := i.Assess(); a.Trend != indicators.OnTrack || a.Override != nil {
		t.Errorf("%+v", a)
	}
}
