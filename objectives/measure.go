package objectives

import (
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
)

// Status is how far a measure has come. Delayed is never stored: StatusAt
// judges it at a cycle's cut-off.
type Status string

// The statuses.
const (
	Planned    Status = "planned"
	InProgress Status = "in_progress"
	Delayed    Status = "delayed"
	Completed  Status = "completed"
	Dropped    Status = "dropped"
)

// Statuses lists the statuses in the order in which they are shown.
var Statuses = []Status{Completed, InProgress, Delayed, Planned, Dropped}

// Measure is something a State does: a law, a service, a programme, an agreement.
type Measure struct {
	ID           int64
	Code         string
	Title        i18n.Text
	Description  i18n.Text
	Status       Status
	Starts       period.Period // as precise as it came; empty when unknown
	Ends         period.Period
	Category     string
	LeadAgencyID *int64
	LeadAgency   *Agency // nil when the source names none
	Partners     []MeasurePartner
	State        State
	Note         i18n.Text
	Quotes       Quotes

	Objectives       []MeasureObjective
	Actions          []MeasureAction
	Principles       []MeasurePrinciple
	LegalInstruments []MeasureLegalInstrument
	Milestones       []MeasureMilestone
	Budgets          []MeasureBudget

	ArchivedAt  *time.Time // since when it is out of use; what speaks of it stays
	SuccessorID *int64     // the one that it was merged into, or that replaced it
}

// MeasureMilestone is a step of a measure with its date.
type MeasureMilestone struct {
	ID        int64
	MeasureID int64
	Position  int
	Name      i18n.Text
	Due       period.Period
	Done      period.Period // empty until it is reached
}

// MeasureBudget is money set aside for a measure.
type MeasureBudget struct {
	ID        int64
	MeasureID int64
	Position  int
	Period    period.Period // what it is for; empty for the whole measure
	Amount    float64       // in units of Currency
	Currency  string        // ISO 4217: "KZT"
	Fund      string        // republican_budget, local_budget, international, private, other
	Source    i18n.Text     // the programme or body that pays
}

// StatusAt returns the status as judged at a cut-off day: work not completed
// whose last day lies before it is delayed. The clock on the wall plays no part.
func (m Measure) StatusAt(cutoff time.Time) Status {
	open := m.Status == InProgress || m.Status == Planned
	if open && m.Ends != "" && m.Ends.Last().Before(cutoff) {
		return Delayed
	}
	return m.Status
}

// Dates prints when the measure runs, as precisely as it is known; empty when it
// is not. A completed measure with one date was done then, not since then.
func (m Measure) Dates(p *i18n.Printer) string {
	switch {
	case m.Starts == "" && m.Ends == "":
		return ""
	case m.Ends == "" && m.Status == Completed:
		return p.Period(m.Starts)
	case m.Ends == "":
		return p.T("measure.since", p.Period(m.Starts))
	case m.Starts == "":
		return p.T("measure.until", p.Period(m.Ends))
	}
	return p.Period(m.Starts + "/" + m.Ends)
}

// CrossCutting reports whether the measure serves all objectives. It is listed
// once and left out of the counts per objective.
func (m Measure) CrossCutting() bool { return len(m.Objectives) == Total }

// Basis returns Stated when the source itself maps the measure to an objective.
func (m Measure) Basis() Basis {
	for _, o := range m.Objectives {
		if o.Basis == Stated {
			return Stated
		}
	}
	return Inferred
}

// MeasurePartner is an agency that takes part in a measure without leading it.
type MeasurePartner struct {
	MeasureID int64 `gorm:"primaryKey"`
	AgencyID  int64 `gorm:"primaryKey"`
	Agency    Agency
	Position  int
}

// MeasureObjective maps a measure to an objective.
type MeasureObjective struct {
	MeasureID   int64 `gorm:"primaryKey"`
	ObjectiveID int64 `gorm:"primaryKey"`
	Objective   Objective
	Mapping     `gorm:"embedded"`
}

// MeasureAction maps a measure to a lettered action.
type MeasureAction struct {
	MeasureID int64 `gorm:"primaryKey"`
	ActionID  int64 `gorm:"primaryKey"`
	Action    Action
	Mapping   `gorm:"embedded"`
}

// MeasurePrinciple says which guiding principle a measure follows.
type MeasurePrinciple struct {
	MeasureID   int64 `gorm:"primaryKey"`
	PrincipleID int64 `gorm:"primaryKey"`
	Principle   Principle
	Mapping     `gorm:"embedded"`
}

// MeasureLegalInstrument says which law or treaty founds a measure.
type MeasureLegalInstrument struct {
	MeasureID         int64 `gorm:"primaryKey"`
	LegalInstrumentID int64 `gorm:"primaryKey"`
	LegalInstrument   LegalInstrument
	Mapping           `gorm:"embedded"`
}

// ChallengeKind is the sort of a challenge.
type ChallengeKind string

// The kinds of challenge, in the order in which they are shown.
const (
	Gap            ChallengeKind = "gap"
	Recommendation ChallengeKind = "recommendation"
	Priority       ChallengeKind = "priority"
)

// Challenge is a problem, recommendation or priority that the source states.
type Challenge struct {
	ID         int64
	Code       string
	Statement  i18n.Text
	Kind       ChallengeKind
	State      State
	Note       i18n.Text
	Quotes     Quotes
	Objectives []ChallengeObjective

	ArchivedAt  *time.Time
	SuccessorID *int64
}

// ChallengeObjective maps a challenge to an objective.
type ChallengeObjective struct {
	ChallengeID int64 `gorm:"primaryKey"`
	ObjectiveID int64 `gorm:"primaryKey"`
	Objective   Objective
	Mapping     `gorm:"embedded"`
}
