package indicators

// Trend says where an indicator goes.
type Trend string

// The trends.
const (
	TargetAchieved  Trend = "target_achieved"
	OnTrack         Trend = "on_track"
	ProgressTooSlow Trend = "progress_too_slow"
	NoProgress      Trend = "no_progress"
	Deteriorating   Trend = "deteriorating"
	NotEnoughData   Trend = "not_enough_data"
)

// Trends lists the trends in the order in which they are shown.
var Trends = []Trend{TargetAchieved, OnTrack, ProgressTooSlow, NoProgress, Deteriorating, NotEnoughData}
