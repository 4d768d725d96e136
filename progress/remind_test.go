package progress_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/internal/i18n"
	"gcm/internal/notify"
	"gcm/objectives"
	"gcm/progress"
)

// round is an open round with two agencies that are asked for one measure each,
// made on 1 December 2026 and due on 15 January 2027.
type round struct {
	*gorm.DB
	store  *progress.Store
	people map[string]int64
}

// noon is midday of a day in Almaty.
func noon(day string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, day, almaty)
	if err != nil {
		panic(err)
	}
	return t.Add(12 * time.Hour)
}

func newRound(t *testing.T, g *gorm.DB) *round {
	t.Helper()
	made := noon("2026-12-01").UTC()
	r := &round{g.Session(&gorm.Session{NowFunc: func() time.Time { return made }}), progress.NewStore(g), map[string]int64{}}
	add := func(row any) {
		t.Helper()
		if err := r.Create(row).Error; err != nil {
			t.Fatal(err)
		}
	}
	c := progress.Cycle{ID: 1, Code: "2027", Name: i18n.Text{"en": "Round"}, Cutoff: "2027-02-28", CutoffBasis: objectives.Stated, OpenedAt: &made,
		Milestones: []progress.CycleMilestone{{Code: "agencies", Name: i18n.Text{"en": "Agencies"}, Due: "2027-01-15"}}}
	add(&c)
	for i, code := range []string{"mia", "mfa"} {
		id := int64(i + 1)
		add(&objectives.Agency{ID: id, Code: code, Kind: "ministry", Name: i18n.Text{"en": strings.ToUpper(code)}})
		add(&objectives.Measure{ID: id, Code: "m-" + code, Title: i18n.Text{"en": "Measure of " + code}, Status: "planned", Category: "programme", State: "released"})
		for _, role := range []auth.Role{auth.Contributor, auth.Approver} {
			r.person(t, fmt.Sprint(role, "-", code), role, id)
		}
	}
	r.person(t, "coordinator", auth.Coordinator, 0)
	for id := int64(1); id <= 2; id++ {
		add(&progress.Request{CycleID: 1, AgencyID: id, MeasureID: &id, Due: "2027-01-15", CreatedBy: r.people["coordinator"], CreatedAt: made})
	}
	return r
}

func (r *round) person(t *testing.T, name string, role auth.Role, agency int64) {
	t.Helper()
	u := auth.User{Email: name + "@example.org", Name: name, Language: "kk", Digest: "daily", Version: 1, Roles: []auth.UserRole{{Role: role}}}
	if agency != 0 {
		u.AgencyID = &agency
	}
	if err := r.Create(&u).Error; err != nil {
		t.Fatal(err)
	}
	r.people[name] = u.ID
}

// told lists what the reminders of a day tell, as "name kind".
func (r *round) told(t *testing.T, day string) string {
	t.Helper()
	var before int64
	r.Model(&notify.Notice{}).Select("COALESCE(max(id), 0)").Scan(&before)
	for range 2 { // the second time has nothing to add
		if err := r.store.Remind(t.Context(), noon(day)); err != nil {
			t.Fatal(err)
		}
	}
	var rows []notify.Notice
	if err := r.Where("id > ?", before).Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, n := range rows {
		for name, id := range r.people {
			if id == n.UserID {
				list = append(list, name+" "+n.Kind)
			}
		}
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// entry lets an agency begin its entry, in a state.
func (r *round) entry(t *testing.T, agency int64, state objectives.State, assignee string) {
	t.Helper()
	e := progress.Entry{Code: fmt.Sprint("e", agency), CycleID: 1, Kind: progress.KindProgress, AgencyID: agency, MeasureID: &agency,
		State: state, AssigneeID: r.people[assignee], Version: 1, CreatedAt: r.NowFunc(), UpdatedAt: r.NowFunc()}
	if err := r.Create(&e).Error; err != nil {
		t.Fatal(err)
	}
}

func TestRemindersClimbFromTheContributorToTheCoordinator(t *testing.T) {
	compact.Each(t, func(t *testing.T, g *gorm.DB) {
		r := newRound(t, g)
		r.entry(t, 2, "submitted", "contributor-mfa") // has done its part
		for _, step := range []struct{ day, told string }{
			{"2026-12-01", ""},
			{"2026-12-31", ""},
			{"2027-01-01", "contributor-mia due"}, // 14 days
			{"2027-01-02", ""},
			{"2027-01-08", "contributor-mia due"},
			{"2027-01-12", "contributor-mia due"},
			{"2027-01-14", "contributor-mia due"},
			{"2027-01-15", ""},
			{"2027-01-16", "contributor-mia overdue"},
			{"2027-01-17", ""},
			{"2027-01-18", "approver-mia escalated"},
			{"2027-01-21", ""},
			{"2027-01-22", "coordinator escalated"},
			{"2027-03-01", ""},
		} {
			if got := r.told(t, step.day); got != step.told {
				t.Errorf("on %s: %q, want %q", step.day, got, step.told)
			}
		}
	})
}

func TestReminderComesOnceHoweverManyProgramsRemind(t *testing.T) {
	compact.Each(t, func(t *testing.T, g *gorm.DB) {
		r := newRound(t, g)
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				if err := r.store.Remind(t.Context(), noon("2027-01-08")); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		var n int64
		if r.Model(&notify.Notice{}).Count(&n); n != 2 {
			t.Errorf("%d notices for two contributors", n)
		}
	})
}

func TestAfterAPauseTheLastReminderComesAndEveryEscalation(t *testing.T) {
	for _, c := range []struct{ day, told string }{
		{"2027-01-10", "contributor-mfa due, contributor-mia due"},
		{"2027-01-30", "approver-mfa escalated, approver-mia escalated, contributor-mfa overdue, contributor-mia overdue, coordinator escalated, coordinator escalated"},
	} {
		if got := newRound(t, dbtest.SQLite(t)).told(t, c.day); got != c.told {
			t.Errorf("on %s: %q", c.day, got)
		}
	}
}

func TestNewRequestIsNoReminderOfItself(t *testing.T) {
	r := newRound(t, dbtest.SQLite(t))
	if err := r.Model(&progress.Request{}).Where("agency_id = 1").Update("created_at", noon("2027-01-09").UTC()).Error; err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct{ day, told string }{
		{"2027-01-09", "contributor-mfa due"},
		{"2027-01-12", "contributor-mfa due, contributor-mia due"},
	} {
		if got := r.told(t, step.day); got != step.told {
			t.Errorf("on %s: %q", step.day, got)
		}
	}
}

func TestSubstituteIsToldDuringLeaveAlone(t *testing.T) {
	compact.Each(t, func(t *testing.T, g *gorm.DB) {
		r := newRound(t, g)
		r.entry(t, 2, "accepted", "contributor-mfa")
		r.person(t, "substitute", auth.Signatory, 1)
		err := r.Model(&auth.User{}).Where("id = ?", r.people["contributor-mia"]).
			Updates(map[string]any{"leave_from": "2027-01-05", "leave_until": "2027-01-10", "substitute_id": r.people["substitute"]}).Error
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct{ day, told string }{
			{"2027-01-04", "contributor-mia due"},
			{"2027-01-05", "substitute due"}, // of what the other knows already
			{"2027-01-08", "contributor-mia due, substitute due"},
			{"2027-01-12", "contributor-mia due"},
		} {
			if got := r.told(t, step.day); got != step.told {
				t.Errorf("on %s: %q, want %q", step.day, got, step.told)
			}
		}
	})
}

func TestWhoWorksOnAnEntryIsRemindedAndAllAreOfWhatIsOverdue(t *testing.T) {
	r := newRound(t, dbtest.SQLite(t))
	r.person(t, "colleague", auth.Contributor, 1)
	r.entry(t, 1, "draft", "colleague")
	r.entry(t, 2, "released", "contributor-mfa")
	for _, step := range []struct{ day, told string }{
		{"2027-01-08", "colleague due"},
		{"2027-01-16", "colleague overdue, contributor-mia overdue"},
	} {
		if got := r.told(t, step.day); got != step.told {
			t.Errorf("on %s: %q", step.day, got)
		}
	}
	var n notify.Notice
	if r.Where("kind = 'overdue'").Take(&n); n.Path != "/work/entries/e1" || n.Subject["en"] != "Measure of mia" || n.Agency["en"] != "MIA" || n.Due != "2027-01-15" {
		t.Errorf("it says %+v", n)
	}
}

func TestNobodyIsRemindedOfWhatNobodyWaitsFor(t *testing.T) {
	for name, change := range map[string]func(r *round) error{
		"a withdrawn request": func(r *round) error {
			return r.Model(&progress.Request{}).Where("1 = 1").Update("withdrawn_at", r.NowFunc()).Error
		},
		"a closed round": func(r *round) error {
			return r.Model(&progress.Cycle{}).Where("1 = 1").Update("closed_at", r.NowFunc()).Error
		},
		"disabled people": func(r *round) error {
			return r.Model(&auth.User{}).Where("1 = 1").Update("disabled_at", r.NowFunc()).Error
		},
	} {
		r := newRound(t, dbtest.SQLite(t))
		if err := change(r); err != nil {
			t.Fatal(err)
		}
		if got := r.told(t, "2027-01-30"); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestDeadlinesAreTheRoundsAndTheAgencysOwn(t *testing.T) {
	compact.Each(t, func(t *testing.T, g *gorm.DB) {
		r := newRound(t, g)
		actor := auth.Actor{AgencyID: 1}
		list, err := r.store.Deadlines(t.Context(), actor)
		if err != nil || len(list) != 2 {
			t.Fatalf("%+v, %v", list, err)
		}
		if list[0].Milestone.Code != "agencies" || list[0].Requests != nil || list[1].Day != "2027-01-15" || len(list[1].Requests) != 1 || list[1].Requests[0]["en"] != "Measure of mia" {
			t.Errorf("%+v", list)
		}
		r.entry(t, 1, "submitted", "contributor-mia")
		if list, err = r.store.Deadlines(t.Context(), actor); err != nil || len(list) != 1 {
			t.Errorf("what was submitted is due: %+v, %v", list, err)
		}
		if list, err = r.store.Deadlines(t.Context(), auth.Actor{}); err != nil || len(list) != 1 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}
