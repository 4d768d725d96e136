package pdf

// color is a colour as 0xRRGGBB.
type color uint32

// The palette: a deep blue for structure, a warm accent for marks, greys for
// what stands back. All text colours keep a contrast of 4.5 to 1 on paper.
const (
	ink      color = 0x1B1F24
	deep     color = 0x12395B // headings, links, heavy rules
	accent   color = 0xA8571C // numbers of chapters, marks, short rules
	muted    color = 0x56616B // notes, running heads
	hairline color = 0xC9D1D8
	wash     color = 0xF1F4F7 // behind heads of groups and notices
	warm     color = 0xFBF4EA // behind gaps and invitations
	paper    color = 0xFFFFFF
	pale     color = 0xC8D6E3 // secondary text on the cover's blue
)

// seriesColors tell chart series apart for every kind of colour sight, and in
// grey by their lightness; charts add dashes and labels.
var seriesColors = [4]color{0x12395B, 0xC4691C, 0x2E8B8B, 0x8A5A9E}

// geometry is a page and the frame that text stands in, in points.
type geometry struct {
	width, height            float64
	left, right, top, bottom float64
}

func (g geometry) textWidth() float64  { return g.width - g.left - g.right }
func (g geometry) textHeight() float64 { return g.height - g.top - g.bottom }

// A4 upright and across. Across, the head stays above the long side.
var (
	portrait  = geometry{width: 595.28, height: 841.89, left: 82, right: 82, top: 88, bottom: 84}
	landscape = geometry{width: 841.89, height: 595.28, left: 64, right: 64, top: 80, bottom: 70}
	narrow    = geometry{width: 595.28, height: 841.89, left: 56, right: 56, top: 56, bottom: 50} // of a short document
)

// align says where the lines of a text end.
type align uint8

const (
	justify align = iota
	ragged
	centered
	flushRight
)

// style is how a text is set. Lengths in points.
type style struct {
	family  family
	bold    bool
	italic  bool
	size    float64
	leading float64
	color   color
	align   align
	whole   bool // words are broken only where nothing else helps
}

var (
	bodyStyle    = style{family: serif, size: 10.5, leading: 14.8, color: ink}
	shortStyle   = style{family: serif, size: 10, leading: 13.4, color: ink} // of a short document
	leadStyle    = style{family: serif, size: 12.5, leading: 18, color: deep, align: ragged}
	smallStyle   = style{family: sans, size: 8, leading: 11, color: muted, align: ragged}
	subheadStyle = style{family: sans, bold: true, size: 10, leading: 14, color: accent, align: ragged, whole: true}
	labelStyle   = style{family: sans, bold: true, size: 9, leading: 13, color: ink, align: ragged, whole: true}
	noteStyle    = style{family: serif, size: 8.5, leading: 11.2, color: ink}
	captionStyle = style{family: sans, size: 9, leading: 12.4, color: ink, align: ragged, whole: true}
	cellStyle    = style{family: sans, size: 8.5, leading: 11.6, color: ink, align: ragged}
	compactStyle = style{family: sans, size: 7.4, leading: 9.8, color: ink, align: ragged}
	calloutStyle = style{family: sans, size: 9.2, leading: 13.2, color: ink, align: ragged}
	boxTitle     = style{family: sans, bold: true, size: 9.5, leading: 13.2, color: deep, align: ragged, whole: true}
	factValue    = style{family: sans, bold: true, size: 20, leading: 25, color: deep, align: ragged, whole: true}
	factLabel    = style{family: sans, size: 8.5, leading: 11.6, color: muted, align: ragged, whole: true}
	runningStyle = style{family: sans, size: 7.8, leading: 10, color: muted, align: ragged}
)

// headingStyle is the look of a section's title by its depth, from 1.
func headingStyle(depth int) style {
	switch depth {
	case 1:
		return style{family: serif, bold: true, size: 23, leading: 29, color: deep, align: ragged, whole: true}
	case 2:
		return style{family: sans, bold: true, size: 14.5, leading: 19, color: deep, align: ragged, whole: true}
	case 3:
		return style{family: sans, bold: true, size: 11.5, leading: 15.5, color: deep, align: ragged, whole: true}
	}
	return style{family: sans, bold: true, italic: true, size: 10.5, leading: 14.5, color: deep, align: ragged, whole: true}
}
