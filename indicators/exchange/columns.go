package exchange

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/cell"
	"gcm/internal/i18n"
)

// Column is one of the flat table in which the program writes observations in
// its own codes: CSV, XLSX and the Data Package have the same ones.
type Column struct {
	Name      string // "value", "note_kk"
	Dimension string // the register's code; empty for the other columns
	Text      func(Row) string
	Free      bool // words, which can hold anything
	Label     bool // says in words what another column says, and is not read
	Number    bool // Text is a number
	About     i18n.Text
}

// Columns returns the flat table's columns: the place of a value, the value, what
// is said of it, then the names of its codes in each language.
func (s Structure) Columns() []Column {
	all := []Column{
		{Name: "indicator", Text: func(r Row) string { return r.Indicator }, About: s.name("INDICATOR")},
		{Name: "period", Text: func(r Row) string { return string(r.Period) }, About: s.name(timePeriod)},
	}
	for _, d := range s.Register() {
		all = append(all, Column{Name: dimensionColumn(d.Register), Dimension: d.Register, Text: func(r Row) string { return r.Breakdown[d.Register] }, About: d.Name})
	}
	all = append(all,
		Column{Name: "value", Text: func(r Row) string { return Digits(r.Observation) }, Number: true, About: Measure.Name},
		Column{Name: "unit", Text: func(r Row) string { return string(r.Unit) }, About: s.name("UNIT_MEASURE")},
		Column{Name: "qualifier", Text: func(r Row) string { return string(r.Qualifier) }, About: s.name("QUALIFIER")},
		Column{Name: "obs_status", Text: func(r Row) string { return r.ObsStatus }, About: s.name("OBS_STATUS")},
		Column{Name: "conf_status", Text: func(r Row) string { return string(r.ConfStatus) }, About: s.name("CONF_STATUS")},
		Column{Name: "decimals", Text: func(r Row) string { return strconv.Itoa(r.Decimals) }, Number: true, About: s.name("DECIMALS")},
		Column{Name: "value_text", Text: func(r Row) string { return r.ValueText }, Free: true, About: s.name("VALUE_TEXT")},
	)
	for _, lang := range s.Languages {
		all = append(all, Column{Name: "note_" + lang, Text: func(r Row) string { return r.Note[lang] }, Free: true, About: s.name("NOTE_" + strings.ToUpper(lang))})
	}
	for _, lang := range s.Languages {
		all = append(all, Column{Name: "source_" + lang, Text: func(r Row) string { return r.Source[lang] }, Free: true, About: s.name("SOURCE_" + strings.ToUpper(lang))})
	}
	for _, lang := range s.Languages {
		all = append(all, s.labels(lang)...)
	}
	return all
}

// labels are the columns that name the codes of a row in one language.
func (s Structure) labels(lang string) []Column {
	indicator, unit := s.component("INDICATOR"), s.component("UNIT_MEASURE")
	name := func(codes map[string]i18n.Text, code string) string { return codes[code].In(lang, "en") }
	indicatorNames, unitNames := indicator.names(), unit.names()
	var dimensions []map[string]i18n.Text
	register := s.Register()
	for _, d := range register {
		dimensions = append(dimensions, d.names())
	}
	return []Column{
		{Name: "indicator_" + lang, Free: true, Label: true, About: inLanguage(indicator.Name, lang),
			Text: func(r Row) string { return name(indicatorNames, r.Indicator) }},
		{Name: "breakdown_" + lang, Free: true, Label: true, About: inLanguage(words("structure.breakdown"), lang),
			Text: func(r Row) string {
				var parts []string
				for i, d := range register {
					if code := r.Breakdown[d.Register]; code != "" {
						parts = append(parts, name(dimensions[i], code))
					}
				}
				return strings.Join(parts, " · ")
			}},
		{Name: "unit_" + lang, Free: true, Label: true, About: inLanguage(unit.Name, lang),
			Text: func(r Row) string { return name(unitNames, string(r.Unit)) }},
	}
}

// names returns the names of the component's codes by ours.
func (c Component) names() map[string]i18n.Text {
	names := map[string]i18n.Text{}
	for _, code := range c.Codes {
		names[code.Ours] = code.Name
	}
	return names
}

func (s Structure) component(id string) Component {
	all := s.Components()
	return all[slices.IndexFunc(all, func(c Component) bool { return c.ID == id })]
}

func (s Structure) name(id string) i18n.Text { return s.component(id).Name }

// ofTable are names of the flat table's own columns, of which those of a language
// end in its code.
var ofTable = regexp.MustCompile(`^(indicator|period|value|unit|qualifier|obs_status|conf_status|decimals|value_text|(note|source|indicator|breakdown|unit)_[a-z]{2}|dimension_.*)$`)

// dimensionColumn names the column of a dimension by its code, with a word before
// it where the table has a column of that name.
func dimensionColumn(code string) string {
	if ofTable.MatchString(code) {
		return "dimension_" + code
	}
	return code
}

// cell is what the column holds in a file that a spreadsheet program opens.
func (c Column) cell(r Row) string {
	if c.Number {
		return c.Text(r)
	}
	return cell.Harmless(c.Text(r))
}

// Digits prints a value in digits with a point, with as many decimals as the
// source gives or, where it says more than these, all of it; empty for none.
func Digits(o indicators.Observation) string {
	if o.Value == nil {
		return ""
	}
	rounded := strconv.FormatFloat(*o.Value, 'f', o.Decimals, 64)
	if back, err := strconv.ParseFloat(rounded, 64); err == nil && back == *o.Value {
		return rounded
	}
	return strconv.FormatFloat(*o.Value, 'f', -1, 64)
}
