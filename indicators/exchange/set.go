package exchange

import (
	"fmt"
	"io"
	"slices"
	"time"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Set is what a file is made of: the figures that everybody may see, with all
// that explains them.
type Set struct {
	Structure
	Country    objectives.Country
	Indicators []indicators.Indicator // their passports, without observations
	Rows       Rows
	Release    *indicators.Release // nil for the figures that stand now
	At         time.Time           // of the release, or of the latest change
	Base       string              // the public address, "https://gcm.example"; may be empty
	ByTime     bool                // SDMX messages have observations by time in series; the rows come so
	DataOnly   bool                // SDMX messages leave the attributes out
	KeysOnly   bool                // with ByTime and DataOnly: SDMX messages name the series and hold no observation
	Only       *Artefacts          // structure messages hold these alone; nil for all

	Count, Undated int       // observations, and those of them that no SDMX message can hold
	flat           Structure // of the flat table: narrower for a single indicator
	periods        []string  // those of SDMX, in order
	first, last    period.Period
}

// Rows hands over observations one by one, always in the same order. It can be
// asked more than once.
type Rows func(yield func(Row) error) error

// NewSet looks through the rows once and returns the set, whose other fields are
// the caller's to fill.
func NewSet(c objectives.Country, dimensions []indicators.Dimension, all []indicators.Indicator, rows Rows) (Set, error) {
	s := Set{Country: c, Indicators: all, Rows: rows}
	units, periods, seen := map[indicators.Unit]bool{}, map[string]bool{}, map[period.Period]bool{}
	known := map[string]bool{}
	for _, d := range dimensions {
		known[d.Code] = true
	}
	err := rows(func(r Row) error {
		for dimension := range r.Breakdown {
			if !known[dimension] {
				return fmt.Errorf("%s %s is broken down by %q, which the register does not have", r.Indicator, r.Period, dimension)
			}
		}
		s.Count++
		units[r.Unit] = true
		if r.Since.After(s.At) {
			s.At = r.Since
		}
		if r.Period == "" {
			s.Undated++
			return nil
		}
		if seen[r.Period] {
			return nil
		}
		seen[r.Period] = true
		if s.first == "" || r.Period.First().Before(s.first.First()) {
			s.first = r.Period
		}
		if s.last == "" || r.Period.Last().After(s.last.Last()) {
			s.last = r.Period
		}
		text, _ := TimePeriod(r.Period)
		periods[text] = true
		return nil
	})
	s.periods = sortedKeys(periods)
	s.Structure = NewStructure(c, dimensions, all, sortedKeys(units)...)
	s.flat = s.Structure
	return s, err
}

// Summary returns the set of all figures as far as it can be told without looking
// through them: it has no rows.
func Summary(c objectives.Country, dimensions []indicators.Dimension, all []indicators.Standing) Set {
	of := make([]indicators.Indicator, len(all))
	for n, one := range all {
		of[n] = one.Indicator
	}
	reach := indicators.ExtentOf(all)
	return Set{
		Structure: NewStructure(c, dimensions, of, reach.Units...), Country: c, Indicators: of,
		At: reach.Newest, Count: reach.Values, Undated: reach.Undated,
	}
}

// Columns returns the columns of the set's flat table.
func (s Set) Columns() []Column { return s.flat.Columns() }

func sortedKeys[K ~string](set map[K]bool) []K {
	var keys []K
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// dated hands over the rows that have a period, as SDMX asks.
func (s Set) dated(yield func(Row) error) error {
	return s.Rows(func(r Row) error {
		if r.Period == "" {
			return nil
		}
		return yield(r)
	})
}

// Write writes the set in one format.
func Write(w io.Writer, f Format, s Set) error {
	if err := f.write(w, s); err != nil {
		return fmt.Errorf("write %s: %w", f.File, err)
	}
	return nil
}

// name is a text in the set's first language that has it, else in English.
func (s Set) name(t i18n.Text) string { return t.In(append(slices.Clone(s.Languages), "en")...) }
