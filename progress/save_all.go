package progress

// Saving is the content of one entry that is to be saved with others.
type Saving struct {
	Cycle   string
	Kind    Kind   // KindProgress or KindValues
	Record  string // code of the measure or indicator
	Version int    // that the content was written over; 0 when there was no entry
	Content Content
}
