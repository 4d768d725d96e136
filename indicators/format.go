package indicators

import (
	"math"

	"gcm/internal/i18n"
)

// Format prints a value with its qualifier as a report words it: "13 000-нан
// астам", "более 13 000", "83,3%", "290,2 млрд теңге". Percentages and
// currencies carry their unit, which is part of the figure; other units are
// left to the head of the table. A missing value is said to be missing, a hidden
// one to be hidden.
func Format(p *i18n.Printer, o Observation) string {
	switch {
	case o.Hidden:
		return p.T("observation.hidden")
	case o.Value == nil:
		return p.T("qualifier.missing")
	}
	return qualified(p, o.Qualifier, bare(p, o))
}

// FormatWithUnit is Format with the unit as a word: "более 13 000 человек",
// "6 айдан астам".
func FormatWithUnit(p *i18n.Printer, o Observation) string {
	key := "unit." + string(o.Unit) + ".counted"
	if o.Qualifier != Exact {
		key = "unit." + string(o.Unit) + ".bounded" // "более 3 лет", not «3 года»
	}
	if o.Value == nil || !p.Has(key) {
		return Format(p, o)
	}
	return qualified(p, o.Qualifier, p.Counted(key, *o.Value, o.Decimals))
}

func qualified(p *i18n.Printer, q Qualifier, value string) string {
	ending := ""
	if p.Lang() == "kk" {
		ending = i18n.Ablative(value)
	}
	return p.T("qualifier."+string(q), value, ending)
}

func bare(p *i18n.Printer, o Observation) string {
	switch {
	case o.Unit == Percent:
		return p.Percent(*o.Value, o.Decimals)
	case o.Unit.Currency():
		return money(p, *o.Value, o.Decimals, o.Unit)
	}
	return p.Number(*o.Value, o.Decimals)
}

// money prints an amount in the largest of millions, billions and trillions in
// which two digits after the separator lose nothing.
func money(p *i18n.Printer, v float64, decimals int, unit Unit) string {
	for _, s := range scales {
		if math.Abs(v) < s.size {
			continue
		}
		scaled := v / s.size
		if d := digitsNeeded(scaled); d <= 2 {
			return p.Number(scaled, d) + "\u00a0" + p.T(s.key) + "\u00a0" + UnitName(p, unit)
		}
	}
	return p.Number(v, decimals) + "\u00a0" + UnitName(p, unit)
}

// scales are the steps in which large amounts are printed.
var scales = []struct {
	size float64
	key  string
}{{1e12, "scale.trillion"}, {1e9, "scale.billion"}, {1e6, "scale.million"}}

// digitsNeeded returns how many digits after the separator v has, at most 9.
func digitsNeeded(v float64) int {
	for d := range 9 {
		shifted := v * math.Pow10(d)
		if math.Abs(shifted-math.Round(shifted)) < 1e-7 {
			return d
		}
	}
	return 9
}

// UnitName returns the short name of a unit, as it heads a column or an axis; a
// currency that the catalogue does not name keeps its code.
func UnitName(p *i18n.Printer, u Unit) string {
	if key := "unit." + string(u); p.Has(key) {
		return p.T(key)
	}
	return string(u)
}
