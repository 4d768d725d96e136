package web

import (
	"bytes"
	"net/http"
	"regexp"

	"gcm/reports/desk"
)

// maxVerified is the largest body with a file whose standing is told: it stands in
// memory, and on no disk.
const maxVerified = maxFormFile

// verdictPage is pages/verify/show.html.
type verdictPage struct {
	page
	Verdict *desk.Verdict // nil before a file was looked at
	URL     string        // of the edition's page
	Latest  string        // of the newest edition's, when that is another one
	Day     string        // on which the edition was published
	Problem string
}

// sha256sum is how the hash of a file is written.
var sha256sum = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)

// askVerify shows the form; with the hash of a file it tells whether that is a
// published one, so that a browser need not send the file.
func (s *site) askVerify(r *request) error {
	sum := r.Query("sha256")
	if sum == "" {
		return r.showVerdict(http.StatusOK, nil, "")
	}
	if !sha256sum.MatchString(sum) {
		return r.showVerdict(http.StatusBadRequest, nil, r.T("publish.verify.error.hash"))
	}
	v, err := s.desk.VerifyHash(r.Request.Context(), sum)
	if err != nil {
		return err
	}
	return r.showVerdict(http.StatusOK, &v, "")
}

// takeVerify looks at a file that was sent, and keeps nothing of it.
func (s *site) takeVerify(r *request) error {
	body, done, err := r.file("file")
	defer done()
	if err != nil {
		return err
	}
	if len(body) == 0 {
		return r.showVerdict(http.StatusUnprocessableEntity, nil, r.T("publish.verify.error.none"))
	}
	v, err := s.desk.Verify(r.Request.Context(), bytes.NewReader(body))
	if err != nil {
		return err
	}
	return r.showVerdict(http.StatusOK, &v, "")
}

func (r *request) showVerdict(status int, v *desk.Verdict, problem string) error {
	p := verdictPage{page: r.page(r.T("publish.verify.title"), r.T("publish.verify.description")), Verdict: v, Problem: problem}
	if v != nil && v.Standing != desk.IsUnknown {
		e, _, err := r.site.desk.Edition(r.Request.Context(), v.Cycle, v.Edition)
		if err != nil {
			return err
		}
		p.Day, p.URL = r.publishedEdition(v.Cycle, e).Day, r.url(editionPath(v.Cycle, v.Edition))
		if v.Latest > v.Edition {
			p.Latest = r.url(editionPath(v.Cycle, v.Latest))
		}
	}
	r.Header("Cache-Control", "no-store")
	return r.render(status, "verify/show", p)
}
