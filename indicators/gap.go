package indicators

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// GapKind says what is missing.
type GapKind string

// The kinds of gaps.
const (
	NoIndicator GapKind = "no_indicator" // an objective that nothing measures
	NoData      GapKind = "no_data"      // an indicator without any value
	OldData     GapKind = "old"          // a statistic whose latest value is out of date
	NoBreakdown GapKind = "no_breakdown" // an expected dimension without figures
)

// GapKinds lists the kinds in the order in which they are shown.
var GapKinds = []GapKind{NoIndicator, NoData, OldData, NoBreakdown}

// OldAfter is how many years after its period a value is old when nobody has said
// how often values are expected. The Compact is reviewed every four years: what is
// older than three says nothing of most of the time under review.
const OldAfter = 3

// OldAfterPeriods is how many whole periods may end without a new value when the
// frequency is known: one to be compiled in, one of grace.
const OldAfterPeriods = 2

// Gap is something that is missing in the figures.
type Gap struct {
	Kind       GapKind
	Objectives []objectives.Objective // that it concerns
	Indicator  *Indicator             // nil when an objective has none
	Dimension  *Dimension             // of a missing breakdown
	Latest     period.Period          // with a value, of old data
	Plan       *GapPlan               // nil while nobody has one
}

// Key names the gap in addresses and on record: "no_indicator:8",
// "no_breakdown:arrivals:sex".
func (g Gap) Key() string {
	parts := []string{string(g.Kind)}
	if g.Indicator == nil {
		return strings.Join(append(parts, strconv.Itoa(g.Objectives[0].Number)), ":")
	}
	parts = append(parts, g.Indicator.Code)
	if g.Dimension != nil {
		parts = append(parts, g.Dimension.Code)
	}
	return strings.Join(parts, ":")
}

// Owner is who closes the gap: by its plan, else who answers for the indicator;
// nil when nobody was named.
func (g Gap) Owner() *objectives.Agency {
	if g.Plan != nil && g.Plan.Agency != nil {
		return g.Plan.Agency
	}
	if g.Indicator != nil {
		return g.Indicator.Agency
	}
	return nil
}

// GapsIn finds the gaps in figures, as of a day: first objectives that nothing
// measures, then the gaps of one indicator after the other. What is a draft or out
// of use closes no gap and has none.
func GapsIn(all []Standing, of []objectives.Objective, plans []GapPlan, day time.Time) []Gap {
	var gaps []Gap
	used := slices.DeleteFunc(slices.Clone(all), func(i Standing) bool { return i.ArchivedAt != nil || i.State != objectives.Released })
	for _, o := range of {
		measured := slices.ContainsFunc(used, func(i Standing) bool {
			return slices.ContainsFunc(i.Objectives, func(l IndicatorObjective) bool { return l.ObjectiveID == o.ID })
		})
		if !measured {
			gaps = append(gaps, Gap{Kind: NoIndicator, Objectives: []objectives.Objective{o}})
		}
	}
	for _, i := range used {
		gaps = append(gaps, i.gaps(day)...)
	}
	for n := range gaps {
		if at := slices.IndexFunc(plans, func(p GapPlan) bool { return p.closes(gaps[n]) }); at >= 0 {
			gaps[n].Plan = &plans[at]
		}
	}
	return gaps
}

// gaps finds what one indicator lacks. Without any value nothing else is missing.
func (i Standing) gaps(day time.Time) []Gap {
	of := make([]objectives.Objective, len(i.Objectives))
	for n, l := range i.Objectives {
		of[n] = l.Objective
	}
	gap := Gap{Objectives: of, Indicator: &i.Indicator}
	if !i.valued {
		gap.Kind = NoData
		return []Gap{gap}
	}
	var gaps []Gap
	if i.FigureType == Statistic && i.Latest != "" && i.oldFrom(i.Latest).Before(day) {
		old := gap
		old.Kind, old.Latest = OldData, i.Latest
		gaps = append(gaps, old)
	}
	for _, d := range i.Dimensions {
		if d.Expected && !i.filled[d.Dimension.Code] {
			open := gap
			open.Kind, open.Dimension = NoBreakdown, &d.Dimension
			gaps = append(gaps, open)
		}
	}
	return gaps
}

// oldFrom returns the last day on which a value is not old yet.
func (i Indicator) oldFrom(latest period.Period) time.Time {
	next := latest.Last().AddDate(0, 0, 1)
	months := map[Frequency]int{Annual: 12, HalfYearly: 6, Quarterly: 3, Monthly: 1}
	switch i.Frequency {
	case Unknown:
		next = next.AddDate(OldAfter, 0, 0)
	case Weekly:
		next = next.AddDate(0, 0, 7*OldAfterPeriods)
	case Daily:
		next = next.AddDate(0, 0, OldAfterPeriods)
	default:
		next = next.AddDate(0, months[i.Frequency]*OldAfterPeriods, 0)
	}
	return next.AddDate(0, 0, -1)
}

// GapPlan says who closes a gap, how and by when.
type GapPlan struct {
	ID          int64
	Kind        GapKind
	ObjectiveID *int64
	IndicatorID *int64
	DimensionID *int64
	AgencyID    *int64
	Agency      *objectives.Agency
	Plan        i18n.Text
	Due         period.Period
	MadeBy      string
	MadeAt      time.Time
}

// closes reports whether the plan is for the gap.
func (p GapPlan) closes(g Gap) bool {
	if p.Kind != g.Kind {
		return false
	}
	if g.Indicator == nil {
		return same64(p.ObjectiveID, g.Objectives[0].ID)
	}
	return same64(p.IndicatorID, g.Indicator.ID) && (g.Dimension == nil || same64(p.DimensionID, g.Dimension.ID))
}

func same64(id *int64, other int64) bool { return id != nil && *id == other }

// Coverage is how far figures reach of one objective.
type Coverage struct {
	Objective  objectives.Objective
	Indicators int // that measure it
	Complete   int // of them without a gap
	Gaps       map[GapKind]int
	Planned    int // of the gaps
}

// Compare sets the gaps against the objectives, one row for each.
func Compare(all []Standing, of []objectives.Objective, gaps []Gap) []Coverage {
	rows := make([]Coverage, len(of))
	for n, o := range of {
		row := Coverage{Objective: o, Gaps: map[GapKind]int{}}
		open := map[int64]bool{}
		for _, g := range gaps {
			if !slices.ContainsFunc(g.Objectives, func(x objectives.Objective) bool { return x.ID == o.ID }) {
				continue
			}
			row.Gaps[g.Kind]++
			if g.Plan != nil {
				row.Planned++
			}
			if g.Indicator != nil {
				open[g.Indicator.ID] = true
			}
		}
		for _, i := range all {
			if i.ArchivedAt == nil && i.State == objectives.Released && slices.ContainsFunc(i.Objectives, func(l IndicatorObjective) bool { return l.ObjectiveID == o.ID }) {
				row.Indicators++
			}
		}
		row.Complete = row.Indicators - len(open)
		rows[n] = row
	}
	slices.SortFunc(rows, func(a, b Coverage) int { return cmp.Compare(a.Objective.Number, b.Objective.Number) })
	return rows
}
