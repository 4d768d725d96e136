package web

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gcm/internal/auth"
	"gcm/internal/db"
)

// strange are texts at which a query, a number or a path breaks that is put
// together carelessly.
var strange = []string{`'`, `"`, `' OR '1'='1' --`, `\`, "%", "\x00", "\xff", "../../etc/passwd", "9223372036854775807", "-1"}

// asksFor finds the parameters that the handlers read.
var asksFor = regexp.MustCompile(`(?:\.Query|\.pick)\((?:r, )?"([a-z_]+)"`)

// parameters are all that any handler reads from an address.
func parameters(t *testing.T) []string {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		source, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range asksFor.FindAllSubmatch(source, -1) {
			names = append(names, string(m[1]))
		}
	}
	slices.Sort(names)
	if names = slices.Compact(names); len(names) < 25 {
		t.Fatalf("only the parameters %q were found", names)
	}
	return names
}

// ASVS 1.2.4
func TestNoStrangeAddressBreaksAnything(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, conn *db.DB) {
		o := officeOf(t, conn)
		as := person(t, o.app, "mia", auth.Roles...)
		names := parameters(t)
		looksUp := []string{"round", "cycle", "agency", "code", "lang"} // answered first, by "there is none"
		for _, text := range strange {
			all, rest := url.Values{}, url.Values{}
			for _, name := range names {
				all.Set(name, text)
				if !slices.Contains(looksUp, name) {
					rest.Set(name, text)
				}
			}
			for _, r := range o.app.site.routes() {
				if r.method != http.MethodGet {
					continue
				}
				path := strings.NewReplacer(":lang", "kk").Replace(r.path)
				asked := []string{path + "?" + all.Encode(), path + "?" + rest.Encode()}
				if part := parameter.FindString(path); part != "" {
					asked = []string{parameter.ReplaceAllLiteralString(path, url.PathEscape(text))}
				}
				for _, address := range asked {
					if w := as.get(address); w.Code >= http.StatusInternalServerError {
						t.Errorf("%q: %s answers %d", text, r.path, w.Code)
					}
				}
			}
		}
	})
}

var parameter = regexp.MustCompile(`[:*][a-z]+`)

// ASVS 1.2.4
func TestNoStrangeFormBreaksAnything(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, conn *db.DB) {
		o := officeOf(t, conn)
		for _, text := range []string{"\x00'", "\xff", "9223372036854775807"} {
			form := url.Values{}
			for _, name := range []string{"email", "code", "name", "cycle", "record", "kind", "entry", "ask", "to", "reason", "back", "into", "note", "title.kk", "agency", "lead_agency", "measure", "due", "body", "version", "seq", "newest", "substitute", "language", "comment", "paragraph", "step", "body.kk", "version.kk", "earlier", "items.0.section", "lead", "like"} {
				form.Set(name, text)
			}
			as := person(t, o.app, "mia", auth.Roles...)
			for _, r := range o.app.site.routes() {
				if r.method == http.MethodGet || strings.HasPrefix(r.path, "/account") || r.path == "/sign-out" {
					continue
				}
				path := parameter.ReplaceAllLiteralString(strings.NewReplacer(":lang", "kk", "rounds/:code", "rounds/2029", "measures/:code", "measures/e-visa", "reviews/:cycle", "reviews/2022", ":section", "means", ":id", "1").Replace(r.path), "x")
				if w := as.post(path, form.Encode()); w.Code >= http.StatusInternalServerError {
					t.Errorf("%q: %s answers %d", text, r.path, w.Code)
				}
			}
		}
	})
}
