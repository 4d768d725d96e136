package web

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// aheadWord stands in accepted entries alone.
const aheadWord = "Алдынала"

func inAll(text string) i18n.Text {
	return i18n.Text{"kk": text + " kk", "ru": text + " ru", "en": text + " en"}
}

// withAhead is an office with accepted progress of a measure, accepted values of an
// indicator and an accepted proposal, each with the word.
func withAhead(t testing.TB, conn *db.DB) (o *office, measure, values, proposal progress.Entry) {
	t.Helper()
	o = officeOf(t, conn)
	said := progress.Content{Progress: &progress.Progress{Status: objectives.InProgress, Narrative: inAll(aheadWord + " барысы"), Note: i18n.Text{"kk": aheadWord}}}
	numbers := figures(4125, 5073)
	numbers.Values.Note = inAll(aheadWord + " мәндер")
	proposed := progress.Content{Measure: &progress.Proposal{
		Title: inAll(aheadWord + " ұсыныс"), Description: inAll(aheadWord + " сипаттама"), Category: "programme", Status: objectives.Planned,
		Mapping: progress.Mapping{Objectives: []progress.ObjectiveLink{{Number: 5, Rank: objectives.Primary, Reason: inAll(aheadWord + " себеп")}}},
	}}
	return o, o.accepted("e-visa", said), o.accepted("refugees-registered", numbers), o.accepted("", proposed)
}

// aheadPages are the public pages that show something ahead.
var aheadPages = []string{"/kk/", "/kk/objectives/5", "/kk/measures/e-visa", "/kk/indicators/refugees-registered"}

func TestSignedInPeopleSeeWhatIsAcceptedMarkedOnPublicPages(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, conn *db.DB) {
		o, measure, values, proposal := withAhead(t, conn)
		for _, who := range []*client{o.partner, o.coordinator, o.stranger, o.auditor} {
			for path, wanted := range map[string][]string{
				"/kk/":                               {inKazakh(t, "ahead.total", 3), "/work/entries?state=accepted"},
				"/kk/objectives/5":                   {aheadWord + " барысы kk", aheadWord + " ұсыныс kk", aheadWord + " себеп kk", "/work/entries/" + measure.Code, "/work/entries/" + proposal.Code},
				"/kk/measures/e-visa":                {aheadWord + " барысы kk", "/work/entries/" + measure.Code, "Еңбек"},
				"/ru/measures/e-visa":                {aheadWord + " барысы ru", `<span lang="kk">` + aheadWord + `</span>`},
				"/kk/indicators/refugees-registered": {aheadWord + " мәндер kk", "4 125", "5 073", "/work/entries/" + values.Code},
			} {
				w := who.get(path)
				body := strings.ReplaceAll(w.Body.String(), "\u00a0", " ")
				if w.Code != http.StatusOK || strings.HasPrefix(path, "/kk/") && !strings.Contains(body, inKazakh(t, "guest.unpublished")) {
					t.Errorf("%s answers %d, or does not say that it is not published", path, w.Code)
				}
				for _, text := range wanted {
					if !strings.Contains(body, text) {
						t.Errorf("%s does not show %q", path, text)
					}
				}
				if _, picture, found := strings.Cut(body, `<figure class="chart"`); found {
					picture, _, _ = strings.Cut(picture, "</figure>")
					if strings.Contains(picture, "2028") {
						t.Errorf("%s draws what is not published", path)
					}
				}
			}
		}
	})
}

func TestObjectiveShowsAheadWhatIsProposedForItAndNothingForOthers(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, conn *db.DB) {
		o, _, _, proposal := withAhead(t, conn)
		moved := o.accepted("e-visa", progress.Content{Mapping: &progress.Mapping{Objectives: []progress.ObjectiveLink{{Number: 8, Rank: objectives.Primary, Reason: inAll("себеп")}}}})
		for path, shown := range map[string]map[string]bool{
			"/kk/objectives/5": {proposal.Code: true, moved.Code: true}, // it is mapped to it now
			"/kk/objectives/8": {proposal.Code: false, moved.Code: true},
			"/kk/objectives/9": {proposal.Code: false, moved.Code: false},
		} {
			body := o.coordinator.get(path).Body.String()
			for code, want := range shown {
				if strings.Contains(body, "/work/entries/"+code) != want {
					t.Errorf("%s shows %s: %v, want %v", path, code, !want, want)
				}
			}
		}
	})
}

func TestWhatIsShownAheadIsForNobodyElse(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, conn *db.DB) {
		o, _, _, _ := withAhead(t, conn)
		scoped, ended, elsewhere, factorless := person(t, o.app, "", auth.Partner), person(t, o.app, "", auth.Partner), person(t, o.app, "mia", auth.Contributor), person(t, o.app, "", auth.Editor)
		o.change(scoped, map[string]any{"scope": auth.Scope{Objectives: []int{outside}}})
		o.change(ended, map[string]any{"expires_at": now().Add(-time.Hour)})
		o.app.site.SecondFactorOptional = false
		admin, away := person(t, o.app, "", auth.Admin), person(t, o.app, "", auth.Partner)
		o.must(o.conn.Exec("DELETE FROM sessions WHERE user_id = ?", away.user.ID).Error)
		files := []string{
			"/kk/indicators/refugees-registered.csv", "/kk/indicators/refugees-registered.json", "/kk/indicators/refugees-registered.svg", "/kk/objectives.svg", "/kk/feed.atom",
			"/embed/indicators/refugees-registered", "/embed/objectives/5", "/api/v1/entries", "/kk/search?q=" + aheadWord, "/kk/measures", "/kk/indicators", "/kk/timeline", "/sdmx/data/DF_GCM/all",
		}
		for _, path := range aheadPages {
			public := get(o.app, path, "Accept-Encoding", "identity")
			seen := o.partner.get(path, "If-None-Match", public.Header().Get("ETag"))
			if h := seen.Header(); seen.Code != http.StatusOK || !strings.Contains(seen.Body.String(), `id="ahead"`) ||
				h.Get("Cache-Control") != "private, no-store" || h.Get("Vary") != "Cookie" || h.Get("ETag") != "" || h.Get("Last-Modified") != "" || h.Get("Set-Cookie") != "" {
				t.Errorf("%s: a partner gets %d, %v", path, seen.Code, h)
			}
			for name, cookie := range map[string]string{
				"nobody": "", "somebody with a theme": "theme=auto", "a forged cookie": "gcm=" + strings.Repeat("A", 43), "an empty cookie": "gcm=", "an ended session": away.cookie,
				"an ended account": ended.cookie, "another scope": scoped.cookie, "another agency": elsewhere.cookie, "no second factor": factorless.cookie, "an administrator": admin.cookie,
			} {
				w := get(o.app, path, "Cookie", cookie, "Accept-Encoding", "identity")
				if w.Code != http.StatusOK || w.Body.String() != public.Body.String() || strings.Contains(w.Body.String(), aheadWord) || strings.Contains(w.Body.String(), `id="ahead"`) {
					t.Errorf("%s: %s gets another page than the public (%d)", path, name, w.Code)
				}
				if h := w.Header(); h.Get("Cache-Control") != "no-cache" || h.Get("ETag") != public.Header().Get("ETag") || !strings.Contains(h.Get("Vary"), "Cookie") {
					t.Errorf("%s: %s gets %v", path, name, h)
				}
			}
			if w := get(o.app, path, "If-None-Match", public.Header().Get("ETag"), "Accept-Encoding", "identity"); w.Code != http.StatusNotModified {
				t.Errorf("%s: what the public has answers %d", path, w.Code)
			}
		}
		for _, path := range files {
			if body := unpacked(t, o.partner.get(path).Body.Bytes()); strings.Contains(body, aheadWord+" ") || strings.Contains(body, "5073") {
				t.Errorf("%s shows what is not published", path)
			}
		}
		o.must(o.conn.Model(&progress.Entry{}).Where("state = 'accepted'").Update("state", "approved").Error)
		if w := o.partner.get("/kk/measures/e-visa"); strings.Contains(w.Body.String(), aheadWord) || w.Header().Get("Cache-Control") != "no-cache" {
			t.Error("what is no longer accepted is shown")
		}
	})
}

// watched are sessions that nobody may ask.
type watched struct {
	scs.CtxStore
	t *testing.T
}

func (w watched) FindCtx(context.Context, string) ([]byte, bool, error) {
	w.t.Error("a session is looked up")
	return nil, false, nil
}

func (w watched) Find(string) ([]byte, bool, error) { return w.FindCtx(w.t.Context(), "") }

func TestNobodysSessionIsLookedUpForThePublic(t *testing.T) {
	conn := country.SQLite(t)
	conn.NowFunc = now
	app := open(t, config(t, conn))
	app.site.sessions.Store = watched{auth.NewSessions(conn, time.Hour, time.Hour), t}
	for _, path := range append([]string{"/kk/indicators/refugees-registered.csv"}, aheadPages...) {
		for _, cookie := range []string{"", "theme=dark; lang=ru", "gcm="} {
			get(app, path, "Cookie", cookie)
		}
	}
	for _, path := range []string{"/kk/objectives", "/kk/indicators/refugees-registered.csv", "/kk/feed.atom", "/sitemap.xml", "/embed/objectives/5"} {
		get(app, path, "Cookie", "gcm="+strings.Repeat("A", 43)) // pages that show nothing ahead know nobody
	}
}
