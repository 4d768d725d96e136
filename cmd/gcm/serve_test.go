package main

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"gcm/internal/db"
	"gcm/reports"
)

// opened returns an SQLite database with Kazakhstan in it.
func opened(t *testing.T) *db.DB {
	t.Helper()
	database := "sqlite:" + t.TempDir() + "/gcm.db"
	if code, _, stderr := gcm(t, map[string]string{"GCM_DATABASE_URL": database}, "load", "kazakhstan"); code != exitDone {
		t.Fatal(stderr)
	}
	g, err := db.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestFingerprintChangesWithTheReviewAndNothingElse(t *testing.T) {
	g := opened(t)
	t.Cleanup(func() { _ = db.Close(g) })
	take := func(lang string, profile reports.Profile) string {
		t.Helper()
		f, err := fingerprint(t.Context(), stores(g), "2022", lang, profile, time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	first := take("kk", reports.Full)
	if take("kk", reports.Full) != first {
		t.Error("the same data have two fingerprints")
	}
	if take("ru", reports.Full) == first || take("kk", reports.Compact) == first {
		t.Error("two editions share a fingerprint")
	}
	if err := g.Exec("UPDATE observations SET value = 342 WHERE value = 341").Error; err != nil {
		t.Fatal(err)
	}
	changed := take("kk", reports.Full)
	if changed == first {
		t.Error("a changed value has the old fingerprint")
	}
	defer func(v string) { version = v }(version)
	version = "next"
	if take("kk", reports.Full) == changed {
		t.Error("a new program, which may draw another picture, has the old fingerprint")
	}
}

func TestStoppingWhileAReviewIsBuiltLeavesNothingHalfDone(t *testing.T) {
	g := opened(t)
	c := &config{addr: "127.0.0.1:0", metricsAddr: "127.0.0.1:0", filesDir: t.TempDir(), logLevel: "info", logFormat: "text"}
	s, err := c.listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var log bytes.Buffer
	done := make(chan error, 1)
	go func() { done <- s.serve(ctx, c, g, &log) }()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, lang := range []string{"kk", "ru", "en"} {
		res, err := client.PostForm("http://"+s.addr()+"/kk/reviews/2022/builds", url.Values{"language": {lang}, "profile": {"full"}})
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusSeeOther {
			t.Errorf("answers %d", res.StatusCode)
		}
	}
	if res, err := client.Get("http://" + s.metrics.Addr().String() + "/metrics"); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("the metrics answer %v, %v", res, err)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	_ = db.Close(g)
	files, err := os.ReadDir(c.filesDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasPrefix(f.Name(), ".") {
			t.Errorf("%s is left", f.Name())
		}
	}
	if got := log.String(); strings.Contains(got, "level=ERROR") {
		t.Errorf("the log says %s", got)
	}
}
