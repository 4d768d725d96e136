package web

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"gcm/internal/search"
)

// library is all that the public may find, as the data stood at a version.
type library struct {
	*search.Index
	version string
	places  []spot // of each document
}

// libraries keeps the newest one. It is read from the database when somebody
// looks for something for the first time after the data have changed; those who
// come meanwhile wait for the same one.
type libraries struct {
	newest  atomic.Pointer[library]
	reading singleflight.Group
}

// libraryTimeout is how long reading may take.
const libraryTimeout = time.Minute

// library returns what the public may find now.
func (s *site) library(ctx context.Context) (*library, error) {
	version, err := s.version(ctx)
	if err != nil {
		return nil, err
	}
	if known := s.libraries.newest.Load(); known != nil && known.version == version {
		return known, nil
	}
	done := s.libraries.reading.DoChan(version, func() (any, error) {
		reading, cancel := context.WithTimeout(context.WithoutCancel(ctx), libraryTimeout) // others wait for it, too
		defer cancel()
		l, err := s.readLibrary(reading)
		if err != nil {
			return nil, err
		}
		l.version = version
		s.libraries.newest.Store(l)
		return l, nil
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case result := <-done:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(*library), nil
	}
}
