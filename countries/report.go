package countries

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Report says what loading a pack did.
type Report struct {
	Country   string // code of the State
	Added     []Key
	Updated   []Key
	Unchanged int          // records that are as the pack says
	Kept      []Difference // edited here: left as they are here
	Gone      []Key        // once loaded, no longer in the pack: left as they are here
}

// Difference is a field in which a record that was changed here differs from the
// pack, each side as JSON. Without a field, the record was taken out here.
type Difference struct {
	Key
	Field, Here, Pack string
}

// Changed reports whether loading wrote any record.
func (r Report) Changed() bool { return len(r.Added)+len(r.Updated) > 0 }

// Lines returns the report for people, a line for each thing to know.
func (r Report) Lines() []string {
	var lines []string
	if !r.Changed() {
		lines = append(lines, fmt.Sprintf("%s: nothing changed; %d records stand as the pack has them", r.Country, r.Unchanged))
	}
	if len(r.Added) > 0 {
		lines = append(lines, fmt.Sprintf("%s: added %s", r.Country, tally(r.Added)))
	}
	if len(r.Updated) > 0 {
		lines = append(lines, fmt.Sprintf("%s: updated %s", r.Country, tally(r.Updated)))
	}
	atWork := 0 // sections that are no longer drafts as the pack has them
	for _, d := range r.Kept {
		if d.Field == "" {
			lines = append(lines, fmt.Sprintf("%s: removed here, not loaded again", d.Key))
			continue
		}
		if d.Field == "state" && d.Pack == "" && d.Key.Kind == "section" {
			atWork++ // all of a review at once
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: %s was edited here and is kept: here %s, in the pack %s", d.Key, d.Field, short(d.Here), short(d.Pack)))
	}
	if atWork > 0 {
		lines = append(lines, fmt.Sprintf("section: %d are at work or published here, and are kept as they are", atWork))
	}
	for _, key := range r.Gone {
		lines = append(lines, fmt.Sprintf("%s: no longer in the pack, kept here", key))
	}
	return lines
}

// tally counts keys by kind: "measure 64, indicator 70".
func tally(keys []Key) string {
	count := map[string]int{}
	for _, key := range keys {
		count[key.Kind]++
	}
	var parts []string
	for _, kind := range kinds {
		if count[kind] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", strings.ReplaceAll(kind, "_", " "), count[kind]))
		}
	}
	return strings.Join(parts, ", ")
}

func short(json string) string {
	if json == "" {
		return "nothing"
	}
	if runes := []rune(json); len(runes) > 80 {
		return string(runes[:80]) + "…"
	}
	return json
}

func compareKeys(a, b Key) int {
	return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.Code, b.Code))
}
