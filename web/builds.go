package web

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"gcm/internal/fault"
	"gcm/reports"
)

// edition is one PDF of a review.
type edition struct{ Cycle, Lang, Profile string }

// file returns the name under which an edition is kept and downloaded; that of
// the full profile is the one that the command line writes.
func (e edition) file() string {
	if e.Profile == string(reports.Full) {
		return fmt.Sprintf("review-%s-%s.pdf", e.Cycle, e.Lang)
	}
	return fmt.Sprintf("review-%s-%s-%s.pdf", e.Cycle, e.Lang, e.Profile)
}

// URL returns the edition's address below /reviews/CYCLE/.
func (e edition) URL() string {
	if e.Profile == string(reports.Full) {
		return "/reviews/" + e.Cycle + "/" + e.Lang + ".pdf"
	}
	return "/reviews/" + e.Cycle + "/" + e.Lang + "-" + e.Profile + ".pdf"
}

// buildState is how far a build has come.
type buildState string

const (
	buildNone    buildState = "none"
	buildRunning buildState = "running"
	buildDone    buildState = "done"
	buildFailed  buildState = "failed"
)

// Bounds on building: how many at once, how many waiting, for how long.
const (
	buildsAtOnce  = 2
	buildsInQueue = 12
	buildTimeout  = 2 * time.Minute
)

// builds writes editions in the background: each at most once at a time, a few
// side by side, and none half-written.
type builds struct {
	Config
	slots chan struct{}
	mu    sync.Mutex
	jobs  map[edition]*job
}

// job is one build. done is closed when it has ended; err is set before.
type job struct {
	done chan struct{}
	err  error
}

func (j *job) ended() bool {
	select {
	case <-j.done:
		return true
	default:
		return false
	}
}

func newBuilds(config Config) *builds {
	return &builds{Config: config, slots: make(chan struct{}, buildsAtOnce), jobs: map[edition]*job{}}
}

func (b *builds) path(e edition) string { return filepath.Join(b.FilesDir, e.file()) }

// start begins a build, or joins the one that runs already.
func (b *builds) start(e edition) error {
	_, err := b.begin(e)
	return err
}

// wait builds an edition and returns when it is there.
func (b *builds) wait(ctx context.Context, e edition) error {
	j, err := b.begin(e)
	if err != nil {
		return err
	}
	select {
	case <-j.done:
		return j.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *builds) begin(e edition) (*job, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if j := b.jobs[e]; j != nil && !j.ended() {
		return j, nil
	}
	open := 0
	for _, j := range b.jobs {
		if !j.ended() {
			open++
		}
	}
	if open >= buildsInQueue {
		return nil, fault.New(fault.Unavailable, "error.busy", "%d builds are under way", open)
	}
	j := &job{done: make(chan struct{})}
	b.jobs[e] = j
	go func() {
		defer close(j.done)
		b.slots <- struct{}{}
		defer func() { <-b.slots }()
		start := b.Now()
		if j.err = b.write(e); j.err != nil {
			b.Log.Error("build of a review failed", "file", e.file(), "error", j.err)
			return
		}
		b.Log.Info("review built", "file", e.file(), "took", b.Now().Sub(start))
	}()
	return j, nil
}

// write builds into a file beside the old one, which it replaces when whole.
func (b *builds) write(e edition) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the build panicked: %v", p)
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), buildTimeout) // outlives the request that asked
	defer cancel()
	if err := os.MkdirAll(b.FilesDir, 0o750); err != nil {
		return err
	}
	f, err := os.CreateTemp(b.FilesDir, ".build-*")
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
	return os.Rename(f.Name(), b.path(e))
}

func (b *builds) running(e edition) bool { return b.state(e) == buildRunning }

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
