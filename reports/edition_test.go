package reports_test

import (
	"strings"
	"testing"
	"time"

	"gcm/internal/i18n"
	"gcm/reports"
)

func TestDraftIsOfTheDayWhereItIsMade(t *testing.T) {
	p, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 5, 3, 21, 30, 0, 0, time.UTC)
	for zone, day := range map[*time.Location]string{time.UTC: "3\u00a0May 2026", time.FixedZone("", 5*60*60): "4\u00a0May 2026"} {
		var doc reports.Document
		if doc.MarkDraft(p, at.In(zone)); !strings.Contains(doc.Draft, day) {
			t.Errorf("the draft says %q, not %s", doc.Draft, day)
		}
	}
}
