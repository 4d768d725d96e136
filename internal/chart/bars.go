package chart

import "math"

// drawBars draws the categories of one moment, in the order given, as bars that
// stand on zero. Each value is written at its bar, so there is no value axis.
func (c Chart) drawBars(cv *canvas) {
	y := 0.0
	if c.Unit != "" {
		y = 14
		cv.text(Text{X: 0, Y: 10, Size: smallSize, Anchor: Start, Fill: Muted, Text: cv.clip(c.Unit, smallSize, cv.width, false)})
	}
	if len(c.Series) > 0 {
		b := c.barFrame(cv, c.Series[0].Points)
		top := y
		for _, pt := range c.Series[0].Points {
			y = b.row(cv, pt, y)
		}
		if b.column > 0 {
			cv.line(Muted, 1, nil, XY{b.zero, top + 2}, XY{b.zero, y})
		}
	}
	cv.height = y + 4
}

// barFrame is the geometry that all bars share.
type barFrame struct {
	column     float64 // width of the category column; 0 when labels stand above the bars
	left, zero float64
	perUnit    float64 // points for one unit of value
	valueRoom  float64
}

const barHeight = 13.0

func (c Chart) barFrame(cv *canvas, points []Point) barFrame {
	var labels, values []string
	for _, p := range points {
		labels, values = append(labels, p.Label), append(values, p.Text)
	}
	b := barFrame{valueRoom: min(cv.widest(values, textSize, true)+6, 0.4*cv.width)}
	if cv.width >= 300 {
		b.column = min(cv.widest(labels, textSize, false), 0.36*cv.width)
		b.left = b.column + 8
	}
	lo, hi := c.extent()
	lo, hi = min(lo, 0), max(hi, 0)
	if lo < 0 { // values of negative bars stand on their left
		b.valueRoom = min(b.valueRoom, (cv.width-b.left-20)/2)
		b.left += b.valueRoom
	}
	right := cv.width - b.valueRoom
	b.zero = b.left
	if hi-lo > 1e-9 {
		b.perUnit = (right - b.left) / (hi - lo)
		b.zero = b.left - lo*b.perUnit
	}
	return b
}

// row draws one category below y and returns where the next one begins.
func (b barFrame) row(cv *canvas, pt Point, y float64) float64 {
	width, lineCount := b.column, 3
	if width == 0 {
		width, lineCount = cv.width, 2
	}
	lines := cv.wrap(pt.Label, textSize, width+0.01, false, lineCount)
	text := float64(len(lines)) * lineStep * textSize
	if b.column == 0 {
		cv.block(Text{X: 0, Y: y + 4 + textSize, Size: textSize, Anchor: Start, Fill: Ink}, lines)
		y += 7 + text
		b.bar(cv, pt, y)
		cv.line(Muted, 1, nil, XY{b.zero, y - 2}, XY{b.zero, y + barHeight + 2}) // through no name
		return y + barHeight + 2
	}
	height := math.Max(text, barHeight) + 7
	first := y + (height-text)/2 + 0.95*textSize
	cv.block(Text{X: b.column, Y: first, Size: textSize, Anchor: End, Fill: Ink}, lines)
	b.bar(cv, pt, y+(height-barHeight)/2)
	return y + height
}

func (b barFrame) bar(cv *canvas, pt Point, y float64) {
	t := Text{Y: y + barHeight/2 + 3.2, Size: textSize, Fill: Ink, Bold: true, Anchor: Start, X: b.zero + 5, Text: pt.Text}
	if !pt.drawn() {
		t.Bold, t.Fill = false, Muted
		cv.line(Muted, 1, []float64{2, 2}, XY{b.zero, y + barHeight/2}, XY{b.zero + 3, y + barHeight/2})
		t.Text = cv.clip(t.Text, textSize, b.valueRoom-5, false)
		cv.text(t)
		cv.spot(0, pt, b.zero, y+barHeight/2)
		return
	}
	length := pt.Value * b.perUnit
	r := Rect{X: b.zero + min(length, 0), Y: y, W: math.Abs(length), H: barHeight, Fill: Series1}
	if pt.Loose {
		r.Fill, r.Stroke, r.LineWidth, r.Dash = Paper, Series1, 1.5, []float64{3, 2}
	}
	cv.rect(r)
	cv.spot(0, pt, b.zero+length, y+barHeight/2)
	t.X = b.zero + max(length, 0) + 5
	if pt.Value < 0 {
		t.X, t.Anchor = b.zero+length-5, End
	}
	t.Text = cv.clip(t.Text, textSize, b.valueRoom-5, true)
	cv.text(t)
}
