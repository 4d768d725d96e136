package reports

import (
	"slices"
	"testing"
)

func TestWordsAreEveryWordOfTheSections(t *testing.T) {
	d := Document{Sections: []Section{{ID: "a", Number: "1", Title: "A", Blocks: Blocks{
		Paragraph{Runs: []Run{{Text: "One", Note: Text("noted")}, {Text: " two."}}},
		List{Items: []Blocks{{Para("item")}}},
		Callout{Title: "Gap", Blocks: Blocks{Para("silent")}},
		Facts{Items: []Fact{{"7", "measures"}}},
		Figure{Caption: Text("Chart"), Alt: "rises", Notes: Text("note"), Source: Text("src")},
		Table{Caption: Text("Table"), Columns: []Column{{Title: "x"}, {Title: "y"}}, Rows: []Row{{Cells: []Cell{{Text("1")}, {Text("2")}}}}, Source: Text("law")},
	}, Sections: []Section{{ID: "b", Number: "1.1", Title: "B"}}}}}
	want := []SectionWords{
		{"a", "1", "A", "One [noted] two.\nitem\nGap\nsilent\n7 measures\nChart\nrises\nnote\nsrc\nTable\nx | y\n1 | 2\nlaw"},
		{"b", "1.1", "B", ""},
	}
	if got := d.Words(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
