package form

import (
	"fmt"
	"testing"
	"time"

	"gcm/internal/sheet"
)

func TestNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"ru 13000": "13000", "ru 13 000,5": "13000.5", "kk 13\u00a0000,50": "13000.50", "kk 13\u202f000": "13000", "ru 1.234,5": "1234.5", "en 1,234.5": "1234.5",
		"en 13,000": "13000", "ru 13,000": "13.000", "en 0,5": "0.5", "ru 1.234.567": "1234567", "ru 1,234,567": "1234567", "kk 83,3%": "83.3", "en \u22125": "-5", "en -0.25": "-0.25", "ru 5.": "5",
		"ru ": "bad", "ru -": "bad", "ru 1,23,4": "bad", "en 12,34.5": "bad", "en 1.2.3": "bad", "ru abc": "bad", "ru 1e5": "bad", "ru 0x10": "bad", "ru NaN": "bad", "ru 5-6": "bad", "ru ,": "bad",
		"ru 1234567890123456": "bad",
	} {
		v, decimals, ok := figure(text[3:], text[:2])
		got := "bad"
		if ok {
			got = fmt.Sprintf("%.*f", decimals, v)
		}
		if got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func TestNumbersOfTheSpreadsheetKeepTheDigitsThatWereMeant(t *testing.T) {
	for text, want := range map[string]string{"83.299999999999997": "83.3", "1.3E4": "13000", "-5": "-5", "1E300": "bad", "44.25": "44.25", "0.1": "0.1"} {
		v, decimals, ok := number(sheet.Given{Form: sheet.Number, Text: text}, "en")
		got := "bad"
		if ok {
			got = fmt.Sprintf("%.*f", decimals, v)
		}
		if got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

func TestPeriodsAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"2026": "2026", "2026-05": "2026-05", "31.12.2026": "2026-12-31", "1.5.2026": "2026-05-01", "5.2026": "2026-05", "2025–2026": "2025/2026", "2025/2026": "2025/2026",
		"": "bad", "31.02.2026": "bad", "2026/2025": "bad", "46042": "bad", "2026 ж.": "bad",
	} {
		at, ok := when(sheet.Given{Form: sheet.Words, Text: text})
		if got := string(at); ok && got != want || !ok && want != "bad" {
			t.Errorf("%q is %q, %v, want %s", text, got, ok, want)
		}
	}
	at, ok := when(sheet.Given{Form: sheet.Date, Text: "46042", Day: time.Date(2026, 1, 20, 0, 0, 0, 0, time.UTC)})
	if at != "2026-01-20" || !ok {
		t.Errorf("a day of the spreadsheet is %q", at)
	}
}
