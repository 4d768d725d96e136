package main

import (
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
			pack, err := readPack(args[0])
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

// readPack reads a built-in pack, or the one in a folder.
func readPack(name string) (*countries.Pack, error) {
	if files, ok := countries.Embedded(name); ok {
		return countries.Read(files)
	}
	return countries.ReadFolder(name)
}

func printLines(cmd *cobra.Command, lines []string) {
	for _, line := range lines {
		cmd.Println(line)
	}
}
