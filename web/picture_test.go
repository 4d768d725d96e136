package web

import (
	"encoding/csv"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"gorm.io/gorm"
)

const refugees = "/en/indicators/refugees-registered"

// figureOn is the text of the first figure on a page.
func figureOn(t *testing.T, body string) string {
	t.Helper()
	for n := range parse(t, body).Descendants() {
		if n.Data == "figure" && attr(n, "class") == "chart" {
			return text(n)
		}
	}
	return ""
}

func TestReaderChoosesThePictureWithoutAScript(t *testing.T) {
	h := loaded(t)
	for query, want := range map[string]string{
		"": "2017", "?view=time": "2017", "?view=time&s=total": "2017", "?view=bars:citizenship:2021-09-01": "Afghanistan",
		"?view=bars:citizenship:2021-09-01&s=total": "Afghanistan", "?view=map:citizenship:2021-09-01": "Natural Earth",
	} {
		w := get(h, refugees+query)
		if shown := figureOn(t, w.Body.String()); w.Code != http.StatusOK || !strings.Contains(shown, want) {
			t.Errorf("%q: %d %.300s", query, w.Code, shown)
		}
	}
	shown := figureOn(t, get(h, refugees+"?view=map:citizenship:2021-09-01").Body.String())
	for _, said := range []string{"do not imply the expression of any opinion", "public domain", "Without a place on the map: Other countries – 16"} {
		if !strings.Contains(shown, said) {
			t.Errorf("the map does not say %q: %s", said, shown)
		}
	}
}

func TestPictureThatThereIsNotGetsAnAnswer(t *testing.T) {
	h := loaded(t)
	many := strings.Repeat("&i=kandas-arrivals", 300)
	for path, want := range map[string]struct {
		status int
		says   string
	}{
		refugees + "?view=pie":                                   {400, "has no value “pie”"},
		refugees + "?view=bars:citizenship:1999":                 {400, "has no value"},
		refugees + "?s=citizenship=AF":                           {400, "has no value “citizenship=AF”"},
		refugees + "?s=%00%ff&view=%3Cscript%3E":                 {400, "has no value"},
		refugees + ".svg?view=pie":                               {400, "There is no such picture"},
		refugees + ".png?s=x":                                    {400, "There is no such picture"},
		refugees + ".chart.csv?view=map:sex:2021":                {400, "There is no such picture"},
		"/ru/indicators/investor-visa-validity.png":              {404, "Страница не найдена"},
		"/kk/indicators/nope.chart.csv":                          {404, "Бет табылмады"},
		"/en/indicators/compare?i=nope":                          {400, "has no value “nope”"},
		"/en/indicators/compare?i=investor-visa-validity":        {400, "has no value"},
		"/en/indicators/compare?i=refugees-registered:sex=F":     {400, "has no value"},
		"/en/indicators/compare?i=a&i=b&i=c&i=d&i=e":             {400, "at most 4 series"},
		"/en/indicators/compare.svg":                             {400, "There is no such picture"},
		"/kk/indicators/compare.png?i=nope":                      {400, "Мұндай сурет жоқ"},
		"/ru/indicators/compare.chart.csv?i=" + many:             {200, "series"},
		"/en/indicators/compare?i=refugees-registered&i=" + many: {200, "Kandas arrivals"},
	} {
		if w := get(h, path); w.Code != want.status || !strings.Contains(w.Body.String(), want.says) || strings.Contains(w.Body.String(), "<script>") {
			t.Errorf("%.80s answers %d: %.200s", path, w.Code, text(parse(t, w.Body.String())))
		}
	}
}

func TestPictureIsTakenAlongAsShown(t *testing.T) {
	h := loaded(t)
	const query = "?view=bars:citizenship:2021-09-01"
	links := map[string]string{}
	for n := range parse(t, get(h, refugees+query).Body.String()).Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" && n.Parent != nil && attr(n.Parent, "class") == "actions" && strings.Contains(attr(n, "href"), "view=") {
			links[text(n)] = attr(n, "href")
		}
	}
	if len(links) != 3 {
		t.Fatalf("files %v", links)
	}
	rows, err := csv.NewReader(get(h, links["CSV"]).Body).ReadAll()
	if err != nil || len(rows) != 4 || strings.Join(rows[1], "|") != "|Afghanistan||341|persons|341" {
		t.Errorf("%v: figures %v", err, rows)
	}
	svg := get(h, links["SVG"])
	for _, said := range []string{"Refugees living in Kazakhstan, 1", "Afghanistan", "341", "/en/indicators/refugees-registered"} {
		if !strings.Contains(svg.Body.String(), said) {
			t.Errorf("the SVG does not say %q", said)
		}
	}
	w := get(h, links["PNG"])
	img, err := png.Decode(w.Body)
	if err != nil || img.Bounds().Dx() < 1200 || w.Header().Get("Content-Type") != "image/png" {
		t.Errorf("%v: PNG %v as %q", err, img, w.Header().Get("Content-Type"))
	}
	if again := get(h, links["SVG"], "If-None-Match", svg.Header().Get("ETag")); svg.Header().Get("ETag") != "" && again.Code != http.StatusNotModified {
		t.Errorf("the same picture answers %d", again.Code)
	}
}

func TestIndicatorsAreComparedInOneChart(t *testing.T) {
	h := loaded(t)
	same := get(h, "/en/indicators/compare?i=refugees-registered&i=kandas-arrivals&i=").Body.String()
	if shown := figureOn(t, same); !strings.Contains(shown, "persons") || strings.Contains(same, "index") && strings.Contains(same, "= 100") {
		t.Errorf("of one unit: %.300s", shown)
	}
	mixed := get(h, "/en/indicators/compare?i=refugees-registered&i=remittance-inflow").Body.String()
	if !strings.Contains(mixed, "= 100") && !strings.Contains(mixed, "shown one by one") {
		t.Error("of two units: neither an index nor one by one")
	}
	rows, err := csv.NewReader(get(h, "/en/indicators/compare.chart.csv?i=refugees-registered&i=kandas-arrivals").Body).ReadAll()
	if err != nil || len(rows) < 8 || rows[1][0] != "Refugees living in Kazakhstan" || rows[len(rows)-1][0] != "Kandas arrivals" {
		t.Errorf("%v: figures %v", err, rows)
	}
	if w := get(h, "/kk/indicators/compare"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Салыстыру үшін көрсеткіш таңдаңыз") {
		t.Errorf("an empty comparison answers %d", w.Code)
	}
}

func TestNoWordOfAnAddressReachesTheDatabaseRaw(t *testing.T) {
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, config(t, db))
		for _, path := range []string{comparePath + "?i=%00", comparePath + "?i=%ff%fe:%00", comparePath + "?i='--", comparePath + ".png?i=%00", "/indicators/refugees-registered?view=%00&s=%ff"} {
			if w := get(h, "/en"+path); w.Code != http.StatusBadRequest {
				t.Errorf("%s answers %d", path, w.Code)
			}
		}
	})
}
