package countries

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
)

func (r *reader) indicator(i *Indicator, known *index) {
	for n := range i.Dimensions {
		if code := i.Dimensions[n]; known.dimensions[code] == nil && code != "" && !r.broken["dimensions.yaml"] {
			r.faultAt(&i.Dimensions[n], "there is no %s in dimensions.yaml", code)
		}
	}
	r.links(i.Mapping, known, "objectives", "measures")
	r.refer(&i.Agency, known.agencies, "agencies.yaml")
	r.passport(i, known)
	seen := map[string]bool{}
	for n := range i.Observations {
		o := &i.Observations[n]
		key := string(o.Period) + " " + o.Breakdown.String()
		if seen[key] {
			r.faultAt(o, "is a second observation of the same period and breakdown")
		}
		seen[key] = true
		r.observation(o, i, known)
	}
}

func (r *reader) observation(o *Observation, i *Indicator, known *index) {
	for _, dim := range slices.Sorted(maps.Keys(o.Breakdown)) {
		values := known.dimensions[dim]
		if !slices.Contains(i.Dimensions, dim) {
			r.faultAt(&o.Breakdown, "%s is not among the dimensions of the indicator", clip(dim))
		} else if values != nil && !values[o.Breakdown[dim]] {
			r.faultAt(&o.Breakdown, "%s is no code of %s in dimensions.yaml", clip(o.Breakdown[dim]), dim)
		}
	}
	switch missing := o.Qualifier == string(indicators.Missing); {
	case missing && (o.Value != "" || o.Decimals != nil):
		r.faultAt(o, "is missing, so it has no value: take out value and decimals, or the qualifier")
	case !missing && o.Value == "" && o.Qualifier != "":
		r.faultAt(o, "has no value: write it, or the qualifier missing")
	case o.Value != "":
		r.digits(o)
	}
	r.quotes(o.Quotes)
}

// maxDecimals is how many digits after the separator the database keeps.
const maxDecimals = 15

// digits checks that the database keeps the value as it is written.
func (r *reader) digits(o *Observation) {
	v, decimals := o.number()
	_, fraction, _ := strings.Cut(o.Value, ".")
	if strconv.FormatFloat(v, 'f', len(fraction), 64) != o.Value {
		r.faultAt(&o.Value, "has more digits than can be kept: write 15 at most")
	}
	if decimals < 0 || decimals > maxDecimals {
		r.faultAt(&o.Value, "is to be shown with %d decimals: write 0 to %d", decimals, maxDecimals)
	}
}
