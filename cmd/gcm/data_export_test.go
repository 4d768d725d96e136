package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gcm/indicators/exchange"
)

func TestExportWritesEachFormat(t *testing.T) {
	database := "--database=sqlite:" + filepath.Join(t.TempDir(), "gcm.db")
	if code, _, errs := gcm(t, nil, "load", "kazakhstan", database); code != exitDone {
		t.Fatal(errs)
	}
	dir := t.TempDir()
	code, out, errs := gcm(t, nil, "data", "export", database, "--out", dir, "--format", strings.Join(formatCodes(), ","))
	if code != exitDone || !strings.Contains(errs, "44 of 140 observations have no period") {
		t.Fatalf("%d %s", code, errs)
	}
	for _, f := range exchange.Formats {
		if info, err := os.Stat(filepath.Join(dir, f.File)); err != nil || info.Size() == 0 || !strings.Contains(out, f.File) {
			t.Errorf("%s: %v", f.File, err)
		}
	}
	single := filepath.Join(dir, "one.csv")
	if code, _, errs := gcm(t, nil, "data", "export", database, "--out", single); code != exitDone || errs != "" {
		t.Errorf("%d %s", code, errs)
	}
	for _, wrong := range [][]string{
		{"--out", filepath.Join(dir, "none"), "--format", "csv,xlsx"}, {"--out", single, "--release", "2099-1"},
	} {
		if code, _, errs := gcm(t, nil, append([]string{"data", "export", database}, wrong...)...); code != exitFailed || strings.Count(errs, "\n") != 1 {
			t.Errorf("%v: %d %s", wrong, code, errs)
		}
	}
	for _, wrong := range [][]string{{}, {"--out", single, "--format", "dbf"}} {
		if code, _, _ := gcm(t, nil, append([]string{"data", "export", database}, wrong...)...); code != exitUsage {
			t.Errorf("%v is accepted", wrong)
		}
	}
}
