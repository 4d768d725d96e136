package chart

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
)

var years = []Point{
	{Label: "2017", At: 2017, Value: 608, Text: "608"},
	{Label: "2018", At: 2018, Value: 574, Text: "574"},
	{Label: "2019", At: 2019, Missing: true, Text: "дерек жоқ"},
	{Label: "2020", At: 2020, Value: 445, Text: "445"},
	{Label: "2021 жылғы 1\u00a0қыркүйек", At: 2021.67, Value: 371, Text: "371-ден астам", Loose: true},
}

var categories = []Point{
	{Label: "Ауыл, орман және балық шаруашылығы", Value: 44, Text: "44%"},
	{Label: "Тау-кен өнеркәсібі", Value: 9, Text: "9%", Loose: true},
	{Label: "Құрылыс", Missing: true, Text: "дерек жоқ"},
	{Label: "Өңдеу өнеркәсібі", Value: 0, Text: "0%"},
}

// samples are charts of every kind, with the inputs that break layouts.
func samples() map[string]Chart {
	one := func(kind Kind, points ...Point) Chart {
		return Chart{Kind: kind, Lang: "kk", Unit: "адам", Series: []Series{{Points: points}}}
	}
	values := func(kind Kind, list ...float64) Chart {
		c := one(kind)
		for i, v := range list {
			c.Series[0].Points = append(c.Series[0].Points, Point{Label: fmt.Sprint(2000 + i), At: 2000 + float64(i), Value: v, Text: fmt.Sprintf("%.4g", v)})
		}
		return c
	}
	long := strings.Repeat("көші-қон ", 40)
	all := map[string]Chart{}
	placed := func(c Chart, places ...string) Chart {
		c.Home, c.HomeName = "KAZ", "Қазақстан"
		for i := range c.Series[0].Points {
			c.Series[0].Points[i].Place = places[i%len(places)]
		}
		return c
	}
	all["map near"] = placed(one(Map, categories...), "UZ", "KG", "TJ", "TM")
	all["map in Europe"] = placed(values(Map, 900, 850, 400, 100, 30), "CZ", "ES", "GR", "DE", "NL")
	all["map to the edges"] = placed(values(Map, 9, 9, 9, 9, 9), "RU", "NZ", "FJ", "GL", "US")
	all["map below zero"] = placed(values(Map, -9, 0, math.NaN(), 1e23), "RU", "CN", "AQ", "XX")
	all["map of long words"] = placed(one(Map, Point{Label: long, Value: 1, Text: long}, Point{Label: strings.Repeat("ұ", 300), Value: 2, Text: strings.Repeat("ә", 200)}), "DE", "FR")
	all["map of nothing"] = Chart{Kind: Map}
	for _, kind := range []Kind{Line, Columns, Bars} {
		name := string(kind)
		all[name+" years"] = one(kind, years...)
		all[name+" categories"] = one(kind, categories...)
		all[name+" huge"] = values(kind, 1e18, 3e18, 2e23)
		all[name+" tiny"] = values(kind, 1e-12, 3e-7, 0.002)
		all[name+" negative"] = values(kind, -5, 3, -12.5, 0)
		all[name+" equal"] = values(kind, 7, 7, 7)
		all[name+" close"] = values(kind, 6706, 6883, 7156, 7416, 7118, 6911)
		all[name+" zero"] = values(kind, 0, 0)
		all[name+" one"] = values(kind, 42)
		all[name+" none"] = one(kind)
		all[name+" no series"] = Chart{Kind: kind}
		all[name+" not a number"] = values(kind, math.NaN(), math.Inf(1), 3)
		all[name+" many"] = values(kind, make([]float64, 90)...)
		all[name+" long words"] = one(kind, Point{Label: long, At: 1, Value: 1, Text: long}, Point{Label: strings.Repeat("ұ", 300), At: 2, Value: 2, Text: strings.Repeat("ә", 200)})
		all[name+" long words below zero"] = one(kind, Point{Label: long, At: 1, Value: -1, Text: long}, Point{Label: long, At: 2, Value: -2, Text: long})
		all[name+" same place"] = one(kind, Point{Label: "2020", At: 2020, Value: 1, Text: "1"}, Point{Label: "2020", At: 2020, Value: 1, Text: "1"})
		if kind != Bars {
			c := values(kind, 10, 12, 14)
			c.Series[0].Name = "Жоғарғы шек"
			c.Series = append(c.Series, Series{Name: "Төменгі шек", Points: values(kind, 9.8, 12, 13.9).Series[0].Points})
			all[name+" two series"] = c
			c.Breaks = []Break{{At: 2001, Label: "қатар үзілген", Parts: true}, {At: 2001.5, Label: strings.Repeat("әдіснама ", 30)}, {At: 1990}, {At: 2090}, {At: math.NaN()}}
			all[name+" broken"] = c
			c.Series[1].Aim = true
			all[name+" with an aim"] = c
		}
	}
	return all
}

var widths = []float64{216, 240, 330, 440, 700}

func eachDrawing(t *testing.T, check func(t *testing.T, c Chart, d Drawing)) {
	t.Helper()
	for name, c := range samples() {
		for _, w := range widths {
			t.Run(fmt.Sprintf("%s at %.0f", name, w), func(t *testing.T) { check(t, c, c.Draw(w, NotoSans)) })
		}
	}
}

func TestNothingStandsOutsideTheDrawing(t *testing.T) { eachDrawing(t, checkInside) }

func checkInside(t *testing.T, _ Chart, d Drawing) {
	cv := canvas{measure: NotoSans}
	inside := func(b box, what any) {
		if !(b.x0 >= -0.5 && b.y0 >= -0.5 && b.x1 <= d.Width+0.5 && b.y1 <= d.Height+0.5) {
			t.Errorf("%.1f×%.1f does not hold %+v", d.Width, d.Height, what)
		}
	}
	for _, shape := range d.Shapes {
		switch s := shape.(type) {
		case Rect:
			inside(box{s.X, s.Y, s.X + s.W, s.Y + s.H}, s)
			if s.W < 0 || s.H < 0 {
				t.Errorf("a negative rectangle: %+v", s)
			}
		case Circle:
			inside(box{s.X - s.R, s.Y - s.R, s.X + s.R, s.Y + s.R}, s)
		case Text:
			inside(cv.box(s), s)
		case Polyline:
			for _, p := range s.Points {
				inside(box{p.X, p.Y, p.X, p.Y}, s)
			}
		case Polygon:
			for _, ring := range s.Rings {
				for _, p := range ring {
					inside(box{p.X, p.Y, p.X, p.Y}, p)
				}
			}
		}
	}
	for _, s := range d.Spots {
		inside(box{s.X, s.Y, s.X, s.Y}, s)
	}
}

func TestNoTextCoversAnother(t *testing.T) { eachDrawing(t, checkTexts) }

func checkTexts(t *testing.T, _ Chart, d Drawing) {
	cv := canvas{measure: NotoSans}
	var texts []Text
	for _, shape := range d.Shapes {
		if s, ok := shape.(Text); ok {
			texts = append(texts, s)
		}
	}
	for i, a := range texts {
		for _, b := range texts[:i] {
			x, y := cv.box(a), cv.box(b)
			x.x0, x.y0, x.x1, x.y1 = x.x0+0.02, x.y0+0.02, x.x1-0.02, x.y1-0.02 // rounding
			if x.overlaps(y) {
				t.Errorf("%q covers %q", a.Text, b.Text)
			}
		}
	}
}

func TestSameChartGivesTheSameBytes(t *testing.T) {
	eachDrawing(t, func(t *testing.T, c Chart, d Drawing) {
		again := c.Draw(d.Width, NotoSans)
		if SVG(d, "a", "t", "d") != SVG(again, "a", "t", "d") {
			t.Error("two drawings of one chart differ")
		}
	})
}

func TestMissingValueIsAGapAndNoZero(t *testing.T) {
	c := Chart{Kind: Line, Lang: "kk", Series: []Series{{Points: years}}}
	marks, runs, words := 0, 0, ""
	for _, shape := range c.Draw(440, NotoSans).Shapes {
		switch s := shape.(type) {
		case Circle:
			marks++
		case Polyline:
			if s.Stroke == Series1 {
				runs++
				if len(s.Points) != 2 {
					t.Errorf("the line runs through the gap: %v", s.Points)
				}
			}
		case Text:
			words += s.Text + " "
		}
	}
	if marks != 4 || runs != 2 || !strings.Contains(words, "дерек жоқ") {
		t.Errorf("%d marks, %d runs, words %q", marks, runs, words)
	}
	for _, kind := range []Kind{Columns, Bars} {
		rects := 0
		for _, shape := range (Chart{Kind: kind, Series: []Series{{Points: years}}}).Draw(440, NotoSans).Shapes {
			if _, ok := shape.(Rect); ok {
				rects++
			}
		}
		if rects != 4 {
			t.Errorf("%s: %d bars for 4 values and a gap", kind, rects)
		}
	}
}

func TestBreakPartsTheLineAndIsMarked(t *testing.T) {
	series := []Series{
		{Points: []Point{{Label: "2016", At: 2016, Value: 3}, {Label: "2018", At: 2018, Value: 2}, {Label: "2020", At: 2020, Value: 1}}},
		{Aim: true, Points: []Point{{Label: "2016", At: 2016, Value: 3}, {Label: "2030", At: 2030, Value: 9}}},
	}
	count := func(c Chart) (runs, uprights int, words string) {
		for _, shape := range c.Draw(440, NotoSans).Shapes {
			switch s := shape.(type) {
			case Polyline:
				switch {
				case s.Stroke == Series1 || s.Stroke == Series2:
					runs += len(s.Points) - 1
				case len(s.Dash) == 2 && s.Dash[0] == 5:
					uprights++
				}
			case Text:
				words += s.Text + " "
			}
		}
		return runs, uprights, words
	}
	for _, c := range []struct {
		name           string
		breaks         []Break
		runs, uprights int
	}{
		{"none", nil, 3, 0},
		{"a series break", []Break{{At: 2020, Label: "үзілді", Parts: true}}, 2, 1},
		{"a change of method", []Break{{At: 2020, Label: "үзілді"}}, 3, 1},
		{"beyond the values", []Break{{At: 2016, Parts: true}, {At: 2031, Parts: true}}, 3, 0},
	} {
		if runs, uprights, words := count(Chart{Kind: Line, Lang: "kk", Series: series, Breaks: c.breaks}); runs != c.runs || uprights != c.uprights || c.uprights > 0 != strings.Contains(words, "үзілді") {
			t.Errorf("%s: %d joined points, %d uprights, words %q", c.name, runs, uprights, words)
		}
	}
}

func TestColumnsAndBarsStandOnZero(t *testing.T) {
	for _, kind := range []Kind{Columns, Bars} {
		c := samples()[string(kind)+" close"]
		if c.Truncated() {
			t.Errorf("%s is cut off", kind)
		}
		var sizes []float64
		for _, shape := range c.Draw(440, NotoSans).Shapes {
			if r, ok := shape.(Rect); ok {
				sizes = append(sizes, map[Kind]float64{Columns: r.H, Bars: r.W}[kind])
			}
		}
		if len(sizes) != 6 || math.Abs(sizes[3]/sizes[0]-7416.0/6706) > 0.01 {
			t.Errorf("%s are out of proportion: %v", kind, sizes)
		}
	}
}

func TestOnlyALineOfCloseValuesIsCutOff(t *testing.T) {
	all := samples()
	for name, want := range map[string]bool{"line close": true, "line years": false, "line negative": false, "line equal": false, "columns close": false, "line one": false} {
		if got := all[name].Truncated(); got != want {
			t.Errorf("%s: cut off %v", name, got)
		}
	}
}

func TestLooseValueIsHollow(t *testing.T) {
	for _, kind := range []Kind{Line, Columns, Bars} {
		hollow := 0
		for _, shape := range (Chart{Kind: kind, Series: []Series{{Points: years}}}).Draw(440, NotoSans).Shapes {
			switch s := shape.(type) {
			case Circle:
				hollow += map[Paint]int{Paper: 1}[s.Fill]
			case Rect:
				hollow += map[Paint]int{Paper: 1}[s.Fill]
			}
		}
		if hollow != 1 {
			t.Errorf("%s: %d hollow marks", kind, hollow)
		}
	}
}

func TestTimeAxisIsTrueToScale(t *testing.T) {
	points := []Point{{Label: "2016", At: 2016, Value: 3}, {Label: "2019", At: 2019, Value: 2}, {Label: "2020", At: 2020, Value: 1}}
	var x []float64
	for _, shape := range (Chart{Kind: Line, Series: []Series{{Points: points}}}).Draw(440, NotoSans).Shapes {
		if s, ok := shape.(Circle); ok {
			x = append(x, s.X)
		}
	}
	if len(x) != 3 || math.Abs((x[1]-x[0])/(x[2]-x[1])-3) > 0.01 {
		t.Errorf("places %v", x)
	}
}

func FuzzDraw(f *testing.F) {
	f.Add("2020", "шамамен 5", 5.0, -3.0, 2020.0, 2021.5, 300.0, uint8(0))
	f.Add("", "", math.MaxFloat64, -math.MaxFloat64, math.Inf(1), math.NaN(), -1.0, uint8(1))
	f.Add("\x00\xff", strings.Repeat("ң", 99), 5e-324, 0.0, -1e300, 1e300, 1e9, uint8(2))
	f.Fuzz(func(t *testing.T, label, text string, v1, v2, at1, at2, width float64, kind uint8) {
		c := Chart{Kind: []Kind{Line, Columns, Bars}[kind%3], Lang: label, Unit: text, Series: []Series{
			{Name: label, Points: []Point{{Label: label, At: at1, Value: v1, Text: text}, {Label: text, At: at2, Value: v2, Text: label, Loose: true}}},
			{Name: text, Points: []Point{{Label: label, At: at2, Value: v2, Missing: kind > 128}}},
		}}
		d := c.Draw(width, NotoSans)
		checkInside(t, c, d)
		checkTexts(t, c, d)
		if !reflect.DeepEqual(d, c.Draw(width, NotoSans)) {
			t.Error("two drawings differ")
		}
	})
}

func TestNumbersSideBySideAreTwo(t *testing.T) {
	c := Chart{Kind: Columns, Lang: "ru", Series: []Series{{Points: []Point{
		{Label: "2012", At: 2012, Value: 34100, Text: "34\u00a0100"}, {Label: "2019", At: 2019, Value: 111500, Text: "111\u00a0500"}, {Label: "2020", At: 2020, Value: 111500, Text: "111\u00a0500"},
	}}}}
	for width := 200.0; width <= 600; width += 5 {
		var labels []box
		for _, shape := range c.Draw(width, NotoSans).Shapes {
			if text, is := shape.(Text); is && text.Bold {
				labels = append(labels, boxOf(text, NotoSans(text.Text, text.Size, true)))
			}
		}
		for i, a := range labels {
			for _, b := range labels[i+1:] {
				if a.overlaps(box{b.x0 - 4.9, b.y0, b.x1 + 4.9, b.y1}) {
					t.Errorf("at %v numbers stand as one: %v %v", width, a, b)
				}
			}
		}
	}
}

func TestNoNumberStandsOnTheBreakOfTheAxis(t *testing.T) {
	for width := 200.0; width <= 600; width += 5 {
		var texts []box
		var mark box
		for _, shape := range samples()["line close"].Draw(width, NotoSans).Shapes {
			switch s := shape.(type) {
			case Text:
				if s.Bold {
					texts = append(texts, boxOf(s, NotoSans(s.Text, s.Size, true)))
				}
			case Polyline:
				if len(s.Points) == 5 && s.Stroke == Muted {
					mark = box{s.Points[2].X, s.Points[4].Y, s.Points[1].X, s.Points[0].Y}
				}
			}
		}
		for _, text := range texts {
			if text.overlaps(mark) {
				t.Errorf("at %v a number stands on the break: %v", width, text)
			}
		}
		if mark == (box{}) {
			t.Error("no break")
		}
	}
}

func TestAxisOfBarsRunsThroughNoName(t *testing.T) {
	for name, c := range samples() {
		if c.Kind != Bars {
			continue
		}
		for _, width := range []float64{200, 260, 299, 300, 480} {
			shapes := c.Draw(width, NotoSans).Shapes
			for _, axis := range shapes {
				line, is := axis.(Polyline)
				if !is || line.Stroke != Muted || line.Dash != nil {
					continue
				}
				for _, shape := range shapes {
					if text, is := shape.(Text); is && boxOf(text, NotoSans(text.Text, text.Size, text.Bold)).crossed(XY{line.Points[0].X + 0.5, line.Points[0].Y}, XY{line.Points[1].X + 0.5, line.Points[1].Y}) {
						t.Errorf("%s at %v: the axis runs through %q", name, width, text.Text)
					}
				}
			}
		}
	}
}
