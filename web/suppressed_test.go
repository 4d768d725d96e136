package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"gcm/indicators"
	"gcm/indicators/exchange"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/reports"
)

// telling are words and values that tell what is hidden: what is said of the
// small value, the other value that would give it away, and a secret one.
var telling = []string{"zqsmall", "7380127", "7 380 127", "7 380 127", "7,380,127", "5550199", "5 550 199", "5 550 199", "5,550,199", "zqmaker"}

// suppress plants values in an indicator that the public may not see.
func suppress(t *testing.T, conn *db.DB, code string) {
	t.Helper()
	store := indicators.NewStore(conn)
	made := indicators.Made{MadeBy: "zqmaker", Reason: "zqmaker"}
	row := func(at indicators.Breakdown, value float64) indicators.Observation {
		return indicators.Observation{Period: "2028", Breakdown: at, Value: &value, Unit: indicators.Persons, Qualifier: indicators.Exact, ObsStatus: "A", State: objectives.Released, Origin: indicators.FromImport}
	}
	few, others, all := row(indicators.Breakdown{"sex": "F"}, 3), row(indicators.Breakdown{"sex": "M"}, 7380127), row(nil, 7380130)
	few.ValueText, few.Note = "zqsmall", i18n.Text{"kk": "zqsmall", "en": "zqsmall"}
	secret := row(nil, 5550199)
	secret.Period, secret.ConfStatus = "2027", indicators.Confidential
	later := row(nil, 6660001)
	later.Period = "2027"
	for _, rows := range [][]indicators.Observation{{few, others, all, secret}, {later}} {
		if err := store.PutObservations(t.Context(), code, made, rows); err != nil {
			t.Fatal(err)
		}
	}
}

func TestHiddenValuesAreOnNoPublicPageAndInNoFile(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		o := officeOf(t, conn)
		const code = "refugees-registered"
		suppress(t, conn, code)
		silent := func(where, text string) {
			for _, word := range telling {
				if strings.Contains(text, word) {
					t.Errorf("%s tells %q", where, word)
				}
			}
		}
		var shown string
		for _, route := range o.app.site.routes() {
			if route.method != http.MethodGet || route.permission != auth.Public || strings.Contains(route.path, ":cycle") {
				continue
			}
			path := strings.NewReplacer(":lang", "en", ":number", "5").Replace(route.path)
			paths := []string{path}
			if strings.HasSuffix(path, "/indicators/:code") {
				paths = nil
				for _, ending := range []string{"", ".csv", ".xlsx", ".sdmx.csv", ".sdmx.json", ".json", ".svg", ".chart.csv", ".svg?view=time&s=total", ".chart.csv?view=bars:sex:2028", "?view=bars:citizenship:2021-09-01", "?view=bars:sex:2028"} {
					paths = append(paths, strings.Replace(path, ":code", code+ending, 1))
				}
			}
			if strings.HasSuffix(path, "/data/current/:file") {
				paths = nil
				for _, f := range exchange.Formats {
					paths = append(paths, strings.Replace(path, ":file", f.File, 1))
				}
			}
			if strings.Contains(path, comparePath) {
				paths = append(paths, path+"?i="+code)
			}
			for _, path := range paths {
				if strings.ContainsAny(path, ":*") {
					continue
				}
				w := get(o.app, path)
				silent(path, unpacked(t, w.Body.Bytes()))
				if path == "/en/indicators/"+code {
					shown = w.Body.String()
				}
			}
		}
		if !strings.Contains(shown, "suppressed for confidentiality") || !strings.Contains(shown, "6,660,001") || !strings.Contains(shown, "Earlier values") {
			t.Error("the page of the indicator does not say that values are hidden, or shows no others")
		}
		for _, lang := range i18n.Languages {
			doc, err := reports.Compose(t.Context(), reports.Stores{Objectives: objectives.NewStore(conn), Indicators: indicators.NewStore(conn), Reviews: reports.NewStore(conn)}, "2022", lang, reports.Full)
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(doc)
			if err != nil {
				t.Fatal(err)
			}
			silent("the review in "+lang, string(text))
		}
		for _, c := range []struct {
			by    *client
			reads bool
		}{{o.contributor, true}, {o.coordinator, true}, {o.auditor, true}, {o.partner, false}} {
			w := c.by.get("/work/indicators/" + code + "/values")
			if reads := w.Code == http.StatusOK && strings.Contains(w.Body.String(), "zqmaker"); reads != c.reads {
				t.Errorf("somebody of %v reads hidden values: %v, %d", c.by.user.Roles, reads, w.Code)
			}
		}
	})
}
