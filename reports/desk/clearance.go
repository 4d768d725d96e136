package desk

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
)

// longestRemark is how many characters a remark or a reason has at most.
const longestRemark = 5_000

// Link is a body of the chain that clears a review, as people name it.
type Link struct {
	Agency string `json:"agency"` // its code
	Step   int    `json:"step"`   // from 1; bodies of one step sign side by side
}

// SetChain writes the bodies that clear a review. It is for its editors, while
// the review is drafted.
func (s *Store) SetChain(ctx context.Context, actor auth.Actor, cycle string, chain []Link) error {
	return s.change(ctx, actor, auth.EditReview, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		if r.State != reports.Drafting {
			return fault.New(fault.Conflict, "desk.error.not_drafting", "the review of %s is %s", cycle, r.State)
		}
		agencies, err := db.ReadIDs[objectives.Agency, string](tx.Where("archived_at IS NULL"), "code")
		if err != nil {
			return err
		}
		before, err := chainOf(tx, r.ID)
		if err != nil {
			return err
		}
		var rows []Body
		for _, link := range chain {
			id, err := agencies.Of(link.Agency, "agency")
			if err != nil {
				return err
			}
			if slices.ContainsFunc(rows, func(b Body) bool { return b.AgencyID == id }) {
				return fault.Problems{{Field: "chain", Key: "desk.error.body_twice", Args: []any{link.Agency}}}
			}
			rows = append(rows, Body{r.ID, id, link.Step})
		}
		tidySteps(rows)
		if err := db.Replace(tx, "review_id", []int64{r.ID}, rows); err != nil {
			return err
		}
		after, err := chainOf(tx, r.ID)
		if err != nil || slices.Equal(before, after) {
			return err
		}
		log.Add(audit.Change{Action: "chain", Noun: "review", Record: cycle, Before: before, After: after})
		return nil
	})
}

// tidySteps numbers the steps from 1 without a gap and keeps their order.
func tidySteps(rows []Body) {
	slices.SortStableFunc(rows, func(a, b Body) int { return cmp.Compare(a.Step, b.Step) })
	step, was := 0, 0
	for i := range rows {
		if i == 0 || rows[i].Step != was {
			was = rows[i].Step
			step++
		}
		rows[i].Step = step
	}
}

func chainOf(tx *gorm.DB, review int64) ([]Link, error) {
	var rows []Link
	err := tx.Table("review_bodies AS b").Joins("JOIN agencies a ON a.id = b.agency_id").Where("b.review_id = ?", review).
		Select("a.code AS agency, b.step").Order("b.step, a.code").Find(&rows).Error
	return rows, db.Fault(err, "read the chain of a review")
}

// LayBefore freezes what the review says and lays it before its bodies. Blocking
// findings of the check keep it from that.
func (s *Store) LayBefore(ctx context.Context, actor auth.Actor, cycle string) (hash string, err error) {
	err = s.change(ctx, actor, auth.EditReview, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		if r.State != reports.Drafting {
			return fault.New(fault.Conflict, "desk.error.not_drafting", "the review of %s is %s", cycle, r.State)
		}
		chain, err := chainOf(tx, r.ID)
		if err != nil {
			return err
		}
		if len(chain) == 0 {
			return fault.New(fault.Conflict, "desk.error.no_chain", "nobody clears the review of %s", cycle)
		}
		inTx := NewStore(tx, within(tx))
		found, err := inTx.check(ctx, cycle, func(rule Rule) bool { return rule.Severity == Blocking })
		if err != nil {
			return err
		}
		if len(found) > 0 {
			return &Hindered{found}
		}
		snapshot, err := reports.Freeze(ctx, inTx.stores, cycle)
		if err != nil {
			return err
		}
		var published int64
		if err := tx.Model(&Edition{}).Where("review_id = ?", r.ID).Count(&published).Error; err != nil {
			return db.Fault(err, "count editions")
		}
		snapshot.Edition = int(published) + 1
		row, err := keepSnapshot(tx, r, snapshot, actor.Name)
		if err != nil {
			return err
		}
		hash = row.Hash
		r.State, r.SnapshotID = reports.Clearance, &row.ID
		if err := tx.Model(r).Select("State", "SnapshotID").Updates(r).Error; err != nil {
			return db.Fault(err, "lay the review before its bodies")
		}
		log.Add(audit.Change{Action: "lay_before", Noun: "review", Record: cycle, Before: stateRecord{reports.Drafting}, After: laidRecord{reports.Clearance, row.Hash, chain}})
		return tellSignatories(tx, actor, r, row.Hash)
	})
	return hash, err
}

// Hindered is a fault.Conflict: the check found what keeps a review from its
// bodies.
type Hindered struct{ Findings []Finding }

func (h *Hindered) Error() string {
	return fmt.Sprintf("%d findings of the check keep the review from its bodies, the first: %s in %q %s", len(h.Findings), h.Findings[0].Rule, h.Findings[0].Section, h.Findings[0].Detail)
}

// Unwrap gives it its kind and its words.
func (h *Hindered) Unwrap() error {
	return fault.New(fault.Conflict, "desk.error.hindered", "the check found %d things", len(h.Findings))
}

// laidRecord is what the audit log keeps of a review that lies before its bodies.
type laidRecord struct {
	State    reports.ReviewState `json:"state"`
	Snapshot string              `json:"snapshot"`
	Chain    []Link              `json:"chain,omitempty"`
}

// within returns the stores that read in a transaction.
func within(tx *db.DB) reports.Stores {
	return reports.Stores{Objectives: objectives.NewStore(tx), Indicators: indicators.NewStore(tx), Reviews: reports.NewStore(tx)}
}

// keepSnapshot keeps a snapshot; the same one of the same review is kept once.
func keepSnapshot(tx *db.DB, r *reports.Review, snapshot reports.Snapshot, by string) (Snapshot, error) {
	body, hash, err := snapshot.Seal()
	if err != nil {
		return Snapshot{}, err
	}
	var known []Snapshot
	if err := tx.Omit("Body").Where("review_id = ? AND hash = ?", r.ID, hash).Find(&known).Error; err != nil || len(known) > 0 {
		return slices.Concat(known, []Snapshot{{}})[0], db.Fault(err, "look for a snapshot")
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(body); err != nil {
		return Snapshot{}, err
	}
	if err := z.Close(); err != nil {
		return Snapshot{}, err
	}
	row := Snapshot{ReviewID: r.ID, Hash: hash, Body: packed.Bytes(), MadeAt: tx.NowFunc(), MadeBy: by}
	return row, db.Fault(tx.Create(&row).Error, "keep a snapshot of the review")
}

// Open returns what a kept snapshot says, after it was held against its hash.
func (row Snapshot) Open() (reports.Snapshot, error) {
	z, err := gzip.NewReader(bytes.NewReader(row.Body))
	if err != nil {
		return reports.Snapshot{}, err
	}
	body, err := io.ReadAll(z)
	if err != nil {
		return reports.Snapshot{}, err
	}
	if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != row.Hash {
		return reports.Snapshot{}, fault.New(fault.Internal, "", "snapshot %s of a review was changed", row.Hash)
	}
	return reports.OpenSnapshot(body)
}

// Sign puts a body's decision on the sheet of what lies before it: hash is that
// of what the person has read. A refusal needs a remark. A body may decide anew
// as long as not all have signed; when the last one signs, the review is signed
// off.
func (s *Store) Sign(ctx context.Context, actor auth.Actor, cycle, hash string, d Decision, remark string) error {
	remark, problem := progress.NormalString(remark, longestRemark)
	switch {
	case d != Signed && d != Refused:
		return fault.New(fault.Invalid, "error.invalid", "there is no decision %q", d)
	case problem != "":
		return fault.Problems{{Field: "remark", Key: problem, Args: []any{longestRemark}}}
	case d == Refused && remark == "":
		return fault.Problems{{Field: "remark", Key: "desk.error.remark"}}
	}
	return s.change(ctx, actor, auth.Sign, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		sheet, err := sheetOf(tx, r)
		if err != nil {
			return err
		}
		switch i := slices.IndexFunc(sheet.Bodies, func(b SheetLine) bool { return b.AgencyID == actor.AgencyID }); {
		case actor.AgencyID == 0 || i < 0:
			return fault.New(fault.Forbidden, "desk.error.no_body", "the agency of user %d does not clear the review of %s", actor.UserID, cycle)
		case r.State != reports.Clearance:
			return fault.New(fault.Conflict, "desk.error.not_laid", "the review of %s is %s", cycle, r.State)
		case hash != sheet.Hash:
			return fault.New(fault.Conflict, "desk.error.other_snapshot", "snapshot %s lies before the bodies, not %s", sheet.Hash, hash)
		case sheet.Bodies[i].Step > sheet.Step():
			return fault.New(fault.Conflict, "desk.error.not_yet", "earlier steps have not signed the review of %s", cycle)
		}
		now := tx.NowFunc()
		anew := tx.Model(&Signature{}).Where("snapshot_id = ? AND agency_id = ? AND voided_at IS NULL", sheet.SnapshotID, actor.AgencyID).
			Select("VoidedAt", "VoidedBy", "VoidReason").Updates(Signature{VoidedAt: &now, VoidedBy: actor.Name})
		if anew.Error != nil {
			return db.Fault(anew.Error, "void an earlier decision")
		}
		row := Signature{SnapshotID: sheet.SnapshotID, AgencyID: actor.AgencyID, UserID: actor.UserID, Person: actor.Name, Decision: d, Remark: remark, At: now}
		if err := tx.Create(&row).Error; err != nil {
			return db.Fault(err, "sign the review")
		}
		log.Add(audit.Change{Action: string(d), Noun: "review", Record: cycle, Reason: remark, After: signRecord{sheet.Hash, actor.Agency}})
		if sheet, err = sheetOf(tx, r); err != nil {
			return err
		}
		if sheet.Step() == 0 {
			r.State = reports.SignedOff
			if err := tx.Model(r).Select("State").Updates(r).Error; err != nil {
				return db.Fault(err, "sign the review off")
			}
			log.Add(audit.Change{Action: "sign_off", Noun: "review", Record: cycle, Before: stateRecord{reports.Clearance}, After: laidRecord{State: reports.SignedOff, Snapshot: sheet.Hash}})
		}
		return tellOfSignature(tx, actor, r, sheet, row)
	})
}

// signRecord is what the audit log keeps of a decision.
type signRecord struct {
	Snapshot string `json:"snapshot"`
	Agency   string `json:"agency"`
}

// Recall takes a review back from its bodies before it is published; what they
// signed becomes void.
func (s *Store) Recall(ctx context.Context, actor auth.Actor, cycle, reason string) error {
	reason, problem := progress.NormalString(reason, longestRemark)
	if problem == "" && reason == "" {
		problem = "desk.error.reason"
	}
	if problem != "" {
		return fault.Problems{{Field: "reason", Key: problem, Args: []any{longestRemark}}}
	}
	return s.change(ctx, actor, auth.EditReview, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		if r.State != reports.Clearance && r.State != reports.SignedOff {
			return fault.New(fault.Conflict, "desk.error.not_laid", "the review of %s is %s", cycle, r.State)
		}
		return recall(tx, log, r, reason)
	})
}

// Sheet is the sign-off sheet of a review: what lies before the bodies, and what
// each of them said.
type Sheet struct {
	State      reports.ReviewState
	SnapshotID int64  // 0 while nothing was laid before the bodies
	Hash       string // of the snapshot
	MadeAt     time.Time
	MadeBy     string
	Bodies     []SheetLine
	Void       []Signature // decisions that count no more, of this and earlier snapshots, the newest first
}

// SheetLine is a body's line of the sheet.
type SheetLine struct {
	AgencyID  int64
	Agency    objectives.Agency
	Step      int
	Signature *Signature // nil until it has decided
}

// Step returns the step whose bodies are to sign, 0 when all have signed.
func (s *Sheet) Step() int {
	for _, b := range s.Bodies { // in the order of steps
		if b.Signature == nil || b.Signature.Decision != Signed {
			return b.Step
		}
	}
	return 0
}

// Sheet returns the sign-off sheet of the review of a cycle.
func (s *Store) Sheet(ctx context.Context, actor auth.Actor, cycle string) (Sheet, error) {
	if err := actor.Need(auth.SeeReview); err != nil {
		return Sheet{}, err
	}
	r, err := s.stores.Reviews.ReviewByCycle(ctx, cycle)
	if err != nil {
		return Sheet{}, err
	}
	return sheetOf(s.db.WithContext(ctx), &r)
}

func sheetOf(tx *gorm.DB, r *reports.Review) (Sheet, error) {
	out := Sheet{State: r.State}
	var bodies []Body
	if err := tx.Where("review_id = ?", r.ID).Order("step, agency_id").Find(&bodies).Error; err != nil {
		return out, db.Fault(err, "read the bodies of a review")
	}
	var agencies []objectives.Agency
	if err := tx.Where("id IN (SELECT agency_id FROM review_bodies WHERE review_id = ?)", r.ID).Find(&agencies).Error; err != nil {
		return out, db.Fault(err, "read the bodies of a review")
	}
	for _, b := range bodies {
		line := SheetLine{AgencyID: b.AgencyID, Step: b.Step}
		if i := slices.IndexFunc(agencies, func(a objectives.Agency) bool { return a.ID == b.AgencyID }); i >= 0 {
			line.Agency = agencies[i]
		}
		out.Bodies = append(out.Bodies, line)
	}
	var made []Snapshot
	if err := tx.Omit("Body").Where("review_id = ?", r.ID).Order("id DESC").Find(&made).Error; err != nil {
		return out, db.Fault(err, "read the snapshots of a review")
	}
	var signatures []Signature
	err := tx.Where("snapshot_id IN (SELECT id FROM review_snapshots WHERE review_id = ?)", r.ID).Order("id DESC").Find(&signatures).Error
	for _, sig := range signatures {
		current := r.State != reports.Drafting && r.SnapshotID != nil && sig.SnapshotID == *r.SnapshotID && sig.VoidedAt == nil
		if !current {
			if sig.VoidedAt != nil {
				out.Void = append(out.Void, sig)
			}
			continue
		}
		if i := slices.IndexFunc(out.Bodies, func(b SheetLine) bool { return b.AgencyID == sig.AgencyID }); i >= 0 {
			kept := sig
			out.Bodies[i].Signature = &kept
		}
	}
	for _, m := range made {
		if r.SnapshotID != nil && m.ID == *r.SnapshotID && r.State != reports.Drafting {
			out.SnapshotID, out.Hash, out.MadeAt, out.MadeBy = m.ID, m.Hash, m.MadeAt, m.MadeBy
		}
	}
	return out, db.Fault(err, "read the signatures of a review")
}
