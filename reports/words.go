package reports

import "strings"

// SectionWords are what a section of a document says, without the sections
// below it.
type SectionWords struct{ ID, Number, Title, Text string }

// Words returns the words of a document's sections in order, those below others after them.
// The text has a line for each paragraph, item and row of a table.
func (d *Document) Words() []SectionWords { return sectionWords(nil, d.Sections) }

func sectionWords(list []SectionWords, sections []Section) []SectionWords {
	for _, s := range sections {
		list = append(list, SectionWords{s.ID, s.Number, s.Title, strings.Join(linesOf(nil, s.Blocks), "\n")})
		list = sectionWords(list, s.Sections)
	}
	return list
}

func linesOf(lines []string, blocks Blocks) []string {
	add := func(parts ...string) {
		for _, part := range parts {
			if part = strings.TrimSpace(part); part != "" {
				lines = append(lines, part)
			}
		}
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case Paragraph:
			add(wordsOf(b.Runs))
		case List:
			for _, item := range b.Items {
				lines = linesOf(lines, item)
			}
		case Callout:
			add(b.Title)
			lines = linesOf(lines, b.Blocks)
		case Facts:
			for _, f := range b.Items {
				add(f.Value + " " + f.Label)
			}
		case Figure:
			add(wordsOf(b.Caption), b.Alt, wordsOf(b.Notes), wordsOf(b.Source))
		case Table:
			var heads []string
			for _, c := range b.Columns {
				heads = append(heads, c.Title)
			}
			add(wordsOf(b.Caption), strings.Join(heads, " | "))
			for _, row := range b.Rows {
				var cells []string
				for _, c := range row.Cells {
					cells = append(cells, wordsOf(c.Runs))
				}
				add(strings.Join(cells, " | "))
			}
			add(wordsOf(b.Notes), wordsOf(b.Source))
		}
	}
	return lines
}

// wordsOf are the words of runs, footnotes in brackets where they are marked.
func wordsOf(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
		if note := wordsOf(r.Note); note != "" {
			b.WriteString(" [" + note + "]")
		}
	}
	return b.String()
}
