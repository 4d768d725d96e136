package intake

import "strconv"

// String names the place as a person looks for it: "data/1-1-1.csv:7".
func (p Place) String() string {
	at := p.File
	if p.Sheet != "" {
		at = p.Sheet
	}
	if at != "" {
		at += ":"
	}
	return at + strconv.Itoa(p.Row)
}

// placeBook writes places as numbers, so that staged rows can carry them.
type placeBook struct {
	tables []Place
	last   Place
}

const rowBits = 32

func (b *placeBook) number(p Place) int64 {
	table := Place{File: p.File, Sheet: p.Sheet}
	if len(b.tables) == 0 || table != b.last {
		b.tables, b.last = append(b.tables, table), table
	}
	return int64(len(b.tables)-1)<<rowBits | int64(p.Row)
}

func (b *placeBook) place(n int64) Place {
	p := b.tables[n>>rowBits]
	p.Row = int(n & (1<<rowBits - 1))
	return p
}
