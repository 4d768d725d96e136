package objectives_test

import (
	"testing"

	"gcm/internal/i18n"
	"gcm/objectives"
)

func TestLikelyDuplicatesAreHintedAt(t *testing.T) {
	among := []objectives.Titled{
		{Code: "e-visa", Title: i18n.Text{"kk": "Электрондық виза", "ru": "Электронная виза", "en": "Electronic visa"}},
		{Code: "e-residence", Title: i18n.Text{"ru": "Электронное разрешение на проживание", "en": "Residence permits issued electronically"}},
		{Code: "hotline", Title: i18n.Text{"kk": "Мигранттарға арналған жедел желі", "ru": "Горячая линия для мигрантов"}},
	}
	for name, c := range map[string]struct {
		title i18n.Text
		want  []string
	}{
		"another ending":        {i18n.Text{"ru": "Введение электронной визы"}, []string{"e-visa"}},
		"another order":         {i18n.Text{"en": "Visa, electronic"}, []string{"e-visa"}},
		"Kazakh endings":        {i18n.Text{"kk": "мигранттарға жедел желі"}, []string{"hotline"}},
		"the same in one":       {i18n.Text{"kk": "Басқа", "ru": "Горячая линия для мигрантов"}, []string{"hotline"}},
		"something else":        {i18n.Text{"ru": "Центры обслуживания населения"}, nil},
		"nothing":               {i18n.Text{}, nil},
		"another language only": {i18n.Text{"en": "Горячая линия для мигрантов"}, nil},
	} {
		hints := objectives.Similar(c.title, among)
		if len(hints) != len(c.want) || len(hints) > 0 && hints[0].Code != c.want[0] {
			t.Errorf("%s: got %+v, want %v", name, hints, c.want)
		}
	}
}
