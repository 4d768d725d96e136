package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/progress"
)

// crowdSize is how many people work at once.
const crowdSize = 50

// crowd are people of the interior ministry who work at once, over connections of
// their own to a server.
type crowd struct {
	*round
	t        *testing.T
	server   *httptest.Server
	people   []*client
	browsers []*http.Client

	mu    sync.Mutex
	saved []string // texts of which somebody was told that they are kept
	steps map[string]int
	waits []time.Duration
}

func crowdOf(t *testing.T, app *App) *crowd {
	t.Helper()
	c := &crowd{round: roundUnderWay(t, app), t: t, server: httptest.NewServer(app), steps: map[string]int{}}
	t.Cleanup(c.server.Close)
	for range crowdSize {
		c.people = append(c.people, person(t, app, "mia", auth.Contributor))
		transport := &http.Transport{}
		t.Cleanup(transport.CloseIdleConnections)
		c.browsers = append(c.browsers, &http.Client{
			Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		})
	}
	return c
}

// atOnce runs do for everybody.
func (c *crowd) atOnce(do func(i int)) {
	var all sync.WaitGroup
	for i := range crowdSize {
		all.Go(func() { do(i) })
	}
	all.Wait()
}

// sends sends a body over person i's connection as somebody, and fails the test
// unless the answer is one of those that a form may have.
func (c *crowd) sends(i int, as *client, path, kind, body string) (int, string) {
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.server.URL+path, strings.NewReader(body))
	if err != nil {
		c.t.Error(err)
		return 0, ""
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Cookie", as.cookie)
	begun := time.Now()
	res, err := c.browsers[i].Do(r)
	if err != nil {
		c.t.Error(err)
		return 0, ""
	}
	defer res.Body.Close()
	answer, _ := io.ReadAll(res.Body)
	c.mu.Lock()
	c.waits = append(c.waits, time.Since(begun))
	c.mu.Unlock()
	fine := []int{http.StatusSeeOther, http.StatusConflict, http.StatusUnprocessableEntity}
	if !slices.Contains(fine, res.StatusCode) && !(res.StatusCode == http.StatusOK && strings.HasSuffix(path, "/autosave")) {
		c.t.Errorf("person %d: %s answers %d", i, path, res.StatusCode)
	}
	if location := res.Header.Get("Location"); location != "" {
		return res.StatusCode, location
	}
	return res.StatusCode, string(answer)
}

// form sends a form given as name, value, name, value.
func (c *crowd) form(i int, as *client, path string, pairs ...string) (int, string) {
	form := url.Values{}
	for n := 0; n+1 < len(pairs); n += 2 {
		form.Set(pairs[n], pairs[n+1])
	}
	return c.sends(i, as, path, "application/x-www-form-urlencoded", form.Encode())
}

// saves saves a text, by the button or as the page does by itself, and reports
// whether it was kept.
func (c *crowd) saves(i int, path string, byItself bool, version int, field, text string, more ...string) bool {
	want := http.StatusSeeOther
	if byItself {
		path, want = path+"/autosave", http.StatusOK
	}
	status, _ := c.form(i, c.people[i], path, append([]string{"version", fmt.Sprint(version), field, text}, more...)...)
	if status == want {
		c.mu.Lock()
		c.saved = append(c.saved, text)
		c.mu.Unlock()
	}
	return status == want
}

// step makes a step of the entry and counts those that were made.
func (c *crowd) step(i int, as *client, path, step string, version int) bool {
	status, _ := c.form(i, as, path+"/"+step, "version", fmt.Sprint(version), "reason", "Толықтырыңыз")
	if status == http.StatusSeeOther {
		c.mu.Lock()
		c.steps[step]++
		c.mu.Unlock()
	}
	return status == http.StatusSeeOther
}

// upload adds a small file to the entry of person i.
func (c *crowd) upload(i int, path, title string) int {
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for _, field := range [][2]string{{"title", title}, {"kind", "report"}, {"language", "kk"}} {
		_ = form.WriteField(field[0], field[1]) // a buffer takes everything
	}
	if part, err := form.CreateFormFile("file", "report.pdf"); err == nil {
		_, _ = part.Write(smallPDF)
	}
	_ = form.Close()
	status, _ := c.sends(i, c.people[i], path+"/evidence", form.FormDataContentType(), b.String())
	return status
}

// number reads one number from the database.
func (c *crowd) number(query string, args ...any) (n int) {
	c.t.Helper()
	if err := c.site.DB.Raw(query, args...).Scan(&n).Error; err != nil {
		c.t.Fatal(err)
	}
	return n
}

// recorded returns how often each text stands in what was saved, by the record,
// after it made sure that the record is whole and that no version of any entry
// is left out or there twice.
func (c *crowd) recorded() map[string]int {
	c.t.Helper()
	report, err := audit.Verify(c.t.Context(), c.site.DB)
	if err != nil || !report.Whole() {
		c.t.Errorf("the audit log: %+v, %v", report.Findings, err)
	}
	var rows []audit.Entry
	if err := c.site.DB.Where("noun = 'entry' AND after <> ''").Order("seq").Find(&rows).Error; err != nil {
		c.t.Fatal(err)
	}
	versions, texts := map[string]int{}, map[string]int{}
	for _, row := range rows {
		var after struct{ Version int }
		if err := json.Unmarshal([]byte(row.After), &after); err != nil || after.Version != versions[row.Record]+1 {
			c.t.Errorf("entry %s goes from version %d to %d by %s, %v", row.Record, versions[row.Record], after.Version, row.Action, err)
		}
		versions[row.Record] = after.Version
		for _, text := range c.saved {
			if row.Action == "save" && strings.Contains(row.After, text) {
				texts[text]++
			}
		}
	}
	for code, version := range versions {
		if kept := c.number("SELECT version FROM entries WHERE code = ?", code); kept != version {
			c.t.Errorf("entry %s has the version %d, and %d on record", code, kept, version)
		}
	}
	return texts
}

// TestFiftyPeopleWorkAtOnceAndNothingIsLost: everybody has an entry of his own,
// which is saved, given a file, submitted and approved, and between that saves
// an entry that all share.
func TestFiftyPeopleWorkAtOnceAndNothingIsLost(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		c := crowdOf(t, app)
		begun := time.Now()
		shared := make([]string, crowdSize)
		c.atOnce(func(i int) {
			_, shared[i] = c.form(i, c.people[i], "/work/entries/new", "cycle", "2030", "kind", string(progress.KindProgress), "record", "e-visa")
			_, own := c.form(i, c.people[i], "/work/entries/new", "cycle", "2030", "kind", string(progress.KindMeasure))
			proposal := []string{"measure.category", "programme", "measure.status", "planned", "measure.objectives.0.number", "5", "measure.objectives.0.rank", "primary", "measure.objectives.0.reason.kk", "Жол"}
			for n := range 2 {
				if !c.saves(i, own, n == 1, n+1, "measure.title.kk", fmt.Sprintf("«Шара %d, %d»", i, n), proposal...) {
					t.Errorf("person %d cannot save an own entry", i)
				}
				c.disturb(i, n, shared[i])
			}
			if status := c.upload(i, own, fmt.Sprint("Есеп ", i)); status != http.StatusSeeOther {
				t.Errorf("person %d cannot add a file: %d", i, status)
			}
			if !c.step(i, c.people[i], own, "submit", 3) || !c.step(i, c.approver, own, "approve", 4) {
				t.Errorf("person %d cannot submit, or it is not approved", i)
			}
		})
		took := time.Since(begun)
		if slices.Sort(shared); shared[0] != shared[crowdSize-1] {
			t.Error("one measure has two entries in a round")
		}
		texts := c.recorded()
		for _, text := range c.saved {
			if texts[text] != 1 {
				t.Errorf("%s was kept, and stands on record %d times", text, texts[text])
			}
		}
		for step, n := range c.steps {
			if on := c.number("SELECT count(*) FROM audit_entries WHERE noun = 'entry' AND action = ?", step); on != n {
				t.Errorf("%s was done %d times, and stands on record %d times", step, n, on)
			}
		}
		for query, want := range map[string]int{
			"SELECT count(*) FROM entries": crowdSize + 1, "SELECT count(*) FROM entries WHERE kind = 'measure' AND state = 'approved' AND version = 5": crowdSize,
			"SELECT count(*) FROM evidence": crowdSize, "SELECT count(*) FROM evidence_files": crowdSize, "SELECT count(*) FROM audit_entries WHERE action = 'evidence.add'": crowdSize,
		} {
			if n := c.number(query); n != want {
				t.Errorf("%s: %d, want %d", query, n, want)
			}
		}
		slices.Sort(c.waits)
		t.Logf("%d forms in %s, half within %s, 95 %% within %s; %d texts kept, steps %v", len(c.waits), took.Round(time.Millisecond),
			c.waits[len(c.waits)/2].Round(time.Millisecond), c.waits[len(c.waits)*95/100].Round(time.Millisecond), len(c.saved), c.steps)
	})
}

// disturb changes the entry that all share, over the version that is there now:
// most save it, some submit it, and the approver sends it back.
func (c *crowd) disturb(i, n int, shared string) {
	version := c.number("SELECT version FROM entries WHERE code = ?", strings.TrimPrefix(shared, "/work/entries/"))
	switch i % 10 {
	case 7:
		c.step(i, c.people[i], shared, "submit", version)
	case 8, 9:
		c.step(i, c.approver, shared, "return", version)
	default:
		c.saves(i, shared, i%2 == 1, version, "progress.narrative.kk", fmt.Sprintf("«Мәтін %d, %d»", i, n), "progress.status", "in_progress")
	}
}
