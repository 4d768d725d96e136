package main

import (
	"encoding/json"
	"strings"
	"testing"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/reports/desk"
)

func TestReviewIsCheckedOnTheCommandLineInEachLanguage(t *testing.T) {
	t.Parallel()
	loaded(t, func(t *testing.T, env map[string]string) {
		check := func(want int, args ...string) (stdout, stderr string) {
			t.Helper()
			code, stdout, stderr := gcm(t, env, append([]string{"review", "check"}, args...)...)
			if code != want {
				t.Errorf("%v exits %d, not %d: %s%s", args, code, want, stdout, stderr)
			}
			return stdout, stderr
		}
		stdout, stderr := check(exitFailed, "2022")
		if !strings.Contains(stdout, "blocking\t-\t-\t-\tno-chain\tШолуды келісетін органдарды көрсетіңіз.\n") {
			t.Errorf("without a chain it says %s", stdout)
		}
		oneLine(t, stderr, "keep the review from its bodies: 1")

		g, err := db.Open(t.Context(), env["GCM_DATABASE_URL"])
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close(g)
		editor, err := take(t.Context(), auth.NewStore(g), auth.Details{Email: "e@gov.example", Name: "Редактор", Language: "ru", Roles: []auth.Role{auth.Editor}}, key)
		if err != nil {
			t.Fatal(err)
		}
		store := desk.NewStore(g, stores(g))
		if err := store.SetChain(t.Context(), editor, "2022", []desk.Link{{Agency: "mfa", Step: 1}}); err != nil {
			t.Fatal(err)
		}
		if stdout, stderr = check(exitDone, "2022"); strings.Contains(stdout, "blocking") || stderr != "" || !strings.Contains(stdout, "advisory\t-\t-\t-\tnot-assessed\t") {
			t.Errorf("with a chain it says %s%s", stdout, stderr)
		}

		at := desk.Place{Section: "methodology", Language: "en"}
		versions, err := store.Versions(t.Context(), editor, "2022", at)
		if err == nil {
			_, err = store.SaveText(t.Context(), editor, "2022", at, versions[0].Version, versions[0].Body+"\n\nThere are {{figure indicator:nowhere@2021}}.")
		}
		if err != nil {
			t.Fatal(err)
		}
		for lang, want := range map[string]string{"kk": "Жарияланған «nowhere» көрсеткіші жоқ", "ru": "Опубликованного показателя «nowhere» нет"} {
			if stdout, _ = check(exitFailed, "2022", "--lang", lang); !strings.Contains(stdout, "\tunresolved\t"+want) {
				t.Errorf("in %s it says %s", lang, stdout)
			}
		}
		stdout, _ = check(exitFailed, "2022", "--lang", "en", "--format", "json")
		blocking := 0
		for line := range strings.Lines(stdout) {
			var f struct {
				Severity, Rule, Section, Language, Message, Path string
				Paragraph                                        int
			}
			if err := json.Unmarshal([]byte(line), &f); err != nil || f.Rule == "" || f.Message == "" || !strings.HasPrefix(f.Path, "/work/") {
				t.Errorf("%s: %v", line, err)
			}
			if f.Severity == "blocking" {
				blocking++
				if f.Rule == "unresolved" && (f.Section != "methodology" || f.Language != "en" || f.Paragraph == 0 || !strings.HasPrefix(f.Message, "There is no released indicator “nowhere”")) {
					t.Errorf("%+v", f)
				}
			}
		}
		if blocking == 0 {
			t.Error("nothing blocks")
		}
		_, stderr = check(exitFailed, "1999")
		oneLine(t, stderr, "1999")
		check(exitUsage, "2022", "--lang", "tlh")
		check(exitUsage, "2022", "--format", "xml")
		check(exitUsage)
	})
}
