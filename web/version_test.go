package web

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

func TestVersionIsReadAfterItIsAskedFor(t *testing.T) {
	var committed atomic.Int64
	v := &versions{look: func(context.Context) (string, error) { return strconv.FormatInt(committed.Load(), 10), nil }}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			for range 400 {
				before := committed.Add(1) // an edit of the reader's own
				got, err := v.read(t.Context())
				if n, _ := strconv.ParseInt(got, 10, 64); err != nil || n < before {
					t.Errorf("read %s after %d was committed: %v", got, before, err)
					return
				}
			}
		})
	}
	all.Wait()
}

func TestThoseWhoComeDuringOneLookShareTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		looks, first := 0, make(chan struct{})
		v := &versions{look: func(context.Context) (string, error) {
			looks++
			if looks == 1 {
				<-first
			}
			return strconv.Itoa(looks), nil
		}}
		var all sync.WaitGroup
		ask := func(want string) {
			all.Go(func() {
				if got, err := v.read(t.Context()); got != want || err != nil {
					t.Errorf("got %q, want %s: %v", got, want, err)
				}
			})
			synctest.Wait()
		}
		ask("1")
		for range 50 {
			ask("2")
		}
		close(first)
		all.Wait()
	})
}

func TestVersionThatCannotBeReadIsAFailureAndIsReadAgain(t *testing.T) {
	broken := errors.New("broken")
	looks := 0
	v := &versions{look: func(context.Context) (string, error) {
		if looks++; looks == 1 {
			return "", broken
		}
		return "b", nil
	}}
	if _, err := v.read(t.Context()); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if got, err := v.read(t.Context()); got != "b" || err != nil {
		t.Errorf("then %q, %v", got, err)
	}
}

func TestReaderWhoLeavesDoesNotKeepOthersFromTheVersion(t *testing.T) {
	release := make(chan struct{})
	v := &versions{look: func(ctx context.Context) (string, error) { <-release; return "a", ctx.Err() }}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := v.read(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("one who left got %v", err)
	}
	var stays sync.WaitGroup
	stays.Go(func() {
		if got, err := v.read(t.Context()); got != "a" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	})
	close(release)
	stays.Wait()
}
