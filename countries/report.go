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
	Edited    int          // records changed here, of which the pack says nothing new
	Kept      []Difference // changed here and in the pack: left as they are here
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
		lines = append(lines, fmt.Sprintf("%s: nothing changed, %d records are as the pack says", r.Country, r.Unchanged))
	}
	lines = append(lines, r.tally("added", r.Added)...)
	lines = append(lines, r.tally("updated", r.Updated)...)
	if r.Edited > 0 {
		lines = append(lines, fmt.Sprintf("%s: %d records were edited here and are kept", r.Country, r.Edited))
	}
	for _, d := range r.Kept {
		if d.Field == "" {
			lines = append(lines, fmt.Sprintf("%s: removed here, not loaded again", d.Key))
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: %s was edited here and is kept: here %s, in the pack %s", d.Key, d.Field, short(d.Here), short(d.Pack)))
	}
	for _, key := range r.Gone {
		lines = append(lines, fmt.Sprintf("%s: no longer in the pack, kept here", key))
	}
	return lines
}

// tally counts keys by kind: "KAZ: added 64 measures".
func (r Report) tally(what string, keys []Key) []string {
	var lines []string
	for _, kind := range kinds {
		n := 0
		for _, key := range keys {
			if key.Kind == kind {
				n++
			}
		}
		if n > 0 {
			lines = append(lines, fmt.Sprintf("%s: %s %d × %s", r.Country, what, n, strings.ReplaceAll(kind, "_", " ")))
		}
	}
	return lines
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
