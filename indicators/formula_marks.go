package indicators

import (
	"math"
	"slices"
)

// qualifier says how exactly a computed value is known. It is a bound only where
// the bounds of the components point the same way for certain: more persons, or
// persons set against fewer; else it is approximate.
func (f Formula) qualifier(parts []Observation) Qualifier {
	divided := f.Kind != SumOf
	var more, less, rough, signed bool
	for i, o := range parts {
		turned := divided && i > 0
		signed = signed || divided && *o.Value <= 0
		switch o.Qualifier {
		case Exact:
		case MoreThan:
			more, less = more || !turned, less || turned
		case LessThan:
			more, less = more || turned, less || !turned
		default:
			rough = true
		}
	}
	switch {
	case rough, more && less, signed && (more || less):
		return Approximate
	case more:
		return MoreThan
	case less:
		return LessThan
	}
	return Exact
}

// rounded keeps so many digits after the separator. A bound is rounded to its own
// side: "more than 3.46" is more than 3.4, and not more than 3.5.
func rounded(v float64, decimals int, q Qualifier) float64 {
	scale := math.Pow10(decimals)
	scaled := v * scale
	if math.IsInf(scaled, 0) {
		return v // its last digit stands far before the separator
	}
	if near := math.Round(scaled); math.Abs(scaled-near) < 1e-9*math.Max(1, math.Abs(scaled)) {
		return near / scale // what the bits of a float add is no digit of the value
	}
	switch q {
	case MoreThan:
		return math.Floor(scaled) / scale
	case LessThan:
		return math.Ceil(scaled) / scale
	}
	return math.Round(scaled) / scale
}

// weaker lists the observation statuses that a computed value takes over from a
// component, the strongest first, by the order of CL_OBS_STATUS: a break before
// an estimate before a forecast.
var weaker = []string{"B", "D", "E", "F", "I", "P", "U", "V", "N", "G", "Q"}

// status is the observation status of a computed value. Arithmetic estimates
// nothing: of normal values it makes a normal one (A), not an estimate (E). Else
// the value is as weak as the weakest of what it is made of.
func status(parts []Observation) string {
	for _, s := range weaker {
		if slices.ContainsFunc(parts, func(o Observation) bool { return o.ObsStatus == s }) {
			return s
		}
	}
	return "A"
}

// conf is the strictest of the components' statuses of confidentiality: what may
// not be seen may not be computed from what can.
func conf(parts []Observation) ConfStatus {
	for _, s := range []ConfStatus{Confidential, NotForPublication, SecondaryBySender, SmallCount, SecondaryByUs} {
		if slices.ContainsFunc(parts, func(o Observation) bool { return o.ConfStatus == s }) {
			return s
		}
	}
	return Free
}
