package search

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// kazakhForms reads the nouns with their forms, the stem first.
func kazakhForms(t *testing.T) [][]string {
	t.Helper()
	file, err := os.ReadFile("testdata/kazakh-forms.txt")
	if err != nil {
		t.Fatal(err)
	}
	var nouns [][]string
	for line := range strings.Lines(string(file)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			nouns = append(nouns, strings.Fields(line))
		}
	}
	return nouns
}

// meets reports whether two lists of stems have one in common.
func meets(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// stemsOf are the stems of each form.
func stemsOf(forms []string) (list [][]string) {
	for _, f := range forms {
		list = append(list, kazakhKeys(kazakhStems(f, true)))
	}
	return list
}

func TestKazakhWordMeetsItsForms(t *testing.T) {
	pairs := 0
	for _, forms := range kazakhForms(t) {
		stems := stemsOf(forms)
		for i := range forms {
			for j := range forms[:i] {
				if pairs++; !meets(stems[i], stems[j]) {
					t.Errorf("%s does not meet %s: %v, %v", forms[i], forms[j], stems[i], stems[j])
				}
			}
		}
	}
	t.Logf("%d pairs of forms", pairs)
}

// alike are the nouns whose forms meet though they are not the same: what is
// without something has to do with it.
var alike = []string{"жұмыс жұмыссыз"}

func TestKazakhWordsDoNotMeetOthers(t *testing.T) {
	var all [][][]string
	nouns := kazakhForms(t)
	for _, forms := range nouns {
		all = append(all, stemsOf(forms))
	}
	pairs, wrong := 0, 0
	for i := range nouns {
		for j := range nouns[:i] {
			met := 0
			for _, x := range all[i] {
				for _, y := range all[j] {
					if meets(x, y) {
						met++
					}
				}
			}
			pairs += len(all[i]) * len(all[j])
			wrong += met
			if pair := nouns[j][0] + " " + nouns[i][0]; (met > 0) != slices.Contains(alike, pair) {
				t.Errorf("%s: meet %d times", pair, met)
			}
		}
	}
	t.Logf("%d of %d pairs of forms of different nouns meet", wrong, pairs)
}

func TestKazakhWordFromARussianKeyboardMeetsTheRealOne(t *testing.T) {
	total, missed := 0, 0
	for _, forms := range kazakhForms(t) {
		for _, form := range forms {
			typed := fold(form)
			if typed == form {
				continue
			}
			total++
			if !meets(plainKeys(kazakhStems(typed, false)), plainKeys(kazakhStems(forms[0], true))) {
				missed++
				t.Errorf("%s for %s does not meet %s", typed, form, forms[0])
			}
		}
	}
	t.Logf("%d of %d missed", missed, total)
}
