package web

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"gcm/internal/auth"
	"gcm/internal/db"
)

var update = flag.Bool("update", false, "write the documents that the tests compare")

// narrower says where the permission alone does not do: who reaches the record
// that is asked for, which is the accepted progress of the interior ministry.
var narrower = []struct {
	method, path string
	may          func(s seen, p auth.Permission) bool
}{
	{"POST", "/work/entries/:code/return", func(s seen, _ auth.Permission) bool {
		return s.has(auth.Coordinator) || s.agency == "mia" && s.has(auth.Approver)
	}},
	{"POST", "/work/entries/:code/comments", func(s seen, _ auth.Permission) bool {
		return s.of("mia") || s.has(auth.Coordinator) || s.name == invitedGuest
	}}, // partners are invited first
	{"POST", "/work/entries/:code/history", func(seen, auth.Permission) bool { return true }}, // who names no act is told so before the entry is read
	{"POST", "/work/reviews/:cycle/sections/:section/comments", comments}, {"POST", "/work/reviews/:cycle/comments/:id", comments},
	{"", "/work/entries/:code", func(s seen, p auth.Permission) bool {
		if p == auth.Enter || p == auth.Approve {
			return s.agency == "mia"
		}
		return canary{"mia", "accepted", told}.reaches(s)
	}},
}

// comments says who comments on a review at work: who writes, judges or signs it.
func comments(s seen, _ auth.Permission) bool {
	return s.has(auth.Editor, auth.Coordinator, auth.Signatory)
}

// may says whether a person is to be let through to what a route is asked for.
func may(s seen, r route) bool {
	if !s.can(r.permission) {
		return false
	}
	for _, n := range narrower {
		if strings.HasPrefix(r.path, n.path) && (n.method == "" || n.method == r.method) {
			return n.may(s, r.permission)
		}
	}
	return true
}

// elsewhere are public addresses that are not there in this house: it has no
// identity provider.
var elsewhere = []string{"/sign-in/oidc", "/sign-in/oidc/callback"}

// ASVS 8.2.1, 3.5.3
func TestEveryRouteKnowsWhoMayAsk(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, conn *db.DB) {
		g := planted(t, conn, "")
		people, asked := g.people, g.records()
		table := g.app.site.routes()
		for _, s := range people { // some records are made when they are asked for first
			for _, r := range table {
				asked.paths(t, r.path, s)
			}
			g.get(s, "/work") // ends the session of who is out
		}
		g.unchanged("reading", func() {
			for _, s := range people {
				for _, r := range table {
					if r.method == http.MethodGet {
						path := asked.paths(t, r.path, s)[0]
						w := g.get(s, path)
						g.judges(s, r, path, w.Code, w.Header())
					}
				}
			}
		})
		g.unchanged("what another site sends", func() {
			for _, s := range people {
				if s.name == "contributor" || s.name == "administrator who coordinates" {
					g.refusesOthers(s, table, asked)
				}
			}
		})
		edition := g.editions()
		for _, s := range people {
			for _, r := range table {
				if r.method != http.MethodGet {
					g.again(&s)
					path := asked.paths(t, r.path, s)[0]
					w := g.post(s, path, "version=0&cycle=2029&round=2029")
					g.judges(s, r, path, w.Code, w.Header())
					g.overhears(s, "the answer to "+path, unpacked(t, w.Body.Bytes()), map[string]bool{})
				}
			}
		}
		if after := g.editions(); !maps.Equal(edition, after) {
			t.Errorf("a form changed the published review: %v, then %v", edition, after)
		}
	})
}

// refusesOthers sends every form as another site would. ASVS 3.5.1
func (g *garden) refusesOthers(s seen, table []route, asked records) {
	g.t.Helper()
	for _, r := range table {
		for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"}} {
			if r.method == http.MethodGet {
				continue
			}
			path := asked.paths(g.t, r.path, s)[0]
			if w := g.post(s, path, "", header...); w.Code != http.StatusForbidden {
				g.t.Errorf("%s with %v answers %d", path, header, w.Code)
			}
		}
	}
}

// judges compares an answer with what the person is to get, and looks at what
// every answer carries.
func (g *garden) judges(s seen, r route, path string, status int, h http.Header) {
	g.t.Helper()
	refused := status == http.StatusForbidden || status == http.StatusNotFound || status == http.StatusUnauthorized
	toSignIn := status == http.StatusSeeOther && strings.HasPrefix(h.Get("Location"), "/sign-in?next=")
	switch {
	case status >= http.StatusInternalServerError:
		g.t.Errorf("%s: %s %s answers %d", s.name, r.method, path, status)
	case may(s, r) && (refused && !slices.Contains(elsewhere, r.path) || toSignIn):
		g.t.Errorf("%s may, but %s %s answers %d", s.name, r.method, path, status)
	case !may(s, r) && s.out && r.method == http.MethodGet && !toSignIn:
		g.t.Errorf("%s is not led to sign in: %s answers %d", s.name, path, status)
	case !may(s, r) && !refused && !(s.out && toSignIn):
		g.t.Errorf("%s may not, but %s %s answers %d", s.name, r.method, path, status)
	}
	policy := h.Get("Content-Security-Policy")
	if h.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		g.t.Errorf("%s %s is not guarded: %v", r.method, path, h)
	}
	if personal(path) && h.Get("Cache-Control") != "no-store" {
		g.t.Errorf("%s %s may be kept: %q", r.method, path, h.Get("Cache-Control"))
	}
}

// ASVS 6.3.3
func TestWhoNeedsASecondFactorGetsNoFurtherWithoutOne(t *testing.T) {
	c := config(t, country.SQLite(t))
	c.SecondFactorOptional = false
	app := open(t, c)
	for _, role := range auth.Roles {
		as := person(t, app, "mia", role)
		for _, r := range app.site.routes() {
			if r.permission == auth.Public || slices.Contains(enrolment, r.path) || !role.Grants(r.permission) {
				continue
			}
			path := strings.NewReplacer(":", "", "*", "").Replace(r.path)
			if r.method == http.MethodGet {
				led := as.get(path).Header().Get("Location") == "/account/totp"
				if led != role.Guarded() {
					t.Errorf("%s is led to the second factor from %s: %v", role, path, led)
				}
			} else if role.Guarded() {
				if w := as.post(path, ""); w.Code != http.StatusForbidden {
					t.Errorf("%s gets %d from %s", role, w.Code, path)
				}
			}
		}
	}
}

const accessDocument = "../docs/security/access.md"

// ASVS 8.1.1: write it with go test ./web -run TestDocumentOfAccess -update
func TestDocumentOfAccessIsTheTableOfRoutes(t *testing.T) {
	want := documentOfAccess(shared.site.routes())
	if *update {
		if err := os.WriteFile(accessDocument, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(accessDocument); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s does not say what the routes do: run this test with -update (%v)", accessDocument, err)
	}
}

func documentOfAccess(table []route) []byte {
	var b bytes.Buffer
	b.WriteString("# Who may ask for what\n\n" +
		"Every address of the application with the permission that it asks for and the roles that bring it. A test writes this list from the routes and the table of permissions, " +
		"and another asks for every address as every sort of person; an address without a permission cannot be registered.\n\n" +
		"A permission opens a kind of record. Which records of the kind a person sees and changes is decided beyond it: entries, their evidence, threads and history by " +
		"`progress/reach.go` (drafts: the agency and auditors; what was submitted: coordinators too; what was accepted: editors, signatories and partners, these within their objectives; " +
		"what was released: everybody), steps by `progress/step.go`; notices, calendars, uploads and accounts are one's own.\n\n" +
		"| Method | Address | Permission | Roles |\n|---|---|---|---|\n")
	slices.SortStableFunc(table, func(a, b route) int { return strings.Compare(a.path, b.path) })
	for _, r := range table {
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s |\n", r.method, r.path, r.permission, holders(r.permission))
	}
	return b.Bytes()
}

// holders names the roles that bring a permission.
func holders(p auth.Permission) string {
	switch p {
	case auth.Public:
		return "everybody"
	case auth.SignedIn:
		return "everybody who is signed in"
	}
	var names []string
	for _, role := range auth.Roles {
		if role.Grants(p) {
			names = append(names, string(role))
		}
	}
	return strings.Join(names, ", ")
}
