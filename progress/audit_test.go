package progress_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// reads are the methods of the store that change no content. Remind tells
// people; PutCycles is the country pack's, whose loader records what it writes.
var reads = []string{
	"AllReleased", "Answerable", "Askable", "Asked", "Comments", "Compare", "Cycle", "Cycles", "Deadlines", "Entries", "Entry", "Evidence", "EvidenceFile", "Guests", "History", "InHand", "InHand", "Invitations", "InvitedTo", "Lately", "Matrix", "MayComment",
	"Preview", "Previous", "PutCycles", "Queue", "Records", "Released", "Remind", "Requests", "Shown", "Similar", "Standings", "Subject", "Suggest", "Tasks",
	"Timeliness", "WhiteSpots",
	"DropUpload", "KeepUpload", "SweepUploads", "Upload", // a file that waits to be confirmed is no content yet
}

var note = progress.Evidence{Kind: "report", Title: "Есеп", Language: "kk", URL: "https://example.kz/report"}

// mutations call each method that changes something; those that need a state
// of affairs make it first, and say so by calling ready.
var mutations = map[string]func(h *house, ctx context.Context, ready func()) error{
	"Start": func(h *house, ctx context.Context, ready func()) error {
		ready()
		_, err := h.Start(ctx, h.contributor, "2026", progress.KindMapping, "e-visa", "mia")
		return err
	},
	"Save": func(h *house, ctx context.Context, ready func()) error {
		e := h.started()
		ready()
		_, err := h.Save(ctx, h.contributor, e.Code, e.Version, full("Жаңа"))
		return err
	},
	"SaveAll": func(h *house, ctx context.Context, ready func()) error {
		ready()
		_, err := h.SaveAll(ctx, h.contributor, savings(0))
		return err
	},
	"Restore": func(h *house, ctx context.Context, ready func()) error {
		e := h.started()
		var act audit.Entry
		h.must(h.db.Where("noun = 'entry' AND record = ? AND action = 'start'", e.Code).Take(&act).Error)
		ready()
		_, err := h.Restore(ctx, h.contributor, e.Code, e.Version, act.Seq)
		return err
	},
	"Submit":   onState(objectives.Draft, progress.StepSubmit),
	"Withdraw": onState(objectives.Submitted, progress.StepWithdraw),
	"Approve":  onState(objectives.Submitted, progress.StepApprove),
	"Accept":   onState(objectives.Approved, progress.StepAccept),
	"Release":  onState(objectives.Accepted, progress.StepRelease),
	"Return":   onState(objectives.Submitted, progress.StepReturn),
	"Reopen":   onState(objectives.Accepted, progress.StepReopen),
	"Discard":  onState(objectives.Draft, progress.StepDiscard),
	"Handover": func(h *house, ctx context.Context, ready func()) error {
		h.started()
		ready()
		_, err := h.Handover(ctx, h.admin, h.contributor.UserID, h.colleague.UserID)
		return err
	},
	"ApproveAll": func(h *house, ctx context.Context, ready func()) error {
		e := h.brought(objectives.Submitted)
		ready()
		_, err := h.ApproveAll(ctx, h.approver, []progress.Chosen{{Code: e.Code, Version: e.Version}})
		return err
	},
	"AcceptAll": func(h *house, ctx context.Context, ready func()) error {
		e := h.brought(objectives.Approved)
		ready()
		_, err := h.AcceptAll(ctx, h.coordinator, []progress.Chosen{{Code: e.Code, Version: e.Version}})
		return err
	},
	"ReleaseAll": func(h *house, ctx context.Context, ready func()) error {
		e := h.brought(objectives.Accepted)
		ready()
		_, err := h.ReleaseAll(ctx, h.coordinator, []progress.Chosen{{Code: e.Code, Version: e.Version}})
		return err
	},
	"AddEvidence": func(h *house, ctx context.Context, ready func()) error {
		e := h.started()
		ready()
		_, err := h.AddEvidence(ctx, h.contributor, e.Code, note, nil)
		return err
	},
	"RemoveEvidence": func(h *house, ctx context.Context, ready func()) error {
		e := h.started()
		piece, err := h.AddEvidence(ctx, h.contributor, e.Code, note, nil)
		h.must(err)
		ready()
		return h.RemoveEvidence(ctx, h.contributor, piece.Code)
	},
	"AddComment": func(h *house, ctx context.Context, ready func()) error {
		e := h.started()
		ready()
		_, err := h.AddComment(ctx, h.approver, e.Code, "progress.narrative", "Қысқартыңыз")
		return err
	},
	"Invite": func(h *house, ctx context.Context, ready func()) error {
		ready()
		return h.Invite(ctx, h.coordinator, progress.Invite{UserID: h.partner.UserID, Objective: 5})
	},
	"EndInvitation": func(h *house, ctx context.Context, ready func()) error {
		id := h.invite(progress.Invite{UserID: h.partner.UserID, Objective: 5})
		ready()
		return h.EndInvitation(ctx, h.coordinator, id)
	},
	"OpenCycle": func(h *house, ctx context.Context, ready func()) error {
		ready()
		_, err := h.OpenCycle(ctx, h.coordinator, progress.Cycle{Code: "2027", Name: i18n.Text{"kk": "2027"}, Cutoff: "2027-12-31"})
		return err
	},
	"ChangeCycle": func(h *house, ctx context.Context, ready func()) error {
		c, err := h.Cycle(ctx, "2026")
		h.must(err)
		seen, err := c.Revision()
		h.must(err)
		c.Name = i18n.Text{"kk": "2026 жыл"}
		ready()
		_, err = h.ChangeCycle(ctx, h.coordinator, seen, c)
		return err
	},
	"CloseCycle": func(h *house, ctx context.Context, ready func()) error {
		ready()
		_, err := h.CloseCycle(ctx, h.coordinator, "2026")
		return err
	},
	"ReopenCycle": func(h *house, ctx context.Context, ready func()) error {
		h.setClosed(true)
		ready()
		_, err := h.ReopenCycle(ctx, h.coordinator, "2026", "Себебі бар")
		return err
	},
	"Ask": func(h *house, ctx context.Context, ready func()) error {
		ready()
		_, err := h.Ask(ctx, h.coordinator, "2026", []progress.Ask{{Agency: "mia", Measure: "e-visa", Due: "2027-01-15"}})
		return err
	},
	"WithdrawRequest": func(h *house, ctx context.Context, ready func()) error {
		_, err := h.Ask(ctx, h.coordinator, "2026", []progress.Ask{{Agency: "mia", Measure: "e-visa", Due: "2027-01-15"}})
		h.must(err)
		list, _, err := h.Requests(ctx, h.coordinator, progress.Filter{})
		h.must(err)
		ready()
		return h.WithdrawRequest(ctx, h.coordinator, list[0].ID, "Қате сұрау")
	},
}

// onState makes a step of an entry in a state, by the one whose step it is.
func onState(state objectives.State, step progress.Step) func(*house, context.Context, func()) error {
	return func(h *house, _ context.Context, ready func()) error {
		e := h.brought(state)
		ready()
		who := h.coordinator
		switch step {
		case progress.StepSubmit, progress.StepWithdraw, progress.StepDiscard:
			who = h.contributor
		case progress.StepApprove:
			who = h.approver
		}
		return h.do(e, step, who)
	}
}

func TestEveryMethodReadsOrIsOnTheAuditLog(t *testing.T) {
	store := reflect.TypeFor[*progress.Store]()
	for i := range store.NumMethod() {
		name := store.Method(i).Name
		if _, changes := mutations[name]; changes == slices.Contains(reads, name) {
			t.Errorf("%s stands in neither list, or in both", name)
		}
	}
}

func TestEveryChangeIsOnTheAuditLog(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		for name, change := range mutations {
			h.clear()
			var last int64
			h.must(change(h, t.Context(), func() { last = h.recorded(0) }))
			var entry audit.Entry
			h.must(db.Order("seq DESC").Take(&entry).Error)
			if h.recorded(last) == 0 || entry.UserID == nil || entry.Who == "" || entry.Origin != "10.0.0.1" || entry.Noun == "" || entry.Record == "" {
				t.Errorf("%s leaves %+v", name, entry)
			}
		}
	})
}

// clear takes the round back to its beginning.
func (h *house) clear() {
	h.t.Helper()
	for _, statement := range []string{
		"DELETE FROM entries", "DELETE FROM requests", "DELETE FROM notices", "DELETE FROM cycles WHERE code <> '2026'", "UPDATE cycles SET closed_at = NULL",
	} {
		h.must(h.db.Exec(statement).Error)
	}
}

// recorded counts the audit entries after a place.
func (h *house) recorded(after int64) int64 {
	h.t.Helper()
	var n int64
	h.must(h.db.Model(&audit.Entry{}).Where("seq > ?", after).Count(&n).Error)
	return n
}

// TestChangeThatCannotBeRecordedIsNotMade breaks the audit log and looks whether
// any table but the log's changes.
func TestChangeThatCannotBeRecordedIsNotMade(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		for name, change := range mutations {
			h.clear()
			var before map[string]string
			err := change(h, t.Context(), func() {
				before = h.everything()
				h.must(db.Exec("ALTER TABLE audit_heads RENAME TO audit_heads_away").Error)
			})
			h.must(db.Exec("ALTER TABLE audit_heads_away RENAME TO audit_heads").Error)
			if err == nil {
				t.Errorf("%s says that it is done", name)
			}
			for table, is := range h.everything() {
				if is != before[table] {
					t.Errorf("%s changed %s", name, table)
				}
			}
		}
	})
}

// everything returns the content of each table that a round writes.
func (h *house) everything() map[string]string {
	h.t.Helper()
	all := map[string]string{}
	for _, table := range []string{
		"entries", "evidence", "evidence_files", "comments", "comment_invitations", "requests", "cycles", "cycle_milestones", "measures", "measure_objectives", "observations", "notices", "audit_entries",
	} {
		var rows []map[string]any
		h.must(h.db.Table(table).Order("1, 2").Find(&rows).Error)
		all[table] = dump(rows)
	}
	return all
}
