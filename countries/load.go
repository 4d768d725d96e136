package countries

import (
	"context"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/objectives"
)

// Load writes the Compact's reference data and the pack into a migrated database
// in one transaction, as released and on record. Loading again writes nothing. What a person
// edited since it was loaded is kept and reported; nothing is ever deleted.
func Load(ctx context.Context, conn *db.DB, pack *Pack) (Report, error) {
	var report Report
	err := audit.Transact(ctx, conn, audit.Who{Name: "country pack"}, func(tx *db.DB, log *audit.Log) error {
		if err := holdWriters(tx); err != nil {
			return err
		}
		if err := objectives.NewStore(tx).SyncCompact(ctx); err != nil {
			return err
		}
		present, err := Snapshot(ctx, tx)
		if err != nil {
			return err
		}
		if there := present.Country.Code; there != "" && there != pack.Country.Code {
			return fault.New(fault.Conflict, "", "the database holds the pack of %s: load %s into a database of its own", there, pack.Country.Code)
		}
		ledger, err := readLedger(tx, pack.Country.Code)
		if err != nil {
			return err
		}
		p, err := newPlan(pack, present, ledger)
		if err != nil {
			return err
		}
		report = p.report
		log.Add(p.log...)
		for _, write := range []func(context.Context, *db.DB, *Pack) error{p.writeObjectives, p.writeIndicators, p.writeReviews} {
			if err := write(ctx, tx, pack); fault.KindOf(err) == fault.Invalid {
				return fault.New(fault.Conflict, "", "%w: a new record of the pack links to it, but it was removed or renamed here; bring it back, or take the link out of the pack", err)
			} else if err != nil {
				return err
			}
		}
		if err := p.recompute(ctx, tx, log, pack); err != nil {
			return err
		}
		return writeLedger(tx, pack.Country.Code, p.ledger)
	})
	if err != nil {
		return Report{}, err
	}
	return report, nil
}

// holdWriters keeps others from changing records between the look and the
// writing. SQLite has one writer at a time anyway.
func holdWriters(tx *db.DB) error {
	if !db.IsPostgres(tx) {
		return nil
	}
	err := tx.Exec(`LOCK TABLE states, sources, agencies, legal_instruments, measures, challenges, glossary_terms, dimensions,
		indicators, observations, cycles, reviews, review_sections, questionnaires, questions, pack_records IN SHARE ROW EXCLUSIVE MODE`).Error
	return db.Fault(err, "wait for other writers")
}
