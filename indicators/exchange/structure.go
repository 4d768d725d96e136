package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// Structure is the data structure definition of a State's figures. Its agency is
// the State's code with _GCM: the one who keeps the structure, registered nowhere
// and not the State's statistical office, whose own id is not this program's to
// use.
//
// The version is 1.N.0, where N counts the register's dimensions: these are added
// to and never taken away, so that a version names one form. Code lists grow
// without a new version.
type Structure struct {
	Agency     string // "KAZ_GCM"
	Version    string // "1.14.0"
	Name       i18n.Text
	Languages  []string    // of the texts: each has attributes of its own
	Dimensions []Component // FREQ, REF_AREA, INDICATOR, those of the register, TIME_PERIOD
	Attributes []Component
}

// The ids of what a structure consists of, under its agency.
const (
	StructureID = "DSD_GCM"
	DataflowID  = "DF_GCM"
	ConceptsID  = "CS_GCM"
)

// Measure is the one measure.
var Measure = Component{ID: "OBS_VALUE", Name: words("structure.OBS_VALUE"), Kind: Numeric}

// Component is a dimension or an attribute.
type Component struct {
	ID       string // "SOURCE_COUNTRY", "NOTE_KK"
	Register string // the register's code of a dimension, "source_country"; empty for the structure's own
	Language string // of a text's wording, "kk"
	Name     i18n.Text
	Codes    []Code // of its list; nil when free
	Kind     Kind   // of what is free
	Required bool

	of func(Row) string // what a row has of it
}

// List is the id of the component's code list; empty when it is free.
func (c Component) List() string {
	if c.Codes == nil {
		return ""
	}
	return "CL_" + c.ID
}

// Code is an item of a code list.
type Code struct {
	ID   string // "15$2B$", "NUMBER"
	Ours string // "15+", "count"; empty for the total
	Name i18n.Text
}

// Kind is the kind of a free component.
type Kind int

// The kinds.
const (
	Words Kind = iota
	Whole
	Moment
	Numeric
)

// fixedComponent is a component that every State has.
type fixedComponent struct {
	id       string
	kind     Kind
	codes    func(content) []Code
	required bool
	of       func(Row) string
	texts    func(Row) i18n.Text // one attribute for each language
}

// content is what the code lists of a structure are made of.
type content struct {
	country    objectives.Country
	indicators []indicators.Indicator
	units      []indicators.Unit // beside those of the indicators
}

// fixed lists the components that every State has; those after TIME_PERIOD are
// attributes, and the register's dimensions stand before it.
var fixed = []fixedComponent{
	{id: "FREQ", codes: frequencies, of: func(r Row) string { _, frequency := TimePeriod(r.Period); return frequency }},
	{id: refArea, codes: area},
	{id: "INDICATOR", codes: indicatorCodes, of: func(r Row) string { return CodeID(r.Indicator) }},
	{id: timePeriod, kind: Moment, of: func(r Row) string { text, _ := TimePeriod(r.Period); return text }},
	{id: "UNIT_MEASURE", codes: unitCodes, required: true, of: func(r Row) string { return UnitID(r.Unit) }},
	{id: "UNIT_MULT", codes: multipliers, of: func(Row) string { return "0" }},
	{id: "DECIMALS", kind: Whole, of: func(r Row) string { return strconv.Itoa(r.Decimals) }},
	{id: "OBS_STATUS", codes: obsStatuses, required: true, of: func(r Row) string { return r.ObsStatus }},
	{id: "CONF_STATUS", codes: confStatuses, of: func(r Row) string { return string(r.ConfStatus) }},
	{id: "QUALIFIER", codes: qualifiers, of: func(r Row) string { return strings.ToUpper(string(r.Qualifier)) }},
	{id: "VALUE_TEXT", of: func(r Row) string { return r.ValueText }},
	{id: "TIME_DETAIL", of: func(r Row) string { return timeDetail(r.Period) }},
	{id: "NOTE", texts: func(r Row) i18n.Text { return r.Note }},
	{id: "SOURCE", texts: func(r Row) i18n.Text { return r.Source }},
}

const (
	refArea    = "REF_AREA"
	timePeriod = "TIME_PERIOD"

	allDimensions = "AllDimensions"
)

// NewStructure returns the structure of a State's data: its register of
// dimensions, the indicators that the data are of, and the units of the values
// that have another one than their indicator.
func NewStructure(c objectives.Country, dimensions []indicators.Dimension, all []indicators.Indicator, units ...indicators.Unit) Structure {
	if len(c.Languages) == 0 {
		c.Languages = []string{"en"}
	}
	s := Structure{
		Agency: c.Code + "_GCM", Version: fmt.Sprintf("1.%d.0", len(dimensions)),
		Name: words("structure.name"), Languages: c.Languages,
	}
	to := &s.Dimensions
	for _, f := range fixed {
		if f.id == timePeriod {
			for _, d := range dimensions {
				s.Dimensions = append(s.Dimensions, ofRegister(d))
			}
		}
		*to = append(*to, f.components(content{c, all, units})...)
		if f.id == timePeriod {
			to = &s.Attributes
		}
	}
	return s
}

func (f fixedComponent) components(from content) []Component {
	one := Component{ID: f.id, Name: words("structure." + f.id), Kind: f.kind, Required: f.required, of: f.of}
	if f.codes != nil {
		one.Codes = f.codes(from)
	}
	if f.id == refArea {
		one.of = func(Row) string { return from.country.Code }
	}
	if f.texts == nil {
		return []Component{one}
	}
	var each []Component
	for _, lang := range from.country.Languages {
		each = append(each, Component{
			ID: f.id + "_" + strings.ToUpper(lang), Language: lang, Name: inLanguage(one.Name, lang),
			of: func(r Row) string { return f.texts(r)[lang] },
		})
	}
	return each
}

// inLanguage names a text's wording in one language: "Note (kk)".
func inLanguage(name i18n.Text, lang string) i18n.Text {
	named := i18n.Text{}
	for l, n := range name {
		named[l] = n + " (" + lang + ")"
	}
	return named
}

func ofRegister(d indicators.Dimension) Component {
	c := Component{ID: ComponentID(d.Code), Register: d.Code, Name: d.Name, Codes: []Code{{Total, "", words("breakdown.total")}}}
	for _, code := range d.Codes {
		c.Codes = append(c.Codes, Code{CodeID(code.Code), code.Code, code.Name})
	}
	c.of = func(r Row) string { return cmp.Or(CodeID(r.Breakdown[d.Code]), Total) }
	return c
}

// Lists returns the components with a code list.
func (s Structure) Lists() []Component {
	return slices.DeleteFunc(s.Components(), func(c Component) bool { return c.Codes == nil })
}

// Components returns the dimensions and the attributes, the dimensions first.
func (s Structure) Components() []Component { return slices.Concat(s.Dimensions, s.Attributes) }

// Register returns the register's dimensions.
func (s Structure) Register() []Component {
	return slices.DeleteFunc(slices.Clone(s.Dimensions), func(c Component) bool { return c.Register == "" })
}

// narrow returns the structure with the register's dimensions by which there are
// values of the indicator: for a table of it alone, as SDMX wants all of them.
func (s Structure) narrow(ind indicators.Indicator) Structure {
	s.Dimensions = slices.DeleteFunc(slices.Clone(s.Dimensions), func(c Component) bool {
		return c.Register != "" && !slices.ContainsFunc(ind.Observations, func(o indicators.Observation) bool { return o.Breakdown[c.Register] != "" })
	})
	return s
}

// Ours returns the register's code for an item of the component's list.
func (c Component) Ours(id string) (string, bool) {
	i := slices.IndexFunc(c.Codes, func(code Code) bool { return code.ID == id })
	if i < 0 {
		return "", false
	}
	return c.Codes[i].Ours, true
}

func frequencies(content) []Code {
	var codes []Code
	for _, f := range append(slices.Clone(indicators.Frequencies), other) {
		codes = append(codes, Code{string(f), string(f), words("structure.FREQ." + string(f))})
	}
	return codes
}

func area(from content) []Code {
	return []Code{{from.country.Code, from.country.Code, from.country.Name}}
}

func indicatorCodes(from content) []Code {
	codes := []Code{}
	for _, ind := range from.indicators {
		codes = append(codes, Code{CodeID(ind.Code), ind.Code, ind.Name})
	}
	return codes
}

// unitIDs are the codes of units that the cross-domain and SDG code lists have
// another code for than this program.
var unitIDs = map[indicators.Unit]string{indicators.Percent: "PT", indicators.Count: "NUMBER", indicators.Persons: "PS"}

// UnitID is the code of a unit: PT for percent, NUMBER for a count, PS for
// persons, the others as they are in capitals.
func UnitID(u indicators.Unit) string {
	return cmp.Or(unitIDs[u], strings.ToUpper(string(u)))
}

// UnitOf is the inverse of UnitID.
func UnitOf(id string) (indicators.Unit, bool) {
	for _, u := range indicators.Units {
		if UnitID(u) == id {
			return u, true
		}
	}
	return indicators.Unit(id), indicators.Unit(id).Currency()
}

// units lists the units that are no currency, and the currencies in use.
func unitCodes(from content) []Code {
	used := slices.Concat(indicators.Units, from.units)
	for _, ind := range from.indicators {
		used = append(used, ind.Unit)
	}
	slices.Sort(used[len(indicators.Units):])
	var codes []Code
	for i, u := range used {
		if slices.Index(used, u) == i {
			codes = append(codes, Code{UnitID(u), string(u), unitName(u)})
		}
	}
	return codes
}

// unitName names a unit in every language; a currency without a name keeps its code.
func unitName(u indicators.Unit) i18n.Text {
	if name := words("unit." + string(u)); len(name) > 0 {
		return name
	}
	return i18n.Text{"en": string(u)}
}

func multipliers(content) []Code {
	return []Code{{"0", "0", words("structure.UNIT_MULT.0")}}
}

func obsStatuses(content) []Code { return listed(indicators.CodeLists().Obs) }

func confStatuses(content) []Code { return listed(indicators.CodeLists().Conf) }

func listed(list indicators.CodeList) []Code {
	var codes []Code
	for _, c := range list.Codes {
		codes = append(codes, Code{c.Code, c.Code, c.Name})
	}
	return codes
}

func qualifiers(content) []Code {
	var codes []Code
	for _, q := range []indicators.Qualifier{indicators.Exact, indicators.Approximate, indicators.MoreThan, indicators.LessThan, indicators.Missing} {
		codes = append(codes, Code{strings.ToUpper(string(q)), string(q), words("structure.QUALIFIER." + string(q))})
	}
	return codes
}

// words returns a word of the catalogue in every language that has it.
func words(key string) i18n.Text {
	text := i18n.Text{}
	for _, lang := range i18n.Languages {
		if p, err := i18n.New(lang); err == nil && p.Has(key) {
			text[lang] = p.T(key)
		}
	}
	return text
}
