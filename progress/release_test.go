package progress_test

import (
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

func number(v float64) *float64 { return &v }

// proposal is a new measure that can be submitted.
func proposal(title string) progress.Content {
	return progress.Content{Measure: &progress.Proposal{
		Title: i18n.Text{"kk": title}, Category: "programme", Status: objectives.Planned, Starts: "2026-05",
		Mapping: progress.Mapping{
			Objectives: []progress.ObjectiveLink{{7, objectives.Secondary, i18n.Text{"kk": "Осал адамдарға"}}, {5, objectives.Primary, i18n.Text{"kk": "Жолдар ашады"}}},
			Actions:    []progress.ActionLink{{"21(d)", objectives.Unsaid, i18n.Text{"kk": "Виза"}}},
		},
	}}
}

func figure(at period.Period, value float64) progress.Figure {
	return progress.Figure{Period: at, Value: &value, Qualifier: indicators.Exact}
}

// released takes the content of a new entry all the way.
func (h *house) released(kind progress.Kind, record string, c progress.Content) progress.Entry {
	h.t.Helper()
	e, err := h.Start(h.t.Context(), h.contributor, "2026", kind, record, "")
	h.must(err)
	return h.again(e, c)
}

// again saves another content and takes the entry all the way.
func (h *house) again(e progress.Entry, c progress.Content) progress.Entry {
	h.t.Helper()
	e, err := h.Save(h.t.Context(), h.contributor, e.Code, e.Version, c)
	h.must(err)
	return h.bring(e, objectives.Released)
}

func (h *house) reopened(e progress.Entry) progress.Entry {
	h.t.Helper()
	_, err := h.Reopen(h.t.Context(), h.coordinator, e.Code, e.Version, "Қате бар")
	h.must(err)
	e, err = h.Entry(h.t.Context(), h.contributor, e.Code)
	h.must(err)
	return e
}

// onRecord returns the audit entries of a noun after release.
func (h *house) onRecord(noun string) []audit.Entry {
	h.t.Helper()
	var list []audit.Entry
	h.must(h.db.Where("noun = ?", noun).Order("seq").Find(&list).Error)
	return list
}

func TestReleasedProgressIsTheMeasuresStatus(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		c := full("Аяқталды")
		c.Progress.Status, c.Progress.Note = objectives.Completed, i18n.Text{"kk": "Іске қосылды"}
		e, err := h.Start(t.Context(), h.contributor, "2026", progress.KindProgress, "e-visa", "")
		h.must(err)
		_, err = h.AddEvidence(t.Context(), h.contributor, e.Code, note, nil)
		h.must(err)
		e = h.again(e, c)
		m, err := objectives.NewStore(db).MeasureByCode(t.Context(), "e-visa")
		if err != nil || m.Status != objectives.Completed || len(m.Objectives) != 1 || len(m.Objectives[0].Quotes) != 1 || m.LeadAgency.Code != "mia" {
			t.Errorf("%+v, %v", m, err)
		}
		kept := h.onRecord("measure")
		if len(kept) != 1 || !strings.Contains(kept[0].Before, `"in_progress"`) || !strings.Contains(kept[0].After, `"completed"`) {
			t.Errorf("%+v", kept)
		}
		list, err := h.Released(t.Context(), m.ID)
		if err != nil || len(list) != 1 || list[0].Content.Progress.Narrative["kk"] != "Аяқталды" || list[0].Editors != nil {
			t.Errorf("%+v, %v", list, err)
		}
		h.reopened(e)
		if list, err := h.Released(t.Context(), m.ID); err != nil || len(list) != 1 || list[0].State != objectives.Released {
			t.Errorf("a reopened entry leaves the public with %+v, %v", list, err)
		}
	})
}

func TestReleasedFiguresBecomeObservations(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		store := indicators.NewStore(db).WithHidden()
		quoted := func(at period.Period, v float64, position int) indicators.Observation {
			return indicators.Observation{Period: at, Value: &v, ValueText: "бес", Unit: indicators.Persons, Qualifier: indicators.Exact, ObsStatus: "A",
				State: objectives.Released, Position: position, Quotes: objectives.Quotes{{Source: "s", Text: "бес"}}}
		}
		h.must(store.PutObservations(t.Context(), "arrivals", indicators.Made{MadeBy: "the test"}, []indicators.Observation{quoted("2019", 5, 0), quoted("2020", 6, 1)}))
		in := figure("2025", 3)
		in.Breakdown = "flow=in"
		missing := progress.Figure{Period: "2024", Qualifier: indicators.Missing}
		e := h.released(progress.KindValues, "arrivals", progress.Content{Values: &progress.Values{Rows: []progress.Figure{
			figure("2019", 5), figure("2020", 7), in, missing, figure("2026", 9),
		}}})
		check := func(want map[string]string) {
			t.Helper()
			got, err := store.IndicatorByCode(t.Context(), "arrivals")
			h.must(err)
			if len(got.Observations) != len(want) {
				t.Errorf("%d observations, want %d", len(got.Observations), len(want))
			}
			for _, o := range got.Observations {
				is := "missing"
				if o.Value != nil {
					is = strings.TrimSuffix(strings.TrimSpace(strings.Join([]string{string(rune('0' + int(*o.Value))), o.ValueText}, " ")), " ")
				}
				if key := string(o.Period) + o.Breakdown.String(); want[key] != is || o.State != objectives.Released || o.Unit != indicators.Persons {
					t.Errorf("%s is %q, want %q", key, is, want[key])
				}
			}
		}
		check(map[string]string{"2019": "5 бес", "2020": "7", "2025flow=in": "3", "2024": "missing", "2026": "9"})
		if kept := h.onRecord("observation"); len(kept) != 4 || kept[0].Record != "arrivals 2020" || !strings.Contains(kept[0].Before, "бес") || strings.Contains(kept[0].After, "бес") {
			t.Errorf("%+v", kept)
		}
		h.again(h.reopened(e), progress.Content{Values: &progress.Values{Rows: []progress.Figure{figure("2020", 8), missing}}})
		check(map[string]string{"2019": "5 бес", "2020": "8", "2024": "missing"})
	})
}

func TestReleasedProposalIsAMeasure(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		first := h.released(progress.KindMeasure, "", proposal("Жаңа шара"))
		h.released(progress.KindMeasure, "", proposal("Жаңа шара"))
		store := objectives.NewStore(db)
		var codes []string
		h.must(db.Model(&objectives.Measure{}).Where("lead_agency_id = ? AND category = 'programme'", first.AgencyID).Order("id").Pluck("code", &codes).Error)
		if len(codes) != 2 || codes[1] != codes[0]+"-2" {
			t.Fatalf("the codes are %v", codes)
		}
		c := proposal("Жаңа атау")
		c.Measure.Objectives = c.Measure.Objectives[:1]
		h.again(h.reopened(first), c)
		m, err := store.MeasureByCode(t.Context(), codes[0])
		if err != nil || m.Title["kk"] != "Жаңа атау" || len(m.Objectives) != 1 || m.Objectives[0].Objective.Number != 7 || m.Objectives[0].Basis != objectives.Inferred ||
			m.Actions[0].Action.Ref != "21(d)" || m.State != objectives.Released || m.Starts != "2026-05" {
			t.Errorf("%+v, %v", m, err)
		}
	})
}

func TestReleasedMappingKeepsWhatTheSourceStates(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		h.released(progress.KindMapping, "e-visa", progress.Content{Mapping: &progress.Mapping{
			Objectives: []progress.ObjectiveLink{{5, objectives.Primary, i18n.Text{"kk": "Көзде бар"}}, {12, objectives.Secondary, i18n.Text{"kk": "Рәсімдер"}}},
		}})
		m, err := objectives.NewStore(db).MeasureByCode(t.Context(), "e-visa")
		h.must(err)
		if len(m.Objectives) != 2 || m.Objectives[0].Basis != objectives.Stated || len(m.Objectives[0].Quotes) != 1 || m.Objectives[0].Rank != objectives.Primary ||
			m.Objectives[1].Basis != objectives.Inferred || m.Objectives[1].Reason["kk"] != "Рәсімдер" {
			t.Errorf("%+v", m.Objectives)
		}
	})
}
