package notify

import (
	"context"
	"fmt"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
)

// clock is a time that stands still until a test moves it.
type clock struct{ at time.Time }

func (c *clock) on(g *gorm.DB) *gorm.DB {
	return g.Session(&gorm.Session{NowFunc: func() time.Time { return c.at.UTC() }})
}

func newClock() *clock { return &clock{time.Date(2027, 1, 8, 4, 0, 0, 0, time.UTC)} }

func queue(t *testing.T, g *gorm.DB, mails ...Mail) {
	t.Helper()
	if err := db.Transact(t.Context(), g, func(tx *db.DB) error { return Enqueue(tx, mails...) }); err != nil {
		t.Fatal(err)
	}
}

func letters(t *testing.T, g *gorm.DB) []Mail {
	t.Helper()
	var rows []Mail
	if err := g.Order("id").Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	return rows
}

func drain(t *testing.T, s *Sender, want int) {
	t.Helper()
	if sent, err := s.Drain(t.Context()); err != nil || sent != want {
		t.Errorf("sent %d, want %d: %v", sent, want, err)
	}
}

func TestEachLetterIsSentOnceByEightSendersAtOnce(t *testing.T) {
	for name, run := range map[string]func(*Sender, context.Context) (int, error){
		"taking turns":    (*Sender).Drain,
		"all at the same": (*Sender).drainForeign,
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
				s := newSink(t, nil)
				mails := make([]Mail, 200)
				for i := range mails {
					mails[i] = Mail{Key: fmt.Sprint("k", i), Recipient: fmt.Sprintf("p%d@example.org", i), Language: "kk", Subject: "s", Plain: "p", HTML: "h"}
				}
				queue(t, g, mails...)
				var wait sync.WaitGroup
				for range 8 {
					sender := NewSender(g, s.post(t))
					wait.Go(func() {
						if _, err := run(sender, t.Context()); err != nil {
							t.Error(err)
						}
					})
				}
				wait.Wait()
				count := map[string]int{}
				for _, l := range s.taken() {
					count[l.to[0]]++
				}
				for recipient, n := range count {
					if n != 1 {
						t.Errorf("%s got %d letters", recipient, n)
					}
				}
				if len(count) != 200 {
					t.Errorf("%d of 200 got a letter", len(count))
				}
				for _, m := range letters(t, g) {
					if m.State != "sent" || m.SentAt == nil || m.Plain != "" || m.HTML != "" {
						t.Fatalf("%s is %s and keeps %q", m.Key, m.State, m.Plain+m.HTML)
					}
				}
			})
		})
	}
}

// drainForeign drains without asking for the lease, as a program would whose
// lease another one took over: the claims alone must keep letters apart.
func (s *Sender) drainForeign(ctx context.Context) (int, error) {
	sent := 0
	for {
		if err := prepare(ctx, s); err != nil {
			return sent, err
		}
		n, err := s.drain(ctx)
		sent += n
		if err != nil || n == 0 {
			return sent, err
		}
	}
}

// prepare takes the lease from whoever has it.
func prepare(ctx context.Context, s *Sender) error {
	if err := s.db.WithContext(ctx).Where("name = ?", drainLease).Delete(&Lease{}).Error; err != nil {
		return err
	}
	_, err := Take(ctx, s.db, drainLease, s.owner, drainHold)
	return err
}

func TestLetterWhoseSenderDiedIsUncertainAndNotSentAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		now, s := newClock(), newSink(t, nil)
		g = now.on(g)
		queue(t, g, Mail{Key: "a", Recipient: "a@example.org"}, Mail{Key: "b", Recipient: "b@example.org"})
		dead := NewSender(g, s.post(t))
		if m, err := dead.claim(t.Context()); err != nil || m.Key != "a" { // and then the machine lost its power
			t.Fatal(m, err)
		}
		drain(t, NewSender(g, s.post(t)), 1)
		if got := letters(t, g)[0].State; got != "sending" {
			t.Errorf("a letter that may still be under way is %s", got)
		}
		now.at = now.at.Add(drainHold + time.Second)
		drain(t, NewSender(g, s.post(t)), 0)
		drain(t, NewSender(g, s.post(t)), 0)
		if rows := letters(t, g); rows[0].State != "uncertain" || rows[1].State != "sent" || len(s.taken()) != 1 {
			t.Errorf("%s and %s, %d taken", rows[0].State, rows[1].State, len(s.taken()))
		}
		if err := NewStore(g).SendAgain(t.Context(), auth.System("test"), letters(t, g)[0].ID); err != nil {
			t.Fatal(err)
		}
		drain(t, NewSender(g, s.post(t)), 1)
		if rows := letters(t, g); rows[0].State != "sent" || len(s.taken()) != 2 {
			t.Errorf("%s, %d taken", rows[0].State, len(s.taken()))
		}
	})
}

func TestLineThatBreaksAfterTheLetterLeavesItUncertain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		s := newSink(t, func(command string) string {
			if command == "END" {
				return "drop"
			}
			return ""
		})
		queue(t, g, Mail{Key: "a", Recipient: "a@example.org"})
		drain(t, NewSender(g, s.post(t)), 0)
		if m := letters(t, g)[0]; m.State != "uncertain" || m.Error == "" {
			t.Errorf("%s: %s", m.State, m.Error)
		}
	})
}

func TestWhatTheServerAnswersDecides(t *testing.T) {
	for _, c := range []struct{ command, reply, state string }{
		{"MAIL FROM", "421 later", "queued"},
		{"MAIL FROM", "550 never", "failed"},
		{"RCPT TO", "450 grey", "queued"},
		{"RCPT TO", "550 no such person", "failed"},
		{"RCPT TO", "drop", "queued"},
		{"DATA", "451 busy", "queued"},
		{"END", "452 full", "queued"},
		{"END", "554 spam", "failed"},
		{"RSET", "500 what", "sent"},
		{"RSET", "drop", "sent"},
	} {
		t.Run(c.command+" "+c.reply, func(t *testing.T) {
			g := dbtest.SQLite(t)
			s := newSink(t, func(command string) string {
				if strings.HasPrefix(command, c.command) {
					return c.reply
				}
				return ""
			})
			queue(t, g, Mail{Key: "a", Recipient: "a@example.org"})
			if _, err := NewSender(g, s.post(t)).Drain(t.Context()); err != nil {
				t.Error(err)
			}
			if m := letters(t, g)[0]; m.State != c.state || m.Attempts != 1 {
				t.Errorf("%s after %d: %s", m.State, m.Attempts, m.Error)
			}
		})
	}
}

func TestLetterIsTriedEightTimesAtGrowingIntervals(t *testing.T) {
	now := newClock()
	g := now.on(dbtest.SQLite(t))
	s := newSink(t, func(command string) string {
		if strings.HasPrefix(command, "RCPT") {
			return "450 grey"
		}
		return ""
	})
	queue(t, g, Mail{Key: "a", Recipient: "a@example.org"})
	for try := 1; try < mostTries; try++ {
		drain(t, NewSender(g, s.post(t)), 0)
		m := letters(t, g)[0]
		if wait := m.NextAt.Sub(now.at); m.State != "queued" || m.Attempts != try || wait != time.Minute<<(try-1) {
			t.Fatalf("after try %d: %s, %d tries, waits %s", try, m.State, m.Attempts, wait)
		}
		drain(t, NewSender(g, s.post(t)), 0)
		if m := letters(t, g)[0]; m.Attempts != try {
			t.Fatal("it was tried before its time")
		}
		now.at = m.NextAt
	}
	drain(t, NewSender(g, s.post(t)), 0)
	if m := letters(t, g)[0]; m.State != "failed" || !strings.Contains(m.Error, "450") {
		t.Errorf("%s: %s", m.State, m.Error)
	}
}

func TestServerThatDoesNotAnswerCostsNoAttempt(t *testing.T) {
	g := dbtest.SQLite(t)
	queue(t, g, Mail{Key: "a", Recipient: "a@example.org"})
	post, err := NewPost("smtp://127.0.0.1:1", "gcm@example.org", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewSender(g, post).Drain(t.Context()); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("got %v", err)
	}
	m := letters(t, g)[0]
	if m.State != "queued" || m.Attempts != 0 || !strings.Contains(m.Error, "127.0.0.1:1") {
		t.Errorf("%s after %d: %s", m.State, m.Attempts, m.Error)
	}
	s := newSink(t, nil)
	drain(t, NewSender(g, s.post(t)), 1)
}

func TestStoppingFinishesTheLetterUnderWayAndLeavesTheRest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		ctx, stop := context.WithCancel(t.Context())
		s := newSink(t, func(command string) string {
			if command == "END" {
				stop()
			}
			return ""
		})
		queue(t, g, Mail{Key: "a", Recipient: "a@example.org"}, Mail{Key: "b", Recipient: "b@example.org"})
		_, _ = NewSender(g, s.post(t)).Drain(ctx)
		if rows := letters(t, g); rows[0].State != "sent" || rows[1].State != "queued" {
			t.Fatalf("%s and %s", rows[0].State, rows[1].State)
		}
		drain(t, NewSender(g, s.post(t)), 1)
		if len(s.taken()) != 2 {
			t.Errorf("%d taken", len(s.taken()))
		}
	})
}

func TestLineBreaksInAMailNeverBecomeHeaders(t *testing.T) {
	g, s := dbtest.SQLite(t), newSink(t, nil)
	evil := "x\r\nBcc: all@example.org\r\n\r\nforged"
	queue(t, g,
		Mail{Key: evil, Recipient: "a@example.org", Language: evil, Subject: evil, Plain: "body\r\n.\r\nMAIL FROM:<x@x>\r\n", HTML: "<p>h"},
		Mail{Key: "b", Recipient: "a@example.org>\r\nRCPT TO:<b@example.org", Subject: "s"},
		Mail{Key: "c", Recipient: "a@example.org\r\nBcc: b@example.org", Subject: "s"})
	drain(t, NewSender(g, s.post(t)), 1)
	taken := s.taken()
	if len(taken) != 1 || len(taken[0].to) != 1 || taken[0].to[0] != "RCPT TO:<a@example.org>" {
		t.Fatalf("taken %+v", taken)
	}
	m, err := mail.ReadMessage(strings.NewReader(taken[0].data))
	if err != nil {
		t.Fatal(err)
	}
	if m.Header.Get("Bcc") != "" || !strings.Contains(m.Header.Get("Content-Type"), "multipart/alternative") {
		t.Errorf("the header is %v", m.Header)
	}
	for _, row := range letters(t, g)[1:] {
		if row.State != "failed" {
			t.Errorf("%s is %s", row.Key, row.State)
		}
	}
}

func TestMessageKeepsItsIdentityWhoeverSendsIt(t *testing.T) {
	if a, b := messageID("digest:1:2027-01-08", "gcm@example.org"), messageID("digest:1:2027-01-09", "gcm@example.org"); a == b || !strings.HasSuffix(a, "@example.org") {
		t.Errorf("%s and %s", a, b)
	}
	s := newSink(t, nil)
	for range 2 {
		m, err := s.post(t).letter(Mail{Key: "digest:1:2027-01-08", Recipient: "a@example.org", Subject: "Хабарлама"}, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if _, err := m.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		for _, header := range []string{"Message-ID: <" + messageID("digest:1:2027-01-08", "@example.org") + ">", "List-Unsubscribe: <https://gcm.example/account>", "Auto-Submitted: auto-generated"} {
			if !strings.Contains(b.String(), header) {
				t.Errorf("the letter has no %s:\n%s", header, b.String())
			}
		}
	}
}

func TestServerIsNamedWithoutItsPassword(t *testing.T) {
	post, err := NewPost("smtps://me:hunter2@mail.example.org", "gcm@example.org", "")
	if err != nil || fmt.Sprint(post) != "mail.example.org:465" {
		t.Errorf("%v, %v", post, err)
	}
	for _, wrong := range []string{"", "me:hunter2@mail", "http://me:hunter2@mail", "smtp://me:hunter2@", "smtp://me:hunter2@ mail", "smtp://me:hunter2@mail:99999"} {
		if _, err := NewPost(wrong, "gcm@example.org", ""); fault.KindOf(err) != fault.Invalid || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if _, err := NewPost("smtp://mail", "nobody", ""); err == nil {
		t.Error("a sender without an address passes")
	}
}

func TestAdministratorAloneSeesTheQueueAndNoText(t *testing.T) {
	g := dbtest.SQLite(t)
	store, admin := NewStore(g), auth.System("test")
	queue(t, g, Mail{Key: "a", Recipient: "a@example.org", Plain: "secret", HTML: "secret"})
	rows, err := store.Letters(t.Context(), admin, "queued", 10)
	if err != nil || len(rows) != 1 || rows[0].Plain+rows[0].HTML != "" {
		t.Errorf("%+v, %v", rows, err)
	}
	if counts, err := store.CountLetters(t.Context(), admin); err != nil || counts["queued"] != 1 {
		t.Errorf("%v, %v", counts, err)
	}
	if err := store.SendAgain(t.Context(), admin, rows[0].ID); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a letter that waits is sent again: %v", err)
	}
	if err := store.SendAgain(t.Context(), admin, 99); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a letter that is not there: %v", err)
	}
	nobody := auth.Actor{}
	_, first := store.Letters(t.Context(), nobody, "queued", 10)
	_, second := store.CountLetters(t.Context(), nobody)
	for _, err := range []error{first, second, store.SendAgain(t.Context(), nobody, rows[0].ID)} {
		if fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a visitor gets %v", err)
		}
	}
}
