package web

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/reports"
)

// briefLine is the brief of a round table, as pages offer it.
type briefLine struct {
	Table      int
	Objectives string // "4, 8, 9"
	Section    string // of the notes that people write
	Files      []briefFile
}

// briefFile is a brief in one language.
type briefFile struct {
	textLine // the notes that people wrote; at the desk alone
	Table    int
	Address  string // without the ending
	Forms    []reviewForm
}

// briefForms are the forms of a brief beside the PDF: it has no figures to count
// with.
var briefForms = slices.DeleteFunc(slices.Clone(reviewForms), func(f reviewForm) bool { return f.Ending == "xlsx" })

// briefLines are the briefs of the round tables, with their files below an address.
func (r *request) briefLines(below string) ([]briefLine, error) {
	tables, err := r.site.objectives.RoundTables(r.Request.Context())
	var lines []briefLine
	for _, t := range tables {
		var numbers []string
		for _, o := range t.Objectives {
			numbers = append(numbers, strconv.Itoa(o.Number))
		}
		line := briefLine{Table: t.Number, Objectives: strings.Join(numbers, ", "), Section: reports.BriefSection(t.Number)}
		for _, l := range r.spokenLanguages() {
			line.Files = append(line.Files, briefFile{textLine{Language: l.Code, Name: l.Name}, t.Number, below + "/" + l.Code + "-" + line.Section, briefForms})
		}
		lines = append(lines, line)
	}
	return lines, err
}

// briefsPage is pages/desk/briefs.html.
type briefsPage struct {
	workPage
	deskHead
	Briefs []briefLine
}

// listBriefs shows the briefs of the round tables, with the notes that people
// wrote for them.
func (s *site) listBriefs(r *request) error {
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	p := briefsPage{workPage: r.workPage(r.T("brief.page")), deskHead: head}
	if p.Briefs, err = r.briefLines(head.Base + "/briefs"); err != nil {
		return err
	}
	for _, line := range p.Briefs {
		for i := range line.Files {
			line.Files[i].textLine = head.textLine(line.Section, line.Files[i].textLine)
		}
	}
	return r.render(http.StatusOK, "desk/briefs", p)
}

// sendBrief sends kk-brief-2.pdf, .docx … as the speaker has it: of the published
// edition or of the draft, with the notes that people wrote in place of the drawn
// ones.
func (s *site) sendBrief(r *request) error {
	name, form, other := otherFormOf(r.Param("file"))
	if !other {
		name, form = r.Param("file"), reviewForm{Ending: "pdf", media: "application/pdf", write: s.Draw}
	}
	lang, profile, err := namedFile(name)
	table, brief := reports.BriefTable(profile)
	if err != nil || !brief {
		return orNotFound(err, "no brief %q", name)
	}
	review, err := s.reports.ReviewByCycle(r.Request.Context(), r.Param("cycle"))
	if err != nil {
		return err
	}
	e, err := r.editionOf(review.Cycle.Code, lang, profile)
	if err != nil {
		return err
	}
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	case <-r.Request.Context().Done():
		return r.Request.Context().Err()
	}
	doc, err := r.speakersBrief(review, e, table)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := form.write(&b, doc); err != nil {
		return err
	}
	file := reports.FileName(e.Cycle, lang, reports.Profile(profile), form.Ending)
	if other {
		r.download(file, form.media)
		r.Header("Content-Language", lang)
	} else {
		r.showPDF(file, lang)
	}
	r.Data(http.StatusOK, form.media, b.Bytes())
	return nil
}

// speakersBrief is the brief of the edition that stands, or of the draft, with the
// notes that people wrote. It is no published file, and does not say that it is one.
func (r *request) speakersBrief(review reports.Review, e edition, table int) (reports.Document, error) {
	newest := 0
	if review.State == reports.Published {
		editions, err := r.site.desk.Newest(r.Request.Context())
		if err != nil {
			return reports.Document{}, err
		}
		newest = editions[review.ID]
	}
	doc, err := r.documentOf(e, newest)
	if newest > 0 && fault.KindOf(err) == fault.NotFound { // it was published without briefs
		doc, err = r.documentOf(e, 0)
	}
	if err != nil {
		return doc, err
	}
	doc.Imprint = nil
	return reports.SpeakFrom(r.Request.Context(), r.site.reviewStores(), e.Cycle, doc, table)
}

// sectionHead is deskHead for the page of a section. The notes for a round table and
// the answers of the questionnaire are no part of the review: they can be written
// after it was published, and void no signature.
func (r *request) sectionHead() (deskHead, error) {
	head, err := r.deskHead()
	_, brief := reports.BriefTable(r.Param("section"))
	if _, answer := reports.QuestionOf(r.Param("section")); brief || answer {
		head.Beside, head.MayEdit, head.Published, head.Laid = true, r.actor.Can(auth.EditReview), false, false
	}
	return head, err
}

// placeNames are the sections beside which the one of the address stands: those of
// the review, the notes for its round tables, or the answers of the questionnaire.
func (r *request) placeNames(review *reports.Review) ([]reports.OutlineItem, error) {
	if _, brief := reports.BriefTable(r.Param("section")); brief {
		return r.briefNames()
	}
	if _, answer := reports.QuestionOf(r.Param("section")); answer {
		return r.questionNames()
	}
	return r.sectionNames(review)
}

func (r *request) briefNames() ([]reports.OutlineItem, error) {
	lines, err := r.briefLines("")
	var list []reports.OutlineItem
	for _, line := range lines {
		item := reports.OutlineItem{Section: line.Section, Title: i18n.Text{}, Brief: i18n.Text{}}
		for _, lang := range r.languages() {
			if p, err := i18n.New(lang); err == nil {
				item.Title[lang] = p.T("brief.section", strconv.Itoa(line.Table))
				item.Brief[lang] = p.T("brief.section.how", line.Objectives)
			}
		}
		list = append(list, item)
	}
	return list, err
}

// profileName says how much of a review a file has.
func (r *request) profileName(profile string) string {
	if table, brief := reports.BriefTable(profile); brief {
		return r.T("review.profile.brief", strconv.Itoa(table))
	}
	return r.T("review.profile." + profile)
}
