package web

import (
	"context"

	"gcm/internal/search"
)

// library is all that the public may find.
type library struct {
	*search.Index
	places []spot // of each document
}

// library returns what the public may find now.
func (s *site) library(ctx context.Context) (*library, error) {
	return current(ctx, s, &s.libraries, s.readLibrary)
}

// paths are those of the records of a kind that have all the words of a text.
func (l *library) paths(text, kind string) map[string]bool {
	found := map[string]bool{}
	r := l.Find(search.Query{Text: text, Kind: kind, Limit: l.Documents()})
	if r.Some {
		return found
	}
	for _, h := range r.Hits {
		found[l.places[h.Document].path] = true
	}
	return found
}
