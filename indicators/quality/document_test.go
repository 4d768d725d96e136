package quality

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"gcm/internal/i18n"
)

var update = flag.Bool("update", false, "write docs/quality.md anew")

const document = "../../docs/quality.md"

const preface = `# How figures are checked

Figures are checked by general rules: on the page *Data quality*, by ` + "`gcm data check`" + `, when values are entered or imported, and before a release. No rule knows an indicator by name, and none reads the remarks that stand beside a value.

A finding is an **error** (it cannot be, or two records contradict each other) or a **warning** (it is seldom right). An open error keeps a release from being made. A coordinator can accept a finding with a reason; the acceptance holds for as long as the values that the finding was made of stay as they are, and is on record.

Values are taken as precisely as they are given: 33.7 thousand can be anything from 33,650 to 33,750, "about" a tenth more or less, "more than" anything above. What is usual for a series is taken from the series itself: the median of the steps between its logarithms, and their median deviation. A declared break or change of method explains a step; so does the pandemic, from 2020 until figures are back where they were. Names are compared by the beginnings of their words in each language, which must agree.

This page is written by a test from the rules themselves.

## Rules

`

const measured = `
## How well they work

Measured on two labelled sets that no rule was tuned on: clean figures in the shapes that they have (trends, noise, small counts, seasons, the pandemic, declared breaks, surveys of each second year, breakdowns that add up and such as need not) and figures with one known fault each. A rule finds a fault when it names its place; whatever else it says is a false alarm. A copied value cannot be told from chance where figures are small.

`

// TestDocumentListsTheRulesAndWhatTheyReach keeps docs/quality.md true.
func TestDocumentListsTheRulesAndWhatTheyReach(t *testing.T) {
	var b strings.Builder
	b.WriteString(preface[:len(preface)-1])
	for _, r := range Rules {
		fmt.Fprintf(&b, "\n### %s (%s)\n\n", r.Name, r.Severity)
		for _, lang := range i18n.Languages {
			p, err := i18n.New(lang)
			if err != nil {
				t.Fatal(err)
			}
			if !p.Has("quality.rule."+r.Name+".name") || !p.Has("quality.rule."+r.Name+".explains") {
				t.Errorf("%s is not explained in %s", r.Name, lang)
			}
			fmt.Fprintf(&b, "- %s: **%s.** %s\n", lang, r.Title(p), r.Explains(p))
		}
	}
	b.WriteString(measured + "| rule | faults | found | false alarms | precision | recall |\n|---|---|---|---|---|---|\n")
	scores := heldOut(t)
	var all score
	row := func(name string, s score) {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %.2f | %.2f |\n", name, s.faults, s.found, s.false, s.precision(), s.recall())
	}
	for _, r := range Rules {
		s := scores[r.Name]
		all = score{all.faults + s.faults, all.found + s.found, all.false + s.false}
		row(r.Name, s)
	}
	row("**all**", all)
	if *update {
		if err := os.WriteFile(document, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(document); err != nil || string(text) != b.String() {
		t.Errorf("docs/quality.md is not what the rules say: run this test with -update (%v)", err)
	}
}
