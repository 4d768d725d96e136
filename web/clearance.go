package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/reports"
	"gcm/reports/desk"
)

// reviewWork is what the pages on the way of a review to its editions share.
type reviewWork struct {
	workPage
	deskHead
}

// reviewMarks are the marks of a review's states.
var reviewMarks = map[reports.ReviewState]string{
	reports.Drafting: "draft", reports.Clearance: "submitted", reports.SignedOff: "approved", reports.Published: "released",
}

func (r *request) reviewWork(title string) (reviewWork, error) {
	head, err := r.deskHead()
	return reviewWork{r.workPage(r.T(title)), head}, err
}

// clearancePage is pages/clearance/show.html.
type clearancePage struct {
	reviewWork
	Sheet    desk.Sheet
	Laid     string // when the snapshot was made; empty while none lies before the bodies
	Lines    []signLine
	Void     []voidLine
	Reading  []readingLine // what lies before the bodies, to be read
	Earlier  bool          // there is something to compare it with
	MaySign  bool          // it is the turn of the person's body
	Waits    bool          // the person's body signs later
	Form     sheet         // of the decision, of the chain or of the reason
	Links    []linkRow     // of the chain, while it can be changed
	Agencies []objectives.Agency
}

// signLine is a body's line of the sign-off sheet.
type signLine struct {
	desk.SheetLine
	Mark, Decision string // what the body has said, in words
	When           string
	Turn           bool
}

// voidLine is a decision that counts no more.
type voidLine struct {
	desk.Signature
	Agency   i18n.Text
	Decision string
	When     string
	Voided   string
}

// readingLine is the snapshot in a language.
type readingLine struct {
	Spoken, Lang string
	HTML, PDF    string // addresses
	CompactPDF   string
}

// linkRow is a row of the form of the chain.
type linkRow struct{ Agency, Step, Number string }

// chainRows is how many blank rows the form of the chain ends with, mostChain how
// many bodies are read from it.
const (
	chainRows = 3
	mostChain = 100
)

func (s *site) showClearance(r *request) error { return r.showClearance(http.StatusOK, nil, nil) }

func (r *request) showClearance(status int, form url.Values, wrong problems) error {
	ctx := r.Request.Context()
	head, err := r.reviewWork("publish.tab.clearance")
	if err != nil {
		return err
	}
	p := clearancePage{reviewWork: head, Form: sheet{Values: form, p: r.p, labels: "publish.field.", Problems: wrong}}
	if p.Form.Values == nil {
		p.Form.Values = url.Values{}
	}
	if p.Sheet, err = r.site.desk.Sheet(ctx, r.actor, p.Review.Cycle.Code); err != nil {
		return err
	}
	agencies, err := r.site.objectives.WithArchived().Agencies(ctx)
	if err != nil {
		return err
	}
	r.fillSheet(&p, agencies)
	if p.Sheet.Hash != "" {
		p.Laid = r.moment(p.Sheet.MadeAt)
		p.Reading = r.reading(p.Base, p.Sheet.Hash)
	}
	made, err := r.site.desk.Snapshots(ctx, r.actor, p.Review.Cycle.Code)
	if err != nil {
		return err
	}
	p.Earlier = len(made) > 1
	if p.MayEdit && p.Review.State == reports.Drafting {
		p.Agencies = slices.DeleteFunc(agencies, func(a objectives.Agency) bool { return a.ArchivedAt != nil })
		i18n.Sort(r.p, p.Agencies, func(a objectives.Agency) string { return r.in(a.Name) })
		p.Links = chainForm(form, p.Sheet.Bodies)
	}
	return r.render(status, "clearance/show", p)
}

// fillSheet puts the sheet into words.
func (r *request) fillSheet(p *clearancePage, agencies []objectives.Agency) {
	names := map[int64]i18n.Text{}
	for _, a := range agencies {
		names[a.ID] = a.Name
	}
	clearing := p.Review.State == reports.Clearance
	turn := p.Sheet.Step()
	for _, b := range p.Sheet.Bodies {
		line := signLine{SheetLine: b, Mark: "draft", Turn: clearing && b.Step == turn}
		line.Decision = r.T("publish.decision.none")
		if line.Turn {
			line.Mark, line.Decision = "due", r.T("publish.decision.turn")
		}
		if b.Signature != nil {
			line.Mark, line.Decision, line.When = decisionMarks[b.Signature.Decision], r.T("publish.decision."+string(b.Signature.Decision)), r.moment(b.Signature.At)
		}
		if clearing && r.actor.Can(auth.Sign) && b.AgencyID == r.actor.AgencyID && r.actor.AgencyID != 0 {
			p.MaySign, p.Waits = b.Step <= turn, b.Step > turn
		}
		p.Lines = append(p.Lines, line)
	}
	for _, sig := range p.Sheet.Void {
		v := voidLine{Signature: sig, Agency: names[sig.AgencyID], Decision: r.T("publish.decision." + string(sig.Decision)), When: r.moment(sig.At)}
		if sig.VoidedAt != nil {
			v.Voided = r.moment(*sig.VoidedAt)
		}
		v.VoidReason = r.changedPlace(sig.VoidReason)
		p.Void = append(p.Void, v)
	}
}

// decisionMarks are the marks of decisions in the stylesheet.
var decisionMarks = map[desk.Decision]string{desk.Signed: "approved", desk.Refused: "returned"}

// changedPlace puts what a change of the review touched into words: "means.kk" is
// a section in a language; anything else was written by a person.
func (r *request) changedPlace(what string) string {
	section, lang, ok := strings.Cut(what, ".")
	if !ok || !slices.Contains(i18n.Languages, lang) {
		return what
	}
	name := section
	if n, objective := strings.CutPrefix(section, "objective-"); objective {
		name = r.T("review.objective", strings.TrimPrefix(n, "0"))
	} else if reports.Usual(section) {
		name = r.T("review.section." + section)
	}
	return name + ", " + r.T("language."+lang)
}

// reading lists where a snapshot can be read.
func (r *request) reading(path, hash string) (list []readingLine) {
	for _, lang := range r.languages() {
		if p, err := i18n.New(lang); err == nil {
			at := path + "/snapshots/" + hash + "/" + lang
			list = append(list, readingLine{p.T("site.language"), lang, at + ".html", at + ".pdf", at + "-compact.pdf"})
		}
	}
	return list
}

// chainForm are the rows of the chain: what was typed, else what there is.
func chainForm(form url.Values, bodies []desk.SheetLine) (rows []linkRow) {
	if len(form["agency"]) > 0 {
		for i, code := range form["agency"][:min(len(form["agency"]), mostChain)] {
			row := linkRow{Agency: code, Number: strconv.Itoa(i + 1)}
			if i < len(form["step"]) {
				row.Step = form["step"][i]
			}
			rows = append(rows, row)
		}
		return rows
	}
	for _, b := range bodies {
		rows = append(rows, linkRow{b.Agency.Code, strconv.Itoa(b.Step), strconv.Itoa(len(rows) + 1)})
	}
	for range chainRows {
		rows = append(rows, linkRow{Number: strconv.Itoa(len(rows) + 1)})
	}
	return rows
}
