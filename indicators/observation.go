package indicators

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Qualifier says how exactly a value is known.
type Qualifier string

// The qualifiers. "At least" is MoreThan with a note.
const (
	Exact       Qualifier = "exact"
	Approximate Qualifier = "approximate"
	MoreThan    Qualifier = "more_than"
	LessThan    Qualifier = "less_than"
	Missing     Qualifier = "missing"
)

// Observation is one value of an indicator, or the place of a missing one.
type Observation struct {
	ID          int64
	IndicatorID int64
	Period      period.Period // empty when the source gives none
	Breakdown   Breakdown     // empty for the total
	Value       *float64      // in Unit; nil when missing, which is not zero
	Decimals    int           // digits after the separator as the source gives them
	ValueText   string        // the source's exact wording of the value
	Unit        Unit
	Qualifier   Qualifier
	ObsStatus   string // SDMX CL_OBS_STATUS: A normal, B break, E estimated, O missing …
	ConfStatus  ConfStatus
	State       objectives.State
	Position    int // in the order of the source
	Note        i18n.Text
	Source      i18n.Text // where this value is from, when not from the indicator's source
	Quotes      objectives.Quotes
	Origin      Origin
	Made        `gorm:"embedded"`

	Hidden bool `gorm:"-"` // there is a value, and the public may not see it
}

// Breakdown is the cell of a disaggregation: dimension code to value code.
type Breakdown map[string]string

// String returns the canonical form, "citizenship=UZ;sector=mining", which is
// also the form in the database and part of an observation's key.
func (b Breakdown) String() string {
	if len(b) <= 1 { // nothing to order
		for dim, code := range b {
			return dim + "=" + code
		}
		return ""
	}
	var room [8]string // it is asked for each value of a page
	dims, size := room[:0], 0
	for dim, code := range b {
		dims, size = append(dims, dim), size+len(dim)+len(code)+2
	}
	slices.Sort(dims)
	var out strings.Builder
	out.Grow(size)
	for i, dim := range dims {
		if i > 0 {
			out.WriteByte(';')
		}
		out.WriteString(dim)
		out.WriteByte('=')
		out.WriteString(b[dim])
	}
	return out.String()
}

// ParseBreakdown reads the canonical form.
func ParseBreakdown(s string) (Breakdown, error) {
	b := Breakdown{}
	if s == "" {
		return b, nil
	}
	for part := range strings.SplitSeq(s, ";") {
		dim, code, ok := strings.Cut(part, "=")
		if !ok || dim == "" || code == "" {
			return nil, fmt.Errorf("%q is not a breakdown: use dimension=code;dimension=code", s)
		}
		b[dim] = code
	}
	return b, nil
}

// Value stores the canonical form.
func (b Breakdown) Value() (driver.Value, error) { return b.String(), nil }

// Scan reads what Value stored.
func (b *Breakdown) Scan(src any) error {
	s, ok := src.(string)
	if raw, isBytes := src.([]byte); isBytes {
		s, ok = string(raw), true
	}
	if !ok {
		return fmt.Errorf("a breakdown column holds %T", src)
	}
	parsed, err := ParseBreakdown(s)
	*b = parsed
	return err
}
