package main

import (
	"fmt"
	"strconv"
	"strings"

	"gcm/reports"
)

// typstPage is page for Typst.
const typstPage = `#set page(paper: "a4", margin: (top: 88pt, bottom: 84pt, x: 82pt))
#set text(font: "Noto Serif", size: 10.5pt, lang: "%s", hyphenate: true)
#set par(justify: true, leading: 0.62em)
#show table: set text(font: "Noto Sans", size: 8.5pt, hyphenate: true)
#show table: set par(justify: false)
`

func typstRuns(list []reports.Run) string {
	var b strings.Builder
	for _, r := range list {
		b.WriteString(quoted(r.Text))
		if len(r.Note) > 0 {
			fmt.Fprintf(&b, "#footnote[%s]", typstRuns(r.Note))
		}
	}
	return b.String()
}

// quoted is a text that Typst takes as it stands.
func quoted(s string) string { return "#" + strconv.Quote(s) + ";" }
