package progress_test

import (
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/notify"
	"gcm/objectives"
	"gcm/progress"
)

func (h *house) told(kind string) (people []int64) {
	h.t.Helper()
	h.must(h.db.Model(&notify.Notice{}).Where("kind = ?", kind).Order("user_id").Pluck("user_id", &people).Error)
	return people
}

func TestRoundOpensWithTheUsualMilestones(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		_, err := h.OpenCycle(t.Context(), h.coordinator, progress.Cycle{Code: "2027", Name: i18n.Text{"kk": "2027 жыл"}, Cutoff: "2027-12-31", Covers: "2027"})
		h.must(err)
		c, err := h.Cycle(t.Context(), "2027")
		h.must(err)
		if len(c.Milestones) != 2 || c.Milestones[0].Due != "2028-01-15" || c.Milestones[1].Due != "2028-02-15" || c.Milestones[0].Name["kk"] == "" || !c.Open() {
			t.Errorf("%+v", c)
		}
		if got := h.told("round_opened"); len(got) != 5 {
			t.Errorf("%v are told", got)
		}
		_, err = h.OpenCycle(t.Context(), h.coordinator, c)
		if fault.KeyOf(err) != "cycle.error.opened" {
			t.Errorf("opening it again gives %v", err)
		}
	})
}

func TestRoundChangesOnlyFromWhatWasSeen(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		c, err := h.Cycle(t.Context(), "2026")
		h.must(err)
		seen, err := c.Revision()
		h.must(err)
		c.Milestones = []progress.CycleMilestone{{Name: i18n.Text{"ru": "Срок"}, Due: "2027-01-20"}}
		c, err = h.ChangeCycle(t.Context(), h.coordinator, seen, c)
		h.must(err)
		if _, err := h.ChangeCycle(t.Context(), h.second, seen, c); fault.KeyOf(err) != "cycle.error.changed" {
			t.Errorf("an older revision gives %v", err)
		}
		c, err = h.Cycle(t.Context(), "2026")
		if err != nil || len(c.Milestones) != 1 || c.Milestones[0].Due != "2027-01-20" || !c.Open() {
			t.Errorf("%+v, %v", c, err)
		}
	})
}

func TestClosedRoundLocksAgenciesAndNotTheCoordinator(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.brought(objectives.Approved)
		_, err := h.CloseCycle(t.Context(), h.coordinator, "2026")
		h.must(err)
		if _, err := h.Start(t.Context(), h.contributor, "2026", progress.KindValues, "arrivals", ""); fault.KeyOf(err) != "entry.error.closed" {
			t.Errorf("starting gives %v", err)
		}
		e, err = h.Accept(t.Context(), h.coordinator, e.Code, e.Version)
		h.must(err)
		e, err = h.Return(t.Context(), h.coordinator, e.Code, e.Version, "Дәлел жоқ")
		h.must(err)
		if _, err = h.Save(t.Context(), h.contributor, e.Code, e.Version, full("Түзетілді")); err != nil {
			t.Errorf("what was given back cannot be mended: %v", err)
		}
		if _, err := h.ReopenCycle(t.Context(), h.coordinator, "2026", " "); fault.KindOf(err) != fault.Invalid {
			t.Errorf("reopening without a reason gives %v", err)
		}
		_, err = h.ReopenCycle(t.Context(), h.coordinator, "2026", "Кешіккен орган")
		h.must(err)
	})
}

func TestRequestsAreSentOnceAndWaitForTheirEntry(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		asks := []progress.Ask{{Agency: "mia", Measure: "e-visa", Due: "2027-01-05"}, {Agency: "mia", Indicator: "arrivals", Due: "2027-01-15"}}
		for _, want := range []int{2, 0} {
			if n, err := h.Ask(t.Context(), h.coordinator, "2026", asks); err != nil || n != want {
				t.Errorf("%d were asked, %v", n, err)
			}
		}
		if got := h.told("request"); len(got) != 4 {
			t.Errorf("%v are told", got)
		}
		tasks, err := h.Tasks(t.Context(), h.contributor, now)
		if err != nil || tasks.Overdues != 1 || tasks.Dues != 1 || tasks.Overdue[0].Record != "e-visa" || tasks.Unread != 2 {
			t.Errorf("%+v, %v", tasks, err)
		}
		e := h.started()
		late, n, err := h.Entries(t.Context(), h.contributor, progress.Filter{OverdueOn: "2027-01-10"})
		if err != nil || n != 1 || late[0].Due != "2027-01-05" || late[0].Assignee != "ayan" {
			t.Errorf("%+v, %v", late, err)
		}
		h.bring(e, objectives.Submitted)
		list, n, err := h.Requests(t.Context(), h.approver, progress.Filter{})
		if err != nil || n != 2 || list[0].State != objectives.Submitted || list[0].Entry != e.Code || list[1].Entry != "" {
			t.Errorf("%+v, %v", list, err)
		}
		if list, n, err := h.Requests(t.Context(), h.stranger, progress.Filter{}); n != 0 || len(list) != 0 || err != nil {
			t.Errorf("another agency sees %+v, %v", list, err)
		}
		h.must(h.WithdrawRequest(t.Context(), h.coordinator, list[1].ID, "Орган өзгерді"))
		if err := h.WithdrawRequest(t.Context(), h.coordinator, list[1].ID, "Орган өзгерді"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("withdrawing it again gives %v", err)
		}
		tasks, err = h.Tasks(t.Context(), h.approver, now)
		if err != nil || tasks.Decisions != 1 || tasks.Deciding[0].Code != e.Code {
			t.Errorf("%+v, %v", tasks, err)
		}
		if tasks, err := h.Tasks(t.Context(), h.contributor, now); err != nil || tasks.Overdues+tasks.Dues+tasks.Works != 0 {
			t.Errorf("%+v, %v", tasks, err)
		}
	})
}

func TestWrongRequestsAreNamedAllAtOnce(t *testing.T) {
	h := open(t, compact.SQLite(t))
	n, err := h.Ask(t.Context(), h.coordinator, "2026", []progress.Ask{
		{Agency: "mia", Measure: "e-visa", Due: "2027-02-01"},
		{Agency: "nobody", Measure: "e-visa", Due: "2027-02-30"},
		{Agency: "mia", Measure: "nothing", Due: "2027-02-01"},
	})
	var fields []string
	for _, p := range fault.ProblemsOf(err) {
		fields = append(fields, p.Field)
	}
	if n != 0 || len(fields) != 3 || fields[0] != "asks.1.due" || fields[1] != "asks.1.agency" || fields[2] != "asks.2.record" {
		t.Errorf("%d, %v", n, err)
	}
	if list, _, _ := h.Requests(t.Context(), h.coordinator, progress.Filter{}); len(list) != 0 {
		t.Errorf("%+v was sent", list)
	}
}

func TestSubstituteIsToldOnDaysOfTheState(t *testing.T) {
	h := open(t, compact.SQLite(t))
	tomorrow := now.AddDate(0, 0, 1).Format(time.DateOnly)
	h.must(h.db.Model(&auth.User{}).Where("id = ?", h.approver.UserID).
		Updates(map[string]any{"leave_from": tomorrow, "leave_until": tomorrow, "substitute_id": h.colleague.UserID}).Error)
	e := h.started()
	h.contributor.Zone = time.FixedZone("", 23*3600) // where it is the next day already
	_, err := h.Submit(t.Context(), h.contributor, e.Code, e.Version)
	h.must(err)
	if got := h.told("submitted"); len(got) != 2 {
		t.Errorf("%v are told", got)
	}
}

func TestSubstituteIsToldAndMayNotApproveHisOwn(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		h.must(db.Model(&auth.User{}).Where("id = ?", h.approver.UserID).
			Updates(map[string]any{"leave_from": "2027-01-01", "leave_until": "2027-01-31", "substitute_id": h.colleague.UserID}).Error)
		e := h.brought(objectives.Submitted)
		if got := h.told("submitted"); len(got) != 2 || got[0] != h.colleague.UserID {
			t.Errorf("%v are told", got)
		}
		standIn := h.colleague
		standIn.Roles = append(standIn.Roles, auth.Approver)
		_, err := h.Approve(t.Context(), standIn, e.Code, e.Version)
		h.must(err)
	})
}
