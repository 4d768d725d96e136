package pdf

import (
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"gcm/reports/pdf/specimen"
)

// FuzzWrite draws documents of any text, any shape and any nesting: none may
// panic, none may be refused, and no text may run off the foot of its page.
func FuzzWrite(f *testing.F) {
	f.Add([]byte{}, "")
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}, "Қазақстан Республикасы — 😀\x00\xff\u00ad\u200b")
	f.Add([]byte{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, "суперпозиционированный https://example.org/a/b")
	f.Add([]byte{4, 250, 4, 2, 4, 9, 7, 7, 7, 1, 2, 3, 4, 5, 6}, "-- – — \t\n\r (\\) %d %s %[9]d")
	f.Add([]byte{6, 1, 6, 2, 6, 3, 0, 6, 0, 3, 3, 3, 3, 3, 3, 3, 3}, "\u0301\u0301и\u0306 \ud7ff \uffff ا")
	random := rand.New(rand.NewPCG(1, 2))
	for range 24 {
		shape := make([]byte, 300)
		for i := range shape {
			shape[i] = byte(random.Uint32())
		}
		f.Add(shape, "көші-қон саясаты, 2019–2021: https://stat.gov.kz/kk/ "+strings.Repeat("суперпозиция", random.IntN(30)))
	}
	f.Fuzz(func(t *testing.T, shape []byte, words string) {
		if len(shape) > 400 || len(words) > 600 {
			return // long inputs find nothing that short ones don't
		}
		doc := specimen.Any(shape, words)
		c := compose(&doc)
		for i, p := range c.flow.pages {
			for _, tx := range p.texts() {
				if tx.y > p.height-p.bottom+0.5 && !p.bare || tx.y > p.height || tx.y < 0 {
					t.Errorf("page %d of %.0f by %.0f: %q at %.1f", i+1, p.width, p.height, tx.read(), tx.y)
				}
			}
		}
		if err := emit(io.Discard, c); err != nil {
			t.Fatal(err)
		}
		for i, e := range c.tree {
			if e.Role == roleFigure && e.Alt == "" || i > 1 && (e.Parent < 1 || e.Parent >= i) {
				t.Errorf("element %d: %+v", i, e)
			}
		}
	})
}
