package audit

import (
	"slices"
	"strings"
	"testing"
)

func TestWordsShowWhatWasPutInAndTakenOut(t *testing.T) {
	for _, c := range []struct {
		before, after string
		want          []Piece
	}{
		{"", "", nil},
		{"бір екі", "бір екі", []Piece{{Same, "бір екі"}}},
		{"", "жаңа мәтін", []Piece{{Added, "жаңа мәтін"}}},
		{"ескі мәтін", "", []Piece{{Removed, "ескі мәтін"}}},
		{"one two three", "one three", []Piece{{Same, "one "}, {Removed, "two "}, {Same, "three"}}},
		{"one three.", "one two three.", []Piece{{Same, "one "}, {Added, "two "}, {Same, "three."}}},
		{"26 130 босқын", "27 130 босқын", []Piece{{Removed, "26 "}, {Added, "27 "}, {Same, "130 босқын"}}},
		{"a, b", "a; b", []Piece{{Same, "a"}, {Removed, ", "}, {Added, "; "}, {Same, "b"}}},
	} {
		if got := Words(c.before, c.after); !slices.Equal(got, c.want) {
			t.Errorf("%q to %q: %q", c.before, c.after, got)
		}
	}
}

func TestWordsOfHugeTextsAreComparedInBoundedMemory(t *testing.T) {
	before, after := strings.Repeat("a b ", 5000), strings.Repeat("c d ", 5000)
	if got := Words(before, after); !slices.Equal(got, []Piece{{Removed, before}, {Added, after}}) {
		t.Errorf("%d pieces", len(got))
	}
	if got := Words(before+"x", before+"y"); len(got) != 3 {
		t.Errorf("one changed word makes %d pieces", len(got))
	}
}

func FuzzWords(f *testing.F) {
	f.Add("бір екі үш", "бір үш төрт")
	f.Add("a\xff b", "\n\na b")
	f.Fuzz(func(t *testing.T, before, after string) {
		var b, a strings.Builder
		for i, p := range Words(before, after) {
			if p.Kind != Added {
				b.WriteString(p.Text)
			}
			if p.Kind != Removed {
				a.WriteString(p.Text)
			}
			if p.Text == "" || i > 0 && p.Kind == Words(before, after)[i-1].Kind {
				t.Errorf("piece %d is empty or could be joined", i)
			}
		}
		if b.String() != before || a.String() != after {
			t.Errorf("%q to %q reads %q to %q", before, after, b.String(), a.String())
		}
	})
}
