package web

import (
	"slices"
	"strconv"
	"time"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// apiIndicator is an indicator with its passport.
type apiIndicator struct {
	Code          string      `json:"code"`
	Name          i18n.Text   `json:"name"`
	Definition    i18n.Text   `json:"definition,omitempty"`
	Unit          string      `json:"unit"`
	ScaleNote     i18n.Text   `json:"scale_note,omitempty"`
	FigureType    string      `json:"figure_type" enum:"statistic,service_standard,legal_parameter,external_context"`
	Direction     string      `json:"direction" enum:"increase_good,decrease_good,neutral"`
	DataSource    i18n.Text   `json:"data_source,omitempty"`
	Computation   i18n.Text   `json:"computation,omitempty"`
	Limits        i18n.Text   `json:"limits,omitempty"`
	Frequency     string      `json:"frequency,omitempty" enum:"A,S,Q,M,W,D"`
	Scope         string      `json:"scope,omitempty" enum:"national,proxy,global"`
	SDGTargets    []string    `json:"sdg_targets"`
	SDGIndicators []string    `json:"sdg_indicators"`
	Agency        *apiNamed   `json:"agency,omitempty"`
	Objectives    []apiLink   `json:"objectives"`
	Dimensions    []apiBroken `json:"dimensions"`
	Baseline      *apiTarget  `json:"baseline,omitempty"`
	Targets       []apiTarget `json:"targets"`
	Breaks        []apiBreak  `json:"breaks"`
	Lowest        *float64    `json:"lowest"`
	Highest       *float64    `json:"highest"`
	Formula       *apiFormula `json:"formula,omitempty"`
	Note          i18n.Text   `json:"note,omitempty"`
	ArchivedAt    *time.Time  `json:"archived_at,omitempty"`
	Trend         *apiTrend   `json:"trend,omitempty"`    // of one indicator alone
	Measures      []apiLink   `json:"measures,omitempty"` // likewise
}

// apiBroken is a dimension by which an indicator is broken down.
type apiBroken struct {
	Code     string `json:"code"`
	Expected bool   `json:"expected"`
}

// apiTarget is a value to start from or to reach.
type apiTarget struct {
	Period   period.Period `json:"period"`
	Value    float64       `json:"value"`
	Decimals int           `json:"decimals"`
	Source   i18n.Text     `json:"source,omitempty"`
}

type apiBreak struct {
	Period period.Period `json:"period"`
	Kind   string        `json:"kind" enum:"series,method"`
	Note   i18n.Text     `json:"note,omitempty"`
}

// apiFormula is how a calculated indicator is made.
type apiFormula struct {
	Kind       string         `json:"kind" enum:"ratio,rate,sum,growth"`
	Per        float64        `json:"per,omitempty"`
	Components []apiComponent `json:"components"`
}

type apiComponent struct {
	Indicator string            `json:"indicator"`
	Breakdown map[string]string `json:"breakdown"`
}

// apiTrend is where an indicator goes, and by which rule.
type apiTrend struct {
	Trend    string    `json:"trend" enum:"target_achieved,on_track,progress_too_slow,no_progress,deteriorating,not_enough_data"`
	Rule     string    `json:"rule"`
	Computed string    `json:"computed" enum:"target_achieved,on_track,progress_too_slow,no_progress,deteriorating,not_enough_data"`
	Reason   i18n.Text `json:"reason,omitempty"`
}

func shownIndicator(i indicators.Indicator) apiIndicator {
	shown := apiIndicator{
		Code: i.Code, Name: i.Name, Definition: i.Definition, Unit: string(i.Unit), ScaleNote: i.ScaleNote, FigureType: string(i.FigureType),
		Direction: string(i.Direction), DataSource: i.DataSource, Computation: i.Computation, Limits: i.Limits, Frequency: string(i.Frequency),
		Scope: string(i.Relation()), SDGTargets: some(i.SDGTargets), SDGIndicators: some(i.SDGIndicators), Objectives: []apiLink{}, Dimensions: []apiBroken{},
		Targets: []apiTarget{}, Breaks: []apiBreak{}, Lowest: i.Lowest, Highest: i.Highest, Note: i.Note, ArchivedAt: i.ArchivedAt,
	}
	if i.Agency != nil {
		shown.Agency = &apiNamed{i.Agency.Code, i.Agency.Name}
	}
	for _, o := range i.Objectives {
		shown.Objectives = append(shown.Objectives, linkTo(strconv.Itoa(o.Objective.Number), o.Mapping))
	}
	for _, d := range i.Dimensions {
		shown.Dimensions = append(shown.Dimensions, apiBroken{d.Dimension.Code, d.Expected})
	}
	if v := i.BaselineValue; v != nil {
		shown.Baseline = &apiTarget{Period: i.BaselinePeriod, Value: *v, Decimals: i.BaselineDecimals}
	}
	for _, t := range i.Targets {
		shown.Targets = append(shown.Targets, apiTarget{t.Period, t.Value, t.Decimals, t.Source})
	}
	for _, b := range i.Breaks {
		shown.Breaks = append(shown.Breaks, apiBreak{b.Period, string(b.Kind), b.Note})
	}
	if f := i.Formula; f.Kind != "" {
		shown.Formula = &apiFormula{Kind: string(f.Kind), Per: f.Per, Components: []apiComponent{}}
		for _, c := range f.Components {
			shown.Formula.Components = append(shown.Formula.Components, apiComponent{c.Indicator, broken(c.Breakdown)})
		}
	}
	return shown
}

// broken is a breakdown as JSON has it.
func broken(b indicators.Breakdown) map[string]string {
	if b == nil {
		return map[string]string{}
	}
	return b
}

func listAPIIndicators(r *request, in *struct {
	Choice
	Paging
	Objective  int    `query:"objective" minimum:"1" maximum:"23" example:"5"`
	Agency     string `query:"agency" maxLength:"100" example:"mia"`
	FigureType string `query:"figure_type" enum:"statistic,service_standard,legal_parameter,external_context"`
	Dimension  string `query:"dimension" maxLength:"100" example:"citizenship"`
	Sort       string `query:"sort" enum:"code,-code" default:"code"`
}) (apiList[apiIndicator], error) {
	all, err := r.site.indicators.Passports(r.Request.Context())
	if err != nil {
		return apiList[apiIndicator]{}, err
	}
	all = slices.DeleteFunc(all, func(i indicators.Indicator) bool {
		return in.Objective != 0 && !measures(i, in.Objective) ||
			in.Agency != "" && (i.Agency == nil || i.Agency.Code != in.Agency) ||
			in.FigureType != "" && string(i.FigureType) != in.FigureType ||
			in.Dimension != "" && !slices.ContainsFunc(i.Dimensions, func(d indicators.IndicatorDimension) bool { return d.Dimension.Code == in.Dimension })
	})
	return listOf(r, in.Paging, in.Sort, all, func(i indicators.Indicator) listPlace { return listPlace{i.Code, i.Code} }, shownIndicator)
}

func showAPIIndicator(r *request, in *struct {
	Choice
	Coded
}) (apiIndicator, error) {
	ind, err := r.indicator(in.Code)
	if err != nil {
		return apiIndicator{}, err
	}
	shown := shownIndicator(ind)
	for _, m := range ind.Measures {
		shown.Measures = append(shown.Measures, linkTo(m.Measure.Code, m.Mapping))
	}
	if a := ind.Assess(); a.Rule != indicators.RuleNoFigure {
		shown.Trend = &apiTrend{Trend: string(a.Trend), Rule: string(a.Rule), Computed: string(a.Computed)}
		if a.Override != nil {
			shown.Trend.Reason = a.Override.Reason
		}
	}
	return shown, nil
}

// apiDimension is a way of breaking figures down, with its codes.
type apiDimension struct {
	Code  string     `json:"code"`
	Name  i18n.Text  `json:"name"`
	Codes []apiNamed `json:"codes"`
}

func listAPIDimensions(r *request, in *struct {
	Choice
	Paging
}) (apiList[apiDimension], error) {
	all, err := r.site.indicators.Dimensions(r.Request.Context())
	if err != nil {
		return apiList[apiDimension]{}, err
	}
	return listOf(r, in.Paging, "", all, func(d indicators.Dimension) listPlace { return listPlace{"", d.Code} }, func(d indicators.Dimension) apiDimension {
		shown := apiDimension{d.Code, d.Name, []apiNamed{}}
		for _, c := range d.Codes {
			shown.Codes = append(shown.Codes, apiNamed{c.Code, c.Name})
		}
		return shown
	})
}

// apiObservation is a value, or the place of one that is missing or hidden.
type apiObservation struct {
	Indicator  string            `json:"indicator"`
	Period     period.Period     `json:"period"`
	Breakdown  map[string]string `json:"breakdown"`
	Value      *float64          `json:"value"`
	Decimals   int               `json:"decimals"`
	ValueText  string            `json:"value_text"`
	Unit       string            `json:"unit"`
	Qualifier  string            `json:"qualifier" enum:"exact,approximate,more_than,less_than,missing"`
	ObsStatus  string            `json:"obs_status"`
	ConfStatus string            `json:"conf_status"`
	Hidden     bool              `json:"hidden"`
	Note       i18n.Text         `json:"note,omitempty"`
	Source     i18n.Text         `json:"source,omitempty"`
	Quotes     objectives.Quotes `json:"quotes,omitempty"`
	Since      time.Time         `json:"since"`
}

func shownObservation(indicator string, o indicators.Observation) apiObservation {
	return apiObservation{
		indicator, o.Period, broken(o.Breakdown), o.Value, o.Decimals, o.ValueText, string(o.Unit), string(o.Qualifier), o.ObsStatus, string(o.ConfStatus),
		o.Hidden, o.Note, o.Source, o.Quotes, o.Since.UTC(),
	}
}
