package notify

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/internal/i18n"
)

// almaty is five hours before UTC.
var almaty = time.FixedZone("Asia/Almaty", 5*3600)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", text, almaty)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

// user adds a person.
func user(t *testing.T, g *gorm.DB, name, language, digest string) auth.User {
	t.Helper()
	u := auth.User{Email: name + "@example.org", Name: name, Language: language, Digest: digest, Version: 1}
	if err := g.Create(&u).Error; err != nil {
		t.Fatal(err)
	}
	return u
}

func tell(t *testing.T, g *gorm.DB, notices ...Notice) {
	t.Helper()
	if err := db.Transact(t.Context(), g, func(tx *db.DB) error { return Tell(tx, notices...) }); err != nil {
		t.Fatal(err)
	}
}

func digest(t *testing.T, g *gorm.DB, now time.Time) {
	t.Helper()
	if err := NewStore(g).Digest(t.Context(), now, "https://gcm.example"); err != nil {
		t.Fatal(err)
	}
}

// written lists who was written to, with the day of the letter.
func written(t *testing.T, g *gorm.DB) string {
	t.Helper()
	var list []string
	for _, m := range letters(t, g) {
		_, day, _ := strings.Cut(strings.TrimPrefix(m.Key, digestKey), ":")
		list = append(list, strings.TrimSuffix(m.Recipient, "@example.org")+" "+day)
	}
	return strings.Join(list, ", ")
}

func TestDigestComesInTheMorningOnTheDaysThatOneChose(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		c := &clock{at(t, "2027-01-07 15:00")} // a Thursday
		g = c.on(g)
		for _, name := range []string{"daily", "weekly", "never"} {
			u := user(t, g, name, "kk", name)
			tell(t, g, Notice{Key: "a" + name, UserID: u.ID, Kind: "returned"})
		}
		for _, step := range []struct{ now, written string }{
			{"2027-01-07 15:01", ""},
			{"2027-01-08 07:59", ""},
			{"2027-01-08 08:00", "daily 2027-01-08"},
			{"2027-01-08 23:59", "daily 2027-01-08"},
			{"2027-01-09 08:00", "daily 2027-01-08"},                    // nothing new
			{"2027-01-11 07:59", "daily 2027-01-08"},                    // Monday
			{"2027-01-12 10:00", "daily 2027-01-08, weekly 2027-01-11"}, // the program was off on Monday
			{"2027-01-20 10:00", "daily 2027-01-08, weekly 2027-01-11"},
		} {
			c.at = at(t, step.now)
			digest(t, g, c.at)
			if got := written(t, g); got != step.written {
				t.Errorf("at %s: %q, want %q", step.now, got, step.written)
			}
		}
	})
}

func TestPersonGetsOneDigestADayHoweverManyProgramsWriteIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		c := &clock{at(t, "2027-01-07 15:00")}
		g = c.on(g)
		for i := range 10 {
			u := user(t, g, fmt.Sprint("p", i), "ru", "daily")
			tell(t, g, Notice{Key: fmt.Sprint("a", i), UserID: u.ID, Kind: "due"}, Notice{Key: fmt.Sprint("b", i), UserID: u.ID, Kind: "comment"})
		}
		c.at = at(t, "2027-01-08 09:00")
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				if err := NewStore(g).Digest(t.Context(), c.at, ""); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if rows := letters(t, g); len(rows) != 10 {
			t.Errorf("%d letters for 10 people", len(rows))
		}
		var left int64
		g.Model(&Notice{}).Where("mailed_at IS NULL").Count(&left)
		if left != 0 {
			t.Errorf("%d notices are not marked", left)
		}
	})
}

func TestDigestGroupsWhatThereIsInTheReadersLanguage(t *testing.T) {
	c := &clock{at(t, "2027-01-07 15:00")}
	g := c.on(dbtest.SQLite(t))
	title := i18n.Text{"kk": "Электрондық виза", "ru": "Электронная виза", "en": "E-visa"}
	for _, lang := range i18n.Languages {
		u := user(t, g, lang, lang, "daily")
		for _, kind := range []string{"comment", "due", "overdue", "returned", "submitted"} {
			tell(t, g, Notice{Key: lang + kind, UserID: u.ID, Kind: kind, Subject: title, Agency: i18n.Text{"kk": "ІІМ"}, Actor: "A. B.", Due: "2027-01-15", Path: "/work/entries/x"})
		}
	}
	c.at = at(t, "2027-01-08 08:00")
	digest(t, g, c.at)
	for _, m := range letters(t, g) {
		p := printer(t, m.Language)
		if m.Recipient != m.Language+"@example.org" || m.Subject != p.T("digest.subject", 5) {
			t.Errorf("%s got %q", m.Recipient, m.Subject)
		}
		after := 0
		for _, h := range headings {
			place := strings.Index(m.Plain, strings.ToUpper(p.T("notice.heading."+h.name)))
			if place < after {
				t.Errorf("%s: %s is not in its place", m.Language, h.name)
			}
			after = place
		}
		for _, words := range []string{p.T("notice.due", p.In(title)), "ІІМ · A. B. · " + p.T("notice.due_on", p.Period("2027-01-15")), "https://gcm.example/work/entries/x", "https://gcm.example/account"} {
			if !strings.Contains(m.Plain, words) {
				t.Errorf("%s: the letter does not say %q:\n%s", m.Language, words, m.Plain)
			}
		}
	}
}

func TestNobodyIsWrittenToWhoCannotOrNeedNotRead(t *testing.T) {
	c := &clock{at(t, "2027-01-07 15:00")}
	g := c.on(dbtest.SQLite(t))
	past := c.at.UTC()
	for name, change := range map[string]map[string]any{
		"disabled": {"disabled_at": past}, "expired": {"expires_at": past}, "demonstration": {"demonstration": true}, "optedout": {"digest": "never"},
	} {
		u := user(t, g, name, "en", "daily")
		if err := g.Model(&u).Updates(change).Error; err != nil {
			t.Fatal(err)
		}
		tell(t, g, Notice{Key: name, UserID: u.ID, Kind: "due"})
	}
	reader := user(t, g, "reader", "en", "daily")
	tell(t, g, Notice{Key: "read", UserID: reader.ID, Kind: "due"})
	actor := auth.Actor{}
	actor.UserID = reader.ID
	if err := NewStore(g).ReadAll(t.Context(), actor, 99); err != nil {
		t.Fatal(err)
	}
	late := user(t, g, "late", "en", "daily")
	tell(t, g, Notice{Key: "stale", UserID: late.ID, Kind: "due"})
	if err := g.Model(&Notice{}).Where("key = 'stale'").Update("created_at", past.Add(-stale)).Error; err != nil {
		t.Fatal(err)
	}
	c.at = at(t, "2027-01-08 08:00")
	digest(t, g, c.at)
	if got := written(t, g); got != "" {
		t.Errorf("wrote to %s", got)
	}
}

func TestLongDigestEndsWithWhatIsLeftOut(t *testing.T) {
	p := printer(t, "en")
	l := digestLetter(p, make([]Notice, mostItems+7), "")
	items := 0
	for _, g := range l.Groups {
		items += len(g.Items)
	}
	if items != mostItems || l.Paragraphs[1] != "7 more notices are in the program." {
		t.Errorf("%d items, %q", items, l.Paragraphs)
	}
}

func TestEveryKindOfNoticeHasItsWords(t *testing.T) {
	for _, lang := range i18n.Languages {
		p := printer(t, lang)
		for _, h := range headings {
			for _, kind := range h.kinds {
				if !p.Has("notice." + kind) {
					t.Errorf("%s has no words for %s", lang, kind)
				}
			}
		}
	}
}
