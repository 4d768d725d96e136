package web

import (
	"testing"

	"gcm/internal/i18n"
)

func TestShortHyphenatedWordsStayOnOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"көші-қон саясаты": `<span class="nb">көші-қон</span> саясаты`,
		"2019-2020":        "2019-2020",
		"a <b-c> & d":      `a &lt;<span class="nb">b-c</span>&gt; &amp; d`,
		"":                 "",
	} {
		if got := string(unbroken(text)); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

func TestKazakhWordsInOtherTextsAreMarked(t *testing.T) {
	for lang, texts := range map[string]map[string]string{
		"en": {"Source: “1951 жылғы <i>” here": `Source: <span lang="kk">“1951 жылғы &lt;i&gt;”</span> here`, "Only ҚБЫО is there": `Only <span lang="kk">ҚБЫО</span> is there`},
		"ru": {"Слово «қандас», и «виза»": `Слово <span lang="kk">«қандас»</span>, и «виза»`, "Көші-қон": `<span class="nb"><span lang="kk">Көші</span>-<span lang="kk">қон</span></span>`},
		"kk": {"«қандас» сөзі": "«қандас» сөзі"},
	} {
		p, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		for text, want := range texts {
			if got := string(own(p, text)); got != want {
				t.Errorf("%q becomes %s", text, got)
			}
		}
	}
}
