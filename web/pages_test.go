package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"gorm.io/gorm"
)

func TestReaderIsSentToTheBestLanguage(t *testing.T) {
	h := loaded(t)
	for header, want := range map[string]string{
		"": "/kk/", "en-GB,en;q=0.9": "/en/", "ru": "/ru/", "de, ru;q=0.5": "/ru/", "uz": "/ru/", "kk-KZ": "/kk/", "zz;;;,": "/kk/",
	} {
		w := get(h, "/", "Accept-Language", header)
		if w.Code != http.StatusFound || w.Header().Get("Location") != want || w.Header().Get("Vary") != "Accept-Language" {
			t.Errorf("%q: %d to %s", header, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestDashboardCountsEachObjective(t *testing.T) {
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		root := parse(t, get(open(t, config(t, db)), "/en/").Body.String())
		rows := map[string]string{}
		for n := range root.Descendants() {
			if n.Data == "li" && strings.HasPrefix(attr(n, "class"), "tile") && strings.HasPrefix(attr(firstElement(n), "href"), "/en/objectives/") {
				rows[strings.TrimPrefix(attr(firstElement(n), "href"), "/en/objectives/")] = text(n)
			}
		}
		if len(rows) != 23 {
			t.Fatalf("%d objectives", len(rows))
		}
		// the table "Coverage by objective" of the data set, cross-cutting measures left out
		measures := []int{3, 0, 5, 7, 18, 2, 4, 0, 9, 4, 1, 21, 0, 0, 7, 4, 1, 3, 1, 0, 2, 1, 6}
		for i, want := range measures {
			row := rows[strconv.Itoa(i+1)]
			word := strconv.Itoa(want) + " measure"
			if want > 0 && !strings.Contains(row, word) || want == 0 && !strings.Contains(row, "no measure") && !strings.Contains(row, "The source") {
				t.Errorf("objective %d: %q, want %d measures", i+1, row, want)
			}
		}
		for _, n := range []string{"8", "13"} {
			if !strings.Contains(rows[n], "The source says nothing about this objective.") {
				t.Errorf("objective %s: %q", n, rows[n])
			}
		}
	})
}

func firstElement(n *html.Node) *html.Node {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode {
			return c
		}
	}
	return n
}

func TestDelayIsJudgedAtTheCutoffAndNotByTheClock(t *testing.T) {
	db := country.SQLite(t)
	if err := db.Exec("UPDATE measures SET ends = '2021-06' WHERE code = 'e-visa'").Error; err != nil {
		t.Fatal(err)
	}
	if err := db.Exec("UPDATE measures SET ends = '2022-06' WHERE code = 'cis-crime-programme-2019-2023'").Error; err != nil {
		t.Fatal(err)
	}
	h := open(t, config(t, db))
	if body := get(h, "/en/measures/e-visa").Body.String(); !strings.Contains(body, "delayed") {
		t.Error("a measure that ended before the cut-off is not delayed")
	}
	if body := get(h, "/en/measures/cis-crime-programme-2019-2023").Body.String(); strings.Contains(body, "delayed") {
		t.Error("a measure that ends after the cut-off is delayed")
	}
}

func TestFilterNarrowsTheMeasures(t *testing.T) {
	h := loaded(t)
	for query, want := range map[string]string{
		"": "64 of 64", "?status=planned": "1 of 64", "?basis=stated": "11 of 64", "?objective=12": "21 of 64", "?objective=all": "2 of 64",
		"?objective=8": "0 of 64", "?status=&objective=&agency=&basis=": "64 of 64", "?status=completed&objective=10": "3 of 64",
	} {
		if w := get(h, "/en/measures"+query); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Shown: "+want) {
			t.Errorf("%q: %d", query, w.Code)
		}
	}
	for _, query := range []string{"?status=late", "?objective=24", "?objective=1%20OR%201", "?agency=%27%3B--", "?basis=%3Cscript%3E"} {
		w := get(h, "/en/measures"+query)
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "has no value") || strings.Contains(w.Body.String(), "<script>") {
			t.Errorf("%q: %d", query, w.Code)
		}
	}
}

func TestOnlyTheStatesStatisticsAreCharted(t *testing.T) {
	h := loaded(t)
	for code, charted := range map[string]bool{
		"refugees-registered": true, "foreign-workers-by-sector": true, "kandas-arrivals": true, "remittance-inflow": true,
		"eu-unemployment-rate": false, "eu-unemployment-rate-by-country": false, "investor-visa-validity": false, "e-visas-issued": false,
	} {
		if got := strings.Contains(get(h, "/kk/indicators/"+code).Body.String(), `role="img"`); got != charted {
			t.Errorf("%s is charted: %v", code, got)
		}
		if w := get(h, "/kk/indicators/"+code+".svg"); (w.Code == http.StatusOK) != charted {
			t.Errorf("%s.svg answers %d", code, w.Code)
		}
	}
	body := get(h, "/en/indicators/eu-unemployment-rate").Body.String()
	if !strings.Contains(body, "external context") || !strings.Contains(body, "not a statistic of the country") {
		t.Error("external context is not called so")
	}
}

func TestForeignTextNamesItsLanguage(t *testing.T) {
	root := parse(t, get(loaded(t), "/en/measures/e-visa").Body.String())
	quotes := 0
	for n := range root.Descendants() {
		if n.Data == "blockquote" {
			quotes++
			if attr(n, "lang") != "kk" {
				t.Errorf("a Kazakh quote is marked %q", attr(n, "lang"))
			}
		}
	}
	if quotes == 0 {
		t.Error("no quote")
	}
}

func TestAlternatesNameEveryLanguage(t *testing.T) {
	db := country.SQLite(t)
	c := config(t, db)
	c.BaseURL = "https://gcm.example/"
	w := get(open(t, c), "/ru/measures?status=planned")
	for _, lang := range []string{"kk", "ru", "en"} {
		if want := `hreflang="` + lang + `" href="https://gcm.example/` + lang + `/measures"`; !strings.Contains(w.Body.String(), want) {
			t.Errorf("there is no %s", want)
		}
	}
}

func TestWhatIsNotReleasedIsNotShown(t *testing.T) {
	db := country.SQLite(t)
	for _, q := range []string{
		"UPDATE measures SET state = 'accepted' WHERE code = 'e-visa'",
		"UPDATE indicators SET state = 'draft' WHERE code = 'refugees-registered'",
		"UPDATE observations SET state = 'submitted' WHERE value_text = '26 130'",
	} {
		if err := db.Exec(q).Error; err != nil {
			t.Fatal(err)
		}
	}
	h := open(t, config(t, db))
	for _, path := range []string{"/kk/measures/e-visa", "/kk/indicators/refugees-registered", "/indicators/refugees-registered.json"} {
		if w := get(h, path); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
	for _, path := range []string{"/kk/measures", "/kk/objectives/3", "/kk/", "/kk/indicators", "/kk/data", "/indicators/foreign-students.csv", "/kk/timeline", "/kk/objectives/3/actions/a", "/kk/agencies/mia", "/kk/?by=agency"} {
		body := get(h, path).Body.String()
		for _, hidden := range []string{"measures/e-visa", "indicators/refugees-registered", "26130"} {
			if strings.Contains(body, hidden) {
				t.Errorf("%s shows %s", path, hidden)
			}
		}
	}
}

func TestStateSpeaksItsOwnLanguagesAlone(t *testing.T) {
	db := country.SQLite(t)
	if err := db.Exec(`UPDATE states SET languages = '["uz","en"]'`).Error; err != nil {
		t.Fatal(err)
	}
	h := open(t, config(t, db))
	if w := get(h, "/", "Accept-Language", "ru"); w.Header().Get("Location") != "/en/" {
		t.Errorf("led to %s", w.Header().Get("Location"))
	}
	if w := get(h, "/ru/"); w.Code != http.StatusNotFound {
		t.Errorf("/ru/ answers %d", w.Code)
	}
	if w := get(h, "/en/"); w.Code != http.StatusOK || slices.Contains(links(parse(t, w.Body.String())), "/ru/") {
		t.Errorf("/en/ answers %d, or leads to /ru/", w.Code)
	}
}

func TestCountsAgreeWithTheirWordsInRussian(t *testing.T) {
	body := text(parse(t, get(loaded(t), "/ru/").Body.String()))
	for _, phrase := range []string{"32 завершены", "31 выполняется", "1 запланирована", "6 завершено", "12 выполняются"} {
		if !strings.Contains(strings.Join(strings.Fields(body), " "), phrase) {
			t.Errorf("the dashboard does not say %q", phrase)
		}
	}
}
