package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"gcm/internal/fault"
	"gcm/objectives"
	"gcm/progress"
)

// maxEntry is the largest form of an entry: all texts as long as they may be, in
// letters that take six bytes each on their way.
const maxEntry = 4 << 20

// saveEntry saves a draft and does what the pressed button asks for beside that.
func (s *site) saveEntry(r *request) error {
	e, form, err := r.sentEntry()
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(form.Get("version")) // none is a version that nobody worked on
	if form.Get("add") != "" {                      // a page shows one row more than it was sent
		return r.renderEntry(http.StatusOK, e, shownEntry{form: &form, version: version})
	}
	form.choose()
	saved, err := r.save(e, &form, version)
	if err != nil {
		return r.refuseSave(err, e, form, version)
	}
	switch form.Get("step") {
	case "submit":
		return r.submitSaved(saved, form)
	case "evidence":
		return r.to("/work/entries/"+e.Code+"/evidence", "")
	}
	return r.to("/work/entries/"+e.Code, r.T("entering.saved"))
}

// sentEntry reads an entry and the form that was sent for it.
func (r *request) sentEntry() (progress.Entry, entryForm, error) {
	e, err := r.site.progress.Entry(r.Request.Context(), r.actor, r.Param("code"))
	if err != nil {
		return e, entryForm{}, err
	}
	values, err := r.form()
	return e, entryForm{values}, err
}

// save saves what a form says. A form that can be read is put in order, so that
// what is wrong with its rows is shown beside them.
func (r *request) save(e progress.Entry, form *entryForm, version int) (progress.Entry, error) {
	content, problems := form.content(e.Kind, r.p.Lang())
	if err := problems.Err(); err != nil {
		return e, err
	}
	asked := form.Values
	*form = formOf(r.p, content)
	for _, name := range []string{"step", "seen"} {
		form.Set(name, asked.Get(name))
	}
	return r.site.progress.Save(r.Request.Context(), r.actor, e.Code, version, content)
}

// refuseSave shows what was typed again, with what stood in the way.
func (r *request) refuseSave(err error, e progress.Entry, form entryForm, version int) error {
	var clash *progress.Clash
	if errors.As(err, &clash) {
		return r.renderClash(clash, form)
	}
	problems := fault.ProblemsOf(err)
	status := http.StatusUnprocessableEntity
	if problems == nil {
		if fault.KindOf(err) != fault.Conflict {
			return err
		}
		status, problems = http.StatusConflict, fault.Problems{{Key: fault.KeyOf(err)}}
	}
	return r.renderEntry(status, e, shownEntry{form: &form, version: version, problems: problems})
}

// submitSaved hands a saved entry in. Measures that look like a proposed one are
// shown first; who has seen them may submit all the same.
func (r *request) submitSaved(e progress.Entry, form entryForm) error {
	hints, err := r.hints(e)
	if err != nil {
		return err
	}
	for _, hint := range hints {
		if !strings.Contains(" "+form.Get("seen")+" ", " "+hint.Code+" ") {
			return r.renderEntry(http.StatusOK, e, shownEntry{hints: hints})
		}
	}
	_, err = r.site.progress.Submit(r.Request.Context(), r.actor, e.Code, e.Version)
	if err != nil {
		return r.refuseStep(err, entryStep{})
	}
	return r.to("/work/entries/"+e.Code, r.T("entering.done.submit"))
}

// autosaved answers a form that the page sent by itself.
type autosaved struct {
	Version  int           `json:"version,omitempty"`
	Compare  string        `json:"compare,omitempty"` // where both versions are shown when the form is sent
	Problems []autoProblem `json:"problems,omitempty"`
}

type autoProblem struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Text  string `json:"text"`
}

// autosaveEntry saves a draft for a script: the same as saving, told in JSON.
func (s *site) autosaveEntry(r *request) error {
	e, form, err := r.sentEntry()
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(form.Get("version"))
	saved, err := r.save(e, &form, version)
	var clash *progress.Clash
	switch problems := fault.ProblemsOf(err); {
	case errors.As(err, &clash):
		r.JSON(http.StatusConflict, autosaved{Compare: "/work/entries/" + e.Code})
	case problems != nil:
		var answer autosaved
		for _, line := range r.problemLines(problems) {
			answer.Problems = append(answer.Problems, autoProblem(line))
		}
		r.JSON(http.StatusUnprocessableEntity, answer)
	case err != nil:
		return err
	default:
		r.JSON(http.StatusOK, autosaved{Version: saved.Version})
	}
	return nil
}

// hintLine is a record that a proposal looks like.
type hintLine struct {
	objectives.Hint
	URL string
}

// hints are what a proposed measure looks like, itself left out; none for other
// kinds.
func (r *request) hints(e progress.Entry) ([]hintLine, error) {
	if e.Content.Measure == nil {
		return nil, nil
	}
	found, err := r.site.progress.Similar(r.Request.Context(), r.actor, *e.Content.Measure)
	var lines []hintLine
	for _, h := range found {
		if h.Code == e.Code {
			continue
		}
		line := hintLine{h, r.url("/measures/" + h.Code)}
		if _, out := r.site.progress.Entry(r.Request.Context(), r.actor, h.Code); out == nil {
			line.URL = "/work/entries/" + h.Code
		}
		lines = append(lines, line)
	}
	return lines, err
}
