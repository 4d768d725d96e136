package progress_test

import (
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

func TestNothingIsReleasedOntoAnArchivedRecord(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.brought(objectives.Accepted)
		h.must(db.Exec("UPDATE measures SET archived_at = ? WHERE code = 'e-visa'", time.Now().UTC()).Error)
		if _, err := h.Release(t.Context(), h.coordinator, e.Code, e.Version); fault.KeyOf(err) != "entry.error.archived" {
			t.Errorf("it is released: %v", err)
		}
	})
}

func TestLateReleaseOfAnEarlierRoundLeavesTheStatusOfTheLaterOne(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		ctx := t.Context()
		late := h.brought(objectives.Accepted)
		opened := time.Now().UTC()
		h.must(db.Create(&progress.Cycle{Code: "2027", Name: i18n.Text{"en": "2027"}, Cutoff: "2027-12-31", CutoffBasis: objectives.Inferred, Covers: "2027", OpenedAt: &opened}).Error)
		e, err := h.Start(ctx, h.contributor, "2027", progress.KindProgress, "e-visa", "")
		h.must(err)
		stopped := progress.Content{Progress: &progress.Progress{Status: objectives.Dropped, Note: i18n.Text{"en": "Why"}, Narrative: i18n.Text{"en": "What"}}}
		e, err = h.Save(ctx, h.contributor, e.Code, e.Version, stopped)
		h.must(err)
		h.bring(e, objectives.Released)
		_, err = h.Release(ctx, h.coordinator, late.Code, late.Version)
		h.must(err)
		m, err := objectives.NewStore(db).MeasureByCode(ctx, "e-visa")
		if err != nil || m.Status != objectives.Dropped {
			t.Errorf("the measure is %s: %v", m.Status, err)
		}
	})
}

func TestProposalChangesWhatItSaysAndLeavesWhatTheRegisterLearntMeanwhile(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		ctx := t.Context()
		store := objectives.NewStore(db)
		maps := func(numbers ...int) {
			m, err := store.MeasureByCode(ctx, "e-visa")
			h.must(err)
			m.Objectives = nil
			for _, n := range numbers {
				m.Objectives = append(m.Objectives, objectives.MeasureObjective{Objective: objectives.Objective{Number: n}, Mapping: objectives.Mapping{Basis: objectives.Inferred, Reason: i18n.Text{"en": "Why"}}})
			}
			h.must(store.PutMeasures(ctx, []objectives.Measure{m}))
		}
		mapped := func() (numbers []int) {
			m, err := store.MeasureByCode(ctx, "e-visa")
			h.must(err)
			for _, o := range m.Objectives {
				numbers = append(numbers, o.Objective.Number)
			}
			slices.Sort(numbers)
			return numbers
		}
		links := func(numbers ...int) (list []progress.ObjectiveLink) {
			for _, n := range numbers {
				list = append(list, progress.ObjectiveLink{Number: n, Rank: objectives.Secondary, Reason: i18n.Text{"en": "Why"}})
			}
			return list
		}
		maps(1, 2, 3)
		e, err := h.Start(ctx, h.contributor, "2026", progress.KindMapping, "e-visa", "")
		h.must(err)
		kept := e.Content.Mapping.Objectives[1:] // 1 is taken out, 12 brought in
		e, err = h.Save(ctx, h.contributor, e.Code, e.Version, progress.Content{Mapping: &progress.Mapping{Objectives: append(links(12), kept...)}})
		h.must(err)
		maps(1, 2, 23) // meanwhile: 3 is gone, 23 was found
		e = h.bring(e, objectives.Accepted)
		out, err := h.Preview(ctx, h.coordinator, "2026")
		if err != nil || len(out) != 1 || !slices.Equal(out[0].From, []int{1, 2, 23}) || !slices.Equal(out[0].To, []int{2, 12, 23}) {
			t.Errorf("the preview is %+v, %v", out, err)
		}
		c, err := h.Compare(ctx, h.coordinator, e.Code)
		if err != nil || len(c.Content.Mapping.Objectives) != 3 {
			t.Errorf("the comparison is %+v, %v", c.Content.Mapping, err)
		}
		e = h.bring(e, objectives.Released)
		if got := mapped(); !slices.Equal(got, []int{2, 12, 23}) {
			t.Errorf("the measure serves %v", got)
		}
		maps(2, 12, 17, 23)
		h.again(h.reopened(e), progress.Content{Mapping: &progress.Mapping{Objectives: kept}}) // it takes 12 back
		if got := mapped(); !slices.Equal(got, []int{2, 17, 23}) {
			t.Errorf("released again, the measure serves %v", got)
		}
	})
}

func TestProposalTakesNoObjectiveAwayThatTheSourceStates(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		ctx := t.Context()
		store := objectives.NewStore(db)
		m, err := store.MeasureByCode(ctx, "e-visa")
		h.must(err)
		m.Objectives = []objectives.MeasureObjective{{Objective: objectives.Objective{Number: 5}, Mapping: objectives.Mapping{Basis: objectives.Stated}}}
		h.must(store.PutMeasures(ctx, []objectives.Measure{m}))
		e, err := h.Start(ctx, h.contributor, "2026", progress.KindMapping, "e-visa", "")
		h.must(err)
		e, err = h.Save(ctx, h.contributor, e.Code, e.Version, progress.Content{Mapping: &progress.Mapping{
			Objectives: []progress.ObjectiveLink{{Number: 12, Rank: objectives.Secondary, Reason: i18n.Text{"en": "Why"}}},
		}})
		h.must(err)
		h.bring(e, objectives.Released)
		m, err = store.MeasureByCode(ctx, "e-visa")
		if err != nil || len(m.Objectives) != 2 || m.Objectives[0].Objective.Number != 5 || m.Objectives[0].Basis != objectives.Stated {
			t.Errorf("%+v, %v", m.Objectives, err)
		}
	})
}
