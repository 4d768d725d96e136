package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
)

// mostOutlineRows is how many sections the form of an outline has at most.
const mostOutlineRows = 80

// outlinePage is pages/desk/outline.html.
type outlinePage struct {
	workPage
	deskHead
	Form sheet
	Rows []outlineRow
	Lost []reports.OutlineItem // usual sections that were taken out, to be put back
}

// outlineRow is a section in the form of an outline.
type outlineRow struct {
	Name    string // of its fields
	Section string // empty for a new one
	Own     bool
	Usual   i18n.Text // the usual title
	First   bool
	Last    bool
}

// showOutline shows the outline; who may edits it there.
func (s *site) showOutline(r *request) error {
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	f := r.frameSheet(url.Values{}, nil)
	f.Set("version", strconv.Itoa(head.Review.Version))
	f.Set("lead", head.Lead)
	f.setText("title", head.Review.Title)
	for i, item := range head.Review.Items() {
		f.setItem(outlineName(i), item)
	}
	return r.renderOutline(http.StatusOK, head, f)
}

func outlineName(i int) string { return "items." + strconv.Itoa(i) }

func (s sheet) setItem(row string, item reports.OutlineItem) {
	s.Set(row+".section", item.Section)
	s.setText(row+".title", item.Title)
	s.setText(row+".brief", item.Brief)
	if item.Unnumbered {
		s.Set(row+".unnumbered", "1")
	}
}

func (r *request) renderOutline(status int, head deskHead, f sheet) error {
	p := outlinePage{workPage: r.workPage(r.T("writing.tab.outline")), deskHead: head, Form: f}
	items := r.outlineOf(f)
	for i, item := range items {
		row := outlineRow{Name: outlineName(i), Section: item.Section, Own: !reports.Usual(item.Section), First: i == 0, Last: i == len(items)-1}
		if !row.Own {
			row.Usual = r.itemTitle(reports.OutlineItem{Section: item.Section})
		}
		p.Rows = append(p.Rows, row)
	}
	for _, item := range reports.UsualOutline {
		if !slices.ContainsFunc(items, func(i reports.OutlineItem) bool { return i.Section == item.Section }) {
			item.Title = r.itemTitle(item)
			p.Lost = append(p.Lost, item)
		}
	}
	return r.render(status, "desk/outline", p)
}

// outlineOf reads the sections of the form in their order.
func (r *request) outlineOf(f sheet) reports.Outline {
	var list reports.Outline
	for i := 0; i < mostOutlineRows && f.Has(outlineName(i)+".section"); i++ {
		row := outlineName(i)
		list = append(list, reports.OutlineItem{
			Section: f.Get(row + ".section"), Title: f.text(row+".title", r.languages()), Brief: f.text(row+".brief", r.languages()), Unnumbered: f.Get(row+".unnumbered") != "",
		})
	}
	return list
}

// changeOutline takes the form. A button that moves, adds or takes out a section
// brings the form again; nothing is written before it is saved.
func (s *site) changeOutline(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	f := r.frameSheet(form, nil)
	items := r.outlineOf(f)
	if moved, acted := rearranged(items, form); acted {
		f.drop("items")
		for i, item := range moved {
			f.setItem(outlineName(i), item)
		}
		return r.renderOutline(http.StatusOK, head, f)
	}
	version, _ := strconv.Atoi(form.Get("version")) // none is a version that nobody read
	err = s.desk.SetFrame(r.Request.Context(), r.actor, head.Review.Cycle.Code, version, desk.Frame{Title: f.text("title", r.languages()), Lead: form.Get("lead"), Outline: items})
	if err != nil {
		if f.Problems, err = r.wrong(err); err != nil {
			return err
		}
		for i := range f.Problems {
			f.Problems[i].Field = cmp.Or(f.Problems[i].Field, "items")
		}
		return r.renderOutline(http.StatusUnprocessableEntity, head, f)
	}
	return r.to(head.Base+"/outline", r.T("writing.outline.saved"))
}

// rearranged does what a button of the form asks for: that of any list, or
// "back.means" for a usual section.
func rearranged(items reports.Outline, form url.Values) (reports.Outline, bool) {
	step := form.Get("step")
	if moved, acted := reordered(items, step); acted {
		return moved, true
	}
	for _, item := range reports.UsualOutline {
		if step == "back."+item.Section && !slices.ContainsFunc(items, func(i reports.OutlineItem) bool { return i.Section == item.Section }) {
			return append(items, item), true
		}
	}
	return items, false
}

// reordered does what a button of a list's form asks for: "up.2", "down.2",
// "drop.2", or "add" for an empty item.
func reordered[T any](items []T, step string) ([]T, bool) {
	var verb string
	var n int
	if _, err := fmt.Sscanf(step, "up.%d", &n); err == nil {
		verb = "up"
	} else if _, err := fmt.Sscanf(step, "down.%d", &n); err == nil {
		verb, n = "up", n+1
	} else if _, err := fmt.Sscanf(step, "drop.%d", &n); err == nil {
		verb = "drop"
	}
	switch {
	case step == "add":
		var empty T
		return append(items, empty), true
	case verb == "up" && n > 0 && n < len(items):
		items[n-1], items[n] = items[n], items[n-1]
		return items, true
	case verb == "drop" && n >= 0 && n < len(items):
		return slices.Delete(items, n, n+1), true
	}
	return items, false
}
