package reports

import (
	"strings"

	"gcm/internal/chart"
)

// How a short document is set, in points. It is the one document that is bound to
// paper: a brief has two pages, so what goes into it has to know what they hold.
// Every estimate is of the widest case, and the tests of the press hold it against
// the pages that come out.
const (
	shortWidth  = 483.0
	shortHeight = 722.0 // a line less than the page has: whoever sets it may break one sooner

	bodySize, bodyStep     = 10.0, 13.4
	cellSize, cellStep     = 8.5, 11.6
	remarkSize, remarkStep = 8.0, 11.0
	noteStep               = 11.2
	serifs                 = 1.045 // how much wider the serifs run than the sans that is measured
)

// setLines is how many lines a text takes at most when it is set in a size and
// width, without hyphens. A word that is longer than a line takes several.
func setLines(text string, size, width float64, bold bool) int {
	lines, at := 0, width+1
	blank := chart.NotoSans(" ", size, bold)
	for word := range strings.FieldsSeq(strings.ReplaceAll(text, "\u00a0", "0")) {
		w := chart.NotoSans(word, size, bold)
		if at+blank+w <= width {
			at += blank + w
			continue
		}
		lines++
		for at = w; at > width; at -= width * 0.85 { // it is broken where its syllables end
			lines++
		}
	}
	return lines
}

// high is the height of lines of a text with the space above them; nothing for
// no text.
func high(text string, size, step, before float64, bold bool) float64 {
	n := setLines(text, size, shortWidth, bold)
	if n == 0 {
		return 0
	}
	return before + float64(n)*step
}

// headHeight is what the head of a short document takes of its first page, with
// room for the number of an edition and what it corrects.
func headHeight(c Cover) float64 {
	h := high(c.State, 9.5, 13, 0, true) + high(c.Title, 19*serifs, 24, 2, true) + 8 + high(c.Subtitle, 9, 13, 6, true) + 2*(remarkStep+1.5)
	for _, s := range append([]string{c.Edition}, c.Notice...) {
		h += high(s, remarkSize, remarkStep, 1.5, false)
	}
	return h
}

// Heights of what stands around the text of a page.
const (
	sectionBefore  = 14.0              // above a section's title, not at the top of a page
	sectionHeight  = 19 + 6            // a section's title of one line
	columnsHeight  = 24                // the titles of a table's columns
	colophonHeight = 5 + 2*remarkStep  // which edition it is
	cellAround     = 6.8               // above and below the text of a row
	labelHeight    = 8 + 13.0          // a label of one line
	subheadHeight  = 13 + 14.0 + 4     // a heading in the text
	firstItem      = 6.0               // above a list
	nextItem       = 3.5               // between its items
	itemWidth      = shortWidth - 13.5 // beside its marks
)

// itemHeight is the height of an item of a list of running text.
func itemHeight(text string) float64 {
	return float64(setLines(text, bodySize*serifs, itemWidth, false))*bodyStep + nextItem
}
