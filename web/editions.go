package web

import (
	"bytes"
	"cmp"
	"net/http"
	"path"
	"strconv"
	"strings"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/reports"
	"gcm/reports/desk"
)

// publishedEdition is an edition as pages tell of it.
type publishedEdition struct {
	desk.Edition
	Day    string // on which it was published, as in its files
	Files  []publishedFile
	Briefs []publishedFile // for the round tables
}

// publishedFile is a file of an edition.
type publishedFile struct {
	desk.EditionFile
	Spoken  string // its language in itself
	Version string // in words: full, short
	KB      int
	URL     string
}

// publishedEditions lists what was published of a review, the newest first.
func (r *request) publishedEditions(cycle string) ([]publishedEdition, error) {
	list, err := r.site.desk.Editions(r.Request.Context(), cycle)
	var out []publishedEdition
	for _, e := range list {
		out = append(out, r.publishedEdition(cycle, e))
	}
	return out, err
}

func (r *request) publishedEdition(cycle string, e desk.Edition) publishedEdition {
	out := publishedEdition{Edition: e, Day: r.p.Period(e.Day())}
	for _, profile := range reports.Profiles {
		for _, lang := range r.languages() {
			for _, f := range e.Files {
				if f.Profile == profile && f.Language == lang {
					out.Files = append(out.Files, r.publishedFile(cycle, e.Number, f))
				}
			}
		}
	}
	for _, f := range e.Files { // by their names, as they come
		if _, brief := reports.BriefTable(f.Profile); brief {
			out.Briefs = append(out.Briefs, r.publishedFile(cycle, e.Number, f))
		}
	}
	return out
}

func (r *request) publishedFile(cycle string, number int, f desk.EditionFile) publishedFile {
	return publishedFile{f, r.languageName(f.Language), r.profileName(string(f.Profile)), int((f.Size + 1023) / 1024), editionPath(cycle, number) + "/" + f.Name}
}

// editionPath is where an edition is confirmed, without the language.
func editionPath(cycle string, number int) string {
	return "/reviews/" + cycle + "/editions/" + strconv.Itoa(number)
}

// editionPage is pages/editions/show.html: it confirms an edition.
type editionPage struct {
	page
	Review    reports.Review
	Published publishedEdition
	Copies    []copied
	Hash      string // of what was signed
	Latest    int
	Cutoff    period.Period
	Bodies    []signedLine
	Errata    []publishedEdition // the editions that put something right, the newest first
	Notice    []string
}

// copied are the copies of a file of an edition in other forms.
type copied struct {
	publishedFile
	Forms []reviewForm
	Path  string // without the ending
}

// signedLine is a body that signed, as everybody may know it.
type signedLine struct {
	Agency i18n.Text
	Day    string
}

// number reads the number of an edition in the address.
func (r *request) number() (int, error) {
	n, err := strconv.Atoi(r.Param("number"))
	if err != nil || n < 1 || strconv.Itoa(n) != r.Param("number") {
		return 0, notFound("no edition %q", r.Param("number"))
	}
	return n, nil
}

// leadToEdition leads from the address that is printed in a file to the page in
// the reader's language.
func (s *site) leadToEdition(r *request) error {
	number, err := r.number()
	if err != nil {
		return err
	}
	review, newest, err := r.publicReview()
	if err != nil || number > newest {
		return orNotFound(err, "no edition %d", number)
	}
	r.vary("Cookie")
	r.Header("Cache-Control", "no-cache")
	r.redirect(http.StatusFound, editionPath(review.Cycle.Code, number))
	return nil
}

func (s *site) showEdition(r *request) error {
	number, err := r.number()
	if err != nil {
		return err
	}
	review, newest, err := r.publicReview()
	if err != nil {
		return err
	}
	e, hash, err := s.desk.Edition(r.Request.Context(), review.Cycle.Code, number)
	if err != nil {
		return err
	}
	if review.Title, err = s.desk.Named(r.Request.Context(), e); err != nil {
		return err
	}
	title := r.T("publish.edition.title", strconv.Itoa(number), r.in(review.Title))
	p := editionPage{
		page: r.page(title, title), Review: review, Published: r.publishedEdition(review.Cycle.Code, e), Hash: hash, Latest: newest,
		Notice: paragraphs(r.in(review.Notice)),
	}
	if p.Cutoff, err = s.desk.Cutoff(r.Request.Context(), e); err != nil {
		return err
	}
	for _, f := range p.Published.Files {
		of := edition{review.Cycle.Code, f.Language, string(f.Profile)}
		p.Copies = append(p.Copies, copied{f, reviewForms, editionPath(review.Cycle.Code, number) + "/" + strings.TrimSuffix(path.Base(of.URL()), ".pdf")})
	}
	signed, err := s.desk.Signed(r.Request.Context(), e)
	if err != nil {
		return err
	}
	for _, line := range signed {
		p.Bodies = append(p.Bodies, signedLine{line.Agency.Name, r.day(line.Signature.At)})
	}
	if p.Errata, err = r.errata(review.Cycle.Code); err != nil {
		return err
	}
	return r.render(http.StatusOK, "editions/show", p)
}

// errata are the editions that put something right.
func (r *request) errata(cycle string) (list []publishedEdition, err error) {
	all, err := r.publishedEditions(cycle)
	for _, e := range all {
		if len(e.Erratum) > 0 {
			list = append(list, e)
		}
	}
	return list, err
}

// errataPage is pages/editions/errata.html.
type errataPage struct {
	page
	Review reports.Review
	Errata []publishedEdition
}

func (s *site) showErrata(r *request) error {
	review, newest, err := r.publicReview()
	if err != nil || newest == 0 {
		return orNotFound(err, "no edition of %q", r.Param("cycle"))
	}
	title := r.T("publish.errata.title", r.in(review.Title))
	p := errataPage{page: r.page(title, title), Review: review}
	if p.Errata, err = r.errata(review.Cycle.Code); err != nil {
		return err
	}
	return r.render(http.StatusOK, "editions/errata", p)
}

// downloadEdition sends a file of an edition, the same for ever, or a copy in
// another form: kk.docx.
func (s *site) downloadEdition(r *request) error {
	number, err := r.number()
	if err != nil {
		return err
	}
	if _, _, err := r.publicReview(); err != nil {
		return err
	}
	if name, form, ok := otherFormOf(r.Param("file")); ok {
		return r.sendEditionForm(number, name, form)
	}
	return r.sendEdition(number, r.Param("file"), true)
}

// sendEdition sends the file of an edition. Forever says that the address stands
// for this edition alone.
func (r *request) sendEdition(number int, name string, forever bool) error {
	ctx := r.Request.Context()
	e, _, err := r.site.desk.Edition(ctx, r.Param("cycle"), number)
	if err != nil {
		return err
	}
	f, err := r.site.desk.EditionFile(ctx, e.ID, name)
	if err != nil {
		return err
	}
	r.showPDF(f.Name, f.Language)
	r.Header("Content-Type", cmp.Or(f.MediaType, "application/octet-stream"))
	r.kept(f.SHA256)
	if !forever {
		r.Header("Cache-Control", "no-cache")
	}
	http.ServeContent(r.Writer, r.Request, "", e.PublishedAt, bytes.NewReader(f.Body))
	return nil
}
