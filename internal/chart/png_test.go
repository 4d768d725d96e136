package chart

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"

	"golang.org/x/image/font/sfnt"
)

func picture(t *testing.T, d Drawing) (image.Image, []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := PNG(&b, d, 2); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return img, b.Bytes()
}

func TestPictureIsTheDrawingAndAlwaysTheSame(t *testing.T) {
	for name, c := range map[string]Chart{"bars": samples()["bars categories"], "line": samples()["line years"], "map": samples()["map near"]} {
		d := c.Draw(240, NotoSans).Framed("Босқындар саны, 2021", []string{"Дереккөз: ІІМ"}, NotoSans)
		img, first := picture(t, d)
		_, again := picture(t, d)
		if !bytes.Equal(first, again) {
			t.Errorf("%s: two pictures of one drawing differ", name)
		}
		if size := img.Bounds().Size(); size.X != int(math.Ceil(2*d.Width)) || size.Y != int(math.Ceil(2*d.Height)) {
			t.Errorf("%s: %v for %v × %v points", name, size, d.Width, d.Height)
		}
		for _, shape := range d.Shapes { // what stands there has its colour
			switch s := shape.(type) {
			case Rect:
				if s.Fill != None && s.W > 2 && s.H > 2 {
					sees(t, name, img, s.X+s.W/2, s.Y+s.H/2, s.Fill)
				}
			case Circle:
				if s.Fill == Series1 && name == "line" {
					sees(t, name, img, s.X, s.Y, s.Fill)
				}
			}
		}
	}
}

// The edges of letters and lines have more shades than a PNG can number.
func TestPictureOfManyShadesKeepsItsColours(t *testing.T) {
	many := false
	for name, c := range samples() {
		painted, err := paint(c.Draw(480, NotoSans), 2)
		if err != nil {
			t.Fatal(err)
		}
		numbered := indexed(painted)
		shades, off := map[color.RGBA]bool{}, 0
		for i := range numbered.Pix {
			x, y := i%painted.Rect.Dx(), i/painted.Rect.Dx()
			got, want := color.RGBAModel.Convert(numbered.At(x, y)).(color.RGBA), painted.RGBAAt(x, y)
			shades[want] = true
			far := max(apart(got.R, want.R), apart(got.G, want.G), apart(got.B, want.B))
			if got.A != 255 || far > 64 {
				t.Fatalf("%s: at %d, %d there is %v, painted was %v", name, x, y, got, want)
			}
			if far > 8 {
				off++
			}
		}
		if off > len(numbered.Pix)/200 {
			t.Errorf("%s: %d of %d pixels are of another shade", name, off, len(numbered.Pix))
		}
		many = many || len(shades) > 256
	}
	if !many {
		t.Error("no sample has many shades")
	}
}

func apart(a, b uint8) int { return max(int(a), int(b)) - min(int(a), int(b)) }

func sees(t *testing.T, name string, img image.Image, x, y float64, paint Paint) {
	t.Helper()
	if r, g, b, _ := img.At(int(2*x), int(2*y)).RGBA(); uint8(r>>8) != rgb(paint).R || uint8(g>>8) != rgb(paint).G || uint8(b>>8) != rgb(paint).B {
		t.Errorf("%s: at %.0f, %.0f there is %d %d %d and not %s", name, x, y, r>>8, g>>8, b>>8, paint)
	}
}

func TestLettersHaveOutlines(t *testing.T) {
	var buffer sfnt.Buffer
	for i, face := range faces() {
		for _, r := range "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁёЪъ₸№–…«»‰" {
			if index, err := face.GlyphIndex(&buffer, r); err != nil || index == 0 {
				t.Errorf("face %d has no %q: %v", i, r, err)
			}
		}
	}
	ink := func(text string) int {
		img, _ := picture(t, Drawing{Width: 60, Height: 20, Shapes: []Shape{Text{X: 2, Y: 14, Size: 12, Anchor: Start, Fill: Ink, Text: text}}})
		n := 0
		for x := range img.Bounds().Dx() {
			for y := range img.Bounds().Dy() {
				if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
					n++
				}
			}
		}
		return n
	}
	if ink("") != 0 || ink("к") == 0 || ink("қ") <= ink("к") {
		t.Errorf("the hook of қ is not drawn: %d and %d", ink("к"), ink("қ"))
	}
}

// The corner at which an outline begins and ends is as round as the others.
func TestOutlineIsWholeWhereItCloses(t *testing.T) {
	img, _ := picture(t, Drawing{Width: 20, Height: 20, Shapes: []Shape{Rect{X: 5, Y: 5, W: 10, H: 10, Stroke: Ink, LineWidth: 4}}})
	for _, at := range []XY{{4.2, 4.2}, {15.8, 4.2}, {15.8, 15.8}, {4.2, 15.8}} {
		sees(t, "a corner", img, at.X, at.Y, Ink)
	}
}

func TestPictureTooLargeIsRefused(t *testing.T) {
	for _, d := range []Drawing{{}, {Width: 1e5, Height: 1e5}} {
		if err := PNG(&bytes.Buffer{}, d, 2); err == nil {
			t.Errorf("a picture of %v × %v points", d.Width, d.Height)
		}
	}
}

func TestDashesKeepTheirLengths(t *testing.T) {
	sum := 0.0
	runs := dashes([]XY{{0, 0}, {7, 0}, {7, 13}}, []float64{3, 2})
	for _, run := range runs {
		for i := 1; i < len(run); i++ {
			sum += math.Hypot(run[i].X-run[i-1].X, run[i].Y-run[i-1].Y)
		}
	}
	if len(runs) != 4 || math.Abs(sum-12) > 1e-9 {
		t.Errorf("%d dashes of %v together, want 4 of 12 in 20", len(runs), sum)
	}
}
