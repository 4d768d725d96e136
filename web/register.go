package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/register"
	"gcm/objectives"
)

// registerPages are the pages on which one register is kept. What differs from
// noun to noun stands in the noun's own file.
type registerPages[C any] struct {
	register.Register[C]
	name   string          // in addresses and words: "measures"
	see    auth.Permission // to look at it
	public bool            // each record has a public page
	class  []option        // sorts of record, their labels being keys
	fields func(r *request) ([]field, error)
	begin  func() C                                // what the form of a new record holds
	keep   func(c, from C) C                       // from the present content what the form does not ask for; may be nil
	list   func(r *request, p *registerList) error // adds the filters that only this noun's list has; may be nil
	shown  func(r *request, p *registerList) error // adds its columns; may be nil
}

// routes are the addresses of the register.
func (g registerPages[C]) routes() []route {
	at := "/work/" + g.name
	return []route{
		reads(at, g.see, g.showList),
		takes(at, g.May, g.create),
		reads(at+"/new", g.May, g.askNew),
		reads(at+"/:code", g.see, g.show),
		takes(at+"/:code", g.May, g.change),
		reads(at+"/:code/history", g.see, g.showHistory),
		takes(at+"/:code/history", g.May, g.revert),
		takes(at+"/:code/archive", g.May, g.archive),
		takes(at+"/:code/restore", g.May, g.restore),
		reads(at+"/:code/merge", g.May, g.askMerge),
		takes(at+"/:code/merge", g.May, g.merge),
	}
}

// registers are the addresses of all registers: /work/measures/CODE and the like.
func (s *site) registers() []route {
	return slices.Concat(s.agencyPages().routes(), s.measurePages().routes(), s.indicatorPages().routes(), s.lawPages().routes(), s.challengePages().routes())
}

// registerPage is pages/registers/form.html.
type registerPage struct {
	workPage
	Name      string // of the register: "measures"
	Heading   i18n.Text
	Code      string // empty for a new record
	From      string // code of the record that a new one takes the place of
	Reason    string
	Inputs    []input
	Revision  register.Revision
	Problems  problems
	Hints     []objectives.Hint // likely duplicates
	Others    []otherValue      // what somebody else wrote meanwhile
	Change    bool              // the person may change the register
	Editable  bool              // and the record is in use
	Archived  bool
	Successor string
	Public    string // address of the public page, empty without one
	History   string // address of the history, empty without one
	Trend     string // address of the trend, empty without one
}

// otherValue is a field that somebody else changed, as it stands now and as it
// was typed here.
type otherValue struct{ Field, Now, Typed string }

// draft is a form that was sent.
type draft[C any] struct {
	values  url.Values
	more    string // the table to which a row is wanted
	content C
	wrong   fault.Problems
}

// read reads a form over a content.
func (g registerPages[C]) read(r *request, fields []field, base C) (draft[C], error) {
	form, err := r.form()
	if err != nil {
		return draft[C]{}, err
	}
	d := draft[C]{more: form.Get("add")}
	d.values = closeRanks(fields, form, form.Get("remove"))
	whole, err := object(base)
	if err != nil {
		return d, err
	}
	for name, v := range gather(fields, d.values, "", &d.wrong) {
		typed, isText := v.(map[string]any)
		if old, ok := whole[name].(map[string]any); ok && isText { // other languages than the form's stay
			for lang, text := range typed {
				old[lang] = text
			}
			continue
		}
		whole[name] = v
	}
	b, err := json.Marshal(whole)
	if err != nil {
		return d, err
	}
	if err := json.Unmarshal(b, &d.content); err != nil {
		return d, fault.New(fault.Invalid, "error.invalid", "read the form of %s: %w", g.name, err)
	}
	if g.keep != nil {
		d.content = g.keep(d.content, base)
	}
	return d, nil
}

// object is a content as the JSON that its fields are named after.
func object(content any) (map[string]any, error) {
	b, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	var whole map[string]any
	err = json.Unmarshal(b, &whole)
	return whole, err
}

// values lays a content out for the form.
func (g registerPages[C]) values(fields []field, content C) (url.Values, error) {
	whole, err := object(content)
	values := url.Values{}
	spread(fields, whole, "", values)
	return values, err
}

// page fills in what the form's page shows of a record.
func (g registerPages[C]) page(r *request, record register.Record[C]) registerPage {
	title := g.Title(record.Content)
	p := registerPage{
		Name: g.name, Heading: title, Code: record.Code, Revision: record.Revision,
		Archived: record.ArchivedAt != nil, Successor: record.Successor,
	}
	p.Change = r.actor.Can(g.May)
	p.Editable = p.Change && !p.Archived
	if record.Code == "" {
		p.workPage = r.workPage(r.T("register.new." + g.name))
		return p
	}
	p.workPage = r.workPage(r.in(title))
	if g.public {
		p.Public = r.url("/" + g.name + "/" + record.Code)
	}
	if r.reachable("/work/"+g.name+"/:code/history") != "" {
		p.History = "/work/" + g.name + "/" + record.Code + "/history"
	}
	if r.reachable("/work/"+g.name+"/:code/trend") != "" {
		p.Trend = "/work/" + g.name + "/" + record.Code + "/trend"
	}
	return p
}

// show shows a record in the form in which it is changed.
func (g registerPages[C]) show(r *request) error {
	p, err := g.stored(r, r.Param("code"))
	if err != nil {
		return err
	}
	return r.render(http.StatusOK, "registers/form", p)
}

// stored is the form of a record as it stands.
func (g registerPages[C]) stored(r *request, code string) (registerPage, error) {
	record, err := g.Record(r.Request.Context(), code)
	if err != nil {
		return registerPage{}, err
	}
	fields, err := g.fields(r)
	if err != nil {
		return registerPage{}, err
	}
	values, err := g.values(fields, record.Content)
	if err != nil {
		return registerPage{}, err
	}
	p := g.page(r, record)
	p.Inputs = r.inputs(fields, values, nil, "")
	return p, nil
}

// change takes the form of a record.
func (g registerPages[C]) change(r *request) error {
	ctx, code := r.Request.Context(), r.Param("code")
	record, err := g.Record(ctx, code)
	if err != nil {
		return err
	}
	fields, err := g.fields(r)
	if err != nil {
		return err
	}
	d, err := g.read(r, fields, record.Content)
	if err != nil {
		return err
	}
	p := g.page(r, record)
	p.Revision = register.Revision(d.values.Get("version"))
	if d.asked() {
		return g.again(r, http.StatusOK, p, fields, d, nil)
	}
	if err = d.wrong.Err(); err == nil {
		err = g.Change(ctx, r.actor, code, p.Revision, d.content)
	}
	switch {
	case err == nil:
		return r.to("/work/"+g.name+"/"+code, r.T("register.saved"))
	case fault.KeyOf(err) == "error.changed_meanwhile":
		p.Revision = record.Revision
		if p.Others, err = g.others(r, record.Content, d.content); err != nil {
			return err
		}
		return g.again(r, http.StatusConflict, p, fields, d, nil)
	}
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	return g.again(r, http.StatusUnprocessableEntity, p, fields, d, wrong)
}

// asked reports whether the form asks for a row more or less instead of being sent.
func (d draft[C]) asked() bool { return d.more != "" || d.values.Get("remove") != "" }

// again shows the form with what was typed.
func (g registerPages[C]) again(r *request, status int, p registerPage, fields []field, d draft[C], wrong problems) error {
	p.Problems, p.Inputs = wrong, r.inputs(fields, d.values, wrong, d.more)
	return r.render(status, "registers/form", p)
}

// others lists the fields in which what stands there now differs from what was typed.
func (g registerPages[C]) others(r *request, now, typed C) ([]otherValue, error) {
	a, err := json.Marshal(now)
	if err != nil {
		return nil, err
	}
	b, err := json.Marshal(typed)
	if err != nil {
		return nil, err
	}
	var list []otherValue
	for _, d := range audit.Differences(string(a), string(b)) {
		name, rest, _ := strings.Cut(d.Field, ".")
		label := name
		if key := "register.field." + name; r.p.Has(key) {
			label = r.T(key)
		}
		if rest != "" {
			label += " (" + rest + ")"
		}
		list = append(list, otherValue{label, d.Before, d.After})
	}
	return list, nil
}
