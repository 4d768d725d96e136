package cell

import "testing"

// ASVS 1.2.10
func TestSpreadsheetReadsNoTextAsAFormula(t *testing.T) {
	for text, want := range map[string]string{"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "5": "5", "": "", "ә": "ә"} {
		if got := Harmless(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}
