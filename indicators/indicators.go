// Package indicators holds what is measured: indicators with their passport,
// the dimensions by which figures are broken down, and observations as the
// source words them. It knows the objectives that an indicator speaks of; it
// knows no document and no page.
package indicators

import (
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// FigureType says what a figure is. Only statistics and service standards of the
// State are its figures; the other two are never drawn as its statistics.
type FigureType string

// The figure types.
const (
	Statistic       FigureType = "statistic"
	ServiceStandard FigureType = "service_standard"
	LegalParameter  FigureType = "legal_parameter"
	ExternalContext FigureType = "external_context"
)

// Direction says which way is better.
type Direction string

// The directions.
const (
	IncreaseGood Direction = "increase_good"
	DecreaseGood Direction = "decrease_good"
	Neutral      Direction = "neutral"
)

// Indicator is a thing that is measured.
type Indicator struct {
	ID         int64
	Code       string
	Name       i18n.Text
	Definition i18n.Text
	Unit       Unit
	ScaleNote  i18n.Text // how the source's figures were converted to Unit
	FigureType FigureType
	Direction  Direction
	DataSource i18n.Text          // empty when the source names none
	SDGTargets objectives.Strings `gorm:"column:sdg_targets"`
	State      objectives.State
	Note       i18n.Text

	Computation   i18n.Text // how values are made, in words
	Limits        i18n.Text // what they cannot say
	Frequency     Frequency
	Scope         Scope
	SDGIndicators objectives.Strings `gorm:"column:sdg_indicators"` // of the global list: "10.7.1"
	AgencyID      *int64             // who answers for the values; nil when nobody was named
	Agency        *objectives.Agency

	BaselinePeriod   period.Period // empty when there is no baseline
	BaselineValue    *float64      // in Unit
	BaselineDecimals int
	Lowest, Highest  *float64 // a value beyond these cannot be; nil when nobody has said
	SmallCell        *int     // values below are not made public; nil for the unit's rule
	Formula          Formula  // makes the values; without a kind they are entered

	Override     *TrendOverride // a person's judgement of the trend
	Targets      []Target
	Breaks       []Break
	Dimensions   []IndicatorDimension
	Objectives   []IndicatorObjective
	Measures     []IndicatorMeasure
	Observations []Observation

	ArchivedAt  *time.Time // since when it is out of use; what speaks of it stays
	SuccessorID *int64     // the one that it was merged into, or that replaced it
}

// Charted reports whether the indicator may be drawn as the State's statistics.
func (i Indicator) Charted() bool { return i.FigureType == Statistic }

// Unit is the unit of a value: one of the constants, or an ISO 4217 code of a
// currency ("KZT").
type Unit string

// The units that are no currency.
const (
	Persons Unit = "persons"
	Percent Unit = "percent"
	Count   Unit = "count"
	Years   Unit = "years"
	Months  Unit = "months"
	Days    Unit = "days"
	Hours   Unit = "hours"
	Ratio   Unit = "ratio"
	Rank    Unit = "rank"
	Other   Unit = "other" // which the scale note names
)

// Units lists the units that are no currency.
var Units = []Unit{Persons, Percent, Count, Years, Months, Days, Hours, Ratio, Rank, Other}

// Currency reports whether the unit is a currency.
func (u Unit) Currency() bool {
	if len(u) != 3 {
		return false
	}
	for _, r := range u {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return true
}

// Dimension is a way of breaking figures down: citizenship, sector, outcome.
type Dimension struct {
	ID    int64
	Code  string
	Name  i18n.Text
	Codes []DimensionCode
}

// DimensionCode is one value of a dimension.
type DimensionCode struct {
	ID          int64
	DimensionID int64
	Code        string
	Name        i18n.Text
	Position    int
}

// IndicatorDimension says by which dimension an indicator is broken down.
type IndicatorDimension struct {
	IndicatorID int64 `gorm:"primaryKey"`
	DimensionID int64 `gorm:"primaryKey"`
	Dimension   Dimension
	Position    int
	Expected    bool // figures without it leave a gap
}

// IndicatorObjective maps an indicator to an objective.
type IndicatorObjective struct {
	IndicatorID        int64 `gorm:"primaryKey"`
	ObjectiveID        int64 `gorm:"primaryKey"`
	Objective          objectives.Objective
	objectives.Mapping `gorm:"embedded"`
}

// IndicatorMeasure says which measure an indicator measures or describes.
type IndicatorMeasure struct {
	IndicatorID        int64 `gorm:"primaryKey"`
	MeasureID          int64 `gorm:"primaryKey"`
	Measure            objectives.Measure
	objectives.Mapping `gorm:"embedded"`
}
