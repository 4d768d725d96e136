package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gcm/indicators/quality"
	"gcm/internal/db"
	"gcm/internal/i18n"
)

func dataCheckCommand(c *config) *cobra.Command {
	var format, lang string
	check := &cobra.Command{
		Use:   "check",
		Short: "Find what is wrong with the figures, by general rules",
		Long: "Finds what is wrong with the figures and prints one finding per line: severity,\n" +
			"indicator, period and breakdown, rule, what is wrong; accepted ones are marked so.\n" +
			"The exit code is 1 when there are errors that nobody has accepted.",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			print, known := findingPrinters[format]
			if !known {
				return usage("--format: %q is not text or json", format)
			}
			p, err := i18n.New(lang)
			if err != nil {
				return usage("--lang: %w", err)
			}
			g, err := c.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer db.Close(g)
			open := 0
			err = quality.NewStore(g).Run(cmd.Context(), func(f quality.Finding) error {
				open += len(quality.Blocking([]quality.Finding{f}))
				return print(cmd.OutOrStdout(), p, f)
			})
			if err != nil {
				return err
			}
			if open > 0 {
				return fmt.Errorf("open errors in the figures: %d; correct them, or accept them with a reason on the page of data quality", open)
			}
			return nil
		},
	}
	check.Flags().StringVar(&format, "format", "text", "text, or json: one object per line")
	check.Flags().StringVar(&lang, "lang", i18n.Languages[0], strings.Join(i18n.Languages, ", "))
	return check
}

var findingPrinters = map[string]func(io.Writer, *i18n.Printer, quality.Finding) error{
	"text": func(w io.Writer, p *i18n.Printer, f quality.Finding) error {
		fields := []string{string(f.Severity), f.Indicator, cmp.Or(f.Place(), "-"), f.Rule, f.Message(p)}
		if !f.Open() {
			fields[0] = "accepted"
		}
		_, err := fmt.Fprintln(w, strings.Join(slices.Clip(fields), "\t"))
		return err
	},
	"json": func(w io.Writer, p *i18n.Printer, f quality.Finding) error {
		return json.NewEncoder(w).Encode(struct {
			Severity  quality.Severity  `json:"severity"`
			Indicator string            `json:"indicator"`
			Period    string            `json:"period,omitempty"`
			Breakdown string            `json:"breakdown,omitempty"`
			Rule      string            `json:"rule"`
			Message   string            `json:"message"`
			Mark      string            `json:"mark"`
			Accepted  *quality.Accepted `json:"accepted,omitempty"`
		}{f.Severity, f.Indicator, string(f.Period), f.Breakdown.String(), f.Rule, f.Message(p), f.Mark, f.Accepted})
	},
}
