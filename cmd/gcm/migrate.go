package main

import (
	"context"

	"github.com/spf13/cobra"

	"gcm/internal/db"
	"gcm/migrations"
)

func migrateCommand(c *config) *cobra.Command {
	root := &cobra.Command{Use: "migrate", Short: "Move the database's schema", Args: noArguments, RunE: showHelp}
	step := func(use, short string, do func(cmd *cobra.Command, m *migrations.Migrator) error) {
		root.AddCommand(&cobra.Command{Use: use, Short: short, Args: noArguments, RunE: func(cmd *cobra.Command, _ []string) error {
			if use != "up" {
				if err := db.Exists(c.databaseURL); err != nil {
					return err
				}
			}
			return c.withMigrator(cmd.Context(), func(m *migrations.Migrator) error { return do(cmd, m) })
		}})
	}
	step("up", "Bring the schema to the newest version", func(cmd *cobra.Command, m *migrations.Migrator) error {
		steps, err := m.Up(cmd.Context())
		if err != nil {
			return err
		}
		if steps == 0 {
			cmd.Println("The schema is at the newest version already.")
			return nil
		}
		cmd.Printf("The schema was moved up by %d steps.\n", steps)
		return nil
	})
	step("down", "Take back the newest step", func(cmd *cobra.Command, m *migrations.Migrator) error {
		more, err := m.Down(cmd.Context())
		switch {
		case err != nil:
			return err
		case !more:
			cmd.Println("There is no step left to take back.")
			return nil
		}
		at, _, err := m.Status(cmd.Context())
		if err == nil {
			cmd.Printf("One step was taken back, with its data; the schema is now %d.\n", at)
		}
		return err
	})
	step("status", "Say at which version the schema is", func(cmd *cobra.Command, m *migrations.Migrator) error {
		at, newest, err := m.Status(cmd.Context())
		if err != nil {
			return err
		}
		cmd.Printf("schema %d of %d\n", at, newest)
		return nil
	})
	return root
}

func (c *config) withMigrator(ctx context.Context, do func(*migrations.Migrator) error) error {
	g, err := db.Open(ctx, c.databaseURL)
	if err != nil {
		return err
	}
	defer db.Close(g)
	m, err := migrations.New(db.Pool(g), db.IsPostgres(g))
	if err != nil {
		return err
	}
	return db.Fault(do(m), "migrate")
}
