// Package form is the spreadsheet that an agency fills in for a round without
// the program at hand: what stands on it and in which cell, and what a filled-in
// one would change. It knows entries and cells; it writes nothing into the
// database, which progress does.
package form

import (
	"time"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// edition counts changes of the form's layout: a form of another one is refused.
const edition = 1

// Form is a form to be filled in.
type Form struct {
	progress.Asked
	Made time.Time
}

// The columns of the sheet of measures.
const (
	measureCode = iota
	measureTitle
	measureLastStatus
	measureLastNarrative
	measureStatus
	measureNote
	measureNarrative
	measureResults
	measureChallenges
	measureNextSteps
	measureSupport
)

// The columns of the sheet of indicators.
const (
	indicatorCode = iota
	indicatorName
	indicatorUnit
	indicatorPeriod
	indicatorBreakdown
	indicatorLast
	indicatorValue
	indicatorQualifier
	indicatorNote
	indicatorKey // hidden: the breakdown in its canonical form
)

// column is a column with its word in the catalogue.
type column struct {
	word  string
	width float64
}

var measureColumns = []column{
	{"code", 16}, {"title", 28}, {"last_status", 13}, {"last_narrative", 26}, {"status", 14}, {"note", 20},
	{"narrative", 34}, {"results", 24}, {"challenges", 24}, {"next_steps", 24}, {"support", 24},
}

var indicatorColumns = []column{
	{"code", 18}, {"name", 40}, {"unit", 12}, {"period", 14}, {"breakdown", 30}, {"last_value", 22}, {"value", 16}, {"qualifier", 16}, {"note", 36}, {"key", 10},
}

// headRows is the number of rows above the first record.
const headRows = 2

// keySheet is the hidden sheet that says which form this is.
const keySheet = "gcm"

// The first cells of its rows.
const (
	keyEdition  = "form"
	keyRound    = "round"
	keyAgency   = "agency"
	keyLanguage = "language"
	keyMade     = "made"
	keyEntry    = "entry" // kind, record, version
)

// chosen marks the key of a row in which the person chooses the breakdown;
// fixed stands before a breakdown that is given.
const (
	chosen = "?"
	fixed  = "cell:"
)

// blankRows is how many rows an indicator has for periods and breakdowns that
// the form does not foresee.
const blankRows = 3

// statuses are those that somebody can give; delayed is judged.
var statuses = []objectives.Status{objectives.Planned, objectives.InProgress, objectives.Completed, objectives.Dropped}

var qualifiers = []indicators.Qualifier{indicators.Exact, indicators.Approximate, indicators.MoreThan, indicators.LessThan, indicators.Missing}

func statusWord(p *i18n.Printer, s objectives.Status) string {
	if s == "" {
		return ""
	}
	return p.T("measure.status." + string(s))
}

func qualifierWord(p *i18n.Printer, q indicators.Qualifier) string {
	if q == "" {
		return ""
	}
	return p.T("spreadsheet.qualifier." + string(q))
}

// words lists what a person chooses from.
func words[T any](p *i18n.Printer, word func(*i18n.Printer, T) string, values []T) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = word(p, v)
	}
	return list
}

// progressOf returns how the entry on a measure stands, or how it would begin.
func progressOf(m progress.AskedMeasure) progress.Progress {
	if m.Entry != nil && m.Entry.Content.Progress != nil {
		return *m.Entry.Content.Progress
	}
	return progress.Progress{Status: m.Measure.Status}
}

func valuesOf(i progress.AskedIndicator) progress.Values {
	if i.Entry != nil && i.Entry.Content.Values != nil {
		return *i.Entry.Content.Values
	}
	return progress.Values{Rows: []progress.Figure{}}
}

// narrative is a text of a progress entry with its column.
type narrative struct {
	column int
	text   func(*progress.Progress) *i18n.Text
}

var narratives = []narrative{
	{measureNote, func(p *progress.Progress) *i18n.Text { return &p.Note }},
	{measureNarrative, func(p *progress.Progress) *i18n.Text { return &p.Narrative }},
	{measureResults, func(p *progress.Progress) *i18n.Text { return &p.Results }},
	{measureChallenges, func(p *progress.Progress) *i18n.Text { return &p.Challenges }},
	{measureNextSteps, func(p *progress.Progress) *i18n.Text { return &p.NextSteps }},
	{measureSupport, func(p *progress.Progress) *i18n.Text { return &p.Support }},
}
