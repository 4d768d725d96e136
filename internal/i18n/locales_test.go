package i18n

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func catalogues(t *testing.T) map[string]catalogue {
	t.Helper()
	all := map[string]catalogue{}
	for _, lang := range Languages {
		c, err := load(lang)
		if err != nil {
			t.Fatal(err)
		}
		all[lang] = c
	}
	return all
}

func TestEveryKeyStandsInEveryLanguage(t *testing.T) {
	all := catalogues(t)
	for _, lang := range Languages {
		for key := range all[lang] {
			for _, other := range Languages {
				if _, ok := all[other][key]; !ok {
					t.Errorf("%s is in %s and not in %s", key, lang, other)
				}
			}
		}
	}
}

func TestPluralFormsAreComplete(t *testing.T) {
	for lang, forms := range map[string][]string{"ru": {"few", "many", "one", "other"}, "en": {"one", "other"}} {
		for key, m := range catalogues(t)[lang] {
			if len(m) == 1 && m["other"] != "" {
				continue // no plural
			}
			for _, form := range forms {
				if m[form] == "" {
					t.Errorf("%s in %s has no form %q", key, lang, form)
				}
			}
		}
	}
}

var verb = regexp.MustCompile(`%(?:\[(\d)\])?([sd%])`)

// verbs lists the arguments that a text uses, in order of their number.
func verbs(text string) string {
	var used []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(text, -1) {
		switch {
		case m[2] == "%":
			continue
		case m[1] != "":
			used = append(used, m[1]+m[2])
		default:
			used = append(used, string(rune('0'+next))+m[2])
			next++
		}
	}
	slices.Sort(used)
	return strings.Join(slices.Compact(used), " ")
}

// addsEnding are messages whose second argument is a Kazakh case ending.
var addsEnding = []string{"qualifier.more_than", "qualifier.less_than"}

func TestLanguagesUseTheSameArguments(t *testing.T) {
	all := catalogues(t)
	for key, m := range all["en"] {
		if slices.Contains(addsEnding, key) {
			continue
		}
		want := verbs(m["other"])
		for _, lang := range Languages {
			for form, text := range all[lang][key] {
				if got := verbs(text); got != want {
					t.Errorf("%s (%s, %s) uses %q, English %q", key, lang, form, got, want)
				}
			}
		}
	}
}

func TestNoTextIsLeftInAnotherScript(t *testing.T) {
	cyrillic := regexp.MustCompile(`\p{Cyrillic}`)
	mixed := regexp.MustCompile(`\p{Cyrillic}[A-Za-z]|[A-Za-z]\p{Cyrillic}`)
	for lang, c := range catalogues(t) {
		for key, m := range c {
			for _, text := range m {
				plain := verb.ReplaceAllString(text, "")
				if mixed.MatchString(plain) {
					t.Errorf("%s in %s mixes scripts in a word: %s", key, lang, text)
				}
				if lang == "en" && cyrillic.MatchString(plain) && !strings.HasPrefix(key, "language.") {
					t.Errorf("%s in English is Cyrillic: %s", key, text)
				}
			}
		}
	}
}

// TestEveryKeyIsUsed looks for each key in the code and the templates, whole or
// as a beginning to which the program adds the rest.
func TestEveryKeyIsUsed(t *testing.T) {
	var code strings.Builder
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if ext := filepath.Ext(path); (ext == ".go" && !strings.HasSuffix(path, "_test.go")) || ext == ".html" {
			b, err := os.ReadFile(path)
			code.Write(b)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	text := code.String()
	begins := func(beginning string) bool {
		return strings.Contains(text, `"`+beginning+`"`) || strings.Contains(text, `"`+beginning+`%`) ||
			strings.Contains(text, `word "`+strings.TrimSuffix(beginning, ".")+`"`)
	}
	var used func(key string) bool
	used = func(key string) bool {
		if strings.Contains(text, `"`+key+`"`) {
			return true
		}
		for i := len(key) - 1; i > 0; i-- {
			if (key[i] == '.' || key[i] == '_') && begins(key[:i+1]) {
				return true
			}
		}
		base, advice := strings.CutSuffix(key, ".advice") // each error has one
		return advice && used(base)
	}
	for key := range catalogues(t)["en"] {
		if !used(key) {
			t.Errorf("nothing uses %s", key)
		}
	}
}
