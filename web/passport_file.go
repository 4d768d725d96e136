package web

import (
	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// passportFile is the passport in CODE.json.
type passportFile struct {
	Computation   i18n.Text            `json:"computation,omitempty"`
	Limits        i18n.Text            `json:"limits,omitempty"`
	Agency        *agencyFile          `json:"agency,omitempty"`
	Frequency     indicators.Frequency `json:"frequency,omitempty"`
	Scope         indicators.Scope     `json:"scope,omitempty"`
	SDGIndicators []string             `json:"sdg_indicators,omitempty"`
	Dimensions    []dimensionFile      `json:"dimensions,omitempty"`
	Baseline      *figureFile          `json:"baseline,omitempty"`
	Targets       []figureFile         `json:"targets,omitempty"`
	Lowest        *float64             `json:"lowest,omitempty"`
	Highest       *float64             `json:"highest,omitempty"`
	Breaks        []breakFile          `json:"breaks,omitempty"`
	Formula       *indicators.Formula  `json:"formula,omitempty"`
}

type agencyFile struct {
	Code string    `json:"code"`
	Name i18n.Text `json:"name"`
}

type dimensionFile struct {
	Code     string    `json:"code"`
	Name     i18n.Text `json:"name"`
	Expected bool      `json:"expected"`
}

// figureFile is a baseline or a target.
type figureFile struct {
	Period   period.Period `json:"period"`
	Value    float64       `json:"value"`
	Decimals int           `json:"decimals"`
	Source   i18n.Text     `json:"source,omitempty"`
}

type breakFile struct {
	Period period.Period        `json:"period"`
	Kind   indicators.BreakKind `json:"kind"`
	Note   i18n.Text            `json:"note,omitempty"`
}

func passportFileOf(ind indicators.Indicator) passportFile {
	f := passportFile{
		Computation: ind.Computation, Limits: ind.Limits, Frequency: ind.Frequency, Scope: ind.Relation(),
		SDGIndicators: ind.SDGIndicators, Lowest: ind.Lowest, Highest: ind.Highest,
	}
	if ind.Agency != nil {
		f.Agency = &agencyFile{ind.Agency.Code, ind.Agency.Name}
	}
	for _, d := range ind.Dimensions {
		f.Dimensions = append(f.Dimensions, dimensionFile{d.Dimension.Code, d.Dimension.Name, d.Expected})
	}
	if v := ind.BaselineValue; v != nil {
		f.Baseline = &figureFile{Period: ind.BaselinePeriod, Value: *v, Decimals: ind.BaselineDecimals}
	}
	for _, t := range ind.Targets {
		f.Targets = append(f.Targets, figureFile{t.Period, t.Value, t.Decimals, t.Source})
	}
	for _, b := range ind.Breaks {
		f.Breaks = append(f.Breaks, breakFile{b.Period, b.Kind, b.Note})
	}
	if ind.Formula.Kind != "" {
		f.Formula = &ind.Formula
	}
	return f
}
