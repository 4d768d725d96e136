package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"gcm/countries"
	"gcm/internal/db"
)

// demoPack and demoCycle are what the demonstration shows.
const (
	demoPack  = "kazakhstan"
	demoCycle = "2022"
)

func demoCommand(c *config) *cobra.Command {
	var dir string
	var noServe bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Load Kazakhstan, write the 2022 review in three languages, serve it",
		Long: "demo does the main job with no set-up: it makes a folder with an SQLite database,\n" +
			"loads Kazakhstan's measures and figures, writes the second national review of 2022\n" +
			"there as a PDF in Kazakh, Russian and English, and serves the web application with\n" +
			"a fictional round under way. It prints accounts to sign in with, once.\n" +
			"Running it again keeps the data.",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.demo(cmd, dir, !noServe) },
	}
	cmd.Flags().StringVar(&dir, "dir", "gcm-demo", "folder of the demonstration")
	cmd.Flags().BoolVar(&noServe, "no-serve", false, "stop after writing the reviews")
	return cmd
}

func (c *config) demo(cmd *cobra.Command, dir string, serve bool) error {
	start := time.Now()
	ctx := cmd.Context()
	var server *server
	if serve { // a taken port is told before any work is done
		var err error
		if server, err = c.listen(); err != nil {
			return err
		}
		defer server.close()
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder of the demonstration: %w", err)
	}
	c.factor = "optional" // whoever tries it has no time for it
	c.databaseURL, c.filesDir = "sqlite:"+filepath.Join(dir, "gcm.db"), dir
	g, err := c.open(ctx, true)
	if err != nil {
		return err
	}
	defer db.Close(g)
	report, err := loadEmbedded(ctx, g)
	if err != nil {
		return err
	}
	printLines(cmd, report.Lines())
	keys, err := startRound(ctx, g)
	if err != nil {
		return err
	}
	base := "http://" + c.addr
	if serve {
		base = "http://" + server.addr()
	}
	zone, err := c.location()
	if err != nil {
		return err
	}
	published, err := publishDemo(ctx, g, base, zone)
	if err != nil {
		return err
	}
	files, err := writeFiles(published, dir)
	said := "The second national review of 2022, as the fictional people published it:"
	if err == nil && len(published) == 0 {
		files, err = draftDemo(ctx, g, time.Now().In(zone), dir)
		said = "The second national review of 2022, as a draft:"
	}
	if err != nil {
		return err
	}
	cmd.Println(said)
	for _, f := range files {
		cmd.Println("  " + f)
	}
	if !serve {
		printKeys(cmd, base, keys)
		return nil
	}
	cmd.Printf("Ready after %.1f s. Open in a browser:\n", time.Since(start).Seconds())
	for _, page := range []struct{ path, what string }{
		{"/", "the dashboard of the 23 objectives, in your browser's language"},
		{"/kk/", "қазақша"}, {"/ru/", "по-русски"}, {"/en/", "in English"},
		{"/en/objectives/5", "one objective"}, {"/en/measures/e-visa", "one measure"},
		{"/en/indicators/refugees-registered", "one indicator"}, {"/en/reviews/2022", "the review and its editions"},
		{"/en/verify", "whether a PDF is a published edition"},
	} {
		cmd.Printf("  %-58s %s\n", base+page.path, page.what)
	}
	printKeys(cmd, base, keys)
	cmd.Println("Stop with Ctrl+C.")
	return server.serve(ctx, c, g, cmd.ErrOrStderr())
}

// loadEmbedded loads the built-in pack.
func loadEmbedded(ctx context.Context, g *db.DB) (countries.Report, error) {
	pack, err := readPack(demoPack)
	if err != nil {
		return countries.Report{}, err
	}
	return countries.Load(ctx, g, pack)
}
