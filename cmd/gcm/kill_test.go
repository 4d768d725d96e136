package main

import (
	"bufio"
	"cmp"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gcm/internal/audit"
	"gcm/internal/db"
)

// kills is how often each kind of work is killed: GCM_KILLS, or a handful.
func kills(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv("GCM_KILLS"), "4"))
	if err != nil || n < 1 {
		t.Fatalf("GCM_KILLS is %q, not a number of kills", os.Getenv("GCM_KILLS"))
	}
	return n
}

// The times within which a killed program is up again, and its server has let go
// of what it held.
const (
	upAgain = 20 * time.Second
	letGo   = 5 * time.Second
)

// victim is the program as a process of its own, which is killed and started again.
type victim struct {
	t    *testing.T
	conn *db.DB // the test's own view of the database
	url  string
	env  []string
	cmd  *exec.Cmd
	base string // where it serves
}

func newVictim(t *testing.T, url string, env ...string) *victim {
	t.Helper()
	conn, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close(conn) })
	v := &victim{t: t, conn: conn, url: url, env: append(env, "GCM_FILES_DIR="+t.TempDir(), "GCM_SECOND_FACTOR=optional", "GCM_SESSION_IDLE=12h")}
	t.Cleanup(v.kill)
	return v
}

// begin starts the program with arguments that hold no spaces.
func (v *victim) begin(stdout io.Writer, args ...string) {
	v.t.Helper()
	self, err := os.Executable()
	if err != nil {
		v.t.Fatal(err)
	}
	target := v.url
	if db.IsPostgres(v.conn) {
		target += "&application_name=victim"
	}
	v.cmd = exec.Command(self)
	v.cmd.Env = append(append(os.Environ(), v.env...), "GCM_DATABASE_URL="+target, "GCM_TEST_ARGUMENTS="+strings.Join(args, " "))
	v.cmd.Stdout = stdout
	if err := v.cmd.Start(); err != nil {
		v.t.Fatal(err)
	}
}

// serve starts the web application and returns when it answers.
func (v *victim) serve() {
	v.t.Helper()
	begun := time.Now()
	printed, out := io.Pipe()
	v.begin(out, "serve", "--addr", "127.0.0.1:0")
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	lines := bufio.NewScanner(printed)
	for v.base = ""; v.base == "" && lines.Scan(); {
		v.base = address.FindString(lines.Text())
	}
	go func() { _, _ = io.Copy(io.Discard, printed) }()
	status, _ := v.ask(v.request(http.MethodGet, "/healthz", "", ""))
	if took := time.Since(begun); status != http.StatusOK || took > upAgain {
		v.t.Fatalf("the program answers %d, %s after its start", status, took)
	}
}

// kill ends the program at once, wherever it is, and waits until the database
// server has noticed, which rolls back what was under way.
func (v *victim) kill() {
	if v.cmd == nil {
		return
	}
	_ = v.cmd.Process.Kill()
	_ = v.cmd.Wait() // it says that it was killed
	v.cmd = nil
	if !db.IsPostgres(v.conn) {
		return
	}
	held := func() (n int64) {
		_ = v.conn.Raw("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'victim'").Scan(&n).Error
		return n
	}
	for begun := time.Now(); held() > 0; time.Sleep(5 * time.Millisecond) {
		if time.Since(begun) > letGo {
			v.t.Error("the killed program still holds connections and their locks")
			return
		}
	}
}

// request is a request to the program in the name of a person's cookie.
func (v *victim) request(method, path, cookie, form string) *http.Request {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, strings.NewReader(form))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Cookie", cookie)
	return r
}

// stranger follows no redirects and keeps no connection to a program that is gone.
var stranger = &http.Client{
	Transport:     &http.Transport{DisableKeepAlives: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// ask returns the status of an answer, 0 when there was none, and its headers.
func (v *victim) ask(r *http.Request) (int, http.Header) {
	res, err := stranger.Do(r)
	if err != nil {
		return 0, http.Header{}
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode, res.Header
}

// post sends a form that must lead on.
func (v *victim) post(path, cookie string, form url.Values) http.Header {
	v.t.Helper()
	status, header := v.ask(v.request(http.MethodPost, path, cookie, form.Encode()))
	if status != http.StatusSeeOther {
		v.t.Fatalf("%s answers %d", path, status)
	}
	return header
}

// number reads one number from the database.
func (v *victim) number(query string, args ...any) (n int64) {
	v.t.Helper()
	if err := v.conn.Raw(query, args...).Scan(&n).Error; err != nil {
		v.t.Fatal(err)
	}
	return n
}

// attempt is one piece of work that is killed.
type attempt struct {
	send          func() *http.Request
	state         func() string // of what it writes, whole or not
	before, after string
}

// endure kills the program again and again at a random moment of the work that
// prepare readies: what it writes is then there whole or not at all, the program
// is up at once, and who tries again ends with all of it, once.
func (v *victim) endure(prepare func() attempt) {
	v.t.Helper()
	usual := v.usual(prepare)
	done := map[string]int{}
	for range kills(v.t) {
		a := prepare()
		answered := make(chan int, 1)
		r := a.send()
		go func() { status, _ := v.ask(r); answered <- status }()
		time.Sleep(rand.N(usual + time.Millisecond))
		v.kill()
		heard, found := <-answered, a.state()
		if found != a.before && found != a.after {
			v.t.Errorf("half of it is written: %s", found)
		}
		if heard == http.StatusSeeOther && found != a.after {
			v.t.Errorf("the answer was that it is done, and it is not: %s", found)
		}
		v.whole()
		v.serve()
		status, _ := v.ask(a.send())
		if found == a.before && status != http.StatusSeeOther || status == 0 || status >= http.StatusInternalServerError {
			v.t.Errorf("trying again from %q answers %d", found, status)
		}
		if again := a.state(); again != a.after {
			v.t.Errorf("trying again leaves %q, want %q", again, a.after)
		}
		done[found]++
	}
	v.whole()
	v.t.Logf("killed within %s of the start: %v", usual, done)
}

// usual does the work undisturbed and returns how long it takes, the median.
func (v *victim) usual(prepare func() attempt) time.Duration {
	v.t.Helper()
	var took []time.Duration
	for range 5 {
		a := prepare()
		if found := a.state(); found != a.before {
			v.t.Fatalf("it begins with %q, want %q", found, a.before)
		}
		begun := time.Now()
		status, _ := v.ask(a.send())
		took = append(took, time.Since(begun))
		if found := a.state(); status != http.StatusSeeOther || found != a.after {
			v.t.Fatalf("undisturbed it answers %d and leaves %q, want %q", status, found, a.after)
		}
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// whole fails unless the audit chain holds and no evidence lacks its file.
func (v *victim) whole() {
	v.t.Helper()
	report, err := audit.Verify(v.t.Context(), v.conn)
	if err != nil || !report.Whole() {
		v.t.Errorf("the audit log: %+v, %v", report.Findings, err)
	}
	if n := v.number("SELECT count(*) FROM evidence e LEFT JOIN evidence_files f ON f.evidence_id = e.id WHERE e.removed_at IS NULL AND (e.file_name <> '') <> (f.evidence_id IS NOT NULL)"); n > 0 {
		v.t.Errorf("%d pieces of evidence and their files do not match", n)
	}
	if n := v.number("SELECT count(*) FROM evidence_files WHERE evidence_id NOT IN (SELECT id FROM evidence)"); n > 0 {
		v.t.Errorf("%d files belong to no evidence", n)
	}
	if db.IsPostgres(v.conn) {
		return
	}
	var said string
	if err := v.conn.Raw("PRAGMA quick_check").Scan(&said).Error; err != nil || said != "ok" {
		v.t.Errorf("the database file: %s, %v", said, err)
	}
}
