package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/docx"
	"gcm/reports/html"
	"gcm/reports/markdown"
	"gcm/reports/pdf"
	"gcm/reports/tables"
)

func reviewCommand(c *config) *cobra.Command {
	root := &cobra.Command{Use: "review", Short: "Build, check and verify national reviews", Args: noArguments, RunE: showHelp}
	var langs, formats []string
	var profile, out string
	var edition int
	allBriefs := "brief"
	build := &cobra.Command{
		Use:   "build CYCLE",
		Short: "Write the review of a cycle as review-CYCLE-LANG.pdf, and in other formats",
		Args:  exactly(1, "a cycle, for example 2022"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := offered(formats); err != nil {
				return err
			}
			profiles := []reports.Profile{reports.Profile(profile)}
			if _, brief := reports.BriefTable(profile); !brief && profile != allBriefs && !slices.Contains(reports.Profiles, profiles[0]) {
				return usage("--profile: %q is not full, compact, brief or brief-1, brief-2 …", profile)
			}
			if cmd.Flags().Changed("edition") && edition < 1 {
				return usage("--edition: editions are numbered from 1")
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
			if profile == allBriefs {
				tables, err := stores(g).Objectives.RoundTables(cmd.Context())
				if err != nil {
					return err
				}
				profiles = nil
				for _, t := range tables {
					profiles = append(profiles, reports.BriefProfile(t.Number))
				}
			}
			var files []string
			if edition > 0 {
				files, err = buildEdition(cmd.Context(), g, args[0], edition, langs, profiles, formats, out)
			} else {
				files, err = buildReviews(cmd.Context(), stores(g), time.Now().In(zone), args[0], langs, profiles, formats, out)
			}
			for _, f := range files {
				cmd.Println(f)
			}
			return err
		},
	}
	build.Flags().StringSliceVar(&langs, "lang", nil, "languages, for example kk,ru,en (default: all of the pack)")
	build.Flags().StringSliceVar(&formats, "format", []string{"pdf"}, "pdf, docx, html, md (Markdown), xlsx (the tables)")
	build.Flags().StringVar(&profile, "profile", "full", "full, compact, brief (one for each round table) or brief-1, brief-2 …")
	build.Flags().StringVar(&out, "out", ".", "folder to write to")
	build.Flags().IntVar(&edition, "edition", 0, "this published edition: its PDF byte for byte, other formats as copies (default: what the review says now, as a draft)")
	root.AddCommand(build, questionnaireCommand(c), verifyCommand(c), reviewCheckCommand(c))
	return root
}

// writers draw a document as a file, by the ending of its name.
var writers = map[string]func(io.Writer, reports.Document) error{
	"pdf": pdf.Write, "docx": docx.Write, "html": html.Write, "md": markdown.Write, "xlsx": tables.Write,
}

// buildReviews writes the draft of now in each profile, language and format, one after the
// other, and returns the files it finished. Nothing is left half-written.
func buildReviews(ctx context.Context, s reports.Stores, now time.Time, cycle string, langs []string, profiles []reports.Profile, formats []string, dir string) ([]string, error) {
	var docs []reports.Frozen
	for _, profile := range profiles {
		for _, lang := range langs { // all languages are composed first: a fault in one writes none
			doc, err := draft(ctx, s, cycle, lang, profile, now)
			if table, brief := reports.BriefTable(profile); brief && err == nil {
				doc, err = reports.SpeakFrom(ctx, s, cycle, doc, table)
			}
			if err != nil {
				return nil, err
			}
			docs = append(docs, reports.Frozen{Profile: profile, Document: doc})
		}
	}
	return writeForms(docs, formats, dir, func(d reports.Frozen, format string) string {
		return reports.FileName(cycle, d.Document.Lang, d.Profile, format)
	})
}

// offered checks that there are writers of all formats.
func offered(formats []string) error {
	if len(formats) == 0 || slices.ContainsFunc(formats, func(f string) bool { return writers[f] == nil }) {
		return usage("--format: %q is not offered: use %s", strings.Join(formats, ","), strings.Join(slices.Sorted(maps.Keys(writers)), ", "))
	}
	return nil
}

func isFolder(out string) error {
	if info, err := os.Stat(out); err != nil || !info.IsDir() {
		return fmt.Errorf("--out: there is no folder %s: make it first", out)
	}
	return nil
}

// languagesOf are the languages that were asked for, or all that the pack has and
// the program speaks.
func languagesOf(ctx context.Context, g *db.DB, langs []string) ([]string, error) {
	if len(langs) > 0 {
		return slices.Compact(slices.Clone(langs)), nil
	}
	country, err := stores(g).Objectives.Country(ctx)
	if err != nil {
		return nil, err
	}
	if langs = i18n.Spoken(country.Languages); len(langs) == 0 {
		return nil, fmt.Errorf("the program speaks none of the pack's languages (%s): it speaks %s", strings.Join(country.Languages, ", "), strings.Join(i18n.Languages, ", "))
	}
	return langs, nil
}

// writeForms writes each document in each format, under the name that it has.
func writeForms(docs []reports.Frozen, formats []string, dir string, name func(d reports.Frozen, format string) string) ([]string, error) {
	var files []string
	for _, d := range docs {
		for _, format := range formats {
			file := filepath.Join(dir, name(d, format))
			if err := writeWhole(file, 0o644, func(w io.Writer) error { return writers[format](w, d.Document) }); err != nil {
				return files, err
			}
			files = append(files, file)
		}
	}
	return files, nil
}

// writeWhole writes a file under another name first, so that a file of its own
// name is always whole.
func writeWhole(name string, mode fs.FileMode, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".writing-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
			err = fmt.Errorf("write %s: %w", name, err)
		}
	}()
	if err := write(f); err != nil {
		_ = f.Close()
		return err
	}
	if err := f.Chmod(mode); err != nil {
		_ = f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
