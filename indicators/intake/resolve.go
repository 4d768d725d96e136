package intake

import (
	"slices"
	"strings"

	"gcm/indicators"
	"gcm/indicators/exchange"
	"gcm/internal/cell"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// Problem is a cell that cannot be read, or one that says what cannot be.
type Problem struct {
	Place  Place
	Column string
	Value  string
	Key    string // message key of the catalogue
	Args   []any
}

// resolver turns rows of a source into values of the register.
type resolver struct {
	register *register
	options  Options
	decimal  string
	names    Names
	messages bool // the file is no table that a spreadsheet program might open

	periods map[string]foundPeriod
	first   map[Role]string // the area and kind of report that the file as a whole is of
	skipped int             // rows without a value
	in      indicators.Incoming
	cells   []place
}

type foundPeriod struct {
	period period.Period
	note   string
	err    error
}

// place is one dimension of a row.
type place struct{ dimension, code string }

func newResolver(reg *register, reading *Reading, o Options) *resolver {
	decimal := reading.decimal
	if o.Decimal != "" {
		decimal = o.Decimal
	}
	r := &resolver{register: reg, options: o, decimal: decimal, names: reading.Names, periods: map[string]foundPeriod{}, first: map[Role]string{}}
	r.messages = reading.Format == SDMXJSON || reading.Format == SDMXML
	if o.Area != "" {
		r.first[OfArea] = o.Area
	}
	return r
}

// bare returns a text without the mark that keeps a table's cell from being read
// as a formula.
func (r *resolver) bare(text string) string {
	if text = strings.TrimSpace(text); r.messages {
		return text
	}
	return cell.Bare(text)
}

// said gathers the fields of one row by what they say.
type said struct {
	row                          *Row
	indicator, series, goal      *Field
	unit, period, value          *Field
	multiplier, decimals, status *Field
	confidence, qualifier        *Field
	wording, action, detail      *Field
	names                        []*Field
	problems                     []Problem
}

func (s *said) bad(f *Field, key string, args ...any) {
	p := Problem{Place: s.row.Place, Key: key, Args: args}
	if f != nil {
		p.Column, p.Value = f.Column.Name, f.Value
	}
	s.problems = append(s.problems, p)
}

// resolve returns the value that a row gives; nil for a row that gives none. What
// it returns is changed by the next call.
func (r *resolver) resolve(row *Row) (*indicators.Incoming, []Problem) {
	s := said{row: row}
	r.in = indicators.Incoming{}
	r.cells = r.cells[:0]
	r.gather(&s)
	if r.empty(&s) {
		r.skipped++
		return nil, nil
	}
	r.readValue(&s)
	r.readPeriod(&s)
	unit := r.readUnit(&s)
	r.readAttributes(&s)
	key := seriesKey{text(s.indicator), text(s.series), unit, text(s.unit)}
	if key.indicator == "" && s.indicator == nil {
		key.indicator = r.options.Indicator
	}
	if key.indicator == "" && key.series == "" {
		s.bad(s.indicator, "import.problem.no_indicator")
		return nil, s.problems
	}
	found := r.register.series(key, &s, r)
	if found == nil {
		return nil, s.problems
	}
	if found.calculated {
		s.bad(s.indicator, "import.problem.calculated")
		return nil, s.problems
	}
	r.in.Indicator, r.in.Unit = found.code, found.unit
	r.in.Breakdown = r.breakdown(&s, found)
	r.undeclared(&s, found)
	if len(s.problems) > 0 {
		return nil, s.problems
	}
	return &r.in, nil
}

func text(f *Field) string {
	if f == nil {
		return ""
	}
	return strings.TrimSpace(f.Value)
}

func (r *resolver) gather(s *said) {
	for i := range s.row.Fields {
		f := &s.row.Fields[i]
		switch f.Column.Role {
		case OfIndicator:
			s.indicator = f
		case OfSeries:
			s.series = f
		case OfGoal:
			s.goal = f
		case OfUnit:
			s.unit = f
		case OfPeriod:
			s.period = f
		case OfValue:
			s.value = f
		case OfMultiplier:
			s.multiplier = f
		case OfDecimals:
			s.decimals = f
		case OfStatus:
			s.status = f
		case OfConfidence:
			s.confidence = f
		case OfQualifier:
			s.qualifier = f
		case OfWording:
			s.wording = f
		case OfAction:
			s.action = f
		case OfDetail:
			s.detail = f
		case OfName:
			s.names = append(s.names, f)
		case OfNote:
			r.words(&r.in.Note, f)
		case OfSource:
			r.words(&r.in.Source, f)
		}
	}
}

// words puts a text into its language. A column that is there and empty says that
// there is none.
func (r *resolver) words(into *i18n.Text, f *Field) {
	if *into == nil {
		*into = i18n.Text{}
	}
	lang := f.Column.Language
	if lang == "" {
		lang = r.options.Language
	}
	if said := r.bare(f.Value); said != "" && (*into)[lang] == "" {
		(*into)[lang] = said
	} else if said != "" {
		(*into)[lang] += "; " + said
	}
}

// empty reports whether a row says nothing: it has no value, and does not say
// that one is missing.
func (r *resolver) empty(s *said) bool {
	if text(s.value) != "" || text(s.action) != "" && strings.EqualFold(text(s.action), "D") {
		return false
	}
	status, _ := readStatus(text(s.status))
	return !(status != "" && strings.Contains(missingStatuses, status)) && text(s.qualifier) != string(indicators.Missing)
}

func (r *resolver) readValue(s *said) {
	switch strings.ToUpper(text(s.action)) {
	case "", "I", "A", "M", "R", "INFORMATION", "APPEND", "MERGE", "REPLACE":
	case "D", "DELETE":
		r.in.Gone, r.in.Qualifier = true, indicators.Missing
		return
	default:
		s.bad(s.action, "import.problem.action")
	}
	n, err := readNumber(text(s.value), r.decimal)
	if err != nil {
		s.bad(s.value, err.Error())
		return
	}
	if said := text(s.multiplier); said != "" {
		power, ok := readMultiplier(said)
		if !ok {
			s.bad(s.multiplier, "import.problem.multiplier")
			return
		}
		if n, err = n.scaled(power); err != nil {
			s.bad(s.value, err.Error())
			return
		}
	}
	r.in.Value, r.in.Decimals, r.in.Qualifier = n.value, n.decimals, n.qualifier
	if q := text(s.qualifier); q != "" {
		is, ok := qualifiers[strings.ToLower(q)]
		if !ok || (is == indicators.Missing) != (n.value == nil) {
			s.bad(s.qualifier, "import.problem.qualifier")
			return
		}
		r.in.Qualifier = is
	}
	if d := text(s.decimals); d != "" && n.value != nil {
		digits, _, ok := plain(d)
		if !ok || digits < 0 || digits > 15 || digits != float64(int(digits)) {
			s.bad(s.decimals, "import.problem.decimals")
			return
		}
		r.in.Decimals = int(digits)
	}
}

func (r *resolver) readPeriod(s *said) {
	said := text(s.period)
	if s.period == nil {
		s.bad(nil, "import.problem.no_period")
		return
	}
	if detail := period.Period(text(s.detail)); detail.IsInterval() { // of this program's own making
		if p, err := period.Parse(string(detail)); err == nil {
			if form, _ := exchange.TimePeriod(p); form == said {
				r.in.Period = p
				return
			}
		}
	}
	found, known := r.periods[said]
	if !known {
		bare, note := said, ""
		if i := strings.IndexAny(said, "([*"); i > 0 { // "2011/12 (baseline)", "2019/20 [Note 4]"
			bare, note = strings.TrimSpace(said[:i]), strings.Trim(said[i:], "()[]*")
		}
		found.period, found.err = readPeriod(bare, s.period.Column.years)
		found.note = note
		if said == "" && r.register.undated {
			found.err = nil
		}
		if len(r.periods) < 1<<16 {
			r.periods[strings.Clone(said)] = found
		}
	}
	if found.err != nil {
		s.bad(s.period, found.err.Error())
		return
	}
	r.in.Period = found.period
	if found.note != "" {
		if r.in.Note == nil {
			r.in.Note = i18n.Text{}
		}
		if r.in.Note[r.options.Language] == "" {
			r.in.Note[r.options.Language] = found.note
		}
	}
}

// readUnit returns the unit that the row names; empty when it names none.
func (r *resolver) readUnit(s *said) indicators.Unit {
	word := text(s.unit)
	if word == "" {
		return ""
	}
	unit, _ := readUnit(word)
	return unit
}

func (r *resolver) readAttributes(s *said) {
	if said := text(s.status); said != "" {
		code, ok := readStatus(said)
		if !ok {
			s.bad(s.status, "import.problem.status")
		}
		r.in.ObsStatus = &code
	}
	if said := text(s.confidence); said != "" {
		code, ok := readConfidence(said)
		if !ok {
			s.bad(s.confidence, "import.problem.confidence")
		}
		r.in.ConfStatus = &code
	}
	if s.wording != nil {
		said := r.bare(text(s.wording))
		r.in.ValueText = &said
	}
}

// breakdown returns the cell of the row, in canonical form.
func (r *resolver) breakdown(s *said, found *series) string {
	for i := range s.row.Fields {
		f := &s.row.Fields[i]
		name, value := f.Column.Dimension, r.bare(f.Value)
		switch f.Column.Role {
		case OfArea, OfReportingType:
			if r.ofTheWhole(f.Column.Role, value) {
				continue
			}
			name = dimensionOf[f.Column.Role]
		case OfBreakdown:
			r.wholeBreakdown(s, f, found)
			continue
		case Dimension:
		default:
			continue
		}
		r.put(s, f, name, value, found)
	}
	if len(r.cells) == 0 {
		return ""
	}
	slices.SortFunc(r.cells, func(a, b place) int { return strings.Compare(a.dimension, b.dimension) })
	var b strings.Builder
	for i, c := range r.cells {
		if i > 0 {
			if c.dimension == r.cells[i-1].dimension {
				s.bad(nil, "import.problem.dimension_twice", c.dimension)
			}
			b.WriteByte(';')
		}
		b.WriteString(c.dimension + "=" + c.code)
	}
	return b.String()
}

// undeclared names dimensions by which the indicator is not broken down.
func (r *resolver) undeclared(s *said, found *series) {
	for _, c := range r.cells {
		if !found.dimensions[c.dimension] {
			s.bad(nil, "import.problem.not_broken_down", found.code, c.dimension)
		}
	}
}

// dimensionOf are the dimensions of areas and reports that are not the whole file's.
var dimensionOf = map[Role]string{OfArea: "ref_area", OfReportingType: "reporting_type"}

// ofTheWhole reports whether an area is the country, or a kind of report the
// file's own: the first that it names, unless the options say another.
func (r *resolver) ofTheWhole(role Role, value string) bool {
	if value == "" || isTotal(value) {
		return true
	}
	whole, known := r.first[role]
	if !known {
		r.first[role], whole = strings.TrimSuffix(strings.Clone(value), ".0"), value
	}
	return strings.TrimSuffix(value, ".0") == strings.TrimSuffix(whole, ".0")
}

// wholeBreakdown reads a cell in canonical form: "citizenship=AF;sex=f".
func (r *resolver) wholeBreakdown(s *said, f *Field, found *series) {
	b, err := indicators.ParseBreakdown(strings.TrimSpace(f.Value))
	if err != nil {
		s.bad(f, "import.problem.breakdown")
		return
	}
	for name, value := range b {
		r.put(s, f, name, value, found)
	}
}

// put adds the value of one dimension to the cell of the row.
func (r *resolver) put(s *said, f *Field, name, value string, found *series) {
	if name == "" {
		name = r.register.holding(value)
	}
	dimension := r.register.dimension(name, f.Column, s, r)
	if dimension == nil {
		return
	}
	if code := r.register.code(dimension, value, f, s, r); code != "" {
		r.cells = append(r.cells, place{dimension.code, code})
		found.uses(dimension.code)
	}
}

// isTotal reports whether a value of a dimension stands for all of it.
func isTotal(value string) bool { return value == "" || value == "_T" || value == "_Z" }
