package main

import (
	"cmp"
	"fmt"
	"html"
	"os"
	"strings"

	"gcm/reports"
)

// page gives the other engines the same paper, frame, faces and sizes.
const page = `<!DOCTYPE html><html lang="%s"><meta charset="utf-8"><title>%s</title><style>
@page { size: A4; margin: 88pt 82pt 84pt 82pt }
body { margin: 0; font: 10.5pt/14.8pt "Noto Serif"; text-align: justify; hyphens: auto; widows: 2; orphans: 2 }
p { margin: 7pt 0 0 }
h1 { font: bold 23pt/29pt "Noto Serif"; break-before: page; text-align: left }
h2 { font: bold 14.5pt/19pt "Noto Sans"; text-align: left }
table { width: 100%%; border-collapse: collapse; font: 8.5pt/11.6pt "Noto Sans"; margin: 16pt 0; text-align: left }
thead { display: table-header-group } tr { break-inside: avoid }
td, th { padding: 3.4pt 5pt; border-bottom: 0.4pt solid #ccc; vertical-align: top } .right { text-align: right }
small { font: 8.5pt/11.2pt "Noto Serif"; float: footnote }
</style>
`

// writeHTML writes a document plainly, for engines that read HTML, and beside it
// for Typst.
func writeHTML(path string, doc reports.Document) error {
	var b, t strings.Builder
	fmt.Fprintf(&b, page, html.EscapeString(doc.Lang), html.EscapeString(doc.Title))
	fmt.Fprintf(&t, typstPage, doc.Lang)
	sections(&b, &t, doc.Sections, 1)
	if err := os.WriteFile(strings.TrimSuffix(path, "html")+"typ", []byte(t.String()), 0o600); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(b.String()), 0o600)
}

func sections(b, t *strings.Builder, list []reports.Section, depth int) {
	for _, s := range list {
		title := strings.TrimSpace(s.Number + " " + s.Title)
		fmt.Fprintf(b, "<h%d>%s</h%d>\n", depth, html.EscapeString(title), depth)
		fmt.Fprintf(t, "\n#heading(level: %d)[%s]\n", depth, quoted(title))
		for _, block := range s.Blocks {
			switch block := block.(type) {
			case reports.Paragraph:
				fmt.Fprintf(b, "<p>%s</p>\n", runs(block.Runs))
				fmt.Fprintf(t, "\n%s\n", typstRuns(block.Runs))
			case reports.Table:
				table(b, t, block)
			}
		}
		sections(b, t, s.Sections, depth+1)
	}
}

func runs(list []reports.Run) string {
	var b strings.Builder
	for _, r := range list {
		b.WriteString(html.EscapeString(r.Text))
		if len(r.Note) > 0 {
			b.WriteString("<small>" + runs(r.Note) + "</small>")
		}
	}
	return b.String()
}

func table(b, t *strings.Builder, tb reports.Table) {
	b.WriteString("<table><thead><tr>")
	fmt.Fprintf(t, "\n#table(columns: (3fr, 1.2fr, 1.2fr, 1.2fr, 4fr), table.header(")
	for _, c := range tb.Columns {
		b.WriteString("<th>" + html.EscapeString(c.Title))
		fmt.Fprintf(t, "[%s], ", quoted(c.Title))
	}
	b.WriteString("<tbody>")
	t.WriteString("),\n")
	for _, r := range tb.Rows {
		b.WriteString("<tr>")
		for i, c := range r.Cells {
			fmt.Fprintf(b, `<td class="%s">%s`, cmp.Or(string(tb.Columns[i].Align), "left"), runs(c.Runs))
			fmt.Fprintf(t, "[%s], ", typstRuns(c.Runs))
		}
	}
	b.WriteString("</table>\n")
	t.WriteString(")\n")
}
