package web

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/period"
	"gcm/objectives"
)

var shownOf = regexp.MustCompile(`Shown: ([\d,]+) of ([\d,]+)`)

// shown returns how many records a list in English shows, and of how many.
func shown(t *testing.T, h http.Handler, path string) (found, total int) {
	t.Helper()
	w := get(h, "/en"+path)
	m := shownOf.FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || m == nil {
		t.Fatalf("%s: %d", path, w.Code)
	}
	found, _ = strconv.Atoi(m[1])
	total, _ = strconv.Atoi(m[2])
	return found, total
}

func TestCountBesideAChoiceIsWhatItLeaves(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, config(t, db))
		for _, list := range []string{"/measures?", "/measures?status=completed&", "/indicators?", "/indicators?objective=3&", "/objectives?", "/agencies?", "/measures?text=visa&"} {
			asked := 0
			for n := range parse(t, get(h, "/en"+list).Body.String()).Descendants() {
				if n.Data != "option" || attr(n, "value") == "" || attr(n.Parent, "id") == "theme" {
					continue
				}
				name := attr(n.Parent, "name")
				if asked++; strings.Contains(list, name+"=") || asked%3 != 0 { // some of each form will do
					continue
				}
				label := text(n)
				want, _ := strconv.Atoi(strings.ReplaceAll(strings.Trim(label[strings.LastIndex(label, "("):], "()"), ",", ""))
				if got, _ := shown(t, h, list+name+"="+attr(n, "value")); got != want || got == 0 {
					t.Errorf("%s%s: %s leaves %d", list, name, label, got)
				}
			}
			if asked < 5 {
				t.Errorf("%s has %d choices", list, asked)
			}
		}
	})
}

func TestListsAreNarrowedByWhatIsMissing(t *testing.T) {
	h := loaded(t)
	for path, want := range map[string]int{
		"/objectives?without=measure": 5, "/objectives?without=indicator": -1, "/measures?without=indicator": -1, "/measures?without=lead": -1,
		"/indicators?without=recent": -1, "/indicators?without=target": -1, "/agencies?without=lead": -1,
	} {
		found, total := shown(t, h, path)
		if want >= 0 && found != want || found == 0 || found > total {
			t.Errorf("%s shows %d of %d", path, found, total)
		}
	}
	body := get(h, "/en/measures?without=lead").Body.String()
	for n := range parse(t, body).Descendants() {
		if n.Type == html.ElementNode && attr(n, "class") == "title" {
			page := get(h, attr(n, "href")).Body.String()
			if !strings.Contains(page, "the source names none") {
				t.Errorf("%s has a lead agency", attr(n, "href"))
			}
			break
		}
	}
}

func TestListIsNarrowedByWordsInAnyForm(t *testing.T) {
	h := loaded(t)
	whole, total := shown(t, h, "/measures?text=виза")
	form, _ := shown(t, h, "/measures?text=визалардың")
	if whole == 0 || whole == total || form != whole {
		t.Errorf("%d and %d of %d", whole, form, total)
	}
	if n, _ := shown(t, h, "/measures?text=зззззззззз"); n != 0 {
		t.Errorf("nonsense leaves %d", n)
	}
}

func TestUnknownFilterIsNamed(t *testing.T) {
	h := loaded(t)
	for _, path := range []string{
		"/measures?status=nope", "/measures?objective=24", "/measures?without=%00", "/measures?action=99(z)", "/indicators?trend=up", "/indicators?fresh=yes",
		"/objectives?table=9", "/agencies?kind=%ff", "/agencies?text=" + strings.Repeat("a", 10_000),
	} {
		for _, lang := range []string{"/kk", "/ru", "/en"} {
			if w := get(h, lang+path); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `role="alert"`) {
				t.Errorf("%s%.40s: %d", lang, path, w.Code)
			}
		}
	}
}

func TestEveryPageOfAListIsShown(t *testing.T) {
	h := loaded(t)
	all, seen := strings.Count(get(h, "/en/data").Body.String(), `.sdmx.csv`), map[string]bool{}
	last := (all - 1) / cardsSize
	for page := range last + 1 {
		body := get(h, "/en/indicators?page="+strconv.Itoa(page)).Body.String()
		if strings.Contains(body, `rel="prev"`) != (page > 0) || strings.Contains(body, `rel="next"`) != (page < last) {
			t.Errorf("page %d leads elsewhere", page)
		}
		for _, m := range regexp.MustCompile(`href="/en/indicators/([a-z0-9-]+)"`).FindAllStringSubmatch(body, -1) {
			seen[m[1]] = true
		}
	}
	delete(seen, "compare")
	if last < 2 || len(seen) != all {
		t.Errorf("%d pages show %d of %d indicators", last+1, len(seen), all)
	}
	if w := get(h, "/en/indicators?page="+strconv.Itoa(last+1)); w.Code != http.StatusNotFound {
		t.Errorf("a page that is not there answers %d", w.Code)
	}
}

func TestIndicatorOfManyValuesIsTurnedOver(t *testing.T) {
	app := open(t, config(t, country.SQLite(t)))
	var rows []indicators.Observation
	for year := range valuesSize {
		value := float64(year)
		rows = append(rows, indicators.Observation{Period: period.Period(strconv.Itoa(1700 + year)), Value: &value, Unit: indicators.Persons, Qualifier: indicators.Exact, ObsStatus: "A", State: objectives.Released, Position: 100 + year})
	}
	if err := indicators.NewStore(app.site.DB).PutObservations(t.Context(), "refugees-registered", indicators.Made{MadeBy: "the test"}, rows); err != nil {
		t.Fatal(err)
	}
	table := func(path string) string {
		w := get(app, path)
		_, after, _ := strings.Cut(w.Body.String(), `<h2 id="values">`)
		before, _, found := strings.Cut(after, "</section>")
		if w.Code != http.StatusOK || !found {
			t.Fatalf("%s answers %d", path, w.Code)
		}
		return before
	}
	first, second := table("/en/indicators/refugees-registered"), table("/en/indicators/refugees-registered?page=1")
	if n := strings.Count(first, `<th scope="row">`); n != valuesSize || !strings.Contains(first, `href="/en/indicators/refugees-registered?page=1#values" rel="next"`) || strings.Contains(first, "1899") {
		t.Errorf("the first page has %d values", n)
	}
	if n := strings.Count(second, `<th scope="row">`); n == 0 || n >= valuesSize || !strings.Contains(second, "1899") || !strings.Contains(second, `#values" rel="prev"`) {
		t.Errorf("the second page has %d values", n)
	}
	if w := get(app, "/en/indicators/refugees-registered?page=2"); w.Code != http.StatusNotFound {
		t.Errorf("a page that is not there answers %d", w.Code)
	}
}
