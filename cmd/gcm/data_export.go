package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gcm/indicators/exchange"
	"gcm/internal/db"
)

func dataExportCommand(c *config) *cobra.Command {
	var codes []string
	var out, release string
	export := &cobra.Command{
		Use:   "export",
		Short: "Write the released figures that everybody may see to files",
		Long: "Writes the released figures that everybody may see. --out is a file, or with more\n" +
			"than one format a folder, where each file has the name that it has in a release.\n\n" +
			"Formats: " + strings.Join(formatCodes(), ", ") + ".",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, err := exportFiles(codes, out)
			if err != nil {
				return err
			}
			g, err := c.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer db.Close(g)
			set, err := exportSet(cmd, exchange.NewStores(g), release, c.baseURL)
			if err != nil {
				return err
			}
			for _, f := range files {
				if err := writeWhole(f.path, 0o644, func(w io.Writer) error { return exchange.Write(w, f.Format, set) }); err != nil {
					return err
				}
				cmd.Println(f.path)
			}
			if set.Undated > 0 && slices.ContainsFunc(files, func(f exportFile) bool { return strings.HasPrefix(f.Code, "sdmx-") }) {
				cmd.PrintErrf("%d of %d observations have no period and are left out of SDMX, which holds none without one\n", set.Undated, set.Count)
			}
			return nil
		},
	}
	export.Flags().StringSliceVar(&codes, "format", []string{"csv"}, strings.Join(formatCodes(), ", "))
	export.Flags().StringVar(&out, "out", "", "file to write, or folder for several formats")
	export.Flags().StringVar(&release, "release", "", "code of a data release (default: what stands now)")
	return export
}

func formatCodes() []string {
	var codes []string
	for _, f := range exchange.Formats {
		codes = append(codes, f.Code)
	}
	return codes
}

// exportFile is a file to be written.
type exportFile struct {
	exchange.Format
	path string
}

// exportFiles decides where each format goes.
func exportFiles(codes []string, out string) ([]exportFile, error) {
	if out == "" {
		return nil, usage("--out: name the file to write, or a folder")
	}
	info, err := os.Stat(out)
	folder := err == nil && info.IsDir()
	if len(codes) > 1 && !folder {
		return nil, fmt.Errorf("--out: there is no folder %s: make it first", out)
	}
	var files []exportFile
	for _, code := range codes {
		f, ok := exchange.FormatOf(code)
		if !ok {
			return nil, usage("--format: %q is not offered: use %s", code, strings.Join(formatCodes(), ", "))
		}
		path := out
		if folder {
			path = filepath.Join(out, f.File)
		}
		files = append(files, exportFile{f, path})
	}
	if len(files) == 0 {
		return nil, usage("--format: name one of %s", strings.Join(formatCodes(), ", "))
	}
	return files, nil
}

func exportSet(cmd *cobra.Command, from exchange.Stores, release, base string) (exchange.Set, error) {
	if release == "" {
		return exchange.Current(cmd.Context(), from, base)
	}
	r, err := from.Indicators.ReleaseByCode(cmd.Context(), release)
	if err != nil {
		return exchange.Set{}, err
	}
	return exchange.Released(cmd.Context(), from, r, base)
}
