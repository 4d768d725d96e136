package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"
	"time"

	"gcm/internal/cell"
	"gcm/internal/chart"
)

// pngScale is how many pixels a point has in a picture that is taken along: 150
// to the inch and more.
const pngScale = 2.5

// pictureEndings are those of the files of a picture.
var pictureEndings = []string{tableEnding, ".svg", ".png"}

// sendPicture sends a chart as the file of an ending: as a picture with its title
// and remarks, or as its figures.
func (r *request) sendPicture(name, ending string, c chart.Chart, remarks []string) error {
	r.Header("Content-Language", r.p.Lang())
	r.vary()
	switch ending {
	case tableEnding:
		return r.sendFigures(name+ending, c)
	case ".png":
		var b bytes.Buffer
		d := c.Draw(wideChart, chart.NotoSans).Framed(c.Title, remarks, chart.NotoSans)
		if err := chart.PNG(&b, d, pngScale); err != nil {
			return err
		}
		return r.sendPart("image/png", b.Bytes())
	}
	d := c.Draw(wideChart, chart.NotoSans).Framed(c.Title, remarks, chart.NotoSans)
	return r.sendPart("image/svg+xml; charset=utf-8", []byte(chart.StandaloneSVG(d, c.Title, inWords(c))))
}

// sendPart sends a picture that a browser may show by itself.
func (r *request) sendPart(media string, b []byte) error {
	r.Header("Content-Type", media)
	r.Header("Content-Security-Policy", "default-src 'none'; sandbox")
	r.Header("Cache-Control", "no-cache")
	http.ServeContent(r.Writer, r.Request, "", time.Time{}, bytes.NewReader(b))
	return nil
}

// figureColumns head the figures of a picture. A value is a number in the unit, and
// empty where there is none or it is not public; what is shown says which.
var figureColumns = []string{"series", "label", "country", "value", "unit", "shown"}

func (r *request) sendFigures(name string, c chart.Chart) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(figureColumns) // a buffer takes all
	for _, s := range c.Series {
		for _, pt := range s.Points {
			value := ""
			if !pt.Missing {
				value = strconv.FormatFloat(pt.Value, 'f', -1, 64)
			}
			_ = w.Write([]string{cell.Harmless(s.Name), cell.Harmless(pt.Label), pt.Place, value, cell.Harmless(c.Unit), cell.Harmless(pt.Text)})
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	r.download(name, "text/csv; charset=utf-8")
	r.Header("Cache-Control", "no-cache")
	http.ServeContent(r.Writer, r.Request, "", time.Time{}, bytes.NewReader(b.Bytes()))
	return nil
}
