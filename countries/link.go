package countries

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"gcm/internal/i18n"
	"gcm/objectives"
)

// Objectives are numbers of the Compact's objectives; "all" in YAML stands for
// every one of them.
type Objectives []int

// Link maps a record to one or more others of one kind, with the reason.
type Link struct {
	Objectives       Objectives        `json:"objectives,omitempty"`
	Actions          []string          `json:"actions,omitempty"`    // "31(b)"
	Principles       []string          `json:"principles,omitempty"` // "GP-a"
	LegalInstruments []string          `json:"legal_instruments,omitempty" check:"slug"`
	Measures         []string          `json:"measures,omitempty" check:"slug"`
	Basis            string            `json:"basis" check:"required" one:"stated inferred"`
	Rank             string            `json:"rank,omitempty" one:"primary secondary"` // empty when nobody said
	Reason           i18n.Text         `json:"reason,omitempty"`
	Quotes           objectives.Quotes `json:"quotes,omitempty"` // the source's own mark, when stated
}

func (l Link) mapping() objectives.Mapping {
	return objectives.Mapping{Basis: objectives.Basis(l.Basis), Rank: objectives.Rank(l.Rank), Reason: l.Reason, Quotes: l.Quotes}
}

func linkOf(to Link, m objectives.Mapping) Link {
	to.Basis, to.Rank, to.Reason, to.Quotes = string(m.Basis), string(m.Rank), m.Reason, m.Quotes
	return to
}

// targets returns the names of the fields that say what the link leads to; a
// right link has one.
func (l Link) targets() []string {
	var fields []string
	for _, f := range []struct {
		name string
		n    int
	}{{"objectives", len(l.Objectives)}, {"actions", len(l.Actions)}, {"principles", len(l.Principles)}, {"legal_instruments", len(l.LegalInstruments)}, {"measures", len(l.Measures)}} {
		if f.n > 0 {
			fields = append(fields, f.name)
		}
	}
	return fields
}

// kind is the place in that order of what the link leads to.
func (l Link) kind() int {
	return slices.Index([]bool{len(l.Objectives) > 0, len(l.Actions) > 0, len(l.Principles) > 0, len(l.LegalInstruments) > 0, true}, true)
}

// normalLinks returns the links in order, those with the same target kind and
// the same reason as one. A database keeps a row for each target and forgets how
// the pack had grouped them.
func normalLinks(links []Link) []Link {
	var merged []Link
	place := map[string]int{} // kind and reason → index in merged
	for _, l := range links {
		key := fmt.Sprint(l.kind(), l.why())
		i, known := place[key]
		if !known {
			place[key] = len(merged)
			merged = append(merged, l)
			continue
		}
		to := &merged[i]
		to.Objectives = append(slices.Clip(to.Objectives), l.Objectives...)
		to.Actions = append(slices.Clip(to.Actions), l.Actions...)
		to.Principles = append(slices.Clip(to.Principles), l.Principles...)
		to.LegalInstruments = append(slices.Clip(to.LegalInstruments), l.LegalInstruments...)
		to.Measures = append(slices.Clip(to.Measures), l.Measures...)
	}
	for i := range merged {
		slices.Sort(merged[i].Objectives)
		slices.Sort(merged[i].Actions)
		slices.Sort(merged[i].Principles)
		slices.Sort(merged[i].LegalInstruments)
		slices.Sort(merged[i].Measures)
	}
	slices.SortStableFunc(merged, func(a, b Link) int {
		return cmp.Or(cmp.Compare(a.kind(), b.kind()),
			slices.Compare(a.Objectives, b.Objectives), slices.Compare(a.Actions, b.Actions),
			slices.Compare(a.Principles, b.Principles), slices.Compare(a.LegalInstruments, b.LegalInstruments), slices.Compare(a.Measures, b.Measures))
	})
	return merged
}

// why returns all but the targets as one comparable text.
func (l Link) why() string {
	l.Objectives, l.Actions, l.Principles, l.LegalInstruments, l.Measures = nil, nil, nil, nil, nil
	b, _ := json.Marshal(l) // texts and numbers always have a JSON form
	return string(b)
}
