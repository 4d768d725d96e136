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
	w.open(d, "chart", title, desc, ` xmlns="http://www.w3.org/2000/svg" font-family="Noto Sans, sans-serif" text-rendering="geometricPrecision"`)
	w.write(`<rect width="`, num(d.Width), `" height="`, num(d.Height), `" fill="`, light[Paper], `"/>`)
	w.shapes(d)
	return w.close()
}

type svgWriter struct {
	b       strings.Builder
	colours map[Paint]string // nil: classes
	digits  []byte           // room for a number
}

func (w *svgWriter) open(d Drawing, id, title, desc, attributes string) {
	id = escape(id)
	w.write("<svg", attributes, ` viewBox="0 0 `, num(d.Width), " ", num(d.Height), `" width="`, num(d.Width), `pt" height="`, num(d.Height), `pt" role="img" aria-labelledby="`, id, "-title ", id, `-desc">`)
	w.write(`<title id="`, id, `-title">`, escape(title), `</title><desc id="`, id, `-desc">`, escape(desc), "</desc>")
}

func (w *svgWriter) close() string {
	w.write("</svg>\n")
	return w.b.String()
}

// write writes what is escaped already, or needs not be. Pages have dozens of
// pictures of hundreds of shapes: fmt would take longer than all else.
func (w *svgWriter) write(parts ...string) {
	for _, p := range parts {
		w.b.WriteString(p)
	}
}

// number writes a length.
func (w *svgWriter) number(v float64) {
	w.digits = strconv.AppendFloat(w.digits[:0], round(v), 'f', -1, 64)
	w.b.Write(w.digits)
}

// length writes an attribute that is a length.
func (w *svgWriter) length(name string, v float64) {
	w.write(" ", name, `="`)
	w.number(v)
	w.write(`"`)
}

func (w *svgWriter) shapes(d Drawing) {
	for _, shape := range d.Shapes {
		switch s := shape.(type) {
		case Rect:
			w.write("<rect")
			w.length("x", s.X)
			w.length("y", s.Y)
			w.length("width", s.W)
			w.length("height", s.H)
			w.paint(s.Fill, s.Stroke, s.LineWidth, s.Dash)
			w.write("/>")
		case Circle:
			w.write("<circle")
			w.length("cx", s.X)
			w.length("cy", s.Y)
			w.length("r", s.R)
			w.paint(s.Fill, s.Stroke, s.LineWidth, s.Dash)
			w.write("/>")
		case Polyline:
			w.write(`<polyline points="`)
			for i, p := range s.Points {
				if i > 0 {
					w.write(" ")
				}
				w.number(p.X)
				w.write(",")
				w.number(p.Y)
			}
			w.write(`"`)
			w.paint(None, s.Stroke, s.LineWidth, s.Dash)
			w.write("/>")
		case Polygon:
			w.write(`<path d="`, outline(s.Rings), `"`)
			w.paint(s.Fill, None, 0, nil)
			w.write("/>")
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
	w.write("<text")
	w.length("x", t.X)
	w.length("y", t.Y)
	w.length("font-size", t.Size)
	if t.Anchor != Start {
		w.write(` text-anchor="`, string(t.Anchor), `"`)
	}
	if t.Bold {
		w.write(` font-weight="bold"`)
	}
	w.paint(t.Fill, None, 0, nil)
	w.write(">", escape(t.Text), "</text>")
}

// paint writes fill and stroke, as classes or as colours.
func (w *svgWriter) paint(fill, stroke Paint, width float64, dash []float64) {
	w.colour(fill, stroke)
	if stroke == None {
		return
	}
	w.length("stroke-width", width)
	for i, d := range dash {
		w.write([]string{` stroke-dasharray="`, " "}[min(i, 1)])
		w.number(d)
	}
	if len(dash) > 0 {
		w.write(`"`)
	}
}

func (w *svgWriter) colour(fill, stroke Paint) {
	if w.colours == nil {
		if fill == None {
			fill = "none"
		}
		w.write(` class="fill-`, string(fill))
		if stroke != None {
			w.write(" stroke-", string(stroke))
		}
		w.write(`"`)
		return
	}
	colour := "none"
	if fill != None {
		colour = w.colours[fill]
	}
	w.write(` fill="`, colour, `"`)
	if stroke != None {
		w.write(` stroke="`, w.colours[stroke], `"`)
	}
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
