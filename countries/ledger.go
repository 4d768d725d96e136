package countries

import (
	"slices"

	"gcm/internal/db"
)

// ledgerRow is what a pack last wrote as one record.
type ledgerRow struct {
	Pack    string `gorm:"primaryKey"`
	Kind    string `gorm:"primaryKey"`
	Code    string `gorm:"primaryKey"`
	Content string
}

// TableName says that a ledgerRow is a row of pack_records.
func (ledgerRow) TableName() string { return "pack_records" }

func readLedger(tx *db.DB, pack string) (map[Key]string, error) {
	var rows []ledgerRow
	if err := tx.Where("pack = ?", pack).Find(&rows).Error; err != nil {
		return nil, db.Fault(err, "read what the pack last wrote")
	}
	ledger := map[Key]string{}
	for _, row := range rows {
		ledger[Key{row.Kind, row.Code}] = row.Content
	}
	return ledger, nil
}

func writeLedger(tx *db.DB, pack string, contents map[Key]string) error {
	var rows []ledgerRow
	for key, content := range contents {
		rows = append(rows, ledgerRow{pack, key.Kind, key.Code, content})
	}
	slices.SortFunc(rows, func(a, b ledgerRow) int { return compareKeys(Key{a.Kind, a.Code}, Key{b.Kind, b.Code}) })
	return db.Put(tx, rows, "pack", "kind", "code")
}
