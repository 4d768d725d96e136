package web

import (
	"encoding/xml"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// feedPath is the feed of what became public, without the language.
const feedPath = "/feed.atom"

// feedLength is how many entries a feed has.
const feedLength = 50

// atomFeed is a feed of RFC 4287.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Author   atomAuthor  `xml:"author"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel      string `xml:"rel,attr"`
	Href     string `xml:"href,attr"`
	Type     string `xml:"type,attr,omitempty"`
	Language string `xml:"hreflang,attr,omitempty"`
}

type atomEntry struct {
	ID       string        `xml:"id"`
	Title    string        `xml:"title"`
	Updated  string        `xml:"updated"`
	Author   *atomAuthor   `xml:"author,omitempty"` // who reported; the feed's author where nobody is named
	Links    []atomLink    `xml:"link"`
	Category *atomCategory `xml:"category,omitempty"`
	Summary  string        `xml:"summary,omitempty"`

	at time.Time
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

// endorsed is when the General Assembly endorsed the Compact: a feed in which
// nothing stands yet was updated then, and not whenever somebody asks.
var endorsed = time.Date(2018, time.December, 19, 0, 0, 0, 0, time.UTC)

// feed answers what became public, the latest first: data releases, editions of
// reviews, and what agencies reported.
func (s *site) feed(r *request) error {
	entries, err := r.feedEntries()
	if err != nil {
		return err
	}
	updated := endorsed
	if len(entries) > 0 {
		updated = entries[0].at
	}
	name := r.in(r.country.Name)
	f := atomFeed{
		Lang: r.p.Lang(), ID: r.feedID("feed"), Title: r.T("feed.title", name), Subtitle: r.T("feed.what"), Updated: atomTime(updated),
		Author: atomAuthor{name}, Entries: entries,
		Links: []atomLink{
			{Rel: "self", Href: r.absolute(r.url(feedPath)), Type: "application/atom+xml"},
			{Rel: "alternate", Href: r.absolute(r.url("/")), Type: "text/html", Language: r.p.Lang()},
		},
	}
	r.Header("Content-Language", r.p.Lang())
	return r.sendXML("application/atom+xml; charset=utf-8", f)
}

// feedID names a thing for ever, wherever the program is served: readers of feeds
// know by it what they have seen.
func (r *request) feedID(thing string) string {
	return "urn:gcm:" + r.country.Code + ":" + r.p.Lang() + ":" + thing
}

func atomTime(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// feedEntries lists what became public, the latest first.
func (r *request) feedEntries() ([]atomEntry, error) {
	list, err := r.latelyReleased("", feedLength)
	if err != nil {
		return nil, err
	}
	data, err := r.latelyData()
	if err != nil {
		return nil, err
	}
	var entries []atomEntry
	for _, one := range append(list, data...) {
		e := r.atomEntry(one.ID, one.At, one.What+": "+r.in(one.Title), one.URL, atomCategory{one.Kind, one.What})
		if one.Status != "" {
			e.Summary = r.T("measure.status." + string(one.Status))
		}
		if by := r.in(one.By); by != "" {
			e.Author = &atomAuthor{by}
		}
		entries = append(entries, e)
	}
	reviews, newest, err := r.site.publicReviews(r.Request.Context())
	if err != nil {
		return nil, err
	}
	for _, review := range reviews {
		if newest[review.ID] == 0 {
			continue // a draft that is shown
		}
		code := review.Cycle.Code
		editions, err := r.publishedEditions(code)
		if err != nil {
			return nil, err
		}
		for _, edition := range editions {
			named, err := r.site.desk.Named(r.Request.Context(), edition.Edition)
			if err != nil {
				return nil, err
			}
			number := strconv.Itoa(edition.Number)
			e := r.atomEntry("edition:"+code+":"+number, edition.PublishedAt, r.T("publish.edition.title", number, r.in(named)),
				r.url(editionPath(code, edition.Number)), atomCategory{"review", r.T("nav.reviews")})
			e.Summary = r.in(edition.Erratum)
			entries = append(entries, e)
		}
	}
	slices.SortStableFunc(entries, func(a, b atomEntry) int { return b.at.Compare(a.at) })
	return entries[:min(len(entries), feedLength)], nil
}

func (r *request) atomEntry(thing string, at time.Time, title, path string, category atomCategory) atomEntry {
	return atomEntry{
		ID: r.feedID(thing), Title: title, Updated: atomTime(at), Category: &category, at: at,
		Links: []atomLink{{Rel: "alternate", Href: r.absolute(path), Type: "text/html", Language: r.p.Lang()}},
	}
}

// sendXML sends a whole document.
func (r *request) sendXML(media string, document any) error {
	b, err := xml.Marshal(document)
	if err != nil {
		return err
	}
	r.Header("Cache-Control", "no-cache")
	r.Data(http.StatusOK, media, append([]byte(xml.Header), b...))
	return nil
}
