package objectives

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"gcm/internal/db"
)

// PutCountry writes the State by its code.
func (s *Store) PutCountry(ctx context.Context, c Country) error {
	return db.Put(s.db.WithContext(ctx), []Country{c}, "code")
}

// PutSources writes source documents by their codes.
func (s *Store) PutSources(ctx context.Context, rows []Source) error {
	return db.Put(s.db.WithContext(ctx), rows, "code")
}

// PutLegalInstruments writes legal instruments by their codes.
func (s *Store) PutLegalInstruments(ctx context.Context, rows []LegalInstrument) error {
	return db.PutKeeping(s.db.WithContext(ctx), rows, kept, "code")
}

// PutTerms writes entries of the glossary by their codes.
func (s *Store) PutTerms(ctx context.Context, rows []Term) error {
	return db.Put(s.db.WithContext(ctx), rows, "code")
}

// PutAgencies writes agencies by their codes. A Successor is found by its code
// and may come later in rows.
func (s *Store) PutAgencies(ctx context.Context, rows []Agency) error {
	return db.Transact(ctx, s.db, func(tx *gorm.DB) error {
		rows = slices.Clone(rows)
		for i := range rows {
			rows[i].SuccessorID = nil
		}
		if err := db.PutKeeping(tx, rows, kept[:1], "code"); err != nil {
			return err
		}
		agencies, err := db.ReadIDs[Agency, string](tx, "code")
		if err != nil {
			return err
		}
		for _, a := range rows {
			if a.Successor == nil {
				continue
			}
			successor, err := agencies.Of(a.Successor.Code, "agency")
			if err != nil {
				return err
			}
			if err := tx.Model(&Agency{}).Where("code = ?", a.Code).Update("successor_id", successor).Error; err != nil {
				return db.Fault(err, "write the successor of "+a.Code)
			}
		}
		return nil
	})
}
