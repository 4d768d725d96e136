package reports

import (
	"slices"
	"strings"
)

// mapped returns blocks with each one, those inside others first, replaced by
// what change makes of it. The blocks themselves stay as they are.
func mapped(blocks Blocks, change func(Block) Block) Blocks {
	out := slices.Clone(blocks)
	for i, b := range out {
		switch in := b.(type) {
		case List:
			in.Items = slices.Clone(in.Items)
			for n := range in.Items {
				in.Items[n] = mapped(in.Items[n], change)
			}
			b = in
		case Callout:
			in.Blocks = mapped(in.Blocks, change)
			b = in
		}
		out[i] = change(b)
	}
	return out
}

// withRuns returns a block with its running text, wherever it stands in the block
// itself, replaced by what change makes of it.
func withRuns(b Block, change func([]Run) []Run) Block {
	switch in := b.(type) {
	case Paragraph:
		in.Runs = change(in.Runs)
		return in
	case Table:
		in.Caption, in.Notes, in.Source = change(in.Caption), change(in.Notes), change(in.Source)
		in.Rows = slices.Clone(in.Rows)
		for y, row := range in.Rows {
			row.Cells = slices.Clone(row.Cells)
			for x := range row.Cells {
				row.Cells[x].Runs = change(row.Cells[x].Runs)
			}
			in.Rows[y] = row
		}
		return in
	case Figure:
		in.Caption, in.Notes, in.Source = change(in.Caption), change(in.Notes), change(in.Source)
		return in
	}
	return b
}

// unlinked takes the links away that lead to no known anchor, in footnotes too.
func unlinked(runs []Run, known map[string]bool) []Run {
	out := slices.Clone(runs)
	for i, r := range out {
		if anchor, inside := strings.CutPrefix(r.Link, "#"); inside && !known[anchor] {
			out[i].Link = ""
		}
		if !known[r.PageOf] {
			out[i].PageOf = ""
		}
		out[i].Note = unlinked(r.Note, known)
	}
	return out
}
