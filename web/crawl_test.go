package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	t.Parallel()
	h := loaded(t)
	anchors := map[string]map[string]bool{} // page → ids
	var fragments [][2]string               // page, link with #
	seen := map[string]bool{"/": true}      // it redirects: TestReaderIsSentToTheBestLanguage
	titles := map[string]string{}
	queue := []string{"/kk/", "/ru/", "/en/"}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		file := strings.Contains(path, ".") // made in each language by the same code
		drawn := file && strings.Contains(path, "/reviews/")
		if file && (strings.HasPrefix(path, "/ru/") || strings.HasPrefix(path, "/en/")) || drawn && (!strings.HasPrefix(path, "/kk/") || strings.Contains(path, "-compact.")) {
			continue // the same from another page, or its short form
		}
		w := get(h, path)
		if w.Code == http.StatusSeeOther && (personal(path) || strings.HasSuffix(path, "/api/try")) {
			continue // by way of signing in, or to the answer of a question
		}
		if w.Code != http.StatusOK {
			t.Errorf("%s answers %d", path, w.Code)
			continue
		}
		if drawn || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		root := parse(t, w.Body.String())
		anchors[path] = checkPage(t, path, root)
		if title := pageTitle(root); !strings.Contains(path, "?") {
			if other, twice := titles[title]; twice {
				t.Errorf("%s and %s share the title %q", path, other, title)
			}
			titles[title] = path
		}
		for _, link := range links(root) {
			switch page, fragment, has := strings.Cut(link, "#"); {
			case strings.HasPrefix(link, globalMetadata):
			case strings.Contains(link, "//"):
				t.Errorf("%s leads to another host: %s", path, link)
			case page == "" && has:
				fragments = append(fragments, [2]string{path, fragment})
			case !strings.HasPrefix(page, "/"):
				t.Errorf("%s has a relative link %q", path, link)
			default:
				queue = append(queue, page)
			}
		}
	}
	for _, f := range fragments {
		if !anchors[f[0]][f[1]] {
			t.Errorf("%s has no place #%s", f[0], f[1])
		}
	}
	if len(seen) < 600 {
		t.Errorf("only %d addresses were found", len(seen))
	}
}

func links(root *html.Node) []string {
	var list []string
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if (a.Key == "href" || a.Key == "src" || a.Key == "action" && attr(n, "method") != "post") && a.Val != "" {
				list = append(list, a.Val)
			}
		}
	}
	return list
}

func pageTitle(root *html.Node) string {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "title" && n.Parent.Data == "head" {
			return text(n)
		}
	}
	return ""
}

// checkPage holds a page against what every page must be, and returns its ids.
func checkPage(t *testing.T, path string, root *html.Node) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	counts := map[string]int{}
	level := 0
	for n := range root.Descendants() {
		if n.Type == html.TextNode && (strings.Contains(n.Data, "%!") || strings.Contains(n.Data, "<no value>") || strings.Contains(n.Data, "ZgotmplZ")) {
			t.Errorf("%s prints %q", path, n.Data)
		}
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "title" && n.Parent.Data != "option" && foreign(n.Data, langOf(n)) {
			t.Errorf("%s is marked as %s on %s", strings.TrimSpace(n.Data), langOf(n), path)
		}
		if n.Type != html.ElementNode {
			continue
		}
		for _, name := range []string{"alt", "aria-label", "title"} {
			if foreign(attr(n, name), langOf(n)) {
				t.Errorf("%s=%q is marked as %s on %s", name, attr(n, name), langOf(n), path)
			}
		}
		counts[n.Data]++
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("%s has #%s twice", path, id)
			}
			ids[id] = true
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: <%s %s> is against the policy", path, n.Data, a.Key)
			}
		}
		switch n.Data {
		case "h1", "h2", "h3", "h4":
			l := int(n.Data[1] - '0')
			if l > level+1 {
				t.Errorf("%s jumps from h%d to %s %q", path, level, n.Data, text(n))
			}
			level = l
		case "th":
			if attr(n, "scope") == "" {
				t.Errorf("%s has a head cell without scope: %q", path, text(n))
			}
		case "style":
			t.Errorf("%s has a style of its own", path)
		case "script":
			if attr(n, "src") == "" && attr(n, "type") != "application/ld+json" {
				t.Errorf("%s has a script of its own", path)
			}
		case "html":
			if lang := attr(n, "lang"); !strings.HasPrefix(path, "/"+lang+"/") && !strings.HasSuffix(path, "?lang="+lang) && (strings.Contains(path, "?lang=") || !personal(path)) {
				t.Errorf("%s is marked as %q", path, lang)
			}
		}
	}
	for element, want := range map[string]int{"h1": 1, "main": 1, "title": 1} {
		if got := counts[element]; got != want && !(element == "title" && counts["svg"] > 0) {
			t.Errorf("%s has %d <%s>", path, got, element)
		}
	}
	if counts["table"] != counts["caption"] {
		t.Errorf("%s has %d tables and %d captions", path, counts["table"], counts["caption"])
	}
	return ids
}

// langOf is the language in which what stands at a place is read aloud.
func langOf(n *html.Node) string {
	for ; n != nil; n = n.Parent {
		if lang := attr(n, "lang"); lang != "" {
			return lang
		}
	}
	return ""
}

// quotation is what an English text quotes or abbreviates in letters that are not Kazakh
// alone, and a person's name.
var quotation = regexp.MustCompile(`“[^”]*”|\p{Lu}{3}|` + anybody)

// foreign reports whether a text has letters that its language does not have.
func foreign(text, lang string) bool {
	return strings.ContainsFunc(quotation.ReplaceAllString(text, ""), func(r rune) bool {
		return lang == "en" && unicode.Is(unicode.Cyrillic, r) || lang == "ru" && strings.ContainsRune("әғқңөұүһіӘҒҚҢӨҰҮҺІ", r)
	})
}

func TestNoWordOfTheInterfaceIsMissing(t *testing.T) {
	h := loaded(t)
	for _, lang := range []string{"kk", "ru", "en"} {
		for _, path := range []string{"/", "/objectives", "/objectives/10", "/objectives/8", "/objectives/5/actions/d", "/?by=principle", "/?by=agency", "/timeline", "/matrix", "/principles", "/principles/f", "/laws", "/laws/labour-code", "/glossary", "/measures", "/measures/e-visa", "/indicators", "/indicators/remittance-inflow", "/indicators/investor-visa-validity", "/agencies", "/agencies/mia", "/reviews", "/reviews/2022", "/reviews/2022/builds/kk-full", "/data", "/about", "/nowhere"} {
			for n := range parse(t, get(h, "/"+lang+path).Body.String()).Descendants() {
				if n.Type == html.TextNode && n.Parent.Data != "code" && looksLikeKey(n.Data) {
					t.Errorf("/%s%s prints the key %q", lang, path, n.Data)
				}
			}
		}
	}
}

// looksLikeKey reports whether a text is a key of the catalogue: "measure.status".
func looksLikeKey(s string) bool {
	s = strings.TrimSpace(s)
	head, rest, ok := strings.Cut(s, ".")
	return ok && head != "" && rest != "" && !strings.ContainsAny(s, " 0123456789/") && strings.ToLower(s) == s &&
		fmt.Sprintf("%+q", s) == `"`+s+`"` && !strings.HasSuffix(s, ".")
}
