package progress_test

import (
	"slices"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/progress"
)

func TestPeopleInReachAreMentioned(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.brought(objectives.Submitted)
		c, err := h.AddComment(t.Context(), h.coordinator, e.Code, "progress.narrative",
			"@ayan, @dana@example.kz. @erlan @lena @nobody me@berik, қараңыз")
		h.must(err)
		if want := (progress.Editors{h.contributor.UserID, h.approver.UserID}); !slices.Equal(c.Mentions, want) {
			t.Errorf("%v are mentioned, want %v: another agency and a partner do not see it yet", c.Mentions, want)
		}
		if got := h.told("mention"); len(got) != 2 || len(h.told("comment")) != 0 {
			t.Errorf("%v are told", got)
		}
		_, err = h.AddComment(t.Context(), h.approver, e.Code, "", "Түсіндім")
		h.must(err)
		if got := h.told("comment"); !slices.Equal(got, []int64{h.contributor.UserID}) {
			t.Errorf("%v are told", got)
		}
		thread, err := h.Comments(t.Context(), h.contributor, e.Code)
		if err != nil || len(thread) != 2 || thread[0].Author != "gulnar" || thread[1].AuthorFrom["kk"] == "" {
			t.Errorf("%+v, %v", thread, err)
		}
	})
}

func TestPartnerTakesPartWhereInvited(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.brought(objectives.Accepted)
		_, err := h.AddComment(t.Context(), h.approver, e.Code, "", "Ішкі пікір")
		h.must(err)
		if _, err := h.AddComment(t.Context(), h.partner, e.Code, "", "Пікір"); fault.KeyOf(err) != "comment.error.invited" {
			t.Errorf("uninvited it gives %v", err)
		}
		_, err = h.AddComment(t.Context(), h.coordinator, e.Code, "", "@lena пікіріңіз?")
		h.must(err)
		_, err = h.AddComment(t.Context(), h.partner, e.Code, "", "Жақсы")
		h.must(err)
		thread, err := h.Comments(t.Context(), h.partner, e.Code)
		if err != nil || len(thread) != 2 || thread[0].Body == "Ішкі пікір" {
			t.Errorf("the partner reads %+v, %v", thread, err)
		}
		for name, who := range map[string]auth.Actor{"another agency": h.stranger, "a visitor": h.visitor, "the auditor": h.auditor, "the editor": h.editor} {
			_, err := h.AddComment(t.Context(), who, e.Code, "", "Пікір")
			if kind := fault.KindOf(err); kind != fault.Forbidden && kind != fault.NotFound {
				t.Errorf("%s may comment: %v", name, err)
			}
		}
		if thread, err := h.Comments(t.Context(), h.visitor, e.Code); len(thread) != 0 || fault.KindOf(err) != fault.NotFound {
			t.Errorf("the public reads %+v, %v", thread, err)
		}
	})
}

func TestThoseConcernedAreToldOfEachStep(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.brought(objectives.Released)
		h.reopened(e)
		coordinators := []int64{h.coordinator.UserID, h.second.UserID}
		for kind, want := range map[string][]int64{
			"submitted": {h.approver.UserID}, "approved": coordinators, "accepted": {h.contributor.UserID}, "released": {h.contributor.UserID}, "reopened": {h.contributor.UserID},
		} {
			if got := h.told(kind); !slices.Equal(got, want) {
				t.Errorf("%s: %v are told, want %v", kind, got, want)
			}
		}
	})
}
