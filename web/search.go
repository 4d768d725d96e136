package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"gcm/internal/search"
)

// searchPage is pages/search/list.html.
type searchPage struct {
	page
	Problems []string
	Result   search.Result
	Kinds    []findKind
	Guesses  []guess  // words that stand nowhere, and what was taken for them
	Missing  []string // words that stand nowhere, nor any like them
	Hits     []findHit
	Heading  string // "Found: 12"
	First    int    // number of the first hit of this page
	Older    string
	Newer    string
}

// findKind is a kind of record with how many were found of it.
type findKind struct {
	Name, URL string
	Count     int
	Current   bool
}

// guess is a word that stands nowhere, and what was taken for it.
type guess struct{ Word, Taken string }

// findHit is what was found, with extracts.
type findHit struct {
	Kind  string // in words
	Path  string // without the language
	Title search.Extract
	Text  search.Extract
}

// foundSize is how many hits a page shows, longestQuery how many characters may be
// looked for, and extractSize how many an extract has.
const (
	foundSize    = 20
	longestQuery = 200
	extractSize  = 220
)

// search finds everything that the public may see by its words.
func (s *site) search(r *request) error {
	text := strings.TrimSpace(search.Clean(r.Query("q")))
	if text != "" {
		r.Header("X-Robots-Tag", "noindex, follow") // pages of what somebody looked for are no content
	}
	p := searchPage{page: r.page(r.T("search.title"), r.T("search.description"))}
	if utf8.RuneCountInString(text) > longestQuery {
		p.Problems = append(p.Problems, r.T("search.too_long", longestQuery))
		text = string([]rune(text)[:longestQuery])
	}
	p.Sought = text
	kind := r.Query("kind")
	if kind != "" && !slices.Contains(findKinds, kind) {
		p.Problems = append(p.Problems, r.T("filter.unknown", r.T("search.kinds"), search.Clean(kind)))
	}
	if len(p.Problems) > 0 {
		return r.render(http.StatusBadRequest, "search/list", p)
	}
	if text == "" {
		return r.render(http.StatusOK, "search/list", p)
	}
	l, err := s.library(r.Request.Context())
	if err != nil {
		return err
	}
	p.Result = l.Find(search.Query{Text: text, Lang: r.p.Lang(), Kind: kind, Offset: r.pageNumber() * foundSize, Limit: foundSize})
	number, err := r.existingPage(foundSize, p.Result.Total)
	if err != nil {
		return err
	}
	p.fill(r, l, kind)
	p.First = number*foundSize + 1
	p.Older, p.Newer = r.pages(number, foundSize, p.Result.Total)
	return r.render(http.StatusOK, "search/list", p)
}

// fill puts what was found into words.
func (p *searchPage) fill(r *request, l *library, kind string) {
	p.Title = r.T("search.title.of", p.Sought)
	p.Heading = r.T("search.found", p.Result.Total)
	for _, a := range p.Result.Asked {
		switch {
		case !a.Found:
			p.Missing = append(p.Missing, a.Word)
		case len(a.Taken) > 0:
			p.Guesses = append(p.Guesses, guess{a.Word, strings.Join(a.Taken, ", ")})
		}
	}
	at := func(kind string) string {
		query := url.Values{"q": {p.Sought}}
		if kind != "" {
			query.Set("kind", kind)
		}
		return r.url("/search") + "?" + query.Encode()
	}
	p.Kinds = append(p.Kinds, findKind{r.T("search.kind.all"), at(""), p.Result.All, kind == ""})
	for _, k := range findKinds {
		if n := p.Result.Kinds[k]; n > 0 || k == kind {
			p.Kinds = append(p.Kinds, findKind{r.T("search.kind." + k), at(k), n, k == kind})
		}
	}
	for _, h := range p.Result.Hits {
		at := l.places[h.Document]
		hit := findHit{Kind: r.T("search.one." + l.Document(h.Document).Kind), Path: at.path, Title: l.Title(h, r.p.Lang()), Text: l.Text(h, r.p.Lang(), extractSize)}
		if at.in != "" {
			hit.Kind += " · " + at.in
		}
		p.Hits = append(p.Hits, hit)
	}
}
