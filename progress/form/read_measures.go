package form

import (
	"maps"
	"strings"

	"gcm/internal/i18n"
	"gcm/internal/sheet"
	"gcm/objectives"
	"gcm/progress"
)

// measures reads the sheet of measures.
func (c *check) measures() error {
	byCode := map[string]progress.AskedMeasure{}
	for _, m := range c.asked.Measures {
		byCode[m.Measure.Code] = m
	}
	seen := map[string]bool{}
	return c.rows("measures", measureColumns, func(row sheet.Row) {
		if c.blank(row, measureStatus, measureSupport) {
			return
		}
		code := c.at(row, measureCode)
		m, known := byCode[code.Text]
		if !known {
			c.bad(code, "spreadsheet.error.record")
			return
		}
		if c.first(seen, code.Text, code) {
			c.measure(row, code, m)
		}
	})
}

// blank reports whether nothing is filled in from one column to another.
func (c *check) blank(row sheet.Row, from, to int) bool {
	for column := from; column <= to; column++ {
		if row.At(column).Form != sheet.Empty {
			return false
		}
	}
	return true
}

func (c *check) measure(row sheet.Row, code cell, m progress.AskedMeasure) {
	now := progressOf(m)
	next := now
	var changes []Change
	change := func(at cell, before, after string) {
		changes = append(changes, Change{
			Record: m.Measure.Code, Title: m.Measure.Title, Field: "spreadsheet.column." + measureColumns[at.column].word,
			Sheet: c.sheet, Ref: sheet.Ref(at.column, at.row), Before: before, After: after,
		})
	}
	if at := c.at(row, measureStatus); !at.empty() && c.plain(at) {
		status, ok := c.status(at.Text)
		if !ok {
			c.bad(at, "spreadsheet.error.list")
		} else if status != now.Status {
			next.Status = status
			change(at, statusWord(c.reader, now.Status), statusWord(c.reader, status))
		}
	}
	for _, n := range narratives {
		at := c.at(row, n.column)
		before := (*n.text(&now))[c.Language]
		if at.empty() || !c.readable(at) || at.words() == before {
			continue
		}
		*n.text(&next) = with(*n.text(&now), c.Language, at.words())
		change(at, before, at.words())
	}
	if len(changes) > 0 && c.may(progress.KindProgress, code, m.Entry) {
		c.Changes = append(c.Changes, changes...)
		c.Savings = append(c.Savings, progress.Saving{
			Cycle: c.Round, Kind: progress.KindProgress, Record: m.Measure.Code, Version: version(m.Entry), Content: progress.Content{Progress: &next},
		})
	}
}

// longest is how many characters a text may have.
const longest = 20_000

// readable reports whether a cell can be taken as a text.
func (c *check) readable(at cell) bool {
	if !c.plain(at) {
		return false
	}
	if n := len([]rune(at.Text)); n > longest {
		c.bad(at, "spreadsheet.error.long", n, longest)
		return false
	}
	return true
}

// status finds a status by its word in the form's language, or in another one:
// people copy rows from form to form.
func (c *check) status(word string) (objectives.Status, bool) {
	return find(c.p, word, statuses, statusWord)
}

// find finds a value by its word, first in the printer's language.
func find[T ~string](p *i18n.Printer, word string, values []T, in func(*i18n.Printer, T) string) (T, bool) {
	printers := []*i18n.Printer{p}
	for _, lang := range i18n.Languages {
		if other, err := i18n.New(lang); err == nil {
			printers = append(printers, other)
		}
	}
	for _, p := range printers {
		for _, v := range values {
			if strings.EqualFold(word, in(p, v)) || word == string(v) {
				return v, true
			}
		}
	}
	return "", false
}

// with returns the text with a wording in place of another; the text itself
// stays as it is.
func with(t i18n.Text, lang, wording string) i18n.Text {
	t = maps.Clone(t)
	if t == nil {
		t = i18n.Text{}
	}
	t[lang] = wording
	return t
}
