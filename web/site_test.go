package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"gcm/countries"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/reports"
	"gcm/reports/desk"
)

// now is the tests' clock; it lies years after the cut-off, which alone judges.
func now() time.Time { return time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC) }

// country is a database with Kazakhstan in it.
var country = dbtest.NewTemplate(loadKazakhstan)

// kazakhstan loads the embedded pack into a database that is no copy of country.
func kazakhstan(t testing.TB, conn *db.DB) {
	t.Helper()
	var agencies int64
	err := conn.Table("agencies").Count(&agencies).Error
	if err == nil && agencies == 0 {
		err = loadKazakhstan(conn)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func loadKazakhstan(conn *db.DB) error {
	files, ok := countries.Embedded("kazakhstan")
	if !ok {
		return errors.New("there is no embedded pack")
	}
	pack, err := countries.Read(files)
	if err != nil {
		return err
	}
	_, err = countries.Load(context.Background(), conn, pack)
	return err
}

// config is a site's; its reviews hold their own name.
func config(t testing.TB, conn *db.DB) Config { return configIn(t.TempDir(), conn) }

func configIn(dir string, conn *db.DB) Config {
	return Config{
		DB: conn, Log: slog.New(slog.DiscardHandler), Now: now, FilesDir: dir + "/files", SecondFactorOptional: true,
		BuildReview: func(_ context.Context, cycle, lang, profile string, w io.Writer) error {
			_, err := fmt.Fprintf(w, "%%PDF-1.7 %s %s %s", cycle, lang, profile)
			return err
		},
		Fingerprint: func(_ context.Context, cycle, lang, profile string) (string, error) {
			return cycle + lang + profile, nil
		},
		Draw: func(w io.Writer, doc reports.Document) error {
			_, err := fmt.Fprintf(w, "%%PDF-1.7 %s %s %s", doc.Lang, doc.Title, doc.Draft)
			return err
		},
		Press: pressed, Program: "test",
	}
}

// pressed are the files of an edition that hold what they are made of and, as the
// real ones, the marks of their edition.
func pressed(_ context.Context, e desk.Edition, hash string, s reports.Snapshot) ([]desk.EditionFile, error) {
	var files []desk.EditionFile
	for _, d := range s.Documents {
		name := reports.FileName(s.Cycle, d.Document.Lang, d.Profile, "")
		body := fmt.Sprintf(`%%PDF-1.7 %s %d %s %s <?xpacket begin?><a xmlns:g="urn:gcm:edition:1"><g:document>%s</g:document><g:edition>%d</g:edition><g:snapshot>%s</g:snapshot></a><?xpacket end?>`,
			name, e.Number, e.Address, d.Document.Title, strings.TrimSuffix(name, "."), e.Number, hash)
		files = append(files, desk.EditionFile{Name: name + "pdf", Language: d.Document.Lang, Profile: d.Profile, MediaType: "application/pdf", Body: []byte(body)})
	}
	return files, nil
}

// open returns the site of a configuration.
func open(t testing.TB, c Config) *App {
	t.Helper()
	app, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// shared is the site of Kazakhstan for tests that change nothing.
var shared *App

func TestMain(m *testing.M) {
	code := 1
	defer func() { os.Exit(code) }()
	dir, err := os.MkdirTemp("", "gcm-web-*")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	shared, err = newShared(dir)
	if err != nil {
		panic(err)
	}
	code = m.Run()
}

func newShared(dir string) (*App, error) {
	if err := country.File(dir + "/test.db"); err != nil {
		return nil, err
	}
	conn, err := db.Open(context.Background(), "sqlite:"+dir+"/test.db")
	if err != nil {
		return nil, err
	}
	return New(configIn(dir, conn))
}

// loaded returns the site of Kazakhstan for a test that changes nothing in it.
func loaded(testing.TB) http.Handler { return shared }

// get asks for a page; headers are name, value, name, value.
func get(h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// post sends a form.
func post(h http.Handler, path, form string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// parse reads a page.
func parse(t *testing.T, body string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// attr returns an attribute, empty when it is not there.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text returns the words inside a node.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
