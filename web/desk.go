package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
	"gcm/reports/desk"
)

// deskPath is where reviews at work are.
const deskPath = "/work/reviews"

// deskListPage is pages/desk/list.html.
type deskListPage struct {
	workPage
	Reviews []deskLine
	MayEdit bool
	Free    bool // there is a round without a review
}

// deskLine is a review in the list.
type deskLine struct {
	reports.Review
	Mark string
}

// listDesk shows the reviews at work.
func (s *site) listDesk(r *request) error {
	list, err := s.reports.Reviews(r.Request.Context())
	if err != nil {
		return err
	}
	free, err := r.freeRounds(list)
	if err != nil {
		return err
	}
	p := deskListPage{workPage: r.workPage(r.T("writing.reviews")), MayEdit: r.actor.Can(auth.EditReview), Free: len(free) > 0}
	for _, v := range list {
		p.Reviews = append(p.Reviews, deskLine{v, reviewMarks[v.State]})
	}
	return r.render(http.StatusOK, "desk/list", p)
}

// freeRounds are the rounds that no review presents, the newest first.
func (r *request) freeRounds(list []reports.Review) ([]progress.Cycle, error) {
	rounds, err := r.site.progress.Cycles(r.Request.Context())
	slices.Reverse(rounds)
	return slices.DeleteFunc(rounds, func(c progress.Cycle) bool {
		return slices.ContainsFunc(list, func(v reports.Review) bool { return v.Cycle.Code == c.Code })
	}), err
}

// deskNewPage is pages/desk/new.html.
type deskNewPage struct {
	workPage
	Rounds []progress.Cycle
	Likes  []reports.Review // whose outline can be taken over
	Form   sheet
}

// askReview asks what a new review begins with.
func (s *site) askReview(r *request) error {
	return r.askReview(http.StatusOK, r.frameSheet(url.Values{}, nil))
}

func (r *request) frameSheet(values url.Values, wrong problems) sheet {
	return sheet{Values: values, p: r.p, labels: "writing.field.", Problems: wrong}
}

func (r *request) askReview(status int, form sheet) error {
	list, err := r.site.reports.Reviews(r.Request.Context())
	if err != nil {
		return err
	}
	p := deskNewPage{workPage: r.workPage(r.T("writing.new")), Likes: list, Form: form}
	if p.Rounds, err = r.freeRounds(list); err != nil {
		return err
	}
	return r.render(status, "desk/new", p)
}

// createReview begins the review of a round.
func (s *site) createReview(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	f := r.frameSheet(form, nil)
	b := desk.Beginning{Title: f.text("title", r.languages()), Lead: form.Get("lead"), Like: form.Get("like")}
	review, err := s.desk.Begin(r.Request.Context(), r.actor, form.Get("cycle"), b)
	if err != nil {
		if f.Problems, err = r.wrong(err); err != nil {
			return err
		}
		return r.askReview(http.StatusUnprocessableEntity, f)
	}
	return r.to(deskPath+"/"+review.Cycle.Code, r.T("writing.begun"))
}

// deskHead is what the pages of one review at work have in common.
type deskHead struct {
	Review    reports.Review
	Base      string // address of the review's pages
	Mark      string
	MayEdit   bool // the person writes
	Published bool
	Laid      bool // a change makes signatures void
	Beside    bool // what is written is no part of the review
	Lead      string
	Tabs      []navLink
	published time.Time // the newest edition; zero for none
}

// deskTabs are the pages of a review at work, as far as there are such pages and
// the person may open them.
var deskTabs = []struct{ path, key string }{
	{"", "writing.tab.overview"}, {"/outline", "writing.tab.outline"}, {"/figures", "writing.tab.figures"}, {"/assessments", "writing.tab.assessments"},
	{"/promises", "writing.tab.promises"}, {"/briefs", "writing.tab.briefs"}, {"/questionnaire", "writing.tab.questionnaire"}, {"/check", "writing.tab.check"}, {"/clearance", "publish.tab.clearance"}, {"/publish", "publish.tab.publish"},
}

// deskHead reads the review that the address names.
func (r *request) deskHead() (deskHead, error) {
	review, err := r.site.reports.ReviewByCycle(r.Request.Context(), r.Param("cycle"))
	h := deskHead{
		Review: review, Base: deskPath + "/" + review.Cycle.Code, Mark: reviewMarks[review.State], Published: review.State == reports.Published,
		MayEdit: r.actor.Can(auth.EditReview) && review.State != reports.Published,
		Laid:    review.State == reports.Clearance || review.State == reports.SignedOff,
		Lead:    review.Lead(r.languages()),
	}
	h.Tabs = r.reviewTabs(h.Base)
	if err != nil {
		return h, err
	}
	h.published, err = r.site.desk.Published(r.Request.Context(), review.ID)
	return h, err
}

// reviewTabs are the pages of the review whose pages stand below base.
func (r *request) reviewTabs(base string) []navLink {
	var tabs []navLink
	_, brief := reports.BriefTable(r.Param("section"))
	for _, tab := range deskTabs {
		if r.reachable(deskPath+"/:cycle"+tab.path) != "" {
			path := base + tab.path
			current := r.Request.URL.Path == path || tab.path != "" && r.below(path) || tab.path == "/clearance" && r.below(base+"/snapshots") || tab.path == "/briefs" && brief
			tabs = append(tabs, navLink{r.T(tab.key), path, current})
		}
	}
	return tabs
}

// deskPage is pages/desk/show.html.
type deskPage struct {
	workPage
	deskHead
	Sections []sectionLine
	Next     []navLink // what to do, with where to do it
	Threads  int       // that are open
}

// sectionLine is a section in the review's overview.
type sectionLine struct {
	Section string
	Title   i18n.Text
	Chapter bool // it belongs to the part above it
	Brief   i18n.Text
	Texts   []textLine
	Threads int // open comments
}

// textLine is how far a section has come in one language.
type textLine struct {
	Language string
	Name     string // of the language, in itself
	State    reports.TextState
	Mark     string
	Outdated bool
	Words    int
	Threads  int
}

// textMarks are the marks of a text's states in the stylesheet.
var textMarks = map[reports.TextState]string{reports.Draft: "draft", reports.Checked: "approved", reports.Cleared: "released", reports.InEdition: "released"}

// showDesk shows how far a review has come, and what is to be done next.
func (s *site) showDesk(r *request) error {
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	review := head.Review
	p := deskPage{workPage: r.workPage(r.in(review.Title)), deskHead: head}
	if p.Sections, err = r.sectionLines(head); err != nil {
		return err
	}
	threads, err := s.desk.Comments(r.Request.Context(), r.actor, &review)
	if err != nil {
		return err
	}
	for _, t := range threads {
		i := slices.IndexFunc(p.Sections, func(l sectionLine) bool { return l.Section == t.Section })
		if i < 0 || !t.Open() {
			continue
		}
		p.Threads++
		for j := range p.Sections[i].Texts {
			if p.Sections[i].Texts[j].Language == t.Language {
				p.Sections[i].Texts[j].Threads++
			}
		}
	}
	p.Next = r.nextSteps(p)
	return r.render(http.StatusOK, "desk/show", p)
}

// sectionLines are the sections of a review in order.
func (r *request) sectionLines(head deskHead) ([]sectionLine, error) {
	names, err := r.sectionNames(&head.Review)
	if err != nil {
		return nil, err
	}
	var lines []sectionLine
	for _, name := range names {
		line := sectionLine{Section: name.Section, Title: name.Title, Brief: name.Brief, Chapter: strings.HasPrefix(name.Section, "objective-")}
		for _, l := range r.spokenLanguages() {
			line.Texts = append(line.Texts, head.textLine(name.Section, textLine{Language: l.Code, Name: l.Name}))
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// textLine tells how far a section has come in the language of t.
func (h *deskHead) textLine(section string, t textLine) textLine {
	if text := h.Review.Section(section, t.Language); text != nil && text.Body != "" {
		t.State = h.standing(*text)
		t.Mark, t.Words = textMarks[t.State], len(strings.Fields(text.Plain()))
		t.Outdated = h.Review.Outdated(*text, h.Lead)
	}
	return t
}

// standing is the state of a text; what is beside the review is in no edition.
func (h *deskHead) standing(text reports.ReviewSection) reports.TextState {
	if (desk.Place{Section: text.Section}).Beside() {
		return text.State
	}
	return text.Standing(h.published)
}

// spokenLanguages are the State's languages, each with its own name.
func (r *request) spokenLanguages() []languageLink {
	var list []languageLink
	for _, code := range r.languages() {
		if p, err := i18n.New(code); err == nil {
			list = append(list, languageLink{Code: code, Name: p.T("site.language")})
		}
	}
	return list
}

// sectionNames are the sections that have a text, with the titles that they are
// printed with and the briefs for who writes them.
func (r *request) sectionNames(review *reports.Review) ([]reports.OutlineItem, error) {
	all, err := r.site.objectives.Objectives(r.Request.Context())
	if err != nil {
		return nil, err
	}
	var list []reports.OutlineItem
	for _, item := range review.Items() {
		item.Title = r.itemTitle(item)
		list = append(list, item)
		if item.Section != reports.SectionObjectives {
			continue
		}
		for _, o := range all {
			list = append(list, reports.OutlineItem{Section: reports.ObjectiveSection(o.Number), Title: chapterTitle(o, r.languages())})
		}
	}
	return list, nil
}

// chapterTitle is the number and the short title of an objective.
func chapterTitle(o objectives.Objective, languages []string) i18n.Text {
	t := i18n.Text{}
	for _, lang := range languages {
		if p, err := i18n.New(lang); err == nil && o.ShortTitle[lang] != "" {
			t[lang] = p.Number(float64(o.Number), 0) + ". " + o.ShortTitle[lang]
		}
	}
	return t
}

// itemTitle is what a section is headed with: its own title, or the usual one.
func (r *request) itemTitle(item reports.OutlineItem) i18n.Text {
	t := i18n.Text{}
	for _, lang := range r.languages() {
		p, err := i18n.New(lang)
		if err != nil {
			continue
		}
		switch {
		case item.Title[lang] != "":
			t[lang] = item.Title[lang]
		case reports.Usual(item.Section):
			t[lang] = p.T(usualTitles[item.Section])
		}
	}
	return t
}

// usualTitles are the titles of the sections that the program knows.
var usualTitles = map[string]string{
	"about": "review.section.about", "statement": "review.section.statement", "key-messages": "review.section.key-messages",
	"methodology": "review.section.methodology", "environment": "review.section.environment", reports.SectionObjectives: "review.section.objectives",
	"means": "review.section.means", "next-steps": "review.section.next-steps", reports.SectionAnnexes: "review.section.annexes",
}

// nextSteps say what hinders the review most: what is not written, not
// translated any longer, not answered, not cleared.
func (r *request) nextSteps(p deskPage) []navLink {
	if p.Published {
		return nil
	}
	var unwritten, missing, outdated, rough int
	first := map[string]string{}
	note := func(kind string, count *int, section, lang string) {
		if *count++; *count == 1 {
			first[kind] = p.Base + "/sections/" + section + "#text-" + lang
		}
	}
	for _, line := range p.Sections {
		lead := slices.IndexFunc(line.Texts, func(t textLine) bool { return t.Language == p.Lead })
		for _, t := range line.Texts {
			written := lead >= 0 && line.Texts[lead].State != ""
			switch {
			case t.State == "" && t.Language == p.Lead && !optionalText(line.Section):
				note("unwritten", &unwritten, line.Section, t.Language)
			case t.State == "" && written:
				note("missing", &missing, line.Section, t.Language)
			case t.Outdated:
				note("outdated", &outdated, line.Section, t.Language)
			case t.State != "" && t.State != reports.Cleared && t.State != reports.InEdition:
				note("rough", &rough, line.Section, t.Language)
			}
		}
	}
	var list []navLink
	add := func(kind, words string, count int) {
		if count > 0 {
			list = append(list, navLink{Name: words, URL: first[kind]})
		}
	}
	add("unwritten", r.T("writing.next.unwritten", unwritten), unwritten)
	add("missing", r.T("writing.next.missing", missing), missing)
	add("outdated", r.T("writing.next.outdated", outdated), outdated)
	first["threads"] = "#sections"
	add("threads", r.T("writing.next.threads", p.Threads), p.Threads)
	add("rough", r.T("writing.next.rough", rough), rough)
	return list
}

// optionalText reports whether a section says enough without a text of its own:
// what the registers print there.
func optionalText(section string) bool {
	return section == reports.SectionObjectives || section == reports.SectionAnnexes
}
