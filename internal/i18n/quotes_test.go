package i18n_test

import (
	"testing"

	"gcm/internal/i18n"
)

func TestQuotationInsideAnotherHasMarksOfItsOwn(t *testing.T) {
	for lang, want := range map[string]string{
		"kk": "Қабылданды: «„E-Visa“ электрондық виза жобасы»", "ru": "Принято: «Проект „E-Visa“»", "en": "Accepted: “The ‘E-Visa’ project”",
	} {
		p, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		title := map[string]string{"kk": "«E-Visa» электрондық виза жобасы", "ru": "Проект «E-Visa»", "en": "The “E-Visa” project"}[lang]
		if got := p.T("notice.accepted", title); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
