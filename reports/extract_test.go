package reports_test

import (
	"encoding/json"
	"strings"
	"testing"

	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/reports"
)

func TestPartsOfTheReviewStandAlone(t *testing.T) {
	stores := kazakhstan(t, dbtest.SQLite(t))
	for _, lang := range []string{"kk", "ru", "en"} {
		doc, err := reports.ComposeObjective(t.Context(), stores, "2022", lang, 5)
		if err != nil {
			t.Fatal(err)
		}
		other, err := reports.ComposeIndicator(t.Context(), stores, "2022", lang, "remittance-inflow")
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range []reports.Document{doc, other} {
			if d.Lang != lang || len(d.Sections) != 1 || len(d.Cover.Notice) == 0 {
				t.Errorf("%s: %+v", lang, d.Cover)
			}
			text, err := json.Marshal(d)
			if err != nil {
				t.Fatal(err)
			}
			for _, to := range []string{`"#measure-`, `"#agency-`, `"#indicator-`} {
				if strings.Contains(string(text), `"Link":`+to) {
					t.Errorf("%s: %s leads out of the document", lang, to)
				}
			}
		}
	}
	if _, err := reports.ComposeIndicator(t.Context(), stores, "2022", "en", "no-such"); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
}
