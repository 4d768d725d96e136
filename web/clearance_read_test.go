package web

import (
	"strings"
	"testing"

	"gcm/internal/audit"
	"gcm/reports"
)

func TestSectionIsComparedWithTheOneThatItWas(t *testing.T) {
	before := []reports.SectionWords{
		{ID: "means", Number: "4", Title: "Means"},
		{ID: "means-1", Number: "4.1", Title: "Money", Text: "No budget is named."},
		{ID: "means-2", Number: "4.2", Title: "Partners", Text: "Three are named."},
		{ID: "next", Number: "5", Title: "Next steps", Text: "One."},
	}
	for _, c := range []struct {
		name    string
		after   []reports.SectionWords
		changed string
	}{
		{"nothing", before, ""},
		{"a heading went", []reports.SectionWords{before[0], {ID: "means-1", Number: "4.1", Title: "Partners", Text: "Three are named."}, before[3]}, "4.1 Money: -Money No budget is named."},
		{"a heading came", []reports.SectionWords{before[0], {ID: "means-1", Number: "4.1", Title: "People", Text: "Two."}, {ID: "means-2", Number: "4.2", Title: "Money", Text: "No budget is named."}, {ID: "means-3", Number: "4.3", Title: "Partners", Text: "Three are named."}, before[3]}, "4.1 People: +People Two."},
		{"a heading reads otherwise", []reports.SectionWords{before[0], {ID: "means-1", Number: "4.1", Title: "Funds", Text: "No budget is named."}, before[2], before[3]}, "4.1 Funds: -Money +Funds"},
		{"a text came below a title", []reports.SectionWords{{ID: "means", Number: "4", Title: "Means", Text: "Here they are."}, before[1], before[2], before[3]}, "4 Means: +Here they are."},
	} {
		var said []string
		for _, s := range compareSections(before, c.after) {
			by := map[audit.PieceKind]string{}
			for _, p := range s.Pieces {
				by[p.Kind] += p.Text
			}
			words := s.Title + ":"
			if removed := strings.Join(strings.Fields(by[audit.Removed]), " "); removed != "" {
				words += " -" + removed
			}
			if added := strings.Join(strings.Fields(by[audit.Added]), " "); added != "" {
				words += " +" + added
			}
			said = append(said, words)
		}
		if got := strings.Join(said, "; "); got != c.changed {
			t.Errorf("%s: %q, want %q", c.name, got, c.changed)
		}
	}
}
