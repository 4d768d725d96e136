package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gcm/internal/audit"
	"gcm/internal/db"
)

func auditCommand(c *config) *cobra.Command {
	root := &cobra.Command{Use: "audit", Short: "Check the audit log, or write it to a file", Args: noArguments, RunE: showHelp}
	root.AddCommand(auditVerifyCommand(c), auditExportCommand(c))
	return root
}

func auditVerifyCommand(c *config) *cobra.Command {
	var heads []string
	verify := &cobra.Command{
		Use:   "verify",
		Short: "Find changed, deleted and inserted entries of the audit log",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var noted []audit.Head
			for _, text := range heads {
				head, err := audit.ParseHead(text)
				if err != nil {
					return usage("--head: %w", err)
				}
				noted = append(noted, head)
			}
			g, err := c.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer db.Close(g)
			report, err := audit.Verify(cmd.Context(), g, noted...)
			if err != nil {
				return err
			}
			printLines(cmd, findingLines(report))
			if !report.Whole() {
				return fmt.Errorf("the audit log is not what was written: keep the database as it is and compare it with a backup")
			}
			cmd.Printf("The audit log is whole: %d entries, head %s\n", report.Count, report.Head)
			return nil
		},
	}
	verify.Flags().StringArrayVar(&heads, "head", nil, "a head that was noted earlier, as SEQ:HASH; can be given several times")
	return verify
}

// findingWords say what was found; the verb is Finding.Other.
var findingWords = map[audit.Kind]string{
	audit.RowChanged:    "changed: its fields do not give its hash",
	audit.RowMoved:      "moved: it was written as %d",
	audit.RowInserted:   "inserted: the chain leads past it",
	audit.RowUnlinked:   "unlinked: it follows on another entry than the one before it, which was replaced",
	audit.RowsMissing:   "missing up to %d, after the entry named here",
	audit.TailCut:       "cut off up to %d, after the entry named here",
	audit.RowsUncounted: "added up to %d beyond the head",
	audit.HeadForged:    "the head was forged: it is not the hash of this newest entry",
	audit.LogRewritten:  "rewritten: its hash is not the one that was noted",
}

func findingLines(report audit.Report) []string {
	var lines []string
	for _, f := range report.Findings {
		words := findingWords[f.Kind]
		if strings.Contains(words, "%d") {
			words = fmt.Sprintf(words, f.Other)
		}
		lines = append(lines, fmt.Sprintf("%d\t%s\t%s\t%s", f.Seq, cmp.Or(f.At, "-"), cmp.Or(strings.Trim(f.Noun+" "+f.Record, " "), "-"), words))
	}
	if report.More > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", report.More))
	}
	return lines
}

func auditExportCommand(c *config) *cobra.Command {
	var format, out, from, to string
	var filter audit.Filter
	export := &cobra.Command{
		Use:   "export",
		Short: "Write the audit log to a file, the oldest entry first",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.Contains(audit.Formats, audit.Format(format)) {
				return usage("--format: %q is not jsonl or csv", format)
			}
			if out == "" {
				return usage("--out: name the file to write")
			}
			var err error
			if filter.From, filter.To, err = days(from, to); err != nil {
				return err
			}
			g, err := c.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer db.Close(g)
			return writeWhole(out, 0o600, func(w io.Writer) error {
				return audit.Export(cmd.Context(), g, w, audit.Format(format), filter)
			})
		},
	}
	f := export.Flags()
	f.StringVar(&format, "format", string(audit.JSONLines), "jsonl or csv")
	f.StringVar(&out, "out", "", "file to write")
	f.StringVar(&from, "from", "", "first day in UTC, for example 2026-11-01")
	f.StringVar(&to, "to", "", "last day in UTC")
	f.StringVar(&filter.Noun, "noun", "", "only of one kind of record, for example entry")
	f.StringVar(&filter.Record, "record", "", "only of the record with this code")
	return export
}

// days reads a first and a last day, either of which may be empty, as moments:
// from the one on, before the other.
func days(first, last string) (from, to time.Time, err error) {
	if first != "" {
		if from, err = time.Parse(time.DateOnly, first); err != nil {
			return from, to, usage("--from: %q is not a day like 2026-11-01", first)
		}
	}
	if last != "" {
		if to, err = time.Parse(time.DateOnly, last); err != nil {
			return from, to, usage("--to: %q is not a day like 2026-11-30", last)
		}
		to = to.AddDate(0, 0, 1)
	}
	return from, to, nil
}
