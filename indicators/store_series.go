package indicators

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/period"
	"gcm/objectives"
)

// What is read of observations: all, all but who made them, what lists and charts
// ask for, what it takes to judge who may see them.
var (
	publicColumns = strings.Fields("id indicator_id period breakdown value decimals value_text unit qualifier obs_status conf_status state position note source quotes origin since")
	wholeColumns  = append(slices.Clip(publicColumns), "made_by", "reason")
	shownColumns  = strings.Fields("id indicator_id period breakdown value decimals unit qualifier obs_status conf_status state position since")
	judgeColumns  = strings.Fields("indicator_id period breakdown value unit conf_status state since")
)

// readObservations reads of some indicators what q finds of their observations, in
// the order of the source.
func readObservations(q *gorm.DB, list []Indicator, columns []string) error {
	at, ids := map[int64]*Indicator{}, make([]int64, len(list))
	for n := range list {
		at[list[n].ID], ids[n] = &list[n], list[n].ID
	}
	q = q.Where("indicator_id IN ?", ids).Order("indicator_id, position, id")
	return eachObservation(q, columns, func(o *Observation) {
		i := at[o.IndicatorID]
		i.Observations = append(i.Observations, *o)
	})
}

// eachObservation hands over columns of the observations o that q finds. The row is
// another one with the next call; breakdowns are shared and not to be changed. It
// is scanned by hand: a series has thousands of rows, for which gorm takes three
// times as long.
func eachObservation(q *gorm.DB, columns []string, take func(*Observation)) error {
	r := reading{words: map[string]string{}, cells: map[string]Breakdown{}}
	places, asked, into := r.places(), make([]string, len(columns)), make([]any, len(columns))
	for n, c := range columns {
		asked[n], into[n] = "o."+c, places[c]
		switch w, isWord := into[n].(word); {
		case isWord: // SQLite's driver takes long over a text, and nearly all of these are the same
			asked[n] = fmt.Sprintf("NULLIF(o.%s, '%s') AS %s", c, w.usual, c)
		case c == "note", c == "source":
			asked[n] = fmt.Sprintf("NULLIF(o.%s, '{}') AS %s", c, c)
		case c == "quotes":
			asked[n] = fmt.Sprintf("NULLIF(o.%s, '[]') AS %s", c, c)
		}
	}
	rows, err := q.Table("observations AS o").Select(strings.Join(asked, ", ")).Rows()
	if err != nil {
		return db.Fault(err, "read observations")
	}
	defer func() { _ = rows.Close() }() // Err says what went wrong
	for rows.Next() {
		r.row = Observation{}
		if err := rows.Scan(into...); err != nil {
			return db.Fault(err, "read an observation")
		}
		if err := r.finish(); err != nil {
			return err
		}
		take(&r.row)
	}
	return db.Fault(rows.Err(), "read observations")
}

// reading is where rows are scanned into.
type reading struct {
	row       Observation
	value     sql.NullFloat64
	breakdown string
	words     map[string]string    // what is said often is kept once
	cells     map[string]Breakdown // and so are breakdowns
}

// places are where columns go.
func (r *reading) places() map[string]any {
	o := &r.row
	return map[string]any{
		"id": &o.ID, "indicator_id": &o.IndicatorID, "period": (*string)(&o.Period), "breakdown": &r.breakdown,
		"value": &r.value, "decimals": &o.Decimals, "value_text": word{&o.ValueText, ""}, "unit": (*string)(&o.Unit),
		"qualifier": word{(*string)(&o.Qualifier), string(Exact)}, "obs_status": word{&o.ObsStatus, "A"},
		"conf_status": word{(*string)(&o.ConfStatus), string(Free)}, "state": word{(*string)(&o.State), string(objectives.Released)},
		"position": &o.Position, "note": &o.Note, "source": &o.Source, "quotes": &o.Quotes, "origin": (*string)(&o.Origin),
		"since": &o.Since, "made_by": word{&o.MadeBy, ""}, "reason": word{&o.Reason, ""},
	}
}

func (r *reading) finish() (err error) {
	o := &r.row
	cell, known := r.cells[r.breakdown]
	if !known {
		if cell, err = ParseBreakdown(r.breakdown); err != nil {
			return err
		}
		r.cells[r.breakdown] = cell
	}
	o.Breakdown, o.Period, o.Unit = cell, period.Period(r.word(string(o.Period))), Unit(r.word(string(o.Unit)))
	if r.value.Valid {
		v := r.value.Float64
		o.Value = &v
	}
	return nil
}

func (r *reading) word(text string) string {
	if known, ok := r.words[text]; ok {
		return known
	}
	r.words[text] = text
	return text
}

// word scans a text that comes as NULL where it is the usual one.
type word struct {
	into  *string
	usual string
}

// Scan implements sql.Scanner.
func (w word) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*w.into = w.usual
	case string:
		*w.into = src
	case []byte:
		*w.into = string(src)
	default:
		return fmt.Errorf("a column of texts holds %T", src)
	}
	return nil
}
