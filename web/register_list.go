package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/register"
)

// perPage is how many records a page of a list shows.
const perPage = 50

// registerList is pages/registers/list.html.
type registerList struct {
	workPage
	Name     string // of the register: "measures"
	Text     string
	Archived bool
	Selects  []listSelect
	Lines    []registerLine
	Heads    []string // of the columns that only this noun's list has
	Total    int
	Older    string // address of the page before, empty without one
	Newer    string // of the next one
	New      string // address of the form of a new record, empty when one may not
	Assign   []option
	Here     string // address of this page
	Problems problems

	where []func(*db.DB) *db.DB
}

// listSelect is a filter of a list.
type listSelect struct {
	Name, Label string
	Options     []option
	Value       string
}

// registerLine is a record in the list of a register.
type registerLine struct {
	register.Line
	Class string   // in words
	Cells []string // for Heads
}

// filter adds a filter to a list, and what it does when it is chosen. A value
// that is not among the options filters nothing.
func (p *registerList) filter(r *request, name string, options []option, where func(q *db.DB, value string) *db.DB) {
	value := r.Query(name)
	if !slices.ContainsFunc(options, func(o option) bool { return o.Value == value }) {
		value = ""
	}
	p.Selects = append(p.Selects, listSelect{name, r.T("register.filter." + name), options, value})
	if value != "" {
		p.where = append(p.where, func(q *db.DB) *db.DB { return where(q, value) })
	}
}

// showList shows a page of the register.
func (g registerPages[C]) showList(r *request) error { return g.showChosen(r, http.StatusOK, nil) }

func (g registerPages[C]) showChosen(r *request, status int, wrong problems) error {
	p, err := g.listPage(r)
	if err != nil {
		return err
	}
	if p.Problems = wrong; wrong != nil { // the address is that of the form
		p.Here = "/work/" + g.name
	}
	return r.render(status, "registers/list", p)
}

func (g registerPages[C]) listPage(r *request) (registerList, error) {
	p := registerList{
		workPage: r.workPage(r.T("work.nav." + g.name)), Name: g.name,
		Here: r.Request.URL.RequestURI(), Text: r.Query("text"), Archived: r.Query("archived") != "", New: r.reachable("/work/" + g.name + "/new"),
	}
	if g.list != nil {
		if err := g.list(r, &p); err != nil {
			return p, err
		}
	}
	p.filter(r, "class", r.worded(g.class), func(q *db.DB, value string) *db.DB { return q.Where(g.Register.Class+" = ?", value) })
	number, _ := strconv.Atoi(r.Query("page"))
	number = min(max(number, 1), 1_000)
	lines, total, err := g.Lines(r.Request.Context(), register.Filter{
		Text: p.Text, Archived: p.Archived, Limit: perPage, Offset: (number - 1) * perPage,
		Where: func(q *db.DB) *db.DB {
			for _, where := range p.where {
				q = where(q)
			}
			return q
		},
	})
	if err != nil {
		return p, err
	}
	p.Total = total
	for _, l := range lines {
		p.Lines = append(p.Lines, registerLine{Line: l, Class: r.classWord(g.class, l.Class)})
	}
	if number > 1 {
		p.Older = pageAt(r, number-1)
	}
	if number*perPage < total {
		p.Newer = pageAt(r, number+1)
	}
	if g.shown != nil {
		err = g.shown(r, &p)
	}
	return p, err
}

// pageAt is the address of another page of the same list.
func pageAt(r *request, number int) string {
	query := url.Values{}
	for name, v := range r.Request.URL.Query() {
		query[name] = v
	}
	query.Set("page", strconv.Itoa(number))
	return r.Request.URL.Path + "?" + query.Encode()
}

// keyed are options whose labels are keys of the catalogue.
func keyed[S ~string](key string, among []S) []option {
	var list []option
	for _, v := range among {
		list = append(list, option{Value: string(v), Label: key + string(v)})
	}
	return list
}

// worded puts the words of keyed options into the reader's language.
func (r *request) worded(list []option) []option {
	var out []option
	for _, o := range list {
		out = append(out, option{Value: o.Value, Label: r.T(o.Label)})
	}
	return out
}

func (r *request) classWord(list []option, value string) string {
	for _, o := range list {
		if o.Value == value {
			return r.T(o.Label)
		}
	}
	return value
}

// named are records as choices, by their names in the reader's language.
func (r *request) named(lines []register.Line) []option {
	var list []option
	for _, l := range lines {
		list = append(list, option{Value: l.Code, Label: r.in(l.Name)})
	}
	i18n.Sort(r.p, list, func(o option) string { return o.Label })
	return list
}

// all reads the records of a register in use as choices.
func (g registerPages[C]) all(r *request) ([]option, error) {
	lines, _, err := g.Lines(r.Request.Context(), register.Filter{})
	return r.named(lines), err
}
