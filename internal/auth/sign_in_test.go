package auth_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
)

func code(t *testing.T, f auth.Factor, moment time.Time) string {
	t.Helper()
	c, err := totp.GenerateCode(f.Secret, moment)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// ASVS 6.2.1, 6.2.4, 6.2.5, 6.2.8, 6.2.9, 6.2.12
func TestPasswordsAreTakenAsTheyAreUnlessAnybodyWouldGuessThem(t *testing.T) {
	onEach(t, func(t *testing.T, _ *db.DB, s *auth.Store) {
		user, link, err := s.Invite(t.Context(), operator, auth.Details{Email: "aigul.sarsen@gov.example", Name: "Айгүл Сәрсен", Language: "kk"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, password := range []string{
			"", "1234567", "сегіз!7", strings.Repeat("ұ", 129), "ab\xff\xfe12345", // length, bytes
			"aigul.sarsen@gov.example", "AIGUL.SARSEN", "айгүл сәрсен", // who it is
			"password", "Password1!", "P@ssw0rd", "p4ssw0rd2024", "12345678", "123456789", "87654321", "aaaaaaaa", "abababab", "qwertyuiop", "Qwerty123!", "1q2w3e4r", "1qaz2wsx",
			"passwordpassword", "iloveyou", "sunshine1", "Kazakhstan2024", "almaty2025!", "ЙЦУКЕНГШ", "Пароль123", "qazwsxedc", "letmein!!", "admin123", "welcome1", "football7", "monkey12", "dragon99", "baseball1",
			"trustno1!", "superman1", "princess1", "abcdefgh", "zxcvbnm,1", "99999999", "11223344", "asdfghjkl", "michael1", "jennifer", "computer", "starwars1", "whatever1", "freedom1",
		} {
			if _, err := s.UseLink(t.Context(), audit.Who{}, auth.HashOf(link), password); field(err, "password") == "" {
				t.Errorf("%q is taken: %v", password, err)
			}
		}
		for _, password := range []string{" сегіз!8", "Tr0ub4dor&3", "correct horse battery staple", "түлкі мен тырна", strings.Repeat("ұзақ~сөз", 16), "\t\u00a0 8 чар\u0301", "e0f9a7c1"} {
			if _, err := s.UseLink(t.Context(), audit.Who{}, auth.HashOf(link), password); err != nil {
				t.Fatalf("%q: %v", password, err)
			}
			if _, err := s.CheckPassword(t.Context(), auth.Place{}, user.Email, password); err != nil {
				t.Errorf("%q does not let in: %v", password, err)
			}
			for _, other := range []string{password + " ", strings.TrimSpace(password) + "x", strings.ToUpper(password) + "x"} {
				if _, err := s.CheckPassword(t.Context(), auth.Place{}, user.Email, other); err == nil {
					t.Errorf("%q lets in for %q", other, password)
				}
			}
			if _, link, err = s.MakeLink(t.Context(), operator, user.ID, nil); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// ASVS 11.4.2
func TestPasswordIsKeptUnderTodaysParameters(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		user, _ := made(t, s, "a@gov.example")
		hash := func() (h string) {
			if err := conn.Model(&auth.User{}).Where("id = ?", user.ID).Pluck("password_hash", &h).Error; err != nil {
				t.Fatal(err)
			}
			return h
		}
		const today = "$argon2id$v=19$m=47104,t=1,p=1$"
		if !strings.HasPrefix(hash(), today) {
			t.Errorf("kept as %s", hash())
		}
		old := "$argon2id$v=19$m=1024,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$" // of another time, with another password
		if err := conn.Model(&auth.User{}).Where("id = ?", user.ID).Update("password_hash", old+"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").Error; err != nil {
			t.Fatal(err)
		}
		if _, err := s.CheckPassword(t.Context(), auth.Place{}, user.Email, secret); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a wrong password: %v", err)
		}
		if err := conn.Model(&auth.User{}).Where("id = ?", user.ID).Update("password_hash", weak).Error; err != nil {
			t.Fatal(err)
		}
		if _, err := s.CheckPassword(t.Context(), auth.Place{}, user.Email, "weakly kept"); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(hash(), today) {
			t.Errorf("after sign-in it is kept as %s", hash())
		}
		if _, err := s.CheckPassword(t.Context(), auth.Place{}, user.Email, "weakly kept"); err != nil {
			t.Error(err)
		}
	})
}

// ASVS 6.3.1
func TestGuessingIsStopped(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		user, _ := made(t, s, "a@gov.example")
		for _, email := range []string{user.Email, "nobody@gov.example"} {
			at(conn, start)
			var tried, stopped atomic.Int64
			var group sync.WaitGroup
			for range 14 { // all at once
				group.Go(func() {
					_, err := s.CheckPassword(t.Context(), auth.Place{Address: "192.0.2.1"}, email, "a wrong one")
					if tooMany := new(auth.TooMany); errors.As(err, &tooMany) {
						stopped.Add(1)
					} else if fault.KindOf(err) == fault.Invalid {
						tried.Add(1)
					} else {
						t.Error(err)
					}
				})
			}
			group.Wait()
			if tried.Load() != 10 || stopped.Load() != 4 {
				t.Errorf("%s: %d were tried and %d stopped", email, tried.Load(), stopped.Load())
			}
		}
		var tooMany *auth.TooMany
		if _, err := s.CheckPassword(t.Context(), auth.Place{Address: "192.0.2.9"}, user.Email, secret); !errors.As(err, &tooMany) || tooMany.Wait != 15*time.Minute {
			t.Errorf("the right password: %v", err)
		}
		at(conn, start.Add(15*time.Minute))
		if _, err := s.CheckPassword(t.Context(), auth.Place{Address: "192.0.2.9"}, user.Email, secret); err != nil {
			t.Errorf("a quarter of an hour later: %v", err)
		}
	})
}

func TestKnownBrowserIsCountedByItself(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		user, _ := made(t, s, "a@gov.example")
		other, _ := made(t, s, "b@gov.example")
		token := ""
		for _, who := range []auth.User{other, user} { // both use it
			var err error
			if token, err = s.KnowBrowser(t.Context(), who.ID, token); err != nil {
				t.Fatal(err)
			}
		}
		tries := func(browser, email, password string) bool {
			_, err := s.CheckPassword(t.Context(), auth.Place{Address: "192.0.2.1", Browser: browser}, email, password)
			return !errors.As(err, new(*auth.TooMany))
		}
		const wrong = "a wrong one"
		for range 10 {
			tries("", user.Email, wrong)
			tries("", other.Email, wrong)
		}
		if tries("", user.Email, secret) || tries("another's", user.Email, secret) || !tries(token, user.Email, secret) || !tries(token, other.Email, secret) {
			t.Error("a stranger is let in, or who is known is locked out")
		}
		for i := range 11 { // somebody guesses in a browser that was left behind
			if tries(token, user.Email, wrong) != (i < 10) {
				t.Errorf("attempt %d", i)
			}
		}
		if tries(token, user.Email, secret) || !tries(token, other.Email, secret) {
			t.Error("the count is not that of the person in the browser")
		}
		_, link, err := s.MakeLink(t.Context(), operator, other.ID, nil)
		if err == nil {
			_, err = s.UseLink(t.Context(), audit.Who{}, auth.HashOf(link), secret)
		}
		if err != nil || tries(token, other.Email, secret) {
			t.Errorf("a new password leaves the old browser known, %v", err)
		}
		at(conn, start.Add(auth.KnownFor))
		var left int64
		if err := errors.Join(s.Sweep(t.Context()), conn.Model(&auth.KnownBrowser{}).Count(&left).Error); err != nil || left != 0 {
			t.Errorf("%d browsers are known for ever, %v", left, err)
		}
	})
}

func TestOneAddressCannotTryEverybody(t *testing.T) {
	onEach(t, func(t *testing.T, _ *db.DB, s *auth.Store) {
		limit := auth.Limit{Count: 3, Window: time.Minute}
		for i, want := range []bool{true, true, true, false, false} {
			if err := s.Try(t.Context(), "address:192.0.2.1", limit); (err == nil) != want {
				t.Errorf("attempt %d: %v", i, err)
			}
		}
		if err := s.Try(t.Context(), "address:192.0.2.2", limit); err != nil {
			t.Errorf("another address: %v", err)
		}
	})
}

func TestLettersAreSentToOneAddressThreeTimesAnHour(t *testing.T) {
	onEach(t, func(t *testing.T, _ *db.DB, s *auth.Store) {
		user, _ := made(t, s, "a@gov.example")
		sent := 0
		letter := func(*db.DB, auth.User, string, string) error { sent++; return nil }
		for _, email := range []string{user.Email, "nobody@gov.example"} {
			for i := range 4 {
				err := s.RequestReset(t.Context(), audit.Who{Origin: "192.0.2.1"}, email, letter)
				if tooMany := new(auth.TooMany); errors.As(err, &tooMany) != (i == 3) {
					t.Errorf("%s, request %d: %v", email, i, err)
				}
			}
		}
		if sent != 3 {
			t.Errorf("%d letters were sent", sent)
		}
	})
}

// ASVS 6.3.1: the medians of a known and an unknown person's answer times
func TestTimeDoesNotTellWhoHasAnAccount(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		user, _ := made(t, s, "a@gov.example")
		times := map[string][]time.Duration{}
		for range 9 {
			for _, email := range []string{user.Email, "nobody@gov.example"} {
				begin := time.Now()
				_, _ = s.CheckPassword(t.Context(), auth.Place{Address: "192.0.2.1"}, email, "a wrong one")
				times[email] = append(times[email], time.Since(begin))
			}
		}
		median := func(email string) time.Duration { slices.Sort(times[email]); return times[email][4] }
		known, unknown := median(user.Email), median("nobody@gov.example")
		t.Logf("known %s, unknown %s", known, unknown)
		if known > 2*unknown || unknown > 2*known {
			t.Errorf("a known person takes %s, an unknown one %s", known, unknown)
		}
	})
}

// ASVS 6.5.1
func TestOneTimeCodeCountsOnce(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		user, actor := made(t, s, "a@gov.example", auth.Coordinator)
		f, err := auth.NewFactor("GCM", user.Email)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.ConfirmFactor(t.Context(), actor, f, "000000", secret, ""); field(err, "code") == "" {
			t.Errorf("a wrong code: %v", err)
		}
		if _, err := s.ConfirmFactor(t.Context(), actor, f, code(t, f, start), "a wrong password", ""); field(err, "present") == "" {
			t.Errorf("a wrong password: %v", err)
		}
		codes, err := s.ConfirmFactor(t.Context(), actor, f, code(t, f, start), secret, "")
		if err != nil || len(codes) != 10 || len(codes[0]) != len("ABCD-EFGH-IJKL-MNOP") {
			t.Fatalf("%v, %v", codes, err)
		}
		for _, c := range []struct {
			name, code string
			after      time.Duration
			want       bool
		}{
			{"the code of the enrolment", code(t, f, start), 0, false},
			{"the next one, early by clock", code(t, f, start.Add(30*time.Second)), 0, true},
			{"the same again", code(t, f, start.Add(30*time.Second)), 30 * time.Second, false},
			{"an older one", code(t, f, start), 30 * time.Second, false},
			{"one of two minutes ago", code(t, f, start.Add(3*time.Minute)), 5 * time.Minute, false},
			{"a late one", code(t, f, start.Add(9*time.Minute+30*time.Second)), 10 * time.Minute, true},
			{"none", "", 10 * time.Minute, false},
			{"a recovery code, typed badly", " " + strings.ToLower(strings.ReplaceAll(codes[3], "-", " ")), 10 * time.Minute, true},
			{"the same recovery code", codes[3], 10 * time.Minute, false},
			{"another recovery code", codes[4], 10 * time.Minute, true},
		} {
			at(conn, start.Add(c.after))
			if err := s.SignIn(t.Context(), actor, c.code); (err == nil) != c.want {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if n, err := s.CodesLeft(t.Context(), actor); err != nil || n != 8 {
			t.Errorf("%d codes are left, %v", n, err)
		}
	})
}

func TestCodesCannotBeGuessed(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		user, actor := made(t, s, "a@gov.example")
		f, err := auth.NewFactor("GCM", user.Email)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.ConfirmFactor(t.Context(), actor, f, code(t, f, start), secret, ""); err != nil {
			t.Fatal(err)
		}
		at(conn, start.Add(time.Minute))
		for range 10 {
			if err := s.SignIn(t.Context(), actor, "111111x"); field(err, "code") == "" {
				t.Fatal(err)
			}
		}
		var tooMany *auth.TooMany
		if err := s.SignIn(t.Context(), actor, code(t, f, start.Add(time.Minute))); !errors.As(err, &tooMany) {
			t.Errorf("%v", err)
		}
	})
}

// ASVS 6.5.5
func TestLinksWorkOnceAndForATime(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		ctx := t.Context()
		user, first, err := s.Invite(ctx, operator, auth.Details{Email: "a@gov.example", Name: "A", Language: "kk"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		kind, second, err := s.MakeLink(ctx, operator, user.ID, nil)
		if err != nil || kind != auth.KindInvitation {
			t.Fatal(kind, err)
		}
		use := func(link string) error {
			_, err := s.UseLink(ctx, audit.Who{}, auth.HashOf(link), secret)
			return err
		}
		if err := use(first); fault.KindOf(err) != fault.Invalid {
			t.Errorf("one in whose place another was made: %v", err)
		}
		at(conn, start.Add(7*24*time.Hour))
		if err := use(second); fault.KindOf(err) != fault.Invalid {
			t.Errorf("an invitation of last week: %v", err)
		}
		at(conn, start.Add(7*24*time.Hour-time.Second))
		var group sync.WaitGroup
		var done atomic.Int64
		for range 4 {
			group.Go(func() {
				if use(second) == nil {
					done.Add(1)
				}
			})
		}
		group.Wait()
		if done.Load() != 1 {
			t.Errorf("it was used %d times", done.Load())
		}
		kind, reset, err := s.MakeLink(ctx, operator, user.ID, nil)
		if err != nil || kind != auth.KindReset {
			t.Fatal(kind, err)
		}
		at(conn, start.Add(7*24*time.Hour+time.Hour))
		if err := use(reset); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a reset of an hour ago: %v", err)
		}
	})
}

func TestResetEndsSessionsAndLeavesTheSecondFactor(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		ctx := t.Context()
		user, actor := made(t, s, "a@gov.example")
		f, err := auth.NewFactor("GCM", user.Email)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.ConfirmFactor(ctx, actor, f, code(t, f, start), secret, ""); err != nil {
			t.Fatal(err)
		}
		row := auth.Session{Hash: "x", UserID: &user.ID, Data: []byte{1}, CreatedAt: start, SeenAt: start, ExpiresAt: start.Add(time.Hour)}
		if err := conn.Create(&row).Error; err != nil {
			t.Fatal(err)
		}
		_, link, err := s.MakeLink(ctx, operator, user.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.UseLink(ctx, audit.Who{}, auth.HashOf(link), "another of mine"); err != nil {
			t.Fatal(err)
		}
		if left, err := s.Sessions(ctx, actor); err != nil || len(left) != 0 {
			t.Errorf("%d sessions are left, %v", len(left), err)
		}
		if err := s.SignIn(ctx, actor, ""); field(err, "code") == "" {
			t.Errorf("the second factor is skipped: %v", err)
		}
	})
}

// ASVS 6.3.2
func TestFirstAdministratorComesByACodeOnce(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		ctx := t.Context()
		details := auth.Details{Email: "first@gov.example", Name: "Бірінші", Language: "kk"}
		setUp := func(code string) error {
			_, err := s.SetUp(ctx, audit.Who{}, code, details, secret)
			return err
		}
		given, err := s.SetUpCode(ctx)
		if err != nil || given == "" {
			t.Fatal(given, err)
		}
		for _, wrong := range []string{"", "AAAA-AAAA-AAAA-AAAA", given[1:]} {
			if err := setUp(wrong); field(err, "code") == "" {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		at(conn, start.Add(24*time.Hour))
		if err := setUp(given); field(err, "code") == "" {
			t.Errorf("a day later: %v", err)
		}
		at(conn, start)
		var group sync.WaitGroup
		var done atomic.Int64
		for _, email := range []string{"one@gov.example", "two@gov.example"} {
			d := details
			d.Email = email
			group.Go(func() {
				if _, err := s.SetUp(ctx, audit.Who{}, given, d, secret); err == nil {
					done.Add(1)
				}
			})
		}
		group.Wait()
		if done.Load() != 1 {
			t.Errorf("%d administrators were made", done.Load())
		}
		if again, err := s.SetUpCode(ctx); err != nil || again != "" {
			t.Errorf("another code %q is given, %v", again, err)
		}
	})
}

// ASVS 6.8.2, 10.5.2
func TestIdentityIsBoundToAVerifiedAddressOnce(t *testing.T) {
	onEach(t, func(t *testing.T, _ *db.DB, s *auth.Store) {
		ctx := t.Context()
		user, _ := made(t, s, "a@gov.example")
		gone, _ := made(t, s, "gone@gov.example")
		if _, err := s.Disable(ctx, operator, gone.ID); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			id   auth.Identity
			want int64
		}{
			{auth.Identity{Subject: "1", Email: "a@gov.example"}, 0},
			{auth.Identity{Subject: "", Email: "a@gov.example", Verified: true}, 0},
			{auth.Identity{Subject: "1", Email: "stranger@gov.example", Verified: true}, 0},
			{auth.Identity{Subject: "2", Email: "gone@gov.example", Verified: true}, 0},
			{auth.Identity{Subject: "1", Email: "A@GOV.example", Verified: true}, user.ID},
			{auth.Identity{Subject: "1", Email: "moved@gov.example"}, user.ID},
			{auth.Identity{Subject: "3", Email: "a@gov.example", Verified: true}, 0},
		} {
			got, err := s.ByIdentity(ctx, audit.Who{}, c.id)
			if got.ID != c.want && err == nil || c.want == 0 && fault.KindOf(err) != fault.Forbidden || c.want != 0 && err != nil {
				t.Errorf("%+v: %d, %v", c.id, got.ID, err)
			}
		}
	})
}

func TestWhatIsOverIsSwept(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) {
		user, actor := made(t, s, "a@gov.example")
		for hash, end := range map[string]time.Time{"over": start, "not over": start.Add(time.Second)} {
			row := auth.Session{Hash: hash, UserID: &user.ID, Data: []byte{1}, CreatedAt: start, SeenAt: start, ExpiresAt: end}
			if err := conn.Create(&row).Error; err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		at(conn, start.Add(-time.Hour)) // so that both would be listed
		if left, err := s.Sessions(t.Context(), actor); err != nil || len(left) != 1 || left[0].Hash != "not over" {
			t.Errorf("%v, %v", left, err)
		}
	})
}

// weak is "weakly kept" under parameters of another time.
const weak = "$argon2id$v=19$m=1024,t=1,p=1$KtvqP1pjzR/QKS3bLuIEDQ$VBV8yxrN4grSwP41xJ3d3JvfU8zSw8oa6tPXBlfOfGg"
