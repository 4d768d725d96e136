package indicators

import (
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
)

// GapKind says what is missing.
type GapKind string

// The kinds of gaps.
const (
	NoIndicator GapKind = "no_indicator" // an objective that nothing measures
	NoData      GapKind = "no_data"
	OldData     GapKind = "old"
	NoBreakdown GapKind = "no_breakdown" // an expected dimension without figures
)

// GapPlan says who closes a gap, how and by when.
type GapPlan struct {
	ID          int64
	Kind        GapKind
	ObjectiveID *int64
	IndicatorID *int64
	DimensionID *int64
	AgencyID    *int64
	Plan        i18n.Text
	Due         period.Period
	MadeBy      string
	MadeAt      time.Time
}
