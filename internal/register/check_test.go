package register_test

import (
	"strings"
	"testing"

	"gcm/internal/i18n"
	"gcm/internal/register"
)

func TestTextsAreKeptTidy(t *testing.T) {
	for typed, want := range map[string]string{
		"  Виза \r\n": "Виза", "й": "й", "a\x00b\u200b": "ab\u200b", "a\r\nb\tc": "a\nb\tc", "\xff": "\uFFFD",
	} {
		if got := register.Tidy(typed); got != want {
			t.Errorf("%q is kept as %q, want %q", typed, got, want)
		}
	}
	name := i18n.Text{"kk": " ", "ru": " Виза ", "fr": " as in the pack "}
	var found register.Checks
	if found.Name("name", &name); len(name) != 2 || name["ru"] != "Виза" || name["fr"] != " as in the pack " || found.Problems != nil {
		t.Errorf("%q, %v", name, found.Problems)
	}
	long := i18n.Text{"ru": strings.Repeat("я", 501)}
	if found.Name("name", &long); len(found.Problems) != 1 || found.Problems[0].Field != "name.ru" {
		t.Errorf("%v", found.Problems)
	}
}

func TestCodesAreMadeOfNames(t *testing.T) {
	for name, want := range map[string]string{
		"Электронная виза": "elektronnaya-viza", "Қандастарды қолдау": "qandastardy-qoldau", "One-stop shop (2027)!": "one-stop-shop-2027",
		"": "record", "中文": "record", strings.Repeat("слово ", 40): strings.Repeat("slovo-", 9) + "slovo",
	} {
		if got := register.Slug(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}
