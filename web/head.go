package web

import "net/url"

// head is what a public page says of itself to search engines, readers of feeds,
// and whoever shows a link to it.
type head struct {
	Canonical  string // the address that stands for the page whatever is filtered on it; absolute when the operator named one
	Alternates []languageLink
	Address    string // the same, always absolute
	Feed       string
	Picture    sharedPicture
	Data       any // the page's data as schema.org describes them; nil for none
}

// sharedPicture is the picture that stands beside a link to a page.
type sharedPicture struct{ URL, Alt string }

// head fills in what every public page says of itself.
func (r *request) head(path string) *head {
	query := ""
	if page := r.Query("page"); page != "" { // a further page of a list is a page of its own
		query = "?" + url.Values{"page": {page}}.Encode()
	}
	h := &head{
		Canonical: r.site.BaseURL + r.url(path) + query, Address: r.absolute(r.url(path) + query), Feed: r.url(feedPath),
		Picture: sharedPicture{r.absolute(r.url(sharePath)), r.T("share.site.alt", r.in(r.country.Name))},
	}
	for _, lang := range r.languages() {
		h.Alternates = append(h.Alternates, languageLink{Code: lang, URL: r.site.BaseURL + "/" + lang + path + query})
	}
	return h
}

// sharedPicture is the picture of a record.
func (r *request) sharedPicture(path, alt string) sharedPicture {
	return sharedPicture{r.absolute(r.url(path) + sharePath), alt}
}
