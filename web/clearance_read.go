package web

import (
	"bytes"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"gcm/internal/audit"
	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
	"gcm/reports/html"
)

// snapshotPage is pages/clearance/read.html: every word that is signed.
type snapshotPage struct {
	reviewWork
	Hash     string
	Made     string
	Lang     string // of the document
	Spoken   []languageLink
	Document reports.Document
	Body     template.HTML
	PDF      string
}

// readSnapshot shows what lies, or lay, before the bodies: kk.html as a page,
// kk.pdf and kk-compact.pdf on paper, marked as the draft of the day on which it
// was frozen.
func (s *site) readSnapshot(r *request) error {
	row, said, err := s.desk.SnapshotByHash(r.Request.Context(), r.actor, r.Param("cycle"), r.Param("hash"))
	if err != nil {
		return err
	}
	if lang, ok := strings.CutSuffix(r.Param("file"), ".html"); ok {
		return r.showSnapshot(row, said, lang)
	}
	lang, profile, err := namedFile(r.Param("file"))
	if err != nil {
		return err
	}
	doc, ok := said.Document(lang, reports.Profile(profile))
	if !ok {
		return notFound("the snapshot has no %s in %q", profile, lang)
	}
	p, err := i18n.New(lang)
	if err != nil {
		return err
	}
	doc.MarkDraft(p, row.MadeAt.In(s.Zone))
	var b bytes.Buffer
	if err := s.Draw(&b, doc); err != nil {
		return err
	}
	r.showPDF("snapshot-"+row.Hash[:8]+"-"+reports.FileName(said.Cycle, lang, reports.Profile(profile), "pdf"), lang)
	r.Data(http.StatusOK, "application/pdf", b.Bytes())
	return nil
}

func (r *request) showSnapshot(row desk.Snapshot, said reports.Snapshot, lang string) error {
	doc, ok := said.Document(lang, reports.Full)
	if !ok {
		return notFound("the snapshot has no text in %q", lang)
	}
	head, err := r.reviewWork("publish.read.title")
	if err != nil {
		return err
	}
	p := snapshotPage{reviewWork: head, Hash: row.Hash, Made: r.moment(row.MadeAt), Lang: lang, Document: doc}
	for _, line := range r.reading(p.Base, row.Hash) {
		p.Spoken = append(p.Spoken, languageLink{line.Lang, line.Spoken, line.HTML, line.Lang == lang})
		if line.Lang == lang {
			p.PDF = line.PDF
		}
	}
	var b bytes.Buffer
	whole := reports.Section{Sections: doc.Sections} // so that footnotes are counted through
	if err := (html.Fragment{Prefix: "doc-", Level: 1}).Section(&b, doc, whole); err != nil {
		return err
	}
	p.Body = template.HTML(b.String()) // reports/html escapes every text
	return r.render(http.StatusOK, "clearance/read", p)
}

// differencesPage is pages/clearance/differences.html.
type differencesPage struct {
	reviewWork
	From, To     string // hashes
	Choices      []snapshotChoice
	Chosen       []snapshotChoice // those that are compared, in their order
	Lang, Spoken string
	Spokens      []option
	Sections     []changedSection
	Same         bool
}

// snapshotChoice is a snapshot in the form that compares two.
type snapshotChoice struct {
	Hash, Name string
	Says       string // which edition it became, when it was frozen and by whom
}

// changedSection is a section of the document that reads otherwise now.
type changedSection struct {
	Title  string
	Pieces []audit.Piece
}

// showDifferences compares two snapshots word by word: those that are named, else
// the newest with the newest edition's, else with the one before.
func (s *site) showDifferences(r *request) error {
	ctx := r.Request.Context()
	head, err := r.reviewWork("publish.differences.title")
	if err != nil {
		return err
	}
	p := differencesPage{reviewWork: head, From: r.Query("from"), To: r.Query("to"), Lang: r.Query("in")}
	if p.Lang == "" {
		p.Lang = r.p.Lang()
	}
	if !slices.Contains(r.languages(), p.Lang) {
		return notFound("no text in %q", p.Lang)
	}
	for _, lang := range r.languages() {
		if other, err := i18n.New(lang); err == nil {
			p.Spokens = append(p.Spokens, option{lang, other.T("site.language")})
		}
	}
	made, err := s.desk.Snapshots(ctx, r.actor, p.Review.Cycle.Code)
	if err != nil {
		return err
	}
	if err := r.chooseSnapshots(&p, made); err != nil {
		return err
	}
	if p.From == "" || p.To == "" {
		return r.render(http.StatusOK, "clearance/differences", p)
	}
	before, err := r.wordsOf(p.From, p.Lang)
	if err != nil {
		return err
	}
	after, err := r.wordsOf(p.To, p.Lang)
	if err != nil {
		return err
	}
	p.Sections = compareSections(before, after)
	p.Same = len(p.Sections) == 0
	return r.render(http.StatusOK, "clearance/differences", p)
}

// chooseSnapshots names the snapshots and fills in those that nobody chose.
func (r *request) chooseSnapshots(p *differencesPage, made []desk.Snapshot) error {
	editions, err := r.site.desk.Editions(r.Request.Context(), p.Review.Cycle.Code)
	if err != nil {
		return err
	}
	published := ""
	for n, m := range made {
		says := r.moment(m.MadeAt) + " · " + m.MadeBy
		if i := slices.IndexFunc(editions, func(e desk.Edition) bool { return e.SnapshotID == m.ID }); i >= 0 {
			says = r.T("publish.edition.number", editions[i].Number) + " · " + says
			if i == 0 {
				published = m.Hash
			}
		}
		p.Choices = append(p.Choices, snapshotChoice{m.Hash, r.versionLabel(len(made)-n, m.MadeAt, m.MadeBy), says})
	}
	if p.To == "" && len(made) > 0 {
		p.To = made[0].Hash
	}
	if p.From == "" && published != p.To {
		p.From = published
	}
	if p.From == "" && len(made) > 1 {
		p.From = made[1].Hash
	}
	for _, hash := range []string{p.From, p.To} {
		if i := slices.IndexFunc(p.Choices, func(c snapshotChoice) bool { return c.Hash == hash }); i >= 0 {
			p.Chosen = append(p.Chosen, p.Choices[i])
		}
	}
	return nil
}

func (r *request) wordsOf(hash, lang string) ([]reports.SectionWords, error) {
	_, said, err := r.site.desk.SnapshotByHash(r.Request.Context(), r.actor, r.Param("cycle"), hash)
	if err != nil {
		return nil, err
	}
	doc, ok := said.Document(lang, reports.Full)
	if !ok {
		return nil, notFound("the snapshot has no text in %q", lang)
	}
	return doc.Words(), nil
}

// compareSections lists the sections that differ, in the order of the document
// after; those that are gone stand at the end.
func compareSections(before, after []reports.SectionWords) (list []changedSection) {
	was := counterparts(before, after)
	stays := map[string]bool{}
	for _, s := range after {
		old := was[s.ID]
		stays[old.ID] = true
		if b, a := passageOf(old), passageOf(s); b != a {
			list = append(list, changedSection{strings.TrimSpace(s.Number + " " + s.Title), abridged(audit.Words(b, a))})
		}
	}
	for _, s := range before {
		if !stays[s.ID] {
			list = append(list, changedSection{strings.TrimSpace(s.Number + " " + s.Title), audit.Words(passageOf(s), "")})
		}
	}
	return list
}

// counterparts finds what each section was before: the one of its title in its
// chapter, since a heading that comes or goes moves the places of those below it;
// else the one in its place.
func counterparts(before, after []reports.SectionWords) map[string]reports.SectionWords {
	chapter := func(id string) string { return id[:max(strings.LastIndexByte(id, '-'), 0)] }
	found, taken := map[string]reports.SectionWords{}, map[string]bool{}
	for _, same := range []func(b, a reports.SectionWords) bool{
		func(b, a reports.SectionWords) bool { return b.ID == a.ID && b.Title == a.Title },
		func(b, a reports.SectionWords) bool { return b.Title == a.Title && chapter(b.ID) == chapter(a.ID) },
		func(b, a reports.SectionWords) bool { return b.ID == a.ID },
	} {
		for _, a := range after {
			if _, done := found[a.ID]; done {
				continue
			}
			i := slices.IndexFunc(before, func(b reports.SectionWords) bool { return !taken[b.ID] && same(b, a) })
			if i >= 0 {
				found[a.ID], taken[before[i].ID] = before[i], true
			}
		}
	}
	return found
}

// passageOf is a section's title and text, empty when there is none. The title ends
// its line, so that it is the same word above a text as above none.
func passageOf(s reports.SectionWords) string {
	if s.Title == "" && s.Text == "" {
		return ""
	}
	return s.Title + "\n" + s.Text
}

// transmissionPage is pages/clearance/transmission.html: the sheet that goes with
// the document, to be printed and signed by hand where that is asked for.
type transmissionPage struct {
	clearancePage
	Today string
}

func (s *site) showTransmission(r *request) error {
	head, err := r.reviewWork("publish.transmission.title")
	if err != nil {
		return err
	}
	p := transmissionPage{clearancePage{reviewWork: head}, r.day(s.Now())}
	if p.Sheet, err = s.desk.Sheet(r.Request.Context(), r.actor, p.Review.Cycle.Code); err != nil {
		return err
	}
	r.fillSheet(&p.clearancePage, nil)
	if p.Sheet.Hash != "" {
		p.Laid = r.moment(p.Sheet.MadeAt)
	}
	return r.render(http.StatusOK, "clearance/transmission", p)
}
