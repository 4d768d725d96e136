package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"gcm/indicators"
	"gcm/indicators/exchange"
	"gcm/internal/i18n"
	words "gcm/internal/register"
	"gcm/objectives"
)

// The limits of what one file may bring into the register.
const (
	maxSeries = 20_000
	maxCodes  = 200_000
)

// register is what the register knows of indicators and dimensions, and what a
// file adds to it.
type register struct {
	create  bool
	undated bool // a value may be without a period

	byCode     map[string]*series
	found      map[seriesKey]*series
	dimensions map[string]*dimension // by whatever the file calls it
	all        []*dimension
	made       []*series // new ones, in the order of the file
	codes      int       // new ones
}

// seriesKey is how a source names what is counted.
type seriesKey struct {
	indicator, series string
	unit              indicators.Unit
	unitWord          string
}

// series is an indicator of the register, or one that the file brings.
type series struct {
	code       string
	unit       indicators.Unit
	unitWord   string // of a unit that the register has no name for
	dimensions map[string]bool
	new        *indicators.Indicator // nil for a known one
	added      []string              // dimensions by which a known one is now broken down too
	create     bool
	calculated bool // its formula makes its values, and nothing else
}

// uses notes that values are broken down by a dimension.
func (s *series) uses(dimension string) {
	if s.dimensions[dimension] || !s.create {
		return
	}
	s.dimensions[dimension] = true
	if s.new == nil {
		s.added = append(s.added, dimension)
	} else {
		s.new.Dimensions = append(s.new.Dimensions, indicators.IndicatorDimension{Dimension: indicators.Dimension{Code: dimension}, Position: len(s.new.Dimensions)})
	}
}

// dimension is a dimension of the register, or one that the file brings.
type dimension struct {
	code   string
	name   i18n.Text
	known  bool
	codes  map[string]string // what files call a code → the code
	taken  map[string]bool
	added  []indicators.DimensionCode
	places int
}

func newRegister(rows []indicators.Indicator, dimensions []indicators.Dimension, create bool) *register {
	g := &register{create: create, byCode: map[string]*series{}, found: map[seriesKey]*series{}, dimensions: map[string]*dimension{}}
	for _, i := range rows {
		s := &series{code: i.Code, unit: i.Unit, unitWord: i.ScaleNote.In(), dimensions: map[string]bool{}, create: create, calculated: i.Formula.Kind != ""}
		for _, d := range i.Dimensions {
			s.dimensions[d.Dimension.Code] = true
		}
		g.byCode[i.Code] = s
	}
	for _, d := range dimensions {
		one := &dimension{code: d.Code, name: d.Name, known: true, codes: map[string]string{}, taken: map[string]bool{}, places: len(d.Codes)}
		for _, c := range d.Codes {
			for _, name := range c.Name {
				one.codes[normal(name)] = c.Code
			}
		}
		for _, c := range d.Codes { // a code goes before another's name
			one.codes[normal(c.Code)], one.taken[c.Code] = c.Code, true
		}
		for _, name := range d.Name {
			g.dimensions[normal(name)] = one
		}
		g.all = append(g.all, one)
	}
	for _, d := range g.all {
		g.dimensions[normal(d.code)] = d
	}
	return g
}

// normal is a name as it is compared: files differ in case, gaps and strokes.
func normal(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '\u00a0' }), "-")
}

// newCode makes a code from a name; one that would lose what tells names apart
// ends in a piece of the name's hash.
func newCode(name string) string {
	code := words.Slug(name)
	if strings.ContainsAny(name, "<>=≤≥+*$#@~^") || len([]rune(name)) > 60 || code == "record" {
		sum := sha256.Sum256([]byte(name))
		code += "-" + hex.EncodeToString(sum[:3])
	}
	return code
}

// series finds what a row counts, or makes it; nil after a problem.
func (g *register) series(key seriesKey, s *said, r *resolver) *series {
	found, known := g.found[key]
	if !known {
		found = g.find(key, s, r)
		key = seriesKey{strings.Clone(key.indicator), strings.Clone(key.series), indicators.Unit(strings.Clone(string(key.unit))), strings.Clone(key.unitWord)}
		if len(g.found) < maxSeries*2 {
			g.found[key] = found
		}
	}
	if found == nil {
		at := cmp.Or(s.indicator, s.series)
		if g.unitDiffers(key) != nil {
			s.bad(s.unit, "import.problem.unit", string(g.unitDiffers(key).unit))
		} else if len(g.made) >= maxSeries {
			s.bad(at, "import.problem.too_many")
		} else {
			s.bad(at, "import.problem.indicator")
		}
	}
	return found
}

// base returns the codes that a key can have in the register, the likeliest first.
func (k seriesKey) base() []string {
	if k.series == "" || k.indicator == "" {
		one := k.indicator + k.series
		own, _ := exchange.CodeOf(one)
		return []string{one, own, newCode(one)}
	}
	return []string{newCode(k.indicator) + "-" + newCode(k.series)}
}

func (s *series) measuredIn(key seriesKey) bool {
	return key.unit == "" || key.unit == s.unit && (key.unit != indicators.Other || key.unitWord == s.unitWord || strings.EqualFold(key.unitWord, string(indicators.Other)))
}

// unitDiffers returns the indicator that the key names when only its unit is another.
func (g *register) unitDiffers(key seriesKey) *series {
	for _, code := range key.base() {
		if s := g.byCode[code]; s != nil && !s.measuredIn(key) {
			return s
		}
	}
	return nil
}

func (g *register) find(key seriesKey, s *said, r *resolver) *series {
	base := key.base()
	for _, code := range base {
		if found := g.byCode[code]; found != nil && found.measuredIn(key) {
			return found
		}
	}
	code := base[len(base)-1]
	if g.byCode[code] != nil { // in another unit
		code = code + "-" + newCode(key.unitWord)
		if found := g.byCode[code]; found != nil {
			return found
		}
	}
	if !g.create || len(g.made) >= maxSeries {
		return nil
	}
	return g.newSeries(code, key, s, r)
}

func (g *register) newSeries(code string, key seriesKey, s *said, r *resolver) *series {
	unit := cmp.Or(key.unit, indicators.Other)
	ind := &indicators.Indicator{
		Code: code, Name: r.seriesName(key, s), Unit: unit, FigureType: indicators.Statistic, Direction: indicators.Neutral,
		State: objectives.Released, Scope: indicators.National, Definition: r.names["definition:"+key.indicator],
	}
	if key.unitWord != "" && unit == indicators.Other {
		ind.ScaleNote = r.named("text:"+key.unitWord, strings.Clone(key.unitWord))
	}
	if goal := cmp.Or(text(s.goal), strings.ReplaceAll(key.indicator, "-", ".")); globalCode.MatchString(goal) {
		ind.SDGIndicators = objectives.Strings{strings.Clone(goal)}
	}
	made := &series{code: code, unit: unit, unitWord: ind.ScaleNote.In(), dimensions: map[string]bool{}, new: ind, create: true}
	g.byCode[code] = made
	g.made = append(g.made, made)
	return made
}

// seriesName names a new indicator: by the file's own titles, else by its words.
func (r *resolver) seriesName(key seriesKey, s *said) i18n.Text {
	for _, f := range s.names {
		if said := text(f); said != "" {
			return i18n.Text{cmp.Or(f.Column.Language, r.options.Language): strings.Clone(said)}
		}
	}
	var parts []i18n.Text
	for _, f := range []*Field{s.indicator, s.series} {
		if said := text(f); said != "" {
			kind := "text:"
			if f == s.indicator {
				kind = "indicator:"
			}
			parts = append(parts, r.named(kind+said, cmp.Or(f.Label, said)))
		}
	}
	name := i18n.Text{}
	for _, part := range parts {
		for lang := range part {
			var all []string
			for _, p := range parts {
				all = append(all, p.In(lang, r.options.Language))
			}
			name[lang] = strings.Clone(strings.Join(all, ": "))
		}
	}
	return name
}

// named returns the names that the source has under a key, else the word itself.
func (r *resolver) named(key, word string) i18n.Text {
	if name := r.names[key]; len(name) > 0 {
		return name
	}
	return i18n.Text{r.options.Language: strings.Clone(word)}
}

// dimension finds a dimension by what the file calls it, or makes it.
func (g *register) dimension(name string, c *Column, s *said, r *resolver) *dimension {
	if found := g.dimensions[name]; found != nil {
		return found
	}
	if name == "" {
		s.problems = append(s.problems, Problem{Place: s.row.Place, Column: c.Name, Key: "import.problem.dimension"})
		return nil
	}
	found := g.dimensions[normal(name)]
	if own, ok := exchange.DimensionOf(name); ok && found == nil {
		found = g.dimensions[normal(own)]
	}
	if found == nil && g.create && len(g.all) < maxColumns {
		found = &dimension{code: newCode(name), name: r.named("text:"+name, name), codes: map[string]string{}, taken: map[string]bool{}}
		g.all = append(g.all, found)
		g.dimensions[normal(name)] = found
		g.dimensions[normal(found.code)] = found
	}
	if found == nil {
		for i := range s.row.Fields { // an empty cell says nothing of a dimension that nobody knows
			if f := &s.row.Fields[i]; f.Column == c && !isTotal(strings.TrimSpace(f.Value)) {
				s.problems = append(s.problems, Problem{Place: s.row.Place, Column: c.Name, Value: f.Value, Key: "import.problem.dimension"})
			}
		}
		return nil
	}
	g.dimensions[strings.Clone(name)] = found
	return found
}

// holding returns the one dimension that has a value of this name, where a second
// line of head does not say of which it is.
func (g *register) holding(value string) string {
	name := ""
	for _, d := range g.all {
		if d.codes[normal(value)] == "" {
			continue
		}
		if name != "" {
			return ""
		}
		name = d.code
	}
	return name
}

// code finds a value of a dimension by what the file calls it, or makes it; empty
// for the total, and after a problem.
func (g *register) code(d *dimension, value string, f *Field, s *said, r *resolver) string {
	if code, known := d.codes[value]; known && value != "" {
		return code
	}
	if isTotal(value) {
		return ""
	}
	code := d.codes[normal(value)]
	if own, ok := exchange.CodeOf(value); ok && code == "" && d.taken[own] {
		code = own
	}
	if code == "" && strings.EqualFold(value, "total") {
		return ""
	}
	if code == "" && g.create && g.codes < maxCodes {
		code = newCode(value)
		if d.taken[code] {
			sum := sha256.Sum256([]byte(value))
			code += "-" + hex.EncodeToString(sum[:3])
		}
		d.taken[code] = true
		d.added = append(d.added, indicators.DimensionCode{Code: code, Name: r.named("text:"+value, cmp.Or(f.Label, value)), Position: d.places + len(d.added)})
		d.codes[normal(value)] = code
		g.codes++
	}
	if code == "" {
		s.bad(f, "import.problem.code", d.code)
		return ""
	}
	if len(d.codes) < maxCodes {
		d.codes[strings.Clone(value)] = code
	}
	return code
}

// touched lists the codes of the indicators that the file speaks of.
func (g *register) touched() []string {
	codes := map[string]bool{}
	for _, s := range g.found {
		if s != nil {
			codes[s.code] = true
		}
	}
	return slices.Sorted(maps.Keys(codes))
}

// extension is what the file adds.
func (g *register) extension() indicators.Extension {
	e := indicators.Extension{Breakdowns: map[string][]string{}}
	for _, d := range g.all {
		if !d.known || len(d.added) > 0 {
			e.Dimensions = append(e.Dimensions, indicators.Dimension{Code: d.code, Name: d.name, Codes: d.added})
		}
	}
	for _, s := range g.made {
		e.Indicators = append(e.Indicators, *s.new)
	}
	for _, code := range slices.Sorted(maps.Keys(g.byCode)) {
		if s := g.byCode[code]; len(s.added) > 0 {
			e.Breakdowns[code] = s.added
		}
	}
	return e
}
