package web

import (
	"fmt"
	"strconv"
	"time"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

// apiEntry is what an agency entered in a round and was released; for who has a
// token for it, also what was accepted and is not yet public.
type apiEntry struct {
	Code       string        `json:"code"`
	Kind       string        `json:"kind" enum:"progress,values,measure,mapping"`
	State      string        `json:"state" enum:"accepted,released"`
	Public     bool          `json:"public"`
	Cycle      string        `json:"cycle"`
	Agency     apiNamed      `json:"agency"`
	Measure    string        `json:"measure,omitempty"`
	Indicator  string        `json:"indicator,omitempty"`
	Title      i18n.Text     `json:"title"`
	AcceptedAt *time.Time    `json:"accepted_at,omitempty"`
	ReleasedAt *time.Time    `json:"released_at,omitempty"`
	Progress   *apiProgress  `json:"progress,omitempty"`
	Proposal   *apiProposal  `json:"proposal,omitempty"`
	Mapping    *apiMapping   `json:"mapping,omitempty"`
	Values     []apiFigure   `json:"values,omitempty"`
	Note       i18n.Text     `json:"note,omitempty"`
	Evidence   []apiEvidence `json:"evidence,omitempty"` // of one entry alone
}

// apiProgress is how a measure came on.
type apiProgress struct {
	Status     string    `json:"status" enum:"planned,in_progress,completed,dropped"`
	Note       i18n.Text `json:"note,omitempty"`
	Narrative  i18n.Text `json:"narrative,omitempty"`
	Results    i18n.Text `json:"results,omitempty"`
	Challenges i18n.Text `json:"challenges,omitempty"`
	NextSteps  i18n.Text `json:"next_steps,omitempty"`
	Support    i18n.Text `json:"support,omitempty"`
}

// apiProposal is a new measure.
type apiProposal struct {
	Title       i18n.Text     `json:"title"`
	Description i18n.Text     `json:"description,omitempty"`
	Category    string        `json:"category"`
	Status      string        `json:"status" enum:"planned,in_progress,completed,dropped"`
	Starts      period.Period `json:"starts,omitempty"`
	Ends        period.Period `json:"ends,omitempty"`
	Mapping     apiMapping    `json:"mapping"`
}

// apiMapping is what a measure is to serve.
type apiMapping struct {
	Objectives []apiLink `json:"objectives"`
	Actions    []apiLink `json:"actions"`
}

// apiFigure is a value that is accepted and not yet an observation.
type apiFigure struct {
	Period    period.Period `json:"period"`
	Breakdown string        `json:"breakdown"`
	Value     *float64      `json:"value"`
	Decimals  int           `json:"decimals"`
	Qualifier string        `json:"qualifier" enum:"exact,approximate,more_than,less_than,missing"`
	Hidden    bool          `json:"hidden"`
	Note      i18n.Text     `json:"note,omitempty"`
	Source    i18n.Text     `json:"source,omitempty"`
}

// apiEvidence is a released piece of evidence.
type apiEvidence struct {
	Code  string        `json:"code"`
	Kind  string        `json:"kind"`
	Title string        `json:"title"`
	Dated period.Period `json:"dated,omitempty"`
	URL   string        `json:"url"`
}

func entryFile(e progress.Shown) apiEntry {
	shown := apiEntry{
		Code: e.Code, Kind: string(e.Kind), State: string(e.State), Public: e.State == objectives.Released, Cycle: e.Cycle, Agency: apiNamed{e.Agency, e.AgencyName},
		Title: e.Title, AcceptedAt: utcOf(e.AcceptedAt), ReleasedAt: utcOf(e.ReleasedAt),
	}
	if e.Kind == progress.KindValues {
		shown.Indicator = e.Record
	} else {
		shown.Measure = e.Record
	}
	switch c := e.Content; {
	case c.Progress != nil:
		p := c.Progress
		shown.Progress = &apiProgress{string(p.Status), p.Note, p.Narrative, p.Results, p.Challenges, p.NextSteps, p.Support}
	case c.Measure != nil:
		m := c.Measure
		shown.Proposal = &apiProposal{m.Title, m.Description, m.Category, string(m.Status), m.Starts, m.Ends, shownMapping(m.Mapping)}
	case c.Mapping != nil:
		m := shownMapping(*c.Mapping)
		shown.Mapping = &m
	case c.Values != nil:
		shown.Note = c.Values.Note
		for _, f := range c.Values.Rows {
			if shown.Public { // the observations hold them, and know what is hidden
				break
			}
			shown.Values = append(shown.Values, apiFigure{f.Period, f.Breakdown, f.Value, f.Decimals, string(f.Qualifier), f.Hidden, f.Note, f.Source})
		}
	}
	return shown
}

func shownMapping(m progress.Mapping) apiMapping {
	shown := apiMapping{[]apiLink{}, []apiLink{}}
	for _, o := range m.Objectives {
		shown.Objectives = append(shown.Objectives, apiLink{To: strconv.Itoa(o.Number), Basis: string(objectives.Inferred), Rank: string(o.Rank), Reason: o.Reason})
	}
	for _, a := range m.Actions {
		shown.Actions = append(shown.Actions, apiLink{To: a.Ref, Basis: string(objectives.Inferred), Rank: string(a.Rank), Reason: a.Reason})
	}
	return shown
}

// utcOf is a time as JSON has it.
func utcOf(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	at := t.UTC()
	return &at
}

func listAPIEntries(r *request, in *struct {
	Choice
	Paging
	Objective    int       `query:"objective" minimum:"1" maximum:"23" example:"5"`
	Cycle        string    `query:"cycle" maxLength:"41" example:"2022"`
	Agency       string    `query:"agency" maxLength:"100" example:"mia"`
	Measure      string    `query:"measure" maxLength:"100" example:"e-visa"`
	Indicator    string    `query:"indicator" maxLength:"100" example:"refugees-registered"`
	Kind         string    `query:"kind" enum:"progress,values,measure,mapping"`
	State        string    `query:"state" enum:"accepted,released"`
	UpdatedSince time.Time `query:"updated_since" example:"2026-01-31T00:00:00Z"`
}) (apiList[apiEntry], error) {
	list := apiList[apiEntry]{Items: []apiEntry{}}
	from, err := r.place(in.Cursor)
	if err != nil {
		return list, err
	}
	var after int64
	if from != nil {
		if after, err = strconv.ParseInt(from.Code, 10, 64); err != nil {
			return list, err
		}
	}
	found, err := r.site.progress.Shown(r.Request.Context(), r.actor, progress.Showing{
		Cycle: in.Cycle, Agency: in.Agency, Measure: in.Measure, Indicator: in.Indicator, Objective: in.Objective, Kind: progress.Kind(in.Kind),
		State: objectives.State(in.State), Since: in.UpdatedSince, After: after, Limit: in.Limit + 1,
	})
	if len(found) > in.Limit {
		found = found[:in.Limit]
		list.Next = r.next(listPlace{"", fmt.Sprint(found[in.Limit-1].ID)})
	}
	for _, e := range found {
		list.Items = append(list.Items, entryFile(e))
	}
	return list, err
}

func showAPIEntry(r *request, in *struct {
	Choice
	Coded
}) (apiEntry, error) {
	found, err := r.site.progress.Shown(r.Request.Context(), r.actor, progress.Showing{Code: in.Code, Limit: 1})
	if err != nil || len(found) == 0 {
		return apiEntry{}, orNotFound(err, "entry %q", in.Code)
	}
	shown := entryFile(found[0])
	if !shown.Public {
		return shown, nil
	}
	evidence, err := r.evidenceFor(auth.Actor{}, in.Code)
	for _, e := range evidence {
		at := e.URL
		if at == "" {
			at = r.absolute("/evidence/" + e.Code)
		}
		shown.Evidence = append(shown.Evidence, apiEvidence{e.Code, string(e.Kind), e.Title, e.Dated, at})
	}
	return shown, err
}
