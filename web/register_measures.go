package web

import (
	"net/http"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/objectives"
	"gcm/progress"
)

// stored are the statuses that a measure may be given; delayed is judged.
var stored = []objectives.Status{objectives.Planned, objectives.InProgress, objectives.Completed, objectives.Dropped}

// visible are the states that a record of a register may be given.
var visible = []objectives.State{objectives.Released, objectives.Draft}

// measurePages are the pages of the register of measures.
func (s *site) measurePages() registerPages[objectives.MeasureContent] {
	return registerPages[objectives.MeasureContent]{
		Register: s.objectives.MeasureRegister(indicators.FollowMeasure, progress.FollowMeasure), name: "measures", see: auth.Coordinate, public: true,
		class: keyed("measure.category.", objectives.Categories),
		begin: func() objectives.MeasureContent {
			return objectives.MeasureContent{Status: objectives.Planned, Category: "other", State: objectives.Released}
		},
		keep:   objectives.MeasureContent.Sourced,
		fields: s.measureFields,
		list:   s.filterMeasures,
		shown:  s.showLeads,
	}
}

func (s *site) measureFields(r *request) ([]field, error) {
	agencies, err := s.agencyPages().all(r)
	if err != nil {
		return nil, err
	}
	links, err := s.mappingFields(r)
	if err != nil {
		return nil, err
	}
	actions, err := s.actionOptions(r)
	if err != nil {
		return nil, err
	}
	principles, err := s.principleOptions(r)
	if err != nil {
		return nil, err
	}
	laws, err := s.lawPages().all(r)
	if err != nil {
		return nil, err
	}
	return []field{
		{Name: "title", Kind: fieldTexts, Required: true},
		{Name: "description", Kind: fieldAreas},
		{Name: "status", Kind: fieldChoice, Options: choices(r, "measure.status.", stored)},
		{Name: "category", Kind: fieldChoice, Options: choices(r, "measure.category.", objectives.Categories)},
		{Name: "starts", Kind: fieldLine, Hint: true},
		{Name: "ends", Kind: fieldLine, Hint: true},
		{Name: "lead_agency", Kind: fieldChoice, Options: r.orNone(agencies)},
		{Name: "partners", Kind: fieldMany, Options: agencies},
		links,
		{Name: "actions", Kind: fieldRows, Fields: append([]field{{Name: "ref", Words: "action", Kind: fieldChoice, Options: r.orNone(actions)}}, mappingFields(r)...)},
		{Name: "principles", Kind: fieldRows, Fields: append([]field{{Name: "code", Words: "principle", Kind: fieldChoice, Options: r.orNone(principles)}}, mappingFields(r)...)},
		{Name: "legal_instruments", Kind: fieldRows, Fields: append([]field{{Name: "code", Words: "law", Kind: fieldChoice, Options: r.orNone(laws)}}, mappingFields(r)...)},
		{Name: "milestones", Kind: fieldRows, Fields: []field{
			{Name: "name", Words: "milestone", Kind: fieldTexts, Required: true},
			{Name: "due", Kind: fieldLine, Hint: true, Required: true}, {Name: "done", Kind: fieldLine, Hint: true},
		}},
		{Name: "budgets", Kind: fieldRows, Fields: []field{
			{Name: "period", Kind: fieldLine, Hint: true}, {Name: "amount", Kind: fieldAmount, Required: true},
			{Name: "currency", Kind: fieldLine, Hint: true, Required: true},
			{Name: "fund", Kind: fieldChoice, Required: true, Options: r.orNone(choices(r, "measure.fund.", objectives.Funds))},
			{Name: "source", Kind: fieldTexts},
		}},
		{Name: "note", Kind: fieldAreas},
		{Name: "state", Kind: fieldChoice, Hint: true, Options: choices(r, "register.state.", visible)},
	}, nil
}

// mappingFields are the fields that every link between two records has.
func mappingFields(r *request) []field {
	return []field{
		{Name: "rank", Kind: fieldChoice, Options: append([]option{{Label: r.T("register.rank.none")}}, choices(r, "mapping.rank.", []objectives.Rank{objectives.Primary, objectives.Secondary})...)},
		{Name: "reason", Kind: fieldAreas},
	}
}

// mappingFields is the table of the objectives that a record serves.
func (s *site) mappingFields(r *request) (field, error) {
	numbers, err := r.objectiveOptions()
	return field{Name: "objectives", Kind: fieldRows, Fields: append([]field{{Name: "number", Words: "objective", Kind: fieldNumber, Options: r.orNone(numbers)}}, mappingFields(r)...)}, err
}

func (s *site) actionOptions(r *request) ([]option, error) {
	list, err := s.objectives.Actions(r.Request.Context())
	var options []option
	for _, a := range list {
		options = append(options, option{Value: a.Ref, Label: a.Ref + " " + brief(r.in(a.Summary))})
	}
	return options, err
}

func (s *site) principleOptions(r *request) ([]option, error) {
	list, err := s.objectives.Principles(r.Request.Context())
	var options []option
	for _, p := range list {
		options = append(options, option{Value: p.Code, Label: p.Ref + " " + brief(r.in(p.Name))})
	}
	return options, err
}

// brief cuts a text to what a choice can show.
func brief(text string) string {
	if runes := []rune(text); len(runes) > 90 {
		return string(runes[:89]) + "…"
	}
	return text
}

// filterMeasures adds the filters of the list of measures, and who may lead them.
func (s *site) filterMeasures(r *request, p *registerList) error {
	agencies, err := s.agencyPages().all(r)
	if err != nil {
		return err
	}
	numbers, err := r.objectiveOptions()
	if err != nil {
		return err
	}
	if !p.Archived {
		p.Assign = agencies
	}
	p.filter(r, "agency", append([]option{{Value: objectives.NoOwner, Label: r.T("register.without_owner")}}, agencies...), objectives.LedBy)
	p.filter(r, "status", choices(r, "measure.status.", stored), func(q *db.DB, value string) *db.DB { return q.Where("status = ?", value) })
	p.filter(r, "objective", numbers, objectives.Serving)
	return nil
}

// showLeads adds status and lead agency to the list of measures.
func (s *site) showLeads(r *request, p *registerList) error {
	var codes []string
	for _, l := range p.Lines {
		codes = append(codes, l.Code)
	}
	leading, err := s.objectives.Leading(r.Request.Context(), codes)
	p.Heads = []string{r.T("register.field.status"), r.T("register.field.lead_agency")}
	for i := range p.Lines {
		one := leading[p.Lines[i].Code]
		lead := r.in(one.Lead)
		if lead == "" {
			lead = r.T("register.without_owner")
		}
		p.Lines[i].Cells = []string{r.T("measure.status." + string(one.Status)), lead}
	}
	return err
}

// assignLead gives the chosen measures to an agency, all or none.
func (s *site) assignLead(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	codes := form["code"]
	err = s.objectives.AssignLead(r.Request.Context(), r.actor, codes, form.Get("lead_agency"))
	if err == nil {
		return r.to(backTo(form.Get("back"), "/work/measures"), r.T("register.assigned", len(codes)))
	}
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	return s.measurePages().showChosen(r, http.StatusUnprocessableEntity, wrong)
}

// backTo is the path that a form came from, when it is one of the pages there.
func backTo(back, list string) string {
	if localPath(back) && (back == list || len(back) > len(list) && back[:len(list)+1] == list+"?") {
		return back
	}
	return list
}
