package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/progress"
	"gcm/reports"
)

// A Press draws the files of an edition from what was signed and from nothing
// else: the same edition gives the same bytes. It need not fill in sizes and
// hashes.
type Press func(ctx context.Context, e Edition, hash string, s reports.Snapshot) ([]EditionFile, error)

// addressOf is where an edition of the review of a cycle is confirmed, on the site
// at base, in the language of who asks; empty when the site is not known.
func addressOf(base, cycle string, number int) string {
	if base == "" {
		return ""
	}
	return base + "/reviews/" + cycle + "/editions/" + strconv.Itoa(number)
}

// Publish makes an edition of the review that was signed off. Base is the site on
// which it will be confirmed, "https://…" without a slash at the end; program is
// the version that draws it. The files are drawn before anything is written.
func (s *Store) Publish(ctx context.Context, actor auth.Actor, cycle, base, program string, press Press) (Edition, error) {
	var e Edition
	if err := actor.Need(auth.EditReview); err != nil {
		return e, err
	}
	r, err := s.stores.Reviews.ReviewByCycle(ctx, cycle)
	if err != nil {
		return e, err
	}
	if r.State != reports.SignedOff || r.SnapshotID == nil {
		return e, fault.New(fault.Conflict, "desk.error.not_signed", "the review of %s is %s", cycle, r.State)
	}
	row, snapshot, err := s.snapshot(ctx, *r.SnapshotID)
	if err != nil {
		return e, err
	}
	e = Edition{
		ReviewID: r.ID, Number: snapshot.Edition, SnapshotID: row.ID, Title: r.Title, Erratum: snapshot.Erratum,
		PublishedAt: s.db.NowFunc(), PublishedBy: actor.Name, Program: program, Address: addressOf(base, cycle, snapshot.Edition),
	}
	e.PublishedOn = period.Period(e.PublishedAt.In(cmp.Or(actor.Zone, time.UTC)).Format(time.DateOnly))
	if e.Files, err = press(ctx, e, row.Hash, snapshot); err != nil {
		return e, err
	}
	for i := range e.Files {
		f := &e.Files[i]
		sum := sha256.Sum256(f.Body)
		f.Size, f.SHA256 = int64(len(f.Body)), hex.EncodeToString(sum[:])
	}
	err = s.change(ctx, actor, auth.EditReview, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		if r.State != reports.SignedOff || r.SnapshotID == nil || *r.SnapshotID != row.ID {
			return fault.New(fault.Conflict, "desk.error.not_signed", "the review of %s is %s", cycle, r.State)
		}
		if err := tx.Create(&e).Error; err != nil {
			return db.Fault(err, "publish the review of "+cycle)
		}
		for i := range e.Files {
			e.Files[i].EditionID = e.ID
			if err := tx.Create(&e.Files[i]).Error; err != nil {
				return db.Fault(err, "keep "+e.Files[i].Name)
			}
		}
		r.State, r.Erratum = reports.Published, nil
		if err := tx.Model(r).Select("State", "Erratum").Updates(r).Error; err != nil {
			return db.Fault(err, "publish the review of "+cycle)
		}
		log.Add(audit.Change{Action: "publish", Noun: "review", Record: cycle, Before: stateRecord{reports.SignedOff}, After: editionRecord(e, row.Hash)})
		return nil
	})
	return e, err
}

// publishRecord is what the audit log keeps of an edition.
type publishRecord struct {
	State    reports.ReviewState `json:"state"`
	Edition  int                 `json:"edition"`
	Snapshot string              `json:"snapshot"`
	Files    map[string]string   `json:"files"` // name to SHA-256
}

func editionRecord(e Edition, hash string) publishRecord {
	record := publishRecord{reports.Published, e.Number, hash, map[string]string{}}
	for _, f := range e.Files {
		record.Files[f.Name] = f.SHA256
	}
	return record
}

// Correct begins the next edition of a published review: its texts are drafts
// that can be changed again, and the edition that stands stays as it is. The
// erratum says in every language of the State what is put right.
func (s *Store) Correct(ctx context.Context, actor auth.Actor, cycle string, erratum i18n.Text) error {
	return s.change(ctx, actor, auth.EditReview, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		if r.State != reports.Published {
			return fault.New(fault.Conflict, "desk.error.not_published", "the review of %s is %s", cycle, r.State)
		}
		country, err := within(tx).Objectives.Country(ctx)
		if err != nil {
			return err
		}
		kept, problems := i18n.Text{}, fault.Problems{}
		for _, lang := range i18n.Spoken(country.Languages) {
			said, problem := progress.NormalString(erratum[lang], longestRemark)
			if problem == "" && said == "" {
				problem = "desk.error.erratum"
			}
			if problem != "" {
				problems.Add("erratum."+lang, problem, longestRemark)
			}
			kept[lang] = said
		}
		if err := problems.Err(); err != nil {
			return err
		}
		r.State, r.Erratum = reports.Drafting, kept
		if err := tx.Model(r).Select("State", "Erratum").Updates(r).Error; err != nil {
			return db.Fault(err, "correct the review of "+cycle)
		}
		log.Add(audit.Change{Action: "correct", Noun: "review", Record: cycle, Before: stateRecord{reports.Published}, After: correctRecord{reports.Drafting, kept}})
		return nil
	})
}

// correctRecord is what the audit log keeps of a correction that begins.
type correctRecord struct {
	State   reports.ReviewState `json:"state"`
	Erratum i18n.Text           `json:"erratum"`
}

// Editions lists what was published of a review, the newest first, with their
// files but not the bytes of these.
func (s *Store) Editions(ctx context.Context, cycle string) ([]Edition, error) {
	r, err := s.stores.Reviews.ReviewByCycle(ctx, cycle)
	if err != nil {
		return nil, err
	}
	var rows []Edition
	tx := s.db.WithContext(ctx)
	if err := tx.Where("review_id = ?", r.ID).Order("number DESC").Find(&rows).Error; err != nil {
		return nil, db.Fault(err, "editions of "+cycle)
	}
	for i := range rows {
		if err := tx.Omit("Body").Where("edition_id = ?", rows[i].ID).Order("name").Find(&rows[i].Files).Error; err != nil {
			return nil, db.Fault(err, "files of an edition")
		}
	}
	return rows, nil
}

// Edition returns one edition with its files but not the bytes of these, and the
// hash of what was signed. Number 0 is the newest.
func (s *Store) Edition(ctx context.Context, cycle string, number int) (e Edition, hash string, err error) {
	list, err := s.Editions(ctx, cycle)
	if err != nil {
		return e, "", err
	}
	i := slices.IndexFunc(list, func(x Edition) bool { return number == 0 || x.Number == number })
	if i < 0 {
		return e, "", fault.New(fault.NotFound, "error.not_found", "the review of %s has no edition %d", cycle, number)
	}
	var row Snapshot
	err = s.db.WithContext(ctx).Select("hash").Take(&row, list[i].SnapshotID).Error
	return list[i], row.Hash, db.Fault(err, "snapshot of an edition")
}

// EditionFile returns a published file with its bytes.
func (s *Store) EditionFile(ctx context.Context, edition int64, name string) (EditionFile, error) {
	var f EditionFile
	err := s.db.WithContext(ctx).Where("edition_id = ? AND name = ?", edition, name).Take(&f).Error
	return f, db.Fault(err, "file "+name+" of an edition")
}

// Redraw draws the files of an edition again from what was signed.
func (s *Store) Redraw(ctx context.Context, e Edition, press Press) ([]EditionFile, error) {
	row, snapshot, err := s.snapshot(ctx, e.SnapshotID)
	if err != nil {
		return nil, err
	}
	return press(ctx, e, row.Hash, snapshot)
}

// Named is the title of the review as an edition bears it. Of one from before titles
// were kept it is read from what was signed.
func (s *Store) Named(ctx context.Context, e Edition) (i18n.Text, error) {
	if len(e.Title) > 0 {
		return e.Title, nil
	}
	_, said, err := s.snapshot(ctx, e.SnapshotID)
	title := i18n.Text{}
	for _, d := range said.Documents {
		if d.Profile == reports.Full {
			title[d.Document.Lang] = d.Document.Title
		}
	}
	return title, err
}

// Cutoff is the day as of which an edition tells, whatever day its round has now.
func (s *Store) Cutoff(ctx context.Context, e Edition) (period.Period, error) {
	_, said, err := s.snapshot(ctx, e.SnapshotID)
	if err != nil || len(said.Documents) == 0 {
		return "", err
	}
	return period.Period(said.Documents[0].Document.Date.Format(time.DateOnly)), nil
}

// Day is the day on which the edition was published, as its files say it.
func (e Edition) Day() period.Period {
	return cmp.Or(e.PublishedOn, period.Period(e.PublishedAt.UTC().Format(time.DateOnly)))
}

// Marks are what the edition puts on a document in a language; hash is that of
// what was signed.
func (e Edition) Marks(hash, lang string) reports.Edition {
	return reports.Edition{
		Number: e.Number, Date: e.PublishedAt.UTC().Truncate(time.Second), Day: e.Day(),
		Snapshot: hash, URL: e.Address, Erratum: e.Erratum[lang],
	}
}

// Copy returns a document of an edition as it was signed, for forms beside the
// published files; a fault.NotFound when there is none in the language and profile.
func (s *Store) Copy(ctx context.Context, e Edition, lang string, profile reports.Profile) (reports.Document, error) {
	row, snapshot, err := s.snapshot(ctx, e.SnapshotID)
	if err != nil {
		return reports.Document{}, err
	}
	doc, found := snapshot.Document(lang, profile)
	if !found {
		return doc, fault.New(fault.NotFound, "error.not_found", "edition %d has no %s in %q", e.Number, profile, lang)
	}
	p, err := i18n.New(lang)
	if err != nil {
		return doc, err
	}
	doc.PublishCopy(p, e.Marks(row.Hash, lang))
	return doc, nil
}

// Found is the edition that a file belongs to.
type Found struct {
	Cycle   string
	Edition int
	Latest  int         // the newest edition of that review
	File    EditionFile `gorm:"-"`
}

// FindFile looks for a published file by the SHA-256 of its bytes, in
// hexadecimal; a fault.NotFound when none has it.
func (s *Store) FindFile(ctx context.Context, sum string) (Found, error) {
	var f Found
	tx := s.db.WithContext(ctx)
	if err := tx.Omit("Body").Where("sha256 = ?", sum).Take(&f.File).Error; err != nil {
		return f, db.Fault(err, "file with the hash "+sum)
	}
	err := tx.Table("editions AS e").Joins("JOIN reviews r ON r.id = e.review_id JOIN cycles c ON c.id = r.cycle_id").
		Select("c.code AS cycle, e.number AS edition, (SELECT MAX(x.number) FROM editions x WHERE x.review_id = e.review_id) AS latest").
		Where("e.id = ?", f.File.EditionID).Take(&f).Error
	return f, db.Fault(err, "edition of a file")
}

func (s *Store) snapshot(ctx context.Context, id int64) (Snapshot, reports.Snapshot, error) {
	var row Snapshot
	if err := s.db.WithContext(ctx).Take(&row, id).Error; err != nil {
		return row, reports.Snapshot{}, db.Fault(err, "snapshot of a review")
	}
	said, err := row.Open()
	return row, said, err
}
