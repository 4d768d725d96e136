package quality

import (
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// arg is a word of a message: it reads in each language, and says in the mark of
// the finding what it stands for.
type arg interface {
	in(p *i18n.Printer) string
	mark() string
}

// count picks the plural form of the message.
type count int

func (c count) in(p *i18n.Printer) string { return p.Number(float64(c), 0) }
func (c count) mark() string              { return strconv.Itoa(int(c)) }

// amount is a number of a unit, which may be empty.
type amount struct {
	value     float64
	decimals  int
	unit      indicators.Unit
	qualifier indicators.Qualifier
}

func (a amount) in(p *i18n.Printer) string {
	o := indicators.Observation{Value: &a.value, Decimals: a.decimals, Unit: a.unit, Qualifier: a.qualifier}
	if a.qualifier == "" {
		o.Qualifier = indicators.Exact
	}
	return indicators.FormatWithUnit(p, o)
}

func (a amount) mark() string {
	return strconv.FormatFloat(a.value, 'g', 12, 64) + string(a.unit) + string(a.qualifier)
}

func (p point) amount() amount { return amount{p.value, p.decimals, p.unit, p.qualifier} }

// number is a plain number, for example of times.
func number(v float64, decimals int) amount { return amount{value: v, decimals: decimals} }

// when is a period; an empty one is said to be missing.
type when period.Period

func (w when) in(p *i18n.Printer) string { return indicators.PeriodName(p, period.Period(w)) }
func (w when) mark() string              { return string(w) }

// title names an indicator.
type title struct {
	code string
	name i18n.Text
}

func (t title) in(p *i18n.Printer) string { return p.In(t.name) }
func (t title) mark() string              { return t.code }

// cellName names a cell of an indicator.
type cellName struct {
	of   *indicators.Indicator
	cell indicators.Breakdown
}

func (c cellName) in(p *i18n.Printer) string { return c.of.BreakdownLabel(p, c.cell) }
func (c cellName) mark() string              { return c.cell.String() }

// dimensionName names a dimension of an indicator.
type dimensionName struct {
	of   *indicators.Indicator
	code string
}

func (d dimensionName) in(p *i18n.Printer) string {
	for _, one := range d.of.Dimensions {
		if one.Dimension.Code == d.code && len(one.Dimension.Name) > 0 {
			return p.In(one.Dimension.Name)
		}
	}
	return d.code
}
func (d dimensionName) mark() string { return d.code }

// unitName names a unit.
type unitName indicators.Unit

func (u unitName) in(p *i18n.Printer) string { return indicators.UnitName(p, indicators.Unit(u)) }
func (u unitName) mark() string              { return string(u) }

// quoted is a text as it stands in the data.
type quoted string

func (q quoted) in(*i18n.Printer) string { return string(q) }
func (q quoted) mark() string            { return string(q) }

// list is several words, at most eight of which are shown.
type list []arg

const listed = 8

func (l list) in(p *i18n.Printer) string {
	var words []string
	for _, a := range l[:min(len(l), listed)] {
		words = append(words, a.in(p))
	}
	if len(l) > listed {
		words = append(words, "…")
	}
	return strings.Join(words, ", ")
}

func (l list) mark() string {
	var words []string
	for _, a := range l {
		words = append(words, a.mark())
	}
	return strings.Join(words, ",")
}

// frequencyName says how often values are to come.
type frequencyName indicators.Frequency

func (f frequencyName) in(p *i18n.Printer) string { return p.T("quality.frequency." + string(f)) }
func (f frequencyName) mark() string              { return string(f) }
