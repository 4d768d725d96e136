package web

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/objectives"
)

// importing returns a program with its register and a coordinator.
func importing(t *testing.T) (*App, *client) {
	t.Helper()
	conn := dbtest.SQLite(t)
	kazakhstan(t, conn)
	app := open(t, config(t, conn))
	return app, person(t, app, "", auth.Coordinator)
}

const importedTable = "показатель;жыл;value\nrefugees-registered;2029;1 234\n"

func TestAFileIsUploadedLookedAtAndTakenIn(t *testing.T) {
	app, c := importing(t)
	sent := c.sendFile("/work/data/imports", "file", "table.csv", []byte(importedTable))
	path := sent.Header().Get("Location")
	if sent.Code != http.StatusSeeOther || !strings.HasPrefix(path, "/work/data/imports/") {
		t.Fatalf("the upload is answered with %d %s", sent.Code, path)
	}
	if page := c.get(path); page.Code != http.StatusOK || !strings.Contains(page.Body.String(), `name="role.2"`) {
		t.Fatalf("how to read it is asked with %d", page.Code)
	}
	chosen := c.post(path, "format=csv&columns=3&role.0=indicator&role.1=period&role.2=value")
	if chosen.Code != http.StatusSeeOther {
		t.Fatalf("the choice is answered with %d", chosen.Code)
	}
	preview := c.get(chosen.Header().Get("Location"))
	if preview.Code != http.StatusOK || strings.Contains(preview.Body.String(), `role="alert"`) {
		t.Fatalf("the preview is %d: %s", preview.Code, preview.Body)
	}
	if done := c.post(path+"/preview", ""); done.Code != http.StatusSeeOther {
		t.Fatalf("the import is answered with %d", done.Code)
	}
	var value float64
	if err := app.site.DB.Table("observations").Where("period = '2029' AND origin = 'import'").Select("value").Take(&value).Error; err != nil || value != 1234 {
		t.Errorf("taken in is %v, %v", value, err)
	}
	if gone := c.get(path); gone.Code != http.StatusNotFound {
		t.Errorf("the file waits still: %d", gone.Code)
	}
}

func TestWrongCellsOfAnImportAreNamedInTheReadersLanguage(t *testing.T) {
	_, c := importing(t)
	path := c.sendFile("/work/data/imports", "file", "table.csv", []byte("indicator,year,value\nrefugees-registered,2029,<b>many</b>\n")).Header().Get("Location")
	page := c.get(path + "/preview?lang=ru")
	body := page.Body.String()
	if page.Code != http.StatusUnprocessableEntity || !strings.Contains(body, "не читается как число") || !strings.Contains(body, "&lt;b&gt;many") {
		t.Errorf("%d: %s", page.Code, body)
	}
	if page := c.post(path+"/preview", ""); page.Code != http.StatusUnprocessableEntity {
		t.Errorf("it is taken in all the same: %d", page.Code)
	}
}

func TestImportIsLookedAtAgainWhenTheRegisterChangedMeanwhile(t *testing.T) {
	app, c := importing(t)
	path := c.sendFile("/work/data/imports", "file", "table.csv", []byte(importedTable)).Header().Get("Location")
	agree := func(page string) string {
		_, after, found := strings.Cut(page, `name="stood" value="`)
		value, _, _ := strings.Cut(after, `"`)
		if !found || value == "" {
			t.Fatalf("the preview does not say what stands: %s", page)
		}
		return "stood=" + url.QueryEscape(html.UnescapeString(value))
	}
	seen := agree(c.get(path + "/preview").Body.String())
	value := 7.0
	other := indicators.Observation{Period: "2029", Value: &value, Unit: indicators.Persons, Qualifier: indicators.Exact, ObsStatus: "A", State: objectives.Released}
	if err := indicators.NewStore(app.site.DB).PutObservations(t.Context(), "refugees-registered", indicators.Made{}, []indicators.Observation{other}); err != nil {
		t.Fatal(err)
	}
	stands := func() (value float64) {
		if err := app.site.DB.Table("observations").Where("period = '2029'").Select("value").Take(&value).Error; err != nil {
			t.Fatal(err)
		}
		return value
	}
	again := c.post(path+"/preview", seen)
	if again.Code != http.StatusConflict || !strings.Contains(again.Body.String(), `role="alert"`) || stands() != 7 {
		t.Fatalf("it is answered with %d, and %v stands", again.Code, stands())
	}
	if done := c.post(path+"/preview", agree(again.Body.String())); done.Code != http.StatusSeeOther || stands() != 1234 {
		t.Errorf("the second consent is answered with %d, and %v stands", done.Code, stands())
	}
}

func TestFindingOfAPreviewNamesItsCell(t *testing.T) {
	_, c := importing(t)
	path := c.sendFile("/work/data/imports", "file", "table.csv", []byte("indicator,year,citizenship,value\nrefugees-registered,2030,AF,12.5\n")).Header().Get("Location")
	page := c.get(path + "/preview?lang=en")
	if body := page.Body.String(); page.Code != http.StatusOK || !strings.Contains(body, `<span class="why">2030, Afghanistan</span>`) {
		t.Errorf("%d: %s", page.Code, body)
	}
}

func TestAnothersUploadIsNotThere(t *testing.T) {
	app, c := importing(t)
	path := c.sendFile("/work/data/imports", "file", "table.csv", []byte(importedTable)).Header().Get("Location")
	other := person(t, app, "", auth.Coordinator)
	for _, at := range []string{path, path + "/preview"} {
		if page := other.get(at); page.Code != http.StatusNotFound {
			t.Errorf("%s is shown to another: %d", at, page.Code)
		}
	}
	if page := other.post(path+"/discard", ""); page.Code != http.StatusNotFound {
		t.Errorf("another removes it: %d", page.Code)
	}
}

func TestAFileOfNoFormatIsRefused(t *testing.T) {
	_, c := importing(t)
	for name, body := range map[string]string{"picture.csv": "\x89PNG\x00\x01", "empty.csv": "", "page.xml": "<html></html>"} {
		sent := c.sendFile("/work/data/imports", "file", name, []byte(body))
		if sent.Code == http.StatusSeeOther { // it is told when it is read
			sent = c.get(sent.Header().Get("Location"))
		}
		if sent.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, sent.Code)
		}
	}
}
