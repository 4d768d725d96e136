package quality

import (
	"database/sql"
	"encoding/json"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/db"
	"gcm/internal/period"
	"gcm/objectives"
)

// reader streams all observations, indicator by indicator, as bare rows: a model
// for each would cost several times as much.
type reader struct {
	now       time.Time
	passports map[int64]indicators.Indicator
	tell      func(*subject, []passage) error
	words     map[string]string // what is said often is kept once

	at       int64 // the indicator that is being read
	building *builder
	read     int // of its rows
	passages []passage
}

// told is from how many rows of an indicator its place in the source is taken.
const told = 24

// row is an observation as the database gives it, without its remarks.
type row struct {
	indicator                     int64
	period, breakdown, text       sql.RawBytes
	unit, qualifier, status, conf sql.RawBytes
	quotes                        sql.RawBytes
	value                         sql.NullFloat64
	decimals                      int
}

func (r *reader) all(conn *gorm.DB) error {
	rows, err := conn.Model(&indicators.Observation{}).Order("indicator_id, period, breakdown").
		Select("indicator_id, period, breakdown, value, decimals, value_text, unit, qualifier, obs_status, conf_status, quotes").Rows()
	if err != nil {
		return db.Fault(err, "read the values to be checked")
	}
	defer rows.Close()
	r.words = map[string]string{}
	for rows.Next() {
		var o row
		if err := rows.Scan(&o.indicator, &o.period, &o.breakdown, &o.value, &o.decimals, &o.text, &o.unit, &o.qualifier, &o.status, &o.conf, &o.quotes); err != nil {
			return db.Fault(err, "read a value to be checked")
		}
		if err := r.take(o); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return db.Fault(err, "read the values to be checked")
	}
	return r.turn(0)
}

// take adds a row to its indicator.
func (r *reader) take(o row) error {
	if o.indicator != r.at {
		if err := r.turn(o.indicator); err != nil {
			return err
		}
	}
	if r.building == nil { // out of use
		return nil
	}
	key := r.word(o.breakdown)
	if !r.building.knows(key) {
		cell, err := indicators.ParseBreakdown(key)
		if err != nil {
			return err
		}
		r.building.open(key, cell)
	}
	r.building.put(key, point{
		at: period.Period(r.word(o.period)), value: o.value.Float64, missing: !o.value.Valid, decimals: o.decimals, text: string(o.text),
		unit: indicators.Unit(r.word(o.unit)), qualifier: indicators.Qualifier(r.word(o.qualifier)), status: r.word(o.status),
		secret: r.word(o.conf) != string(indicators.Free),
	})
	if r.read++; r.read > told {
		return nil
	}
	var quotes objectives.Quotes
	if err := json.Unmarshal(o.quotes, &quotes); err != nil {
		return db.Fault(err, "read where a value stands in its source")
	}
	for _, q := range quotes {
		r.passages = append(r.passages, passage{q.Source, q.Offset})
	}
	return nil
}

// turn hands the indicator over that was read, and begins the next.
func (r *reader) turn(next int64) error {
	if r.building != nil {
		if err := r.tell(r.building.subject(), r.passages); err != nil {
			return err
		}
	}
	r.at, r.building, r.read, r.passages = next, nil, 0, nil
	if passport, ok := r.passports[next]; ok {
		r.building = newBuilder(passport, r.now)
	}
	return nil
}

func (r *reader) word(b sql.RawBytes) string {
	if s, ok := r.words[string(b)]; ok {
		return s
	}
	s := string(b)
	r.words[s] = s
	return s
}
