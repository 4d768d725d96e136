package web

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
	"gcm/reports/html"
)

// maxTexts is the largest form of a section: its texts in all languages, as long
// as they may be, in letters that take six bytes each on their way.
const maxTexts = 4 << 20

// deskSectionPage is pages/desk/section.html.
type deskSectionPage struct {
	workPage
	deskHead
	Section  string
	Heading  i18n.Text
	Brief    i18n.Text
	Columns  []textColumn
	Previous *navLink
	Next     *navLink
	Problems problems
	Remarks  bool // the person may comment
	Answer   bool // it is one to a question, besides what the review says
	Figures  string
	Search   string
	Tools    []textTool
}

// textColumn is a section in one language.
type textColumn struct {
	Language, Name string
	Text           reports.ReviewSection // as it is saved
	Written        bool
	State          reports.TextState // empty when nothing is written
	Mark           string
	Outdated       bool
	When           string // it was changed
	Version        int    // that Body was begun on
	Body           string // what stands in the field
	Unsaved        bool
	Kept           string // when what is not saved was typed; empty when it was sent just now
	Overtaken      bool   // somebody saved another text since
	Preview        template.HTML
	Faults         []string // what could not be resolved
	Suggestions    []suggestion
	Passages       []passage
	Threads        []threadLine
	Comment        commentForm
	MayMark        []reports.TextState // what it can be marked as
}

// passage is one that can be commented on.
type passage struct {
	Number int
	Begins string
}

// textTool is a button above a text.
type textTool struct{ Does, Key, Sign string }

// textTools are the marks of the language that texts are written in.
var textTools = []textTool{
	{"bold", "writing.tool.bold", "B"}, {"italic", "writing.tool.italic", "I"}, {"heading", "writing.tool.heading", "H"}, {"list", "writing.tool.list", "•"},
	{"link", "writing.tool.link", "↗"}, {"footnote", "writing.tool.footnote", "¹"}, {"figure", "writing.tool.figure", "№"},
}

// typedText is what a person has typed into the field of a language.
type typedText struct {
	body    string
	version int
}

// shownSection is what a section's page shows besides what is saved.
type shownSection struct {
	typed    map[string]typedText // by language
	problems problems
	comment  map[string]commentForm // by language
}

// showDeskSection shows a section in all languages; who may writes it there.
func (s *site) showDeskSection(r *request) error {
	head, err := r.sectionHead()
	if err != nil {
		return err
	}
	return r.renderSection(http.StatusOK, head, shownSection{})
}

func (r *request) renderSection(status int, head deskHead, shown shownSection) error {
	section := r.Param("section")
	_, answer := reports.QuestionOf(section)
	names, err := r.placeNames(&head.Review)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(names, func(i reports.OutlineItem) bool { return i.Section == section })
	if at < 0 {
		return notFound("the review of %s has no section %q", head.Review.Cycle.Code, section)
	}
	p := deskSectionPage{
		workPage: r.workPage(r.in(names[at].Title)), deskHead: head, Section: section, Heading: names[at].Title, Brief: names[at].Brief, Answer: answer,
		Problems: shown.problems, Remarks: desk.MayComment(r.actor) && head.Review.State != reports.Published, Tools: textTools,
		Figures: r.reachableIn(head, "/figures.json"), Search: r.reachableIn(head, "/figures"),
	}
	if at > 0 {
		p.Previous = &navLink{Name: r.in(names[at-1].Title), URL: head.Base + "/sections/" + names[at-1].Section}
	}
	if at+1 < len(names) {
		p.Next = &navLink{Name: r.in(names[at+1].Title), URL: head.Base + "/sections/" + names[at+1].Section}
	}
	if err := r.fillColumns(&p, shown); err != nil {
		return err
	}
	return r.render(status, "desk/section", p)
}

// reachableIn is the address of a page of the review, when there is such a page
// and the person may open it.
func (r *request) reachableIn(head deskHead, path string) string {
	if r.reachable(deskPath+"/:cycle"+path) == "" {
		return ""
	}
	return head.Base + path
}

// fillColumns reads the texts of the section.
func (r *request) fillColumns(p *deskSectionPage, shown shownSection) error {
	ctx, s := r.Request.Context(), r.site
	threads, err := s.desk.Comments(ctx, r.actor, &p.Review)
	if err != nil {
		return err
	}
	previewer, err := reports.ReadPreviewer(ctx, s.reviewStores(), p.Review.Cycle.Code)
	if err != nil {
		return err
	}
	suggested, err := r.suggestions(p.Review.Cycle.Code, p.Section)
	if err != nil {
		return err
	}
	for _, l := range r.spokenLanguages() {
		c := textColumn{Language: l.Code, Name: l.Name, Comment: shown.comment[l.Code]}
		if text := p.Review.Section(p.Section, l.Code); text != nil {
			c.Text, c.Written, c.Body, c.Version = *text, text.Body != "", text.Body, text.Version
			if c.Written {
				c.State = p.standing(*text)
			}
			c.Mark, c.Outdated, c.When = textMarks[c.State], p.Review.Outdated(*text, p.Lead), r.moment(text.ChangedAt)
		}
		if p.MayEdit {
			if err := r.takeTyped(&c, p, shown); err != nil {
				return err
			}
			c.Suggestions = suggested[l.Code]
			if p.Beside || p.Review.State == reports.Drafting {
				for _, state := range reports.TextStates {
					if state != c.Text.State {
						c.MayMark = append(c.MayMark, state)
					}
				}
			}
		}
		if c.Preview, c.Faults, err = r.previewed(previewer, p.Section, l.Code, c.Body); err != nil {
			return err
		}
		for i, words := range reports.Passages(c.Text.Body) {
			c.Passages = append(c.Passages, passage{i + 1, beginning(words, 60)})
		}
		for _, t := range threads {
			if t.Section == p.Section && t.Language == l.Code {
				c.Threads = append(c.Threads, r.threadLine(t))
			}
		}
		p.Columns = append(p.Columns, c)
	}
	return nil
}

// takeTyped puts into the field what was sent just now, or what the person typed
// earlier and did not save.
func (r *request) takeTyped(c *textColumn, p *deskSectionPage, shown shownSection) error {
	if typed, ok := shown.typed[c.Language]; ok {
		c.Unsaved = typed.body != c.Text.Body
		c.Body, c.Version = typed.body, typed.version
		return nil
	}
	draft, err := r.site.desk.DraftOf(r.Request.Context(), r.actor, p.Review.Cycle.Code, desk.Place{Section: p.Section, Language: c.Language})
	if err != nil || draft == nil || draft.Body == c.Text.Body {
		return err
	}
	c.Body, c.Version, c.Unsaved, c.Kept, c.Overtaken = draft.Body, draft.Version, true, r.moment(draft.TypedAt), draft.Version != c.Text.Version
	return nil
}

// beginning is the beginning of a text on one line.
func beginning(text string, length int) string {
	words := []rune(strings.Join(strings.Fields(text), " "))
	if len(words) <= length {
		return string(words)
	}
	return string(words[:length]) + "…"
}

// previewed is a text as the review prints it, and what could not be resolved,
// in the words of who reads.
func (r *request) previewed(v *reports.Previewer, section, lang, body string) (template.HTML, []string, error) {
	out, err := v.Preview(section, lang, body)
	if err != nil {
		return "", nil, err
	}
	f := html.Fragment{Prefix: lang + "-", Level: 4, Width: 340, Link: func(to string) string {
		if strings.HasPrefix(to, "#") { // it leads into the rest of the document
			return ""
		}
		return to
	}}
	var b strings.Builder
	err = f.Section(&b, out.Document, out.Section)
	var faults []string
	for _, fault := range out.Faults {
		faults = append(faults, reports.Why(r.p, fault))
	}
	return template.HTML(b.String()), faults, err // it escapes every text
}

// typedTexts reads the fields of the languages.
func (r *request) typedTexts(form url.Values) map[string]typedText {
	typed := map[string]typedText{}
	for _, lang := range r.languages() {
		if !form.Has("body." + lang) {
			continue
		}
		version, _ := strconv.Atoi(form.Get("version." + lang)) // none is a version that nobody read
		typed[lang] = typedText{strings.ReplaceAll(form.Get("body."+lang), "\r\n", "\n"), version}
	}
	return typed
}

// writeSection saves the texts that were changed, and does what the pressed
// button asks for beside that: a preview, a suggestion in the text, a mark.
func (s *site) writeSection(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	head, err := r.sectionHead()
	if err != nil {
		return err
	}
	shown := shownSection{typed: r.typedTexts(form)}
	verb, rest, _ := strings.Cut(form.Get("step"), ".")
	switch verb {
	case "preview":
		return r.renderSection(http.StatusOK, head, shown)
	case "insert":
		if err := r.insert(head, shown.typed, rest); err != nil {
			return err
		}
		return r.renderSection(http.StatusOK, head, shown)
	case "discard":
		if !slices.Contains(r.languages(), rest) {
			return fault.New(fault.Invalid, "error.invalid", "no language %q", rest)
		}
		if err := s.desk.DropDraft(r.Request.Context(), r.actor, head.Review.Cycle.Code, desk.Place{Section: r.Param("section"), Language: rest}); err != nil {
			return err
		}
		delete(shown.typed, rest)
		return r.renderSection(http.StatusOK, head, shown)
	}
	if head.Laid && form.Get("void") == "" && r.changes(head, shown.typed) {
		shown.problems = problems{{"void", r.T("writing.void.needed")}}
		return r.renderSection(http.StatusUnprocessableEntity, head, shown)
	}
	return r.saveTexts(head, shown, verb, rest)
}

// changes reports whether a text was typed that is not the saved one.
func (r *request) changes(head deskHead, typed map[string]typedText) bool {
	for lang, t := range typed {
		if saved := head.Review.Section(r.Param("section"), lang); saved == nil && t.body != "" || saved != nil && saved.Body != strings.TrimSpace(t.body) {
			return true
		}
	}
	return false
}

// saveTexts saves each text, then marks one when a button asks for it: "checked"
// and the language. Of texts that somebody else changed meanwhile both are shown.
func (r *request) saveTexts(head deskHead, shown shownSection, verb, language string) error {
	ctx, cycle, section := r.Request.Context(), head.Review.Cycle.Code, r.Param("section")
	var clashes []deskClash
	for _, lang := range r.languages() {
		typed, sent := shown.typed[lang]
		if !sent {
			continue
		}
		saved, err := r.site.desk.SaveText(ctx, r.actor, cycle, desk.Place{Section: section, Language: lang}, typed.version, typed.body)
		var clash *desk.Clash
		switch wrong := fault.ProblemsOf(err); {
		case errors.As(err, &clash):
			clashes = append(clashes, deskClash{lang: lang, mine: typed, theirs: clash.Theirs})
			continue
		case wrong != nil:
			shown.problems = append(shown.problems, problem{"text-" + lang, r.T(wrong[0].Key, wrong[0].Args...)})
			continue
		case err != nil:
			return err
		}
		if state := reports.TextState(verb); lang == language && slices.Contains(reports.TextStates, state) {
			if _, err := r.site.desk.SetTextState(ctx, r.actor, cycle, desk.Place{Section: section, Language: lang}, saved.Version, state); err != nil {
				return err
			}
		}
	}
	switch {
	case clashes != nil:
		return r.renderDeskClash(head, clashes)
	case shown.problems != nil:
		head, err := r.sectionHead() // some texts may have been saved
		if err != nil {
			return err
		}
		return r.renderSection(http.StatusUnprocessableEntity, head, shown)
	}
	back := head.Base + "/sections/" + section
	if slices.Contains(r.languages(), language) {
		back += "#text-" + language
	}
	return r.to(back, r.T("writing.saved"))
}

// placeOf reads which text a form is about.
func (r *request) placeOf(form url.Values) (desk.Place, error) {
	at := desk.Place{Section: r.Param("section"), Language: form.Get("language")}
	if !slices.Contains(r.languages(), at.Language) {
		return at, fault.New(fault.Invalid, "error.invalid", "no language %q", at.Language)
	}
	return at, nil
}

// keptDraft answers a text that the page sent by itself.
type keptDraft struct {
	Overtaken bool   `json:"overtaken,omitempty"` // somebody saved another text since
	Problem   string `json:"problem,omitempty"`
}

// keepDraft keeps what is being typed for its author alone.
func (s *site) keepDraft(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	at, err := r.placeOf(form)
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(form.Get("version"))
	err = s.desk.KeepDraft(r.Request.Context(), r.actor, r.Param("cycle"), at, version, form.Get("body"))
	if wrong := fault.ProblemsOf(err); wrong != nil {
		r.JSON(http.StatusUnprocessableEntity, keptDraft{Problem: r.T(wrong[0].Key, wrong[0].Args...)})
		return nil
	}
	if err != nil {
		return err
	}
	review, err := s.reports.ReviewByCycle(r.Request.Context(), r.Param("cycle"))
	if err != nil {
		return err
	}
	saved := review.Section(at.Section, at.Language)
	r.JSON(http.StatusOK, keptDraft{Overtaken: saved != nil && saved.Version != version})
	return nil
}

// deskPreviewPage is pages/desk/preview.html, of which scripts take the parts.
type deskPreviewPage struct {
	workPage
	Language string
	Preview  template.HTML
	Faults   []string
}

// previewSection prints a text that is not saved.
func (s *site) previewSection(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	at, err := r.placeOf(form)
	if err != nil {
		return err
	}
	body := form.Get("body")
	if len([]rune(body)) > mostPreviewed {
		return fault.New(fault.Invalid, "writing.error.long", "a preview of %d bytes", len(body))
	}
	v, err := reports.ReadPreviewer(r.Request.Context(), s.reviewStores(), r.Param("cycle"))
	if err != nil {
		return err
	}
	p := deskPreviewPage{workPage: r.workPage(r.T("writing.preview")), Language: at.Language}
	if p.Preview, p.Faults, err = r.previewed(v, at.Section, at.Language, body); err != nil {
		return err
	}
	return r.render(http.StatusOK, "desk/preview", p)
}

// mostPreviewed is how many characters are previewed at once, as many as a text has.
const mostPreviewed = 50_000

// reviewStores are the places that reviews are composed from.
func (s *site) reviewStores() reports.Stores {
	return reports.Stores{Objectives: s.objectives, Indicators: s.indicators, Reviews: s.reports}
}
