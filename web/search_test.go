package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/objectives"
)

// finds asks for words and returns the paths of what is found.
func finds(t *testing.T, h http.Handler, lang, query string) []string {
	t.Helper()
	w := get(h, "/"+lang+"/search?"+query)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d", query, w.Code)
	}
	var paths []string
	for n := range parse(t, w.Body.String()).Descendants() {
		if n.Type == html.ElementNode && n.Data == "h3" {
			paths = append(paths, strings.TrimPrefix(attr(firstElement(n), "href"), "/"+lang))
		}
	}
	return paths
}

func q(text string) string { return url.Values{"q": {text}}.Encode() }

func TestRecordsAreFoundAlikeOnBothDatabases(t *testing.T) {
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, config(t, db))
		for _, c := range []struct{ lang, query, first string }{
			{"kk", "электрондық визалар", "/indicators/e-visas-issued"},
			{"ru", "воссоединение семей", ""}, {"en", "statelessness conventions", ""},
			{"kk", "коши-кон ведомствосы", ""}, {"en", "qazaqstan", ""}, {"ru", "обзоры", ""}, {"kk", "ІІМ", "/agencies/mia"},
			{"en", "21(d)", "/objectives/5/actions/d"}, {"en", "objective 13", "/objectives/13"},
		} {
			got := finds(t, h, c.lang, q(c.query))
			if len(got) == 0 || c.first != "" && got[0] != c.first {
				t.Errorf("%s finds %v", c.query, got)
			}
			if again := finds(t, loaded(t), c.lang, q(c.query)); strings.Join(got, " ") != strings.Join(again, " ") {
				t.Errorf("%s finds %v here and %v there", c.query, got, again)
			}
		}
	})
}

func TestEditIsFoundAtOnceAndADraftNever(t *testing.T) {
	app := open(t, config(t, country.SQLite(t)))
	coordinator := actorOf(t, person(t, app, "", auth.Coordinator))
	register := app.site.objectives.MeasureRegister()
	edit := func(change func(*objectives.MeasureContent)) {
		t.Helper()
		r, err := register.Record(t.Context(), "e-visa")
		if err != nil {
			t.Fatal(err)
		}
		change(&r.Content)
		if err := register.Change(t.Context(), coordinator, "e-visa", r.Revision, r.Content); err != nil {
			t.Fatal(err)
		}
	}
	if got := finds(t, app, "en", q("zebracorn")); len(got) != 0 {
		t.Fatalf("found %v", got)
	}
	edit(func(c *objectives.MeasureContent) { c.Title["en"] = "The zebracorn visa" })
	if got := finds(t, app, "en", q("zebracorns")); len(got) == 0 || got[0] != "/measures/e-visa" {
		t.Errorf("found %v after the edit", got)
	}
	edit(func(c *objectives.MeasureContent) { c.State = objectives.Draft })
	if got := finds(t, app, "en", q("zebracorn")); len(got) != 0 {
		t.Errorf("found %v though it is a draft", got)
	}
}

func TestNonsenseFindsNothing(t *testing.T) {
	h := loaded(t)
	for _, word := range strings.Fields("xqzzyw qweqwe qwerty asdfgh zxcvb wxyz plugh foobar blahblah dolor йцукен фывапр ячсмить хоббит жираф бабочка") {
		for _, lang := range []string{"kk", "ru", "en"} {
			if got := finds(t, h, lang, q(word)); len(got) > 0 {
				t.Errorf("%s in %s finds %v", word, lang, got)
			}
		}
	}
}

func TestSearchTakesWhateverIsTyped(t *testing.T) {
	h := loaded(t)
	for query, want := range map[string]int{
		"": 200, "q=": 200, "q=%00": 200, "q=%ff%fe": 200, "q=%1b%5b31m": 200, "q=и+в+на": 200, "q=%3Cscript%3Ealert(1)%3C/script%3E": 200,
		"q=" + strings.Repeat("a", 200): 200, "q=" + strings.Repeat("a", 10_000): 400, "q=виза&kind=nope": 400, "q=виза&kind=%00": 400,
		"q=виза&kind=measure": 200, "q=виза&page=999999999999999999999": 404, "q=виза&page=-5": 404, "q=зззззз&page=0": 200, "q=a&q=b": 200, "q=%25%27%22%3B": 200,
	} {
		for _, lang := range []string{"kk", "ru", "en"} {
			w := get(h, "/"+lang+"/search?"+query)
			if w.Code != want || strings.Contains(w.Body.String(), "<script>alert") {
				t.Errorf("%s?%.40s: %d", lang, query, w.Code)
			}
		}
	}
	w := get(h, "/en/search?q=%3Cb%3Evisa")
	if body := w.Body.String(); !strings.Contains(body, `value="&lt;b&gt;visa"`) || !strings.Contains(body, "<mark>") || w.Header().Get("X-Robots-Tag") == "" {
		t.Error("what was typed does not stand in the box")
	}
	if w := get(h, "/en/search?q=mgiration"); !strings.Contains(w.Body.String(), "stands nowhere") {
		t.Error("the page does not say what was taken for a slip")
	}
	if w := get(h, "/en/search?q=the+of"); !strings.Contains(w.Body.String(), "There is no word to look for") {
		t.Error("the page does not say that there is no word")
	}
}

func TestSearchCountsKindsAndPages(t *testing.T) {
	h := loaded(t)
	all, measures := finds(t, h, "ru", q("миграция")), finds(t, h, "ru", q("миграция")+"&kind=measure")
	if len(all) != foundSize || len(measures) == 0 {
		t.Fatalf("%d and %d", len(all), len(measures))
	}
	for _, path := range measures {
		if !strings.HasPrefix(path, "/measures/") {
			t.Errorf("%s is no measure", path)
		}
	}
	if next := finds(t, h, "ru", q("миграция")+"&page=1"); len(next) == 0 || strings.Join(next, " ") == strings.Join(all, " ") {
		t.Errorf("the second page begins with %v", next)
	}
}
