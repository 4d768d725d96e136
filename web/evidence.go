package web

import (
	"errors"
	"mime"
	"net/http"
	"slices"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/progress"
)

// evidenceLine is a piece of evidence in a list.
type evidenceLine struct {
	progress.Evidence
	Path  string // of the file
	Bytes string
}

// evidencePage is pages/evidence/form.html.
type evidencePage struct {
	workPage
	Head      entryHead
	Typed     evidenceForm
	Kinds     []progress.EvidenceKind
	Languages []languageLink
	Problems  problems
	Largest   int // megabytes
}

// removeEvidencePage is pages/evidence/remove.html.
type removeEvidencePage struct {
	workPage
	Head entryHead
	Item evidenceLine
}

// evidenceOf lists the evidence of an entry that the person was given.
func (r *request) evidenceOf(code string) ([]evidenceLine, error) {
	return r.evidenceFor(r.actor, code)
}

func (r *request) evidenceFor(actor auth.Actor, code string) ([]evidenceLine, error) {
	list, err := r.site.progress.Evidence(r.Request.Context(), actor, code)
	var lines []evidenceLine
	for _, e := range list {
		lines = append(lines, evidenceLine{e, "/work/entries/" + code + "/evidence/" + e.Code, r.size(e.Size)})
	}
	return lines, err
}

// size prints the size of a file.
func (r *request) size(bytes int64) string {
	if bytes < 1<<20 {
		return r.T("entering.kilobytes", r.p.Number(float64(max(bytes, 1<<10))/(1<<10), 0))
	}
	return r.T("entering.megabytes", r.p.Number(float64(bytes)/(1<<20), 1))
}

// askEvidence shows the form for a piece of evidence to those who may add one.
func (s *site) askEvidence(r *request) error {
	return r.renderEvidence(http.StatusOK, evidenceForm{Language: r.p.Lang()}, nil)
}

func (r *request) renderEvidence(status int, typed evidenceForm, wrong problems) error {
	head, err := r.editableHead()
	if err != nil {
		return err
	}
	return r.render(status, "evidence/form", evidencePage{
		workPage: r.workPage(r.T("entering.evidence.add")), Head: head, Typed: typed, Kinds: progress.EvidenceKinds,
		Languages: r.wordingLanguages(), Problems: wrong, Largest: progress.LargestFile >> 20,
	})
}

// editableHead reads an entry for a page on which it is changed.
func (r *request) editableHead() (entryHead, error) {
	e, err := r.site.progress.Entry(r.Request.Context(), r.actor, r.Param("code"))
	if err != nil {
		return entryHead{}, err
	}
	head, err := r.entryHead(e, shownEntry{})
	if err == nil && !head.Editable {
		err = fault.New(fault.Conflict, "entry.error.state", "change the evidence of entry %s", e.Code)
	}
	return head, err
}

// addEvidence takes a file or a link. What cannot be taken is told on the same
// page, beside what was typed.
func (s *site) addEvidence(r *request) error {
	code := r.Param("code")
	if _, err := s.progress.Entry(r.Request.Context(), r.actor, code); err != nil {
		return err
	}
	typed, body, err := r.upload()
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return r.renderEvidence(http.StatusRequestEntityTooLarge, typed, problems{{"file", r.T("evidence.error.large", progress.LargestFile>>20)}})
	}
	if err != nil {
		return err
	}
	piece, err := typed.piece(body)
	if err == nil {
		_, err = s.progress.AddEvidence(r.Request.Context(), r.actor, code, piece, body)
	}
	if err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.renderEvidence(http.StatusUnprocessableEntity, typed, wrong)
	}
	return r.to("/work/entries/"+code+"#evidence", r.T("entering.evidence.added"))
}

// downloadEvidence answers with the file of a piece of evidence to those whom
// the entry reaches.
func (s *site) downloadEvidence(r *request) error { return r.sendEvidence(r.actor, r.Param("item")) }

// publicEvidence answers with what was released, to anybody.
func (s *site) publicEvidence(r *request) error {
	return r.sendEvidence(auth.Actor{}, r.Param("item"))
}

func (r *request) sendEvidence(actor auth.Actor, code string) error {
	e, body, err := r.site.progress.EvidenceFile(r.Request.Context(), actor, code)
	if err != nil {
		return err
	}
	if e.FileName == "" {
		return notFound("evidence %s is a link", code)
	}
	r.Header("Content-Security-Policy", "default-src 'none'; sandbox")
	r.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": e.FileName}))
	r.Header("Cache-Control", "no-store")
	r.Data(http.StatusOK, e.MediaType, body)
	return nil
}

// askRemoveEvidence asks whether a piece shall really be taken out.
func (s *site) askRemoveEvidence(r *request) error {
	head, err := r.editableHead()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(head.Evidence, func(e evidenceLine) bool { return e.Code == r.Param("item") })
	if i < 0 {
		return notFound("evidence %s is not shown in entry %s", r.Param("item"), head.Entry.Code)
	}
	return r.render(http.StatusOK, "evidence/remove", removeEvidencePage{r.workPage(r.T("entering.evidence.remove")), head, head.Evidence[i]})
}

// removeEvidence takes a piece of evidence out of a draft.
func (s *site) removeEvidence(r *request) error {
	if err := s.progress.RemoveEvidence(r.Request.Context(), r.actor, r.Param("item")); err != nil {
		return err
	}
	return r.to("/work/entries/"+r.Param("code")+"#evidence", r.T("entering.evidence.removed"))
}
