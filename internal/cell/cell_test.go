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

func TestWhatWasMadeHarmlessComesBack(t *testing.T) {
	for _, text := range []string{"", "=1+1", "'=1", "''-", "'", "'a", "a'=1", "@", "-5", "\tә", "’=1"} {
		if back := Bare(Harmless(text)); back != text {
			t.Errorf("%q comes back as %q", text, back)
		}
	}
}
