package web

import (
	"cmp"
	"net/http"
	"strings"
	"unicode/utf8"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
)

// deskFiguresPage is pages/desk/figures.html.
type deskFiguresPage struct {
	workPage
	deskHead
	Asked      string // what is looked for
	In         string // the language in which
	Choices    []languageLink
	Found      []reports.Offer
	Changed    []livingLine
	MayConfirm bool // one of them at least
	Others     []livingLine
	Loose      []looseLine // numbers that nothing supports
}

// livingLine is a living figure at its place.
type livingLine struct {
	desk.Reading
	Title i18n.Text
	URL   string
	Why   string // why it prints nothing
	May   bool   // the person may confirm it
}

// looseLine is a number that somebody typed, with what prints the same.
type looseLine struct {
	reports.Unsourced
	Language string
	Title    i18n.Text
	URL      string
	Offers   []reports.Offer
}

// mostFigures and longestAsked bound a search for figures.
const mostFigures, longestAsked = 30, 200

// asked reads what is looked for, and in which language.
func (r *request) askedFigure() (query, lang string, err error) {
	query, lang = r.Query("q"), r.Query("in")
	if lang == "" {
		lang = r.p.Lang()
	}
	if _, err := i18n.New(lang); err != nil || !utf8.ValidString(query) || utf8.RuneCountInString(query) > longestAsked {
		return "", "", fault.New(fault.Invalid, "error.invalid", "no search for a figure: %.40q in %.10q", query, lang)
	}
	return query, lang, nil
}

// showFigures lists the living figures of a review: those whose value changed, all
// others, and numbers that are none.
func (s *site) showFigures(r *request) error {
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	p := deskFiguresPage{workPage: r.workPage(r.T("writing.tab.figures")), deskHead: head, Choices: r.spokenLanguages()}
	if p.Asked, p.In, err = r.askedFigure(); err != nil {
		return err
	}
	ctx, cycle := r.Request.Context(), head.Review.Cycle.Code
	living, err := reports.ReadLiving(ctx, s.reviewStores(), cycle)
	if err != nil {
		return err
	}
	if p.Found, err = living.Search(p.In, p.Asked, mostFigures); err != nil {
		return err
	}
	titles, err := r.sectionTitles(head)
	if err != nil {
		return err
	}
	list, err := s.desk.Readings(ctx, r.actor, cycle)
	if err != nil {
		return err
	}
	at := func(section, lang string) string { return head.Base + "/sections/" + section + "#text-" + lang }
	for _, one := range list {
		line := livingLine{Reading: one, Title: titles[one.Section], URL: at(one.Section, one.Language), May: head.MayEdit || one.Beside() && r.actor.Can(auth.EditReview)}
		if one.Fault != nil {
			line.Why = reports.Why(r.p, one.Fault)
		}
		if one.Changed() {
			p.Changed = append(p.Changed, line)
			p.MayConfirm = p.MayConfirm || line.May
		} else {
			p.Others = append(p.Others, line)
		}
	}
	for _, text := range living.Review().Sections {
		examined, err := living.Examine(text.Language, text.Body)
		if err != nil {
			return err
		}
		for _, u := range examined.Unsourced {
			line := looseLine{Unsourced: u, Language: text.Language, Title: titles[text.Section], URL: at(text.Section, text.Language)}
			if line.Offers, err = living.Offers(text.Language, text.Section, u); err != nil {
				return err
			}
			p.Loose = append(p.Loose, line)
		}
	}
	return r.render(http.StatusOK, "desk/figures", p)
}

// confirmFigures takes that texts hold with the changed values: one, or all that
// the page showed.
func (s *site) confirmFigures(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	var seen []desk.Seen
	for _, one := range form["figure"] { // section, language, reference, what it said
		parts := strings.SplitN(one, "|", 3)
		reference, printed, ok := "", "", false
		if len(parts) == 3 {
			reference, printed, ok = strings.Cut(parts[2], "}}|")
		}
		if !ok {
			return fault.New(fault.Invalid, "error.invalid", "no figure %.60q", one)
		}
		seen = append(seen, desk.Seen{Place: desk.Place{Section: parts[0], Language: parts[1]}, Reference: reference + "}}", Printed: printed})
	}
	if err := s.desk.ConfirmFigures(r.Request.Context(), r.actor, r.Param("cycle"), seen); err != nil {
		return err
	}
	return r.to(deskPath+"/"+r.Param("cycle")+"/figures", r.T("checking.confirmed", len(seen)))
}

// Sent is the value by which a form names the figure as it was seen.
func (l livingLine) Sent() string {
	return strings.Join([]string{l.Section, l.Language, l.Directive.String(), l.Now}, "|")
}

// figuresFound is the answer to a search while somebody types.
type figuresFound struct {
	Figures []reports.Offer `json:"figures"`
}

// searchFigures answers a search for figures as JSON.
func (s *site) searchFigures(r *request) error {
	query, lang := r.Query("q"), cmp.Or(r.Query("lang"), r.p.Lang())
	if _, err := i18n.New(lang); err != nil || !utf8.ValidString(query) || utf8.RuneCountInString(query) > longestAsked {
		return fault.New(fault.Invalid, "error.invalid", "no search for a figure: %.40q in %.10q", query, lang)
	}
	living, err := reports.ReadLiving(r.Request.Context(), s.reviewStores(), r.Param("cycle"))
	if err != nil {
		return err
	}
	found, err := living.Search(lang, query, mostFigures)
	if err != nil {
		return err
	}
	r.Header("Cache-Control", "no-store")
	r.JSON(http.StatusOK, figuresFound{append([]reports.Offer{}, found...)})
	return nil
}
