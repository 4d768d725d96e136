// Package quality finds what is wrong with figures by general rules: in the
// values of one indicator, and between indicators that speak of the same thing.
// It knows no indicator by name and reads no remarks, which say what somebody
// found already; it knows no page and no command.
package quality

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// Severity says whether a finding keeps values from being released.
type Severity string

// The severities. An error is what cannot be, or what two records contradict each
// other in; a warning is what is seldom right.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Severities lists them, the graver one first.
var Severities = []Severity{Error, Warning}

// Rule is one way of being wrong. Its name is kept: people link to it and accept
// what it found. Its words are quality.rule.NAME.name and .explains.
type Rule struct {
	Name     string
	Severity Severity
	within   func(*subject) // looks at one indicator
	across   func(*house)   // looks at all
}

// Rules lists the rules in the order in which they are shown.
var Rules = []Rule{
	{Name: "unit-mismatch", Severity: Error, within: unitMismatch},
	{Name: "unit-wording", Severity: Warning, within: unitWording},
	{Name: "text-against-value", Severity: Error, within: textAgainstValue},
	{Name: "fraction-of-whole", Severity: Error, within: fractionOfWhole},
	{Name: "impossible-value", Severity: Error, within: impossibleValue},
	{Name: "misplaced-scale", Severity: Error, within: misplacedScale},
	{Name: "outlier", Severity: Warning, within: outlier},
	{Name: "jump", Severity: Warning, within: jump},
	{Name: "repeated-value", Severity: Warning, within: repeatedValue},
	{Name: "copied-series", Severity: Warning, within: copiedSeries},
	{Name: "parts-against-total", Severity: Error, within: partsAgainstTotal},
	{Name: "sex-age-sum", Severity: Error, within: sexAgeSum},
	{Name: "shares-against-100", Severity: Warning, within: sharesAgainst100},
	{Name: "average-outside-parts", Severity: Warning, within: averageOutsideParts, across: averageElsewhere},
	{Name: "bounds-reversed", Severity: Error, within: boundsReversed},
	{Name: "disagreeing-sources", Severity: Error, across: disagreeingSources},
	{Name: "growth-against-values", Severity: Warning, across: growthAgainstValues},
	{Name: "share-against-values", Severity: Warning, across: shareAgainstValues},
	{Name: "stock-against-flow", Severity: Warning, across: stockAgainstFlow},
	{Name: "missing-value", Severity: Warning, within: missingValue},
	{Name: "missing-period", Severity: Warning, within: missingPeriod},
	{Name: "stale", Severity: Warning, within: stale},
	{Name: "future-period", Severity: Error, within: futurePeriod},
	{Name: "undated", Severity: Warning, within: undated},
	{Name: "duplicate", Severity: Error, within: duplicate},
	{Name: "overlapping-periods", Severity: Warning, within: overlappingPeriods},
	{Name: "mixed-periods", Severity: Warning, within: mixedPeriods},
	{Name: "missing-breakdown", Severity: Warning, within: missingBreakdown},
	{Name: "target-side", Severity: Error, within: targetSide},
	{Name: "target-passed", Severity: Warning, within: targetPassed},
	{Name: "baseline-against-value", Severity: Error, within: baselineAgainstValue},
}

// Title names the rule.
func (r Rule) Title(p *i18n.Printer) string { return p.T("quality.rule." + r.Name + ".name") }

// Explains says what the rule looks for, in a sentence or two.
func (r Rule) Explains(p *i18n.Printer) string { return p.T("quality.rule." + r.Name + ".explains") }

// Check returns what the rules find in the observations of one indicator, in the
// order of the rules. Those that set indicators against each other are run by a
// Run. now is the day by which a period lies ahead or a value is old.
func Check(ind indicators.Indicator, observations []indicators.Observation, now time.Time) []Finding {
	return newSubject(ind, observations, now).check()
}

// Finding is one thing that a rule found.
type Finding struct {
	Rule      string
	Severity  Severity
	Indicator string // its code
	Name      i18n.Text
	Period    period.Period        // empty for several, or for none
	Breakdown indicators.Breakdown // empty for the total, or for all
	Mark      string               // another one as soon as one of the values involved changes
	Accepted  *Accepted            // nil while it is open

	of   *indicators.Indicator
	key  string // of the message: quality.found.KEY
	args []arg
}

// Open reports whether nobody has accepted the finding.
func (f Finding) Open() bool { return f.Accepted == nil }

// Message says what is wrong, with the numbers as the reader's language writes
// them.
func (f Finding) Message(p *i18n.Printer) string {
	words := make([]any, len(f.args))
	for n, a := range f.args {
		words[n] = a.in(p)
		if count, ok := a.(count); ok {
			words[n] = int(count)
		}
	}
	return oneStop(p.T("quality.found."+f.key, words...))
}

// oneStop ends a sentence once: its last word can bring a full stop of its own, as
// a month does in Russian ("июнь 2020 г."), or be an ellipsis.
func oneStop(sentence string) string {
	if s, ok := strings.CutSuffix(sentence, "."); ok && (strings.HasSuffix(s, ".") || strings.HasSuffix(s, "…")) {
		return s
	}
	return sentence
}

// Cell names the cell that the finding is about.
func (f Finding) Cell(p *i18n.Printer) string { return f.of.BreakdownLabel(p, f.Breakdown) }

// Place names what the finding is about within its indicator: "2020",
// "2020{citizenship=AF}", empty for the whole of it.
func (f Finding) Place() string {
	if len(f.Breakdown) == 0 {
		return string(f.Period)
	}
	return string(f.Period) + "{" + f.Breakdown.String() + "}"
}

// Blocking returns those findings that keep values from being released: open
// errors.
func Blocking(all []Finding) []Finding {
	return slices.DeleteFunc(slices.Clone(all), func(f Finding) bool { return f.Severity != Error || !f.Open() })
}

// inOrder sorts findings by indicator, rule, place and message.
func inOrder(all []Finding) {
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(place(a.Rule), place(b.Rule)),
			cmp.Compare(a.Period, b.Period), cmp.Compare(a.Breakdown.String(), b.Breakdown.String()), cmp.Compare(a.Mark, b.Mark))
	})
}

func place(rule string) int {
	return slices.IndexFunc(Rules, func(r Rule) bool { return r.Name == rule })
}
