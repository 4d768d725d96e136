package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db/dbtest"
	"gcm/internal/notify"
)

func TestJobThatFailsStopsNeitherItselfNorTheOthers(t *testing.T) {
	var log bytes.Buffer
	ctx, stop := context.WithCancel(t.Context())
	tick := make(chan time.Time)
	var done []string
	note := func(name string, do func() error) job {
		return job{name, func(context.Context) error { done = append(done, name); return do() }}
	}
	jobs := []job{
		note("panics", func() error { panic("a hole") }),
		note("fails", func() error { return errors.New("a reason") }),
		note("works", func() error { return nil }),
	}
	ended := make(chan bool)
	go func() { runJobs(ctx, jobs, tick, slog.New(slog.NewTextHandler(&log, nil))); close(ended) }()
	tick <- time.Time{}
	tick <- time.Time{}
	stop()
	<-ended
	if got := strings.Join(done, " "); !strings.HasPrefix(got, "panics fails works panics fails works") {
		t.Errorf("did %s", got)
	}
	if !strings.Contains(log.String(), "a hole") || !strings.Contains(log.String(), "a reason") {
		t.Errorf("the log says %s", log.String())
	}
}

func TestHourlyJobIsDoneByOneProgramAndAgainWhenItFailed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		at := time.Date(2027, 1, 8, 4, 0, 0, 0, time.UTC)
		g = g.Session(&gorm.Session{NowFunc: func() time.Time { return at }})
		times, fails := 0, true
		do := func(context.Context) error {
			times++
			if fails {
				return errors.New("a reason")
			}
			return nil
		}
		one, other := hourly(g, "remind", do), hourly(g, "remind", do)
		run := func(j job, want int) {
			t.Helper()
			if _ = j.run(t.Context()); times != want {
				t.Errorf("done %d times, want %d", times, want)
			}
		}
		run(one, 1)
		fails = false
		run(other, 2)
		run(one, 2)
		run(other, 2)
		at = at.Add(time.Hour)
		run(one, 3)
	})
}

func TestProgramWritesNoLettersWithoutAServer(t *testing.T) {
	g, c, log := dbtest.SQLite(t), &config{}, slog.New(slog.DiscardHandler)
	post, err := notify.NewPost("smtp://127.0.0.1:1", "gcm@example.org", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, with := range []struct {
		post *notify.Post
		jobs string
	}{{nil, "remind sweep uploads"}, {post, "remind sweep uploads digest mail"}} {
		var names []string
		for _, j := range c.jobs(g, with.post, time.UTC, log) {
			names = append(names, j.name)
			if err := j.run(t.Context()); err != nil {
				t.Errorf("%s: %v", j.name, err)
			}
		}
		if got := strings.Join(names, " "); got != with.jobs {
			t.Errorf("does %q, want %q", got, with.jobs)
		}
	}
}

func TestMailSettingsAreCheckedWithoutTellingTheSecret(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		says string
	}{
		{map[string]string{"GCM_SMTP_URL": "mail.example.org:hunter2"}, "GCM_SMTP_URL"},
		{map[string]string{"GCM_SMTP_URL": "smtp://me:hunter2@mail.example.org", "GCM_BASE_URL": "https://gcm.example"}, "GCM_MAIL_FROM"},
		{map[string]string{"GCM_SMTP_URL": "smtp://me:hunter2@mail.example.org", "GCM_MAIL_FROM": "gcm@example.org"}, "GCM_BASE_URL"},
		{map[string]string{"GCM_TIMEZONE": "Asia/Nowhere"}, "GCM_TIMEZONE"},
	} {
		code, stdout, stderr := gcm(t, c.env, "serve")
		if code != exitUsage || strings.Contains(stdout+stderr, "hunter2") {
			t.Errorf("%v: exits %d and says %s", c.env, code, stderr)
		}
		oneLine(t, stderr, c.says)
	}
	if _, stdout, _ := gcm(t, map[string]string{"GCM_SMTP_URL": "smtp://me:hunter2@mail.example.org"}, "serve", "--help"); strings.Contains(stdout, "hunter2") {
		t.Error("the help shows the password")
	}
}
