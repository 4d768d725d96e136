package web

import (
	"encoding/xml"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// The map for search engines, and its parts when one is not enough.
const (
	sitemapPath   = "/sitemap.xml"
	sitemapParts  = "/sitemaps/"
	sitemapEnding = ".xml"
)

// sitemapLimit is how many addresses the protocol allows in a file.
const sitemapLimit = 50_000

// robotsOff are the addresses that programs which read the whole web leave alone:
// what is personal, what asks anew with each word, and what other programs read. What
// is embedded names the page that it is a part of.
var robotsOff = []string{
	"/work", "/account", "/sign-in", "/sign-out", "/setup", "/invitation", "/reset", "/forgotten", "/calendar",
	"/*/search?", "/*/reviews/*/builds", "/*/api/try", "/api/", "/sdmx/",
}

// robots says what programs that read the whole web may read, and where the map is.
func (s *site) robots(r *request) error {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, path := range robotsOff {
		b.WriteString("Disallow: " + path + "\n")
	}
	b.WriteString("\nSitemap: " + r.absolute(sitemapPath) + "\n")
	r.Header("Cache-Control", "no-cache")
	r.String(http.StatusOK, "%s", b.String())
	return nil
}

// urlSet is a map of addresses, each with those of the same page in the other languages.
type urlSet struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string   `xml:"xmlns:xhtml,attr"`
	URLs    []mapped `xml:"url"`
}

type mapped struct {
	Loc        string      `xml:"loc"`
	Alternates []alternate `xml:"xhtml:link"`
}

type alternate struct {
	Rel      string `xml:"rel,attr"`
	Language string `xml:"hreflang,attr"`
	Href     string `xml:"href,attr"`
}

// sitemapIndex leads to the parts.
type sitemapIndex struct {
	XMLName xml.Name      `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Parts   []sitemapPart `xml:"sitemap"`
}

type sitemapPart struct {
	Loc string `xml:"loc"`
}

// sitemap answers the map of public pages, or the index of its parts.
func (s *site) sitemap(r *request) error {
	parts, err := r.sitemapParts()
	if err != nil {
		return err
	}
	if len(parts) == 1 {
		return r.sendMap(parts[0])
	}
	var index sitemapIndex
	for i := range parts {
		index.Parts = append(index.Parts, sitemapPart{r.absolute(sitemapParts + strconv.Itoa(i+1) + sitemapEnding)})
	}
	return r.sendXML("application/xml; charset=utf-8", index)
}

// sitemapPart answers a part of the map: 1.xml.
func (s *site) sitemapPart(r *request) error {
	parts, err := r.sitemapParts()
	if err != nil {
		return err
	}
	for i, part := range parts {
		if r.Param("part") == strconv.Itoa(i+1)+sitemapEnding {
			return r.sendMap(part)
		}
	}
	return notFound("no part %q of the map", r.Param("part"))
}

func (r *request) sendMap(paths []string) error {
	set := urlSet{XHTML: "http://www.w3.org/1999/xhtml"}
	languages := r.languages()
	for _, path := range paths {
		var all []alternate
		for _, lang := range languages {
			all = append(all, alternate{"alternate", lang, r.absolute("/" + lang + path)})
		}
		for _, one := range all {
			set.URLs = append(set.URLs, mapped{one.Href, all})
		}
	}
	return r.sendXML("application/xml; charset=utf-8", set)
}

// sitemapParts are the public pages, without their language, in as many parts as
// the limit makes; one at least.
func (r *request) sitemapParts() ([][]string, error) {
	paths, err := r.publicPaths()
	if err != nil {
		return nil, err
	}
	return slices.Collect(slices.Chunk(paths, r.site.mapLimit/len(r.languages()))), nil
}

// publicPaths are the public pages without their language, in a fixed order.
func (r *request) publicPaths() ([]string, error) {
	ctx, s := r.Request.Context(), r.site
	paths := []string{"/"}
	for _, name := range slices.Concat(sections, further) {
		paths = append(paths, "/"+name)
	}
	paths = append(paths, "/data/gaps", "/api")
	titles, err := s.objectives.Titles(ctx)
	if err != nil {
		return nil, err
	}
	numbers := map[int64]string{}
	for _, o := range titles {
		numbers[o.ID] = strconv.Itoa(o.Number)
		paths = append(paths, "/objectives/"+numbers[o.ID])
	}
	actions, err := s.objectives.Actions(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range actions {
		paths = append(paths, "/objectives/"+numbers[a.ObjectiveID]+"/actions/"+a.Letter)
	}
	principles, err := s.objectives.Principles(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range principles {
		paths = append(paths, "/principles/"+p.Letter)
	}
	measures, err := s.measureList(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range measures.all {
		paths = append(paths, "/measures/"+m.Code)
	}
	standings, err := s.standings(ctx)
	if err != nil {
		return nil, err
	}
	for _, i := range standings {
		paths = append(paths, "/indicators/"+i.Code)
	}
	agencies, err := s.objectives.Agencies(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range agencies {
		paths = append(paths, "/agencies/"+a.Code)
	}
	laws, err := s.objectives.LegalInstruments(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range laws {
		paths = append(paths, "/laws/"+l.Code)
	}
	reviews, newest, err := s.publicReviews(ctx)
	if err != nil {
		return nil, err
	}
	for _, review := range reviews {
		code := review.Cycle.Code
		paths = append(paths, "/reviews/"+code)
		for n := range newest[review.ID] {
			paths = append(paths, editionPath(code, n+1))
		}
	}
	releases, err := r.releases()
	if err != nil {
		return nil, err
	}
	for _, one := range releases {
		if one.Packed() {
			paths = append(paths, one.Path())
		}
	}
	return paths, nil
}
