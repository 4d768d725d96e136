package pdf

import (
	"math"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"gcm/reports"
	"gcm/reports/pdf/specimen"
)

func TestMetricsMatchTheFonts(t *testing.T) {
	for f := range faceCount {
		data, err := f.ttf()
		if err != nil {
			t.Fatal(err)
		}
		doc := fpdf.New("P", "pt", "A4", "")
		doc.AddUTF8FontFromBytes("f", "", data)
		doc.SetFont("f", "", 10)
		if doc.Err() {
			t.Fatal(doc.Error())
		}
		m := f.metrics()
		for r := uint16(0x20); r < 0x2800; r++ {
			if !m.has(r) {
				continue
			}
			want := doc.GetStringSymbolWidth(string(rune(r)))
			if got := m.width(r); got != want && want != 0 && want != 65535 {
				t.Errorf("%s: U+%04X is %d wide, fpdf says %d", faceFiles[f], r, got, want)
			}
		}
	}
}

func TestAllFacesHaveTheLettersOfThreeLanguages(t *testing.T) {
	letters := "АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя" +
		"AaZz0123456789«»„“”‘’–—…№₸€$%‰§©·×\u00ad\u00a0\u202f\ufffd"
	for f := range signs {
		for _, r := range letters {
			if !f.metrics().has(uint16(r)) {
				t.Errorf("%s lacks %c", faceFiles[f], r)
			}
		}
	}
	for _, r := range "−≤≥→←↑↓≠≈√∞●○■□▲▼☐✓✗" {
		if !signs.metrics().has(uint16(r)) {
			t.Errorf("no face has %c", r)
		}
	}
}

func TestAllFacesForTextHaveTheSameLetters(t *testing.T) {
	for f := range signs {
		for r := range uint16(0x2800) {
			if f.metrics().has(r) != face(0).metrics().has(r) {
				t.Errorf("%s and %s differ in U+%04X", faceFiles[f], faceFiles[0], r)
			}
		}
	}
}

func TestDigitsAreOfOneWidth(t *testing.T) {
	for f := range signs {
		for r := uint16('0'); r <= '9'; r++ {
			if f.metrics().width(r) != f.metrics().width('0') {
				t.Errorf("%s: %c differs", faceFiles[f], r)
			}
		}
	}
}

func TestPairsAreKerned(t *testing.T) {
	for f := range signs {
		for _, pair := range []string{"AV", "Го"} {
			r := []rune(pair)
			if f.metrics().kerning(uint16(r[0]), uint16(r[1])) >= 0 {
				t.Errorf("%s does not draw %s together", faceFiles[f], pair)
			}
		}
		if f.metrics().kerning('н', 'н') != 0 {
			t.Errorf("%s kerns нн", faceFiles[f])
		}
	}
}

func TestCleanKeepsWhatCanBePrinted(t *testing.T) {
	for in, want := range map[string]string{
		"Қазақстан":           "Қазақстан",
		"a\tb\r\nc":           "a b  c",
		"и\u0306":             "й",
		"x\u0000y\u200ez":     "xyz",
		"😀":                   "\ufffd",
		"\xff\xfe":            "\ufffd\ufffd",
		"\xed\xa0\x80":        "\ufffd\ufffd\ufffd", // half of a surrogate pair
		"a\u00adb\u200bc":     "a\u00adb\u200bc",
		"1\u20072":            "1\u00a02",
		"\ue000\uffff\ufeffк": "\ufffd\ufffdк",
		"ﬁnal ﬄ":              "final ffl", // no face has the ligatures
		"２０２１ ＧＣＭ":            "2021 GCM",
		"５\u3000㎡":            "5 m2",
		"𝐆𝐂𝐌":                 "GCM",
		"Ａ\u030a ǆ ʰ":         "Å dž h",
		"½ ² … № ⑤ ℃":         "½ ² … № ⑤ ℃", // a face has these as they are
		"ﷺ":                   "ﷺ",           // its letters are in no face either
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

// sentence sets a text at a width and reads its lines.
func sentence(t *testing.T, s string, st style, lang string, width float64) []string {
	t.Helper()
	set := &setter{doc: &reports.Document{}, shaper: newShaper()}
	var out []string
	for _, l := range set.lines(reports.Text(s), st, lang, width, width, 1) {
		line := ""
		for _, it := range l.items {
			line += it.(*text).read()
		}
		out = append(out, line)
	}
	return out
}

func TestLinesHoldTheWholeText(t *testing.T) {
	for _, lang := range specimen.Langs {
		for _, st := range []style{bodyStyle, leadStyle, cellStyle, captionStyle} {
			for _, width := range []float64{431, 180, 60, 9} {
				for _, p := range specimen.Prose(lang)[:4] {
					lines := sentence(t, p, st, lang, width)
					got := strings.Join(lines, "\x00")
					got = strings.ReplaceAll(got, "\u00ad\x00", "")
					got = strings.NewReplacer("\x00", "", " ", "").Replace(got)
					if want := strings.ReplaceAll(p, " ", ""); got != want {
						t.Fatalf("%s at %v:\n%s\nwant\n%s", lang, width, got, want)
					}
				}
			}
		}
	}
}

func TestDashNeverBeginsALine(t *testing.T) {
	text := strings.Repeat("ҚБЫО — уақытша тұратын жері – ", 12) + "соңы"
	for width := 90.0; width < 300; width += 7 {
		for _, line := range sentence(t, text, bodyStyle, "kk", width) {
			if strings.HasPrefix(line, "—") || strings.HasPrefix(line, "–") {
				t.Errorf("at %v a line begins %q", width, line)
			}
		}
	}
}

func TestHyphenFollowsTheLanguageOfTheText(t *testing.T) {
	if lines := sentence(t, "internationalization", bodyStyle, "en", 60); len(lines) < 2 || !strings.HasSuffix(lines[0], "\u00ad") {
		t.Errorf("English: %q", lines)
	}
	if lines := sentence(t, "ынтымақтастық", bodyStyle, "kk", 50); lines[0] != "ынты\u00ad" && lines[0] != "ынтымақ\u00ad" {
		t.Errorf("Kazakh: %q", lines)
	}
	for _, line := range sentence(t, "internationalization", bodyStyle, "xx", 60) {
		if strings.HasSuffix(line, "\u00ad") {
			t.Errorf("an unknown language is hyphenated: %q", line)
		}
	}
}

func TestTotalFitIsMoreEvenThanFirstFit(t *testing.T) {
	uneven := func(lines []brokenLine) float64 {
		sum := 0.0
		for _, l := range lines[:len(lines)-1] {
			sum += math.Abs(l.ratio * l.ratio * l.ratio)
		}
		return sum
	}
	for _, p := range specimen.Prose("en")[:6] {
		set := &setter{doc: &reports.Document{}, shaper: newShaper()}
		para := set.begin(bodyStyle, "en")
		para.run(reports.Run{Text: p})
		total := set.breaker.breakLines(para.atoms, 300, false)
		first := set.breaker.fill(para.atoms, 300)
		set.breaker.ragged = false
		for i, l := range first {
			first[i].ratio = set.breaker.ratio(l.from, l.to, l.to == len(para.atoms))
		}
		if uneven(total) > uneven(first) {
			t.Errorf("total fit %.1f, first fit %.1f", uneven(total), uneven(first))
		}
	}
}

func TestCountPutsNumbersIntoTerms(t *testing.T) {
	for term, want := range map[string]string{"Page %d of %d": "Page 3 of 20", "%[2]d беттің %[1]d-беті": "20 беттің 3-беті", "": "", "100%": "100%", "%d": "3"} {
		if got := count(term, 3, 20); got != want {
			t.Errorf("%q: %q, want %q", term, got, want)
		}
	}
}

func TestPatternTakesItsNumberOnce(t *testing.T) {
	for pattern, want := range map[string]string{"%s-кесте": "3-кесте", "Table %s": "Table 3", "Table": "Table\u00a03", "%s%s%s": "3%s%s"} {
		if got := numbered(pattern, "3"); got != want {
			t.Errorf("%q: %q, want %q", pattern, got, want)
		}
	}
}

func TestNoteWithALongMarkIsHungOnce(t *testing.T) {
	set := &setter{doc: &reports.Document{}, shaper: newShaper(), tree: newTree(), notes: 122}
	notes := 0
	for _, l := range set.lines([]reports.Run{{Text: "word", Note: reports.Text("note")}}, cellStyle, "en", 5, 300, 1) {
		notes += len(l.notes)
	}
	if notes != 1 {
		t.Errorf("note 123 is hung %d times", notes)
	}
}

func TestLineClosesUpAroundAPageNumber(t *testing.T) {
	for _, al := range []align{justify, ragged, flushRight} {
		set := &setter{doc: &reports.Document{Terms: reports.Terms{PageOf: "p. %d"}}, shaper: newShaper(), digits: 4, anchors: map[string]bool{"a": true}}
		st := bodyStyle
		st.align = al
		runs := []reports.Run{{Text: "See what stands there ("}, {PageOf: "a"}, {Text: "), and read on until the line has come to an end and another begins"}}
		line := set.lines(runs, st, "en", 300, 300, 1)[0]
		c := &composer{setter: set, flow: &flow{dests: map[string]dest{"a": {page: 6}}}}
		var texts []*text
		for _, it := range line.items {
			texts = append(texts, it.(*text))
		}
		end := texts[2].x + texts[2].width()
		c.number(texts[1])
		if got := texts[1].read(); got != "p.\u00a07" {
			t.Fatalf("number %q", got)
		}
		for i := range 2 {
			if gap := texts[i+1].x - texts[i].x - texts[i].width(); math.Abs(gap) > 0.05 {
				t.Errorf("align %d: a gap of %.2f after %q", al, gap, texts[i].read())
			}
		}
		if got := texts[2].x + texts[2].width(); al != ragged && math.Abs(got-end) > 0.2 {
			t.Errorf("align %d: the line ends at %.2f, not %.2f", al, got, end)
		}
	}
}
