package auth_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
)

var operator = auth.System("test")

// start is when the tests' clocks begin.
var start = time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)

// at sets the clock of a database.
func at(conn *db.DB, moment time.Time) { conn.NowFunc = func() time.Time { return moment } }

// onEach runs a test on each make of database with an agency in it.
func onEach(t *testing.T, test func(t *testing.T, conn *db.DB, s *auth.Store)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		at(conn, start)
		for _, code := range []string{"mia", "mfa"} {
			err := conn.Exec("INSERT INTO agencies (code, name, kind, note, quotes, acronyms) VALUES (?, '{}', 'ministry', '{}', '[]', '{}')", code).Error
			if err != nil {
				t.Fatal(err)
			}
		}
		test(t, conn, auth.NewStore(conn))
	})
}

// made makes an account whose password is secret, with a person acting from it.
const secret = "төрт атты күйме"

func made(t *testing.T, s *auth.Store, email string, roles ...auth.Role) (auth.User, auth.Actor) {
	t.Helper()
	d := auth.Details{Email: email, Name: "Айгүл", Language: "kk", Roles: roles, Agency: "mia"}
	if slices.Contains(roles, auth.Partner) {
		end := start.AddDate(1, 0, 0)
		d.ExpiresAt = &end
	}
	user, link, err := s.Invite(t.Context(), operator, d, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.UseLink(t.Context(), audit.Who{}, auth.HashOf(link), secret); err != nil {
		t.Fatal(err)
	}
	actor, err := s.Actor(t.Context(), user.ID)
	if err != nil || actor.UserID != user.ID {
		t.Fatal(err)
	}
	return user, actor
}

// field returns the message keys that err has for a field.
func field(err error, name string) string {
	for _, p := range fault.ProblemsOf(err) {
		if p.Field == name {
			return p.Key
		}
	}
	return ""
}

func TestEveryChangeOfAnAccountIsOnRecordWithoutSecrets(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		ctx := t.Context()
		admin, _ := made(t, s, "admin@gov.example", auth.Admin)
		user, actor := made(t, s, "a@gov.example", auth.Contributor)
		factor, err := auth.NewFactor("GCM", user.Email)
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		var link string
		keep := func(_ *db.DB, _ auth.User, _, secret string) error { link = secret; return nil }
		steps := map[string]func() error{
			"AddRole":    func() error { _, err := s.AddRole(ctx, operator, user.ID, auth.Approver); return err },
			"RemoveRole": func() error { _, err := s.RemoveRole(ctx, operator, user.ID, auth.Approver); return err },
			"Change": func() error {
				u, err := s.User(ctx, operator, user.ID)
				if err != nil {
					return err
				}
				_, err = s.Change(ctx, operator, user.ID, u.Version, auth.Details{Name: "Әсел", Language: "ru", Agency: "mfa", Roles: []auth.Role{auth.Contributor}})
				return err
			},
			"ChangeProfile": func() error {
				u, err := s.User(ctx, operator, user.ID)
				if err != nil {
					return err
				}
				return s.ChangeProfile(ctx, actor, u.Version, auth.Profile{Name: "Әсел", Language: "en", Digest: "never"})
			},
			"ChangePassword": func() error { return s.ChangePassword(ctx, actor, secret, secret+"!", "") },
			"ConfirmFactor": func() error {
				codes, err = s.ConfirmFactor(ctx, actor, factor, code(t, factor, start), secret+"!", "")
				return err
			},
			"NewRecoveryCodes": func() error { codes, err = s.NewRecoveryCodes(ctx, actor, secret+"!"); return err },
			"SignIn":           func() error { return s.SignIn(ctx, actor, codes[0]) },
			"RemoveFactor":     func() error { return s.RemoveFactor(ctx, actor, secret+"!") },
			"ResetFactor":      func() error { _, err := s.ResetFactor(ctx, operator, user.ID); return err },
			"EndSession":       func() error { return s.EndSession(ctx, actor, "x") },
			"EndOtherSessions": func() error { return s.EndOtherSessions(ctx, actor, "") },
			"EndSessions":      func() error { return s.EndSessions(ctx, operator, user.ID) },
			"MakeToken": func() error {
				_, link, err = s.MakeToken(ctx, actor, secret+"!", "Сайт", []auth.TokenScope{auth.ReadPublic, auth.ReadAccepted}, 30)
				return err
			},
			"SaveView": func() error { return s.SaveView(ctx, actor, "Менің тізімім", "/measures?status=planned") },
			"DropView": func() error {
				list, err := s.Views(ctx, actor)
				if err != nil || len(list) != 1 {
					return fmt.Errorf("views %v: %w", list, err)
				}
				return s.DropView(ctx, actor, list[0].ID)
			},
			"EndToken": func() error {
				list, err := s.Tokens(ctx, actor)
				if err != nil || len(list) != 1 {
					t.Fatalf("%d tokens, %v", len(list), err)
				}
				return s.EndToken(ctx, actor, list[0].ID)
			},
			"MakeLink":     func() error { _, link, err = s.MakeLink(ctx, operator, user.ID, nil); return err },
			"RequestReset": func() error { return s.RequestReset(ctx, audit.Who{}, user.Email, keep) },
			"UseLink":      func() error { _, err := s.UseLink(ctx, audit.Who{}, auth.HashOf(link), secret); return err },
			"ByIdentity": func() error {
				_, err := s.ByIdentity(ctx, audit.Who{}, auth.Identity{Subject: "s", Email: user.Email, Verified: true})
				return err
			},
			"Disable": func() error { _, err := s.Disable(ctx, operator, user.ID); return err },
			"Enable":  func() error { _, err := s.Enable(ctx, operator, user.ID); return err },
			"Invite": func() error {
				_, link, err = s.Invite(ctx, operator, auth.Details{Email: "b@gov.example", Name: "Б", Language: "kk"}, nil)
				return err
			},
			"SetUp": func() error {
				if err := conn.Exec("DELETE FROM user_roles WHERE user_id = ?", admin.ID).Error; err != nil {
					return err
				}
				setup, err := s.SetUpCode(ctx)
				if err != nil {
					return err
				}
				_, err = s.SetUp(ctx, audit.Who{}, strings.ToLower(setup), auth.Details{Email: "first@gov.example", Name: "Б", Language: "kk"}, secret)
				return err
			},
		}
		// what reads, counts attempts, prepares or sweeps changes no account
		silent := []string{"Actor", "ByEmail", "ByToken", "CheckPassword", "CodesLeft", "Colleagues", "In", "KnowBrowser", "LinkOwner", "Sessions", "SetUpCode", "Sweep", "Tokens", "Try", "User", "Users", "Views"}
		order := []string{
			"AddRole", "RemoveRole", "Change", "ChangeProfile", "ChangePassword", "MakeToken", "EndToken", "SaveView", "DropView", "ConfirmFactor", "NewRecoveryCodes", "SignIn", "RemoveFactor", "ResetFactor",
			"EndSession", "EndOtherSessions", "EndSessions", "MakeLink", "RequestReset", "UseLink", "ByIdentity", "Disable", "Enable", "Invite", "SetUp",
		}
		for method := range reflect.TypeOf(s).Methods() {
			if !slices.Contains(order, method.Name) && !slices.Contains(silent, method.Name) {
				t.Errorf("%s is not in this test", method.Name)
			}
		}
		for _, name := range order {
			before := entries(t, conn)
			if err := steps[name](); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			after := entries(t, conn)
			if len(after) != len(before)+1 {
				t.Errorf("%s leaves %d entries on record", name, len(after)-len(before))
			}
		}
		for _, e := range entries(t, conn) {
			for _, hidden := range append(codes, secret, link, factor.Secret, "argon2", auth.HashOf(link)) {
				if strings.Contains(e.Before+e.After+e.Reason, hidden) {
					t.Errorf("%s has a secret on record", e.Action)
				}
			}
			if e.Noun != "user" || e.Record == "" {
				t.Errorf("%+v", e)
			}
		}
	})
}

func entries(t *testing.T, conn *db.DB) []audit.Entry {
	t.Helper()
	var list []audit.Entry
	if err := conn.Order("seq").Find(&list).Error; err != nil {
		t.Fatal(err)
	}
	return list
}

func TestOnlyAnAdministratorChangesOthers(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		ctx := t.Context()
		user, _ := made(t, s, "a@gov.example", auth.Contributor)
		_, stranger := made(t, s, "b@gov.example", auth.Coordinator, auth.Auditor, auth.Approver, auth.Editor, auth.Signatory)
		before := len(entries(t, conn))
		for name, do := range map[string]func() error{
			"Invite":      func() error { _, _, err := s.Invite(ctx, stranger, auth.Details{}, nil); return err },
			"Change":      func() error { _, err := s.Change(ctx, stranger, user.ID, 1, auth.Details{}); return err },
			"AddRole":     func() error { _, err := s.AddRole(ctx, stranger, stranger.UserID, auth.Admin); return err },
			"RemoveRole":  func() error { _, err := s.RemoveRole(ctx, stranger, user.ID, auth.Contributor); return err },
			"Disable":     func() error { _, err := s.Disable(ctx, stranger, user.ID); return err },
			"Enable":      func() error { _, err := s.Enable(ctx, stranger, user.ID); return err },
			"ResetFactor": func() error { _, err := s.ResetFactor(ctx, stranger, user.ID); return err },
			"EndSessions": func() error { return s.EndSessions(ctx, stranger, user.ID) },
			"MakeLink":    func() error { _, _, err := s.MakeLink(ctx, stranger, user.ID, nil); return err },
			"Users":       func() error { _, err := s.Users(ctx, stranger); return err },
			"User":        func() error { _, err := s.User(ctx, stranger, user.ID); return err },
			"ByEmail":     func() error { _, err := s.ByEmail(ctx, stranger, user.Email); return err },
		} {
			if err := do(); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
		if after := len(entries(t, conn)); after != before {
			t.Errorf("%d entries are on record", after-before)
		}
	})
}

func TestLastAdministratorStaysOne(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		ctx := t.Context()
		one, _ := made(t, s, "one@gov.example", auth.Admin)
		two, _ := made(t, s, "two@gov.example", auth.Admin)
		var group sync.WaitGroup
		failed := make([]error, 2)
		for i, user := range []auth.User{one, two} { // each is taken away at once
			group.Go(func() { _, failed[i] = s.RemoveRole(context.WithoutCancel(ctx), operator, user.ID, auth.Admin) })
		}
		group.Wait()
		if (failed[0] == nil) == (failed[1] == nil) {
			t.Fatalf("%v and %v", failed[0], failed[1])
		}
		left := one
		if failed[0] == nil {
			left = two
		}
		user, err := s.User(ctx, operator, left.ID)
		if err != nil {
			t.Fatal(err)
		}
		soon := start
		for name, do := range map[string]func() error{
			"disabled": func() error { _, err := s.Disable(ctx, operator, left.ID); return err },
			"without the role": func() error {
				_, err := s.Change(ctx, operator, left.ID, user.Version, auth.Details{Name: "x", Language: "kk"})
				return err
			},
			"ended": func() error {
				_, err := s.Change(ctx, operator, left.ID, user.Version, auth.Details{Name: "x", Language: "kk", Roles: []auth.Role{auth.Admin}, ExpiresAt: &soon})
				return err
			},
		} {
			if err := do(); fault.KindOf(err) != fault.Conflict {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestAccountIsCheckedField(t *testing.T) {
	onEach(t, func(t *testing.T, _ *db.DB, s *auth.Store) {
		made(t, s, "known@gov.example")
		good := func() auth.Details { return auth.Details{Email: "new@gov.example", Name: "Жаңа", Language: "kk"} }
		for name, c := range map[string]struct {
			spoil func(*auth.Details)
			field string
		}{
			"no address":                {func(d *auth.Details) { d.Email = "gov.example" }, "email"},
			"an address with a name":    {func(d *auth.Details) { d.Email = "A <a@gov.example>" }, "email"},
			"a line break":              {func(d *auth.Details) { d.Email = "a@gov.example\nBcc: b@gov.example" }, "email"},
			"a known address":           {func(d *auth.Details) { d.Email = " KNOWN@gov.example" }, "email"},
			"no name":                   {func(d *auth.Details) { d.Name = " " }, "name"},
			"a name with a line break":  {func(d *auth.Details) { d.Name = "a\nb" }, "name"},
			"no language":               {func(d *auth.Details) { d.Language = "fr" }, "language"},
			"an unknown role":           {func(d *auth.Details) { d.Roles = []auth.Role{"king"} }, "roles"},
			"a role without its agency": {func(d *auth.Details) { d.Roles = []auth.Role{auth.Approver} }, "agency"},
			"an unknown agency":         {func(d *auth.Details) { d.Agency = "nowhere" }, "agency"},
			"a partner for ever":        {func(d *auth.Details) { d.Roles = []auth.Role{auth.Partner} }, "expires"},
			"the 24th objective":        {func(d *auth.Details) { d.Scope = auth.Scope{Objectives: []int{24}} }, "scope"},
		} {
			d := good()
			c.spoil(&d)
			if _, _, err := s.Invite(t.Context(), operator, d, nil); field(err, c.field) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, _, err := s.Invite(t.Context(), operator, good(), nil); err != nil {
			t.Error(err)
		}
	})
}

func TestOlderVersionOfAnAccountIsRefused(t *testing.T) {
	onEach(t, func(t *testing.T, _ *db.DB, s *auth.Store) {
		user, actor := made(t, s, "a@gov.example")
		details := auth.Details{Name: "Бірінші", Language: "kk"}
		if _, err := s.Change(t.Context(), operator, user.ID, user.Version, details); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Change(t.Context(), operator, user.ID, user.Version, details); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the administrator's second write: %v", err)
		}
		if err := s.ChangeProfile(t.Context(), actor, user.Version, auth.Profile{Name: "x", Language: "kk", Digest: "daily"}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the person's write: %v", err)
		}
	})
}

func TestSubstituteIsAColleague(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		user, actor := made(t, s, "a@gov.example", auth.Approver)
		colleague, _ := made(t, s, "b@gov.example", auth.Contributor)
		other, _, err := s.Invite(t.Context(), operator, auth.Details{Email: "c@gov.example", Name: "В", Language: "kk", Agency: "mfa"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		profile := func(id int64) auth.Profile {
			return auth.Profile{Name: "A", Language: "kk", Digest: "daily", LeaveFrom: "01.01.2030", LeaveUntil: "2030-01-09", SubstituteID: &id}
		}
		for _, id := range []int64{other.ID, user.ID, 999} {
			if err := s.ChangeProfile(t.Context(), actor, user.Version, profile(id)); field(err, "substitute") == "" {
				t.Errorf("%d: %v", id, err)
			}
		}
		if err := s.ChangeProfile(t.Context(), actor, user.Version, profile(colleague.ID)); err != nil {
			t.Fatal(err)
		}
		if stands, err := s.Actor(t.Context(), colleague.ID); err != nil || !stands.Can(auth.Approve) {
			t.Errorf("%v, %v", stands, err)
		}
		if _, err := s.Change(t.Context(), operator, user.ID, user.Version+1, auth.Details{Name: "A", Language: "kk", Agency: "mfa", Roles: []auth.Role{auth.Approver}}); err != nil {
			t.Fatal(err)
		}
		if stands, err := s.Actor(t.Context(), colleague.ID); err != nil || stands.Can(auth.Approve) {
			t.Errorf("after the move: %v, %v", stands, err)
		}
	})
}
