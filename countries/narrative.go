package countries

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gcm/objectives"
	"gcm/reports"
)

// section reads one file of the narrative.
func (r *reader) section(file string, s Section) {
	if !slices.Contains(sectionNames, s.Section) {
		r.fault(place{file: file}, "%s is no section; there are %s", clip(s.Section), strings.Join(sectionNames, ", "))
	}
	if len(r.languages) > 0 && !slices.Contains(r.languages, s.Language) {
		r.fault(place{file: file}, "%s is no language of this pack, which has %s", clip(s.Language), strings.Join(r.languages, ", "))
	}
	b, ok := r.bytes(file)
	if !ok {
		return
	}
	s.Body = strings.ReplaceAll(string(b), "\r\n", "\n")
	if strings.TrimSpace(s.Body) == "" {
		r.fault(place{file: file}, "is empty: write the section, or take the file away")
	}
	r.pack.Sections = append(r.pack.Sections, s)
}

// sectionNames lists the sections that a review's narrative can have.
var sectionNames = func() []string {
	names := []string{"about", "statement", "key-messages", "methodology", "environment", "objectives"}
	for n := range objectives.Total {
		names = append(names, fmt.Sprintf("objective-%02d", n+1))
	}
	return append(names, "means", "next-steps", "annexes")
}()

// narrative checks each section's review and footnotes.
func (r *reader) narrative(known *index) {
	for _, s := range r.pack.Sections {
		at := place{file: "reviews/" + s.path() + ".md"}
		if !known.reviews[s.Cycle] && !r.broken[packFile] {
			r.fault(at, "there is no review of the cycle %s in %s", clip(s.Cycle), packFile)
		}
		r.footnotes(s.Body, at, known)
	}
}

var (
	footnoteText = regexp.MustCompile(`^\[\^([^\]\s]+)\]:[ \t]*(.*)$`)
	footnoteMark = regexp.MustCompile(`\[\^([^\]\s]+)\]`)
	anchorLink   = regexp.MustCompile(`\]\(#([^)\s]*)\)`)
)

// footnotes checks that marks and footnotes belong together, that footnotes name
// records of the pack, and that links lead to sections.
func (r *reader) footnotes(body string, at place, known *index) {
	texts, marks := map[string]int{}, map[string]int{}
	for i, line := range strings.Split(body, "\n") {
		at.line = i + 1
		if m := footnoteText.FindStringSubmatch(line); m != nil {
			if texts[m[1]] > 0 {
				r.fault(at, "footnote %s stands twice", clip(m[1]))
			}
			texts[m[1]] = at.line
			r.references(m[2], at, known)
			continue
		}
		for _, m := range footnoteMark.FindAllStringSubmatch(line, -1) {
			marks[m[1]] = at.line
		}
		for _, m := range anchorLink.FindAllStringSubmatch(line, -1) {
			if !slices.Contains(sectionNames, m[1]) {
				r.fault(at, "the link leads to %s, which is no section", clip(m[1]))
			}
		}
	}
	ids := maps.Clone(marks)
	maps.Copy(ids, texts)
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if at.line = marks[id]; texts[id] == 0 {
			r.fault(at, "there is no footnote %s", clip(id))
		}
		if at.line = texts[id]; marks[id] == 0 {
			r.fault(at, "footnote %s has no mark in the text", clip(id))
		}
	}
}

// references checks that a footnote's text names records of the pack.
func (r *reader) references(text string, at place, known *index) {
	refs, err := reports.ParseReferences(text)
	if err != nil {
		r.fault(at, "%v", err)
	}
	for _, ref := range refs {
		if problem := known.find(ref); problem != "" && len(r.broken) == 0 {
			r.fault(at, "%s: %s", ref, problem)
		}
	}
}

// find says what is wrong with a reference, or nothing.
func (known *index) find(ref reports.Reference) string {
	there := true
	switch ref.Kind {
	case reports.RefMeasure:
		there = known.measures[ref.Code]
	case reports.RefChallenge:
		there = known.challenges[ref.Code]
	case reports.RefLaw:
		there = known.legalInstruments[ref.Code]
	case reports.RefCount:
		return countProblem(ref)
	case reports.RefIndicator:
		i := known.indicators[ref.Code]
		if there = i != nil; there && !slices.ContainsFunc(i.Observations, func(o Observation) bool {
			return o.Period == ref.Period && o.Breakdown.String() == ref.Breakdown.String()
		}) {
			return "the indicator has no observation of this period and breakdown"
		}
	}
	if !there {
		return "there is no such record"
	}
	return ""
}

// countProblem says what is wrong with a reference to a number of records.
func countProblem(ref reports.Reference) string {
	filters, known := countable[ref.Code]
	if !known {
		return fmt.Sprintf("there is nothing of this name to count; there are %s", strings.Join(slices.Sorted(maps.Keys(countable)), ", "))
	}
	for by, value := range ref.Breakdown {
		if !slices.Contains(filters[by], value) {
			return fmt.Sprintf("%s=%s cannot be counted", by, value)
		}
	}
	return ""
}

// countable holds what a footnote can count, with the filters it may set.
var countable = map[string]map[string][]string{
	"measures": {
		"basis":  {"stated", "inferred"},
		"status": {"planned", "in_progress", "delayed", "completed", "dropped"}, // as judged at the cut-off
	},
	"indicators": nil, "observations": nil, "challenges": nil, "agencies": nil, "legal_instruments": nil,
}
