package web

import (
	"net/http"
	"slices"
	"strconv"

	"gcm/internal/audit"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
)

// deskClash is a text that two people changed at once.
type deskClash struct {
	lang   string
	mine   typedText
	theirs reports.ReviewSection
}

// deskClashPage is pages/desk/clash.html.
type deskClashPage struct {
	workPage
	deskHead
	Section string
	Texts   []clashText
}

// clashText is one of those texts: what both began with, what each made of it.
type clashText struct {
	Language, Name string
	Version        int // theirs
	Who, When      string
	Base           string
	Mine, Theirs   []audit.Piece // with what is new beside the base
	Body           string        // mine, to go on with
	TheirBody      string
}

// renderDeskClash shows what two people made of a text, and lets the second one
// choose or put both together.
func (r *request) renderDeskClash(head deskHead, clashes []deskClash) error {
	p := deskClashPage{workPage: r.workPage(r.T("writing.clash")), deskHead: head, Section: r.Param("section")}
	for _, c := range clashes {
		versions, err := r.site.desk.Versions(r.Request.Context(), r.actor, head.Review.Cycle.Code, desk.Place{Section: p.Section, Language: c.lang})
		if err != nil {
			return err
		}
		t := clashText{Language: c.lang, Name: r.languageName(c.lang), Version: c.theirs.Version, Who: c.theirs.ChangedBy, When: r.moment(c.theirs.ChangedAt), Body: c.mine.body, TheirBody: c.theirs.Body}
		if i := slices.IndexFunc(versions, func(v reports.SectionVersion) bool { return v.Version == c.mine.version }); i >= 0 {
			t.Base = versions[i].Body
		}
		t.Mine, t.Theirs = audit.Words(t.Base, c.mine.body), audit.Words(t.Base, c.theirs.Body)
		p.Texts = append(p.Texts, t)
	}
	return r.render(http.StatusConflict, "desk/clash", p)
}

// languageName is a language's name in itself.
func (r *request) languageName(code string) string {
	if p, err := i18n.New(code); err == nil {
		return p.T("site.language")
	}
	return code
}

// deskVersionsPage is pages/desk/versions.html.
type deskVersionsPage struct {
	workPage
	deskHead
	Section        string
	Heading        i18n.Text
	Language, Name string
	Versions       []versionLine
	From, To       int
	Pieces         []audit.Piece
	Current        int
}

// versionLine is a version of a text in the list.
type versionLine struct {
	Number    int
	Label     string // where there is little room
	Who, When string
	State     reports.TextState
	Mark      string
}

// showVersions lists what a text was, and compares two of its versions.
func (s *site) showVersions(r *request) error {
	head, err := r.sectionHead()
	if err != nil {
		return err
	}
	at := desk.Place{Section: r.Param("section"), Language: r.Query("language")}
	if at.Language == "" {
		at.Language = head.Lead
	}
	names, err := r.placeNames(&head.Review)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(names, func(i reports.OutlineItem) bool { return i.Section == at.Section })
	if i < 0 || !slices.Contains(r.languages(), at.Language) {
		return notFound("no text of %q in %q", at.Section, at.Language)
	}
	list, err := s.desk.Versions(r.Request.Context(), r.actor, head.Review.Cycle.Code, at)
	if err != nil {
		return err
	}
	p := deskVersionsPage{
		workPage: r.workPage(r.T("writing.versions")), deskHead: head, Section: at.Section, Heading: names[i].Title,
		Language: at.Language, Name: r.languageName(at.Language),
	}
	bodies := map[int]string{}
	for _, v := range list {
		bodies[v.Version] = v.Body
		p.Versions = append(p.Versions, versionLine{v.Version, r.versionLabel(v.Version, v.ChangedAt, v.ChangedBy), v.ChangedBy, r.moment(v.ChangedAt), v.State, textMarks[v.State]})
	}
	if len(list) > 0 {
		p.Current, p.To, p.From = list[0].Version, list[0].Version, list[min(1, len(list)-1)].Version
	}
	for name, into := range map[string]*int{"from": &p.From, "to": &p.To} {
		text := map[string]string{"from": r.Query("from"), "to": r.Query("to")}[name]
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if _, there := bodies[n]; err != nil || !there {
			return notFound("no version %q of %s", text, at)
		}
		*into = n
	}
	p.Pieces = audit.Words(bodies[p.From], bodies[p.To])
	return r.render(http.StatusOK, "desk/versions", p)
}

// restoreVersion writes an earlier version as the newest one.
func (s *site) restoreVersion(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	head, err := r.sectionHead()
	if err != nil {
		return err
	}
	at, err := r.placeOf(form)
	if err != nil {
		return err
	}
	version, failed := strconv.Atoi(form.Get("version"))
	earlier, wrong := strconv.Atoi(form.Get("earlier"))
	if failed != nil || wrong != nil {
		return fault.New(fault.Invalid, "error.invalid", "version %q over %q", form.Get("earlier"), form.Get("version"))
	}
	if head.Laid && form.Get("void") == "" {
		return fault.New(fault.Conflict, "writing.error.laid", "review %s lies before its bodies", head.Review.Cycle.Code)
	}
	if _, err := s.desk.RestoreText(r.Request.Context(), r.actor, head.Review.Cycle.Code, at, version, earlier); err != nil {
		return err
	}
	return r.to(head.Base+"/sections/"+at.Section+"#text-"+at.Language, r.T("writing.restored", earlier))
}
