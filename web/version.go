package web

import (
	"context"
	"runtime"
	"sync"
	"time"

	"gcm/internal/audit"
	"gcm/internal/db"
)

// unseen are the acts that change nothing of what the public sees. Every act that
// is not here moves the version of the data: a new noun is rather seen too early
// than too late.
var unseen = []audit.Act{
	{Noun: "user"}, {Noun: "mail"}, {Noun: "audit"}, {Noun: "comment"}, {Noun: "invitation"}, {Noun: "review_comment"}, {Noun: "request"}, {Noun: "evidence"}, {Noun: "finding"},
	{Noun: "entry", Action: "start"}, {Noun: "entry", Action: "save"}, {Noun: "entry", Action: "submit"}, {Noun: "entry", Action: "withdraw"},
	{Noun: "entry", Action: "approve"}, {Noun: "entry", Action: "accept"}, {Noun: "entry", Action: "return"}, {Noun: "entry", Action: "discard"},
	{Noun: "entry", Action: "handover"},
	{Noun: "review", Action: "chain"}, {Noun: "review", Action: "signed"}, {Noun: "review", Action: "refused"},
}

// version stands for the public data as they are in the database: it is another
// one once anything is committed that the public sees, by whichever program. The
// look at the database begins after the call, so that who waits for it misses
// nothing that was committed before.
func (s *site) version(ctx context.Context) (string, error) { return s.versions.read(ctx) }

// versions reads the version for many at once: those who come while one look is
// under way share the next.
type versions struct {
	look func(context.Context) (string, error)

	mu      sync.Mutex
	looking bool
	next    *glance // of those who came since the last look began
}

// glance is one look at the database; done is closed when it has ended.
type glance struct {
	done    chan struct{}
	version string
	err     error
}

// glanceTimeout is how long a look may take: requests wait for it.
const glanceTimeout = 10 * time.Second

func newVersions(conn *db.DB) *versions {
	return &versions{look: audit.NewVersions(conn, unseen...).Read}
}

func (v *versions) read(ctx context.Context) (string, error) {
	v.mu.Lock()
	if v.next == nil {
		v.next = &glance{done: make(chan struct{})}
	}
	mine := v.next
	if !v.looking {
		v.looking = true
		go v.run()
	}
	v.mu.Unlock()
	select {
	case <-mine.done:
		return mine.version, mine.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// run looks until nobody waits. A look belongs to many, so that it goes on when
// one of them leaves.
func (v *versions) run() {
	for {
		runtime.Gosched() // who is about to ask comes along
		v.mu.Lock()
		now := v.next
		v.next, v.looking = nil, now != nil
		v.mu.Unlock()
		if now == nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), glanceTimeout)
		now.version, now.err = v.look(ctx)
		cancel()
		close(now.done)
	}
}
