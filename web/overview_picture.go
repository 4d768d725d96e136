package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"gcm/indicators"
	"gcm/internal/chart"
	"gcm/objectives"
)

// picture is the overview as one picture: a tile for each objective. A page shows
// it as a list that finds its own columns, a file as a sheet to be printed.
type picture struct {
	Tiles []tile
	All   *tile // of the measures that serve all objectives; nil without any
	Per   int   // measures that one square stands for
}

// tile is an objective in the picture.
type tile struct {
	objectiveLine
	Squares []statusCount // of measures, Per to a square
}

// mostSquares is how many a tile has room for.
const mostSquares = 27

func pictureOf(all []objectiveLine, crossCutting []objectives.Measure, cutoff time.Time) picture {
	p := picture{Per: 1}
	every := objectiveLine{Statuses: tally(crossCutting, cutoff), Measures: len(crossCutting)}
	for _, o := range append(all, every) {
		p.Per = max(p.Per, (o.Measures+mostSquares-1)/mostSquares)
	}
	for _, o := range all {
		p.Tiles = append(p.Tiles, p.tile(o))
	}
	if every.Measures > 0 {
		t := p.tile(every)
		p.All = &t
	}
	return p
}

func (p picture) tile(o objectiveLine) tile {
	t := tile{objectiveLine: o}
	for _, c := range o.Statuses {
		t.Squares = append(t.Squares, statusCount{c.Status, (c.Count + p.Per - 1) / p.Per})
	}
	return t
}

// downloadPicture sends the picture as a file of its own, an A4 sheet on its side.
func (s *site) downloadPicture(r *request) error {
	overview, err := r.overview()
	if err != nil {
		return err
	}
	crossCutting, err := s.objectives.CrossCutting(r.Request.Context())
	if err != nil {
		return err
	}
	p := pictureOf(overview.lines(), crossCutting, overview.cycle.Cutoff.Last())
	title := r.T("picture.title", r.in(r.country.Name))
	r.Header("Content-Language", r.p.Lang())
	r.Header("Content-Disposition", `inline; filename="objectives-`+r.p.Lang()+`.svg"`)
	r.Header("Content-Security-Policy", "default-src 'none'; sandbox")
	r.Header("Cache-Control", "no-cache")
	r.Data(http.StatusOK, "image/svg+xml; charset=utf-8", []byte(chart.StandaloneSVG(r.drawPicture(p, title), title, r.T("picture.how"))))
	return nil
}

// The sheet in points, and what stands on it.
const (
	sheetWidth, sheetHeight = 842.0, 595.0
	sheetMargin             = 28.0
	sheetHead               = 52.0 // room for the title
	tileColumns, tileRows   = 6, 4
	tileGap                 = 8.0
	tileWidth               = (sheetWidth - 2*sheetMargin - (tileColumns-1)*tileGap) / tileColumns
	tileHeight              = (sheetHeight - 2*sheetMargin - sheetHead - (tileRows-1)*tileGap - 12) / tileRows
)

// drawPicture lays the picture out on a sheet: six tiles in a row, the last place
// for what the marks mean.
func (r *request) drawPicture(p picture, title string) chart.Drawing {
	d := drawing{}
	d.text(sheetMargin, sheetMargin+14, 16, true, chart.Ink, chart.Clip(chart.NotoSans, title, 16, sheetWidth-2*sheetMargin, true))
	d.text(sheetMargin, sheetMargin+32, 9, false, chart.Muted, r.T("picture.as_of", r.day(r.site.Now())))
	for i, t := range p.Tiles {
		x, y := placeOf(i)
		r.drawTile(&d, t, x, y)
	}
	x, y := placeOf(len(p.Tiles))
	r.drawKey(&d, p, x, y)
	d.text(sheetMargin, sheetHeight-sheetMargin, 7, false, chart.Muted, chart.Clip(chart.NotoSans, r.T("site.source"), 7, sheetWidth-2*sheetMargin, false))
	return chart.Drawing{Width: sheetWidth, Height: sheetHeight, Shapes: d.shapes}
}

func placeOf(i int) (x, y float64) {
	return sheetMargin + float64(i%tileColumns)*(tileWidth+tileGap), sheetMargin + sheetHead + float64(i/tileColumns)*(tileHeight+tileGap)
}

func (r *request) drawTile(d *drawing, t tile, x, y float64) {
	frame := chart.Rect{X: x, Y: y, W: tileWidth, H: tileHeight, Stroke: chart.Grid, LineWidth: 1}
	if t.Measures == 0 {
		frame.Dash = []float64{3, 3}
	}
	d.add(frame)
	d.text(x+7, y+20, 15, true, chart.Series2, strconv.Itoa(t.Number))
	size := 8.0
	title := chart.Wrap(chart.NotoSans, r.in(t.ShortTitle), size, tileWidth-38, true, 3)
	if strings.HasSuffix(strings.Join(title, " "), "…") { // rather smaller than cut off
		size = 7
		title = chart.Wrap(chart.NotoSans, r.in(t.ShortTitle), size, tileWidth-38, true, 3)
	}
	at := y + 14.0
	for _, line := range title {
		d.text(x+31, at, size, true, chart.Ink, line)
		at += size * chart.LineStep
	}
	at = y + 48
	if t.Measures == 0 {
		key := "objective.no_measure"
		if t.Silent() {
			key = "objective.silent"
		}
		for _, line := range chart.Wrap(chart.NotoSans, r.T(key), 7, tileWidth-14, false, 3) {
			d.text(x+7, at, 7, false, chart.Muted, line)
			at += 7 * chart.LineStep
		}
	} else {
		d.squares(t.Squares, x+7, at-6, tileWidth-14)
	}
	left := x + 7
	for _, c := range t.Trends {
		if c.Known() {
			d.arrow(c.Trend, left, y+tileHeight-30)
			d.text(left+10, y+tileHeight-22.5, 8, false, chart.Ink, r.p.Number(float64(c.Count), 0))
			left += 27
		}
	}
	left = x + 7
	for _, c := range t.Ages {
		d.age(c.Age, left+3.5, y+tileHeight-11)
		d.text(left+10, y+tileHeight-8, 8, false, chart.Ink, r.p.Number(float64(c.Count), 0))
		left += 27
	}
	if t.Judged != nil {
		for step := range 4 {
			bar := chart.Rect{X: x + tileWidth - 34 + float64(step)*7, Y: y + tileHeight - 9 - float64(step+1)*3, W: 5, H: float64(step+1) * 3, Stroke: chart.Series1, LineWidth: .8}
			if step < t.Judged.Level.Step() {
				bar.Fill = chart.Series1
			}
			d.add(bar)
		}
	}
}

// drawKey says in the last place what the marks mean.
func (r *request) drawKey(d *drawing, p picture, x, y float64) {
	at := y + 6
	line := func(mark func(x, y float64), words string) {
		mark(x, at)
		parts := chart.Wrap(chart.NotoSans, words, 6.5, tileWidth-12, false, 2)
		for i, part := range parts {
			d.text(x+12, at+6.5+float64(i)*7, 6.5, false, chart.Ink, part)
		}
		at += 1.5 + float64(len(parts))*7
	}
	square := r.T("picture.square")
	if p.Per > 1 {
		square = r.T("picture.squares", p.Per)
	}
	d.text(x, y+2, 7, true, chart.Ink, chart.Clip(chart.NotoSans, square, 7, tileWidth, true))
	for _, s := range objectives.Statuses {
		line(func(x, y float64) { d.square(s, x, y) }, r.T("measure.status."+string(s)))
	}
	for _, trend := range indicators.Trends {
		if trend != indicators.NotEnoughData {
			line(func(x, y float64) { d.arrow(trend, x, y) }, r.T("trend.level."+string(trend)))
		}
	}
	for _, age := range indicators.Freshnesses {
		line(func(x, y float64) { d.age(age, x+3.5, y+4) }, r.T("age."+string(age)))
	}
}
