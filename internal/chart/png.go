package chart

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"slices"
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The outlines of the typeface in which pages set their charts (notosans/cut.sh).
var (
	//go:embed notosans/Regular.ttf
	regularFile []byte
	//go:embed notosans/Bold.ttf
	boldFile []byte
)

// faces are the regular and the bold outlines, read once. A parsed font may be
// used by several goroutines, each with a buffer of its own.
var faces = sync.OnceValue(func() [2]*sfnt.Font {
	var list [2]*sfnt.Font
	for i, file := range [][]byte{regularFile, boldFile} {
		f, err := sfnt.Parse(file)
		if err != nil {
			panic(fmt.Sprintf("chart: a font of the program: %v", err))
		}
		list[i] = f
	}
	return list
})

// largestPicture bounds the pixels of a PNG.
const largestPicture = 24 << 20

// PNG writes the drawing as a picture on white, scale pixels to the point, in
// the colours of StandaloneSVG. The same drawing gives the same bytes. Letters
// that the typeface lacks are drawn as its replacement box.
func PNG(w io.Writer, d Drawing, scale float64) error {
	painted, err := paint(d, scale)
	if err != nil {
		return err
	}
	return encoder.Encode(w, indexed(painted))
}

func paint(d Drawing, scale float64) (*image.RGBA, error) {
	width, height := int(math.Ceil(d.Width*scale)), int(math.Ceil(d.Height*scale))
	if width <= 0 || height <= 0 || width > largestPicture/height {
		return nil, fmt.Errorf("chart: no picture of %d × %d pixels", width, height)
	}
	p := painter{image: image.NewRGBA(image.Rect(0, 0, width, height)), scale: scale}
	draw.Draw(p.image, p.image.Bounds(), image.NewUniform(rgb(Paper)), image.Point{}, draw.Src)
	for _, shape := range d.Shapes {
		if err := p.shape(shape); err != nil {
			return nil, err
		}
	}
	return p.image, nil
}

// indexed is an opaque picture by the numbers of its colours. Where it has more
// than a PNG can number, as the edges of many letters and lines give, the rarest
// become the nearest of the others. A quarter of the bytes is packed in less than a
// quarter of the time.
func indexed(m *image.RGBA) *image.Paletted {
	type shade struct {
		c      [3]uint8
		pixels int
		number uint8
	}
	var shades []*shade
	known := map[uint32]uint32{} // places among the shades
	type run struct{ shade, to uint32 }
	pixels := len(m.Pix) / 4
	runs := make([]run, 0, pixels/8) // in the order of reading
	for from := 0; from < pixels; {
		colour := binary.LittleEndian.Uint32(m.Pix[4*from:])
		to := from + 1
		for to < pixels && binary.LittleEndian.Uint32(m.Pix[4*to:]) == colour {
			to++
		}
		place, is := known[colour]
		if !is {
			place = uint32(len(shades))
			known[colour], shades = place, append(shades, &shade{c: [3]uint8(m.Pix[4*from:])})
		}
		shades[place].pixels += to - from
		runs = append(runs, run{place, uint32(to)})
		from = to
	}
	often := slices.SortedStableFunc(slices.Values(shades), func(a, b *shade) int { return b.pixels - a.pixels })
	numbered := often[:min(len(often), 256)]
	out := image.NewPaletted(m.Rect, nil)
	for i, s := range numbered {
		s.number = uint8(i)
		out.Palette = append(out.Palette, color.RGBA{s.c[0], s.c[1], s.c[2], 255})
	}
	for _, s := range often[len(numbered):] {
		best := math.MaxInt
		for _, other := range numbered {
			if d := square(s.c[0], other.c[0]) + square(s.c[1], other.c[1]) + square(s.c[2], other.c[2]); d < best {
				best, s.number = d, other.number
			}
		}
	}
	from := uint32(0)
	for _, r := range runs {
		for number := shades[r.shade].number; from < r.to; from++ {
			out.Pix[from] = number
		}
	}
	return out
}

func square(a, b uint8) int { return (int(a) - int(b)) * (int(a) - int(b)) }

// encoder packs lightly: what is a thirtieth larger is packed in half the time.
var encoder = png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: new(buffers)}

// buffers are used again by the next picture.
type buffers struct{ sync.Pool }

// Get implements png.EncoderBufferPool.
func (b *buffers) Get() *png.EncoderBuffer {
	buffer, _ := b.Pool.Get().(*png.EncoderBuffer)
	return buffer
}

// Put implements png.EncoderBufferPool.
func (b *buffers) Put(buffer *png.EncoderBuffer) { b.Pool.Put(buffer) }

// painter fills outlines. Outlines of one colour that overlap are one area as
// long as they all turn the same way.
type painter struct {
	image  *image.RGBA
	scale  float64
	steps  []step // the outline that is being collected, in pixels
	raster vector.Rasterizer
	buffer sfnt.Buffer
}

// step is a part of an outline: a move, a straight line or a curve, by its points.
type step struct {
	op     sfnt.SegmentOp
	points [3][2]float32
}

func (p *painter) shape(shape Shape) error {
	switch s := shape.(type) {
	case Rect:
		corners := []XY{{s.X, s.Y}, {s.X + s.W, s.Y}, {s.X + s.W, s.Y + s.H}, {s.X, s.Y + s.H}}
		p.fill(s.Fill, func() { p.ring(corners, true) })
		p.fill(s.Stroke, func() { p.stroke(append(corners, corners[0]), s.LineWidth, s.Dash) })
	case Polyline:
		p.fill(s.Stroke, func() { p.stroke(s.Points, s.LineWidth, s.Dash) })
	case Polygon:
		p.fill(s.Fill, func() {
			for _, ring := range s.Rings {
				p.ring(ring, false)
			}
		})
	case Circle:
		p.fill(s.Fill, func() { p.ring(disc(s.X, s.Y, s.R), true) })
		p.fill(s.Stroke, func() {
			outline := disc(s.X, s.Y, s.R)
			p.stroke(append(outline, outline[0]), s.LineWidth, s.Dash)
		})
	case Text:
		return p.text(s)
	}
	return nil
}

// fill paints what outline collects. Only the part of the picture in which it lies
// is looked at.
func (p *painter) fill(paint Paint, outline func()) {
	if paint == None {
		return
	}
	p.steps = p.steps[:0]
	outline()
	at := p.extent()
	if at.Empty() {
		return
	}
	p.raster.Reset(at.Dx(), at.Dy())
	dx, dy := float32(at.Min.X), float32(at.Min.Y)
	for i, s := range p.steps {
		a, b, c := s.points[0], s.points[1], s.points[2]
		switch s.op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				p.raster.ClosePath()
			}
			p.raster.MoveTo(a[0]-dx, a[1]-dy)
		case sfnt.SegmentOpLineTo:
			p.raster.LineTo(a[0]-dx, a[1]-dy)
		case sfnt.SegmentOpQuadTo:
			p.raster.QuadTo(a[0]-dx, a[1]-dy, b[0]-dx, b[1]-dy)
		case sfnt.SegmentOpCubeTo:
			p.raster.CubeTo(a[0]-dx, a[1]-dy, b[0]-dx, b[1]-dy, c[0]-dx, c[1]-dy)
		}
	}
	p.raster.ClosePath()
	p.raster.Draw(p.image, at, image.NewUniform(rgb(paint)), image.Point{})
}

// reach is how many points a step has.
func (s step) reach() int {
	switch s.op {
	case sfnt.SegmentOpQuadTo:
		return 2
	case sfnt.SegmentOpCubeTo:
		return 3
	}
	return 1
}

// extent is the part of the picture in which the outline lies.
func (p *painter) extent() image.Rectangle {
	if len(p.steps) == 0 {
		return image.Rectangle{}
	}
	low, high := p.steps[0].points[0], p.steps[0].points[0]
	for i := range p.steps {
		s := &p.steps[i]
		for _, at := range s.points[:s.reach()] {
			low[0], low[1] = min(low[0], at[0]), min(low[1], at[1])
			high[0], high[1] = max(high[0], at[0]), max(high[1], at[1])
		}
	}
	floor := func(v float32) int { return int(math.Floor(float64(v))) }
	return image.Rect(floor(low[0]), floor(low[1]), floor(high[0])+2, floor(high[1])+2).Intersect(p.image.Bounds())
}

// ring adds a closed outline; turned makes it turn the way that all strokes do.
func (p *painter) ring(points []XY, turned bool) {
	if len(points) < 3 {
		return
	}
	if turned && area(points) < 0 {
		points = reversed(points)
	}
	for i, at := range points {
		s := step{op: sfnt.SegmentOpLineTo, points: [3][2]float32{{float32(at.X * p.scale), float32(at.Y * p.scale)}}}
		if i == 0 {
			s.op = sfnt.SegmentOpMoveTo
		}
		p.steps = append(p.steps, s)
	}
}

// stroke adds a run of straight lines as areas, with round corners, where it closes
// too.
func (p *painter) stroke(points []XY, width float64, dash []float64) {
	for _, run := range dashes(points, dash) {
		for i := 1; i < len(run); i++ {
			p.segment(run[i-1], run[i], width)
			if i+1 < len(run) || run[i] == run[0] {
				p.ring(disc(run[i].X, run[i].Y, width/2), true)
			}
		}
	}
}

func (p *painter) segment(a, b XY, width float64) {
	length := math.Hypot(b.X-a.X, b.Y-a.Y)
	if length == 0 {
		return
	}
	dx, dy := -(b.Y-a.Y)/length*width/2, (b.X-a.X)/length*width/2
	p.ring([]XY{{a.X - dx, a.Y - dy}, {b.X - dx, b.Y - dy}, {b.X + dx, b.Y + dy}, {a.X + dx, a.Y + dy}}, true)
}

// dashes cuts a run of lines into its dashes; without a pattern it stays whole.
func dashes(points []XY, pattern []float64) [][]XY {
	total := 0.0
	for _, d := range pattern {
		total += d
	}
	if !(total > 0) || len(points) < 2 {
		return [][]XY{points}
	}
	var runs [][]XY
	run, at, left := []XY{points[0]}, 0, pattern[0]
	for i := 1; i < len(points); i++ {
		from := points[i-1]
		for {
			length := math.Hypot(points[i].X-from.X, points[i].Y-from.Y)
			if length <= left {
				left -= length
				run = append(run, points[i])
				break
			}
			from = XY{from.X + (points[i].X-from.X)*left/length, from.Y + (points[i].Y-from.Y)*left/length}
			if at%2 == 0 {
				runs = append(runs, append(run, from))
			}
			at++
			run, left = []XY{from}, max(pattern[at%len(pattern)], 0.01)
		}
	}
	if at%2 == 0 {
		runs = append(runs, run)
	}
	return runs
}

// circle is a circle of radius 1 as a polygon whose sides nobody sees.
var circle = func() (points [48]XY) {
	for i := range points {
		sin, cos := math.Sincos(float64(i) * 2 * math.Pi / float64(len(points)))
		points[i] = XY{cos, sin}
	}
	return points
}()

// disc is a circle; a small one, as at each corner of a line, needs fewer sides.
func disc(x, y, r float64) []XY {
	every := 1
	switch {
	case r < 1.5:
		every = 6
	case r < 3:
		every = 3
	}
	points := make([]XY, len(circle)/every)
	for i := range points {
		at := circle[i*every]
		points[i] = XY{x + r*at.X, y + r*at.Y}
	}
	return points
}

// area is positive for outlines that turn with the clock on the page.
func area(points []XY) float64 {
	sum := 0.0
	for i, a := range points {
		b := points[(i+1)%len(points)]
		sum += a.X*b.Y - b.X*a.Y
	}
	return sum / 2
}

func reversed(points []XY) []XY {
	out := make([]XY, len(points))
	for i, at := range points {
		out[len(points)-1-i] = at
	}
	return out
}

// text sets a line letter by letter, each as wide as the layout took it to be.
func (p *painter) text(t Text) error {
	face := faces()[0]
	if t.Bold {
		face = faces()[1]
	}
	x := t.X
	switch t.Anchor {
	case Middle:
		x -= NotoSans(t.Text, t.Size, t.Bold) / 2
	case End:
		x -= NotoSans(t.Text, t.Size, t.Bold)
	}
	var failure error
	p.fill(t.Fill, func() {
		for _, r := range t.Text {
			if failure == nil {
				failure = p.letter(face, r, x, t.Y, t.Size)
			}
			x += NotoSans(string(r), t.Size, t.Bold)
		}
	})
	return failure
}

func (p *painter) letter(face *sfnt.Font, r rune, x, y, size float64) error {
	if r == '\u2212' { // the minus sign, which the typeface lacks
		r = '–'
	}
	index, err := face.GlyphIndex(&p.buffer, r)
	if err != nil {
		return fmt.Errorf("chart: the letter %q: %w", r, err)
	}
	segments, err := face.LoadGlyph(&p.buffer, index, fixed.Int26_6(math.Round(size*p.scale*64)), nil)
	if err != nil {
		return fmt.Errorf("chart: the outline of %q: %w", r, err)
	}
	for _, s := range segments {
		one := step{op: s.Op}
		for i, q := range s.Args {
			one.points[i] = [2]float32{float32(x*p.scale + float64(q.X)/64), float32(y*p.scale + float64(q.Y)/64)}
		}
		p.steps = append(p.steps, one)
	}
	return nil
}

// rgb is the colour of a role in a picture that stands alone.
func rgb(paint Paint) color.RGBA {
	c := color.RGBA{A: 255}
	if _, err := fmt.Sscanf(light[paint], "#%02x%02x%02x", &c.R, &c.G, &c.B); err != nil {
		panic(fmt.Sprintf("chart: the paint %q: %v", paint, err)) // the palette is part of the program
	}
	return c
}
