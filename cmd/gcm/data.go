package main

import "github.com/spf13/cobra"

func dataCommand(c *config) *cobra.Command {
	root := &cobra.Command{Use: "data", Short: "Take figures in, write them out, check them", Args: noArguments, RunE: showHelp}
	root.AddCommand(dataImportCommand(c), dataExportCommand(c), dataCheckCommand(c))
	return root
}
