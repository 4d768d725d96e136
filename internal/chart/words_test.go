package chart

import (
	"reflect"
	"testing"
)

func TestNoLineEndsInAPreposition(t *testing.T) {
	wide := func(text string, _ float64, _ bool) float64 { return float64(len([]rune(text))) }
	for _, row := range []struct {
		text  string
		width float64
		lines int
		want  []string
	}{
		{"Ход выполнения договора о миграции", 25, 2, []string{"Ход выполнения договора", "о миграции"}},
		{"с начала года и по странам отправления", 21, 3, []string{"с начала года", "и по странам", "отправления"}},
		{"the Compact of migration", 14, 3, []string{"the Compact", "of migration"}},
		{"срок для лиц без гражданства", 16, 3, []string{"срок для лиц", "без гражданства"}},
		{"до 5 лет", 6, 2, []string{"до 5", "лет"}},
		{"дом о дворе в лесной", 7, 3, []string{"дом о", "дворе в", "лесной"}}, // bound, it took four lines
		{"из длинногослова", 8, 3, []string{"из", "длинного", "слова"}},
		{"в о и", 3, 3, []string{"в о", "и"}},
		{"договор о миграции в Алматы", 9, 2, []string{"договор о", "миграции…"}},
	} {
		if got := Wrap(wide, row.text, 1, row.width, false, row.lines); !reflect.DeepEqual(got, row.want) {
			t.Errorf("%q in %v: %q, want %q", row.text, row.width, got, row.want)
		}
	}
}
