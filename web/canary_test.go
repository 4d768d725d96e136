package web

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// outside is the number of an objective that nothing planted serves.
const outside = 23

// canary is a word that stands in one place alone: in the entry of an agency, in
// a part of what was written. Where the word turns up, so does what is beside it.
type canary struct{ agency, state, part string }

// The parts of what is written on an entry.
const (
	older  = "older"  // overwritten or taken out before anybody was shown it
	told   = "told"   // in the entry as it stands, and its evidence
	remark = "remark" // in its thread
	reason = "reason" // for which it was returned
	plea   = "plea"   // in an invitation to comment on it
	public = "public" // was released, before the entry was reopened
)

func (c canary) String() string { return "zq" + c.agency + "x" + c.state + "x" + c.part + "q" }

var canaries = regexp.MustCompile(`zq(mia|mlspp)x([a-z]+)x([a-z]+)q`)

// reaches says what a person may read, as the rules of the house have it.
func (c canary) reaches(s seen) bool {
	if c.part == plea {
		return s.has(auth.Coordinator, auth.Auditor) || s.name == invitedGuest
	}
	if s.of(c.agency) || s.has(auth.Auditor) || c.part == public || c.state == "released" && c.part == told {
		return true
	}
	hidden := c.part == older || (c.state == "draft" || c.state == "reopened") && c.part != reason
	if s.has(auth.Coordinator) && !hidden {
		return true
	}
	guest := s.has(auth.Editor, auth.Signatory) || s.has(auth.Partner) && s.name != "partner of one objective"
	return guest && c.state == "accepted" && c.part == told
}

// garden is an office with something planted in every state.
type garden struct {
	*office
	suffix  string // after each word
	people  []seen
	entries []plant
}

// plant is an entry with its words and its evidence.
type plant struct {
	agency, state string
	entry         progress.Entry
	evidence      []string // codes
}

// planted fills an office: entries of both agencies, in all states and kinds.
func planted(t testing.TB, conn *db.DB, suffix string) *garden {
	t.Helper()
	g := &garden{office: officeOf(t, conn), suffix: suffix}
	g.people = g.cast() // who is told what happens then
	var measures, figures []string
	g.must(conn.Model(&objectives.Measure{}).Where("archived_at IS NULL AND id NOT IN (SELECT measure_id FROM measure_objectives l JOIN objectives o ON o.id = l.objective_id WHERE o.number = ?)", outside).
		Order("id").Limit(12).Pluck("code", &measures).Error)
	g.must(conn.Model(&indicators.Indicator{}).Where("archived_at IS NULL AND id NOT IN (SELECT indicator_id FROM indicator_objectives l JOIN objectives o ON o.id = l.objective_id WHERE o.number = ?)", outside).
		Order("id").Limit(12).Pluck("code", &figures).Error)
	for i, state := range []string{"draft", "submitted", "approved", "accepted", "released", "reopened"} {
		g.plant("mia", state, progress.KindMeasure, "")
		g.plant("mia", state, progress.KindProgress, measures[i])
		if state == "draft" || state == "accepted" {
			g.plant("mia", state, progress.KindValues, figures[i])
			g.plant("mia", state, progress.KindMapping, measures[i+6])
		}
	}
	g.plant("mlspp", "draft", progress.KindMeasure, "")
	guest := g.people[slices.IndexFunc(g.people, func(s seen) bool { return s.name == invitedGuest })]
	g.must(g.store.Invite(t.Context(), g.as(g.coordinator), progress.Invite{UserID: guest.by.user.ID, Entry: g.first().entry.Code, Note: canary{"mia", "accepted", plea}.String() + suffix}))
	return g
}

// invitedGuest is who is invited to comment on the accepted progress.
const invitedGuest = "partner"

// crew are a contributor and an approver of the agency.
func (o *office) crew(agency string) (contributor, approver *client) {
	if agency == "mia" {
		return o.contributor, o.approver
	}
	return o.stranger, o.strangeApprover
}

// plant writes an entry and brings it to its state.
func (g *garden) plant(agency, state string, kind progress.Kind, record string) {
	g.t.Helper()
	ctx, store := g.t.Context(), g.store
	contributor, approver := g.crew(agency)
	as := g.as(contributor)
	word := func(part string) string { return canary{agency, state, part}.String() + g.suffix }
	e, err := store.Start(ctx, as, "2029", kind, record, "")
	g.must(err)
	p := plant{agency: agency, state: state}
	write := func(part string) {
		g.t.Helper()
		e, err = store.Save(ctx, as, e.Code, e.Version, contentWith(kind, e.Content, word(part)))
		g.must(err)
		file, err := store.AddEvidence(ctx, as, e.Code, progress.Evidence{
			Kind: "report", Title: word(part), Language: "kk", Source: word(part), FileName: word(part) + ".pdf",
		}, append(slices.Clone(smallPDF), "% "+word(part)...))
		g.must(err)
		p.evidence = append(p.evidence, file.Code)
		link, err := store.AddEvidence(ctx, as, e.Code, progress.Evidence{Kind: "web_page", Title: word(part), Language: "kk", URL: "https://gov.example/" + canary{agency, state, part}.String()}, nil)
		g.must(err)
		p.evidence = append(p.evidence, link.Code)
		if part == older {
			g.must(store.RemoveEvidence(ctx, as, file.Code))
			g.must(store.RemoveEvidence(ctx, as, link.Code))
		}
		e, err = store.Entry(ctx, as, e.Code)
		g.must(err)
	}
	say := func(part string) {
		g.t.Helper()
		_, err := store.AddComment(ctx, as, e.Code, "", word(part)+" @"+approver.user.Email)
		g.must(err)
	}
	defer func() { p.entry = e; g.entries = append(g.entries, p) }()
	write(older)
	now := told
	if state == "reopened" {
		now = public
	}
	write(now)
	say(remark)
	if state == "draft" {
		return
	}
	e = g.takes(e, contributor, (*progress.Store).Submit)
	e, err = store.Return(ctx, g.as(approver), e.Code, e.Version, word(reason))
	g.must(err)
	e = g.takes(e, contributor, (*progress.Store).Submit)
	for _, s := range []struct {
		state string
		by    *client
		do    step
	}{
		{"submitted", approver, (*progress.Store).Approve}, {"approved", g.coordinator, (*progress.Store).Accept}, {"accepted", g.coordinator, (*progress.Store).Release},
	} {
		if state == s.state {
			return
		}
		e = g.takes(e, s.by, s.do)
	}
	if state == "reopened" {
		e, err = store.Reopen(ctx, g.as(g.coordinator), e.Code, e.Version, word(reason))
		g.must(err)
		write(told)
	}
}

// contentWith is a content of the kind with the word in all its texts.
func contentWith(kind progress.Kind, begun progress.Content, word string) progress.Content {
	in := func(field string) i18n.Text {
		return i18n.Text{"kk": word + " kk " + field, "ru": word + " ru " + field, "en": word + " en " + field}
	}
	links := progress.Mapping{
		Objectives: []progress.ObjectiveLink{{Number: 5, Rank: objectives.Primary, Reason: in("objective")}},
		Actions:    []progress.ActionLink{{Ref: "21(d)", Rank: objectives.Secondary, Reason: in("action")}},
	}
	switch kind {
	case progress.KindProgress:
		return progress.Content{Progress: &progress.Progress{
			Status: begun.Progress.Status, Note: in("note"), Narrative: in("narrative"), Results: in("results"), Challenges: in("challenges"), NextSteps: in("next"), Support: in("support"),
		}}
	case progress.KindValues:
		value := float64(len(word))
		return progress.Content{Values: &progress.Values{Note: in("note"), Rows: []progress.Figure{{Period: "2028", Value: &value, Qualifier: indicators.Exact, Note: in("row")}}}}
	case progress.KindMapping:
		return progress.Content{Mapping: &links}
	}
	title := in(fmt.Sprintf("title %d", len(word)))
	return progress.Content{Measure: &progress.Proposal{Title: title, Description: in("description"), Category: "programme", Status: objectives.Planned, Mapping: links}}
}
