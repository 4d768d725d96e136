package progress_test

import (
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/progress"
)

// invite invites somebody and returns the invitation's id.
func (h *house) invite(i progress.Invite) int64 {
	h.t.Helper()
	h.must(h.Invite(h.t.Context(), h.coordinator, i))
	list, err := h.Invitations(h.t.Context(), h.coordinator)
	h.must(err)
	return list[0].ID
}

// comments reports whether somebody can comment on an entry, and fails when what
// the store says beforehand is not what it does.
func (h *house) comments(who auth.Actor, entry string) bool {
	h.t.Helper()
	said, _, err := h.MayComment(h.t.Context(), who, entry)
	if kind := fault.KindOf(err); err != nil && kind != fault.NotFound {
		h.t.Error(err)
	}
	_, err = h.AddComment(h.t.Context(), who, entry, "", "Пікір")
	if kind := fault.KindOf(err); err != nil && kind != fault.NotFound && kind != fault.Forbidden {
		h.t.Error(err)
	}
	if said != (err == nil) {
		h.t.Errorf("user %d is told %t and meets %v", who.UserID, said, err)
	}
	return err == nil
}

func TestPartnerCommentsOnWhatHeIsInvitedTo(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.brought(objectives.Accepted)
		other := h.person("other", "", auth.Partner)
		if h.comments(h.partner, e.Code) {
			t.Error("a partner comments without an invitation")
		}
		id := h.invite(progress.Invite{UserID: h.partner.UserID, Entry: e.Code, Note: "Не жетіспейді?"})
		if got := h.told("invited"); !slices.Equal(got, []int64{h.partner.UserID}) {
			t.Errorf("%v are told", got)
		}
		own, err := h.Invitations(t.Context(), h.partner)
		if err != nil || len(own) != 1 || own[0].Entry != e.Code || own[0].Title["kk"] != "Электрондық виза" || own[0].Note != "Не жетіспейді?" {
			t.Errorf("the partner reads %+v, %v", own, err)
		}
		if !h.comments(h.partner, e.Code) || h.comments(other, e.Code) {
			t.Error("not the one who is invited comments")
		}
		if got := h.told("comment"); !slices.Equal(got, []int64{h.contributor.UserID, h.coordinator.UserID}) {
			t.Errorf("%v are told of the comment, want who works on the entry and who asked", got)
		}
		h.must(h.EndInvitation(t.Context(), h.coordinator, id))
		if h.comments(h.partner, e.Code) {
			t.Error("a partner comments by an invitation that was taken back")
		}
		if err := h.EndInvitation(t.Context(), h.coordinator, id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("ending it again is %v", err)
		}
	})
}

func TestInvitationToAnObjectiveOpensWhatServesItInScope(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		near, far := h.person("near", "", auth.Partner), h.person("far", "", auth.Partner)
		near.Scope, far.Scope = auth.Scope{Objectives: []int{5}}, auth.Scope{Agencies: []string{"mfa"}}
		for _, who := range []auth.Actor{near, far} {
			h.must(db.Model(&auth.User{}).Where("id = ?", who.UserID).Update("scope", who.Scope).Error)
		}
		e := h.started()
		for _, who := range []auth.Actor{h.partner, near, far} {
			h.invite(progress.Invite{UserID: who.UserID, Objective: 5})
		}
		if h.comments(h.partner, e.Code) {
			t.Error("a partner comments on a draft")
		}
		e = h.bring(e, objectives.Accepted)
		if !h.comments(h.partner, e.Code) || !h.comments(near, e.Code) || h.comments(far, e.Code) {
			t.Error("not those comment whom the entry reaches")
		}
		for _, invited := range []progress.Invite{{}, {Entry: e.Code}, {Objective: 5}} {
			if invited != (progress.Invite{}) {
				invited.UserID = near.UserID
				h.invite(invited)
			}
			by, err := h.InvitedTo(t.Context(), near, e.ID)
			if err != nil || len(by) != 1 || (by[e.ID].EntryID == nil) != (invited == progress.Invite{}) {
				t.Errorf("once there is one to the entry itself, it counts: %+v, %v", by, err)
			}
		}
		third := h.person("third", "", auth.Partner)
		h.invite(progress.Invite{UserID: third.UserID, Objective: 6})
		if h.comments(third, e.Code) {
			t.Error("an invitation to another objective opens the entry")
		}
		for name, wrong := range map[string]progress.Invite{
			"beyond the scope": {UserID: near.UserID, Objective: 6}, "an entry beyond the scope": {UserID: far.UserID, Entry: e.Code},
			"nobody": {Objective: 5}, "no partner": {UserID: h.editor.UserID, Objective: 5}, "nothing": {UserID: near.UserID}, "both": {UserID: near.UserID, Entry: e.Code, Objective: 5},
			"no objective": {UserID: near.UserID, Objective: 24}, "no entry": {UserID: near.UserID, Entry: "no"}, "yesterday": {UserID: near.UserID, Objective: 5, Until: "2027-01-09"},
			"no day": {UserID: near.UserID, Objective: 5, Until: "soon"},
		} {
			if err := h.Invite(t.Context(), h.coordinator, wrong); len(fault.ProblemsOf(err)) != 1 {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, who := range []auth.Actor{h.partner, h.approver, h.editor, h.auditor, h.admin, h.visitor} {
			if err := h.Invite(t.Context(), who, progress.Invite{UserID: near.UserID, Objective: 5}); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("user %d invites: %v", who.UserID, err)
			}
			if _, err := h.Guests(t.Context(), who); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("user %d lists the partners: %v", who.UserID, err)
			}
			if list, err := h.Invitations(t.Context(), who); err != nil || who.UserID != h.partner.UserID && len(list) != 0 {
				t.Errorf("user %d reads %+v, %v", who.UserID, list, err)
			}
		}
	})
}

func TestInvitationEndsWithItsDayAndWithTheAccount(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.brought(objectives.Accepted)
		h.invite(progress.Invite{UserID: h.partner.UserID, Entry: e.Code, Until: "2027-01-10"})
		h.partner.Zone = time.FixedZone("", 5*3600)
		if !h.comments(h.partner, e.Code) {
			t.Error("not on the last day")
		}
		freeze(db, time.Date(2027, 1, 10, 19, 0, 0, 0, time.UTC)) // midnight for him
		if list, err := h.Invitations(t.Context(), h.partner); h.comments(h.partner, e.Code) || len(list) != 0 || err != nil {
			t.Errorf("the day after: %+v, %v", list, err)
		}
		freeze(db, now)
		h.must(db.Model(&auth.User{}).Where("id = ?", h.partner.UserID).Update("expires_at", now).Error)
		if h.comments(h.partner, e.Code) {
			t.Error("the account has ended and its invitation has not")
		}
		all, err := h.Invitations(t.Context(), h.coordinator)
		if err != nil || len(all) != 1 || !all[0].Ended || all[0].Partner != "lena" {
			t.Errorf("the coordinator reads %+v, %v", all, err)
		}
		if list, err := h.Guests(t.Context(), h.coordinator); err != nil || len(list) != 0 {
			t.Errorf("%d can be invited, %v", len(list), err)
		}
	})
}

func TestWhatWasAcceptedLastIsShownFirstWhenAsked(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		first := h.brought(objectives.Accepted)
		freeze(db, now.Add(time.Hour))
		e, err := h.Start(t.Context(), h.contributor, "2026", progress.KindMapping, "e-visa", "")
		h.must(err)
		e, err = h.Save(t.Context(), h.contributor, e.Code, e.Version, progress.Content{Mapping: &progress.Mapping{
			Objectives: []progress.ObjectiveLink{{Number: 5, Rank: objectives.Primary, Reason: map[string]string{"kk": "Себеп"}}},
		}})
		h.must(err)
		second := h.bring(e, objectives.Accepted)
		for _, latest := range []bool{false, true} {
			list, err := h.Shown(t.Context(), h.partner, progress.Showing{State: objectives.Accepted, Latest: latest, Limit: 9})
			want := []string{first.Code, second.Code}
			if latest {
				slices.Reverse(want)
			}
			if err != nil || len(list) != 2 || list[0].Code != want[0] || list[1].Code != want[1] {
				t.Errorf("latest %t: %+v, %v", latest, list, err)
			}
		}
	})
}
