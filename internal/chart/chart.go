// Package chart lays a small set of statistical charts out as geometry, once,
// so that the page (SVG) and the paper (PDF) show the same picture.
//
// It knows numbers, labels and millimetre-free geometry in points. It does not
// know what an indicator is, nor where the drawing ends up.
package chart

// Kind says which picture is drawn.
type Kind string

// The kinds of chart.
const (
	Line    Kind = "line"    // values over time; the horizontal position is a date
	Columns Kind = "columns" // values over time, few points: vertical bars
	Bars    Kind = "bars"    // categories of one moment: horizontal bars
	Map     Kind = "map"     // countries at one moment: circles on the land, their area the value
)

// Chart is what is to be shown, as a pure value: numbers with the words that
// stand at them. Labels are already in the reader's language; Lang is used for
// the numbers of the axis alone.
type Chart struct {
	Kind   Kind
	Lang   string   // BCP 47 language of the axis numbers
	Title  string   // accessible name; not drawn
	Scope  string   // the part that is drawn, in words ("Republic of Korea", "2021"); empty for the whole
	Unit   string   // printed at the head of the value axis
	Series []Series // at least one; Bars and Map take exactly one
	Breaks []Break  // Line and Columns: where values begin to be made in another way

	Home, HomeName string // Map: the country that the figures are of, by ISO 3166-1, and its name; both may be empty
}

// Break is a place on the time axis from which values are made in another way.
type Break struct {
	At    float64 // as of a Point
	Label string
	Parts bool   // values on its sides cannot be compared: lines end there
	Of    string // the series that it concerns, by name; empty for all
}

// Series is one line, or one set of bars.
type Series struct {
	Name   string // printed at the line's end when there are several series
	Points []Point
	Aim    bool // where values are to go, which no break parts
}

// Point is one value, or the place of a missing one.
type Point struct {
	Label   string  // the period or the category: "2019", "Uzbekistan"
	At      float64 // Line and Columns: the decimal year (2019.5); Bars: ignored
	Value   float64
	Missing bool   // a gap: no mark, no zero, the label says so
	Text    string // the value as printed, qualifier included: "more than 13,000"
	Loose   bool   // the value is a bound or an estimate: drawn hollow
	Place   string // Map: the country, by ISO 3166-1
}

// A Measure returns the width of a text in points when set at size points.
type Measure func(text string, size float64, bold bool) float64

// Drawing is a chart as geometry: points (1/72 inch), origin at the top left.
type Drawing struct {
	Width, Height float64
	Shapes        []Shape
	Spots         []Spot // where each value stands, series by series, for who points at it
}

// Spot is the place of a value in a drawing, with what is said there.
type Spot struct {
	X, Y   float64
	Series int // its number in the chart
	Label  string
	Text   string
}

// Shape is one of Rect, Polyline, Polygon, Circle and Text.
type Shape interface{ shape() }

// Paint names a colour by its role, so that each writer takes it from its own
// theme (light, dark, print).
type Paint string

// The roles of colour. Series are told apart by colour, dash and a direct label.
const (
	None    Paint = ""
	Ink     Paint = "ink"     // text
	Muted   Paint = "muted"   // secondary text
	Grid    Paint = "grid"    // axis and grid lines
	Paper   Paint = "paper"   // the background
	Series1 Paint = "series1" // the first series, and so on
	Series2 Paint = "series2"
	Series3 Paint = "series3"
	Series4 Paint = "series4"
)

// Rect is a rectangle, filled, outlined or both.
type Rect struct {
	X, Y, W, H   float64
	Fill, Stroke Paint
	LineWidth    float64
	Dash         []float64
}

// Polyline is a run of straight lines.
type Polyline struct {
	Points    []XY
	Stroke    Paint
	LineWidth float64
	Dash      []float64 // on and off lengths; empty for a full line
}

// Polygon is an area; a ring within another one is a hole.
type Polygon struct {
	Rings [][]XY
	Fill  Paint
}

// XY is a place in the drawing.
type XY struct{ X, Y float64 }

// Circle is a mark at a value.
type Circle struct {
	X, Y, R      float64
	Fill, Stroke Paint
	LineWidth    float64
	Dash         []float64
}

// Anchor says which point of a text stands at its X.
type Anchor string

// The anchors.
const (
	Start  Anchor = "start"
	Middle Anchor = "middle"
	End    Anchor = "end"
)

// Text is one line of text; Y is its baseline.
type Text struct {
	X, Y, Size float64
	Anchor     Anchor
	Bold       bool
	Fill       Paint
	Text       string
}

func (Rect) shape()     {}
func (Polyline) shape() {}
func (Polygon) shape()  {}
func (Circle) shape()   {}
func (Text) shape()     {}
