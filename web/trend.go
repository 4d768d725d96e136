package web

import (
	"math"
	"net/http"
	"net/url"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/period"
)

// trendView is how pages show a trend, with all that it was judged by.
type trendView struct {
	indicators.Assessment
	Lines []trendLine
	Judge *trendJudge // nil when the method speaks
}

// trendLine is a number behind a trend, with its name.
type trendLine struct{ Name, Value string }

// trendJudge is a person's judgement in place of the method's.
type trendJudge struct {
	Reason phrase
	On     string // the day
}

// trend judges an indicator; nil where there is nothing to judge: a parameter of
// the law, or what others count.
func (r *request) trend(ind indicators.Indicator) *trendView {
	v := &trendView{Assessment: ind.Assess()}
	if v.Rule == indicators.RuleNoFigure {
		return nil
	}
	v.point("trend.baseline", ind, r, v.Baseline)
	if v.Baseline != v.Latest {
		v.point("trend.latest", ind, r, v.Latest)
	}
	v.point("trend.target", ind, r, v.Target)
	switch v.Rule {
	case indicators.RuleRatio:
		v.line(r, "trend.actual", r.T("trend.rate", r.p.Percent(v.Actual*100, 2)))
		v.line(r, "trend.required", r.T("trend.rate", r.p.Percent(v.Required*100, 2)))
		v.line(r, "trend.ratio", r.p.Number(v.Ratio, 2))
	case indicators.RuleChange:
		v.line(r, "trend.actual", r.T("trend.rate", r.change(ind, v.Actual)))
		v.line(r, "trend.required", r.T("trend.rate", r.change(ind, v.Required)))
		v.line(r, "trend.ratio", r.p.Number(v.Ratio, 2))
	case indicators.RulePace:
		v.line(r, "trend.actual", r.T("trend.rate", r.p.Percent(v.Actual*100, 2)))
	}
	if o := v.Override; o != nil {
		v.Judge = &trendJudge{phraseOf(r.p, o.Reason), r.day(o.MadeAt)}
	}
	return v
}

func (v *trendView) line(r *request, key, value string) {
	v.Lines = append(v.Lines, trendLine{r.T(key), value})
}

// point adds a value with its period.
func (v *trendView) point(key string, ind indicators.Indicator, r *request, at *indicators.Point) {
	if at != nil {
		o := indicators.Observation{Value: &at.Value, Decimals: at.Decimals, Unit: ind.Unit, Qualifier: indicators.Exact}
		v.line(r, key, r.T("trend.point", indicators.FormatWithUnit(r.p, o), r.p.Period(at.Period)))
	}
}

// change prints a change per year in the indicator's unit, to three digits.
func (r *request) change(ind indicators.Indicator, v float64) string {
	decimals := 0
	if v != 0 {
		decimals = min(6, max(0, 2-int(math.Floor(math.Log10(math.Abs(v))))))
	}
	o := indicators.Observation{Value: &v, Decimals: decimals, Unit: ind.Unit, Qualifier: indicators.Exact}
	return indicators.FormatWithUnit(r.p, o)
}

// trendPage is pages/indicators/trend.html.
type trendPage struct {
	workPage
	indicators.Indicator
	View      *trendView // nil where there is nothing to judge
	Form      sheet
	Trends    []indicators.Trend
	Languages []string
	Seen      period.Period // of the latest value
}

// showTrend shows the trend of an indicator, and the form to judge it otherwise.
func (s *site) showTrend(r *request) error {
	return s.trendForm(r, http.StatusOK, url.Values{}, nil)
}

func (s *site) trendForm(r *request, status int, typed url.Values, wrong problems) error {
	ind, err := s.indicators.IndicatorByCode(r.Request.Context(), r.Param("code"))
	if err != nil {
		return err
	}
	p := trendPage{
		workPage: r.workPage(r.T("trend.title")), Indicator: ind, View: r.trend(ind), Trends: indicators.Trends, Languages: r.languages(),
		Form: sheet{Values: typed, p: r.p, labels: "trend.field.", Problems: wrong}, Seen: ind.Assess().LatestPeriod(),
	}
	if o := ind.Assess().Override; o != nil && len(typed) == 0 {
		p.Form.Set("trend", string(o.Trend))
		p.Form.setText("reason", o.Reason)
	}
	return r.render(status, "indicators/trend", p)
}

// judgeTrend takes a person's judgement, or gives the word back to the method.
func (s *site) judgeTrend(r *request) error {
	values, err := r.form()
	if err != nil {
		return err
	}
	form := sheet{Values: values}
	ctx, code, seen := r.Request.Context(), r.Param("code"), period.Period(values.Get("seen"))
	at := "/work/indicators/" + code + "/trend"
	if values.Get("do") == "drop" {
		if err := s.indicators.DropOverride(ctx, r.actor, code, seen); err != nil {
			return err
		}
		return r.to(at, r.T("trend.dropped"))
	}
	err = s.indicators.OverrideTrend(ctx, r.actor, code, seen, indicators.Trend(values.Get("trend")), form.text("reason", r.languages()))
	if err == nil {
		return r.to(at, r.T("trend.judged"))
	}
	wrong, err := r.wrong(err)
	if fault.KeyOf(err) == "trend.error.newer" {
		return s.trendForm(r, http.StatusConflict, values, problems{{Text: r.T("trend.error.newer")}})
	}
	if err != nil {
		return err
	}
	return s.trendForm(r, http.StatusUnprocessableEntity, values, wrong)
}
