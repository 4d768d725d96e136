package web

import (
	"slices"
	"strconv"

	"gcm/internal/i18n"
	"gcm/internal/search"
	"gcm/objectives"
)

// facet is a way to narrow a list of T: by a value that its members have.
type facet[T any] struct {
	name    string
	options []option
	of      func(T) []string // the values that one has
	more    bool             // it stands with those that are needed more seldom
}

// facetForm is the form above a list, filled in by the address.
type facetForm struct {
	Path     string // of the list
	Text     string
	Pickers  []facetPicker
	More     []facetPicker // those that are needed more seldom
	Open     bool          // one of them is picked
	Problems []string      // what was asked for and does not exist
	Picked   bool          // it leaves something out
	Save     string        // address at which the view is saved
	Found    int
	Total    int
}

// facetPicker is a select; each choice says how many it would leave of what all
// other filters leave.
type facetPicker struct {
	Name, Label, Chosen string
	Options             []facetOption
}

// facetOption is a choice with how many it leaves.
type facetOption struct {
	option
	Count int
}

// sift returns those of a list that pass the filters of the address, and the form
// that says so. Texts are looked for as the search does, among the records of a
// kind, by their paths.
func sift[T any](r *request, all []T, facets []facet[T], kind string, path func(T) string) ([]T, *facetForm, error) {
	text := search.Clean(r.Query("text"))
	f := &facetForm{Path: r.Request.URL.Path, Text: text, Picked: text != "", Total: len(all)}
	chosen := make([]string, len(facets))
	names := []string{"text"}
	for i, by := range facets {
		names = append(names, by.name)
		value := r.Query(by.name)
		if value != "" && !slices.ContainsFunc(by.options, func(o option) bool { return o.Value == value }) {
			f.Problems = append(f.Problems, r.T("filter.unknown", r.T("facet."+by.name), search.Clean(value)))
			value = ""
		}
		chosen[i] = value
		f.Picked = f.Picked || value != ""
	}
	if len([]rune(text)) > longestQuery {
		f.Problems = append(f.Problems, r.T("search.too_long", longestQuery))
		f.Text = string([]rune(text)[:longestQuery])
	}
	if text != "" && len(f.Problems) == 0 {
		l, err := r.site.library(r.Request.Context())
		if err != nil {
			return nil, nil, err
		}
		having := l.paths(text, kind)
		all = slices.DeleteFunc(slices.Clone(all), func(one T) bool { return !having[path(one)] })
	}
	f.Save = r.saving(names...)
	found := pass(all, facets, chosen, -1)
	f.Found = len(found)
	for i, by := range facets {
		p := facetPicker{Name: by.name, Label: r.T("facet." + by.name), Chosen: chosen[i]}
		counts := map[string]int{}
		for _, one := range pass(all, facets, chosen, i) {
			for _, value := range by.of(one) {
				counts[value]++
			}
		}
		for _, o := range by.options {
			if n := counts[o.Value]; n > 0 || o.Value == chosen[i] {
				p.Options = append(p.Options, facetOption{o, n})
			}
		}
		switch {
		case len(p.Options) == 0: // nothing to choose from
		case by.more:
			f.More = append(f.More, p)
			f.Open = f.Open || p.Chosen != ""
		default:
			f.Pickers = append(f.Pickers, p)
		}
	}
	return found, f, nil
}

// pass returns those of a list that have what is chosen of all facets but one.
func pass[T any](all []T, facets []facet[T], chosen []string, but int) []T {
	var list []T
	for _, one := range all {
		passes := true
		for i, by := range facets {
			if i != but && chosen[i] != "" && !slices.Contains(by.of(one), chosen[i]) {
				passes = false
				break
			}
		}
		if passes {
			list = append(list, one)
		}
	}
	return list
}

// cut returns the page of a list that the address asks for, with the addresses of
// the pages before and after; a page that is not there is not found.
func cut[T any](r *request, list []T, size int) (part []T, older, newer string, err error) {
	number, err := r.existingPage(size, len(list))
	if err != nil {
		return nil, "", "", err
	}
	older, newer = r.pages(number, size, len(list))
	return list[min(number*size, len(list)):min((number+1)*size, len(list))], older, newer, nil
}

// Options that several lists have in common.

// everyObjective stands for what serves all objectives.
const everyObjective = "all"

func (r *request) roundTableOptions() ([]option, map[int]string, error) {
	tables, err := r.site.objectives.RoundTables(r.Request.Context())
	var list []option
	of := map[int]string{} // objectives by number
	for _, t := range tables {
		n := strconv.Itoa(t.Number)
		list = append(list, option{n, r.T("dashboard.round_table", n)})
		for _, o := range t.Objectives {
			of[o.Number] = n
		}
	}
	return list, of, err
}

func (r *request) principleOptions() ([]option, error) {
	all, err := r.site.objectives.Principles(r.Request.Context())
	var list []option
	for _, p := range all {
		list = append(list, option{p.Letter, r.in(p.Name)})
	}
	return list, err
}

func (r *request) actionOptions() ([]option, error) {
	all, err := r.site.objectives.Actions(r.Request.Context())
	var list []option
	for _, a := range all {
		list = append(list, option{a.Ref, clipped(a.Ref+" "+r.in(a.Summary), 70)})
	}
	return list, err
}

// clipped is a text of at most so many characters.
func clipped(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	return string(letters[:most-1]) + "…"
}

// agencyNames are all agencies in use by name; the register's filter of the same
// kind has them too.
func (r *request) agencyNames(all []objectives.Agency) []option {
	var list []option
	for _, a := range all {
		list = append(list, option{a.Code, r.in(a.Name)})
	}
	i18n.Sort(r.p, list, func(o option) string { return o.Label })
	return list
}

// tableOf are the round tables of objectives, each once.
func tableOf(numbers []int, tables map[int]string) []string {
	var list []string
	for _, n := range numbers {
		if t := tables[n]; t != "" && !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}
