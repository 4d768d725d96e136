package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gcm/countries"
	"gcm/internal/db"
	"gcm/internal/i18n"
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
			for _, lang := range pack.Country.Languages {
				if !slices.Contains(i18n.Languages, lang) {
					cmd.Printf("%s: the program does not speak %q yet: its texts are kept, pages and reviews are offered in %s\n",
						pack.Country.Code, lang, strings.Join(i18n.Spoken(pack.Country.Languages), ", "))
				}
			}
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
