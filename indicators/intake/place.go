package intake

import (
	"hash/maphash"
	"strconv"

	"gcm/indicators"
)

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

	seed  maphash.Seed
	seen  map[uint64]struct{}
	twice bool // a value may be there twice: its hash is
}

// mostSeen is how many values are watched by their hashes; in a larger file the
// database looks for values that are there twice.
const mostSeen = 4 << 20

// note watches for a value that was there already.
func (b *placeBook) note(in *indicators.Incoming) {
	if b.twice {
		return
	}
	if b.seen == nil {
		b.seed, b.seen = maphash.MakeSeed(), map[uint64]struct{}{}
	}
	var h maphash.Hash
	h.SetSeed(b.seed)
	for _, part := range []string{in.Indicator, string(in.Period), in.Breakdown} {
		_, _ = h.WriteString(part)
		_ = h.WriteByte(0)
	}
	before := len(b.seen)
	b.seen[h.Sum64()] = struct{}{}
	if b.twice = len(b.seen) == before || before >= mostSeen; b.twice {
		b.seen = nil
	}
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
