package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
)

// passportAsTyped is what people write into the form of a passport.
var passportAsTyped = map[string]string{
	"computation.en": "Counted at the end of the year.", "limits.kk": "Тіркелмегендер есептелмейді.", "limits.en": "", "agency": "mia", "frequency": "A",
	"relation": "proxy", "sdg_indicators": "10.7.1; 10.7.4", "expected": "citizenship", "baseline_period": "2017", "baseline_value": "608,0",
	"targets.0.period": "2030", "targets.0.value": "1 500", "targets.0.source.ru": "Программа", "lowest": "0", "highest": "900", "small_cell": "10",
	"breaks.0.period": "2019", "breaks.0.kind": "method", "breaks.0.note.en": "A new register.",
}

func TestPassportIsEnteredAndShownToThePublic(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		as := person(t, app, "", auth.Coordinator)
		const path = "/work/indicators/refugees-registered"
		form := registerForm(t, as.get(path).Body.String())
		for field, value := range passportAsTyped {
			form.Set(field, value)
		}
		w := as.post(path, form.Encode())
		if body := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#targets.0.value"`) ||
			!strings.Contains(body, `aria-describedby="targets.0.value-error"`) || !strings.Contains(body, `value="1 500"`) && !strings.Contains(body, `value="1500"`) {
			t.Fatalf("a target beyond the highest value: %d: %s", w.Code, body)
		}
		form.Set("targets.0.value", "150")
		if w = as.post(path, form.Encode()); w.Code != http.StatusSeeOther {
			t.Fatalf("%d: %s", w.Code, w.Body.String())
		}
		facts := passportOf(t, get(app, "/en/indicators/refugees-registered").Body.String())
		for label, want := range map[string]string{
			"Method of computation DATA_COMP":                   "Counted at the end of the year.",
			"Comments and limitations REC_USE_LIM":              "Тіркелмегендер есептелмейді.",
			"Frequency of the data FREQ":                        "annual",
			"Relation to the global list REPORTING_TYPE":        "stands in for a global one (proxy)",
			"SDG indicators SDG_INDICATOR":                      "10.7.1 10.7.4",
			"Breakdowns expected COVERAGE":                      "Citizenship: there is data",
			"Breakdowns with data COVERAGE":                     "Citizenship",
			"Baseline":                                          "2017: 608.0 persons",
			"Targets":                                           "2030: 150 persons Программа",
			"Threshold of small cells":                          "10 persons",
			"Limits of possible values":                         "0 persons to 900 persons",
			"Series breaks and changes of method COMPARABILITY": "2019: change of method: comparable with the note in mind A new register.",
			"Definition and concepts STAT_CONC_DEF":             "not given",
		} {
			if got := facts[label]; got != want {
				t.Errorf("%s: %q, want %q", label, got, want)
			}
		}
		var file indicatorFile
		if err := json.Unmarshal(get(app, "/indicators/refugees-registered.json").Body.Bytes(), &file); err != nil {
			t.Fatal(err)
		}
		if file.Scope != indicators.Proxy || file.Agency.Code != "mia" || file.Baseline.Value != 608 || file.Baseline.Decimals != 1 || file.Targets[0].Value != 150 || file.Breaks[0].Period != "2019" {
			t.Errorf("%+v", file.passportFile)
		}
		bodySays(t, as.get(path+"/history").Body.String(), "бастапқы мән", "жаһандық көрсеткіштің орнына", "жыл сайын")
	})
}

func TestRestoredPassportIsTheOldOne(t *testing.T) {
	app := open(t, config(t, sqlite(t)))
	as := person(t, app, "", auth.Coordinator)
	const path = "/work/indicators/refugees-registered"
	for _, value := range []string{"300", "200"} {
		form := registerForm(t, as.get(path).Body.String())
		form.Set("targets.0.period", "2030")
		form.Set("targets.0.value", value)
		if w := as.post(path, form.Encode()); w.Code != http.StatusSeeOther {
			t.Fatalf("%d", w.Code)
		}
	}
	var acts []audit.Entry
	if err := app.site.DB.Where("user_id IS NOT NULL").Order("seq").Find(&acts).Error; err != nil || len(acts) != 2 {
		t.Fatal(len(acts), err)
	}
	form := registerForm(t, as.get(path).Body.String())
	back := url.Values{"seq": {strconv.FormatInt(acts[0].Seq, 10)}, "version": form["version"]}
	if w := as.post(path+"/history", back.Encode()); w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body.String())
	}
	ind, err := app.site.indicators.IndicatorByCode(t.Context(), "refugees-registered")
	if err != nil || len(ind.Targets) != 1 || ind.Targets[0].Value != 300 {
		t.Errorf("%+v, %v", ind.Targets, err)
	}
}

// passportOf reads the definition list of an indicator's page: term → words.
func passportOf(t *testing.T, body string) map[string]string {
	t.Helper()
	facts := map[string]string{}
	for n := range parse(t, body).Descendants() {
		if n.Data != "dl" || attr(n, "class") != "passport" {
			continue
		}
		for row := range n.ChildNodes() {
			term, words := "", []string{}
			for c := range row.ChildNodes() {
				switch c.Data {
				case "dt":
					term = wordsOf(c)
				case "dd":
					words = append(words, wordsOf(c))
				}
			}
			if row.Type == html.ElementNode {
				facts[term] = strings.Join(words, " ")
			}
		}
	}
	return facts
}

// wordsOf is the text of a node, its words parted by single spaces.
func wordsOf(n *html.Node) string {
	text := ""
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text += d.Data
		}
	}
	return strings.Join(strings.Fields(text), " ")
}
