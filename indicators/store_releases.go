package indicators

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"regexp"
	"time"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// releaseCode is the form of a release's code, which stands in addresses.
var releaseCode = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// MakeRelease freezes the values that stand now under a name. Nobody writes
// values meanwhile: who has begun is waited for, who comes later comes after it.
func (s *Store) MakeRelease(ctx context.Context, actor auth.Actor, code string, title, note i18n.Text) (Release, error) {
	if err := actor.Need(auth.Coordinate); err != nil {
		return Release{}, err
	}
	var problems fault.Problems
	if !releaseCode.MatchString(code) {
		problems.Add("code", "register.problem.code", code)
	}
	if title.In() == "" {
		problems.Add("title", "register.problem.missing")
	}
	if err := problems.Err(); err != nil {
		return Release{}, err
	}
	r := Release{Code: code, Title: title, Note: note, MadeBy: actor.Name}
	err := audit.Transact(ctx, s.db, actor.Who, func(tx *gorm.DB, log *audit.Log) error {
		if err := NewStore(tx).freeze(ctx, &r); err != nil {
			return err
		}
		log.Add(audit.Change{Action: "create", Noun: "release", Record: code, After: frozen{r.At.UTC(), r.Observations, r.SHA256}})
		return nil
	})
	return r, err
}

// frozen is what the audit log says of a release.
type frozen struct {
	At           time.Time `json:"released_at"`
	Observations int       `json:"observations"`
	SHA256       string    `json:"sha256"`
}

// freeze takes the release's moment and writes it down. A release is written once
// and never changed, so that what it keeps back is read beside the values before
// they are counted and hashed.
func (s *Store) freeze(ctx context.Context, r *Release) error {
	tx := s.db.WithContext(ctx)
	err := lockObservations(tx, "SHARE ROW EXCLUSIVE")
	if err != nil {
		return err
	}
	if r.At, err = latestMoment(tx); err != nil {
		return err
	}
	withheld, err := s.withholds(ctx)
	if err != nil {
		return err
	}
	marks := map[withheldKey]ConfStatus{}
	for _, w := range withheld {
		marks[withheldKey{w.IndicatorID, w.Period, w.Breakdown}] = w.Mark
	}
	sum := sha256.New()
	err = stood(tx, r.At, 0, func(f Frozen) error {
		if mark, kept := marks[withheldKey{f.IndicatorID, string(f.Period), f.Breakdown.String()}]; kept {
			if mark == "" {
				return nil
			}
			f.hide()
		}
		r.Observations++
		_, err := f.WriteTo(sum)
		return err
	})
	if err != nil {
		return err
	}
	r.SHA256 = digest(sum)
	if err := tx.Create(r).Error; err != nil {
		return db.Fault(err, "release "+r.Code)
	}
	for i := range withheld {
		withheld[i].ReleaseID = r.ID
	}
	if len(withheld) == 0 {
		return nil
	}
	return db.Fault(tx.CreateInBatches(withheld, 500).Error, "write what release "+r.Code+" keeps back")
}

// withheldKey finds what is withheld.
type withheldKey struct {
	indicator         int64
	period, breakdown string
}

func digest(sum hash.Hash) string { return hex.EncodeToString(sum.Sum(nil)) }

// latestMoment returns now, or the latest time at which a value came to stand or
// ended: another machine's clock may be ahead of this one's.
func latestMoment(tx *gorm.DB) (time.Time, error) {
	at, err := moment(tx)
	if err != nil {
		return at, err
	}
	var newest Observation
	if err := tx.Select("since").Order("since DESC").Limit(1).Find(&newest).Error; err != nil {
		return at, db.Fault(err, "read the newest value")
	}
	var ended Vintage
	if err := tx.Select("until").Order("until DESC").Limit(1).Find(&ended).Error; err != nil {
		return at, db.Fault(err, "read the newest vintage")
	}
	for _, t := range []time.Time{newest.Since, ended.Until} {
		if t.After(at) {
			at = t.UTC()
		}
	}
	return at, nil
}

// Releases returns the releases, the latest first.
func (s *Store) Releases(ctx context.Context) ([]Release, error) {
	var rows []Release
	err := s.db.WithContext(ctx).Order("at DESC").Find(&rows).Error
	return rows, db.Fault(err, "list releases")
}

// ReleaseByCode returns one release; a fault.NotFound when there is none.
func (s *Store) ReleaseByCode(ctx context.Context, code string) (Release, error) {
	var row Release
	err := s.db.WithContext(ctx).Where("code = ?", code).Take(&row).Error
	return row, db.Fault(err, "release "+code)
}

// Verify reads what a release froze and reports whether it still is what was
// hashed when it was made.
func (s *Store) Verify(ctx context.Context, r Release) (bool, error) {
	sum := sha256.New()
	n := 0
	err := NewStore(s.db).AsOf(ctx, r.At, func(f Frozen) error {
		n++
		_, err := f.WriteTo(sum)
		return err
	})
	return n == r.Observations && digest(sum) == r.SHA256, err
}

// AsOf yields the values that stood at a moment, by indicator, period and
// breakdown, one at a time. The moment is that of a release, and what the release
// keeps back is hidden; WithHidden it may be any, and nothing is hidden. yield
// must not use the database of a transaction.
func (s *Store) AsOf(ctx context.Context, at time.Time, yield func(Frozen) error) error {
	tx := s.db.WithContext(ctx)
	if s.hidden {
		return stood(tx, at, 0, yield)
	}
	var r Release
	if err := tx.Select("id").Where("at = ?", at.UTC()).Take(&r).Error; err != nil {
		return db.Fault(err, "the release of "+at.UTC().Format(time.RFC3339Nano))
	}
	return stood(tx, at, r.ID, func(f Frozen) error {
		f.Made = Made{Since: f.Since} // who made it is no matter of the public
		return yield(f)
	})
}

// stood reads what stood at a moment. Order by bytes, whatever the database
// thinks of letters: the canonical file must not depend on it.
func stood(tx *gorm.DB, at time.Time, release int64, yield func(Frozen) error) error {
	bytewise := ""
	if db.IsPostgres(tx) {
		bytewise = ` COLLATE "C"`
	}
	rows, err := tx.Raw("SELECT i.code AS indicator, v.*, w.mark AS mark FROM ("+
		"SELECT "+kept+" FROM observations WHERE since <= ? UNION ALL SELECT "+kept+" FROM vintages WHERE since <= ? AND until > ?) v "+
		"JOIN indicators i ON i.id = v.indicator_id "+
		"LEFT JOIN withheld w ON w.release_id = ? AND w.indicator_id = v.indicator_id AND w.period = v.period AND w.breakdown = v.breakdown "+
		"WHERE v.state = ? AND (w.mark IS NULL OR w.mark <> '') "+
		"ORDER BY i.code"+bytewise+", v.period"+bytewise+", v.breakdown"+bytewise,
		at.UTC(), at.UTC(), at.UTC(), release, objectives.Released).Rows()
	if err != nil {
		return db.Fault(err, "read what stood")
	}
	defer func() { _ = rows.Close() }() // Err says what went wrong
	for rows.Next() {
		var row struct {
			Frozen
			Mark *string
		}
		if err := tx.ScanRows(rows, &row); err != nil {
			return db.Fault(err, "read what stood")
		}
		if row.Mark != nil {
			row.hide()
		}
		if err := yield(row.Frozen); err != nil {
			return err
		}
	}
	return db.Fault(rows.Err(), "read what stood")
}
