package web

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gcm/indicators"
	"gcm/indicators/exchange"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
)

// release makes a data release of what stands, whatever the quality checks say.
func release(t testing.TB, conn *db.DB, actor auth.Actor) indicators.Release {
	t.Helper()
	stores := exchange.NewStores(conn)
	r, err := stores.Indicators.MakeRelease(t.Context(), actor, "2027-1", i18n.Text{"kk": "Деректер, 2027 жыл", "ru": "Данные за 2027 год", "en": "Data of 2027"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exchange.Pack(t.Context(), stores, actor, r, "https://gcm.example"); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReleaseIsTakenAlongAsOneFileOrByParts(t *testing.T) {
	country.Each(t, func(t *testing.T, conn *db.DB) {
		o := officeOf(t, conn)
		release(t, conn, o.as(o.coordinator))
		whole := get(o.app, "/data/releases/2027-1.zip")
		if whole.Code != http.StatusOK || whole.Header().Get("Content-Type") != "application/zip" {
			t.Fatalf("%d %v", whole.Code, whole.Header())
		}
		body := whole.Body.Bytes()
		sum := sha256.Sum256(body)
		if whole.Header().Get("ETag") != `"`+hex.EncodeToString(sum[:])+`"` {
			t.Errorf("the archive is known as %s", whole.Header().Get("ETag"))
		}
		z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
		if err != nil {
			t.Fatal(err)
		}
		page := get(o.app, "/ru/data/releases/2027-1").Body.String()
		for _, f := range z.File {
			part := get(o.app, "/data/releases/2027-1/"+f.Name)
			sum := sha256.Sum256(part.Body.Bytes())
			if part.Code != http.StatusOK || uint64(part.Body.Len()) != f.UncompressedSize64 || !strings.Contains(part.Header().Get("Content-Disposition"), "attachment") {
				t.Errorf("%s: %d, %d bytes of %d", f.Name, part.Code, part.Body.Len(), f.UncompressedSize64)
			}
			if f.Name != "SHA256SUMS" && !strings.Contains(page, hex.EncodeToString(sum[:])) {
				t.Errorf("the page does not say the checksum of %s", f.Name)
			}
		}
		for _, words := range []string{"Данные за 2027 год", "Деректер шығарылымы 2027-1", "Data release 2027-1", hex.EncodeToString(sum[:])} {
			if !strings.Contains(page, words) {
				t.Errorf("the page does not say %q", words)
			}
		}
		if w := get(o.app, "/data/releases/2027-1"); w.Code != http.StatusFound || !strings.HasSuffix(w.Header().Get("Location"), "/data/releases/2027-1") {
			t.Errorf("%d %s", w.Code, w.Header().Get("Location"))
		}
		for _, path := range []string{"/data/releases/2028-1", "/data/releases/2028-1.zip", "/data/releases/2027-1/passwd", "/data/releases/2028-1/data.csv", "/en/data/releases/2028-1", "/data/current/data.exe"} {
			if w := get(o.app, path); w.Code != http.StatusNotFound {
				t.Errorf("%s answers %d", path, w.Code)
			}
		}
	})
}

func TestDataOfNowAreThereInEveryFormat(t *testing.T) {
	t.Parallel()
	h := loaded(t)
	page := get(h, "/kk/data").Body.String()
	for _, f := range exchange.Formats {
		w := get(h, "/data/current/"+f.File)
		if w.Code != http.StatusOK || w.Body.Len() == 0 || w.Header().Get("Content-Type") != f.Media {
			t.Errorf("%s: %d, %s", f.File, w.Code, w.Header().Get("Content-Type"))
		}
		if !strings.Contains(page, `href="/data/current/`+f.File+`"`) {
			t.Errorf("the page does not lead to %s", f.File)
		}
	}
	for _, ending := range []string{"csv", "xlsx", "sdmx.csv", "sdmx.json", "json"} {
		if w := get(h, "/indicators/refugees-registered."+ending); w.Code != http.StatusOK || w.Header().Get("Content-Disposition") != `attachment; filename="refugees-registered.`+ending+`"` {
			t.Errorf("%s: %d %s", ending, w.Code, w.Header().Get("Content-Disposition"))
		}
	}
}

func TestErrorsThatNobodyAcceptedKeepDataFromBeingReleased(t *testing.T) {
	country.Each(t, func(t *testing.T, conn *db.DB) {
		o := officeOf(t, conn)
		form := url.Values{"code": {"2027-1"}, "title.kk": {"Деректер"}, "note.en": {"kept"}}
		if w := o.coordinator.post("/work/data/releases", form.Encode()); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "kept") {
			t.Fatalf("figures with errors are released: %d", w.Code)
		}
		if err := conn.Exec("DELETE FROM observations").Error; err != nil {
			t.Fatal(err)
		}
		if w := o.coordinator.post("/work/data/releases", url.Values{"code": {"Ä"}}.Encode()); w.Code != http.StatusUnprocessableEntity || strings.Count(w.Body.String(), "error-text") != 2 {
			t.Errorf("neither code nor title: %d", w.Code)
		}
		if w := o.coordinator.post("/work/data/releases", form.Encode()); w.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		if w := o.coordinator.get("/work/data/releases"); !strings.Contains(w.Body.String(), "/data/releases/2027-1.zip") {
			t.Error("the release is not there")
		}
		if w := o.coordinator.post("/work/data/releases", form.Encode()); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("the same code again: %d", w.Code)
		}
		if w := o.approver.post("/work/data/releases", form.Encode()); w.Code != http.StatusForbidden {
			t.Errorf("an approver releases: %d", w.Code)
		}
	})
}
