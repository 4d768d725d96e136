package web

import (
	"net/http"

	"golang.org/x/text/language"
)

// negotiate picks the language of Accept-Language that the site speaks best;
// the first of the site's languages when it speaks none.
func negotiate(header string, languages []string) string {
	var tags []language.Tag
	for _, lang := range languages {
		tags = append(tags, language.Make(lang))
	}
	wanted, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(wanted) > 20 {
		return languages[0]
	}
	_, i, _ := language.NewMatcher(tags).Match(wanted...)
	return languages[i]
}

// redirectHome sends a reader to the pages in the reader's language.
func (s *site) redirectHome(r *request) error {
	r.vary()
	r.Header("Cache-Control", "no-cache")
	r.redirect(http.StatusFound, "/")
	return nil
}
