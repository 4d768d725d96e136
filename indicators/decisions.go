package indicators

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"io"
	"math"
	"slices"
	"sync"
	"time"
)

// decisions remembers what was decided of the same cells before: a large table
// takes a tenth of a second, and pages ask for it again and again. What is
// decided depends on the cells alone, so that nothing here grows stale.
type decisions struct {
	mutex sync.Mutex
	made  map[[sha256.Size]byte][]bool
}

// mostDecisions bounds how many tables are remembered.
const mostDecisions = 500

// suppress is Suppress, remembered.
func (d *decisions) suppress(cells []Cell, threshold float64, moments []time.Time) []bool {
	if !slices.ContainsFunc(cells, func(c Cell) bool {
		return c.Secret || c.Fate == KeptBack || c.Unit == Percent || small(c.Value, threshold)
	}) {
		return make([]bool, len(cells)) // as with most: not worth a look
	}
	key := keyOf(cells, threshold, moments)
	d.mutex.Lock()
	hidden, there := d.made[key]
	d.mutex.Unlock()
	if there {
		return hidden
	}
	hidden = Suppress(cells, threshold, moments)
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.made == nil || len(d.made) >= mostDecisions {
		d.made = map[[sha256.Size]byte][]bool{}
	}
	d.made[key] = hidden
	return hidden
}

// keyOf hashes all that a decision depends on.
func keyOf(cells []Cell, threshold float64, moments []time.Time) (key [sha256.Size]byte) {
	h := sha256.New()
	number(h, int64(math.Float64bits(threshold)), int64(len(cells)), int64(len(moments)))
	if moments == nil {
		number(h, -1)
	}
	for _, m := range moments {
		number(h, m.UnixMicro())
	}
	for _, c := range cells {
		secret := int64(0)
		if c.Secret {
			secret = 1
		}
		number(h, int64(math.Float64bits(c.Value)), c.Since.UnixMicro(), c.Until.UnixMicro(), secret, int64(c.Fate))
		for _, text := range []string{string(c.Period), c.Breakdown.String(), string(c.Unit)} {
			number(h, int64(len(text)))
			_, _ = io.WriteString(h, text) // a hash never fails
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func number(h hash.Hash, list ...int64) {
	for _, n := range list {
		_ = binary.Write(h, binary.BigEndian, n) // a hash never fails
	}
}
