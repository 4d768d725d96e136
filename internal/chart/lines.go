package chart

// LineStep is the distance from line to line of a text, in sizes of its type.
const LineStep = lineStep

// Wrap breaks a text into at most so many lines of a width; what does not fit ends
// in an ellipsis.
func Wrap(m Measure, text string, size, width float64, bold bool, lines int) []string {
	return (&canvas{measure: m}).wrap(text, size, width, bold, lines)
}

// Clip cuts a text to a width and says so with an ellipsis.
func Clip(m Measure, text string, size, width float64, bold bool) string {
	return (&canvas{measure: m}).clip(text, size, width, bold)
}
