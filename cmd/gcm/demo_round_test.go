package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/progress"
	"gcm/reports"
)

// weight is all that the review of 2022 says, and how many observations there are.
func weight(t *testing.T, g *db.DB) (review string, observations int64) {
	t.Helper()
	review, err := fingerprint(t.Context(), stores(g), demoCycle, "kk", reports.Full, time.Unix(0, 0))
	if err == nil {
		err = g.Model(&indicators.Observation{}).Count(&observations).Error
	}
	if err != nil {
		t.Fatal(err)
	}
	return review, observations
}

func TestDemonstrationBringsARoundUnderWayOnceAndLeavesTheReviewAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *db.DB) {
		if _, err := loadEmbedded(t.Context(), g); err != nil {
			t.Fatal(err)
		}
		review, observations := weight(t, g)
		keys, err := startRound(t.Context(), g)
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range auth.Roles {
			if !slices.ContainsFunc(keys, func(k demoKey) bool { return slices.Contains(k.Roles, role) }) {
				t.Errorf("nobody is %s", role)
			}
		}
		for _, state := range progress.States {
			lines, _, err := progress.NewStore(g).Entries(t.Context(), auth.System("test"), progress.Filter{State: state})
			if err != nil || len(lines) == 0 {
				t.Errorf("no entry is %s, %v", state, err)
			}
		}
		if after, figures := weight(t, g); after != review || figures != observations {
			t.Error("what is made up came into the review or among the observations")
		}
		if report, err := audit.Verify(t.Context(), g); err != nil || !report.Whole() {
			t.Errorf("the record of it does not hold: %+v, %v", report, err)
		}
		if again, err := startRound(t.Context(), g); err != nil || again != nil {
			t.Errorf("the second time there are %d new accounts, %v", len(again), err)
		}
	})
}

func TestPrintedPasswordLeadsToTasksThatSayTheyAreMadeUp(t *testing.T) {
	t.Parallel()
	base, printed, stop := demoPrinted(t, t.TempDir())
	defer stop()
	for _, login := range []string{"contributor.mia", "coordinator", "admin"} {
		key := regexp.MustCompile(`(?m)^  (` + login + `@demo\.example)\s+(\S+)`).FindStringSubmatch(printed)
		if key == nil {
			t.Fatalf("no password of %s is printed in %s", login, printed)
		}
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		browser := http.Client{Jar: jar}
		res, err := browser.PostForm(base+"/sign-in", url.Values{"email": {key[1]}, "password": {key[2]}})
		if err != nil {
			t.Fatal(err)
		}
		page, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Request.URL.Path, "/work") || !strings.Contains(string(page), `class="pretended"`) {
			t.Errorf("%s comes to %s, %d:\n%s", login, res.Request.URL, res.StatusCode, page)
		}
	}
}
