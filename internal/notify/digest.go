package notify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// headings are those of a digest, the most urgent first, with the kinds of
// notice that stand under them. The last has all other kinds.
var headings = []struct {
	name  string // notice.heading.NAME of the catalogue
	kinds []string
}{
	{"overdue", []string{"overdue", "escalated"}},
	{"due", []string{"due"}},
	{"returned", []string{"returned", "reopened"}},
	{"decide", []string{"submitted", "approved"}},
	{"other", []string{"request", "request_withdrawn", "accepted", "released", "comment", "mention", "invited", "handover", "round_opened", "round_closed"}},
}

const (
	digestKey  = "digest:"
	digestHour = 8                   // of the day
	stale      = 14 * 24 * time.Hour // what was not mailed by then is not news any longer
	mostItems  = 100                 // of a digest; the rest is inside
)

// Digest queues one letter for each person who was told something since the last
// one and has not read it: at 8 in the morning in the zone of now, each day or
// each Monday, as the person chose. It may be called at any time and by several
// programs; after a pause it catches up. baseURL is where the letters lead.
func (s *Store) Digest(ctx context.Context, now time.Time, baseURL string) error {
	if err := s.digests(ctx, "daily", morning(now), baseURL); err != nil {
		return err
	}
	return s.digests(ctx, "weekly", monday(now), baseURL)
}

func (s *Store) digests(ctx context.Context, choice string, until time.Time, baseURL string) error {
	people, err := s.untold(ctx, choice, until)
	if err != nil {
		return err
	}
	for _, person := range people {
		if err := s.digest(ctx, person, until, baseURL); err != nil {
			return err
		}
	}
	return nil
}

// morning is the last time that it was 8 o'clock.
func morning(now time.Time) time.Time {
	day := now.Add(-digestHour * time.Hour)
	return time.Date(day.Year(), day.Month(), day.Day(), digestHour, 0, 0, 0, now.Location())
}

// monday is the last Monday morning.
func monday(now time.Time) time.Time {
	m := morning(now)
	return m.AddDate(0, 0, -(int(m.Weekday())+6)%7)
}

// untold returns those of a choice for whom there is news from before a moment.
func (s *Store) untold(ctx context.Context, choice string, until time.Time) ([]auth.User, error) {
	var people []auth.User
	q := s.db.WithContext(ctx)
	err := q.Where("digest = ? AND NOT demonstration AND disabled_at IS NULL AND (expires_at IS NULL OR expires_at > ?)", choice, s.db.NowFunc()).
		Where("id IN (?)", news(q.Model(&Notice{}), until).Select("user_id")).Order("id").Find(&people).Error
	return people, db.Fault(err, "find people to write to")
}

// news are the notices that belong into the digest of a moment.
func news(q *db.DB, until time.Time) *db.DB {
	return q.Where("mailed_at IS NULL AND read_at IS NULL AND created_at <= ? AND created_at > ?", until.UTC(), until.Add(-stale).UTC())
}

// digest queues the letter of one person and marks what it tells as mailed, both
// or neither.
func (s *Store) digest(ctx context.Context, person auth.User, until time.Time, baseURL string) error {
	p, err := i18n.New(person.Language)
	if err != nil {
		return err
	}
	return db.Transact(ctx, s.db, func(tx *db.DB) error {
		var notices []Notice
		if err := news(tx, until).Where("user_id = ?", person.ID).Order("id").Find(&notices).Error; err != nil || len(notices) == 0 {
			return db.Fault(err, "read what there is to tell")
		}
		mail, err := Compose(p, "digest.subject", digestLetter(p, notices, baseURL))
		if err != nil {
			return err
		}
		mail.Key, mail.Recipient = fmt.Sprintf("%s%d:%s", digestKey, person.ID, until.Format(time.DateOnly)), person.Email
		if added, err := enqueue(tx, mail); err != nil || added == 0 { // another program wrote it
			return err
		}
		ids := make([]int64, len(notices))
		for i, n := range notices {
			ids[i] = n.ID
		}
		for part := range slices.Chunk(ids, 500) {
			if err := tx.Model(&Notice{}).Where("id IN ?", part).Update("mailed_at", tx.NowFunc()).Error; err != nil {
				return db.Fault(err, "mark what was told")
			}
		}
		return nil
	})
}

// digestLetter puts notices under their headings.
func digestLetter(p *i18n.Printer, notices []Notice, baseURL string) Letter {
	l := Letter{
		Args:       []any{len(notices)},
		Paragraphs: []string{p.T("digest.intro", len(notices))},
		Action:     Link{p.T("digest.open"), baseURL + "/work/notices"},
		Why:        p.T("digest.why"),
		Settings:   Link{p.T("digest.settings"), baseURL + "/account"},
	}
	if more := len(notices) - mostItems; more > 0 {
		l.Paragraphs = append(l.Paragraphs, p.T("digest.more", more))
		notices = notices[more:]
	}
	for i, heading := range headings {
		g := Group{Title: p.T("notice.heading." + heading.name)}
		for _, n := range notices {
			if headingOf(n) == i {
				g.Items = append(g.Items, Item{n.Words(p), n.Detail(p), baseURL + n.Path})
			}
		}
		if len(g.Items) > 0 {
			l.Groups = append(l.Groups, g)
		}
	}
	return l
}

func headingOf(n Notice) int {
	for i, heading := range headings {
		if slices.Contains(heading.kinds, n.Kind) {
			return i
		}
	}
	return len(headings) - 1
}

// Words says what the notice tells.
func (n Notice) Words(p *i18n.Printer) string { return p.T("notice."+n.Kind, p.In(n.Subject)) }

// Detail says whose entry it is about, who did it, and when it is due.
func (n Notice) Detail(p *i18n.Printer) string {
	due := ""
	if n.Due != "" {
		due = p.T("notice.due_on", p.Period(period.Period(n.Due)))
	}
	parts := slices.DeleteFunc([]string{p.In(n.Agency), n.Actor, due}, func(s string) bool { return s == "" })
	return strings.Join(parts, " · ")
}
