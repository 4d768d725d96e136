package web

import (
	"net/http"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/db/dbtest"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// shares is an office with an indicator that is the share of one in another.
func shares(t *testing.T, conn *gorm.DB) *office {
	t.Helper()
	o := officeOf(t, conn)
	store := indicators.NewStore(conn)
	made := func(code string, f indicators.Formula) indicators.Indicator {
		return indicators.Indicator{Code: code, Name: i18n.Text{"en": "The " + code}, Unit: indicators.Persons, FigureType: indicators.Statistic,
			Direction: indicators.IncreaseGood, State: objectives.Released, Formula: f}
	}
	share := made("share", indicators.Formula{Kind: indicators.RateOf, Per: 100, Decimals: 1, Components: []indicators.Component{{Indicator: "part"}, {Indicator: "whole"}}})
	share.Unit = indicators.Percent
	o.must(store.PutIndicators(t.Context(), []indicators.Indicator{made("part", indicators.Formula{}), made("whole", indicators.Formula{}), share}))
	o.gives("part", map[period.Period]float64{"2027": 20, "2028": 30})
	o.gives("whole", map[period.Period]float64{"2027": 100, "2028": 120})
	return o
}

// gives writes values and computes what rests on them.
func (o *office) gives(code string, values map[period.Period]float64) {
	o.t.Helper()
	o.must(audit.Transact(o.t.Context(), o.conn, audit.Who{Name: "the test"}, func(tx *gorm.DB, log *audit.Log) error {
		var rows []indicators.Observation
		for at, v := range values {
			rows = append(rows, indicators.Observation{Period: at, Value: &v, Unit: indicators.Persons, Qualifier: indicators.Exact, ObsStatus: "A", State: objectives.Released})
		}
		if err := indicators.NewStore(tx).PutObservations(o.t.Context(), code, indicators.Made{MadeBy: "the test"}, rows); err != nil {
			return err
		}
		return indicators.Recompute(o.t.Context(), tx, log, indicators.Made{MadeBy: "the test"}, code)
	}))
}

func TestCalculatedIndicatorShowsItsFormulaWithTheNumbers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		o := shares(t, conn)
		body := get(o.app, "/en/indicators/share").Body.String()
		page := text(parse(t, body))
		for _, want := range []string{"divided by the second and multiplied by 100", "The part", "The whole", "2028: 30 ÷ 120 × 100 = 25.0%", "not entered by hand"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		if !strings.Contains(body, `href="/en/indicators/whole"`) {
			t.Error("the page does not lead to a component")
		}
	})
}

func TestTrendIsShownWithItsNumbersAndCanBeJudgedOtherwise(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		o := shares(t, conn)
		page := text(parse(t, get(o.app, "/en/indicators/share").Body.String()))
		for _, want := range []string{"On track", "20.0% (2027)", "25.0% (2028)", "25.00% a year", "Technical Note"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		if list := get(o.app, "/en/indicators?text=share").Body.String(); !strings.Contains(list, `class="trend on_track"`) {
			t.Error("the list does not show the trend")
		}
		at := "/work/indicators/share/trend"
		if w := o.coordinator.send(at, "seen", "2028", "trend", "no_progress"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="no_progress" checked`) {
			t.Errorf("without a reason: %d", w.Code)
		}
		if w := o.coordinator.send(at, "seen", "2027", "trend", "no_progress", "reason.kk", "Әдіс"); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Әдіс") {
			t.Errorf("over a newer value: %d", w.Code)
		}
		if w := o.coordinator.send(at, "seen", "2028", "trend", "no_progress", "reason.ru", "Изменился охват"); w.Code != http.StatusSeeOther {
			t.Fatalf("judge: %d", w.Code)
		}
		page = text(parse(t, get(o.app, "/ru/indicators/share").Body.String()))
		for _, want := range []string{"Прогресс отсутствует или незначителен", "Изменился охват", "По методике: Движение по графику"} {
			if !strings.Contains(page, want) {
				t.Errorf("the judged page does not say %q", want)
			}
		}
		if w := o.coordinator.send(at, "seen", "2028", "do", "drop"); w.Code != http.StatusSeeOther || strings.Contains(get(o.app, "/ru/indicators/share").Body.String(), "Изменился охват") {
			t.Errorf("drop: %d", w.Code)
		}
	})
}

func TestRegisterOfGapsIsPublicAndPlannedByTheCoordinator(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		o := officeOf(t, conn)
		body := get(o.app, "/en/data/gaps").Body.String()
		for _, want := range []string{"No indicator", "Save lives", "Old value", "Nobody named", "As of"} {
			if !strings.Contains(body, want) {
				t.Errorf("the public register does not say %q", want)
			}
		}
		if strings.Contains(body, "/work/data/gaps/") {
			t.Error("the public register leads to the form of plans")
		}
		if w := get(o.app, "/en/data/gaps?kind=none"); w.Code != http.StatusBadRequest {
			t.Errorf("an unknown kind: %d", w.Code)
		}
		if body := get(o.app, "/en/data/gaps?kind=no_indicator&objective=8").Body.String(); strings.Contains(body, "Old value<span") || !strings.Contains(body, ">Save lives<") {
			t.Error("the filter leaves in what it should not, or the reverse")
		}
		at := "/work/data/gaps/no_indicator:8"
		version := valueOf(t, o.coordinator.get(at).Body.String(), "version")
		if w := o.coordinator.send(at, "version", version, "agency", "mia", "due", "2030-13"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="2030-13"`) {
			t.Errorf("a wrong month and no plan: %d", w.Code)
		}
		if w := o.coordinator.send(at, "version", version, "agency", "mia", "due", "2030", "plan.kk", "Сауалнама жүргізу"); w.Code != http.StatusSeeOther {
			t.Fatalf("plan: %d %s", w.Code, w.Body)
		}
		if w := o.coordinator.send(at, "version", version, "plan.kk", "Басқасы"); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Сауалнама жүргізу") || !strings.Contains(w.Body.String(), "Басқасы") {
			t.Errorf("over another's plan: %d", w.Code)
		}
		if body := get(o.app, "/kk/data/gaps?agency=mia").Body.String(); !strings.Contains(body, "Сауалнама жүргізу") || !strings.Contains(body, "Адам өмірін сақтау") {
			t.Error("the plan is not public")
		}
		if w := o.auditor.get("/work/data/gaps"); w.Code != http.StatusOK || strings.Contains(w.Body.String(), at) {
			t.Errorf("to the auditor: %d", w.Code)
		}
		if w := o.auditor.get("/work/data/gaps.xlsx?kind=old"); w.Code != http.StatusOK || w.Header().Get("Content-Type") != xlsx {
			t.Errorf("as a spreadsheet: %d", w.Code)
		}
		if w := o.coordinator.get("/work/data/gaps/no_data:none"); w.Code != http.StatusNotFound {
			t.Errorf("a gap that is none: %d", w.Code)
		}
	})
}

// valueOf is the value of a page's field.
func valueOf(t *testing.T, body, name string) string {
	t.Helper()
	for n := range parse(t, body).Descendants() {
		if attr(n, "name") == name {
			return attr(n, "value")
		}
	}
	t.Fatalf("the page has no field %s", name)
	return ""
}
