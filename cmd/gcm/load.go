package main

import (
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"gcm/countries"
	"gcm/internal/db"
)

func loadCommand(c *config) *cobra.Command {
	return &cobra.Command{
		Use:   "load PACK",
		Short: "Load a country pack: a folder, or kazakhstan, which is built in",
		Args:  exactly(1, "a folder with a country pack, or kazakhstan"),
		RunE: func(cmd *cobra.Command, args []string) error {
			pack, err := countries.Read(packFiles(args[0]))
			if err != nil {
				return err
			}
			g, err := c.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			defer db.Close(g)
			report, err := countries.Load(cmd.Context(), g, pack)
			if err != nil {
				return err
			}
			printLines(cmd, report.Lines())
			return nil
		},
	}
}

// packFiles returns the files of a built-in pack, or of a folder.
func packFiles(name string) fs.FS {
	if files, ok := countries.Embedded(name); ok {
		return files
	}
	return os.DirFS(name)
}

func printLines(cmd *cobra.Command, lines []string) {
	for _, line := range lines {
		cmd.Println(line)
	}
}
