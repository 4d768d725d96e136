package progress_test

import (
	"fmt"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/progress"
)

// wayward is an entry that was submitted, returned, rewritten, accepted and
// reopened; its drafts say "құпия".
func (h *house) wayward() progress.Entry {
	h.t.Helper()
	ctx := h.t.Context()
	e := h.bring(h.saved(h.saved(h.started(), "құпия бір"), "алғашқы"), objectives.Submitted)
	e, err := h.Return(ctx, h.coordinator, e.Code, e.Version, "толықтыру керек")
	h.must(err)
	e, err = h.Entry(ctx, h.contributor, e.Code)
	h.must(err)
	e = h.bring(h.saved(h.saved(e, "құпия екі"), "соңғы"), objectives.Released)
	e, err = h.Reopen(ctx, h.coordinator, e.Code, e.Version, "жаңа дерек")
	h.must(err)
	e, err = h.Entry(ctx, h.contributor, e.Code)
	h.must(err)
	return h.saved(e, "құпия үш")
}

func (h *house) saved(e progress.Entry, narrative string) progress.Entry {
	h.t.Helper()
	e, err := h.Save(h.t.Context(), h.contributor, e.Code, e.Version, full(narrative))
	h.must(err)
	return e
}

// verbs are the acts, oldest first, with what they changed in the narrative.
func verbs(acts []audit.Entry) string {
	var all []string
	for i := range acts {
		act := acts[len(acts)-1-i]
		all = append(all, act.Action)
		for _, d := range audit.Differences(act.Before, act.After) {
			if strings.HasSuffix(d.Field, "narrative.kk") {
				all = append(all, "("+d.Before+" → "+d.After+")")
			}
		}
	}
	return strings.Join(all, " ")
}

func TestHistoryShowsVersionsOfStatesThatTheReaderSees(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.wayward()
		everything := "start save ( → Жүйе іске қосылды) save (Жүйе іске қосылды → құпия бір) save (құпия бір → алғашқы) submit return " +
			"save (алғашқы → құпия екі) save (құпия екі → соңғы) submit approve accept release reopen save (соңғы → құпия үш)"
		for _, c := range []struct {
			name  string
			actor auth.Actor
			want  string
		}{
			{"contributor", h.contributor, everything}, {"approver", h.approver, everything}, {"auditor", h.auditor, everything},
			{"coordinator", h.coordinator, "start submit ( → алғашқы) return submit (алғашқы → соңғы) approve accept release reopen"},
			{"editor", h.editor, "accept ( → соңғы) release"},
			{"partner", h.partner, "accept ( → соңғы) release"},
		} {
			past, err := h.History(t.Context(), c.actor, e.Code, 0, 100)
			if err != nil || past.Title["en"] != "Electronic visa" || !past.Open {
				t.Fatal(c.name, past, err)
			}
			acts := past.Acts
			if got := verbs(acts); got != c.want {
				t.Errorf("%s sees %s", c.name, got)
			}
			if whole := fmt.Sprint(past); c.want != everything && strings.Contains(whole, "құпия") {
				t.Errorf("%s reads a draft", c.name)
			} else if outside := c.name == "editor" || c.name == "partner"; outside && strings.Contains(whole, "dana") {
				t.Errorf("%s learns who decided", c.name)
			}
		}
		for name, actor := range map[string]auth.Actor{"another agency": h.stranger, "admin": h.admin} {
			if _, err := h.History(t.Context(), actor, e.Code, 0, 100); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestHistoryIsPagedByNumber(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.wayward()
		for _, actor := range []auth.Actor{h.contributor, h.coordinator, h.partner} {
			all, err := h.History(t.Context(), actor, e.Code, 0, 100)
			h.must(err)
			var paged []audit.Entry
			for before := int64(0); ; before = paged[len(paged)-1].Seq {
				page, err := h.History(t.Context(), actor, e.Code, before, 3)
				h.must(err)
				if len(page.Acts) == 0 {
					break
				}
				paged = append(paged, page.Acts...)
			}
			if verbs(paged) != verbs(all.Acts) {
				t.Errorf("in pages: %s, at once: %s", verbs(paged), verbs(all.Acts))
			}
		}
	})
}

func TestOldVersionIsRestoredAsANewOne(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.saved(h.started(), "екінші")
		past, err := h.History(t.Context(), h.contributor, e.Code, 0, 100)
		h.must(err)
		first := past.Acts[1].Seq // the save of started
		for name, actor := range map[string]auth.Actor{"another agency": h.stranger, "coordinator": h.coordinator, "partner": h.partner} {
			if _, err := h.Restore(t.Context(), actor, e.Code, e.Version, first); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, actor := range map[string]auth.Actor{"auditor": h.auditor, "approver": h.approver} {
			if _, err := h.Restore(t.Context(), actor, e.Code, e.Version, first); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := h.Restore(t.Context(), h.contributor, e.Code, e.Version-1, first); fault.KindOf(err) != fault.Conflict {
			t.Errorf("over a version that was not read: %v", err)
		}
		other, err := h.Start(t.Context(), h.contributor, "2026", progress.KindProgress, "hotline", "")
		h.must(err)
		if _, err := h.Restore(t.Context(), h.contributor, other.Code, other.Version, first); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a version of another entry: %v", err)
		}
		restored, err := h.Restore(t.Context(), h.contributor, e.Code, e.Version, first)
		h.must(err)
		if restored.Version != e.Version+1 || restored.Content.Progress.Narrative["kk"] != "Жүйе іске қосылды" {
			t.Errorf("%+v", restored)
		}
		submitted := h.bring(restored, objectives.Submitted)
		if _, err := h.Restore(t.Context(), h.contributor, e.Code, submitted.Version, first); fault.KindOf(err) != fault.Conflict {
			t.Errorf("in a submitted entry: %v", err)
		}
	})
}
