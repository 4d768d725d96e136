package pdf

import (
	"slices"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"gcm/reports"
)

// codeSize is the side of the QR code: three modules of a long address to a
// millimetre, which a telephone reads from the paper.
const codeSize = 112.0

// imprint sets the page on which a published edition says what it is and how it
// can be checked.
func (c *composer) imprint() {
	m := c.doc.Imprint
	if m == nil {
		return
	}
	elem := c.tree.add(rolePart, 1)
	titled := c.heading(&reports.Section{Title: m.Title, Short: m.Title}, 1, headingRole(1), elem)
	level := 1
	if titled {
		level++
	}
	at := &spot{width: c.flow.geo.textWidth(), elem: elem, lang: c.doc.Lang, level: level, base: bodyStyle}
	for _, p := range m.Text {
		c.paragraph(reports.Para(p), at, false)
	}
	s := &slab{}
	room := at.width
	if c.code(s, m, at) {
		room -= codeSize + 30
	}
	c.lineUp(s, m, at, room)
	c.put(at, 22, s)
	c.flow.eject()
}

// lineUp sets what the edition is, a word above each value.
func (c *composer) lineUp(s *slab, m *reports.Imprint, at *spot, width float64) {
	facts := m.Facts
	if m.Snapshot != "" {
		facts = append(slices.Clip(facts), reports.Fact{Label: m.Hash, Value: grouped(m.Snapshot)})
	}
	if webAddress(m.URL) != "" {
		facts = append(slices.Clip(facts), reports.Fact{Value: m.URL})
	}
	list := c.tree.add(roleList, at.elem)
	y := 0.0
	for i, f := range facts {
		st, run := labelStyle, reports.Run{Text: f.Value}
		st.bold = i < len(m.Facts)
		if f.Value == m.URL {
			run.Link = m.URL
		}
		body := c.factBody(list)
		label := c.lines(reports.Text(f.Label), factLabel, at.lang, width, width, c.tree.add(roleP, body))
		value := c.lines([]reports.Run{run}, st, at.lang, width, width, c.tree.add(roleP, body))
		for _, l := range append(label, value...) {
			s.absorb(l, 0, y)
			y += l.height
		}
		y += 7
	}
	s.height = max(s.height, y)
}

// grouped lets a long hash be broken after each eight letters.
func grouped(hash string) string {
	var b strings.Builder
	for i, r := range hash {
		if i > 0 && i%8 == 0 {
			b.WriteRune(zeroSpace)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// code draws the QR code at the right, with its words below, and says whether
// there is one.
func (c *composer) code(s *slab, m *reports.Imprint, at *spot) bool {
	address := webAddress(m.URL)
	if address == "" {
		return false
	}
	picture, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil { // longer than a code can be
		return false
	}
	elem := c.tree.add(roleFigure, at.elem)
	c.tree[elem].Alt = clean(m.Scan + " " + address)
	x := at.width - codeSize
	s.items = append(s.items, &area{place{elem, x, 0}, codeSize, codeSize})
	s.items = append(s.items, modules(picture, place{elem, x, 0}, codeSize)...)
	s.height = codeSize + 6
	for _, l := range c.lines(reports.Text(m.Scan), smallStyle, at.lang, codeSize, codeSize, c.tree.add(roleP, at.elem)) {
		s.absorb(l, x, s.height)
		s.height += l.height
	}
	return true
}

// modules are the dark stretches of each row of a code.
func modules(code barcode.Barcode, at place, size float64) []item {
	bounds := code.Bounds()
	n := bounds.Dx()
	side := size / float64(n)
	dark := func(x, y int) bool {
		r, _, _, _ := code.At(bounds.Min.X+x, bounds.Min.Y+y).RGBA()
		return r < 0x8000
	}
	fill := ink
	var out []item
	for y := range n {
		for x := 0; x < n; x++ {
			from := x
			for x < n && dark(x, y) {
				x++
			}
			if x > from {
				out = append(out, &box{place: place{at.elem, at.x + float64(from)*side, at.y + float64(y)*side}, w: float64(x-from) * side, h: side, fill: &fill})
			}
		}
	}
	return out
}
