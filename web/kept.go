package web

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"
)

// kept is something that is made of the public data and kept until these change.
// It is made when somebody needs it for the first time after a change; those who
// come meanwhile wait for the same one.
type kept[T any] struct {
	newest atomic.Pointer[versioned[T]]
	making singleflight.Group
}

// versioned is a value with the version of the data of which it was made, or of
// newer ones.
type versioned[T any] struct {
	version string
	value   *T
}

// keptTimeout is how long making may take.
const keptTimeout = time.Minute

// of returns what is made of the data of a version, or of newer ones.
func (k *kept[T]) of(ctx context.Context, version string, make func(context.Context) (*T, error)) (*T, error) {
	if known := k.newest.Load(); known != nil && known.version == version {
		return known.value, nil
	}
	done := k.making.DoChan(version, func() (any, error) {
		making, cancel := context.WithTimeout(context.WithoutCancel(ctx), keptTimeout) // others wait for it, too
		defer cancel()
		value, err := make(making)
		if err == nil {
			k.newest.Store(&versioned[T]{version, value})
		}
		return value, err
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case result := <-done:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(*T), nil
	}
}

// current returns what is made of the public data as they are now.
func current[T any](ctx context.Context, s *site, k *kept[T], make func(context.Context) (*T, error)) (*T, error) {
	version, err := s.version(ctx)
	if err != nil {
		return nil, err
	}
	return k.of(ctx, version, make)
}
