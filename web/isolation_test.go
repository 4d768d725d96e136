package web

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/notify"
)

// ASVS 1.2.1, 8.2.2, 8.4.1
func TestNobodyReadsAWordThatIsNotForHim(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, conn *db.DB) {
		g := planted(t, conn, breakout)
		g.must(notify.NewStore(conn).Digest(t.Context(), now().AddDate(0, 0, 1), "https://gcm.example"))
		asked := g.records()
		for _, s := range g.people {
			found := map[string]bool{}
			for _, path := range g.readable(asked, s) {
				w := g.get(s, path)
				if w.Code >= http.StatusInternalServerError {
					t.Errorf("%s: %s answers %d", s.name, path, w.Code)
				}
				g.overhears(s, path, unpacked(t, w.Body.Bytes()), found)
				if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
					staysText(t, path, w.Body.String())
				}
			}
			if s.of("mia") && len(found) < 20 || s.has(auth.Coordinator, auth.Auditor) && len(found) < 10 || s.has(auth.Editor) && len(found) < 3 {
				t.Errorf("%s finds %d words only", s.name, len(found))
			}
			g.findsNothingHidden(s)
		}
		for _, path := range g.aheadOf("/kk/", "/ru/", "/en/") { // what was kept while others looked
			g.overhears(g.people[0], path, g.get(g.people[0], path).Body.String(), map[string]bool{})
		}
		for _, s := range g.people {
			g.overhearsPost(s)
		}
	})
}

// breakout stands after every word: it would make an element or an attribute
// wherever it is printed as it is.
const breakout = ` "><zqx onzqx=1>' onzqx='1 </title></textarea></script><zqx> {{.}} javascript:zqx`

// staysText fails when the text has become part of the page.
func staysText(t testing.TB, path, body string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (n.Data == "zqx" || slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
			return strings.HasPrefix(a.Key, "onzqx") || a.Key == "href" && strings.HasPrefix(a.Val, "javascript:")
		})) {
			t.Errorf("%s: a text makes <%s>", path, n.Data)
		}
	}
}

// overhears fails for each word in a text that is not for the person.
func (g *garden) overhears(s seen, where, text string, found map[string]bool) {
	g.t.Helper()
	for _, m := range canaries.FindAllStringSubmatch(text, -1) {
		found[m[0]] = true
		if c := (canary{m[1], m[2], m[3]}); !c.reaches(s) {
			g.t.Errorf("%s reads %s: %s", s.name, c, where)
			return
		}
	}
}

// readable are the addresses that are asked for as a person: every route that is
// read, with every record, and what has no record searched by the words' head,
// under each name that a search may have; lists narrowed and in all languages as well.
func (g *garden) readable(asked records, s seen) []string {
	var list []string
	for _, r := range g.app.site.routes() {
		if r.method != http.MethodGet || !s.can(r.permission) || r.permission == auth.Public && s.by != nil && r.ahead == nil {
			continue // other public pages know nobody
		}
		for _, path := range asked.paths(g.t, r.path, s) {
			list = append(list, path)
			if !strings.ContainsAny(path, "?.") && !strings.ContainsAny(strings.Replace(r.path, ":lang", "", 1), ":*") {
				list = append(list, path+"?q=zq&text=zq&search=zq&query=zq")
			}
			if slices.Contains([]string{"/work/entries", "/work/queue", "/work/requests", "/work/audit", "/work/notices"}, path) {
				for _, query := range narrowed {
					list = append(list, path+"?"+query)
				}
			}
		}
	}
	if s.by == nil {
		return append(list, g.aheadOf("/kk/", "/ru/", "/en/")...)
	}
	return append(list, g.aheadOf("/kk/")...)
}

// aheadOf are the public pages of what is planted, on which everybody reads what
// was released, and some what was accepted.
func (g *garden) aheadOf(languages ...string) []string {
	list := []string{"/kk/", "/kk/objectives/5"}
	for _, p := range g.entries {
		for table, id := range map[string]*int64{"measures": p.entry.MeasureID, "indicators": p.entry.IndicatorID} {
			if id != nil {
				var code string
				g.must(g.conn.Table(table).Where("id = ?", id).Pluck("code", &code).Error)
				for _, lang := range languages {
					list = append(list, lang+table+"/"+code)
				}
			}
		}
	}
	return list
}

// narrowed are ways to narrow lists.
var narrowed = []string{"lang=ru", "lang=en", "state=draft", "state=submitted", "kind=measure", "round=2029", "mine=1", "text=zq", "agency=mia"}

// unpacked is a file with what is packed in it, lines put together that
// calendars fold.
func unpacked(t testing.TB, body []byte) string {
	t.Helper()
	text := strings.ReplaceAll(string(body), "\r\n ", "")
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return text
	}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		text += string(part)
	}
	return text
}

// findsNothingHidden looks for the head of each word: an entry that a search
// brings up tells that the word is in it.
func (g *garden) findsNothingHidden(s seen) {
	g.t.Helper()
	for _, p := range g.entries {
		c := canary{p.agency, p.state, told}
		if s.by == nil || c.reaches(s) {
			continue
		}
		for _, list := range []string{"/work/entries", "/work/queue"} {
			head := strings.TrimSuffix(c.String(), "q")
			if body := g.get(s, list+"?text="+head).Body.String(); strings.Contains(body, p.entry.Code) {
				g.t.Errorf("%s finds the %s entry by its words: %s", s.name, p.state, list)
			}
		}
	}
}

// overhearsPost reads what the person was told: notices and letters.
func (g *garden) overhearsPost(s seen) {
	g.t.Helper()
	if s.by == nil {
		return
	}
	var notices []notify.Notice
	var letters []notify.Mail
	g.must(g.conn.Where("user_id = ?", s.by.user.ID).Find(&notices).Error)
	g.must(g.conn.Where("recipient = ?", s.by.user.Email).Find(&letters).Error)
	for _, n := range notices {
		g.overhears(s, "notice "+n.Kind, strings.Join([]string{n.Subject.In("kk"), n.Agency.In("kk"), n.Path}, " "), map[string]bool{})
	}
	for _, l := range letters {
		g.overhears(s, "letter "+l.Key, l.Subject+l.Plain+l.HTML, map[string]bool{})
	}
}
