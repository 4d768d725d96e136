package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gcm/internal/db/dbtest"
)

func TestBuildIsFollowedFromItsPage(t *testing.T) {
	db := country.SQLite(t)
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
	db := country.SQLite(t)
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

// changing is a site whose data the test changes: each review holds their state,
// and how many were built is counted.
func changing(t *testing.T) (app *App, c Config, data, built *atomic.Int32) {
	t.Helper()
	conn := country.SQLite(t)
	c = config(t, conn)
	data, built = new(atomic.Int32), new(atomic.Int32)
	c.BuildReview = func(_ context.Context, _, _, _ string, w io.Writer) error {
		built.Add(1)
		_, err := fmt.Fprintf(w, "%%PDF-1.7 state %d", data.Load())
		return err
	}
	c.Fingerprint = func(context.Context, string, string, string) (string, error) {
		return fmt.Sprint("state-", data.Load()), nil
	}
	return open(t, c), c, data, built
}

func TestReviewNeverGoesStaleWithoutAWord(t *testing.T) {
	h, _, data, built := changing(t)
	const stale = "have changed since"
	first := get(h, "/reviews/2022/en.pdf")
	if body := get(h, "/en/reviews/2022").Body.String(); strings.Contains(body, stale) || strings.Count(body, "<form method=\"post\" action=\"/en/reviews/2022/builds\"") != 5 {
		t.Error("the page does not show that one edition is up to date and five are not made")
	}
	data.Add(1)
	if body := get(h, "/en/reviews/2022").Body.String(); strings.Count(body, stale) != 1 {
		t.Error("the page does not say that the data have changed")
	}
	if body := get(h, "/en/reviews/2022/builds/en-full").Body.String(); !strings.Contains(body, stale) {
		t.Error("the build's page does not say that the data have changed")
	}
	w := get(h, "/reviews/2022/en.pdf", "If-None-Match", first.Header().Get("ETag"), "If-Modified-Since", first.Header().Get("Last-Modified"))
	if w.Code != http.StatusOK || !strings.HasSuffix(w.Body.String(), "state 1") || built.Load() != 2 {
		t.Errorf("after %d builds: %d %s", built.Load(), w.Code, w.Body)
	}
	if w = get(h, "/reviews/2022/en.pdf", "If-None-Match", w.Header().Get("ETag")); w.Code != http.StatusNotModified {
		t.Errorf("the same review answers %d", w.Code)
	}
}

func TestFileOfAnotherProgramIsMadeAnewOnce(t *testing.T) {
	h, c, data, built := changing(t)
	get(h, "/reviews/2022/kk.pdf")
	data.Add(1)
	file := filepath.Join(c.FilesDir, "review-2022-kk.pdf")
	if err := os.WriteFile(file, []byte("by hand"), 0o600); err != nil {
		t.Fatal(err)
	}
	later := time.Now().Add(time.Minute)
	if err := os.Chtimes(file, later, later); err != nil {
		t.Fatal(err)
	}
	data.Add(-1) // what the old fingerprint stands for, and not the file
	if body := get(h, "/en/reviews/2022").Body.String(); strings.Contains(body, "have changed since") {
		t.Error("the page claims to know what another program wrote")
	}
	for range 2 {
		if w := get(h, "/reviews/2022/kk.pdf"); !strings.HasSuffix(w.Body.String(), "state 0") {
			t.Error(w.Body)
		}
	}
	if built.Load() != 2 {
		t.Errorf("built %d times", built.Load())
	}
}

func TestNobodyCanMakeAReviewThatIsUpToDateAnew(t *testing.T) {
	h, _, data, built := changing(t)
	ask := func() {
		t.Helper()
		const page = "/en/reviews/2022/builds/kk-full"
		if w := post(h, "/en/reviews/2022/builds", "language=kk&profile=full"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != page {
			t.Fatalf("%d to %s", w.Code, w.Header().Get("Location"))
		}
		for get(h, page+".json").Body.String() == `{"state":"running"}` {
			time.Sleep(time.Millisecond)
		}
		if body := get(h, page).Body.String(); !strings.Contains(body, "says what the data say now") {
			t.Error("the page does not say that the review is up to date")
		}
	}
	for range 3 {
		ask()
	}
	if built.Load() != 1 {
		t.Errorf("the same data were built %d times", built.Load())
	}
	data.Add(1)
	ask()
	if built.Load() != 2 {
		t.Errorf("changed data were built %d times", built.Load()-1)
	}
}

func TestReaderOfABuildThatBeganBeforeTheDataChangedGetsTheNext(t *testing.T) {
	_, c, data, _ := changing(t)
	release, begun := make(chan struct{}), make(chan struct{}, 2)
	build := c.BuildReview
	c.BuildReview = func(ctx context.Context, cycle, lang, profile string, w io.Writer) error {
		err := build(ctx, cycle, lang, profile, w)
		begun <- struct{}{}
		<-release
		return err
	}
	h := open(t, c)
	post(h, "/en/reviews/2022/builds", "language=kk&profile=full")
	<-begun
	data.Add(1)
	body := make(chan string)
	go func() { body <- get(h, "/reviews/2022/kk.pdf").Body.String() }()
	close(release)
	if got := <-body; !strings.HasSuffix(got, "state 1") {
		t.Error(got)
	}
}

func TestFewBuildsRunAtOnce(t *testing.T) {
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
	b, err := newBuilds(c, func(error) {})
	if err != nil {
		t.Fatal(err)
	}
	var jobs []*job
	for i := range 4 * buildsAtOnce {
		j, err := b.begin(edition{Cycle: "2022", Lang: "kk", Profile: string(rune('a' + i))}, "")
		if err != nil {
			t.Fatal(err)
		}
		jobs = append(jobs, j)
	}
	close(release)
	for _, j := range jobs {
		<-j.done
		if j.err != nil {
			t.Error(j.err)
		}
	}
	if most.Load() > buildsAtOnce {
		t.Errorf("%d builds ran at once", most.Load())
	}
}

func TestStoppedBuildLeavesNothingBehind(t *testing.T) {
	conn := country.SQLite(t)
	c := config(t, conn)
	var log bytes.Buffer
	c.Log = slog.New(slog.NewTextHandler(&log, nil))
	begun := make(chan struct{}, buildsAtOnce)
	c.BuildReview = func(ctx context.Context, _, _, _ string, w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		begun <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	}
	app := open(t, c)
	for _, lang := range []string{"kk", "ru", "en"} { // the third waits for its turn
		post(app, "/en/reviews/2022/builds", "profile=full&language="+lang)
	}
	for range buildsAtOnce {
		<-begun
	}
	app.Close()
	if files, err := os.ReadDir(c.FilesDir); err != nil || len(files) != 0 {
		t.Errorf("%v %v", files, err)
	}
	if strings.Contains(log.String(), "ERROR") || !strings.Contains(log.String(), "the program stops") {
		t.Errorf("the log says %s", log.String())
	}
	if w := get(app, "/reviews/2022/kk.pdf"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("a build is begun after the end: %d", w.Code)
	}
}

func TestUnfinishedFilesOfAKilledProgramAreRemoved(t *testing.T) {
	c := config(t, dbtest.SQLite(t))
	if err := os.MkdirAll(c.FilesDir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".build-123", "review-2022-kk.pdf"} {
		if err := os.WriteFile(filepath.Join(c.FilesDir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	open(t, c)
	if files, err := os.ReadDir(c.FilesDir); err != nil || len(files) != 1 || files[0].Name() != "review-2022-kk.pdf" {
		t.Errorf("%v %v", files, err)
	}
}
