package reports_test

import (
	"slices"
	"testing"

	"gcm/reports"
)

func TestTextIsPartedIntoWhatStandsOnLinesOfItsOwn(t *testing.T) {
	body := "Бірінші абзац[^1]\nекі жолда.\n\n## Тақырып\n\n- бір\n- екі\n\n> Шақыру\n\n{{chart indicator:x}}\n\n[^1]: measure:e-visa\n"
	want := []string{"Бірінші абзац[^1]\nекі жолда.", "Тақырып", "бір\n- екі", "Шақыру", "{{chart indicator:x}}"}
	if got := reports.Passages(body); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if reports.Quote("a\n b") != "a b" || len([]rune(reports.Quote(string(make([]rune, 500))))) > 160 {
		t.Error("a quote is one line of at most 160 characters")
	}
}

func TestPassageIsFoundAgainAfterTheTextHasMoved(t *testing.T) {
	old := "The visa is issued online since 2021."
	for name, c := range map[string]struct {
		now  []string
		want int
	}{
		"as it was":            {[]string{"x", old}, 2},
		"further down":         {[]string{"new", "x", old}, 3},
		"nearest of the same":  {[]string{old, "x", old}, 3},
		"a few words changed":  {[]string{"x y z", "The visa is issued online since the year 2021."}, 2},
		"gone":                 {[]string{"Something else altogether is said here now."}, 0},
		"nothing is left":      {nil, 0},
		"the whole was quoted": {[]string{""}, 0},
	} {
		if got := reports.FindPassage(c.now, reports.Quote(old), 3); got != c.want {
			t.Errorf("%s: found at %d, want %d", name, got, c.want)
		}
	}
}

func FuzzPassages(f *testing.F) {
	for _, s := range []string{"", "a\n\nb", "- a\n  - b\n\n      c", "[^1]: x\n\na[^1]", "> > a", "```\nx", "<b>\n\n{{table indicator:x}}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		list := reports.Passages(body)
		for i, p := range list {
			if found := reports.FindPassage(list, reports.Quote(p), i+1); found != 0 && reports.Quote(list[found-1]) != reports.Quote(p) {
				t.Errorf("%q is found as %q", p, list[found-1])
			}
		}
	})
}
