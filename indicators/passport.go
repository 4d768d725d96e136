package indicators

import (
	"database/sql/driver"
	"slices"

	"gcm/internal/i18n"
	"gcm/internal/period"
)

// Frequency says how often values are expected: a code of SDMX CL_FREQ, or empty
// when nobody has said.
type Frequency string

// The frequencies.
const (
	Unknown    Frequency = ""
	Annual     Frequency = "A"
	HalfYearly Frequency = "S"
	Quarterly  Frequency = "Q"
	Monthly    Frequency = "M"
	Weekly     Frequency = "W"
	Daily      Frequency = "D"
)

// Frequencies lists the known ones in the order in which they are shown.
var Frequencies = []Frequency{Annual, HalfYearly, Quarterly, Monthly, Weekly, Daily}

// Scope says how an indicator stands to the global list.
type Scope string

// The scopes.
const (
	National Scope = "national" // the State's own
	Proxy    Scope = "proxy"    // stands in for a global one that is not compiled
	Global   Scope = "global"   // compiled by the global definition
)

// Scopes lists the scopes in the order in which they are shown.
var Scopes = []Scope{National, Proxy, Global}

// Relation returns the scope; none for figures about others, which are no
// indicators of the State.
func (i Indicator) Relation() Scope {
	if i.FigureType == ExternalContext {
		return ""
	}
	return i.Scope
}

// concealBaseline takes from the public a baseline that is a small cell, or that
// tells of a time of which a value is kept back: it may be that value, or the sum
// that gives it away. What is shown as a value anyway stays.
func (i *Indicator) concealBaseline() {
	v := i.BaselineValue
	if v == nil {
		return
	}
	at := i.BaselinePeriod
	kept := slices.ContainsFunc(i.Observations, func(o Observation) bool {
		return o.Hidden && !o.Period.First().After(at.Last()) && !o.Period.Last().Before(at.First())
	})
	shown := slices.ContainsFunc(i.Observations, func(o Observation) bool {
		return len(o.Breakdown.apart()) == 0 && o.Period == at && !o.Hidden && sameValue(o.Value, v)
	})
	if kept && !shown || small(*v, i.Threshold()) {
		i.BaselinePeriod, i.BaselineValue, i.BaselineDecimals = "", nil, 0
	}
}

// Target is a value to be reached by the end of a period.
type Target struct {
	IndicatorID int64         `gorm:"primaryKey"`
	Period      period.Period `gorm:"primaryKey"`
	Value       float64       // in the indicator's unit
	Decimals    int
	Source      i18n.Text // what sets it: a programme, a law
}

// TableName says where targets are kept.
func (Target) TableName() string { return "indicator_targets" }

// BreakKind says what parts a series in two.
type BreakKind string

// The kinds of breaks.
const (
	SeriesBreak  BreakKind = "series" // values before and after cannot be compared
	MethodChange BreakKind = "method" // they can, with the note in mind
)

// BreakKinds lists the kinds in the order in which they are shown.
var BreakKinds = []BreakKind{SeriesBreak, MethodChange}

// Break is a period from which values are made in another way.
type Break struct {
	IndicatorID int64         `gorm:"primaryKey"`
	Period      period.Period `gorm:"primaryKey"`
	Kind        BreakKind
	Note        i18n.Text
}

// TableName says where breaks are kept.
func (Break) TableName() string { return "indicator_breaks" }

// FormulaKind says how a calculated indicator is made of its components.
type FormulaKind string

// The kinds of formulas. The first component of a ratio or rate is what is
// counted, the second what it is set against; growth has one component and sets
// each period against the one before; a sum has two or more.
const (
	RatioOf  FormulaKind = "ratio"
	RateOf   FormulaKind = "rate" // a ratio times Per: 100, 1,000, 100,000
	SumOf    FormulaKind = "sum"
	GrowthOf FormulaKind = "growth" // percent
)

// FormulaKinds lists the kinds in the order in which they are shown.
var FormulaKinds = []FormulaKind{RatioOf, RateOf, SumOf, GrowthOf}

// Formula makes the values of a calculated indicator; without a Kind there is none.
type Formula struct {
	Kind       FormulaKind `json:"kind,omitempty"`
	Per        float64     `json:"per,omitempty"`
	Decimals   int         `json:"decimals,omitempty"`
	Components []Component `json:"components,omitempty"`
}

// Component is a series that a formula reads: an indicator, or one cell of it.
type Component struct {
	Indicator string    `json:"indicator"`
	Breakdown Breakdown `json:"breakdown,omitempty"` // empty for the total, and then for each cell as well
}

// Value stores the formula as JSON.
func (f Formula) Value() (driver.Value, error) { return i18n.JSONValue(f, "{}") }

// Scan reads what Value stored.
func (f *Formula) Scan(src any) error { return i18n.ScanJSON(f, src) }
