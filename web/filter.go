package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// filter is the form above a list: what can be picked, what was, and what was
// asked for that does not exist.
type filter struct {
	Path     string // of the list
	Pickers  []picker
	Text     string // looked for in titles
	Plain    bool   // there is no field for a text
	Problems []string
	Picked   bool   // it leaves something out
	Save     string // where what was picked is saved as a view; empty where it cannot be
}

// picker is a select of a filter.
type picker struct {
	Name, Label, Chosen string
	Options             []option
}

// option is a choice of a field or a filter.
type option struct {
	Value, Label string
}

// filter begins the form above the list at the request's address.
func (r *request) filter() *filter {
	text := r.Query("text")
	return &filter{Path: r.Request.URL.Path, Text: text, Picked: text != ""}
}

// selection begins a form that asks for no text.
func (r *request) selection() *filter { return &filter{Path: r.Request.URL.Path, Plain: true} }

// holds reports whether a text is part of what a reader sees, whatever the case
// of its letters.
func holds(words, text string) bool {
	return strings.Contains(strings.ToLower(words), strings.ToLower(strings.TrimSpace(text)))
}

// pick adds a select and returns what the address picks of it; empty for all.
func (f *filter) pick(r *request, name string, options []option) string {
	value := r.Query(name)
	if value != "" && !slices.ContainsFunc(options, func(o option) bool { return o.Value == value }) {
		f.Problems = append(f.Problems, r.T("filter.unknown", r.T("pick."+name), value))
		value = ""
	}
	f.Pickers = append(f.Pickers, picker{name, r.T("pick." + name), value, options})
	f.Picked = f.Picked || value != ""
	if _, saved := viewable[r.publicPath()]; saved && f.Picked {
		names := []string{"text"}
		for _, p := range f.Pickers {
			names = append(names, p.Name)
		}
		f.Save = r.saving(names...)
	}
	return value
}

// roundOptions are the reporting rounds that were opened, the latest first.
func (r *request) roundOptions() ([]option, error) {
	rounds, err := r.site.progress.Cycles(r.Request.Context())
	var list []option
	for _, c := range slices.Backward(rounds) {
		if c.OpenedAt != nil {
			list = append(list, option{Value: c.Code, Label: r.in(c.Name)})
		}
	}
	return list, err
}

// agencyOptions are the agencies that are not archived, by name.
func (r *request) agencyOptions() ([]option, error) {
	all, err := r.site.objectives.Agencies(r.Request.Context())
	var list []option
	for _, a := range all {
		if a.ArchivedAt == nil {
			list = append(list, option{Value: a.Code, Label: r.in(a.Name)})
		}
	}
	i18n.Sort(r.p, list, func(o option) string { return o.Label })
	return list, err
}

// objectiveOptions are the 23 objectives.
func (r *request) objectiveOptions() ([]option, error) {
	all, err := r.site.objectives.ShortTitles(r.Request.Context())
	var list []option
	for _, o := range all {
		n := strconv.Itoa(o.Number)
		list = append(list, option{Value: n, Label: n + ". " + r.in(o.ShortTitle)})
	}
	return list, err
}

// kindOptions are the kinds of entry.
func (r *request) kindOptions() []option { return choices(r, "entry.kind.", progress.Kinds) }

// statusOptions are the statuses that can be entered: delayed is judged.
func (r *request) statusOptions() []option {
	entered := slices.DeleteFunc(slices.Clone(objectives.Statuses), func(s objectives.Status) bool { return s == objectives.Delayed })
	return choices(r, "measure.status.", entered)
}

// withQuery is the address of the request with one parameter changed, or taken
// out when the value is empty.
func (r *request) withQuery(name, value string) string {
	query := r.Request.URL.Query()
	query.Del("lang")
	query.Del(name)
	if value != "" {
		query.Set(name, value)
	}
	return address(r.Request.URL.Path, query)
}

func address(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}
