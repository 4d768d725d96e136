package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gcm/indicators/intake"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
)

func dataImportCommand(c *config) *cobra.Command {
	var o intake.Options
	var format, lang string
	var dry bool
	imports := &cobra.Command{
		Use:   "import FILE",
		Short: "Take observations in from a file or an Open SDG folder: all of them or none",
		Args:  exactly(1, "a file, or a folder of Open SDG"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.Format = intake.Format(format); format != "" && !slices.Contains(intake.Formats, o.Format) {
				return usage("--format: %q is not one of %s", format, formatNames())
			}
			if !slices.Contains([]string{"", ",", "."}, o.Decimal) {
				return usage("--decimal: %q is not a comma or a point", o.Decimal)
			}
			if !slices.Contains(i18n.Languages, lang) {
				return usage("--lang: %q is not one of %s", lang, strings.Join(i18n.Languages, ", "))
			}
			src, done, err := openSource(args[0])
			if err != nil {
				return err
			}
			defer done()
			g, err := c.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer db.Close(g)
			told, clear := counter(cmd.ErrOrStderr())
			report, err := intake.Import(cmd.Context(), g, auth.System("command line"), src, o, dry, told)
			clear()
			if err != nil {
				return err
			}
			p, err := i18n.New(lang)
			if err != nil {
				return err
			}
			return printImport(cmd, p, report, dry)
		},
	}
	f := imports.Flags()
	f.StringVar(&format, "format", "", "format of the file, one of "+formatNames()+"; told by its content when left out")
	f.BoolVar(&dry, "dry-run", false, "say what the import would do, and write nothing")
	f.BoolVar(&o.Create, "create", false, "also make the indicators, dimensions and codes that the register lacks")
	f.StringVar(&o.Sheet, "sheet", "", "sheet of a workbook; the first with values when left out")
	f.StringVar(&o.Decimal, "decimal", "", "what parts decimals where a number can be read in two ways: a comma or a point")
	f.StringVar(&o.Encoding, "encoding", "", "utf-8, windows-1251 or windows-1252; found out when left out")
	f.StringVar(&o.Area, "area", "", "code of the country as a whole; the first area of the file when left out")
	f.StringVar(&o.Indicator, "indicator", "", "code of the indicator, for a file that names none")
	f.StringVar(&o.Language, "language", "en", "language of names and notes in the file")
	f.StringVar(&lang, "lang", "en", "language of the report")
	return imports
}

func formatNames() string {
	var names []string
	for _, f := range intake.Formats {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

// openSource opens what is to be imported; done closes it.
func openSource(name string) (src intake.Source, done func(), err error) {
	info, err := os.Stat(name)
	if err != nil {
		return src, nil, fmt.Errorf("there is no file %s", name)
	}
	src.Name = filepath.Base(name)
	if info.IsDir() {
		src.Folder = os.DirFS(name)
		return src, func() {}, nil
	}
	file, err := os.Open(name)
	if err != nil {
		return src, nil, fmt.Errorf("open %s: %w", name, err)
	}
	src.File, src.Size = file, info.Size()
	return src, func() { file.Close() }, nil
}

// counter tells on a terminal how many rows were read.
func counter(out io.Writer) (told func(int64), clear func()) {
	file, ok := out.(*os.File)
	if !ok {
		return nil, func() {}
	}
	if info, err := file.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil, func() {}
	}
	return func(rows int64) { fmt.Fprintf(out, "\r%d rows", rows) }, func() { fmt.Fprint(out, "\r\x1b[K") }
}

// printImport prints what an import did, or all that is wrong with the file.
func printImport(cmd *cobra.Command, p *i18n.Printer, report *intake.Report, dry bool) error {
	for _, problem := range report.Problems {
		cmd.Printf("%s\t%s\t%s\t%s\n", problem.Place, problem.Column, problem.Value, p.T(problem.Key, problem.Args...))
	}
	if more := report.Bad - int64(len(report.Problems)); more > 0 {
		cmd.Printf("%s\n", p.T("import.more", p.Number(float64(more), 0)))
	}
	if report.Bad > 0 {
		return fmt.Errorf("%d cells cannot be taken in: nothing was imported", report.Bad)
	}
	what := "Imported"
	if dry {
		what = "Would import"
	}
	in := report.Intake
	cmd.Printf("%s as %s: %d values, %d new, %d changed, %d the same, %d taken out; %d rows without a value; %.1f s\n",
		what, report.Format, in.Rows, in.New, in.Changed, in.Same, in.Gone, report.Empty, report.Took.Seconds())
	if n, d := len(report.Brings.Indicators), len(report.Brings.Dimensions); n+d > 0 {
		cmd.Printf("New in the register: %d indicators; new or with new values: %d breakdowns\n", n, d)
	}
	for _, f := range report.Findings {
		cmd.Printf("%s\t%s\t%s\t%s\n", f.Indicator, f.Place(), f.Rule, f.Message(p))
	}
	if report.Found > len(report.Findings) {
		cmd.Printf("and %d more findings\n", report.Found-len(report.Findings))
	}
	if report.Area != "" {
		cmd.Printf("%s is taken for the country as a whole\n", report.Area)
	}
	return nil
}
