package main

import "github.com/spf13/cobra"

func dataCommand(c *config) *cobra.Command {
	root := &cobra.Command{Use: "data", Short: "Check figures", Args: noArguments, RunE: showHelp}
	root.AddCommand(dataCheckCommand(c))
	return root
}
