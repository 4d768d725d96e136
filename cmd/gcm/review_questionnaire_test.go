package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gcm/internal/db"
	"gcm/reports/pdf/rulestest"
)

func TestQuestionnaireIsWrittenInEachLanguageAndFollowsTheStandards(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	env := map[string]string{"GCM_DATABASE_URL": "sqlite:" + filepath.Join(dir, "gcm.db")}
	write := func(args ...string) (int, []string, string) {
		code, stdout, stderr := gcm(t, env, append([]string{"review", "questionnaire", "2022", "--out", dir}, args...)...)
		return code, strings.Fields(stdout), stderr
	}
	if code, _, stderr := gcm(t, env, "load", "kazakhstan"); code != exitDone {
		t.Fatal(stderr)
	}
	code, files, stderr := write()
	if code != exitDone || len(files) != 3 {
		t.Fatalf("%d, %v, %s", code, files, stderr)
	}
	for i, lang := range []string{"kk", "ru", "en"} {
		file := filepath.Join(dir, "questionnaire-2022-"+lang+".pdf")
		data, err := os.ReadFile(file)
		if err != nil || files[i] != file {
			t.Fatalf("%v, %v", files, err)
		}
		rulestest.Readers(t, data)
		rulestest.Check(t, data)
		if text := strings.Join(pages(t, file), ""); lang == "kk" && !strings.Contains(joined(text), "Жоба") {
			t.Error("the draft does not say that it is one")
		}
		if _, _, stderr := write("--lang", lang); stderr != "" {
			t.Error(stderr)
		}
		if again, err := os.ReadFile(file); err != nil || !bytes.Equal(data, again) {
			t.Errorf("%s: other bytes from the same data (%v)", lang, err)
		}
	}
	code, files, stderr = write("--lang", "en", "--format", "md,docx,html,xlsx")
	if code != exitDone || len(files) != 4 || slices.ContainsFunc(files, func(f string) bool { _, err := os.Stat(f); return err != nil }) {
		t.Errorf("%d, %v, %s", code, files, stderr)
	}
	if md, err := os.ReadFile(filepath.Join(dir, "questionnaire-2022-en.md")); err != nil || !strings.Contains(string(md), "17 Which support does the State need") {
		t.Errorf("%v: %.300s", err, md)
	}
	g, err := db.Open(t.Context(), env["GCM_DATABASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(g)
	if err := g.Exec("UPDATE questions SET archived_at = '2022-01-01 00:00:00+00:00'").Error; err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := write(); code != exitFailed || !strings.Contains(stderr, "questionnaire.yaml") {
		t.Errorf("%d, %s", code, stderr)
	}
}
