package reports

import (
	"database/sql/driver"
	"regexp"
	"strings"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// The kinds of record that a footnote of the narrative refers to.
const (
	RefIndicator = "indicator" // one observation of an indicator
	RefMeasure   = "measure"
	RefChallenge = "challenge"
	RefLaw       = "law"
	RefCount     = "count" // how many records there are, by filter
)

// Reference is what a footnote of the narrative names; the review prints it in
// the reader's language. Examples, as people write them:
//
//	indicator:refugees-registered@2021-09-01{citizenship=AF}
//	measure:e-visa
//	count:measures{basis=stated}
type Reference struct {
	Kind      string // one of the Ref constants
	Code      string // of the record; of a count, what is counted: "measures"
	Period    period.Period
	Breakdown indicators.Breakdown // of a count, the filter; empty when there is none
}

var reference = regexp.MustCompile(`^(indicator|measure|challenge|law|count):([a-z0-9]+(?:[-_][a-z0-9]+)*)(?:@([0-9/-]+))?(?:\{([^{}]+)\})?$`)

// ParseReferences reads the text of a footnote: references parted by ";".
func ParseReferences(s string) ([]Reference, error) {
	var refs []Reference
	for _, part := range splitReferences(s) {
		ref, err := parseReference(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		refs = append(refs, ref)
	}
	return refs, nil
}

// splitReferences cuts at each ";" that does not stand in a breakdown.
func splitReferences(s string) []string {
	var parts []string
	start, inBreakdown := 0, false
	for i, r := range s {
		switch {
		case r == '{':
			inBreakdown = true
		case r == '}':
			inBreakdown = false
		case r == ';' && !inBreakdown:
			parts = append(parts, s[start:i])
			start = i + 1
		}
	}
	return append(parts, s[start:])
}

func parseReference(s string) (Reference, error) {
	m := reference.FindStringSubmatch(s)
	if m == nil {
		return Reference{}, missing("form", s)
	}
	ref := Reference{Kind: m[1], Code: m[2]}
	if m[3] != "" && ref.Kind != RefIndicator {
		return ref, missing("no_period", s)
	}
	if m[4] != "" && ref.Kind != RefIndicator && ref.Kind != RefCount {
		return ref, missing("no_breakdown", s)
	}
	var err error
	if ref.Period, err = period.Parse(m[3]); err != nil {
		return ref, missing("period", s)
	}
	if ref.Breakdown, err = indicators.ParseBreakdown(m[4]); err != nil {
		return ref, missing("breakdown", s)
	}
	return ref, nil
}

// String returns the reference as people write it.
func (r Reference) String() string {
	s := r.Kind + ":" + r.Code
	if r.Period != "" {
		s += "@" + string(r.Period)
	}
	if len(r.Breakdown) > 0 {
		s += "{" + r.Breakdown.String() + "}"
	}
	return s
}

// MarshalText writes the reference as people write it.
func (r Reference) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (r *Reference) UnmarshalText(text []byte) (err error) {
	*r, err = parseReference(string(text))
	return err
}

// References are records that support what is said.
type References []Reference

// Value stores the references as JSON.
func (r References) Value() (driver.Value, error) { return i18n.JSONValue(r, "[]") }

// Scan reads what Value stored.
func (r *References) Scan(src any) error { return i18n.ScanJSON(r, src) }
