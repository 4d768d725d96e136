package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/progress"
)

// tablePage is pages/entries/table.html: the figures of an entry as a table,
// periods down and cells of the breakdown across.
type tablePage struct {
	workPage
	Code     string
	Name     i18n.Text
	Unit     indicators.Unit
	Version  int
	Columns  []tableColumn
	Rows     []tableRow
	Paste    string
	Problems []problemLine
}

// tableColumn is a cell of the breakdown.
type tableColumn struct {
	Breakdown string // canonical
	Label     string
}

// tableRow is a period with a field for each column.
type tableRow struct {
	Name   string // "rows.3"
	Number int
	Period tableField
	Cells  []tableField
}

// tableField is what stands in a cell, as it was typed.
type tableField struct{ Name, Label, Text, Problem string }

// blankPeriods are the empty rows below those that are known.
const blankPeriods = 3

// mostPeriods bounds the rows of one table.
const mostPeriods = 400

func (s *site) showTable(r *request) error {
	e, ind, err := r.tabled()
	if err != nil {
		return err
	}
	t := newTable(r, ind, e.Content.Values.Rows)
	return r.renderTable(http.StatusOK, e, ind, t, "", nil)
}

// tabled returns an entry of figures that the reader may change, with its indicator.
func (r *request) tabled() (e progress.Entry, ind indicators.Indicator, err error) {
	if e, err = r.site.progress.Entry(r.Request.Context(), r.actor, r.Param("code")); err != nil {
		return e, ind, err
	}
	about, err := r.site.progress.Subject(r.Request.Context(), r.actor, e)
	if err != nil {
		return e, ind, err
	}
	if e.Content.Values == nil || about.Indicator == nil {
		return e, ind, notFound("entry %s holds no figures", e.Code)
	}
	if !slices.Contains(e.Offered(r.actor, about.Cycle.Open()), progress.StepSave) {
		return e, ind, fault.New(fault.Conflict, "entry.error.state", "entry %s cannot be filled in now", e.Code)
	}
	return e, *about.Indicator, nil
}

// saveTable takes over what was pasted, or saves the table into the entry.
func (s *site) saveTable(r *request) error {
	e, ind, err := r.tabled()
	if err != nil {
		return err
	}
	values, err := r.form()
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(values.Get("version")) // none is a version that nobody worked on
	t := newTable(r, ind, e.Content.Values.Rows)
	var problems fault.Problems
	t.fill(values, &problems)
	paste := values.Get("paste")
	if paste != "" {
		if problems = nil; !t.paste(r.p.Lang(), paste, &problems) {
			return r.renderTable(http.StatusUnprocessableEntity, e, ind, t, paste, problems)
		}
	}
	if values.Get("step") == "take" {
		e.Version = version
		return r.renderTable(http.StatusOK, e, ind, t, "", nil)
	}
	figures := t.figures(r.p.Lang(), &problems)
	if problems.Err() == nil {
		content := e.Content
		content.Values = &progress.Values{Rows: merged(e.Content.Values.Rows, figures, t, ind), Note: e.Content.Values.Note}
		_, err = r.site.progress.Save(r.Request.Context(), r.actor, e.Code, version, content)
		if err == nil {
			return r.to("/work/entries/"+e.Code, r.T("entering.saved"))
		}
		var clash *progress.Clash
		if errors.As(err, &clash) {
			problems.Add("", "table.clash")
		} else if problems = fault.ProblemsOf(err); problems == nil {
			return err
		}
	}
	e.Version = version
	return r.renderTable(http.StatusUnprocessableEntity, e, ind, t, "", problems)
}

func (r *request) renderTable(status int, e progress.Entry, ind indicators.Indicator, t *table, paste string, problems fault.Problems) error {
	p := tablePage{
		workPage: r.workPage(r.in(ind.Name)), Code: e.Code, Name: ind.Name, Unit: ind.Unit, Version: e.Version,
		Columns: t.columns, Paste: paste,
	}
	wrong := map[string]string{}
	for _, problem := range problems {
		line := problemLine{Field: problem.Field, Text: r.T(problem.Key, problem.Args...)}
		if wrong[problem.Field] == "" {
			wrong[problem.Field] = line.Text
		}
		line.Label = t.label(r.p, problem.Field)
		p.Problems = append(p.Problems, line)
	}
	for n, row := range t.rows {
		line := tableRow{Name: fmt.Sprintf("rows.%d", n), Number: n + 1}
		line.Period = tableField{line.Name + ".period", r.T("table.period_of", n+1), row.period, wrong[line.Name+".period"]}
		for c, text := range row.cells {
			name := fmt.Sprintf("%s.%d", line.Name, c)
			line.Cells = append(line.Cells, tableField{name, strings.TrimSpace(row.period + ", " + t.columns[c].Label), text, wrong[name]})
		}
		p.Rows = append(p.Rows, line)
	}
	return r.render(status, "entries/table", p)
}
