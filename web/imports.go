package web

import (
	"context"
	"net/http"
	"path/filepath"
	"strconv"

	"gcm/indicators"
	"gcm/indicators/intake"
	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// importsPage is pages/imports/list.html.
type importsPage struct {
	workPage
	Waiting  []intake.Upload
	Problems problems
}

// listImports offers to upload a file, and shows which of the person's wait.
func (s *site) listImports(r *request) error { return s.importsWith(r, http.StatusOK, nil) }

func (s *site) importsWith(r *request, status int, wrong problems) error {
	waiting, err := intake.Uploads(r.Request.Context(), s.DB, r.actor)
	if err != nil {
		return err
	}
	return r.render(status, "imports/list", importsPage{r.workPage(r.T("work.nav.imports")), waiting, wrong})
}

// uploadImport keeps a file and leads to how it is read.
func (s *site) uploadImport(r *request) error {
	code, err := s.keepImport(r)
	if err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		wrong[0].Field = "file"
		return s.importsWith(r, http.StatusUnprocessableEntity, wrong)
	}
	return r.to("/work/data/imports/"+code, "")
}

func (s *site) keepImport(r *request) (string, error) {
	done, err := r.takeUploadPlace()
	if err != nil {
		return "", err
	}
	defer done()
	if err := r.Request.ParseMultipartForm(1 << 20); err != nil { // the rest goes to a temporary file
		if _, key := statusOf(err); key == "error.too_large" {
			return "", err
		}
		r.log.Info("unreadable form", "id", r.id, "error", err)
		return "", &statusError{http.StatusBadRequest, "error.bad_request"}
	}
	defer func() { _ = r.Request.MultipartForm.RemoveAll() }()
	file, head, err := r.Request.FormFile("file")
	if err != nil {
		return "", fault.New(fault.Invalid, "imports.no_file", "no file was sent")
	}
	defer file.Close()
	src := intake.Source{Name: importName(head.Filename), File: file, Size: head.Size}
	return intake.Keep(r.Request.Context(), s.DB, r.actor, src)
}

// importName is the name of a file as it is shown and put on record.
func importName(name string) string {
	letters := []rune(filepath.Base(logged(name)))
	return string(letters[:min(len(letters), 120)])
}

// previewPage is pages/imports/preview.html.
type previewPage struct {
	workPage
	Upload     intake.Upload
	Wrong      []wrongImport
	Bad        int
	More       int // wrong cells that are not listed
	Counts     []option
	Indicators []indicators.Indicator // new ones
	Findings   []importFinding
	Found      int
	Stood      string // what the register held, sent back with the consent
	Moved      bool   // it held something else when it was asked before
	Problems   problems
}

// importFinding is what a rule of quality says of the values as they would be.
type importFinding struct {
	Name    i18n.Text
	Place   string // period and cell; "" for a whole series
	Message string
}

// wrongImport is a cell that cannot be taken in, with the reason in words.
type wrongImport struct {
	Place, Column, Value, Reason string
}

// previewImport tells what an import would do, without doing it.
func (s *site) previewImport(r *request) error { return s.runImport(r, true) }

// confirmImport takes the values in.
func (s *site) confirmImport(r *request) error { return s.runImport(r, false) }

func (s *site) runImport(r *request, preview bool) error {
	done, err := r.takeUploadPlace()
	if err != nil {
		return err
	}
	defer done()
	ctx := r.Request.Context()
	upload, err := intake.Find(ctx, s.DB, r.actor, r.Param("code"))
	if err != nil {
		return err
	}
	page := previewPage{workPage: r.workPage(r.T("imports.preview")), Upload: upload}
	if !preview {
		upload.Options.Stood = r.PostForm("stood")
	}
	report, err := s.importUpload(ctx, r, upload, preview)
	moved := err == nil && report.Moved
	if moved {
		report, err = s.importUpload(ctx, r, upload, true)
	}
	if err != nil {
		if page.Problems, err = r.wrong(err); err != nil {
			return err
		}
		return r.render(http.StatusUnprocessableEntity, "imports/preview", page)
	}
	if !preview && !moved && report.Bad == 0 {
		if err := upload.Drop(ctx, s.DB, r.actor); err != nil {
			return err
		}
		return r.to("/work/data/imports", r.T("imports.done"))
	}
	r.fillPreview(&page, report)
	status := http.StatusOK
	switch {
	case report.Bad > 0:
		status = http.StatusUnprocessableEntity
	case moved:
		page.Moved, status = true, http.StatusConflict
	}
	return r.render(status, "imports/preview", page)
}

func (s *site) importUpload(ctx context.Context, r *request, upload intake.Upload, preview bool) (*intake.Report, error) {
	src, remove, err := upload.Open(ctx, s.DB)
	if err != nil {
		return nil, err
	}
	defer remove()
	return intake.Import(ctx, s.DB, r.actor, src, upload.Options, preview, nil)
}

func (r *request) fillPreview(page *previewPage, report *intake.Report) {
	for _, p := range report.Problems {
		page.Wrong = append(page.Wrong, wrongImport{p.Place.String(), p.Column, p.Value, r.T(p.Key, p.Args...)})
	}
	page.Bad, page.More = int(report.Bad), int(report.Bad)-len(page.Wrong)
	page.Indicators = report.Brings.Indicators
	if report.Bad > 0 {
		return
	}
	for _, f := range report.Findings {
		page.Findings = append(page.Findings, importFinding{f.Name, r.findingPlace(f), f.Message(r.p)})
	}
	page.Found, page.Stood = report.Found, report.Stood
	in := report.Intake
	for _, count := range []struct {
		key string
		n   int64
	}{
		{"imports.new", in.New}, {"imports.changed", in.Changed}, {"imports.same", in.Same}, {"imports.gone", in.Gone}, {"imports.empty", int64(report.Empty)},
		{"imports.new_indicators", int64(len(report.Brings.Indicators))}, {"imports.new_dimensions", int64(len(report.Brings.Dimensions))},
	} {
		page.Counts = append(page.Counts, option{Label: r.T(count.key), Value: r.p.Number(float64(count.n), 0)})
	}
	if report.Area != "" {
		page.Counts = append(page.Counts, option{Label: r.T("imports.area"), Value: report.Area})
	}
}

// discardImport removes a file that waits.
func (s *site) discardImport(r *request) error {
	upload, err := intake.Find(r.Request.Context(), s.DB, r.actor, r.Param("code"))
	if err != nil {
		return err
	}
	if err := upload.Drop(r.Request.Context(), s.DB, r.actor); err != nil {
		return err
	}
	return r.to("/work/data/imports", "")
}

// columnField names the field in which a column's role is chosen.
func columnField(n int) string { return "role." + strconv.Itoa(n) }
