package objectives_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/register"
	"gcm/objectives"
)

var coordinator = auth.System("test")

func measureContent(title string) objectives.MeasureContent {
	return objectives.MeasureContent{
		Title: i18n.Text{"ru": title}, Status: objectives.Planned, Category: "law", State: objectives.Released,
		Objectives: []objectives.ObjectiveLink{{Number: 5}},
	}
}

// create puts measures into the register and returns it.
func create(t *testing.T, db *gorm.DB, measures map[string]objectives.MeasureContent) register.Register[objectives.MeasureContent] {
	t.Helper()
	r := objectives.NewStore(db).MeasureRegister()
	for _, code := range slices.Sorted(maps.Keys(measures)) {
		if _, err := r.Create(t.Context(), coordinator, code, measures[code]); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// logged returns the audit log as lines "action noun record".
func logged(t *testing.T, db *gorm.DB) []string {
	t.Helper()
	var entries []audit.Entry
	if err := db.Order("seq").Find(&entries).Error; err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, e := range entries {
		lines = append(lines, strings.TrimSpace(e.Action+" "+e.Noun+" "+e.Record+" "+e.Reason))
	}
	return lines
}

func record(t *testing.T, r register.Register[objectives.MeasureContent], code string) register.Record[objectives.MeasureContent] {
	t.Helper()
	found, err := r.Record(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestMeasureIsCreatedWithACodeOfItsOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		filled(t, db)
		r := objectives.NewStore(db).MeasureRegister()
		for _, want := range []string{"elektronnaya-viza", "elektronnaya-viza-2"} {
			code, err := r.Create(t.Context(), coordinator, "", measureContent("  Электронная  виза\r\n "))
			if err != nil || code != want {
				t.Fatalf("got %q, %v, want %q", code, err, want)
			}
		}
		got := record(t, r, "elektronnaya-viza").Content
		if got.Title["ru"] != "Электронная  виза" || got.Objectives[0].Basis != objectives.Inferred {
			t.Errorf("%+v", got)
		}
		if lines := logged(t, db); len(lines) != 2 || lines[0] != "create measure elektronnaya-viza" {
			t.Errorf("the log says %q", lines)
		}
	})
}

func TestEveryWrongFieldIsNamedAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		filled(t, db)
		c := objectives.MeasureContent{
			Title: i18n.Text{"kk": " "}, Status: objectives.Delayed, Category: "x", State: "y", Starts: "2021", Ends: "2020", Lead: "nobody",
			Partners: objectives.Strings{"no-one"}, Description: i18n.Text{"kk": strings.Repeat("ә", 20_001)},
			Objectives: []objectives.ObjectiveLink{{Number: 24}, {Number: 1}, {Number: 1}, {}},
			Actions:    []objectives.ActionLink{{Ref: "1(z)"}},
			Laws:       []objectives.LawLink{{Code: "none", Mapping: objectives.Mapping{Rank: "first"}}},
			Milestones: []objectives.Milestone{{Due: "20x"}, {Name: i18n.Text{"ru": "Запуск"}}},
			Budgets:    []objectives.Budget{{Amount: -1, Currency: "tenge", Fund: "z", Period: "?"}},
		}
		_, err := objectives.NewStore(db).MeasureRegister().Create(t.Context(), coordinator, "No Slug", c)
		var fields []string
		for _, p := range fault.ProblemsOf(err) {
			fields = append(fields, p.Field)
		}
		want := "title description.kk status category state ends lead_agency partners objectives.0.number objectives.2.number objectives.3.number " +
			"actions.0.ref legal_instruments.0.code legal_instruments.0.rank milestones.0.name milestones.0.due milestones.1.due " +
			"budgets.0.period budgets.0.fund budgets.0.amount budgets.0.currency code"
		if got := strings.Join(fields, " "); got != want {
			t.Errorf("got\n%s, want\n%s", got, want)
		}
		if lines := logged(t, db); len(lines) != 0 {
			t.Errorf("the log says %q", lines)
		}
	})
}

func TestChangeFromAnOlderRevisionIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		filled(t, db)
		r := create(t, db, map[string]objectives.MeasureContent{"visa": measureContent("Виза")})
		seen := record(t, r, "visa")
		first, second := seen.Content, seen.Content
		first.Title = i18n.Text{"ru": "Первая"}
		second.Title = i18n.Text{"ru": "Вторая"}
		if err := r.Change(t.Context(), coordinator, "visa", seen.Revision, first); err != nil {
			t.Fatal(err)
		}
		err := r.Change(t.Context(), coordinator, "visa", seen.Revision, second)
		if fault.KindOf(err) != fault.Conflict || record(t, r, "visa").Content.Title["ru"] != "Первая" {
			t.Errorf("got %v", err)
		}
	})
}

func TestNothingChangedWritesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		filled(t, db)
		c := measureContent("Виза")
		c.Objectives = []objectives.ObjectiveLink{{Number: 12}, {Number: 5}}
		c.Milestones = []objectives.Milestone{{Name: i18n.Text{"kk": "Бастау"}, Due: "2027-03"}}
		c.Budgets = []objectives.Budget{{Amount: 1.5, Currency: "kzt", Fund: "local_budget"}}
		c.Partners = objectives.Strings{"old", "old", "new"}
		c.Lead = "new"
		r := create(t, db, map[string]objectives.MeasureContent{"visa": c})
		seen := record(t, r, "visa")
		if got := seen.Content; len(got.Partners) != 1 || got.Budgets[0].Currency != "KZT" || got.Milestones[0].Due != "2027-03" || got.Objectives[0].Number != 5 {
			t.Errorf("%+v", got)
		}
		if err := r.Change(t.Context(), coordinator, "visa", seen.Revision, seen.Content); err != nil {
			t.Fatal(err)
		}
		if lines := logged(t, db); len(lines) != 1 {
			t.Errorf("the log says %q", lines)
		}
	})
}

func TestArchivedMeasureLeavesListsAndComesBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		r := create(t, db, map[string]objectives.MeasureContent{"visa": measureContent("Виза")})
		count := func() int {
			list, err := store.Measures(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return len(list)
		}
		if err := r.Archive(t.Context(), coordinator, "visa", " "); fault.ProblemsOf(err) == nil {
			t.Errorf("without a reason: %v", err)
		}
		if err := r.Archive(t.Context(), coordinator, "visa", "устарела"); err != nil || count() != 0 || record(t, r, "visa").ArchivedAt == nil {
			t.Errorf("%d in use, %v", count(), err)
		}
		if all, err := store.WithArchived().Measures(t.Context()); err != nil || len(all) != 1 {
			t.Errorf("%d with the archived, %v", len(all), err)
		}
		if err := r.Archive(t.Context(), coordinator, "visa", "ещё раз"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("archived twice: %v", err)
		}
		if err := r.Restore(t.Context(), coordinator, "visa", "нужна"); err != nil || count() != 1 {
			t.Errorf("%d in use, %v", count(), err)
		}
		if lines := strings.Join(logged(t, db)[1:], "; "); lines != "archive measure visa устарела; restore measure visa нужна" {
			t.Errorf("the log says %s", lines)
		}
	})
}

func TestMergedMeasureHandsOverItsLinksAndLeadsToTheOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		filled(t, db)
		from := measureContent("Виза онлайн")
		from.Lead, from.Objectives = "old", []objectives.ObjectiveLink{{Number: 5}, {Number: 12, Mapping: objectives.Mapping{Rank: objectives.Primary}}}
		into := measureContent("Электронная виза")
		into.Lead = "new"
		r := create(t, db, map[string]objectives.MeasureContent{"online": from, "e-visa": into})
		if err := r.Merge(t.Context(), coordinator, "online", "e-visa", "одно и то же"); err != nil {
			t.Fatal(err)
		}
		old, one := record(t, r, "online"), record(t, r, "e-visa").Content
		if old.Successor != "e-visa" || old.ArchivedAt == nil || len(old.Content.Objectives) != 2 {
			t.Errorf("the old one is %+v", old)
		}
		if len(one.Objectives) != 2 || one.Lead != "new" || !one.Partners.Has("old") {
			t.Errorf("the new one is %+v", one)
		}
		for _, c := range []struct{ from, into string }{{"e-visa", "e-visa"}, {"e-visa", "none"}, {"online", "e-visa"}, {"e-visa", "online"}} {
			if err := r.Merge(t.Context(), coordinator, c.from, c.into, "x"); err == nil {
				t.Errorf("%s is merged into %s", c.from, c.into)
			}
		}
	})
}

func TestBodyThatBecameAnotherHandsOverMeasuresAndPeople(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		led, joined, gone := measureContent("А"), measureContent("Б"), measureContent("В")
		led.Lead, joined.Partners, gone.Lead = "new", objectives.Strings{"new"}, "new"
		measures := create(t, db, map[string]objectives.MeasureContent{"a": led, "b": joined, "c": gone})
		if err := measures.Archive(t.Context(), coordinator, "c", "x"); err != nil {
			t.Fatal(err)
		}
		agency, err := store.AgencyByCode(t.Context(), "new")
		if err != nil {
			t.Fatal(err)
		}
		person := auth.User{Email: "a@example.org", Name: "А", Language: "ru", AgencyID: &agency.ID, Digest: "daily", CreatedAt: db.NowFunc(), Version: 1}
		if err := db.Create(&person).Error; err != nil {
			t.Fatal(err)
		}
		r := store.AgencyRegister()
		code, err := r.Succeed(t.Context(), coordinator, "new", "", objectives.AgencyContent{Name: i18n.Text{"en": "Agency for Migration"}, Kind: "ministry"}, "Decree 1")
		if err != nil || code != "agency-for-migration" {
			t.Fatalf("%q, %v", code, err)
		}
		if a, b, c := record(t, measures, "a").Content, record(t, measures, "b").Content, record(t, measures, "c").Content; a.Lead != code || !b.Partners.Has(code) || c.Lead != "new" {
			t.Errorf("%+v %+v %+v", a, b, c)
		}
		successor, _ := store.AgencyByCode(t.Context(), code)
		if db.Take(&person, person.ID); *person.AgencyID != successor.ID || person.Version != 2 {
			t.Errorf("%+v", person)
		}
		if old, err := r.Record(t.Context(), "new"); err != nil || old.Successor != code || old.ArchivedAt == nil {
			t.Errorf("%+v, %v", old, err)
		}
		want := "create agency agency-for-migration; change measure a Decree 1; change measure b Decree 1; change user a@example.org Decree 1; merge agency new Decree 1"
		if lines := strings.Join(logged(t, db)[4:], "; "); lines != want {
			t.Errorf("the log says %s", lines)
		}
	})
}

func TestMeasuresFollowAMergedLaw(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		laws := store.LawRegister()
		for _, code := range []string{"act", "act-2"} {
			if _, err := laws.Create(t.Context(), coordinator, code, objectives.LawContent{Name: i18n.Text{"en": code}, Kind: "law", Status: "in_force"}); err != nil {
				t.Fatal(err)
			}
		}
		c := measureContent("А")
		c.Laws = []objectives.LawLink{{Code: "act"}, {Code: "act-2"}}
		measures := create(t, db, map[string]objectives.MeasureContent{"a": c})
		if err := laws.Merge(t.Context(), coordinator, "act", "act-2", "x"); err != nil {
			t.Fatal(err)
		}
		if got := record(t, measures, "a").Content.Laws; len(got) != 1 || got[0].Code != "act-2" {
			t.Errorf("%+v", got)
		}
	})
}

func TestChallengesAreKeptLikeTheOthers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		r := store.ChallengeRegister()
		c := objectives.ChallengeContent{Statement: i18n.Text{"kk": "Деректер жеткіліксіз"}, Kind: objectives.Gap, State: objectives.Draft, Objectives: []objectives.ObjectiveLink{{Number: 1}}}
		code, err := r.Create(t.Context(), coordinator, "", c)
		if err != nil || code != "derekter-zhetkiliksiz" {
			t.Fatalf("%q, %v", code, err)
		}
		seen, err := r.Record(t.Context(), code)
		if err != nil {
			t.Fatal(err)
		}
		seen.Content.State = objectives.Released
		if err := r.Change(t.Context(), coordinator, code, seen.Revision, seen.Content); err != nil {
			t.Fatal(err)
		}
		if list, err := store.Challenges(t.Context()); err != nil || len(list) != 1 || list[0].State != objectives.Released {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

func TestLeadIsAssignedToAllChosenMeasuresOrNone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		c := measureContent("А")
		c.Partners = objectives.Strings{"new"}
		r := create(t, db, map[string]objectives.MeasureContent{"a": c, "b": measureContent("Б")})
		for _, refused := range []struct {
			codes  []string
			agency string
		}{{[]string{"a", "none"}, "new"}, {[]string{"a"}, "none"}, {nil, "new"}} {
			if err := store.AssignLead(t.Context(), coordinator, refused.codes, refused.agency); err == nil || record(t, r, "a").Content.Lead != "" {
				t.Errorf("%v to %s: %v", refused.codes, refused.agency, err)
			}
		}
		if err := store.AssignLead(t.Context(), coordinator, []string{"b", "a"}, "new"); err != nil {
			t.Fatal(err)
		}
		if got := record(t, r, "a").Content; got.Lead != "new" || got.Partners != nil || record(t, r, "b").Content.Lead != "new" {
			t.Errorf("%+v", got)
		}
	})
}

func TestRegistersAreClosedToThoseWhoMayNot(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		store := filled(t, db)
		r := create(t, db, map[string]objectives.MeasureContent{"a": measureContent("А")})
		seen := record(t, r, "a")
		before := len(logged(t, db))
		agencies := store.AgencyRegister()
		for _, actor := range []auth.Actor{{}, {Who: audit.Who{UserID: 1}, Roles: []auth.Role{auth.Contributor, auth.Approver, auth.Editor, auth.Auditor, auth.Partner}}} {
			for name, do := range map[string]func(context.Context) error{
				"create":  func(ctx context.Context) error { _, err := r.Create(ctx, actor, "", measureContent("Б")); return err },
				"change":  func(ctx context.Context) error { return r.Change(ctx, actor, "a", seen.Revision, measureContent("Б")) },
				"archive": func(ctx context.Context) error { return r.Archive(ctx, actor, "a", "x") },
				"restore": func(ctx context.Context) error { return r.Restore(ctx, actor, "a", "x") },
				"merge":   func(ctx context.Context) error { return r.Merge(ctx, actor, "a", "b", "x") },
				"succeed": func(ctx context.Context) error {
					_, err := agencies.Succeed(ctx, actor, "new", "", objectives.AgencyContent{}, "x")
					return err
				},
				"assign": func(ctx context.Context) error { return store.AssignLead(ctx, actor, []string{"a"}, "new") },
			} {
				if err := do(t.Context()); fault.KindOf(err) != fault.Forbidden {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		if lines := logged(t, db); len(lines) != before {
			t.Errorf("the log says %q", lines[before:])
		}
		admin := auth.Actor{Who: audit.Who{}, Roles: []auth.Role{auth.Admin}}
		admin.UserID = 1
		if err := r.Archive(t.Context(), admin, "a", "x"); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an administrator archives a measure: %v", err)
		}
	})
}

func TestListIsPagedAndFiltered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		filled(t, db)
		other := measureContent("Горячая линия")
		other.Category = "programme"
		r := create(t, db, map[string]objectives.MeasureContent{"a": measureContent("Виза"), "b": measureContent("ВИЗА онлайн"), "c": other})
		for name, c := range map[string]struct {
			filter register.Filter
			lines  int
			total  int
		}{
			"all":      {register.Filter{}, 3, 3},
			"a page":   {register.Filter{Limit: 2, Offset: 2}, 1, 3},
			"beyond":   {register.Filter{Limit: 2, Offset: 9}, 0, 3},
			"text":     {register.Filter{Text: "виз"}, 2, 2},
			"class":    {register.Filter{Class: "programme"}, 1, 1},
			"archived": {register.Filter{Archived: true}, 0, 0},
		} {
			lines, total, err := r.Lines(t.Context(), c.filter)
			if err != nil || len(lines) != c.lines || total != c.total {
				t.Errorf("%s: %d of %d, %v", name, len(lines), total, err)
			}
		}
	})
}
