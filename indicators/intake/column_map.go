package intake

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/hex"
	"strings"
	"time"

	"gcm/internal/db"
	"gcm/internal/i18n"
)

// ColumnMap is how the columns of a head were read the last time.
type ColumnMap struct {
	ID      int64
	Header  string // SHA-256 of the names
	Name    string // of the file
	Columns Columns
	MadeBy  string
	MadeAt  time.Time
}

// Columns are the columns of a table.
type Columns []Column

// Value stores the columns as JSON.
func (c Columns) Value() (driver.Value, error) { return i18n.JSONValue(c, "[]") }

// Scan reads what Value stored.
func (c *Columns) Scan(src any) error { return i18n.ScanJSON(c, src) }

func headerHash(header []string) string {
	sum := sha256.Sum256([]byte(strings.Join(header, "\x00")))
	return hex.EncodeToString(sum[:])
}

// remembered returns the columns that somebody gave to the same head before, nil
// when nobody did.
func remembered(ctx context.Context, g *db.DB, header []string) (Columns, error) {
	var rows []ColumnMap
	err := g.WithContext(ctx).Where("header = ?", headerHash(header)).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 || len(rows[0].Columns) != len(header) {
		return nil, db.Fault(err, "look for the columns of a head")
	}
	return rows[0].Columns, nil
}

// Open reads a source as the options say, and a table whose columns they do not
// give as the same head was read before.
func Open(ctx context.Context, g *db.DB, src Source, o Options) (*Reading, error) {
	reading, err := Read(src, o)
	if err != nil || len(reading.Header) == 0 || len(o.Columns) > 0 {
		return reading, err
	}
	if o.Columns, err = remembered(ctx, g, reading.Header); err != nil || o.Columns == nil {
		return reading, err
	}
	return Read(src, o)
}
