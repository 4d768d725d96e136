package quality

import (
	"time"
)

// Accepted says who lets a finding stand, and why. It holds for as long as the
// values that the finding was made of stay as they are.
type Accepted struct {
	ID          int64
	Mark        string // of the finding
	Rule        string
	IndicatorID int64
	Place       string
	Reason      string
	MadeBy      string
	MadeAt      time.Time
}

// TableName says where accepted findings are kept.
func (Accepted) TableName() string { return "accepted_findings" }
