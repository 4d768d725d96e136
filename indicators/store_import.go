package indicators

import (
	"iter"

	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Incoming is one value of a file. What is nil the file does not say: it stays as
// it is where the value itself is the same, and else takes its usual value. Only
// ConfStatus stays with another value too: no file makes a secret public by
// saying nothing of it.
type Incoming struct {
	Place      int64 // of the row in the file, whatever its reader makes of that
	Indicator  string
	Period     period.Period
	Breakdown  string // in canonical form
	Value      *float64
	Decimals   int
	Unit       Unit
	Qualifier  Qualifier
	ValueText  *string
	ObsStatus  *string
	ConfStatus *ConfStatus
	Note       i18n.Text
	Source     i18n.Text
	Gone       bool // the file takes the value out
}

// Intake is what became of the rows of a file.
type Intake struct {
	Rows, New, Changed, Same, Gone int64
}

// Double is a place that a file fills more than once.
type Double struct {
	Indicator, Period, Breakdown string
	First, Last                  int64 // the places of two of the rows
	Rows                         int64
}

// staged are the columns of the table that the rows of a file wait in.
var staged = []string{"place", "indicator", "period", "breakdown", "value", "decimals", "value_text", "unit", "qualifier", "obs_status", "conf_status", "note", "source", "gone"}

// Stage reads the rows of a file into a table of this transaction's own. It needs
// db.Hold around the transaction to copy on PostgreSQL.
func Stage(tx *db.DB, rows iter.Seq2[*Incoming, error]) (int64, error) {
	text := "TEXT"
	if db.IsPostgres(tx) {
		text = "JSONB"
	}
	err := tx.Exec(`CREATE TEMPORARY TABLE incoming (place BIGINT NOT NULL, indicator TEXT NOT NULL, period TEXT NOT NULL,
		breakdown TEXT NOT NULL, value DOUBLE PRECISION, decimals INTEGER NOT NULL, value_text TEXT, unit TEXT NOT NULL, qualifier TEXT NOT NULL,
		obs_status TEXT, conf_status TEXT, note ` + text + `, source ` + text + `, gone BOOLEAN NOT NULL)`).Error
	if err != nil {
		return 0, db.Fault(err, "make a table for the rows of a file")
	}
	return db.Bulk(tx, "incoming", staged, func(yield func([]any, error) bool) {
		row := make([]any, len(staged))
		for in, err := range rows {
			if err == nil {
				err = in.fill(row)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	})
}

func (in *Incoming) fill(row []any) error {
	note, err := said(in.Note)
	if err != nil {
		return err
	}
	source, err := said(in.Source)
	if err != nil {
		return err
	}
	row[0], row[1], row[2], row[3], row[4], row[5] = in.Place, in.Indicator, string(in.Period), in.Breakdown, nil, in.Decimals
	row[6], row[7], row[8], row[9], row[10] = nil, string(in.Unit), string(in.Qualifier), nil, nil
	row[11], row[12], row[13] = note, source, in.Gone
	if in.Value != nil {
		row[4] = *in.Value
	}
	if in.ValueText != nil {
		row[6] = *in.ValueText
	}
	if in.ObsStatus != nil {
		row[9] = *in.ObsStatus
	}
	if in.ConfStatus != nil {
		row[10] = string(*in.ConfStatus)
	}
	return nil
}

func said(t i18n.Text) (any, error) {
	if t == nil {
		return nil, nil
	}
	return t.Value()
}

// Doubles returns the places that staged rows fill more than once, at most limit,
// in the order of the file, and how many there are.
func Doubles(tx *db.DB, limit int) (rows []Double, all int64, err error) {
	const twice = "SELECT indicator, period, breakdown, MIN(place) AS first, MAX(place) AS last, COUNT(*) AS rows FROM incoming GROUP BY indicator, period, breakdown HAVING COUNT(*) > 1"
	if err := tx.Raw("SELECT COUNT(*) FROM (" + twice + ") twice").Scan(&all).Error; err != nil || all == 0 {
		return nil, all, db.Fault(err, "count the rows that a file has twice")
	}
	err = tx.Raw(twice+" ORDER BY MIN(place) LIMIT ?", limit).Scan(&rows).Error
	return rows, all, db.Fault(err, "look for rows that a file has twice")
}

// DropAlike keeps one of the staged rows that say the same of the same place in
// different files, which file numbers in the places tell: a folder can have a
// series in two of its files.
func DropAlike(tx *db.DB, fileBits int) (int64, error) {
	const alike = `SELECT indicator, period, breakdown, MIN(place) AS first FROM incoming GROUP BY indicator, period, breakdown
		HAVING COUNT(*) > 1 AND COUNT(DISTINCT place >> ?) = COUNT(*) AND COUNT(DISTINCT COALESCE(CAST(value AS TEXT), '') || ' ' || decimals || ' ' || unit || ' ' || qualifier) = 1`
	drop := tx.Exec("DELETE FROM incoming WHERE EXISTS (SELECT 1 FROM ("+alike+`) a WHERE a.indicator = incoming.indicator
		AND a.period = incoming.period AND a.breakdown = incoming.breakdown AND a.first < incoming.place)`, fileBits)
	return drop.RowsAffected, db.Fault(drop.Error, "keep one of the rows that two files have alike")
}

// Stood tells what stands in the indicators of the staged rows, by the number of
// values and the time of the latest: another answer means that somebody changed
// them meanwhile.
func Stood(tx *db.DB) (string, error) {
	var stands string
	err := tx.Raw("SELECT COUNT(*) || ' ' || COALESCE(CAST(MAX(since) AS TEXT), '') FROM observations WHERE indicator_id IN " +
		"(SELECT n.id FROM indicators n JOIN (SELECT DISTINCT indicator FROM incoming) i ON n.code = i.indicator)").Row().Scan(&stands)
	return stands, db.Fault(err, "look at what stands where the rows of a file go")
}

// differing joins the staged rows to what stands and keeps those that say
// something else. That a value is suppressed (Q) says nothing against the one that
// stands: so the public's own files come back.
const differing = `
	FROM incoming i JOIN indicators n ON n.code = i.indicator
	LEFT JOIN observations o ON o.indicator_id = n.id AND o.period = i.period AND o.breakdown = i.breakdown
	WHERE NOT i.gone AND NOT (i.value IS NULL AND o.value IS NOT NULL AND COALESCE(i.obs_status, '') = 'Q') AND (o.id IS NULL OR NOT (` + same + `)
		OR i.value_text <> o.value_text OR i.obs_status <> o.obs_status OR i.conf_status <> o.conf_status
		OR i.note <> o.note OR i.source <> o.source)`

// same holds where the value itself is the one that stands.
const same = "o.value IS NOT DISTINCT FROM i.value AND o.decimals = i.decimals AND o.unit = i.unit AND o.qualifier = i.qualifier"

// unsaid returns the expression of a column that the file may not say.
func unsaid(column, usual string) string {
	return "COALESCE(i." + column + ", CASE WHEN " + same + " THEN o." + column + " END, " + usual + ")"
}

// TakeIn writes the staged rows: what they change is kept as a vintage first.
// Nobody else writes values meanwhile, or one could be lost between the two.
func TakeIn(tx *db.DB, made Made) (Intake, error) {
	var in Intake
	err := lockObservations(tx, "SHARE ROW EXCLUSIVE")
	if err != nil {
		return in, err
	}
	if err := refuseCalculated(tx); err != nil {
		return in, err
	}
	if made.Since, err = moment(tx); err != nil {
		return in, err
	}
	if db.IsPostgres(tx) {
		if err := tx.Exec("ANALYZE incoming").Error; err != nil {
			return in, db.Fault(err, "measure the rows of a file")
		}
	}
	mark := tx.Exec("INSERT INTO figure_changes (indicator_id) SELECT n.id FROM indicators n WHERE n.code IN (SELECT indicator FROM incoming)")
	if mark.Error != nil {
		return in, db.Fault(mark.Error, "mark what a file changes")
	}
	if in.Gone, err = takeOutStaged(tx, made); err != nil {
		return in, err
	}
	ended := []any{made.Since, made.MadeBy, made.Reason}
	keep := tx.Exec("INSERT INTO vintages ("+kept+", until, ended_by, ended_reason) SELECT "+kept+", ?, ?, ? FROM observations WHERE id IN (SELECT o.id"+differing+" AND o.id IS NOT NULL)", ended...)
	if keep.Error != nil {
		return in, db.Fault(keep.Error, "keep the earlier values")
	}
	write := tx.Exec(upsert, objectives.Released, FromImport, made.Since, made.MadeBy, made.Reason)
	if write.Error != nil {
		return in, db.Fault(write.Error, "write the rows of a file")
	}
	var gone int64
	if err := tx.Raw("SELECT COUNT(*), COUNT(CASE WHEN gone THEN 1 END) FROM incoming").Row().Scan(&in.Rows, &gone); err != nil {
		return in, db.Fault(err, "count the rows of a file")
	}
	in.Changed = keep.RowsAffected
	in.New = write.RowsAffected - in.Changed
	in.Same = in.Rows - gone - write.RowsAffected
	return in, db.Fault(tx.Exec("DROP TABLE incoming").Error, "drop the table of staged rows")
}

// upsert writes what differs. Quotes are of the earlier value and go with it.
var upsert = "INSERT INTO observations (" + kept + ") SELECT n.id, i.period, i.breakdown, i.value, i.decimals, " +
	unsaid("value_text", "''") + ", i.unit, i.qualifier, " +
	unsaid("obs_status", "CASE WHEN i.qualifier = 'missing' THEN 'O' ELSE 'A' END") + ", COALESCE(i.conf_status, o.conf_status, 'F')" +
	", ?, COALESCE(o.position, CAST(i.place & 2147483647 AS INTEGER)), " + unsaid("note", "'{}'") + ", " + unsaid("source", "'{}'") +
	", CASE WHEN " + same + " THEN o.quotes ELSE '[]' END, ?, ?, ?, ?" + differing +
	` ON CONFLICT (indicator_id, period, breakdown) DO UPDATE SET value = excluded.value, decimals = excluded.decimals, value_text = excluded.value_text,
		unit = excluded.unit, qualifier = excluded.qualifier, obs_status = excluded.obs_status, conf_status = excluded.conf_status, state = excluded.state,
		note = excluded.note, source = excluded.source, quotes = excluded.quotes, origin = excluded.origin, since = excluded.since,
		made_by = excluded.made_by, reason = excluded.reason`

// takeOutStaged deletes what the file takes out and keeps it as vintages.
func takeOutStaged(tx *db.DB, made Made) (int64, error) {
	const gone = `SELECT o.id FROM incoming i JOIN indicators n ON n.code = i.indicator
		JOIN observations o ON o.indicator_id = n.id AND o.period = i.period AND o.breakdown = i.breakdown WHERE i.gone`
	keep := tx.Exec("INSERT INTO vintages ("+kept+", until, ended_by, ended_reason) SELECT "+kept+", ?, ?, ? FROM observations WHERE id IN ("+gone+")",
		made.Since, made.MadeBy, made.Reason)
	if keep.Error != nil || keep.RowsAffected == 0 {
		return 0, db.Fault(keep.Error, "keep the values that a file takes out")
	}
	err := tx.Exec("DELETE FROM observations WHERE id IN (" + gone + ")").Error
	return keep.RowsAffected, db.Fault(err, "take out values")
}
