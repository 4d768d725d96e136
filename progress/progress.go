// Package progress holds a reporting round at work: the cycle and its
// milestones, what agencies are asked for, what they enter with evidence and
// comments, and each entry's way from draft to release. It knows measures,
// indicators and the people who act; it knows no document and no page.
package progress

import (
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Cycle is a reporting round.
type Cycle struct {
	ID           int64
	Code         string // "2022", as in URLs and file names
	Name         i18n.Text
	Cutoff       period.Period // a full date: what is delayed is judged on it
	CutoffBasis  objectives.Basis
	CutoffReason i18n.Text
	Covers       period.Period // what the round reports on; empty when nobody said
	OpenedAt     *time.Time    // since when agencies enter; nil for a round that was only presented
	ClosedAt     *time.Time

	Milestones []CycleMilestone
}

// Open reports whether agencies may enter.
func (c Cycle) Open() bool { return c.OpenedAt != nil && c.ClosedAt == nil }

// CycleMilestone is a date of a round.
type CycleMilestone struct {
	ID      int64
	CycleID int64
	Code    string // "agencies", "coordinator", or the working group's own
	Name    i18n.Text
	Due     string // a day, 2027-01-15
	Note    i18n.Text
}

// Request asks an agency for an entry on one measure or one indicator.
type Request struct {
	ID          int64
	CycleID     int64
	AgencyID    int64
	MeasureID   *int64
	IndicatorID *int64
	Due         string // a day
	Note        string // to the agency, in the words of the coordinator
	CreatedBy   int64
	CreatedAt   time.Time
	WithdrawnAt *time.Time
}
