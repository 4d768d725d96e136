package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gcm/indicators"
	"gcm/internal/db/dbtest"
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
	if len(rows) != 9 || strings.Join(rows[0], ",") != "indicator,period,citizenship,value,unit,qualifier,obs_status,value_text,note" || strings.Join(rows[6][:6], ",") != "refugees-registered,2021-09-01,AF,341,persons,exact" {
		t.Errorf("%q", rows)
	}
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="refugees-registered.csv"` {
		t.Error(got)
	}
}

func TestMissingValueIsEmptyInCSVAndNullInJSON(t *testing.T) {
	h := loaded(t)
	rows, err := csv.NewReader(get(h, "/indicators/remittance-inflow.csv").Body).ReadAll()
	if err != nil || rows[2][3] != "" || rows[2][5] != "missing" || rows[1][3] != "290200000000" {
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

// ASVS 1.2.10
func TestSpreadsheetReadsNoTextAsAFormula(t *testing.T) {
	for text, want := range map[string]string{"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "5": "5", "": "", "ә": "ә"} {
		if got := harmless(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

func TestReviewIsBuiltWhenItIsAskedForAndThenKept(t *testing.T) {
	db := dbtest.SQLite(t)
	kazakhstan(t, db)
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

func TestBuildIsFollowedFromItsPage(t *testing.T) {
	db := dbtest.SQLite(t)
	kazakhstan(t, db)
	c := config(t, db)
	release := make(chan struct{})
	var runs atomic.Int32
	build := c.BuildReview
	c.BuildReview = func(ctx context.Context, cycle, lang, profile string, w io.Writer) error {
		runs.Add(1)
		<-release
		return build(ctx, cycle, lang, profile, w)
	}
	h := open(t, c)
	const page = "/ru/reviews/2022/builds/kk-full"
	if body := get(h, page).Body.String(); !strings.Contains(body, "ещё не составлен") {
		t.Error("a build that was never asked for is not called so")
	}
	for range 3 { // the second and the third join the first
		if w := post(h, "/ru/reviews/2022/builds", "language=kk&profile=full"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != page {
			t.Fatalf("%d to %s", w.Code, w.Header().Get("Location"))
		}
	}
	if body := get(h, page).Body.String(); !strings.Contains(body, "составляется") || !strings.Contains(body, `http-equiv="refresh"`) || !strings.Contains(body, "<progress") {
		t.Error("the page does not show that the build runs")
	}
	if body := get(h, page+".json").Body.String(); body != `{"state":"running"}` {
		t.Error(body)
	}
	close(release)
	for get(h, page+".json").Body.String() == `{"state":"running"}` {
		time.Sleep(time.Millisecond)
	}
	body := get(h, page).Body.String()
	if !strings.Contains(body, "/reviews/2022/kk.pdf") || strings.Contains(body, "refresh") || runs.Load() != 1 {
		t.Errorf("after %d builds: %s", runs.Load(), body)
	}
}

func TestFailedBuildLeavesNothingBehind(t *testing.T) {
	db := dbtest.SQLite(t)
	kazakhstan(t, db)
	c := config(t, db)
	c.BuildReview = func(_ context.Context, _, _, _ string, w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		panic("out of ink")
	}
	h := open(t, c)
	if w := get(h, "/reviews/2022/kk.pdf"); w.Code != http.StatusInternalServerError {
		t.Errorf("answers %d", w.Code)
	}
	if files, err := os.ReadDir(c.FilesDir); err != nil || len(files) != 0 {
		t.Errorf("%v %v", files, err)
	}
	if body := get(h, "/en/reviews/2022/builds/kk-full").Body.String(); !strings.Contains(body, "could not be made") {
		t.Error("the page does not say that the build failed")
	}
}

func TestBuildsAreBounded(t *testing.T) {
	c := config(t, nil)
	release := make(chan struct{})
	var now, most atomic.Int32
	c.BuildReview = func(context.Context, string, string, string, io.Writer) error {
		n := now.Add(1)
		for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
		}
		<-release
		now.Add(-1)
		return nil
	}
	b := newBuilds(c)
	var jobs []*job
	for i := range buildsInQueue {
		j, err := b.begin(edition{Cycle: "2022", Lang: "kk", Profile: string(rune('a' + i))})
		if err != nil {
			t.Fatal(err)
		}
		jobs = append(jobs, j)
	}
	if err := b.start(edition{Cycle: "2022", Lang: "kk", Profile: "one more"}); err == nil {
		t.Error("the queue has no end")
	}
	close(release)
	for _, j := range jobs {
		<-j.done
	}
	if most.Load() > buildsAtOnce {
		t.Errorf("%d builds ran at once", most.Load())
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
	db := dbtest.SQLite(t)
	kazakhstan(t, db)
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
	if w := get(h, "/static/css/gcm.css", "If-None-Match", w.Header().Get("ETag")); w.Code != http.StatusNotModified {
		t.Errorf("answers %d", w.Code)
	}
	fonts := 0
	for name, b := range a.files {
		if strings.HasPrefix(name, "fonts/") {
			fonts += len(b)
		}
	}
	if css := len(a.files["css/gcm.css"]); css > 25<<10 || fonts > 90<<10 {
		t.Errorf("css %d bytes, fonts %d bytes", css, fonts)
	}
}
