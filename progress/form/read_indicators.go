package form

import (
	"maps"
	"slices"
	"strings"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/sheet"
	"gcm/progress"
)

// series is an indicator's entry while its rows are read.
type series struct {
	progress.AskedIndicator
	code    cell // where it stands first
	next    []progress.Figure
	changes []Change
	seen    map[string]bool // period and breakdown
	labels  map[string]string
}

// indicators reads the sheet of indicators.
func (c *check) indicators() error {
	var order []*series
	byCode := map[string]*series{}
	for _, asked := range c.asked.Indicators {
		_, labels := choices(c.p, asked.Indicator)
		s := &series{AskedIndicator: asked, next: slices.Clone(valuesOf(asked).Rows), seen: map[string]bool{}, labels: labels}
		byCode[asked.Indicator.Code] = s
		order = append(order, s)
	}
	err := c.rows("indicators", indicatorColumns, func(row sheet.Row) {
		code := c.at(row, indicatorCode)
		s := byCode[code.Text]
		switch {
		case c.blank(row, indicatorValue, indicatorNote):
		case s == nil:
			c.bad(code, "spreadsheet.error.record")
		default:
			if s.code.empty() {
				s.code = code
			}
			c.figure(row, s)
		}
	})
	for _, s := range order {
		if len(s.changes) > 0 && c.may(progress.KindValues, s.code, s.Entry) {
			next := valuesOf(s.AskedIndicator)
			next.Rows = s.next
			c.Changes = append(c.Changes, s.changes...)
			c.Savings = append(c.Savings, progress.Saving{
				Cycle: c.Round, Kind: progress.KindValues, Record: s.Indicator.Code, Version: version(s.Entry), Content: progress.Content{Values: &next},
			})
		}
	}
	return err
}

// figure reads a row into the indicator's entry.
func (c *check) figure(row sheet.Row, s *series) {
	f, ok := c.cellOf(row, s)
	if !ok {
		return
	}
	i := slices.IndexFunc(s.next, func(o progress.Figure) bool { return o.Period == f.Period && o.Breakdown == f.Breakdown })
	now := f.Guarded(s.Indicator)
	if i >= 0 {
		now = s.next[i]
	}
	next, ok := c.fill(row, now)
	if !ok || same(now, next) && i >= 0 {
		return
	}
	c.compare(row, s, now, next)
	if i < 0 {
		s.next = append(s.next, next)
	} else {
		s.next[i] = next
	}
}

// cellOf reads which figure a row gives: its period and breakdown.
func (c *check) cellOf(row sheet.Row, s *series) (f progress.Figure, ok bool) {
	at, ok := c.at(row, indicatorPeriod), true
	switch period, good := when(at.Given); {
	case at.empty():
		c.bad(at, "spreadsheet.error.no_period")
		ok = false
	case !c.plain(at):
		ok = false
	case !good:
		c.bad(at, "spreadsheet.error.period")
		ok = false
	default:
		f.Period = period
	}
	at = c.at(row, indicatorBreakdown)
	key, given := strings.CutPrefix(row.At(indicatorKey).Text, fixed)
	canonical, known := s.labels[at.Text]
	switch {
	case given && c.cellKnown(s, key):
		f.Breakdown = key
	case at.empty(): // the total
	case !c.plain(at):
		ok = false
	case !known:
		c.bad(at, "spreadsheet.error.list")
		ok = false
	default:
		f.Breakdown = canonical
	}
	if ok {
		ok = c.first(s.seen, string(f.Period)+" "+f.Breakdown, c.at(row, indicatorPeriod))
	}
	return f, ok
}

// cellKnown reports whether a row's key is one that the form was made with.
func (c *check) cellKnown(s *series, key string) bool {
	return slices.ContainsFunc(figureRows(c.p, c.asked.Cycle.Covers, s.AskedIndicator), func(r figureRow) bool {
		return !r.chosen && r.breakdown == key
	})
}

// fill reads value, qualifier and note over what is there.
func (c *check) fill(row sheet.Row, now progress.Figure) (next progress.Figure, ok bool) {
	next, ok = now, true
	value, qualifier, note := c.at(row, indicatorValue), c.at(row, indicatorQualifier), c.at(row, indicatorNote)
	if !qualifier.empty() && c.plain(qualifier) {
		if next.Qualifier, ok = find(c.p, qualifier.Text, qualifiers, qualifierWord); !ok {
			c.bad(qualifier, "spreadsheet.error.list")
		}
	}
	switch v, decimals, good := number(value.Given, c.Language); {
	case !c.plain(value):
		ok = false
	case value.empty() && next.Qualifier == indicators.Missing:
		next.Value, next.Decimals = nil, 0
	case value.empty() && next.Value == nil:
		c.bad(value, "spreadsheet.error.no_value")
		ok = false
	case value.empty():
	case next.Qualifier == indicators.Missing && !qualifier.empty():
		c.bad(value, "spreadsheet.error.missing")
		ok = false
	case value.Form == sheet.Date || !good:
		c.bad(value, "spreadsheet.error.number")
		ok = false
	case now.Value == nil || *now.Value != v:
		next.Value, next.Decimals = &v, decimals
	}
	if next.Value != nil && (next.Qualifier == "" || next.Qualifier == indicators.Missing) {
		next.Qualifier = indicators.Exact
	}
	if !note.empty() && c.readable(note) {
		next.Note = with(now.Note, c.Language, note.words())
	}
	return next, ok
}

func same(a, b progress.Figure) bool {
	return (a.Value == nil) == (b.Value == nil) && (a.Value == nil || *a.Value == *b.Value) && a.Qualifier == b.Qualifier && maps.Equal(a.Note, b.Note)
}

// compare puts on record what a row changes.
func (c *check) compare(row sheet.Row, s *series, now, next progress.Figure) {
	b, _ := indicators.ParseBreakdown(next.Breakdown) // it came from the indicator
	change := func(column int, before, after string) {
		if before == after {
			return
		}
		s.changes = append(s.changes, Change{
			Record: s.Indicator.Code, Title: s.Indicator.Name, Field: "spreadsheet.column." + indicatorColumns[column].word,
			Cell:  c.reader.Period(next.Period) + " · " + s.Indicator.BreakdownLabel(c.reader, b),
			Sheet: c.sheet, Ref: sheet.Ref(column, row.Number), Before: before, After: after,
		})
	}
	change(indicatorValue, valueWord(c.reader, now), valueWord(c.reader, next))
	change(indicatorQualifier, qualifierWord(c.reader, now.Qualifier), qualifierWord(c.reader, next.Qualifier))
	change(indicatorNote, now.Note[c.Language], next.Note[c.Language])
}

func valueWord(p *i18n.Printer, f progress.Figure) string {
	if f.Value == nil {
		return ""
	}
	return p.Number(*f.Value, f.Decimals)
}
