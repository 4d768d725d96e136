package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"gcm/migrations"
)

// version is set by the linker for a release.
var version = "development"

func versionCommand(*config) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print version, commit, Go and schema", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			newest, err := migrations.Newest()
			if err != nil {
				return err
			}
			cmd.Printf("gcm %s\ncommit %s\n%s %s/%s\nschema %d\n", version, commit(), runtime.Version(), runtime.GOOS, runtime.GOARCH, newest)
			return nil
		},
	}
}

// commit is the revision that Go recorded in the binary, if it did.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
	}
	return "unknown"
}
