package web

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"gcm/reports"
)

func TestReviewIsDownloadedInOtherForms(t *testing.T) {
	h := loaded(t)
	for path, want := range map[string]string{
		"/reviews/2022/en-compact.docx": "PK\x03\x04", "/en/reviews/2022/kk.html": "<!DOCTYPE html>", "/reviews/2022/ru-compact.md": "Республика Казахстан", "/reviews/2022/en-compact.xlsx": "PK\x03\x04",
	} {
		w := get(h, path)
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), want) || !strings.HasPrefix(w.Header().Get("Content-Disposition"), `attachment; filename="review-2022-`) {
			t.Errorf("%s: %d %s %.60q", path, w.Code, w.Header().Get("Content-Disposition"), w.Body)
		}
	}
	for _, path := range []string{"/reviews/2022/de.docx", "/reviews/2022/kk-full.docx", "/reviews/2022/kk.odt", "/reviews/2031/kk.docx", "/en/objectives/24.pdf", "/en/objectives/05.pdf", "/en/indicators/none.pdf"} {
		if w := get(h, path); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

func TestPublishedReviewIsSentAsItWasSigned(t *testing.T) {
	t.Parallel()
	o := officeOf(t, country.SQLite(t))
	o.published()
	for _, path := range []string{"/reviews/2022/en-compact.md", "/reviews/2022/editions/1/en-compact.md"} {
		w := get(o.app, path)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Edition 1") || !strings.Contains(w.Body.String(), "a copy; the record is the published PDF") || strings.Contains(w.Body.String(), "Draft") {
			t.Errorf("%s: %d %.600s", path, w.Code, w.Body)
		}
	}
	must(t, get(o.app, "/en/reviews/2022/editions/1"), http.StatusOK, `href="/reviews/2022/editions/1/kk.docx"`, `href="/reviews/2022/editions/1/ru-compact.xlsx"`)
	if w := get(o.app, "/reviews/2022/editions/1/ru-compact.xlsx"); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "PK") || !strings.Contains(w.Header().Get("Content-Disposition"), "edition-1") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	for _, path := range []string{"/reviews/2022/editions/2/kk.docx", "/reviews/2022/editions/1/de.docx", "/reviews/2022/editions/1/kk.odt", "/reviews/2021/editions/1/kk.docx"} {
		must(t, get(o.app, path), http.StatusNotFound)
	}
}

func TestObjectiveAndIndicatorArePDFsOfTheirOwn(t *testing.T) {
	c := config(t, country.SQLite(t))
	var drawn []reports.Document
	c.Draw = func(w io.Writer, doc reports.Document) error {
		drawn = append(drawn, doc)
		_, err := io.Copy(w, bytes.NewReader([]byte("%PDF-1.7")))
		return err
	}
	h := open(t, c)
	for _, path := range []string{"/kk/objectives/5.pdf", "/ru/indicators/remittance-inflow.pdf"} {
		w := get(h, path)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/pdf" {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if len(drawn) != 2 || drawn[0].Lang != "kk" || drawn[1].Lang != "ru" {
		t.Errorf("drawn: %d", len(drawn))
	}
}
