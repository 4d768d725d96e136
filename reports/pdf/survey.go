package pdf

import "gcm/reports"

// declared collects the anchors of sections, tables, rows and figures.
func declared(sections []reports.Section) map[string]bool {
	found := make(map[string]bool)
	survey(sections, func(id string, _ int) {
		if id != "" {
			found[id] = true
		}
	})
	return found
}

// charsPerPage is what a page of text holds; tables hold less.
const charsPerPage = 2200

// estimate guesses how many pages the sections fill, to reserve room for their
// numbers. A wrong guess costs a wider or narrower space before a number.
func estimate(sections []reports.Section) int {
	sum := 2 * charsPerPage
	survey(sections, func(_ string, chars int) { sum += chars })
	return sum/charsPerPage + 1
}

// survey visits everything with an anchor or with text, and tells how many
// bytes of text it has.
func survey(sections []reports.Section, visit func(id string, chars int)) {
	for i := range sections {
		s := &sections[i]
		visit(s.ID, len(s.Title))
		surveyBlocks(s.Blocks, visit)
		survey(s.Sections, visit)
	}
}

func surveyBlocks(blocks []reports.Block, visit func(id string, chars int)) {
	for _, b := range blocks {
		switch b := b.(type) {
		case reports.Paragraph:
			visit("", length(b.Runs))
		case reports.List:
			for _, item := range b.Items {
				surveyBlocks(item, visit)
			}
		case reports.Callout:
			surveyBlocks(b.Blocks, visit)
		case reports.Figure:
			visit(b.ID, charsPerPage)
		case reports.Table:
			visit(b.ID, length(b.Caption))
			for _, r := range b.Rows {
				chars := 0
				for _, cell := range r.Cells {
					chars += length(cell.Runs)
				}
				visit(r.ID, chars)
			}
		}
	}
}

// length counts letters roughly: a Cyrillic one has two bytes.
func length(runs []reports.Run) int {
	n := 0
	for _, r := range runs {
		n += len(r.Text)*2/3 + length(r.Note)
	}
	return n
}

// captionEntry is a numbered table or figure that can be listed.
type captionEntry struct {
	number, anchor string
	caption        []reports.Run
}

// captioned collects the numbered tables and figures in their order.
func captioned(doc *reports.Document) (tables, figures []captionEntry) {
	var blocks func([]reports.Block)
	blocks = func(list []reports.Block) {
		for _, b := range list {
			switch b := b.(type) {
			case reports.Table:
				if b.Number != "" && len(b.Caption) > 0 {
					tables = append(tables, captionEntry{b.Number, b.ID, b.Caption})
				}
			case reports.Figure:
				if b.Number != "" && len(b.Caption) > 0 {
					figures = append(figures, captionEntry{b.Number, b.ID, b.Caption})
				}
			case reports.List:
				for _, item := range b.Items {
					blocks(item)
				}
			case reports.Callout:
				blocks(b.Blocks)
			}
		}
	}
	var walk func([]reports.Section)
	walk = func(sections []reports.Section) {
		for i := range sections {
			blocks(sections[i].Blocks)
			walk(sections[i].Sections)
		}
	}
	walk(doc.Sections)
	return tables, figures
}
