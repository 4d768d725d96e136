package objectives_test

import (
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db/dbtest"
	"gcm/objectives"
)

func TestMeasuresAreCountedByWhatTheyServeAndWhoLeads(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		own, cross, draft := measure(), measure(), measure()
		own.Partners = []objectives.MeasurePartner{{Agency: objectives.Agency{Code: "old"}}}
		own.Objectives = own.Objectives[:1]
		own.Ends = "2020"
		own.Principles = []objectives.MeasurePrinciple{{Principle: objectives.Principle{Code: "GP-f"}, Mapping: objectives.Mapping{Basis: objectives.Inferred}}}
		cross.Code, cross.Objectives = "all", nil
		for n := range objectives.Total {
			cross.Objectives = append(cross.Objectives, objectives.MeasureObjective{Objective: objectives.Objective{Number: n + 1}, Mapping: objectives.Mapping{Basis: objectives.Inferred}})
		}
		draft.Code, draft.State = "draft", objectives.Draft
		if err := store.PutMeasures(t.Context(), []objectives.Measure{own, cross, draft}); err != nil {
			t.Fatal(err)
		}
		number := own.Objectives[0].Objective.Number
		cutoff := time.Date(2021, 12, 31, 0, 0, 0, 0, time.UTC)
		ask := func(rows []objectives.MeasureCount, err error) []objectives.MeasureCount {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			return rows
		}
		rows := ask(store.CountByObjective(t.Context()))
		if len(rows) != 1 || rows[0].Number != number || rows[0].N != 1 || rows[0].StatusAt(cutoff) != objectives.Delayed {
			t.Errorf("by objective: %+v", rows)
		}
		all := 0
		for _, c := range ask(store.CountMeasures(t.Context())) {
			all += c.N
		}
		if all != 2 {
			t.Errorf("%d measures in all", all)
		}
		if rows := ask(store.CountByPrinciple(t.Context())); len(rows) != 1 || rows[0].Principle != "GP-f" || rows[0].N != 1 {
			t.Errorf("by principle: %+v", rows)
		}
		led, joined, everywhere := 0, 0, 0
		for _, c := range ask(store.CountMatrix(t.Context())) {
			switch {
			case c.Number == 0 && c.Leads:
				everywhere += c.N
			case c.Leads && c.Agency == "new" && c.Number == number:
				led += c.N
			case !c.Leads && c.Agency == "old" && c.Number == number:
				joined += c.N
			}
		}
		if led != 1 || joined != 1 || everywhere != 1 {
			t.Errorf("in the matrix %d led, %d joined, %d for all", led, joined, everywhere)
		}
		linked, err := store.MeasuresFor(t.Context(), number)
		if err != nil || len(linked) != 1 || linked[0].Code != own.Code {
			t.Errorf("for the objective: %+v, %v", linked, err)
		}
		if linked, err = store.MeasuresOfPrinciple(t.Context(), "GP-f"); err != nil || len(linked) != 1 || linked[0].Link.Basis != objectives.Inferred {
			t.Errorf("of the principle: %+v, %v", linked, err)
		}
		if list, err := store.CrossCutting(t.Context()); err != nil || len(list) != 1 || list[0].Code != "all" {
			t.Errorf("cross-cutting: %+v, %v", list, err)
		}
	})
}

func TestCalendarRunsFromMarrakechToTheForums(t *testing.T) {
	events, err := objectives.Calendar()
	if err != nil || events[0].Code != "marrakech-2018" {
		t.Fatalf("%+v, %v", events, err)
	}
	forums := 0
	for i, e := range events {
		if i > 0 && e.At.First().Before(events[i-1].At.First()) {
			t.Errorf("%s stands before its time", e.Code)
		}
		for _, lang := range []string{"kk", "ru", "en"} {
			if e.Title[lang] == "" {
				t.Errorf("%s has no title in %s", e.Code, lang)
			}
		}
		if e.Kind == "imrf" {
			forums++
		}
	}
	if forums == 0 {
		t.Error("no forum")
	}
}

func TestGlobalIndicatorsAreKnownByObjective(t *testing.T) {
	list, err := objectives.SDGIndicators(8)
	if err != nil || len(list) == 0 || list[0].Code != "10.7.3" || list[0].Name["kk"] == "" {
		t.Errorf("%+v, %v", list, err)
	}
}
