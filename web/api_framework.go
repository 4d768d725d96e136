package web

import (
	"fmt"
	"slices"

	"gcm/internal/i18n"
	"gcm/objectives"
)

// apiState is what the API says first: of which State it is.
type apiState struct {
	Code      string    `json:"code"`
	Name      i18n.Text `json:"name"`
	Languages []string  `json:"languages"`
	Notice    i18n.Text `json:"notice,omitempty"`
	Licence   i18n.Text `json:"licence,omitempty"`
	Described string    `json:"described"`
	SDMX      string    `json:"sdmx"`
}

func showAPI(r *request, _ *Choice) (apiState, error) {
	c := r.country
	return apiState{c.Code, c.Name, c.Languages, c.Notice, c.Licence, r.absolute(apiPath + "/openapi.json"), r.absolute("/sdmx")}, nil
}

// apiObjective is one of the Compact's objectives.
type apiObjective struct {
	Number            int         `json:"number"`
	Code              string      `json:"code"`
	Paragraph         int         `json:"paragraph"`
	Title             i18n.Text   `json:"title"`
	ShortTitle        i18n.Text   `json:"short_title"`
	OfficialLanguages []string    `json:"official_languages"`
	SDGTargetsDirect  []string    `json:"sdg_targets_direct"`
	SDGTargetsRelated []string    `json:"sdg_targets_related"`
	RoundTable        int         `json:"round_table,omitempty"`
	Actions           []apiAction `json:"actions"`
}

// apiAction is a lettered action.
type apiAction struct {
	Ref       string    `json:"ref"`
	Objective int       `json:"objective"`
	Summary   i18n.Text `json:"summary"`
}

func (r *request) apiObjectives() ([]apiObjective, error) {
	ctx := r.Request.Context()
	all, err := r.site.objectives.Objectives(ctx)
	if err != nil {
		return nil, err
	}
	tables, err := r.site.objectives.RoundTables(ctx)
	if err != nil {
		return nil, err
	}
	table := map[int]int{}
	for _, t := range tables {
		for _, o := range t.Objectives {
			table[o.Number] = t.Number
		}
	}
	list := make([]apiObjective, len(all))
	for i, o := range all {
		list[i] = apiObjective{
			Number: o.Number, Code: o.Code, Paragraph: o.Paragraph, Title: o.Title, ShortTitle: o.ShortTitle, OfficialLanguages: some(o.OfficialLanguages),
			SDGTargetsDirect: some(o.SDGTargetsDirect), SDGTargetsRelated: some(o.SDGTargetsRelated), RoundTable: table[o.Number], Actions: []apiAction{},
		}
		for _, a := range o.Actions {
			list[i].Actions = append(list[i].Actions, apiAction{a.Ref, o.Number, a.Summary})
		}
	}
	return list, nil
}

// some is a list as JSON has it: empty, and not null, without anything in it.
func some[S ~[]string](list S) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// numbered is the place of something numbered.
func numbered(n int) listPlace { return listPlace{"", fmt.Sprintf("%06d", n)} }

func listAPIObjectives(r *request, in *struct {
	Choice
	Paging
}) (apiList[apiObjective], error) {
	all, err := r.apiObjectives()
	if err != nil {
		return apiList[apiObjective]{}, err
	}
	return listOf(r, in.Paging, "", all, func(o apiObjective) listPlace { return numbered(o.Number) }, same)
}

// same shows a row as it is.
func same[T any](row T) T { return row }

func showAPIObjective(r *request, in *struct {
	Choice
	Number int `path:"number" minimum:"1" maximum:"23" example:"5"`
}) (apiObjective, error) {
	all, err := r.apiObjectives()
	i := slices.IndexFunc(all, func(o apiObjective) bool { return o.Number == in.Number })
	if err != nil || i < 0 {
		return apiObjective{}, orNotFound(err, "objective %d", in.Number)
	}
	return all[i], nil
}

// orNotFound is the failure, else that something is not there.
func orNotFound(err error, format string, args ...any) error {
	if err != nil {
		return err
	}
	return notFound("no "+format, args...)
}

func listAPIActions(r *request, in *struct {
	Choice
	Paging
	Objective int `query:"objective" minimum:"1" maximum:"23" example:"5"`
}) (apiList[apiAction], error) {
	all, err := r.apiObjectives()
	if err != nil {
		return apiList[apiAction]{}, err
	}
	var rows []apiAction
	at := map[string]int{}
	for _, o := range all {
		for _, a := range o.Actions {
			at[a.Ref] = len(at)
			if in.Objective == 0 || in.Objective == o.Number {
				rows = append(rows, a)
			}
		}
	}
	return listOf(r, in.Paging, "", rows, func(a apiAction) listPlace { return numbered(at[a.Ref]) }, same)
}

// apiPrinciple is a guiding principle.
type apiPrinciple struct {
	Letter            string    `json:"letter"`
	Code              string    `json:"code"`
	Ref               string    `json:"ref"`
	Name              i18n.Text `json:"name"`
	Gist              i18n.Text `json:"gist"`
	OfficialLanguages []string  `json:"official_languages"`
}

func listAPIPrinciples(r *request, in *struct {
	Choice
	Paging
}) (apiList[apiPrinciple], error) {
	all, err := r.site.objectives.Principles(r.Request.Context())
	if err != nil {
		return apiList[apiPrinciple]{}, err
	}
	return listOf(r, in.Paging, "", all, func(p objectives.Principle) listPlace { return listPlace{"", p.Letter} }, func(p objectives.Principle) apiPrinciple {
		return apiPrinciple{p.Letter, p.Code, p.Ref, p.Name, p.Gist, some(p.OfficialLanguages)}
	})
}

// apiTerm is an entry of the glossary.
type apiTerm struct {
	Code       string            `json:"code"`
	Term       i18n.Text         `json:"term"`
	Definition i18n.Text         `json:"definition,omitempty"`
	Note       i18n.Text         `json:"note,omitempty"`
	Quotes     objectives.Quotes `json:"quotes,omitempty"`
}

func listAPITerms(r *request, in *struct {
	Choice
	Paging
}) (apiList[apiTerm], error) {
	all, err := r.site.objectives.Terms(r.Request.Context())
	if err != nil {
		return apiList[apiTerm]{}, err
	}
	return listOf(r, in.Paging, "", all, func(t objectives.Term) listPlace { return listPlace{"", t.Code} }, func(t objectives.Term) apiTerm {
		return apiTerm{t.Code, t.Term, t.Definition, t.Note, t.Quotes}
	})
}
