package chart

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"
)

// light is the palette of a picture that stands alone; pages bring their own.
var light = map[Paint]string{
	Ink: "#1b1f24", Muted: "#56616b", Grid: "#c9d1d8", Paper: "#ffffff",
	Series1: "#12395b", Series2: "#b85f16", Series3: "#267c7c", Series4: "#8a5a9e",
}

// SVG writes the drawing for a page: each paint is a class (fill-ink,
// stroke-series1 …) that the page's stylesheet colours, so that light, dark and
// print need no second picture. The title is the picture's accessible name, the
// description says in words what it shows. id must be unique on the page.
func SVG(d Drawing, id, title, desc string) string {
	w := svgWriter{}
	w.open(d, id, title, desc, "")
	w.shapes(d)
	return w.close()
}

// StandaloneSVG writes the drawing as a file of its own, with colours in it.
func StandaloneSVG(d Drawing, title, desc string) string {
	w := svgWriter{colours: light}
	w.open(d, "chart", title, desc, ` xmlns="http://www.w3.org/2000/svg" font-family="Noto Sans, sans-serif"`)
	fmt.Fprintf(&w.b, `<rect width="%s" height="%s" fill="%s"/>`, num(d.Width), num(d.Height), light[Paper])
	w.shapes(d)
	return w.close()
}

type svgWriter struct {
	b       strings.Builder
	colours map[Paint]string // nil: classes
}

func (w *svgWriter) open(d Drawing, id, title, desc, attributes string) {
	fmt.Fprintf(&w.b, `<svg%s viewBox="0 0 %s %s" width="%spt" height="%spt" role="img" aria-labelledby="%s-title %[6]s-desc">`,
		attributes, num(d.Width), num(d.Height), num(d.Width), num(d.Height), escape(id))
	fmt.Fprintf(&w.b, `<title id="%s-title">%s</title><desc id="%[1]s-desc">%[3]s</desc>`, escape(id), escape(title), escape(desc))
}

func (w *svgWriter) close() string {
	w.b.WriteString("</svg>\n")
	return w.b.String()
}

func (w *svgWriter) shapes(d Drawing) {
	for _, shape := range d.Shapes {
		switch s := shape.(type) {
		case Rect:
			fmt.Fprintf(&w.b, `<rect x="%s" y="%s" width="%s" height="%s"%s/>`,
				num(s.X), num(s.Y), num(s.W), num(s.H), w.paint(s.Fill, s.Stroke, s.LineWidth, s.Dash))
		case Circle:
			fmt.Fprintf(&w.b, `<circle cx="%s" cy="%s" r="%s"%s/>`,
				num(s.X), num(s.Y), num(s.R), w.paint(s.Fill, s.Stroke, s.LineWidth, s.Dash))
		case Polyline:
			w.b.WriteString(`<polyline points="`)
			for i, p := range s.Points {
				if i > 0 {
					w.b.WriteByte(' ')
				}
				w.b.WriteString(num(p.X) + "," + num(p.Y))
			}
			fmt.Fprintf(&w.b, `"%s/>`, w.paint(None, s.Stroke, s.LineWidth, s.Dash))
		case Polygon:
			fmt.Fprintf(&w.b, `<path d="%s"%s/>`, outline(s.Rings), w.paint(s.Fill, None, 0, nil))
		case Text:
			w.text(s)
		}
	}
}

// outline is the way around the rings, from point to point, in tenths of a point.
func outline(rings [][]XY) string {
	var b strings.Builder
	for _, ring := range rings {
		x, y := 0, 0
		for i, at := range ring {
			px, py := int(math.Round(at.X*10)), int(math.Round(at.Y*10))
			switch {
			case i == 0:
				fmt.Fprintf(&b, "M%s %sl", tenths(px), tenths(py))
			case px != x || py != y:
				fmt.Fprintf(&b, "%s %s ", tenths(px-x), tenths(py-y))
			}
			x, y = px, py
		}
		b.WriteString("z")
	}
	return b.String()
}

func tenths(n int) string { return strconv.FormatFloat(float64(n)/10, 'f', -1, 64) }

func (w *svgWriter) text(t Text) {
	fmt.Fprintf(&w.b, `<text x="%s" y="%s" font-size="%s"`, num(t.X), num(t.Y), num(t.Size))
	if t.Anchor != Start {
		fmt.Fprintf(&w.b, ` text-anchor="%s"`, t.Anchor)
	}
	if t.Bold {
		w.b.WriteString(` font-weight="bold"`)
	}
	fmt.Fprintf(&w.b, `%s>%s</text>`, w.paint(t.Fill, None, 0, nil), escape(t.Text))
}

// paint writes fill and stroke, as classes or as colours.
func (w *svgWriter) paint(fill, stroke Paint, width float64, dash []float64) string {
	attributes := w.colour(fill, stroke)
	if stroke != None {
		attributes += ` stroke-width="` + num(width) + `"`
	}
	if len(dash) > 0 && stroke != None {
		var parts []string
		for _, d := range dash {
			parts = append(parts, num(d))
		}
		attributes += ` stroke-dasharray="` + strings.Join(parts, " ") + `"`
	}
	return attributes
}

func (w *svgWriter) colour(fill, stroke Paint) string {
	if w.colours == nil {
		class := "fill-none"
		if fill != None {
			class = "fill-" + string(fill)
		}
		if stroke != None {
			class += " stroke-" + string(stroke)
		}
		return ` class="` + class + `"`
	}
	attributes := ` fill="none"`
	if fill != None {
		attributes = ` fill="` + w.colours[fill] + `"`
	}
	if stroke != None {
		attributes += ` stroke="` + w.colours[stroke] + `"`
	}
	return attributes
}

func num(v float64) string { return strconv.FormatFloat(round(v), 'f', -1, 64) }

// escape makes text safe for an element or an attribute; what XML forbids
// becomes U+FFFD.
func escape(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return 0xFFFD
		}
		return r
	}, s))
}
