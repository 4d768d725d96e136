package progress_test

import (
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// doubled puts an indicator into the house that is twice the arrivals.
func (h *house) doubled() {
	h.t.Helper()
	h.must(indicators.NewStore(h.db).PutIndicators(h.t.Context(), []indicators.Indicator{{
		Code: "doubled", Name: i18n.Text{"kk": "Екі есе"}, Unit: indicators.Persons, FigureType: indicators.Statistic, Direction: indicators.Neutral, State: objectives.Released,
		Formula: indicators.Formula{Kind: indicators.SumOf, Components: []indicators.Component{{Indicator: "arrivals"}, {Indicator: "arrivals"}}},
	}}))
}

func TestReleaseComputesWhatRestsOnItsFigures(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		h.doubled()
		e := h.released(progress.KindValues, "arrivals", progress.Content{Values: &progress.Values{Rows: []progress.Figure{figure("2024", 5), figure("2025", 7)}}})
		got, err := indicators.NewStore(db).IndicatorByCode(t.Context(), "doubled")
		h.must(err)
		if len(got.Observations) != 2 || *got.Observations[1].Value != 14 || got.Observations[1].Origin != indicators.FromFormula {
			t.Errorf("%+v", got.Observations)
		}
		var computed int
		for _, act := range h.onRecord("observation") {
			if act.Record == "doubled" && act.Action == "recompute" && strings.Contains(act.Reason, e.Code) {
				computed++
			}
		}
		if computed != 1 {
			t.Errorf("%d acts of computing on record", computed)
		}
	})
}

func TestCalculatedIndicatorIsNeitherAskedForNorEntered(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		h.doubled()
		_, entered := h.Start(t.Context(), h.contributor, "2026", progress.KindValues, "doubled", "")
		_, asked := h.Ask(t.Context(), h.coordinator, "2026", []progress.Ask{{Agency: "mia", Indicator: "doubled", Due: "2027-02-01"}})
		for _, err := range []error{entered, asked} {
			if fault.KindOf(err) != fault.Conflict || fault.KeyOf(err) != "entry.error.calculated" {
				t.Errorf("%v", err)
			}
		}
	})
}
