package intake

import (
	"context"
	"crypto/rand"
	"database/sql/driver"
	"errors"
	"io"
	"os"
	"time"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// Upload is a file that waits to be looked at and taken in. Only who sent it sees
// it, for a day.
type Upload struct {
	ID        int64
	Code      string
	UserID    int64
	Name      string
	Format    Format
	Options   Options
	Size      int64
	CreatedAt time.Time
}

// TableName says where uploads are kept.
func (Upload) TableName() string { return "imports" }

// Part is a piece of an uploaded file.
type Part struct {
	ImportID int64 `gorm:"primaryKey;autoIncrement:false"`
	Number   int   `gorm:"primaryKey;autoIncrement:false"`
	Body     []byte
}

// TableName says where pieces are kept.
func (Part) TableName() string { return "import_parts" }

// Value stores the options as JSON.
func (o Options) Value() (driver.Value, error) { return i18n.JSONValue(o, "{}") }

// Scan reads what Value stored.
func (o *Options) Scan(src any) error { return i18n.ScanJSON(o, src) }

const (
	uploadLife = 24 * time.Hour
	uploadsOf  = 5       // of one person at a time
	partSize   = 1 << 20 // bytes
)

// Keep keeps a file that a person has sent, in pieces, and returns its code. The
// oldest of too many goes.
func Keep(ctx context.Context, g *db.DB, actor auth.Actor, src Source) (string, error) {
	if err := actor.Need(auth.Coordinate); err != nil {
		return "", err
	}
	if src.Size > MaxUpload {
		return "", fault.New(fault.Invalid, "import.too_large", "a file of %d bytes", src.Size)
	}
	format, err := Detect(src)
	if err != nil {
		return "", err
	}
	u := Upload{Code: rand.Text(), UserID: actor.UserID, Name: src.Name, Format: format, Size: src.Size}
	err = audit.Transact(ctx, g, actor.Who, func(tx *db.DB, _ *audit.Log) error {
		u.CreatedAt = tx.NowFunc()
		if err := dropOld(tx, actor); err != nil {
			return err
		}
		if err := tx.Create(&u).Error; err != nil {
			return db.Fault(err, "keep an upload")
		}
		for n := 0; int64(n)*partSize < src.Size; n++ {
			part := Part{ImportID: u.ID, Number: n, Body: make([]byte, min(partSize, src.Size-int64(n)*partSize))}
			if _, err := src.File.ReadAt(part.Body, int64(n)*partSize); err != nil && !errors.Is(err, io.EOF) {
				return unreadable(err)
			}
			if err := tx.Create(&part).Error; err != nil {
				return db.Fault(err, "keep a piece of an upload")
			}
		}
		return nil
	})
	return u.Code, err
}

// dropOld removes what waited too long, and of the person's files all but the
// newest few.
func dropOld(tx *db.DB, actor auth.Actor) error {
	newest := tx.Model(&Upload{}).Select("id").Where("user_id = ?", actor.UserID).Order("id DESC").Limit(uploadsOf - 1)
	err := tx.Where("created_at <= ? OR (user_id = ? AND id NOT IN (SELECT id FROM (?) newest))", tx.NowFunc().Add(-uploadLife), actor.UserID, newest).Delete(&Upload{}).Error
	return db.Fault(err, "remove old uploads")
}

// Uploads lists the files of a person that wait, the newest first.
func Uploads(ctx context.Context, g *db.DB, actor auth.Actor) ([]Upload, error) {
	var rows []Upload
	err := g.WithContext(ctx).Where("user_id = ? AND created_at > ?", actor.UserID, g.NowFunc().Add(-uploadLife)).Order("id DESC").Find(&rows).Error
	return rows, db.Fault(err, "list uploads")
}

// Find returns a file of the actor's that waits; a fault.NotFound for any other.
func Find(ctx context.Context, g *db.DB, actor auth.Actor, code string) (Upload, error) {
	var u Upload
	err := g.WithContext(ctx).Where("code = ? AND user_id = ? AND created_at > ?", code, actor.UserID, g.NowFunc().Add(-uploadLife)).Take(&u).Error
	return u, db.Fault(err, "upload "+code)
}

// Open opens an upload as a file outside memory; done removes it.
func (u Upload) Open(ctx context.Context, g *db.DB) (src Source, done func(), err error) {
	file, err := os.CreateTemp("", "gcm-import-*")
	if err != nil {
		return src, nil, fault.New(fault.Unavailable, "error.full", "make a temporary file: %w", err)
	}
	done = func() {
		file.Close()
		os.Remove(file.Name())
	}
	for n := 0; int64(n)*partSize < u.Size; n++ {
		var part Part
		err := g.WithContext(ctx).Where("import_id = ? AND number = ?", u.ID, n).Take(&part).Error
		if err != nil {
			done()
			return src, nil, db.Fault(err, "read a piece of an upload")
		}
		if _, err := file.Write(part.Body); err != nil {
			done()
			return src, nil, fault.New(fault.Unavailable, "error.full", "write a temporary file: %w", err)
		}
	}
	return Source{Name: u.Name, File: file, Size: u.Size}, done, nil
}

// Choose keeps how an upload is to be read, and remembers its columns for the
// next file with the same head.
func (u Upload) Choose(ctx context.Context, g *db.DB, actor auth.Actor, header []string) error {
	return audit.Transact(ctx, g, actor.Who, func(tx *db.DB, _ *audit.Log) error {
		if err := tx.Model(&u).Select("Options").Updates(u).Error; err != nil {
			return db.Fault(err, "keep the options of an upload")
		}
		if len(u.Options.Columns) == 0 {
			return nil
		}
		m := ColumnMap{Header: headerHash(header), Name: u.Name, Columns: u.Options.Columns, MadeBy: actor.Name, MadeAt: tx.NowFunc()}
		return db.Put(tx, []ColumnMap{m}, "header")
	})
}

// Drop removes an upload.
func (u Upload) Drop(ctx context.Context, g *db.DB, actor auth.Actor) error {
	return audit.Transact(ctx, g, actor.Who, func(tx *db.DB, _ *audit.Log) error {
		return db.Fault(tx.Where("id = ? AND user_id = ?", u.ID, actor.UserID).Delete(&Upload{}).Error, "remove an upload")
	})
}
