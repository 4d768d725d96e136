package main

import (
	"time"

	"github.com/spf13/cobra"

	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/reports"
)

func questionnaireCommand(c *config) *cobra.Command {
	var langs, formats []string
	var out string
	command := &cobra.Command{
		Use:   "questionnaire CYCLE",
		Short: "Write the questionnaire, answered from the review of a cycle, as questionnaire-CYCLE-LANG.pdf",
		Long: "Writes the questions of the pack's questionnaire with the answers that the review of\n" +
			"a cycle gives, or that people wrote. It is marked as a draft until the review is\n" +
			"published.",
		Args: exactly(1, "a cycle, for example 2022"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := offered(formats); err != nil {
				return err
			}
			if err := isFolder(out); err != nil {
				return err
			}
			zone, err := c.location()
			if err != nil {
				return err
			}
			g, err := c.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer db.Close(g)
			if langs, err = languagesOf(cmd.Context(), g, langs); err != nil {
				return err
			}
			review, err := stores(g).Reviews.ReviewByCycle(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			var docs []reports.Frozen
			for _, lang := range langs {
				doc, err := reports.ComposeQuestionnaire(cmd.Context(), stores(g), args[0], lang)
				if err != nil {
					return err
				}
				if review.State != reports.Published {
					p, err := i18n.New(lang)
					if err != nil {
						return err
					}
					doc.MarkDraft(p, time.Now().In(zone))
				}
				docs = append(docs, reports.Frozen{Document: doc})
			}
			files, err := writeForms(docs, formats, out, func(d reports.Frozen, format string) string {
				return reports.QuestionnaireName(args[0], d.Document.Lang, format)
			})
			for _, f := range files {
				cmd.Println(f)
			}
			return err
		},
	}
	command.Flags().StringSliceVar(&langs, "lang", nil, "languages, for example kk,ru,en (default: all of the pack)")
	command.Flags().StringSliceVar(&formats, "format", []string{"pdf"}, "pdf, docx, html, md (Markdown), xlsx (the tables)")
	command.Flags().StringVar(&out, "out", ".", "folder to write to")
	return command
}
