package indicators

import (
	"math"

	"gcm/internal/period"
)

// Trend says where an indicator goes.
type Trend string

// The trends.
const (
	TargetAchieved  Trend = "target_achieved"
	OnTrack         Trend = "on_track"
	ProgressTooSlow Trend = "progress_too_slow"
	NoProgress      Trend = "no_progress"
	Deteriorating   Trend = "deteriorating"
	NotEnoughData   Trend = "not_enough_data"
)

// Trends lists the trends in the order in which they are shown.
var Trends = []Trend{TargetAchieved, OnTrack, ProgressTooSlow, NoProgress, Deteriorating, NotEnoughData}

// The trend is judged as in United Nations, Department of Economic and Social
// Affairs, Statistics Division, "The Sustainable Development Goals Progress Chart
// 2022: Technical Note" (2022), which tells as many levels apart as we do. With a
// numerical target, the compound annual growth rate from the baseline to the
// latest value is divided by the rate that leads from the baseline to the target;
// without one, the rate itself is judged by the direction that is better.
//
// The thresholds are those of the note.
const (
	ratioOnTrack = 0.95 // substantial progress, on track
	ratioFair    = 0.5  // fair progress, but acceleration needed
	ratioNone    = -0.1 // limited or no progress; below is deterioration

	paceOnTrack = 0.01
	paceFair    = 0.005
	paceNone    = -0.01
)

// Where the method had to be filled out: a rate of growth exists only between
// values above zero, so that where the baseline, the latest value or the target is
// zero or less, or values are growth rates themselves, the ratio is that of the
// average changes per year, with the same thresholds. Shares in per cent that are
// above zero are judged by their rate, as in the note. A target counts as achieved
// whenever the latest value meets it.

// Rule says which rule of the method gave a trend.
type Rule string

// The rules, and the reasons why there is not enough data.
const (
	RuleAchieved Rule = "achieved"  // the latest value meets the target
	RuleRatio    Rule = "ratio"     // actual to required growth rate
	RuleChange   Rule = "change"    // actual to required change per year
	RulePace     Rule = "pace"      // no target: the growth rate by itself
	RuleLost     Rule = "lost"      // the baseline met the target, the latest value does not
	RuleNeutral  Rule = "neutral"   // nobody said which way is better
	RuleNoFigure Rule = "no_figure" // no statistic and no service standard of the State
	RuleNoValue  Rule = "no_value"
	RuleOneValue Rule = "one_value"
	RuleBreak    Rule = "break"   // only one value since the series broke
	RuleNoRate   Rule = "no_rate" // no target, and no rate of growth between values of zero or less
)

// Point is a value of a series at its time.
type Point struct {
	Period   period.Period
	Value    float64
	Decimals int
}

// years is how long after another point this one is.
func (p Point) years(since Point) float64 { return p.Period.Year() - since.Period.Year() }

// Assessment is a trend with the numbers that it was judged by.
type Assessment struct {
	Trend    Trend
	Rule     Rule
	Baseline *Point
	Latest   *Point
	Target   *Point
	Actual   float64 // growth per year, 0.02 for 2 per cent; or the change per year in the unit, by RuleChange
	Required float64 // the same from the baseline to the target
	Ratio    float64 // of both
	Override *TrendOverride
	Computed Trend // what the method says when a person says otherwise
}

// Assess judges the trend of the total. An override holds for as long as the
// latest value is the one that it was made on.
func (i Indicator) Assess() Assessment {
	a := i.judge()
	a.Computed = a.Trend
	if o := i.Override; o != nil && o.Period == a.LatestPeriod() {
		a.Trend, a.Override = o.Trend, o
	}
	return a
}

// LatestPeriod is the period of the latest value, empty without one.
func (a Assessment) LatestPeriod() period.Period {
	if a.Latest == nil {
		return ""
	}
	return a.Latest.Period
}

func (i Indicator) judge() Assessment {
	values, since := i.comparableTotal()
	a := Assessment{Trend: NotEnoughData}
	if len(values) > 0 {
		a.Latest = &values[len(values)-1]
	}
	a.Target = i.targetFor(a.LatestPeriod())
	a.Baseline = i.baselineOf(values, since)
	if a.Target != nil && a.Baseline != nil && a.Target.years(*a.Baseline) <= 0 {
		a.Target = nil // of a time from which there is nothing to compare
	}
	better := map[Direction]float64{IncreaseGood: 1, DecreaseGood: -1}[i.Direction]
	switch {
	case i.FigureType != Statistic && i.FigureType != ServiceStandard:
		a.Rule = RuleNoFigure
	case better == 0:
		a.Rule = RuleNeutral
	case a.Latest == nil:
		a.Rule = RuleNoValue
	case a.Target != nil && better*(a.Latest.Value-a.Target.Value) >= 0:
		a.Trend, a.Rule = TargetAchieved, RuleAchieved
	case a.Baseline == nil && since != "":
		a.Rule = RuleBreak
	case a.Baseline == nil:
		a.Rule = RuleOneValue
	case a.Target == nil:
		a.byPace(better, i.Formula.Kind == GrowthOf)
	default:
		a.byTarget(better, i.Formula.Kind == GrowthOf)
	}
	return a
}

// byTarget compares the actual pace with the required one.
func (a *Assessment) byTarget(better float64, rates bool) {
	pace := growth
	a.Rule = RuleRatio
	if rates || a.Baseline.Value <= 0 || a.Latest.Value <= 0 || a.Target.Value <= 0 {
		pace, a.Rule = change, RuleChange
	}
	a.Actual = pace(*a.Baseline, *a.Latest)
	if better*(a.Target.Value-a.Baseline.Value) <= 0 {
		a.Trend, a.Rule = Deteriorating, RuleLost
		return
	}
	a.Required = pace(*a.Baseline, *a.Target)
	a.Ratio = a.Actual / a.Required
	a.Trend = level(a.Ratio, ratioOnTrack, ratioFair, ratioNone)
}

// byPace judges the growth rate itself.
func (a *Assessment) byPace(better float64, rates bool) {
	if rates || a.Baseline.Value <= 0 || a.Latest.Value <= 0 {
		a.Rule = RuleNoRate
		return
	}
	a.Rule, a.Actual = RulePace, growth(*a.Baseline, *a.Latest)
	a.Trend = level(better*a.Actual, paceOnTrack, paceFair, paceNone)
}

// level finds the level of a pace. One that is exactly a threshold is of the
// better level.
func level(pace, onTrack, fair, none float64) Trend {
	switch {
	case pace >= onTrack:
		return OnTrack
	case pace >= fair:
		return ProgressTooSlow
	case pace >= none:
		return NoProgress
	}
	return Deteriorating
}

// growth is the compound annual growth rate between two points.
func growth(from, to Point) float64 {
	return math.Pow(to.Value/from.Value, 1/to.years(from)) - 1
}

// change is the average change per year between two points.
func change(from, to Point) float64 { return (to.Value - from.Value) / to.years(from) }
