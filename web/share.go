package web

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/chart"
)

// sharePath is the picture that stands beside a link to a page, below the page.
const sharePath = "/share.png"

// The picture in points; a PNG of 1200 × 630 pixels, as those who show links ask for.
const (
	shareWidth, shareHeight = 600.0, 315.0
	shareScale              = 2.0
	shareMargin             = 24.0
	shareRoom               = shareWidth - 2*shareMargin
	shareBand               = 32.0
	shareFoot               = shareHeight - 12
)

// sheetFor begins a picture: the site's name above, the address below. It returns
// the height at which the page's own begins.
func (r *request) sheetFor(path string) (*drawing, float64) {
	d := &drawing{}
	d.add(chart.Rect{W: shareWidth, H: shareBand, Fill: chart.Series1})
	d.text(shareMargin, 21, 13, true, chart.Paper, r.T("site.short"))
	left := shareMargin + chart.NotoSans(r.T("site.short"), 13, true) + 12
	d.text(left, 21, 11, false, chart.Paper, chart.Clip(chart.NotoSans, r.T("site.tagline")+" – "+r.in(r.country.Name), 11, shareWidth-shareMargin-left, false))
	_, address, _ := strings.Cut(r.absolute(r.url(path)), "//")
	d.text(shareMargin, shareFoot, 8, false, chart.Muted, chart.Clip(chart.NotoSans, address, 8, shareRoom, false))
	return d, shareBand + 30
}

// paragraph sets lines of text and returns where the next may stand.
func (d *drawing) paragraph(x, y, size, width float64, bold bool, fill chart.Paint, most int, words string) float64 {
	for _, line := range chart.Wrap(chart.NotoSans, words, size, width, bold, most) {
		d.text(x, y, size, bold, fill, line)
		y += size * chart.LineStep
	}
	return y
}

// place sets another drawing into this one, scaled.
func (d *drawing) place(x, y, scale float64, draw func(*drawing)) {
	inner := drawing{}
	draw(&inner)
	d.add(chart.Drawing{Shapes: inner.shapes}.Placed(x, y, scale)...)
}

func (r *request) sendShared(d *drawing) error {
	var b bytes.Buffer
	if err := chart.PNG(&b, chart.Drawing{Width: shareWidth, Height: shareHeight, Shapes: d.shapes}, shareScale); err != nil {
		return err
	}
	r.Header("Content-Language", r.p.Lang())
	return r.sendPart("image/png", b.Bytes())
}

// shareIndicator draws an indicator: its chart, or the value that speaks for it.
func (s *site) shareIndicator(r *request) error {
	ind, err := r.indicator(r.Param("code"))
	if err != nil {
		return err
	}
	d, y := r.sheetFor("/indicators/" + ind.Code)
	y = d.paragraph(shareMargin, y, 19, shareRoom, true, chart.Ink, 3, r.in(ind.Name))
	c, err := r.picture(ind, indicators.View{})
	switch {
	case errors.Is(err, indicators.ErrNoPicture):
		r.shareValue(d, ind, y)
	case err != nil:
		return err
	default:
		y = d.paragraph(shareMargin, y, 11, shareRoom, false, chart.Muted, 1, c.Scope)
		d.shareChart(c, y, shareFoot-14) // it names the unit itself
	}
	return r.sendShared(d)
}

// shareIndicatorWords say what the picture of an indicator shows.
func (r *request) shareIndicatorWords(ind indicators.Indicator) string {
	name := r.in(ind.Name)
	if c, err := r.picture(ind, indicators.View{}); err == nil {
		return r.T("share.indicator.alt", name, inWords(c))
	}
	if o := headline(ind.Observations); o != nil {
		return r.T("share.indicator.alt", name, indicators.FormatWithUnit(r.p, *o))
	}
	return name
}

// shareValues is how many values a picture has room for where no one speaks for all.
const shareValues = 4

// shareValue sets the value that speaks for an indicator which is not charted.
func (r *request) shareValue(d *drawing, ind indicators.Indicator, y float64) {
	o := headline(ind.Observations)
	if o == nil {
		y += 14
		for _, o := range ind.Observations[:min(len(ind.Observations), shareValues)] {
			where := ind.BreakdownLabel(r.p, o.Breakdown)
			if o.Period != "" {
				where = strings.TrimPrefix(where+", "+indicators.PeriodName(r.p, o.Period), ", ")
			}
			y = d.paragraph(shareMargin, y, 18, shareRoom, true, chart.Series1, 1, indicators.FormatWithUnit(r.p, o))
			y = d.paragraph(shareMargin, y-3, 12, shareRoom, false, chart.Muted, 1, where) + 8
		}
		return
	}
	y = d.paragraph(shareMargin, y+30, 34, shareRoom, true, chart.Series1, 2, indicators.FormatWithUnit(r.p, *o))
	if o.Period != "" {
		d.text(shareMargin, y, 14, false, chart.Muted, indicators.PeriodName(r.p, o.Period))
	}
	d.paragraph(shareMargin, y+26, 11, shareRoom, false, chart.Muted, 3, r.in(ind.Definition))
}

// shareChart sets a chart between two heights as large as it can be: of the widths
// at which it may be laid out, the one whose letters come out largest.
func (d *drawing) shareChart(c chart.Chart, top, bottom float64) {
	var best chart.Drawing
	scale := 0.0
	for _, width := range []float64{shareRoom, 480, 420, 360, 300} {
		laid := c.Draw(width, chart.NotoSans)
		if fit := min(shareRoom/laid.Width, (bottom-top)/laid.Height); fit > scale*1.15 { // a narrow chart only where the letters gain by it
			best, scale = laid, fit
		}
	}
	d.add(best.Placed(shareMargin+(shareRoom-best.Width*scale)/2, top, scale)...)
}

// shareObjective draws an objective as its tile: number, title, a square for each
// measure by its status.
func (s *site) shareObjective(r *request) error {
	o, err := r.objective()
	if err != nil {
		return err
	}
	line, err := r.objectiveLine(o.Number)
	if err != nil {
		return err
	}
	const left = shareMargin + 84
	d, y := r.sheetFor("/objectives/" + strconv.Itoa(o.Number))
	d.text(shareMargin, y+28, 56, true, chart.Series2, strconv.Itoa(o.Number))
	y = d.paragraph(left, y, 12, shareRoom, false, chart.Muted, 1, r.T("objective.n", o.Number))
	d.paragraph(left, y+8, 21, shareRoom-84, true, chart.Ink, 3, r.in(o.ShortTitle))
	y = shareBand + 142
	if line.Measures == 0 {
		key := "objective.no_measure"
		if line.Silent() {
			key = "objective.silent"
		}
		d.paragraph(left, y, 14, shareRoom-84, false, chart.Muted, 4, r.T(key))
		return r.sendShared(d)
	}
	t := pictureOf([]objectiveLine{line}, nil, s.Now())
	d.place(left, y-24, 2.4, func(in *drawing) { in.squares(t.Tiles[0].Squares, 0, 0, (shareRoom-84)/2.4) })
	if t.Per > 1 {
		d.text(left, y+38, 9, false, chart.Muted, r.T("picture.squares", t.Per))
	}
	x, at := left, y+58
	for _, c := range line.Statuses {
		words := r.p.Number(float64(c.Count), 0) + " " + r.T("measure.status."+string(c.Status), c.Count)
		width := 17 + chart.NotoSans(words, 12, false)
		if x > left && x+width > shareWidth-shareMargin {
			x, at = left, at+20
		}
		d.place(x, at-10, 1.5, func(in *drawing) { in.square(c.Status, 0, 0) })
		d.text(x+17, at, 12, false, chart.Ink, words)
		x += width + 18
	}
	return r.sendShared(d)
}

// objectiveLine is an objective with what is recorded for it.
func (r *request) objectiveLine(number int) (objectiveLine, error) {
	overview, err := r.overview()
	if err != nil {
		return objectiveLine{}, err
	}
	for _, line := range overview.lines() {
		if line.Number == number {
			return line, nil
		}
	}
	return objectiveLine{}, notFound("no objective %d", number)
}

// The tiles of the site's picture: two rows of twelve.
const (
	shareColumns    = 12
	shareTile       = shareRoom / shareColumns
	shareTileHeight = 78.0
)

// shareSite draws the site: the State, and the 23 objectives with their measures.
func (s *site) shareSite(r *request) error {
	overview, err := r.overview()
	if err != nil {
		return err
	}
	d, y := r.sheetFor("/")
	y = d.paragraph(shareMargin, y+4, 24, shareRoom, true, chart.Ink, 2, r.T("site.tagline"))
	d.text(shareMargin, y, 14, false, chart.Muted, chart.Clip(chart.NotoSans, r.in(r.country.Name), 14, shareRoom, false))
	p := pictureOf(overview.lines(), nil, overview.cycle.Cutoff.Last())
	for i, t := range p.Tiles {
		x, y := shareMargin+float64(i%shareColumns)*shareTile, 140+float64(i/shareColumns)*shareTileHeight
		d.text(x, y+13, 14, true, chart.Series2, strconv.Itoa(t.Number))
		if t.Measures == 0 {
			d.text(x, y+27, 10, false, chart.Muted, "–")
			continue
		}
		d.place(x, y+18, .8, func(in *drawing) { in.squares(t.Squares, 0, 0, (shareTile-6)/.8) })
	}
	return r.sendShared(d)
}

// shareWords say what the picture of an objective shows.
func (r *request) shareWords(line objectiveLine) string {
	var parts []string
	for _, c := range line.Statuses {
		parts = append(parts, r.p.Number(float64(c.Count), 0)+" "+r.T("measure.status."+string(c.Status), c.Count))
	}
	title := r.T("objective.title", line.Number, r.in(line.ShortTitle))
	if len(parts) == 0 {
		return title + ". " + r.T("objective.no_measure")
	}
	return r.T("share.objective.alt", title, strings.Join(parts, ", "))
}
