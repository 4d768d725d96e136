package exchange

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"gcm/indicators"
	"gcm/internal/period"
)

// Query asks for a part of the figures, as SDMX has it.
type Query struct {
	Key        string // "A.KAZ.REFUGEES+WORKERS..": values of the dimensions but the time, "+" for several, nothing for all
	Start, End period.Period
	Since      time.Time // came to stand at this time or later
	FirstN     int       // of each series; 0 for all
	LastN      int
}

// ErrKey says that a key has not as many parts as there are dimensions.
var ErrKey = errors.New("the key has not as many parts as there are dimensions")

// Described returns the structure of all figures that everybody may see, without
// any of them.
func Described(ctx context.Context, from Stores, base string) (Set, error) {
	all, err := from.Indicators.Passports(ctx)
	if err != nil {
		return Set{}, err
	}
	stand, err := from.Indicators.Standings(ctx)
	if err != nil {
		return Set{}, err
	}
	s, err := from.set(ctx, all, base, func(func(Row) error) error { return nil })
	if err != nil {
		return Set{}, err
	}
	dimensions, err := from.Indicators.Dimensions(ctx)
	reach := indicators.ExtentOf(stand)
	s.Structure, s.At = NewStructure(s.Country, dimensions, all, reach.Units...), reach.Newest
	return s, err
}

// Selected returns those figures of the described ones that a query asks for, in
// the structure of all.
func Selected(ctx context.Context, from Stores, s Set, q Query) (Set, error) {
	wanted, err := s.readKey(q.Key)
	if err != nil {
		return s, err
	}
	dimensions, err := from.Indicators.Dimensions(ctx)
	if err != nil {
		return s, err
	}
	asked := s.Indicators
	if codes := wanted["INDICATOR"]; len(codes) > 0 {
		asked = slices.DeleteFunc(slices.Clone(asked), func(i indicators.Indicator) bool { return !slices.Contains(codes, CodeID(i.Code)) })
	}
	rows := func(yield func(Row) error) error {
		return from.Indicators.Observed(ctx, asked, func(ind indicators.Indicator) error {
			var some []Row
			err := of(ind)(func(r Row) error {
				if s.matches(r, wanted) && q.keeps(r) {
					some = append(some, r)
				}
				return nil
			})
			if err != nil {
				return err
			}
			for _, r := range s.bySeries(some, q) {
				if err := yield(r); err != nil {
					return err
				}
			}
			return nil
		})
	}
	found, err := NewSet(s.Country, dimensions, s.Indicators, rows)
	found.Structure, found.Base, found.At = s.Structure, s.Base, s.At
	return found, err
}

// keyed are the dimensions of a key.
func (s Structure) keyed() []Component {
	return slices.DeleteFunc(slices.Clone(s.Dimensions), func(c Component) bool { return c.ID == timePeriod })
}

// readKey reads a key: the values that each dimension may have, none for any.
func (s Structure) readKey(text string) (map[string][]string, error) {
	wanted := map[string][]string{}
	if text == "" || text == "all" {
		return wanted, nil
	}
	parts, dimensions := strings.Split(text, "."), s.keyed()
	if len(parts) != len(dimensions) {
		return nil, fmt.Errorf("%w: %d and %d", ErrKey, len(parts), len(dimensions))
	}
	for i, part := range parts {
		if part != "" && part != "*" {
			wanted[dimensions[i].ID] = strings.Split(part, "+")
		}
	}
	return wanted, nil
}

func (s Structure) matches(r Row, wanted map[string][]string) bool {
	for _, d := range s.Dimensions {
		if list := wanted[d.ID]; len(list) > 0 && !slices.Contains(list, d.of(r)) {
			return false
		}
	}
	return true
}

// keeps reports whether a row is of the time that is asked for.
func (q Query) keeps(r Row) bool {
	return r.Period != "" && (q.Start == "" || !r.Period.First().Before(q.Start.First())) &&
		(q.End == "" || !r.Period.First().After(q.End.Last())) && !r.Since.Before(q.Since)
}

// series is what a row is of, but for the time.
func (s Structure) series(r Row) string {
	var b strings.Builder
	for n := range s.Dimensions { // without a copy: it is asked for each row
		if d := &s.Dimensions[n]; d.ID != timePeriod {
			b.WriteString(d.of(r))
			b.WriteByte('.')
		}
	}
	return b.String()
}

// bySeries orders rows by series and time, and leaves of each series as many as
// are asked for.
func (s Structure) bySeries(rows []Row, q Query) []Row {
	of := map[string][]Row{}
	for _, r := range rows {
		key := s.series(r)
		of[key] = append(of[key], r)
	}
	var all []Row
	for _, key := range slices.Sorted(maps.Keys(of)) {
		list := of[key]
		slices.SortStableFunc(list, func(a, b Row) int {
			return cmp.Or(a.Period.First().Compare(b.Period.First()), cmp.Compare(a.Period, b.Period))
		})
		first, last := len(list), 0
		if q.FirstN > 0 {
			first = min(q.FirstN, len(list))
		}
		if q.LastN > 0 {
			last = max(0, len(list)-q.LastN)
		}
		switch {
		case q.FirstN > 0 && q.LastN > 0 && last > first:
			list = slices.Concat(list[:first], list[last:])
		case q.FirstN > 0 && q.LastN > 0:
		case q.LastN > 0:
			list = list[last:]
		default:
			list = list[:first]
		}
		all = append(all, list...)
	}
	return all
}
