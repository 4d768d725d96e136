package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gcm/indicators/intake"
	"gcm/internal/i18n"
)

// askImportPage is pages/imports/ask.html.
type askImportPage struct {
	workPage
	Upload   intake.Upload
	Formats  []choice
	Decimals []choice
	Spoken   []choice
	Columns  []askedColumn
	Problems problems
}

// choice is a line of a list to choose from.
type choice struct {
	Value, Label string
	Chosen       bool
}

// askedColumn is a column of the file with what it can say.
type askedColumn struct {
	Name, Sample, Field string
	Roles               []choice
}

// sampleRows is how many rows are shown of each column.
const sampleRows = 4

// askImport asks how a file is to be read, with a guess.
func (s *site) askImport(r *request) error {
	upload, err := intake.Find(r.Request.Context(), s.DB, r.actor, r.Param("code"))
	if err != nil {
		return err
	}
	page := askImportPage{workPage: r.workPage(r.T("imports.ask")), Upload: upload}
	reading, err := s.openUpload(r, upload)
	status := http.StatusOK
	if err != nil {
		if page.Problems, err = r.wrong(err); err != nil {
			return err
		}
		status = http.StatusUnprocessableEntity
	} else {
		page.Columns = r.askedColumns(reading)
	}
	r.fillAsk(&page)
	return r.render(status, "imports/ask", page)
}

// openedUpload is what is shown of a file before it is imported.
type openedUpload struct {
	header  []string
	columns []intake.Column
	sample  [][]string
}

func (s *site) openUpload(r *request, upload intake.Upload) (openedUpload, error) {
	done, err := r.takeUploadPlace()
	if err != nil {
		return openedUpload{}, err
	}
	defer done()
	src, remove, err := upload.Open(r.Request.Context(), s.DB)
	if err != nil {
		return openedUpload{}, err
	}
	defer remove()
	reading, err := intake.Open(r.Request.Context(), s.DB, src, upload.Options)
	if err != nil {
		return openedUpload{}, err
	}
	return openedUpload{reading.Header, reading.Columns, reading.Sample(sampleRows)}, nil
}

func (r *request) askedColumns(opened openedUpload) []askedColumn {
	var columns []askedColumn
	for i, c := range opened.columns {
		var sample []string
		for _, row := range opened.sample {
			if row[i] != "" {
				sample = append(sample, row[i])
			}
		}
		asked := askedColumn{Name: c.Name, Sample: strings.Join(sample, " · "), Field: columnField(i)}
		roles := intake.Roles
		if !slices.Contains(roles, c.Role) {
			roles = append(slices.Clone(roles), c.Role)
		}
		for _, role := range roles {
			if key := "imports.role." + string(role); r.p.Has(key) {
				asked.Roles = append(asked.Roles, choice{string(role), r.T(key), role == c.Role})
			}
		}
		columns = append(columns, asked)
	}
	return columns
}

func (r *request) fillAsk(page *askImportPage) {
	o := page.Upload.Options
	if o.Format == "" {
		o.Format = page.Upload.Format
	}
	for _, f := range intake.Formats {
		page.Formats = append(page.Formats, choice{string(f), r.T("imports.format." + string(f)), f == o.Format})
	}
	for _, d := range []struct{ value, key string }{{"", "auto"}, {",", "comma"}, {".", "point"}} {
		page.Decimals = append(page.Decimals, choice{d.value, r.T("imports.decimal." + d.key), d.value == o.Decimal})
	}
	if o.Language == "" {
		o.Language = r.p.Lang()
	}
	for _, lang := range r.languages() {
		if p, err := i18n.New(lang); err == nil {
			page.Spoken = append(page.Spoken, choice{lang, p.T("site.language"), lang == o.Language})
		}
	}
}

// chooseImport keeps how the file is to be read and leads to the preview.
func (s *site) chooseImport(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	upload, err := intake.Find(r.Request.Context(), s.DB, r.actor, r.Param("code"))
	if err != nil {
		return err
	}
	upload.Options = importOptions(form)
	var header []string
	if form.Get("columns") != "" && upload.Options.Format == upload.Format {
		opened, err := s.openUpload(r, upload)
		if err != nil {
			return err
		}
		header = opened.header
		upload.Options.Columns = chosenColumns(form, opened)
	}
	if err := upload.Choose(r.Request.Context(), s.DB, r.actor, header); err != nil {
		return err
	}
	return r.to("/work/data/imports/"+upload.Code+"/preview", "")
}

func importOptions(form url.Values) intake.Options {
	o := intake.Options{
		Format: intake.Format(form.Get("format")), Decimal: form.Get("decimal"), Indicator: strings.TrimSpace(form.Get("indicator")),
		Language: form.Get("names"), Create: form.Get("create") == "1",
	}
	if !slices.Contains(intake.Formats, o.Format) {
		o.Format = ""
	}
	if o.Decimal != "," && o.Decimal != "." {
		o.Decimal = ""
	}
	if !slices.Contains(i18n.Languages, o.Language) {
		o.Language = ""
	}
	return o
}

// chosenColumns are the columns of the file with the roles that the form gives.
func chosenColumns(form url.Values, opened openedUpload) []intake.Column {
	columns := slices.Clone(opened.columns)
	for i, c := range columns {
		role := intake.Role(form.Get(columnField(i)))
		if _, asked := form[columnField(i)]; asked && role != c.Role && slices.Contains(intake.Roles, role) {
			columns[i] = intake.As(c.Name, role)
		}
	}
	return columns
}
