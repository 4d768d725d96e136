package hyphen

import (
	"strings"
	"testing"
)

// broken shows a word with its places as hyphens.
func broken(lang, word string) string {
	letters, from := []rune(word), 0
	var parts []string
	for _, at := range append(Points(lang, word), len(letters)) {
		parts, from = append(parts, string(letters[from:at])), at
	}
	return strings.Join(parts, "-")
}

func TestWordsBreakBetweenSyllables(t *testing.T) {
	words := map[string][]string{
		"kk": {
			"қа-зақ-стан", "агент-тік", "алу-ға", "жа-уап", "тә-уел-сіз", "ми-нистр-лік", "мем-ле-кет-тік",
			"ба-ру-ын", "аль-бом", "рес-пуб-ли-ка", "қа-уіп-сіз-дік", "кө-ші-қон-шы-лар", "өз-бек-стан", "ай-мақ",
			"ұйым-дас-ты-ру", "эко-но-ми-ка-лық", "заң-на-ма-сын-да-ғы", "транс-порт-тық", "еу-ро-па",
		},
		"ru": {
			"го-су-дар-ствен-ный", "рус-ский", "боль-шой", "ин-сти-тут", "экс-перт", "меж-ду-на-род-ный", "рай-он",
			"подъ-езд", "ис-кус-ство", "миг-ра-ция", "без-опас-ность", "го-род-ской", "кон-троль", "объ-ект",
		},
		"en": {"mi-gra-tion", "hy-phen-ation", "gov-ern-ment", "in-ter-na-tional", "sta-tis-tics"},
	}
	for lang, list := range words {
		for _, want := range list {
			if got := broken(lang, strings.ReplaceAll(want, "-", "")); got != want {
				t.Errorf("%s: %s, want %s", lang, got, want)
			}
		}
	}
}

func TestWhatIsNoWordStaysWhole(t *testing.T) {
	for _, word := range []string{"ҚБЫО", "БҰҰДБ", "COVID19", "13,5", "да", "e-mail", "қ\u0301аа\xff", "gov.kz", "ДСҰ-ның"} {
		for _, lang := range []string{"kk", "ru", "en", "de", ""} {
			if at := Points(lang, word); at != nil {
				t.Errorf("%s breaks %q at %v", lang, word, at)
			}
		}
	}
	if at := Points("xx", "келісімшарт"); at != nil {
		t.Errorf("an unknown language breaks at %v", at)
	}
}

func TestNoPartIsLeftWithoutAVowelOrALetterAlone(t *testing.T) {
	for _, word := range strings.Fields(`ынтымақтастық айналысатын мәселелері халықаралық қажеттіліктеріне
		ықпалдастыру орналасуындағы статистикасын репатриациясын инфрақұрылымдық құжаттандыру`) {
		from := 0
		for _, at := range append(Points("kk", word), len([]rune(word))) {
			part := string([]rune(word)[from:at])
			if len([]rune(part)) < 1 || from == 0 && len([]rune(part)) < 2 || !strings.ContainsAny(part, kazakh.vowels) {
				t.Errorf("%s leaves %q alone", broken("kk", word), part)
			}
			from = at
		}
	}
}

func FuzzPoints(f *testing.F) {
	f.Add("kk", "көші-қон")
	f.Add("ru", "въезд")
	f.Add("en", "ın")
	f.Fuzz(func(t *testing.T, lang, word string) {
		before := 0
		for _, at := range Points(lang, word) {
			if at <= before || at >= len([]rune(word)) {
				t.Fatalf("%q in %s: %d after %d", word, lang, at, before)
			}
			before = at
		}
	})
}
