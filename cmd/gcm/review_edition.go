package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"gcm/internal/db"
	"gcm/reports"
	"gcm/reports/desk"
)

// buildEdition writes a published edition in the languages, profiles and
// formats: the PDF as it was published, and copies that say so.
func buildEdition(ctx context.Context, g *db.DB, cycle string, number int, langs []string, profiles []reports.Profile, formats []string, dir string) ([]string, error) {
	store := desk.NewStore(g, stores(g))
	e, _, err := store.Edition(ctx, cycle, number)
	if err != nil {
		return nil, err
	}
	var files []string
	if slices.Contains(formats, "pdf") {
		if files, err = redraw(ctx, store, cycle, e, langs, profiles, dir); err != nil {
			return files, err
		}
	}
	copies := slices.DeleteFunc(slices.Clone(formats), func(f string) bool { return f == "pdf" })
	if len(copies) == 0 {
		return files, nil
	}
	var docs []reports.Frozen
	for _, profile := range profiles {
		for _, lang := range langs {
			doc, err := store.Copy(ctx, e, lang, profile)
			if err != nil {
				return files, err
			}
			docs = append(docs, reports.Frozen{Profile: profile, Document: doc})
		}
	}
	written, err := writeForms(docs, copies, dir, func(d reports.Frozen, format string) string {
		return reports.FileName(cycle, d.Document.Lang, d.Profile, fmt.Sprintf("edition-%d.", number)+format)
	})
	return append(files, written...), err
}

// redraw draws the PDFs of a published edition again from what was signed and
// writes those in the languages and the profile. Files that are not the published
// bytes are not written.
func redraw(ctx context.Context, store *desk.Store, cycle string, e desk.Edition, langs []string, profiles []reports.Profile, dir string) ([]string, error) {
	drawn, err := store.Redraw(ctx, e, press)
	if err != nil {
		return nil, err
	}
	drawn = slices.DeleteFunc(drawn, func(f desk.EditionFile) bool {
		return !slices.Contains(profiles, f.Profile) || !slices.Contains(langs, f.Language)
	})
	for _, profile := range profiles {
		for _, lang := range langs {
			if !slices.ContainsFunc(drawn, func(f desk.EditionFile) bool { return f.Profile == profile && f.Language == lang }) {
				return nil, fmt.Errorf("edition %d of %s has no %s in the language %q", e.Number, cycle, profile, lang)
			}
		}
	}
	for _, f := range drawn {
		sum := sha256.Sum256(f.Body)
		i := slices.IndexFunc(e.Files, func(kept desk.EditionFile) bool { return kept.Name == f.Name })
		if i < 0 || e.Files[i].SHA256 != hex.EncodeToString(sum[:]) {
			return nil, fmt.Errorf("%s comes out as other bytes than were published by %q: draw it with that version, or take the kept file from the review's page", f.Name, e.Program)
		}
	}
	return writeFiles(drawn, dir)
}

// writeFiles writes published files into a folder and returns where they are.
func writeFiles(files []desk.EditionFile, dir string) ([]string, error) {
	var written []string
	for _, f := range files {
		path := filepath.Join(dir, f.Name)
		if err := writeWhole(path, 0o644, func(w io.Writer) error { _, err := w.Write(f.Body); return err }); err != nil {
			return written, err
		}
		written = append(written, path)
	}
	return written, nil
}

func verifyCommand(c *config) *cobra.Command {
	return &cobra.Command{
		Use:   "verify FILE.pdf",
		Short: "Say which published edition a PDF is, or that it was changed",
		Long: "verify compares a file with the register of editions, byte for byte. It exits with 0\n" +
			"when the file is a published one, also when a newer edition has taken its place, and\n" +
			"with 1 when it was changed or the register does not know it.",
		Args: exactly(1, "a file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			file, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("there is no readable file %s: name a PDF", args[0])
			}
			defer file.Close()
			g, err := c.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer db.Close(g)
			v, err := desk.NewStore(g, stores(g)).Verify(cmd.Context(), file)
			if err != nil {
				return err
			}
			switch v.Standing {
			case desk.IsPublished:
				cmd.Printf("%s is %s, edition %d of the review of %s, as published (SHA-256 %s)\n", args[0], v.File.Name, v.Edition, v.Cycle, v.SHA256)
				if v.Latest > v.Edition {
					cmd.Printf("Edition %d has taken its place.\n", v.Latest)
				}
				return nil
			case desk.IsChanged:
				return fmt.Errorf("%s was changed: it names itself, or begins as, %s, edition %d of the review of %s, but its bytes differ from the published ones; take the published file from the review's page", args[0], v.File.Name, v.Edition, v.Cycle)
			}
			return fmt.Errorf("%s is unknown: no published edition in this database has these bytes or begins with them, and the file does not say that it is one", args[0])
		},
	}
}
