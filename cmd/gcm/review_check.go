package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/reports/desk"
)

func reviewCheckCommand(c *config) *cobra.Command {
	var format, lang string
	check := &cobra.Command{
		Use:   "check CYCLE",
		Short: "Check the review of a cycle before it is handed in",
		Long: "Looks at the review of a cycle by the rules of the pre-submission check and prints\n" +
			"one finding per line: severity, section, language, paragraph, rule, what is wrong.\n" +
			"The exit code is 1 when something keeps the review from its bodies.",
		Args: exactly(1, "a cycle, for example 2022"),
		RunE: func(cmd *cobra.Command, args []string) error {
			print, known := checkPrinters[format]
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
			found, err := desk.NewStore(g, stores(g)).Check(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			for _, f := range found {
				if err := print(cmd.OutOrStdout(), p, args[0], f); err != nil {
					return err
				}
			}
			if n := len(desk.Block(found)); n > 0 {
				return fmt.Errorf("findings that keep the review from its bodies: %d; each line marked blocking says where to put it right", n)
			}
			return nil
		},
	}
	check.Flags().StringVar(&format, "format", "text", "text, or json: one object per line")
	check.Flags().StringVar(&lang, "lang", i18n.Languages[0], strings.Join(i18n.Languages, ", "))
	return check
}

var checkPrinters = map[string]func(io.Writer, *i18n.Printer, string, desk.Finding) error{
	"text": func(w io.Writer, p *i18n.Printer, _ string, f desk.Finding) error {
		passage := "-"
		if f.Passage > 0 {
			passage = fmt.Sprint(f.Passage)
		}
		_, err := fmt.Fprintln(w, strings.Join([]string{string(f.Severity), cmp.Or(f.Section, "-"), cmp.Or(f.Language, "-"), passage, f.Rule, f.Message(p)}, "\t"))
		return err
	},
	"json": func(w io.Writer, p *i18n.Printer, cycle string, f desk.Finding) error {
		return json.NewEncoder(w).Encode(struct {
			Severity  desk.Severity `json:"severity"`
			Rule      string        `json:"rule"`
			Section   string        `json:"section,omitempty"`
			Language  string        `json:"language,omitempty"`
			Paragraph int           `json:"paragraph,omitempty"`
			Detail    string        `json:"detail,omitempty"`
			Message   string        `json:"message"`
			Path      string        `json:"path"`
		}{f.Severity, f.Rule, f.Section, f.Language, f.Passage, f.Detail, f.Message(p), f.Path(cycle)})
	},
}
