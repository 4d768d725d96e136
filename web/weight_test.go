package web

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// lightest is how many bytes a first visit may take on the wire, fonts included.
const lightest = 150_000

// asset finds what a page or its styles make a browser ask for.
var asset = regexp.MustCompile(`(?:href=|src=|url\()"([^"]+\.(?:css|js|svg|woff2))"`)

// The fonts are counted all, though a browser asks for those alone whose letters
// and styles stand on the page.
func TestFirstVisitIsLight(t *testing.T) {
	h := loaded(t)
	for _, path := range mainPages {
		asked := map[string]bool{}
		var weigh func(path string) int
		weigh = func(path string) int {
			if asked[path] {
				return 0
			}
			asked[path] = true
			bytes := get(h, path, "Accept-Encoding", "br, gzip").Body.Len()
			for _, found := range asset.FindAllStringSubmatch(get(h, path).Body.String(), -1) {
				if at := resolve(t, path, found[1]); strings.HasPrefix(at, "/static/") {
					bytes += weigh(at)
				}
			}
			return bytes
		}
		if bytes := weigh(path); bytes > lightest {
			t.Errorf("%s takes %d bytes", path, bytes)
		} else if bytes < 60_000 {
			t.Errorf("%s takes only %d bytes: its parts are not found", path, bytes)
		}
	}
}

// resolve returns where an address that stands on another one leads.
func resolve(t *testing.T, from, to string) string {
	t.Helper()
	base, err := url.Parse(from)
	target, failed := url.Parse(to)
	if err = cmp.Or(err, failed); err != nil {
		t.Fatal(err)
	}
	return base.ResolveReference(target).String()
}
