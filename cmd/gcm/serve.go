package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/reports"
	"gcm/reports/pdf"
	"gcm/web"
)

func serveCommand(c *config) *cobra.Command {
	var migrate bool
	cmd := &cobra.Command{
		Use: "serve", Short: "Run the web application", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			server, err := c.listen()
			if err != nil {
				return err
			}
			defer server.close()
			g, err := c.open(cmd.Context(), migrate)
			if err != nil {
				return err
			}
			defer db.Close(g)
			if err := os.MkdirAll(c.filesDir, 0o755); err != nil {
				return fmt.Errorf("make the folder of --files: %w", err)
			}
			cmd.Printf("Listening on http://%s\n", server.addr())
			if err := c.offerSetUp(cmd, g, server); err != nil {
				return err
			}
			return server.serve(cmd.Context(), c, g, cmd.ErrOrStderr())
		},
	}
	cmd.Flags().BoolVar(&migrate, "migrate", true, "bring the database to the newest schema first")
	return cmd
}

// offerSetUp prints a code with which the first administrator makes the own
// account; nothing when there is one.
func (c *config) offerSetUp(cmd *cobra.Command, g *db.DB, s *server) error {
	code, err := auth.NewStore(g).SetUpCode(cmd.Context())
	if err == nil && code != "" {
		cmd.Printf("There is no administrator yet. Open %s/setup within a day and enter the code\n  %s\n", cmp.Or(c.base(), "http://"+s.addr()), code)
	}
	return err
}

// server is the web application's listener, and the one of its metrics, nil
// without. They are opened before anything else, so that a taken port is told at once.
type server struct{ listener, metrics net.Listener }

func (c *config) listen() (*server, error) {
	l, err := listenOn(c.addr, "--addr")
	if err != nil {
		return nil, err
	}
	s := &server{listener: l}
	if c.metricsAddr != "" {
		if s.metrics, err = listenOn(c.metricsAddr, "--metrics-addr"); err != nil {
			s.close()
			return nil, err
		}
	}
	return s, nil
}

func listenOn(addr, flag string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("the address %s is taken by another program: choose another with %s", addr, flag)
	case err != nil:
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	return l, nil
}

func (s *server) addr() string { return s.listener.Addr().String() }

func (s *server) close() {
	_ = s.listener.Close()
	if s.metrics != nil {
		_ = s.metrics.Close()
	}
}

// serve answers requests until ctx ends, then lets those under way finish.
func (s *server) serve(ctx context.Context, c *config, g *db.DB, log io.Writer) error {
	spareCollector()
	logger := c.logger(log)
	post, err := c.post()
	if err != nil {
		return err
	}
	zone, err := c.location()
	if err != nil {
		return err
	}
	app, err := web.New(web.Config{
		DB: g, Log: logger, Now: time.Now, BaseURL: c.baseURL, FilesDir: c.filesDir,
		SessionIdle: duration(c.idle), SessionLifetime: duration(c.lifetime), TrustedProxies: c.trustedProxies(),
		APIRate:              number(c.apiRate),
		SecondFactorOptional: c.factor == "optional",
		Identity:             web.IdentityProvider{Issuer: c.issuer, ClientID: c.clientID, ClientSecret: c.clientKey},
		MailServer:           post.String(), Zone: zone,
		BuildReview: func(ctx context.Context, cycle, lang, profile string, w io.Writer) error {
			doc, err := draft(ctx, stores(g), cycle, lang, reports.Profile(profile), time.Now().In(zone))
			if err != nil {
				return err
			}
			return pdf.Write(w, doc)
		},
		Fingerprint: func(ctx context.Context, cycle, lang, profile string) (string, error) {
			return fingerprint(ctx, stores(g), cycle, lang, reports.Profile(profile), time.Now().In(zone))
		},
		Draw: pdf.Write, Press: press, Program: program(),
	})
	if err != nil {
		return err
	}
	defer app.Close() // builds use the database, which the caller closes
	h := web.NewServer(s.addr(), app)
	working, stop := context.WithCancel(ctx)
	var work sync.WaitGroup
	minutes := time.NewTicker(time.Minute)
	work.Go(func() { runJobs(working, c.jobs(g, post, zone, logger), minutes.C, logger) })
	work.Go(func() { app.Warm(working) })
	defer func() { stop(); work.Wait(); minutes.Stop() }() // what a job has begun is finished
	done := make(chan error, 2)
	go func() { done <- h.Serve(s.listener) }()
	if s.metrics != nil {
		m := web.NewServer(s.metrics.Addr().String(), app.Metrics())
		go func() { done <- m.Serve(s.metrics) }()
		defer m.Close()
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := h.Shutdown(grace); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}

// spareCollector lets the collector come less than half as often, since what is kept
// between requests is looked through each time, and lets it come more often again
// above 400 MiB. GOGC and GOMEMLIMIT have the last word.
func spareCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(250)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(400 << 20)
	}
}

// fingerprint is the SHA-256 of all that decides the bytes of a review's draft on
// a day: the document and the program that draws it.
func fingerprint(ctx context.Context, s reports.Stores, cycle, lang string, profile reports.Profile, on time.Time) (string, error) {
	doc, err := draft(ctx, s, cycle, lang, profile, on)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	if err := json.NewEncoder(h).Encode([]any{version, commit(), doc}); err != nil {
		return "", fmt.Errorf("take the fingerprint of the review: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
