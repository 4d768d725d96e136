package objectives_test

import (
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// filled returns a store with the Compact and two agencies.
func filled(t *testing.T, db *gorm.DB) *objectives.Store {
	t.Helper()
	store := objectives.NewStore(db)
	if err := store.SyncCompact(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := store.PutAgencies(t.Context(), []objectives.Agency{
		{Code: "old", Kind: "committee", Successor: &objectives.Agency{Code: "new"}},
		{Code: "new", Kind: "ministry", Name: i18n.Text{"kk": "Жаңа министрлік"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func measure() objectives.Measure {
	to := func(numbers ...int) (list []objectives.MeasureObjective) {
		for _, n := range numbers {
			list = append(list, objectives.MeasureObjective{Objective: objectives.Objective{Number: n}, Mapping: objectives.Mapping{Basis: objectives.Inferred}})
		}
		return list
	}
	return objectives.Measure{
		Code: "e-visa", Title: i18n.Text{"kk": "Электрондық виза"}, Status: objectives.InProgress, Category: "digital_service", State: objectives.Released,
		LeadAgency: &objectives.Agency{Code: "new"},
		Partners:   []objectives.MeasurePartner{{Agency: objectives.Agency{Code: "old"}}},
		Objectives: to(12, 5),
		Actions:    []objectives.MeasureAction{{Action: objectives.Action{Ref: "28(a)"}, Mapping: objectives.Mapping{Basis: objectives.Inferred}}},
	}
}

func TestSuccessorMayComeLaterInTheList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		list, err := filled(t, db).Agencies(t.Context())
		if err != nil || len(list) != 2 || list[0].Successor == nil || list[0].Successor.Code != "new" || list[1].Successor != nil {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

func TestMeasureWrittenAgainReplacesItsLinks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		m := measure()
		if err := store.PutMeasures(t.Context(), []objectives.Measure{m}); err != nil {
			t.Fatal(err)
		}
		first, err := store.MeasureByCode(t.Context(), "e-visa")
		if err != nil || first.LeadAgency.Code != "new" || len(first.Objectives) != 2 || len(first.Partners) != 1 || first.Actions[0].Action.Ref != "28(a)" {
			t.Fatalf("%+v, %v", first, err)
		}
		m.LeadAgency, m.Partners, m.Actions, m.Objectives, m.Status = nil, nil, nil, m.Objectives[:1], objectives.Completed
		if err := store.PutMeasures(t.Context(), []objectives.Measure{m}); err != nil {
			t.Fatal(err)
		}
		again, err := store.MeasureByCode(t.Context(), "e-visa")
		if err != nil || again.ID != first.ID || again.LeadAgency != nil || again.Status != objectives.Completed ||
			len(again.Partners)+len(again.Actions) != 0 || len(again.Objectives) != 1 || again.Objectives[0].Objective.Number != 12 {
			t.Errorf("%+v, %v", again, err)
		}
	})
}

func TestMeasureWithUnknownLinkIsNotWritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		for want, spoil := range map[string]func(*objectives.Measure){
			"measure e-visa: there is no agency x":     func(m *objectives.Measure) { m.LeadAgency = &objectives.Agency{Code: "x"} },
			"measure e-visa: there is no agency y":     func(m *objectives.Measure) { m.Partners[0].Agency.Code = "y" },
			"measure e-visa: there is no objective 24": func(m *objectives.Measure) { m.Objectives[1].Objective.Number = 24 },
			"measure e-visa: there is no action 28(z)": func(m *objectives.Measure) { m.Actions[0].Action.Ref = "28(z)" },
			"measure e-visa: there is no legal instrument l": func(m *objectives.Measure) {
				m.LegalInstruments = []objectives.MeasureLegalInstrument{{LegalInstrument: objectives.LegalInstrument{Code: "l"}}}
			},
		} {
			m := measure()
			spoil(&m)
			err := store.PutMeasures(t.Context(), []objectives.Measure{m})
			if fault.KindOf(err) != fault.Invalid || err.Error() != want {
				t.Errorf("got %v, want %s", err, want)
			}
		}
		if list, err := store.Measures(t.Context()); len(list) != 0 || err != nil {
			t.Errorf("%d measures are written, %v", len(list), err)
		}
	})
}

func TestManyRecordsAreWrittenAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		var terms []objectives.Term
		for i := range 450 { // more than one statement takes
			terms = append(terms, objectives.Term{Code: "t" + strings.Repeat("x", i), Term: i18n.Text{"kk": "Әғқңөұүһі"}})
		}
		for range 2 {
			if err := store.PutTerms(t.Context(), terms); err != nil {
				t.Fatal(err)
			}
		}
		list, err := store.Terms(t.Context())
		if err != nil || len(list) != len(terms) || list[449].Code != terms[449].Code || list[0].Term["kk"] != "Әғқңөұүһі" {
			t.Errorf("%d terms, %v", len(list), err)
		}
	})
}
