package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"gcm/internal/fault"
	"gcm/progress"
)

// Bounds on uploads: the body with its other fields, how many are read at once
// (each stands in memory while it is checked), and for how long.
const (
	maxUpload     = progress.LargestFile + 1<<20
	uploadsAtOnce = 4
	uploadTime    = 3 * time.Minute
	uploadWait    = 20 * time.Second
)

// evidenceForm is what was typed about a piece of evidence.
type evidenceForm struct {
	Kind, Title, Dated, Source, Language, URL string
	fileName                                  string
}

// takeUploadPlace waits until the body may be read, and gives it time. The caller
// ends with done.
func (r *request) takeUploadPlace() (done func(), err error) {
	select {
	case r.site.uploads <- struct{}{}:
	case <-r.Request.Context().Done():
		return nil, r.Request.Context().Err()
	case <-time.After(uploadWait):
		return nil, fault.New(fault.Unavailable, "error.unavailable", "all places for uploads are taken")
	}
	_ = http.NewResponseController(r.Writer).SetReadDeadline(time.Now().Add(uploadTime)) // else a slow line is cut as an attack would be
	return func() { <-r.site.uploads }, nil
}

// upload reads the form with its file. A browser sends the fields in the order in
// which they stand in the form, the file last: of one that is too large the rest
// is known.
func (r *request) upload() (evidenceForm, []byte, error) {
	done, err := r.takeUploadPlace()
	if err != nil {
		return evidenceForm{}, nil, err
	}
	defer done()
	parts, err := r.Request.MultipartReader()
	if err != nil {
		return evidenceForm{}, nil, &statusError{http.StatusBadRequest, "error.bad_request"}
	}
	fields := url.Values{}
	form, body, err := evidenceForm{}, []byte(nil), error(nil)
	for range 20 { // there are seven fields
		var part *multipart.Part
		if part, err = parts.NextPart(); err != nil {
			break
		}
		var content []byte
		if content, err = io.ReadAll(part); err != nil {
			break
		}
		switch {
		case part.FormName() != "file":
			fields.Set(part.FormName(), string(content))
		case part.FileName() != "":
			form.fileName, body = part.FileName(), content
		}
	}
	name := form.fileName
	form = evidenceForm{fields.Get("kind"), fields.Get("title"), fields.Get("dated"), fields.Get("source"), fields.Get("language"), fields.Get("url"), name}
	var tooLarge *http.MaxBytesError
	if err != nil && err != io.EOF && !errors.As(err, &tooLarge) {
		r.log.Info("unreadable upload", "id", r.id, "error", err)
		err = &statusError{http.StatusBadRequest, "error.bad_request"}
	}
	if err == io.EOF {
		err = nil
	}
	return form, body, err
}

// piece is the evidence that was typed. One is a file or a link, not both.
func (f evidenceForm) piece(body []byte) (progress.Evidence, error) {
	var found fault.Problems
	dated := entryForm{url.Values{"dated": {f.Dated}}}.period("dated", &found)
	if f.URL != "" && body != nil {
		found.Add("url", "entering.error.both")
	}
	return progress.Evidence{
		Kind: progress.EvidenceKind(f.Kind), Title: f.Title, Language: f.Language, Dated: dated, Source: f.Source, URL: f.URL, FileName: f.fileName,
	}, found.Err()
}
