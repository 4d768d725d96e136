package reports

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNumbersThatCountAreToldFromThoseThatName(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		figures    []float64
		labels     []float64
	}{
		{"ru", "Из 64 мер 32 завершены[^1]", []float64{64, 32}, []float64{1}},
		{"ru", "оформлено более 26\u00a0000 виз, или 83,3 %, на 290,2 млрд тенге", []float64{26000, 83.3, 290.2e9}, nil},
		{"ru", "В 2018–2020 годах, 1 сентября 2021 года, статьёй 394, № 306-VI, COVID-19, A/RES/73/195, 10.7.2", nil, []float64{2018, 2020, 1, 2021, 394, 306, 19, 73, 10.7}},
		{"ru", "по целям 2, 14 и 20 нет мер, всего 23 цели", nil, []float64{2, 14, 20, 23}},
		{"kk", "26 000-нан астам, 17-сі, 4, 5 және 12-мақсаттармен, 26 наурыздағы 394-бабы", []float64{26000, 17}, []float64{4, 5, 12, 26, 394}},
		{"en", "13,000 people, 0.43% of them; 1.5 million tenge; 12.5 per cent", []float64{13000, 0.43, 1.5e6, 12.5}, nil},
		{"en", "objectives 4, 5 and 12 on March 26, 2020, the 9th and 10:30", nil, []float64{4, 5, 12, 26, 2020, 9, 10}},
		{"en", "25,500–27,500 workers in 2021", []float64{25500, 27500}, []float64{2021}},
		{"ru", "01.09.2021 было 2 021 человек", []float64{2021}, []float64{1.09}},
	} {
		var figures, labels []float64
		for _, n := range Numbers(c.lang, strings.ReplaceAll(c.text, "[^1]", " ст. 1")) {
			if n.Label {
				labels = append(labels, n.Value)
			} else {
				figures = append(figures, n.Value)
			}
		}
		if !sameValues(figures, c.figures) || !sameValues(labels, c.labels) {
			t.Errorf("%s: %q has the figures %v and the labels %v", c.lang, c.text, figures, labels)
		}
	}
}

func sameValues(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !sameValue(a[i], b[i]) {
			return false
		}
	}
	return true
}

func TestSentencesHaveTheirFootnotes(t *testing.T) {
	list := readPassages("Первое 1[^a]. Второе 2.[^b] Третье.\n\n## 7 глав\n\n> Приглашаем 9\n\n- Пункт 3[^a]\n- Пункт 4\n\n[^a]: count:measures\n[^b]: measure:x\n")
	if len(list) != 4 || len(list[0].sentences) != 3 || len(list[1].sentences) != 1 || len(list[2].sentences) != 0 || len(list[3].sentences) != 2 {
		t.Fatalf("%+v", list)
	}
	first := list[0].sentences
	if first[0].notes[0] != "count:measures" || first[1].notes[0] != "measure:x" || len(first[2].notes) != 0 || list[0].around(first[2])[1] != "measure:x" {
		t.Errorf("%+v", first)
	}
	if items := list[3]; len(items.around(items.sentences[1])) != 0 {
		t.Error("an item of a list leans on the footnote of another")
	}
	if said := list[1].sentences[0]; said.text != "7 глав" || !slices.Equal(said.notes, []string{"count:measures"}) {
		t.Errorf("a heading does not lean on what stands below it: %+v", said)
	}
}

func TestHeadingLeansOnItsOwnSectionAlone(t *testing.T) {
	list := readPassages("Было 5.[^a]\n\n## Прибыло 5\n\nТекст.[^b]\n\n### Из них 4\n\nЕщё {{figure indicator:x@2019}}.\n\n## Выбыло 3\n\nДругое.[^c]\n\n[^a]: measure:a\n[^b]: measure:b\n[^c]: measure:c\n")
	want := map[int][]string{1: {"measure:b", "indicator:x@2019"}, 3: {"indicator:x@2019"}, 5: {"measure:c"}}
	for at, notes := range want {
		if got := list[at].sentences[0].notes; !slices.Equal(got, notes) {
			t.Errorf("%q leans on %v, want %v", list[at].sentences[0].text, got, notes)
		}
	}
}

// FuzzNumbers holds the finder of numbers to what it says: each number is a part
// of the text, in order, and no digit is lost.
func FuzzNumbers(f *testing.F) {
	for _, s := range []string{"26 000-нан", "1,5,", "10.7.2", "5,,5", "\u00a01\u00a0000", "9%", "12 млн", "-1", "2019–2020", "1/2/", "0 000", "1:2:3 %", "7\xff", "1 млрд", "3 тыс", "٣"} {
		for _, lang := range []string{"kk", "ru", "en"} {
			f.Add(lang, s)
		}
	}
	f.Fuzz(func(t *testing.T, lang, s string) {
		at, digits := 0, 0
		for _, n := range Numbers(lang, s) {
			if n.from < at || n.to <= n.from || n.to > len(s) || n.Text != s[n.from:n.to] {
				t.Fatalf("%q at %d–%d of %q after %d", n.Text, n.from, n.to, s, at)
			}
			at = n.to
			digits += countDigits(n.Text)
		}
		if digits != countDigits(s) {
			t.Fatalf("%d digits of %d in %q", digits, countDigits(s), s)
		}
		if utf8.ValidString(s) {
			readPassages(s)
		}
	})
}

func countDigits(s string) (n int) {
	for i := range len(s) {
		if digit(s, i) {
			n++
		}
	}
	return n
}
