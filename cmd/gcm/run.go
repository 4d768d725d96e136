package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// Exit codes, as scripts rely on them.
const (
	exitDone   = 0
	exitFailed = 1 // something failed, or problems were found
	exitUsage  = 2
)

// usageError is a mistake in how the command was called.
type usageError struct{ error }

// usage describes a mistake in how the command was called.
func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// run is the whole program: it returns the exit code and writes nothing but to
// stdout and stderr and where the configuration says.
func run(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) int {
	root := rootCommand(env)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if strings.HasPrefix(err.Error(), "unknown command") { // cobra's own words
		err = usage("%w (see gcm --help)", err)
	}
	fmt.Fprintln(stderr, "gcm: "+strings.TrimSpace(err.Error()))
	var wrong usageError
	if errors.As(err, &wrong) {
		return exitUsage
	}
	return exitFailed
}

func rootCommand(env func(string) string) *cobra.Command {
	root := &cobra.Command{
		Use:           "gcm",
		Short:         "National reviews of the Global Compact for Migration",
		Long:          "gcm keeps a State's measures and figures mapped to the 23 objectives of the Global\nCompact for Safe, Orderly and Regular Migration, writes the national review as a\nPDF in each of the State's languages, and serves both as a web application.",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usage("%w (see %s --help)", err, c.CommandPath())
	})
	c := &config{env: env}
	c.flags(root)
	root.AddCommand(demoCommand(c), serveCommand(c), migrateCommand(c), loadCommand(c), userCommand(c), reviewCommand(c), dataCommand(c), auditCommand(c), versionCommand(c))
	return root
}

// exactly is cobra.ExactArgs with exit code 2 and a line that says what is missing.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return usage("%s needs %s (see %s --help)", c.CommandPath(), what, c.CommandPath())
		}
		return nil
	}
}

// noArguments refuses what a command does not take.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%s does not take %q (see %s --help)", c.CommandPath(), args[0], c.CommandPath())
	}
	return nil
}

// showHelp is what a group of commands does when it is called by itself.
func showHelp(c *cobra.Command, _ []string) error { return c.Help() }
