package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/internal/notify"
)

// letterBox is a mail server that counts what it takes by recipient.
type letterBox struct {
	net.Listener
	called chan struct{} // when somebody connects

	mu    sync.Mutex
	taken map[string]int
}

func newLetterBox(t *testing.T) *letterBox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &letterBox{Listener: l, called: make(chan struct{}, 1), taken: map[string]int{}}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			select {
			case b.called <- struct{}{}:
			default:
			}
			go b.talk(conn)
		}
	}()
	return b
}

// talk takes letters until the other side goes, as the protocol says: a letter
// is taken when its last line has come, whether the answer arrives or not.
func (b *letterBox) talk(conn net.Conn) {
	defer conn.Close()
	say := func(line string) { _, _ = io.WriteString(conn, line+"\r\n") }
	say("220 box")
	recipient, inLetter := "", false
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		switch line := lines.Text(); {
		case inLetter && line != ".":
		case inLetter:
			b.mu.Lock()
			b.taken[recipient]++
			b.mu.Unlock()
			inLetter = false
			say("250 taken")
		case strings.HasPrefix(line, "RCPT TO:"):
			recipient = line
			say("250 ok")
		case line == "DATA":
			inLetter = true
			say("354 go on")
		default:
			say("250 ok")
		}
	}
}

func (b *letterBox) counts() map[string]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.taken)
}

const lettersAtOnce = 40

// TestProgramKilledWhileItSendsMailSendsNoLetterTwice: of a letter that was under
// way nobody knows whether it arrived, so that it waits for an administrator.
func TestProgramKilledWhileItSendsMailSendsNoLetterTwice(t *testing.T) {
	t.Parallel()
	dbtest.EachURL(t, func(t *testing.T, url string) {
		if code, _, stderr := gcm(t, map[string]string{"GCM_DATABASE_URL": url}, "migrate", "up"); code != exitDone {
			t.Fatal(stderr)
		}
		box := newLetterBox(t)
		v := newVictim(t, url, "GCM_SMTP_URL=smtp://"+box.Addr().String(), "GCM_MAIL_FROM=gcm@example.org", "GCM_BASE_URL=https://gcm.example")
		usual := v.drained(t, box)
		uncertain := int64(0)
		for n := range kills(t) {
			v.letters(n)
			v.drain(box)
			time.Sleep(rand.N(usual))
			v.kill()
			v.finishMail(box)
			doubtful := v.number("SELECT count(*) FROM mails WHERE state = 'uncertain'")
			if doubtful > uncertain+1 {
				t.Errorf("one kill makes %d letters uncertain", doubtful-uncertain)
			}
			uncertain = doubtful
			v.once(box)
		}
		t.Logf("killed within %s of the first word: %d letters of %d in doubt", usual, uncertain, kills(t)*lettersAtOnce)
	})
}

// letters queues letters, each to somebody else.
func (v *victim) letters(n int) {
	v.t.Helper()
	var mails []notify.Mail
	for i := range lettersAtOnce {
		mails = append(mails, notify.Mail{Key: fmt.Sprint(n, ".", i), Recipient: fmt.Sprintf("p%d.%d@example.org", n, i), Language: "kk", Subject: "Хабар", Plain: "Мәтін"})
	}
	if err := db.Transact(v.t.Context(), v.conn, func(tx *db.DB) error { return notify.Enqueue(tx, mails...) }); err != nil {
		v.t.Fatal(err)
	}
}

// drain starts the program, which sends mail first of all, and returns when it
// calls the mail server.
func (v *victim) drain(box *letterBox) {
	v.t.Helper()
	select {
	case <-box.called:
	default:
	}
	v.begin(io.Discard, "serve", "--addr", "127.0.0.1:0")
	select {
	case <-box.called:
	case <-time.After(upAgain):
		v.t.Fatal("the program sends no mail")
	}
}

// drained returns how long the program takes undisturbed for the letters.
func (v *victim) drained(t *testing.T, box *letterBox) time.Duration {
	t.Helper()
	v.letters(-1)
	v.drain(box)
	begun := time.Now()
	for v.number("SELECT count(*) FROM mails WHERE state <> 'sent'") > 0 {
		if time.Since(begun) > upAgain {
			t.Fatal("the letters are not sent")
		}
		time.Sleep(time.Millisecond)
	}
	took := time.Since(begun)
	v.kill()
	v.finishMail(box)
	v.once(box)
	return took
}

// finishMail sends the rest, ten minutes later, when the lease of a program that
// is gone has lapsed.
func (v *victim) finishMail(box *letterBox) {
	v.t.Helper()
	real := v.conn.NowFunc
	v.conn.NowFunc = func() time.Time { return real().Add(10 * time.Minute) }
	defer func() { v.conn.NowFunc = real }()
	post, err := notify.NewPost("smtp://"+box.Addr().String(), "gcm@example.org", "")
	if err != nil {
		v.t.Fatal(err)
	}
	if _, err := notify.NewSender(v.conn, post).Drain(v.t.Context()); err != nil {
		v.t.Error(err)
	}
}

// once fails unless every letter is sent and arrived once, or is in doubt and
// arrived once at most, and no lease stays.
func (v *victim) once(box *letterBox) {
	v.t.Helper()
	var mails []notify.Mail
	if err := v.conn.Order("id").Find(&mails).Error; err != nil {
		v.t.Fatal(err)
	}
	taken := box.counts()
	for _, m := range mails {
		arrived := taken["RCPT TO:<"+m.Recipient+">"]
		if m.State == "sent" && arrived != 1 || m.State == "uncertain" && arrived > 1 || m.State != "sent" && m.State != "uncertain" {
			v.t.Errorf("the letter %s is %s and arrived %d times", m.Key, m.State, arrived)
		}
	}
	if n := v.number("SELECT count(*) FROM leases WHERE name = 'mail'"); n > 0 {
		v.t.Error("the lease of the mail stays")
	}
}
