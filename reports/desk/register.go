package desk

import (
	"context"
	"slices"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/objectives"
	"gcm/reports"
)

// Newest returns the number of the newest edition of each published review, by
// the review's id.
func (s *Store) Newest(ctx context.Context) (map[int64]int, error) {
	var rows []struct {
		ReviewID int64
		Number   int
	}
	err := s.db.WithContext(ctx).Model(&Edition{}).Select("review_id, MAX(number) AS number").Group("review_id").Find(&rows).Error
	newest := make(map[int64]int, len(rows))
	for _, row := range rows {
		newest[row.ReviewID] = row.Number
	}
	return newest, db.Fault(err, "newest editions")
}

// Published is when the newest edition of a review was published; the zero time
// when nothing was.
func (s *Store) Published(ctx context.Context, review int64) (time.Time, error) {
	var rows []Edition
	err := s.db.WithContext(ctx).Where("review_id = ?", review).Order("number DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return time.Time{}, db.Fault(err, "newest edition")
	}
	return rows[0].PublishedAt, nil
}

// Signed lists the bodies that signed what an edition publishes, in the order in
// which they did.
func (s *Store) Signed(ctx context.Context, e Edition) ([]SheetLine, error) {
	var rows []Signature
	tx := s.db.WithContext(ctx)
	if err := tx.Where("snapshot_id = ? AND decision = ? AND voided_at IS NULL", e.SnapshotID, Signed).Order("at, id").Find(&rows).Error; err != nil {
		return nil, db.Fault(err, "signatures of an edition")
	}
	agencies, err := within(tx).Objectives.WithArchived().Agencies(ctx)
	if err != nil {
		return nil, err
	}
	names := make(map[int64]objectives.Agency, len(agencies))
	for _, a := range agencies {
		names[a.ID] = a
	}
	var lines []SheetLine
	for i := range rows {
		lines = append(lines, SheetLine{AgencyID: rows[i].AgencyID, Agency: names[rows[i].AgencyID], Signature: &rows[i]})
	}
	return lines, nil
}

// Awaited lists the reviews that wait for the signature of the actor's body: its
// turn has come and it has not decided. It is nothing for who does not sign.
func (s *Store) Awaited(ctx context.Context, actor auth.Actor) ([]reports.Review, error) {
	if actor.Need(auth.Sign) != nil || actor.AgencyID == 0 {
		return nil, nil
	}
	var laid []reports.Review
	tx := s.db.WithContext(ctx)
	err := tx.Preload("Cycle").Where("state = ? AND id IN (SELECT review_id FROM review_bodies WHERE agency_id = ?)", reports.Clearance, actor.AgencyID).Order("id").Find(&laid).Error
	if err != nil {
		return nil, db.Fault(err, "read the reviews that lie before a body")
	}
	var waiting []reports.Review
	for _, r := range laid {
		sheet, err := sheetOf(tx, &r)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(sheet.Bodies, func(b SheetLine) bool {
			return b.AgencyID == actor.AgencyID && b.Step == sheet.Step() && b.Signature == nil
		}) {
			waiting = append(waiting, r)
		}
	}
	return waiting, nil
}

// Snapshots lists what was frozen of a review, the newest first, without the
// bodies.
func (s *Store) Snapshots(ctx context.Context, actor auth.Actor, cycle string) ([]Snapshot, error) {
	if err := actor.Need(auth.SeeReview); err != nil {
		return nil, err
	}
	r, err := s.stores.Reviews.ReviewByCycle(ctx, cycle)
	if err != nil {
		return nil, err
	}
	var rows []Snapshot
	err = s.db.WithContext(ctx).Omit("Body").Where("review_id = ?", r.ID).Order("id DESC").Find(&rows).Error
	return rows, db.Fault(err, "snapshots of "+cycle)
}

// SnapshotByHash returns what was frozen of a review under a hash.
func (s *Store) SnapshotByHash(ctx context.Context, actor auth.Actor, cycle, hash string) (Snapshot, reports.Snapshot, error) {
	if err := actor.Need(auth.SeeReview); err != nil {
		return Snapshot{}, reports.Snapshot{}, err
	}
	r, err := s.stores.Reviews.ReviewByCycle(ctx, cycle)
	if err != nil {
		return Snapshot{}, reports.Snapshot{}, err
	}
	var row Snapshot
	if err := s.db.WithContext(ctx).Where("review_id = ? AND hash = ?", r.ID, hash).Take(&row).Error; err != nil {
		return row, reports.Snapshot{}, db.Fault(err, "snapshot "+hash)
	}
	said, err := row.Open()
	return row, said, err
}
