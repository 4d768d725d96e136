package reports

import (
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// Level is a person's judgement of where the State stands on an objective. The
// four follow the categories of SDG indicator 10.7.2.
type Level string

// The levels, the lowest first.
const (
	RequiresProgress Level = "requires_further_progress"
	PartiallyMeets   Level = "partially_meets"
	Meets            Level = "meets"
	FullyMeets       Level = "fully_meets"
)

// Levels lists the levels, the lowest first.
var Levels = []Level{RequiresProgress, PartiallyMeets, Meets, FullyMeets}

// Assessment is where a review judges that an objective stands, and why.
type Assessment struct {
	ID          int64
	ReviewID    int64
	ObjectiveID int64
	Objective   objectives.Objective
	Level       Level
	Reason      i18n.Text
	Evidence    References
	Challenges  i18n.Text
	Support     i18n.Text // needed from partners
	Version     int
	ChangedAt   time.Time
	ChangedBy   string
}

// Promise is what a review says will be done.
type Promise struct {
	ID          int64
	Code        string // public: "2022-3"
	ReviewID    int64
	Position    int
	ObjectiveID *int64 // nil when it is about all
	Objective   *objectives.Objective
	AgencyID    *int64
	Agency      *objectives.Agency
	Text        i18n.Text
	Due         period.Period
	Version     int
	Outcomes    []PromiseOutcome
}

// Outcome is what has become of a promise.
type Outcome string

// The outcomes.
const (
	Kept       Outcome = "kept"
	PartlyKept Outcome = "partly"
	UnderWay   Outcome = "under_way"
	NotKept    Outcome = "not_kept"
	GivenUp    Outcome = "given_up"
)

// Outcomes lists the outcomes in the order in which they are shown.
var Outcomes = []Outcome{Kept, PartlyKept, UnderWay, NotKept, GivenUp}

// PromiseOutcome is what a later review says of a promise.
type PromiseOutcome struct {
	PromiseID int64 `gorm:"primaryKey;autoIncrement:false"`
	ReviewID  int64 `gorm:"primaryKey;autoIncrement:false"`
	Outcome   Outcome
	Note      i18n.Text
	Version   int
}
