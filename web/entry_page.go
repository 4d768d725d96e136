package web

import (
	"net/http"
	"slices"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

// entryHead is what every page of an entry shows of it.
type entryHead struct {
	Entry       progress.Entry
	Title       i18n.Text
	Cycle       progress.Cycle
	Agency      objectives.Agency
	Status      objectives.Status // as the entry says it; empty when it says none
	Due         string            // empty when nobody asked
	Late        bool              // due in the past and not handed in
	RequestNote string            // to the agency
	Record      string            // the public page of what it is about
	Links       []navLink         // other pages about the entry
	Steps       []entryStep
	Evidence    []evidenceLine
	Editable    bool
	Comments    []commentLine
	Comment     commentForm
	MayComment  bool
	Guest       bool          // a partner, who sees it before the public does
	Invited     *invitedWords // by which the person comments; nil without an invitation
	Fields      []namedField  // that a comment can be about
	Findings    []entryFinding

	about    progress.Subject
	previous *progress.Entry
}

// entryStep is a step that is offered, with the reason as it was typed.
type entryStep struct {
	Name          string
	Reason        bool
	Text, Problem string
}

// namedField is a field with its label.
type namedField struct{ Name, Label string }

// problemLine is a line of the summary of what is wrong; Field is empty when it
// is about the whole.
type problemLine struct{ Field, Label, Text string }

// editPage is pages/entries/edit.html.
type editPage struct {
	workPage
	Head     entryHead
	Fields   entryFields
	Problems []problemLine
	Hints    []hintLine
	Person   int64
	Version  int  // that was worked on
	Unsaved  bool // what stands in the form is not in the database
}

// readPage is pages/entries/show.html.
type readPage struct {
	workPage
	Head       entryHead
	Fields     entryFields
	Problems   []problemLine
	WasStatus  objectives.Status // of the measure, where the entry says another one
	Figures    []figureLine
	Proposal   *progress.Proposal
	Objectives []linkLine
	Actions    []linkLine
}

// figureLine is a figure for those who read it.
type figureLine struct {
	Cell, Value, Last string
	Status            []string // what is unusual about it
	Period            period.Period
	Note, Source      i18n.Text
}

// linkLine is a mapping for those who read it.
type linkLine struct {
	Name   string
	Rank   objectives.Rank
	Reason i18n.Text
}

// showEntry shows an entry: as a form to those who may change it, to all others
// whom it reaches as text.
func (s *site) showEntry(r *request) error {
	e, err := s.progress.Entry(r.Request.Context(), r.actor, r.Param("code"))
	if err != nil {
		return err
	}
	return r.renderEntry(http.StatusOK, e, shownEntry{})
}

// shownEntry is what a page of an entry shows beside the entry itself: what was
// typed and could not be taken.
type shownEntry struct {
	form     *entryForm // nil for what the entry says
	version  int        // that the form was made for
	problems fault.Problems
	hints    []hintLine
	comment  commentForm
	step     entryStep // whose reason was missing
}

func (r *request) renderEntry(status int, e progress.Entry, shown shownEntry) error {
	head, err := r.entryHead(e, shown)
	if err != nil {
		return err
	}
	if !head.Guest {
		head.Findings = r.entryFindings(e.Content, head.about.Indicator)
	}
	lines := r.problemLines(shown.problems)
	form := formOf(r.p, e.Content)
	if shown.form != nil {
		form = *shown.form
	}
	fields := r.fields(e.Kind, form, shown.problems, head.previous, indicatorOf(head.about))
	if !head.Editable {
		page := readPage{workPage: r.workPage(r.in(head.Title)), Head: head, Fields: fields, Problems: lines}
		page.fill(r, e)
		return r.render(status, "entries/show", page)
	}
	if fields.Mapping != "" {
		if fields.Objectives, err = r.site.objectives.Objectives(r.Request.Context()); err != nil {
			return err
		}
	}
	page := editPage{
		workPage: r.workPage(r.in(head.Title)), Head: head, Fields: fields, Problems: lines, Hints: shown.hints,
		Person: r.actor.UserID, Version: e.Version, Unsaved: shown.form != nil,
	}
	if shown.form != nil {
		page.Version = shown.version
	}
	return r.render(status, "entries/edit", page)
}

func indicatorOf(about progress.Subject) indicators.Indicator {
	if about.Indicator == nil {
		return indicators.Indicator{}
	}
	return *about.Indicator
}

func (r *request) entryHead(e progress.Entry, shown shownEntry) (entryHead, error) {
	ctx, store := r.Request.Context(), r.site.progress
	about, err := store.Subject(ctx, r.actor, e)
	if err != nil {
		return entryHead{}, err
	}
	offered := e.Offered(r.actor, about.Cycle.Open())
	h := entryHead{
		Entry: e, Title: titleOf(e, about), Cycle: about.Cycle, Agency: about.Agency, Status: e.Status,
		Editable: slices.Contains(offered, progress.StepSave),
		Steps:    stepsOf(offered, shown.step), Comment: shown.comment, Fields: r.commentFields(e.Kind), about: about,
	}
	if r.in(h.Title) == "" {
		h.Title = i18n.Text{r.p.Lang(): r.T("entering.untitled")}
	}
	if q := about.Request; q != nil {
		h.Due = r.p.Period(period.Period(q.Due))
		if r.actor.AgencyID == e.AgencyID || r.actor.Can(auth.SeeQueue) { // a word between the coordinator and the agency
			h.RequestNote = q.Note
		}
		h.Late = e.State == objectives.Draft && e.FirstSubmittedAt == nil && q.Due < r.today()
	}
	switch {
	case about.Measure != nil:
		h.Record = r.url("/measures/" + about.Measure.Code)
	case about.Indicator != nil:
		h.Record = r.url("/indicators/" + about.Indicator.Code)
	}
	h.Links = r.entryLinks(e.Code)
	if r.reachable(invitationsPath) != "" && (e.State == objectives.Accepted || e.State == objectives.Released) {
		h.Links = append(h.Links, navLink{Name: r.T("invite.link"), URL: invitationsPath + "?about=entry/" + e.Code})
	}
	if about.Indicator != nil && h.Editable {
		h.Links = append(h.Links, navLink{Name: r.T("table.link"), URL: "/work/entries/" + e.Code + "/table"})
	}
	if about.Indicator != nil && r.actor.Can(auth.SeeHidden) {
		h.Links = append(h.Links, navLink{Name: r.T("vintages.link"), URL: "/work/indicators/" + about.Indicator.Code + "/values"})
	}
	if h.previous, err = store.Previous(ctx, r.actor, e); err != nil {
		return h, err
	}
	if h.Evidence, err = r.evidenceOf(e.Code); err != nil {
		return h, err
	}
	if h.Comments, err = r.commentsOf(e); err != nil {
		return h, err
	}
	return h, h.welcome(r)
}

// titleOf names what an entry is about.
func titleOf(e progress.Entry, about progress.Subject) i18n.Text {
	switch {
	case e.Content.Measure != nil:
		return e.Content.Measure.Title
	case about.Measure != nil:
		return about.Measure.Title
	case about.Indicator != nil:
		return about.Indicator.Name
	}
	return nil
}

// entryLinks lead to what else there is about an entry.
func (r *request) entryLinks(code string) []navLink {
	var links []navLink
	for _, page := range []string{"changes", "history"} {
		if route, ok := r.site.reading("/work/entries/:code/" + page); ok && r.actor.Can(route.permission) {
			links = append(links, navLink{Name: r.T("entering.link." + page), URL: "/work/entries/" + code + "/" + page})
		}
	}
	return links
}

// stepsOf are the steps for which there is a button; saving and submitting have
// theirs in the form.
func stepsOf(offered []progress.Step, asked entryStep) []entryStep {
	var steps []entryStep
	for _, step := range offered {
		if step == progress.StepSave || step == progress.StepSubmit {
			continue
		}
		s := entryStep{Name: string(step), Reason: step == progress.StepReturn || step == progress.StepReopen}
		if s.Name == asked.Name {
			s.Text, s.Problem = asked.Text, asked.Problem
		}
		steps = append(steps, s)
	}
	return steps
}

// fill puts what an entry says beside what is known.
func (p *readPage) fill(r *request, e progress.Entry) {
	ind := indicatorOf(p.Head.about)
	if m := p.Head.about.Measure; m != nil && e.Content.Progress != nil && e.State != objectives.Released && m.Status != e.Status {
		p.WasStatus = m.Status
	}
	if e.Content.Values != nil {
		last := newest(ind.Observations)
		for _, row := range e.Content.Values.Rows {
			p.Figures = append(p.Figures, r.figureLine(ind, row, last))
		}
	}
	p.Proposal = e.Content.Measure
	if _, m := mappingOf(e.Content); m != nil {
		p.Objectives, p.Actions = r.linkLines(m)
	}
}

// linkLines are the links of a mapping that is proposed.
func (r *request) linkLines(m *progress.Mapping) (toObjectives, toActions []linkLine) {
	for _, o := range m.Objectives {
		toObjectives = append(toObjectives, linkLine{r.T("objective.n", o.Number), o.Rank, o.Reason})
	}
	for _, a := range m.Actions {
		toActions = append(toActions, linkLine{a.Ref, a.Rank, a.Reason})
	}
	return toObjectives, toActions
}

func (r *request) figureLine(ind indicators.Indicator, row progress.Figure, last []indicators.Observation) figureLine {
	breakdown, _ := indicators.ParseBreakdown(row.Breakdown) // the store keeps the canonical form alone
	value := indicators.Observation{Value: row.Value, Decimals: row.Decimals, Qualifier: row.Qualifier, Unit: ind.Unit, Hidden: row.Hidden}
	line := figureLine{Cell: ind.BreakdownLabel(r.p, breakdown), Value: indicators.FormatWithUnit(r.p, value), Period: row.Period, Note: row.Note, Source: row.Source, Status: r.statuses(row)}
	for _, o := range last {
		if o.Breakdown.String() == row.Breakdown {
			line.Last = r.p.Period(o.Period) + ": " + indicators.FormatWithUnit(r.p, o)
		}
	}
	return line
}
