package web

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"gcm/internal/fault"
)

// buildState is how far a build has come.
type buildState string

const (
	buildNone    buildState = "none"
	buildRunning buildState = "running"
	buildDone    buildState = "done"
	buildFailed  buildState = "failed"
)

// Bounds on building: how many at once, for how long. No more wait than there
// are editions, since each is built once at a time.
const (
	buildsAtOnce = 2
	buildTimeout = 2 * time.Minute
)

// unfinished names the files that are being written.
const unfinished = ".build-*"

// builds writes editions in the background: each at most once at a time, a few
// side by side, none that says what its file says already, and none half-written.
type builds struct {
	Config
	ended   func(error) // is told of each build that ended
	slots   chan struct{}
	ctx     context.Context // ends when the application is closed
	cancel  context.CancelFunc
	running sync.WaitGroup
	mu      sync.Mutex
	jobs    map[edition]*job
}

// job is one build. done is closed when it has ended; err is set before.
type job struct {
	fingerprint string
	done        chan struct{}
	err         error
}

func (j *job) ended() bool {
	select {
	case <-j.done:
		return true
	default:
		return false
	}
}

// newBuilds removes what a program that was killed left half-written.
func newBuilds(config Config, ended func(error)) (*builds, error) {
	left, err := filepath.Glob(filepath.Join(config.FilesDir, unfinished))
	if err != nil {
		return nil, fmt.Errorf("web: look for unfinished reviews: %w", err)
	}
	for _, file := range left {
		if err := os.Remove(file); err != nil {
			return nil, fmt.Errorf("web: remove an unfinished review: %w", err)
		}
	}
	b := &builds{Config: config, ended: ended, slots: make(chan struct{}, buildsAtOnce), jobs: map[edition]*job{}}
	b.ctx, b.cancel = context.WithCancel(context.Background()) // builds outlive the requests that asked for them
	return b, nil
}

// close ends the builds that run, begins no others, and returns when all ended.
func (b *builds) close() {
	b.mu.Lock()
	b.cancel()
	b.mu.Unlock()
	b.running.Wait()
}

// start begins to build an edition unless its file is up to date.
func (b *builds) start(ctx context.Context, e edition) error {
	fingerprint, same, err := b.compare(ctx, e)
	if err != nil || same {
		return err
	}
	_, err = b.begin(e, fingerprint)
	return err
}

// fresh returns when an edition's file is up to date, with its fingerprint.
func (b *builds) fresh(ctx context.Context, e edition) (string, error) {
	for {
		fingerprint, same, err := b.compare(ctx, e)
		if err != nil || same {
			return fingerprint, err
		}
		j, err := b.begin(e, fingerprint)
		if err != nil {
			return "", err
		}
		select {
		case <-j.done:
		case <-ctx.Done():
			return "", ctx.Err()
		}
		if j.err != nil || j.fingerprint == fingerprint { // else it began before the data changed
			return fingerprint, j.err
		}
	}
}

// begin starts a build, or joins the one that runs already.
func (b *builds) begin(e edition, fingerprint string) (*job, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ctx.Err() != nil {
		return nil, stopping(b.ctx.Err())
	}
	if j := b.jobs[e]; j != nil && !j.ended() {
		return j, nil
	}
	j := &job{fingerprint: fingerprint, done: make(chan struct{})}
	b.jobs[e] = j
	b.running.Go(func() {
		defer close(j.done)
		j.err = b.run(e, fingerprint)
	})
	return j, nil
}

func stopping(err error) error {
	return fault.New(fault.Unavailable, "error.unavailable", "the program stops: %w", err)
}

// run waits for its turn, builds and tells the log how it went.
func (b *builds) run(e edition, fingerprint string) error {
	select {
	case b.slots <- struct{}{}:
	case <-b.ctx.Done():
		return stopping(b.ctx.Err())
	}
	defer func() { <-b.slots }()
	start := b.Now()
	err := b.write(e, fingerprint)
	switch {
	case err == nil:
		b.Log.Info("review built", "file", e.file(), "took", b.Now().Sub(start))
	case b.ctx.Err() != nil:
		b.Log.Info("build of a review given up: the program stops", "file", e.file())
		err = stopping(err)
	default:
		b.Log.Error("build of a review failed", "file", e.file(), "error", err)
	}
	b.ended(err)
	return err
}

// write builds into a file beside the old one, which it replaces when whole.
func (b *builds) write(e edition, fingerprint string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the build panicked: %v", p)
		}
	}()
	ctx, cancel := context.WithTimeout(b.ctx, buildTimeout)
	defer cancel()
	if err := os.MkdirAll(b.FilesDir, 0o750); err != nil {
		return err
	}
	f, err := os.CreateTemp(b.FilesDir, unfinished)
	if err != nil {
		return err
	}
	defer func() {
		_ = f.Close()
		_ = os.Remove(f.Name()) // gone already when all went well
	}()
	if err := b.BuildReview(ctx, e.Cycle, e.Lang, e.Profile, f); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return b.keep(f.Name(), e, fingerprint)
}

// state tells how the last build of an edition went; one whose file lies there
// from before counts as done.
func (b *builds) state(e edition) buildState {
	b.mu.Lock()
	j := b.jobs[e]
	b.mu.Unlock()
	switch {
	case j != nil && !j.ended():
		return buildRunning
	case j != nil && j.err != nil:
		return buildFailed
	}
	if _, err := os.Stat(b.path(e)); err == nil {
		return buildDone
	}
	return buildNone
}
