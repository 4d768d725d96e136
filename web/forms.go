package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"slices"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	spreadsheet "gcm/internal/sheet"
	"gcm/objectives"
	"gcm/progress"
	"gcm/progress/form"
)

// maxFormFile is the largest body with a form in it.
const maxFormFile = spreadsheet.MaxFile + 1<<20

// formsPage is pages/forms/list.html.
type formsPage struct {
	workPage
	Rounds   []progress.Cycle // that are open
	Agencies []objectives.Agency
	Agency   string // of the person
	Spoken   []languageLink
	Enters   bool // the person may send a form back
	Problems problems
}

// showForms offers the spreadsheet forms, and takes them back.
func (s *site) showForms(r *request) error { return s.formsWith(r, http.StatusOK, nil) }

func (s *site) formsWith(r *request, status int, wrong problems) error {
	page := formsPage{workPage: r.workPage(r.T("work.nav.forms")), Enters: r.actor.Can(auth.Enter), Problems: wrong, Agency: r.actor.Agency}
	for _, lang := range r.languages() {
		if p, err := i18n.New(lang); err == nil {
			page.Spoken = append(page.Spoken, languageLink{Code: lang, Name: p.T("site.language"), Current: lang == r.p.Lang()})
		}
	}
	rounds, err := s.progress.Cycles(r.Request.Context())
	if err != nil {
		return err
	}
	slices.Reverse(rounds)
	page.Rounds = slices.DeleteFunc(rounds, func(c progress.Cycle) bool { return !c.Open() })
	agencies, err := s.objectives.Agencies(r.Request.Context())
	if err != nil {
		return err
	}
	page.Agencies = slices.DeleteFunc(agencies, func(a objectives.Agency) bool {
		return a.ArchivedAt != nil || a.Code != r.actor.Agency && !r.actor.Can(auth.Coordinate)
	})
	i18n.Sort(r.p, page.Agencies, func(a objectives.Agency) string { return r.in(a.Name) })
	return r.render(status, "forms/list", page)
}

// downloadForm answers the form of an agency for a round in a language.
func (s *site) downloadForm(r *request) error {
	asked, err := s.progress.Asked(r.Request.Context(), r.actor, r.Query("round"), r.Query("agency"))
	if err != nil {
		return err
	}
	p := r.p
	if lang := r.Query("language"); slices.Contains(r.languages(), lang) {
		if p, err = i18n.New(lang); err != nil {
			return err
		}
	}
	f := form.Form{Asked: asked, Made: s.Now()}
	return r.sendSheet(f.FileName(p.Lang()), func(b *bytes.Buffer) error { return form.Write(b, p, f) })
}

// uploadForm takes a filled-in form and leads to what it would change.
func (s *site) uploadForm(r *request) error {
	body, done, err := r.file("file")
	defer done()
	if err != nil {
		return err
	}
	filled, err := form.Open(body)
	if err == nil && filled.Agency != r.actor.Agency {
		err = fault.New(fault.Invalid, "forms.error.agency", "a form of the agency %q", filled.Agency)
	}
	if err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		wrong[0].Field = "file"
		return s.formsWith(r, http.StatusUnprocessableEntity, wrong)
	}
	hash, err := s.progress.KeepUpload(r.Request.Context(), r.actor, body)
	if err != nil {
		return err
	}
	return r.to("/work/forms/"+hash, "")
}

// file reads a file of a form, once, into as much memory as the body says that it
// needs; empty when none was chosen. The place for uploads is given back by done.
func (r *request) file(field string) (body []byte, done func(), err error) {
	done, err = r.takeUploadPlace()
	if err != nil {
		return nil, func() {}, err
	}
	parts, err := r.Request.MultipartReader()
	for err == nil {
		var part *multipart.Part
		if part, err = parts.NextPart(); err != nil || part.FormName() != field || part.FileName() == "" {
			continue
		}
		b := bytes.NewBuffer(make([]byte, 0, bytes.MinRead+max(0, min(r.Request.ContentLength, maxFormFile))))
		if _, err = b.ReadFrom(part); err == nil {
			return b.Bytes(), done, nil
		}
	}
	if err == io.EOF {
		return nil, done, nil // without a file there is nothing in it
	}
	if _, key := statusOf(err); key != "error.too_large" {
		r.log.Info("unreadable form", "id", r.id, "error", err)
		err = &statusError{http.StatusBadRequest, "error.bad_request"}
	}
	return nil, done, err
}

// uploadPage is pages/forms/show.html.
type uploadPage struct {
	workPage
	form.Import
	Round    string
	Path     string
	Wrong    []wrongCell
	Refusals []problem // of records that somebody changed at the last moment
}

// wrongCell is a cell that cannot be taken over, with the reason in words.
type wrongCell struct {
	form.BadCell
	Reason string
}

// showUpload shows what a form would change, and every cell that is wrong.
func (s *site) showUpload(r *request) error {
	i, filled, err := s.imported(r)
	if err != nil {
		return s.goneUpload(r, err)
	}
	return r.render(http.StatusOK, "forms/show", r.uploadPage(i, filled))
}

func (r *request) uploadPage(i form.Import, filled form.Filled) uploadPage {
	page := uploadPage{workPage: r.workPage(r.T("forms.check")), Import: i, Round: filled.Round, Path: r.Request.URL.Path}
	for _, bad := range i.Bad {
		page.Wrong = append(page.Wrong, wrongCell{bad, r.T(bad.Key, bad.Args...)})
	}
	return page
}

// imported reads the upload again and holds it against what is asked now.
func (s *site) imported(r *request) (form.Import, form.Filled, error) {
	ctx := r.Request.Context()
	body, err := s.progress.Upload(ctx, r.actor, r.Param("upload"))
	if err != nil {
		return form.Import{}, form.Filled{}, err
	}
	filled, err := form.Open(body)
	if err != nil {
		return form.Import{}, filled, err
	}
	asked, err := s.progress.Asked(ctx, r.actor, filled.Round, filled.Agency)
	if err != nil {
		return form.Import{}, filled, err
	}
	i, err := filled.Check(asked, r.p)
	return i, filled, err
}

// goneUpload asks for the file again when it does not wait any longer.
func (s *site) goneUpload(r *request, err error) error {
	if fault.KindOf(err) != fault.NotFound {
		return err
	}
	return s.formsWith(r, http.StatusNotFound, problems{{"file", r.T("forms.error.gone")}})
}

// confirmUpload saves what the form changes, all or nothing.
func (s *site) confirmUpload(r *request) error {
	i, filled, err := s.imported(r)
	if err != nil {
		return s.goneUpload(r, err)
	}
	page := r.uploadPage(i, filled)
	if len(i.Bad) > 0 || len(i.Savings) == 0 {
		return r.render(http.StatusUnprocessableEntity, "forms/show", page)
	}
	refusals, err := s.progress.SaveAll(r.Request.Context(), r.actor, i.Savings)
	if err != nil {
		return err
	}
	for _, refused := range refusals {
		key := fault.KeyOf(refused.Err)
		if !r.p.Has(key) {
			key = "error.conflict"
		}
		page.Refusals = append(page.Refusals, problem{refused.Code, r.T(key)})
	}
	if refusals != nil {
		return r.render(http.StatusConflict, "forms/show", page)
	}
	if err := s.progress.DropUpload(r.Request.Context(), r.actor); err != nil {
		return err
	}
	return r.to("/work/forms", r.T("forms.saved", len(i.Savings)))
}
