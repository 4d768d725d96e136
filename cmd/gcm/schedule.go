package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/notify"
	"gcm/progress"
)

// job is something that the program does by itself while it serves.
type job struct {
	name string
	do   func(context.Context) error
}

// jobs are what is done each minute, in this order. Several programs on one
// database may do them at once. Without a mail server people are told inside
// the application alone.
func (c *config) jobs(g *db.DB, post *notify.Post, zone *time.Location, log *slog.Logger) []job {
	now := func() time.Time { return time.Now().In(zone) }
	list := []job{
		hourly(g, "remind", func(ctx context.Context) error { return progress.NewStore(g).Remind(ctx, now()) }),
		hourly(g, "sweep", auth.NewStore(g).Sweep),
		hourly(g, "uploads", progress.NewStore(g).SweepUploads),
	}
	if post == nil {
		return list
	}
	sender := notify.NewSender(g, post)
	return append(list,
		job{"digest", func(ctx context.Context) error { return notify.NewStore(g).Digest(ctx, now(), c.base()) }},
		job{"mail", func(ctx context.Context) error {
			sent, err := sender.Drain(ctx)
			if sent > 0 {
				log.Info("mail", "sent", sent, "server", post.String())
			}
			return err
		}},
	)
}

// hourly is a job that one of the programs on the database does once an hour,
// and again the next minute when it failed.
func hourly(g *db.DB, name string, do func(context.Context) error) job {
	owner := notify.NewOwner()
	return job{name, func(ctx context.Context) error {
		held, err := notify.Take(ctx, g, name, owner, time.Hour)
		if err != nil || !held {
			return err
		}
		if err := do(ctx); err != nil {
			return errors.Join(err, notify.GiveBack(ctx, g, name, owner))
		}
		return nil
	}}
}

// runJobs does the jobs now and at each tick until ctx ends. One that fails or
// panics is logged and stops neither the others nor itself for good.
func runJobs(ctx context.Context, jobs []job, tick <-chan time.Time, log *slog.Logger) {
	for {
		for _, j := range jobs {
			if err := j.run(ctx); err != nil && ctx.Err() == nil {
				log.Error("job", "name", j.name, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
	}
}

// run does the job and turns a panic into a failure.
func (j job) run(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return j.do(ctx)
}
