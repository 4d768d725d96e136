package web

import (
	"net/http"

	"golang.org/x/text/language"
)

// negotiate picks the language of Accept-Language that the site speaks best;
// the first of the site's languages when it speaks none.
func negotiate(header string, languages []string) string {
	if header == "" {
		return languages[0]
	}
	return newNegotiator(languages).pick(header)
}

// negotiator is negotiate for many headers.
type negotiator struct {
	languages []string
	matcher   language.Matcher
}

func newNegotiator(languages []string) negotiator {
	var tags []language.Tag
	for _, lang := range languages {
		tags = append(tags, language.Make(lang))
	}
	return negotiator{languages, language.NewMatcher(tags)}
}

func (n negotiator) pick(header string) string {
	wanted, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(wanted) > 20 {
		return n.languages[0]
	}
	_, i, _ := n.matcher.Match(wanted...)
	return n.languages[i]
}

// redirectHome sends a reader to the pages in the reader's language.
func (s *site) redirectHome(r *request) error {
	r.vary()
	r.Header("Cache-Control", "no-cache")
	r.redirect(http.StatusFound, "/")
	return nil
}
