package web

import (
	"encoding/json"
	"encoding/xml"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"gcm/internal/i18n"
	"gcm/progress"
)

// parsedFeed is a feed as a stranger reads it.
type parsedFeed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	parsedEntry
	Entries []parsedEntry `xml:"http://www.w3.org/2005/Atom entry"`
}

type parsedEntry struct {
	ID      string    `xml:"http://www.w3.org/2005/Atom id"`
	Title   string    `xml:"http://www.w3.org/2005/Atom title"`
	Updated time.Time `xml:"http://www.w3.org/2005/Atom updated"`
	Author  string    `xml:"http://www.w3.org/2005/Atom author>name"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"http://www.w3.org/2005/Atom link"`
}

// readFeed reads a feed and holds it against what RFC 4287 asks for.
func readFeed(t *testing.T, h http.Handler, lang string) parsedFeed {
	t.Helper()
	w := get(h, "/"+lang+"/feed.atom")
	var f parsedFeed
	if err := xml.Unmarshal(w.Body.Bytes(), &f); err != nil || w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		t.Fatalf("%d %v %v", w.Code, w.Header(), err)
	}
	ids := map[string]bool{}
	for i, e := range append([]parsedEntry{f.parsedEntry}, f.Entries...) {
		if !strings.HasPrefix(e.ID, "urn:gcm:KAZ:"+lang+":") || ids[e.ID] || e.Title == "" || e.Updated.IsZero() || i == 0 && e.Author == "" {
			t.Errorf("entry %+v", e)
		}
		ids[e.ID] = true
		for _, l := range e.Links {
			if !strings.HasPrefix(l.Href, "https://gcm.example/"+lang+"/") {
				t.Errorf("%s leads to %s", e.ID, l.Href)
			} else if w := get(h, strings.TrimPrefix(l.Href, "https://gcm.example")); w.Code != http.StatusOK {
				t.Errorf("%s answers %d", l.Href, w.Code)
			}
		}
	}
	if !slices.ContainsFunc(f.Links, func(l struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}) bool {
		return l.Rel == "self"
	}) {
		t.Error("the feed does not say where it is")
	}
	return f
}

func TestFeedTellsWhatBecamePublicAndNothingElse(t *testing.T) {
	t.Parallel()
	conn := country.SQLite(t)
	o := officeOf(t, conn)
	app := openAt(t, o)
	empty := readFeed(t, app, "en")
	if len(empty.Entries) != 0 || !empty.Updated.Equal(endorsed) {
		t.Errorf("before anything is public: %+v", empty)
	}
	waits := o.accepted("refugees-registered", figures(412, 507))
	if f := readFeed(t, app, "en"); len(f.Entries) != 0 {
		t.Errorf("an entry that waits is told of: %+v", f.Entries)
	}
	told := o.takes(waits, o.coordinator, (*progress.Store).Release)
	release(t, conn, o.as(o.coordinator))
	o.published()
	for _, lang := range i18n.Languages {
		f := readFeed(t, app, lang)
		var ids []string
		for _, e := range f.Entries {
			ids = append(ids, strings.TrimPrefix(e.ID, "urn:gcm:KAZ:"+lang+":"))
		}
		slices.Sort(ids)
		if want := []string{"data:2027-1", "edition:2022:1", "entry:" + told.Code}; !slices.Equal(ids, want) {
			t.Errorf("%s: %v, want %v", lang, ids, want)
		}
		if !f.Updated.Equal(f.Entries[0].Updated) || f.Updated.After(o.app.site.Now().AddDate(1, 0, 0)) {
			t.Errorf("%s: updated %s", lang, f.Updated)
		}
	}
	one, later := get(app, "/kk/feed.atom").Body.String(), app.site.Now
	app.site.Now = func() time.Time { return later().AddDate(0, 0, 3) }
	if again := get(app, "/kk/feed.atom").Body.String(); again != one {
		t.Error("the feed changes with the clock")
	}
}

// openAt is another replica of an office, at a known address.
func openAt(t *testing.T, o *office) *App {
	c := config(t, o.conn)
	c.BaseURL = "https://gcm.example"
	return open(t, c)
}

// readMap reads a map or an index of maps and returns its addresses.
func readMap(t *testing.T, h http.Handler, path string) (list, languages []string) {
	t.Helper()
	w := get(h, path)
	var m struct {
		XMLName xml.Name
		URLs    []struct {
			Loc   string `xml:"loc"`
			Links []struct {
				Language string `xml:"hreflang,attr"`
				Href     string `xml:"href,attr"`
			} `xml:"http://www.w3.org/1999/xhtml link"`
		} `xml:"url"`
		Parts []string `xml:"sitemap>loc"`
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &m); err != nil || w.Code != http.StatusOK || m.XMLName.Space != "http://www.sitemaps.org/schemas/sitemap/0.9" {
		t.Fatalf("%s: %d %v %v", path, w.Code, m.XMLName, err)
	}
	for _, u := range m.URLs {
		list = append(list, u.Loc)
		for _, l := range u.Links {
			languages = append(languages, l.Language+" "+l.Href)
		}
	}
	return append(list, m.Parts...), languages
}

func TestMapLeadsToEveryPublicPageInEveryLanguage(t *testing.T) {
	h := loaded(t)
	list, languages := readMap(t, h, "/sitemap.xml")
	if len(list) < 600 || len(languages) != 3*len(list) || !slices.Contains(languages, "ru http://example.com/ru/objectives/5") {
		t.Fatalf("%d addresses, %d in other languages", len(list), len(languages))
	}
	seen := map[string]bool{}
	for i, address := range list {
		path, ok := strings.CutPrefix(address, "http://example.com")
		if !ok || seen[path] || strings.Contains(path, "?") {
			t.Errorf("address %q", address)
		}
		seen[path] = true
		if i%17 == 0 { // the crawl asks for all of them
			if w := get(h, path); w.Code != http.StatusOK {
				t.Errorf("%s answers %d", path, w.Code)
			}
		}
	}
	for _, want := range []string{"/kk/", "/en/measures/e-visa", "/ru/indicators/refugees-registered", "/kk/objectives/23", "/en/objectives/5/actions/d", "/kk/principles/f", "/ru/agencies/mia", "/en/reviews/2022", "/kk/data"} {
		if !seen[want] {
			t.Errorf("%s is not on the map", want)
		}
	}
}

func TestMapThatIsTooLongComesInParts(t *testing.T) {
	app := open(t, config(t, country.SQLite(t)))
	whole, _ := readMap(t, app, "/sitemap.xml")
	app.site.mapLimit = 300
	app.site.keeper = newKeeper(keptBytes)
	parts, _ := readMap(t, app, "/sitemap.xml")
	var all []string
	for _, part := range parts {
		list, _ := readMap(t, app, strings.TrimPrefix(part, "http://example.com"))
		if len(list) == 0 || len(list) > 300 {
			t.Errorf("%s has %d addresses", part, len(list))
		}
		all = append(all, list...)
	}
	if len(parts) < 2 || !slices.Equal(all, whole) {
		t.Errorf("%d parts with %d addresses of %d", len(parts), len(all), len(whole))
	}
	for _, part := range []string{"0.xml", "99.xml", "1", "01.xml", "x.xml"} {
		if w := get(app, "/sitemaps/"+part); w.Code != http.StatusNotFound {
			t.Errorf("part %s answers %d", part, w.Code)
		}
	}
}

func TestRobotsMayListWhatStandsForItself(t *testing.T) {
	h := loaded(t)
	for path, hidden := range map[string]bool{"/kk/search": false, "/kk/search?q=виза": true} {
		if got := get(h, path).Header().Get("X-Robots-Tag") != ""; got != hidden {
			t.Errorf("that %s is hidden is %v", path, got)
		}
	}
	if body := get(h, embeddedRefugees+"?lang=kk").Body.String(); strings.Contains(body, "noindex") || !strings.Contains(body, `<link rel="canonical" href="/kk/indicators/refugees-registered">`) {
		t.Error("what is embedded does not name the page that it is a part of")
	}
}

func TestRobotsKeepOutOfWhatIsPersonal(t *testing.T) {
	said := get(loaded(t), "/robots.txt").Body.String()
	for _, path := range private {
		if !strings.Contains(said, "Disallow: /"+path+"\n") {
			t.Errorf("robots are not told to leave /%s alone", path)
		}
	}
	if !strings.Contains(said, "\nSitemap: http://example.com/sitemap.xml\n") || strings.Contains(said, "Disallow: /\n") {
		t.Errorf("robots.txt says %s", said)
	}
}

// headOf are the links and properties in the head of a page.
func headOf(t *testing.T, h http.Handler, path string) map[string]string {
	t.Helper()
	head := map[string]string{}
	for n := range parse(t, get(h, path).Body.String()).Descendants() {
		switch {
		case n.Type != html.ElementNode || n.Parent == nil || n.Parent.Data != "head":
		case n.Data == "link":
			head[attr(n, "rel")+attr(n, "hreflang")] = attr(n, "href")
		case n.Data == "meta":
			head[attr(n, "property")+attr(n, "name")] = attr(n, "content")
		case n.Data == "script" && attr(n, "type") == "application/ld+json":
			head["data"] = text(n)
		}
	}
	return head
}

func TestPageSaysWhatStandsForIt(t *testing.T) {
	c := config(t, country.SQLite(t))
	c.BaseURL = "https://gcm.example"
	known, unknown := open(t, c), loaded(t)
	for path, want := range map[string]string{
		"/kk/": "/kk/", "/ru/measures?status=planned": "/ru/measures", "/en/objectives/5": "/en/objectives/5", "/kk/search?q=виза": "/kk/search",
	} {
		if got := headOf(t, known, path)["canonical"]; got != "https://gcm.example"+want {
			t.Errorf("%s stands under %q", path, got)
		}
		if got := headOf(t, unknown, path)["canonical"]; got != want {
			t.Errorf("%s stands under %q where the address is unknown", path, got)
		}
	}
	for _, path := range []string{"/kk/nowhere", "/nowhere", "/sign-in", "/setup"} {
		if head := headOf(t, known, path); head["canonical"] != "" || head["og:image"] != "" {
			t.Errorf("%s says %v", path, head)
		}
	}
}

func TestLinkToAPageIsShownWithAPicture(t *testing.T) {
	h := loaded(t)
	for path, words := range map[string]string{
		"/kk/": "Қазақстан Республикасы", "/ru/about": "Республика Казахстан", "/kk/objectives/5": "5-мақсат", "/ru/objectives/8": "Цель 8", "/kk/indicators/refugees-registered": "608", "/en/indicators/investor-visa-validity": "Investor visa",
	} {
		head := headOf(t, h, path)
		if !strings.Contains(strings.ToLower(head["og:image:alt"]), strings.ToLower(words)) || head["og:title"] == "" || !strings.HasSuffix(head["og:url"], path) || head["twitter:card"] != "summary_large_image" {
			t.Errorf("%s says %v", path, head)
		}
		w := get(h, strings.TrimPrefix(head["og:image"], "http://example.com"))
		img, err := png.DecodeConfig(w.Body)
		if err != nil || img.Width != 1200 || img.Height != 630 || w.Header().Get("ETag") == "" || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: picture of %v, %v", path, img, err)
		}
	}
	if a, b := get(h, "/kk/objectives/5/share.png").Body.String(), get(h, "/ru/objectives/5/share.png").Body.String(); a == b {
		t.Error("two languages share a picture")
	}
	for _, path := range []string{"/kk/objectives/24/share.png", "/kk/objectives/05/share.png", "/de/share.png", "/kk/indicators/nope/share.png"} {
		if w := get(h, path); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

func TestFiguresAreDescribedAsADataSet(t *testing.T) {
	h := loaded(t)
	var d struct {
		Context  string `json:"@context"`
		Type     string `json:"@type"`
		Name     string
		Covered  string `json:"temporalCoverage"`
		Text     string `json:"description"`
		Download []struct {
			URL string `json:"contentUrl"`
		} `json:"distribution"`
		Sets []json.RawMessage `json:"dataset"`
	}
	if err := json.Unmarshal([]byte(headOf(t, h, "/en/indicators/refugees-registered")["data"]), &d); err != nil {
		t.Fatal(err)
	}
	if d.Context != "https://schema.org" || d.Type != "Dataset" || d.Name != "Refugees living in Kazakhstan" || d.Covered != "2017-01-01/2021-09-01" || len(d.Text) < 50 {
		t.Errorf("%+v", d)
	}
	for _, f := range d.Download {
		if w := get(h, strings.TrimPrefix(f.URL, "http://example.com")); w.Code != http.StatusOK {
			t.Errorf("%s answers %d", f.URL, w.Code)
		}
	}
	if err := json.Unmarshal([]byte(headOf(t, h, "/kk/data")["data"]), &d); err != nil || d.Type != "DataCatalog" || len(d.Sets) != 1 {
		t.Errorf("%v %+v", err, d)
	}
}

func TestDataOfAPageStayData(t *testing.T) {
	conn := country.SQLite(t)
	const hostile = `</script><script>alert(1)</script><!-- "\u2028`
	name := i18n.Text{"kk": hostile, "ru": hostile, "en": hostile}
	if err := conn.Table("indicators").Where("code = ?", "refugees-registered").Update("name", name).Error; err != nil {
		t.Fatal(err)
	}
	h := open(t, config(t, conn))
	for _, path := range []string{"/en/indicators/refugees-registered", "/embed/indicators/refugees-registered"} {
		for n := range parse(t, get(h, path).Body.String()).Descendants() {
			if n.Type == html.ElementNode && n.Data == "script" && attr(n, "src") == "" && attr(n, "type") != "application/ld+json" {
				t.Errorf("%s: the name became a script", path)
			}
		}
	}
	var d map[string]any
	if err := json.Unmarshal([]byte(headOf(t, h, "/en/indicators/refugees-registered")["data"]), &d); err != nil || d["name"] != hostile {
		t.Errorf("%v: the name is %q", err, d["name"])
	}
}
