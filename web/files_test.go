package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"gcm/indicators"
	"gcm/objectives"
	"gcm/reports"
	"gcm/reports/pdf"
)

func TestIndicatorIsDownloadedAsCSV(t *testing.T) {
	w := get(loaded(t), "/kk/indicators/refugees-registered.csv")
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 9 || strings.Join(rows[0], ",") != "indicator,period,citizenship,value,unit,qualifier,obs_status,conf_status,decimals,value_text,note_kk,note_ru,note_en,source_kk,source_ru,source_en,indicator_kk,breakdown_kk,unit_kk,indicator_ru,breakdown_ru,unit_ru,indicator_en,breakdown_en,unit_en" || strings.Join(rows[6][:6], ",") != "refugees-registered,2021-09-01,AF,341,persons,exact" {
		t.Errorf("%q", rows)
	}
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="refugees-registered.csv"` {
		t.Error(got)
	}
}

func TestMissingValueIsEmptyInCSVAndNullInJSON(t *testing.T) {
	h := loaded(t)
	rows, err := csv.NewReader(get(h, "/indicators/remittance-inflow.csv").Body).ReadAll()
	if err != nil || rows[4][3] != "" || rows[4][5] != "missing" || rows[3][3] != "290200000000" {
		t.Errorf("%v %q", err, rows)
	}
	var file indicatorFile
	if err := json.Unmarshal(get(h, "/indicators/remittance-inflow.json").Body.Bytes(), &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Observations) != 5 || file.Observations[1].Value != nil || *file.Observations[0].Value != 290200000000 || file.Name["kk"] == "" || len(file.Observations[0].Quotes) == 0 {
		t.Errorf("%+v", file)
	}
}

func TestReviewIsBuiltWhenItIsAskedForAndThenKept(t *testing.T) {
	db := country.SQLite(t)
	c := config(t, db)
	var runs atomic.Int32
	build := c.BuildReview
	c.BuildReview = func(ctx context.Context, cycle, lang, profile string, w io.Writer) error {
		runs.Add(1)
		return build(ctx, cycle, lang, profile, w)
	}
	h := open(t, c)
	for path, want := range map[string]string{
		"/reviews/2022/kk.pdf": "2022 kk full", "/en/reviews/2022/kk.pdf": "2022 kk full", "/reviews/2022/ru-compact.pdf": "2022 ru compact",
	} {
		for range 2 {
			w := get(h, path)
			if w.Code != http.StatusOK || w.Body.String() != "%PDF-1.7 "+want || w.Header().Get("Content-Type") != "application/pdf" {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
		}
	}
	if runs.Load() != 2 {
		t.Errorf("built %d times", runs.Load())
	}
	if got := get(h, "/reviews/2022/kk.pdf").Header().Get("Content-Disposition"); got != `inline; filename="review-2022-kk.pdf"` {
		t.Error(got)
	}
}

func TestUnknownEditionIsNotBuilt(t *testing.T) {
	h := loaded(t)
	for _, form := range []string{"", "language=de&profile=full", "language=kk&profile=../x", "language=kk"} {
		if w := post(h, "/kk/reviews/2022/builds", form); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%q answers %d", form, w.Code)
		}
	}
}

func TestRealReviewIsDownloaded(t *testing.T) {
	db := country.SQLite(t)
	c := config(t, db)
	stores := reports.Stores{Objectives: objectives.NewStore(db), Indicators: indicators.NewStore(db), Reviews: reports.NewStore(db)}
	c.BuildReview = func(ctx context.Context, cycle, lang, profile string, w io.Writer) error {
		doc, err := reports.Compose(ctx, stores, cycle, lang, reports.Profile(profile))
		if err != nil {
			return err
		}
		return pdf.Write(w, doc)
	}
	w := get(open(t, c), "/reviews/2022/en-compact.pdf")
	if w.Code != http.StatusOK || !bytes.HasPrefix(w.Body.Bytes(), []byte("%PDF-")) || w.Body.Len() < 20000 {
		t.Errorf("%d, %d bytes", w.Code, w.Body.Len())
	}
}

func TestStaticFileKnowsItsVersion(t *testing.T) {
	h := loaded(t)
	a, err := loadAssets()
	if err != nil {
		t.Fatal(err)
	}
	if got := get(h, a.url("css/gcm.css")).Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Error(got)
	}
	w := get(h, "/static/css/gcm.css")
	if strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Error("an address without a version is kept for ever")
	}
	if w := get(h, "/static/0123456789ab/css/gcm.css"); w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("a file of another version answers %d, to be kept %q", w.Code, w.Header().Get("Cache-Control"))
	}
	if w := get(h, "/static/css/gcm.css", "If-None-Match", w.Header().Get("ETag")); w.Code != http.StatusNotModified {
		t.Errorf("answers %d", w.Code)
	}
	fonts := 0
	for name := range a.files {
		if strings.HasPrefix(name, "fonts/") {
			fonts += get(h, a.url(name)).Body.Len()
		}
	}
	if css := w.Body.Len(); css > 40<<10 || fonts > 90<<10 {
		t.Errorf("css %d bytes, fonts %d bytes", css, fonts)
	}
}
