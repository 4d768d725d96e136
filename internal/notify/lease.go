package notify

import (
	"context"
	"crypto/rand"
	"time"

	"gorm.io/gorm/clause"

	"gcm/internal/db"
)

// Lease lets one of several programs on a database do a job at a time.
type Lease struct {
	Name  string `gorm:"primaryKey"`
	Owner string
	Until time.Time
}

// Take reports whether nobody held the lease and the owner now does, for as long
// as said. One that is not given back lapses by itself: so it also keeps a job
// from being done too often.
func Take(ctx context.Context, conn *db.DB, name, owner string, hold time.Duration) (bool, error) {
	now := conn.NowFunc()
	done := conn.WithContext(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "name"}},
		DoUpdates: clause.AssignmentColumns([]string{"owner", "until"}),
		Where:     clause.Where{Exprs: []clause.Expression{clause.Lte{Column: clause.Column{Table: "leases", Name: "until"}, Value: now}}},
	}).Create(&Lease{name, owner, now.Add(hold)})
	return done.RowsAffected == 1, db.Fault(done.Error, "take the lease "+name)
}

// prolong reports whether the owner still held the lease, and now does for longer.
func prolong(ctx context.Context, conn *db.DB, name, owner string, hold time.Duration) (bool, error) {
	done := conn.WithContext(ctx).Model(&Lease{}).Where("name = ? AND owner = ?", name, owner).Update("until", conn.NowFunc().Add(hold))
	return done.RowsAffected == 1, db.Fault(done.Error, "prolong the lease "+name)
}

// GiveBack ends the lease before its time, also when ctx has ended.
func GiveBack(ctx context.Context, conn *db.DB, name, owner string) error {
	err := conn.WithContext(context.WithoutCancel(ctx)).Where("name = ? AND owner = ?", name, owner).Delete(&Lease{}).Error
	return db.Fault(err, "give back the lease "+name)
}

// NewOwner names a program among those that share a database.
func NewOwner() string { return rand.Text() }
