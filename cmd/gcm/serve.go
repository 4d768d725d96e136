package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"github.com/spf13/cobra"

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
			return server.serve(cmd.Context(), c, g, cmd.ErrOrStderr())
		},
	}
	cmd.Flags().BoolVar(&migrate, "migrate", true, "bring the database to the newest schema first")
	return cmd
}

// server is the web application's listener. It is opened before anything else,
// so that a taken port is told at once.
type server struct{ listener net.Listener }

func (c *config) listen() (*server, error) {
	l, err := net.Listen("tcp", c.addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("the address %s is taken by another program: choose another with --addr", c.addr)
	case err != nil:
		return nil, fmt.Errorf("listen on %s: %w", c.addr, err)
	}
	return &server{l}, nil
}

func (s *server) addr() string { return s.listener.Addr().String() }

func (s *server) close() { _ = s.listener.Close() }

// serve answers requests until ctx ends, then lets those under way finish.
func (s *server) serve(ctx context.Context, c *config, g *db.DB, log io.Writer) error {
	handler, err := web.New(web.Config{
		Stores: stores(g), Logger: c.logger(log), FilesDir: c.filesDir,
		BuildReview: func(ctx context.Context, cycle, lang string, profile reports.Profile, w io.Writer) error {
			doc, err := reports.Compose(ctx, stores(g), cycle, lang, profile)
			if err != nil {
				return err
			}
			return pdf.Write(w, doc)
		},
	})
	if err != nil {
		return err
	}
	h := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
	}
	done := make(chan error, 1)
	go func() { done <- h.Serve(s.listener) }()
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
