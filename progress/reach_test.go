package progress_test

import (
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// sights says what each person sees of another agency's or the own entry in each
// state: W whole, R what was released, K that it exists, - nothing. The sixth is
// one that was released and reopened, the seventh one that was only accepted and
// reopened.
var sights = map[string]string{
	"contributor": "WWWWWWW", "colleague": "WWWWWWW", "approver": "WWWWWWW",
	"stranger": "-------", "strange approver": "-------",
	"coordinator": "KWWWWRK", "auditor": "WWWWWWW",
	"editor": "---WWR-", "signatory": "---WWR-", "partner": "---WWR-", "partner in scope": "---WWR-", "partner of the agency": "---WWR-", "partner out of scope": "-------",
	"admin": "-------", "visitor": "----RR-",
}

func TestWhoSeesWhat(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		near, far := h.person("near", "", auth.Partner), h.person("far", "", auth.Partner)
		near.Scope, far.Scope = auth.Scope{Objectives: []int{4, 5}}, auth.Scope{Objectives: []int{21}, Agencies: []string{"mfa"}, Indicators: []string{"arrivals"}}
		ofAgency := h.person("ofAgency", "", auth.Partner)
		ofAgency.Scope = auth.Scope{Objectives: []int{21}, Agencies: []string{"mia"}}
		people := map[string]auth.Actor{
			"contributor": h.contributor, "colleague": h.colleague, "approver": h.approver, "stranger": h.stranger, "strange approver": h.strangeApprover,
			"coordinator": h.coordinator, "auditor": h.auditor, "editor": h.editor, "signatory": h.signatory,
			"partner": h.partner, "partner in scope": near, "partner out of scope": far, "partner of the agency": ofAgency, "admin": h.admin, "visitor": h.visitor,
		}
		e := h.started()
		steps := []func(){func() {}}
		for _, state := range states[1:] {
			steps = append(steps, func() { e = h.bring(e, state) })
		}
		steps = append(steps, func() {
			var err error
			e, err = h.Reopen(t.Context(), h.coordinator, e.Code, e.Version, "Қате бар")
			h.must(err)
			e, err = h.Save(t.Context(), h.contributor, e.Code, e.Version, full("Құпия жоба"))
			h.must(err)
		}, func() {
			h.must(db.Model(&progress.Entry{}).Where("id = ?", e.ID).Update("released", nil).Error)
		})
		for i, step := range steps {
			step()
			for name, who := range people {
				if got := h.sees(who, e.Code); got != sights[name][i:i+1] {
					t.Errorf("at place %d of its way %s sees %s, want %s", i, name, got, sights[name][i:i+1])
				}
			}
		}
	})
}

// sees says what the person sees of the entry, in the entry itself and in the
// list, which have to agree.
func (h *house) sees(who auth.Actor, code string) string {
	h.t.Helper()
	e, err := h.Entry(h.t.Context(), who, code)
	lines, n, listErr := h.Entries(h.t.Context(), who, progress.Filter{})
	h.must(listErr)
	if n != len(lines) {
		h.t.Errorf("%d lines of %d", len(lines), n)
	}
	if err != nil && fault.KindOf(err) != fault.NotFound {
		h.t.Errorf("out of reach is %v", err)
	}
	if _, err := h.Evidence(h.t.Context(), who, code); (err == nil) != (e.Code != "") {
		h.t.Errorf("the evidence is not where the entry is: %v", err)
	}
	for _, line := range lines {
		if line.Readable != (err == nil) {
			h.t.Errorf("the list says readable: %v, the entry %v", line.Readable, err)
		}
	}
	switch {
	case err != nil && n == 0:
		return "-"
	case err != nil:
		if lines[0].Status != "" || lines[0].Assignee != "" || lines[0].UpdatedAt != nil {
			h.t.Errorf("the line tells more than that there is a draft: %+v", lines[0])
		}
		return "K"
	case n == 0:
		return "not listed"
	case e.Released != nil && strings.Contains(e.Content.Progress.Narrative["kk"], "Жүйе") && e.State == objectives.Released && lines[0].UpdatedAt == nil:
		if e.Editors != nil || e.AssigneeID != 0 || e.ReleasedBy != nil || e.Reason != "" {
			if who.UserID != h.coordinator.UserID {
				h.t.Errorf("the public form tells who: %+v", e)
			}
		}
		return "R"
	}
	return "W"
}

func TestDraftOfAnotherAgencyIsInNoListNorSearch(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e, err := h.Start(t.Context(), h.contributor, "2026", progress.KindMeasure, "", "")
		h.must(err)
		_, err = h.Save(t.Context(), h.contributor, e.Code, e.Version, progress.Content{Measure: &progress.Proposal{
			Title: i18n.Text{"kk": "Құпия ұсыныс"}, Status: objectives.Completed,
		}})
		h.must(err)
		for who, want := range map[*auth.Actor]int{&h.contributor: 1, &h.coordinator: 0, &h.stranger: 0, &h.partner: 0, &h.visitor: 0} {
			_, n, err := h.Entries(t.Context(), *who, progress.Filter{Text: "құпия"})
			if err != nil || n != want {
				t.Errorf("%s finds %d, %v", who.Name, n, err)
			}
			hints, err := h.Similar(t.Context(), *who, progress.Proposal{Title: i18n.Text{"kk": "Құпия ұсыныстар"}})
			if err != nil || len(hints) != want {
				t.Errorf("%s is hinted at %v, %v", who.Name, hints, err)
			}
		}
		lines, n, err := h.Entries(t.Context(), h.coordinator, progress.Filter{})
		if err != nil || n != 1 || len(lines[0].Title) != 0 || lines[0].Readable {
			t.Errorf("%+v, %v", lines, err)
		}
	})
}
