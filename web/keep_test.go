package web

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/register"
	"gcm/reports/desk"
)

// renamed gives a measure another title, as the program itself.
func renamed(t *testing.T, app *App, title string) {
	t.Helper()
	measures := app.site.objectives.MeasureRegister()
	now, err := measures.Record(t.Context(), "e-visa")
	if err != nil {
		t.Fatal(err)
	}
	seen, err := register.RevisionOf(now.Content)
	if err != nil {
		t.Fatal(err)
	}
	now.Content.Title = i18n.Text{"kk": title, "ru": title, "en": title}
	if err := measures.Change(t.Context(), auth.System("test"), "e-visa", seen, now.Content); err != nil {
		t.Fatal(err)
	}
}

func TestEditIsShownOnTheNextRequestOfEveryReplica(t *testing.T) {
	country.Each(t, func(t *testing.T, conn *db.DB) {
		conn.NowFunc = now
		replicas := []*App{open(t, config(t, conn)), open(t, config(t, conn))}
		const edits, readers = 12, 50
		shown := regexp.MustCompile(`Edition ([0-9]+)`)
		renamed(t, replicas[0], "Edition 0")
		var committed atomic.Int64
		var done atomic.Bool
		var all sync.WaitGroup
		paths := []string{"/en/measures/e-visa", "/en/measures", "/ru/measures/e-visa"}
		for i := range readers {
			all.Go(func() {
				for n := i; !done.Load(); n++ {
					before := committed.Load()
					w := get(replicas[n%2], paths[n%3], "Accept-Encoding", "gzip")
					found := shown.FindStringSubmatch(decoded(t, w.Body, w.Header().Get("Content-Encoding")))
					if found == nil {
						t.Errorf("%s answers %d", paths[n%3], w.Code)
						return
					}
					if got, _ := strconv.ParseInt(found[1], 10, 64); got < before {
						t.Errorf("%s shows edition %d after %d was committed", paths[n%3], got, before)
						return
					}
				}
			})
		}
		for n := range int64(edits) {
			renamed(t, replicas[n%2], fmt.Sprint("Edition ", n+1))
			committed.Store(n + 1)
		}
		done.Store(true)
		all.Wait()
	})
}

// decoded reads a body in an encoding.
func decoded(t *testing.T, body io.Reader, encoding string) string {
	t.Helper()
	var err error
	switch encoding {
	case "gzip":
		body, err = gzip.NewReader(body)
	case "br":
		body = brotli.NewReader(body)
	}
	var text []byte
	if err == nil {
		text, err = io.ReadAll(body)
	}
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

// counted is a site of one kept page that says how often it was made.
func counted(t *testing.T, handle func(r *request, made int64) error) (*App, http.Handler) {
	t.Helper()
	conn := country.SQLite(t)
	conn.NowFunc = now
	app := open(t, config(t, conn))
	var made atomic.Int64
	h := func(r *request) error { return handle(r, made.Add(1)) }
	router, err := app.site.router([]route{
		reads("/:lang/counted", auth.Public, h).keptBy("a", "b"),
		reads("/counted", auth.Public, h).keptBy(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return app, app.site.guard(router)
}

func sayHowOften(r *request, made int64) error {
	r.String(http.StatusOK, "made %d?%s", made, r.Request.URL.RawQuery)
	return nil
}

func TestManyWhoAskAtOnceGetOneAnswer(t *testing.T) {
	app, h := counted(t, sayHowOften)
	for round := range 2 {
		want := fmt.Sprintf("made %d?", round+1)
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				if got := get(h, "/en/counted").Body.String(); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			})
		}
		all.Wait()
		renamed(t, app, "Another")
	}
}

func TestAnswerIsKeptByWhatItDependsOn(t *testing.T) {
	day := now()
	app, h := counted(t, sayHowOften)
	app.site.Now = func() time.Time { return day }
	app.site.Zone = time.FixedZone("", 5*3600)
	for _, c := range []struct {
		path, want string
		headers    []string
	}{
		{"/en/counted", "made 1?", nil},
		{"/en/counted?a=&b=", "made 1?", nil},
		{"/en/counted?b=2&x=&a=1", "made 2?a=1&b=2", nil},
		{"/en/counted?a=1&b=2", "made 2?a=1&b=2", nil},
		{"/ru/counted", "made 3?", nil},
		{"/en/counted", "made 4?", []string{"Cookie", "theme=dark"}},
		{"/en/counted", "made 1?", []string{"Cookie", "theme=purple; other=1"}},
		{"/counted", "made 5?", []string{"Accept-Language", "ru"}},
		{"/counted", "made 5?", []string{"Accept-Language", "ru-RU;q=0.9,de"}},
		{"/counted", "made 6?", []string{"Accept-Language", "en"}},
	} {
		if got := get(h, c.path, c.headers...).Body.String(); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.path, c.headers, got, c.want)
		}
	}
	for n := range 2 { // what no route names is not kept
		if got, want := get(h, "/en/counted?x=1").Body.String(), fmt.Sprintf("made %d?x=1", 7+n); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	day = time.Date(2030, 1, 2, 18, 59, 0, 0, time.UTC)
	if got := get(h, "/en/counted").Body.String(); got != "made 1?" {
		t.Errorf("in the last minute of the day: %s", got)
	}
	day = day.Add(time.Minute)
	if got := get(h, "/en/counted").Body.String(); got != "made 9?" {
		t.Errorf("on the next day: %s", got)
	}
}

func TestWhatIsNoWholeAnswerIsNotKept(t *testing.T) {
	for name, handle := range map[string]func(r *request) error{
		"a failure":      func(*request) error { return errors.New("broken") },
		"a panic":        func(*request) error { panic("broken") },
		"what is not":    func(*request) error { return notFound("nothing") },
		"another status": func(r *request) error { r.String(http.StatusUnprocessableEntity, "no"); return nil },
		"a redirect":     func(r *request) error { r.Redirect(http.StatusFound, "/en/"); return nil },
		"a cookie": func(r *request) error {
			r.SetCookie("a", "b", 0, "/", "", true, true)
			r.String(http.StatusOK, "x")
			return nil
		},
		"no-store": func(r *request) error {
			r.Header("Cache-Control", "no-store")
			r.String(http.StatusOK, "x")
			return nil
		},
	} {
		_, h := counted(t, func(r *request, made int64) error {
			if made == 1 {
				return handle(r)
			}
			return sayHowOften(r, made)
		})
		if w := get(h, "/en/counted"); strings.Contains(w.Body.String(), "made") || w.Header().Get("ETag") != "" {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		if got := get(h, "/en/counted").Body.String(); got != "made 2?" {
			t.Errorf("after %s: %s", name, got)
		}
	}
}

func TestAnswerThatWasMadeWhileTheDataChangedIsMadeAnew(t *testing.T) {
	var app *App
	var h http.Handler
	app, h = counted(t, func(r *request, made int64) error {
		if made == 1 {
			renamed(t, app, "Meanwhile")
		}
		return sayHowOften(r, made)
	})
	for range 2 {
		if got := get(h, "/en/counted").Body.String(); got != "made 2?" {
			t.Error(got)
		}
	}
}

func TestAnswerIsTheSameInEveryEncoding(t *testing.T) {
	h := loaded(t)
	for _, path := range []string{"/kk/measures", "/kk/search?q=%D0%B2%D0%B8%D0%B7%D0%B0", "/indicators/kandas-arrivals.json", "/indicators/kandas-arrivals.svg", "/static/css/gcm.css", "/sitemap.xml", apiPath + "/openapi.json"} {
		tags := map[string]string{}
		var bodies []string
		for _, c := range []struct{ asked, want string }{
			{"", ""}, {"gzip, deflate, br, zstd", "br"}, {"gzip;q=1.0, BR;q=0.5", "br"}, {"br;q=0, gzip", "gzip"}, {"br;q=0,gzip;q=0.0", ""}, {"identity, *;q=0", ""}, {"gzipped", ""},
		} {
			w := get(h, path, "Accept-Encoding", c.asked)
			encoding := w.Header().Get("Content-Encoding")
			if encoding != c.want || w.Header().Get("Content-Length") != strconv.Itoa(w.Body.Len()) || !strings.HasSuffix(w.Header().Get("Vary"), "Accept-Encoding") {
				t.Errorf("%s in %q: %v, %d bytes", path, c.asked, w.Header(), w.Body.Len())
			}
			tag := w.Header().Get("ETag")
			if known := tags[encoding]; known != "" && known != tag {
				t.Errorf("%s in %q has two tags", path, encoding)
			}
			tags[encoding] = tag
			bodies = append(bodies, decoded(t, w.Body, encoding))
			if w := get(h, path, "Accept-Encoding", c.asked, "If-None-Match", `"x", W/`+tag); w.Code != http.StatusNotModified || w.Body.Len() > 0 || w.Header().Get("ETag") != tag || w.Header().Get("Vary") == "" {
				t.Errorf("%s in %q again: %d", path, c.asked, w.Code)
			}
		}
		if slices.Sort(bodies); len(slices.Compact(bodies)) != 1 || len(bodies[0]) < 300 {
			t.Errorf("%s is another one in another encoding", path)
		}
		if len(tags) != 3 || tags["br"] == tags["gzip"] || tags["br"] == tags[""] {
			t.Errorf("%s has the tags %v", path, tags)
		}
	}
}

func TestPagesForOnePersonAreNotPacked(t *testing.T) {
	o, _, _, _ := withAhead(t, country.SQLite(t))
	for _, path := range append([]string{"/work", "/account"}, aheadPages...) {
		w := get(o.app, path, "Accept-Encoding", "br, gzip", "Cookie", o.partner.cookie)
		if w.Code != http.StatusOK || w.Header().Get("Content-Encoding") != "" || !strings.Contains(w.Body.String(), "<!doctype html>") {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
}

func TestHeadHasTheHeadersOfTheAnswerAndNoBody(t *testing.T) {
	server := NewServer("", loaded(t))
	for _, path := range []string{"/en/measures", "/en/search?q=visa", "/indicators/kandas-arrivals.csv"} {
		whole := get(server.Handler, path, "Accept-Encoding", "br")
		r := httptest.NewRequest(http.MethodHead, path, nil)
		r.Header.Set("Accept-Encoding", "br")
		w := httptest.NewRecorder()
		server.Handler.ServeHTTP(w, r)
		for _, name := range []string{"ETag", "Content-Length", "Content-Type", "Content-Encoding", "Vary", "Cache-Control", "Content-Security-Policy"} {
			if w.Header().Get(name) != whole.Header().Get(name) {
				t.Errorf("%s: %s is %q, want %q", path, name, w.Header().Get(name), whole.Header().Get(name))
			}
		}
		if w.Body.Len() != 0 {
			t.Errorf("%s: a body of %d bytes", path, w.Body.Len())
		}
	}
}

func TestKeptAnswersTakeBoundedMemory(t *testing.T) {
	body := bytes.Repeat([]byte{1, 2, 3, 4}, 1<<10)
	one, err := newAnswer(http.Header{"Content-Type": {"image/png"}}, body)
	if err != nil {
		t.Fatal(err)
	}
	k := newKeeper(10 * (one.size() + 3))
	for n := range 100 {
		k.put(fmt.Sprintf("%03d", n), one)
		if k.find("000") == nil {
			t.Fatal("the one that is in use is gone")
		}
	}
	if len(k.known) != 10 || k.byUse.Len() != 10 || k.bytes > k.limit {
		t.Errorf("%d answers in %d bytes of %d", len(k.known), k.bytes, k.limit)
	}
	if k.find("098") == nil || k.find("050") != nil {
		t.Error("not the oldest are gone")
	}
}

func TestUnseenActsHaveNames(t *testing.T) {
	p, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range unseen {
		if !p.Has("audit.noun."+act.Noun) || act.Action != "" && !p.Has("audit.action."+act.Action) {
			t.Errorf("no act is called %s %s", act.Noun, act.Action)
		}
	}
}

func TestStepOfAReviewThatThePublicDoesNotSeeKeepsItsPages(t *testing.T) {
	conn := country.SQLite(t)
	o := officeOf(t, conn)
	editor, signatory := person(t, o.app, "", auth.Editor), person(t, o.app, "mia", auth.Signatory)
	version := func() string {
		v, err := o.app.site.version(t.Context())
		o.must(err)
		return v
	}
	before := version()
	o.must(o.app.site.desk.SetChain(t.Context(), o.as(editor), "2022", []desk.Link{{Agency: "mia", Step: 1}, {Agency: "mlspp", Step: 1}}))
	if version() != before {
		t.Error("the chain of bodies made all pages anew")
	}
	hash, err := o.app.site.desk.LayBefore(t.Context(), o.as(editor), "2022")
	o.must(err)
	laid := version()
	o.must(o.app.site.desk.Sign(t.Context(), o.as(signatory), "2022", hash, desk.Signed, ""))
	if laid == before || version() != laid {
		t.Error("the review was laid before the bodies and nothing changed, or a signature changed the pages")
	}
}

// questioned is a site whose answers to programs say how often they were made.
func questioned(t *testing.T, limit int) (*App, http.Handler) {
	t.Helper()
	conn := country.SQLite(t)
	conn.NowFunc = now
	c := config(t, conn)
	c.APIRate = limit
	app := open(t, c)
	var made atomic.Int64
	router, err := app.site.router([]route{
		reads(apiPath+"/counted", auth.Public, func(r *request) error { return sayHowOften(r, made.Add(1)) }).keptBy("a"),
		reads(sdmxPath+"/counted", auth.Public, func(r *request) error { return sayHowOften(r, made.Add(1)) }).keptBy().negotiating(sdmxForm(sdmxDataMedia)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return app, app.site.guard(router)
}

func TestAnswerToAProgramIsKeptByItsQuestion(t *testing.T) {
	app, h := questioned(t, 0)
	for _, c := range []struct {
		path, want string
		headers    []string
	}{
		{apiPath + "/counted", "made 1?", nil},
		{apiPath + "/counted?a=", "made 1?", nil},
		{apiPath + "/counted?a=1", "made 2?a=1", nil},
		{apiPath + "/counted?x=", "made 3?x=", nil}, // which an operation refuses
		{sdmxPath + "/counted", "made 4?", nil},
		{sdmxPath + "/counted", "made 4?", []string{"Accept", "text/xml;q=0.5, application/xml"}},
		{sdmxPath + "/counted", "made 5?", []string{"Accept", sdmxJSON}},
		{sdmxPath + "/counted", "made 5?", []string{"Accept", "application/json"}},
		{apiPath + "/counted", "made 1?", nil},
	} {
		if got := get(h, c.path, c.headers...).Body.String(); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.path, c.headers, got, c.want)
		}
	}
	tag := get(h, apiPath+"/counted").Header().Get("ETag")
	if w := get(h, apiPath+"/counted", "If-None-Match", tag); tag == "" || w.Code != http.StatusNotModified {
		t.Errorf("the same answer, %s, answers %d", tag, w.Code)
	}
	renamed(t, app, "Another")
	if got := get(h, apiPath+"/counted", "If-None-Match", tag).Body.String(); got != "made 6?" {
		t.Errorf("after an edit: %q", got)
	}
	if w := get(h, apiPath+"/counted", "Authorization", "Bearer none"); w.Code != http.StatusUnauthorized {
		t.Errorf("with a token that opens nothing the kept answer is given: %d", w.Code)
	}
}

func TestQuestionWhoseAnswerIsKeptIsCountedToo(t *testing.T) {
	_, h := questioned(t, 3)
	for n := range 4 {
		if w := get(h, apiPath+"/counted"); (w.Code == http.StatusTooManyRequests) != (n == 3) {
			t.Errorf("question %d answers %d", n+1, w.Code)
		}
	}
}

func TestEditShowsInTheNextAnswerToAProgramAndInTheFiles(t *testing.T) {
	conn := country.SQLite(t)
	conn.NowFunc = now
	app := open(t, config(t, conn))
	paths := []string{apiPath + "/measures/e-visa", apiPath + "/measures?limit=500", apiPath + "/measures?limit=500&fields=code,title&lang=en"}
	before := map[string]string{}
	for _, path := range paths {
		w := get(app, path, "Accept-Encoding", "gzip")
		before[path] = w.Header().Get("ETag")
		if again := get(app, path, "Accept-Encoding", "gzip"); w.Code != http.StatusOK || before[path] == "" || !strings.HasSuffix(before[path], `-gzip"`) || again.Header().Get("ETag") != before[path] {
			t.Errorf("%s is not kept: %d %v", path, w.Code, w.Header())
		}
	}
	renamed(t, app, "Renamed now")
	for _, path := range paths {
		if w := get(app, path, "If-None-Match", before[path]); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Renamed now") {
			t.Errorf("%s answers %d after an edit", path, w.Code)
		}
	}
	for _, path := range []string{"/data/current/data.csv", "/en/data/gaps.xlsx", sdmxPath + "/data/DF_GCM", sdmxPath + "/dataflow"} {
		if w := get(app, path); w.Code != http.StatusOK || w.Header().Get("ETag") == "" || w.Header().Get("Accept-Ranges") != "" {
			t.Errorf("%s is not kept: %d %v", path, w.Code, w.Header())
		}
	}
}

func TestAnswerThatIsTooLargeToBeKeptIsSentAsItIsMade(t *testing.T) {
	whole := bytes.Repeat([]byte("0123456789abcdef"), largestKept/16+1)
	_, h := counted(t, func(r *request, _ int64) error {
		r.Header("Content-Type", "text/csv")
		http.ServeContent(r.Writer, r.Request, "", time.Time{}, bytes.NewReader(whole))
		return nil
	})
	for range 2 {
		if w := get(h, "/en/counted", "Accept-Encoding", "br"); !bytes.Equal(w.Body.Bytes(), whole) || w.Header().Get("Content-Encoding") != "" || w.Header().Get("Content-Length") != strconv.Itoa(len(whole)) {
			t.Errorf("%d of %d bytes: %v", w.Body.Len(), len(whole), w.Header())
		}
	}
	if w := get(h, "/en/counted", "Range", "bytes=16-31"); w.Code != http.StatusPartialContent || w.Body.String() != "0123456789abcdef" {
		t.Errorf("a part answers %d, %d bytes", w.Code, w.Body.Len())
	}
	_, h = counted(t, func(r *request, _ int64) error { r.Data(http.StatusOK, "text/csv", whole); return nil })
	if w := ask(h, http.MethodHead, "/en/counted"); w.Code != http.StatusOK || w.Body.Len() != 0 {
		t.Errorf("HEAD answers %d with %d bytes", w.Code, w.Body.Len())
	}
}
