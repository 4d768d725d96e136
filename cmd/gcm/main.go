// Command gcm is the program with which a State accounts for its migration
// policy: it keeps measures and figures mapped to the Global Compact's
// objectives, writes the national review and serves both as a web application.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
