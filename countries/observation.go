package countries

import (
	"cmp"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Observation is one value of an indicator, or the place of a missing one.
type Observation struct {
	Period    period.Period        `json:"period,omitempty"`
	Breakdown indicators.Breakdown `json:"breakdown,omitempty"`
	Value     string               `json:"value,omitempty" check:"decimal"` // digits, so that nothing is lost; empty when missing
	Decimals  *int                 `json:"decimals,omitempty"`              // only when Value shows another number of digits
	ValueText string               `json:"value_text,omitempty"`
	Qualifier string               `json:"qualifier" check:"required" one:"exact approximate more_than less_than missing"`
	Note      i18n.Text            `json:"note,omitempty" check:"partial"`
	Quotes    objectives.Quotes    `json:"quotes,omitempty"`
	Unit      string               `json:"unit" check:"derived"`            // the indicator's
	Position  int                  `json:"position" check:"derived"`        // among the indicator's observations
	State     string               `json:"state,omitempty" check:"derived"` // empty for released

	ObsStatus  string    `json:"obs_status,omitempty" check:"obs_status"` // empty for A, and O where the value is missing
	ConfStatus string    `json:"conf_status,omitempty" one:"F N C D S A"` // empty for F
	Source     i18n.Text `json:"source,omitempty"`                        // where it is not the indicator's
}

func (o Observation) model() indicators.Observation {
	row := indicators.Observation{
		Period: o.Period, Breakdown: o.Breakdown, ValueText: o.ValueText, Unit: indicators.Unit(o.Unit), Qualifier: indicators.Qualifier(o.Qualifier),
		ObsStatus: cmp.Or(o.ObsStatus, o.usual()), ConfStatus: indicators.ConfStatus(cmp.Or(o.ConfStatus, free)), Source: o.Source,
		State: objectives.Released, Position: o.Position, Note: o.Note, Quotes: o.Quotes,
	}
	if o.Value != "" {
		v, decimals := o.number()
		row.Value, row.Decimals = &v, decimals
	}
	return row
}

// free is the status of a value that everybody may see.
const free = string(indicators.Free)

// usual is the status that goes without saying: normal, or missing.
func (o Observation) usual() string {
	if o.Value == "" {
		return "O"
	}
	return "A"
}

func observationOf(row indicators.Observation) Observation {
	o := Observation{
		Period: row.Period, Breakdown: row.Breakdown, ValueText: row.ValueText, Unit: string(row.Unit), Qualifier: string(row.Qualifier),
		State: unless(released, string(row.State)), Position: row.Position, Note: row.Note, Quotes: row.Quotes,
		ConfStatus: unless(free, string(row.ConfStatus)), Source: row.Source,
	}
	if row.Value != nil {
		o.setNumber(*row.Value, row.Decimals)
	}
	o.ObsStatus = unless(o.usual(), row.ObsStatus)
	return o
}

// number returns the value and how many digits after the separator it has.
func (o Observation) number() (v float64, decimals int) {
	v, _ = strconv.ParseFloat(o.Value, 64) // the reader has checked its syntax
	_, fraction, _ := strings.Cut(o.Value, ".")
	if o.Decimals != nil {
		return v, *o.Decimals
	}
	return v, len(fraction)
}

// setNumber writes v with as many digits as it is shown with, or, when these do
// not hold it, with all of its own and their number apart.
func (o *Observation) setNumber(v float64, decimals int) {
	if v == 0 {
		v = 0 // no negative zero
	}
	o.Value, o.Decimals = strconv.FormatFloat(v, 'f', decimals, 64), nil
	if shown, err := strconv.ParseFloat(o.Value, 64); err != nil || shown != v {
		o.Value, o.Decimals = strconv.FormatFloat(v, 'f', -1, 64), &decimals
	}
}
