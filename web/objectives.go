package web

import (
	"net/http"
	"slices"
	"strconv"

	"gcm/indicators"
	"gcm/objectives"
)

// objectivesPage is pages/objectives/list.html.
type objectivesPage struct {
	page
	Objectives []objectiveLine
}

func (s *site) listObjectives(r *request) error {
	overview, err := r.overview(r.measuresInShort)
	if err != nil {
		return err
	}
	p := objectivesPage{page: r.page(r.T("nav.objectives"), r.T("objectives.description")), Objectives: overview.lines()}
	return r.render(http.StatusOK, "objectives/list", p)
}

// objectivePage is pages/objectives/show.html.
type objectivePage struct {
	page
	objectiveLine
	Official       bool // the title is the Compact's own wording in this language
	Actions        []actionLine
	ActionsServed  int // actions that a measure serves
	MeasureLines   []measureLine
	CrossCutting   []measureLine
	Cards          []indicatorCard
	ChallengeLists []challengeList
	Previous, Next *objectives.Objective
}

// actionLine is a lettered action with the measures that serve it.
type actionLine struct {
	objectives.Action
	Measures []measureLine
}

// challengeList is the challenges of one kind.
type challengeList struct {
	Kind       objectives.ChallengeKind
	Challenges []objectives.Challenge
}

func (s *site) showObjective(r *request) error {
	number, err := strconv.Atoi(r.Param("number"))
	overview, failure := r.overview(r.measures)
	if failure != nil {
		return failure
	}
	all := overview.lines()
	i := slices.IndexFunc(all, func(o objectiveLine) bool { return err == nil && o.Number == number })
	if i < 0 || r.Param("number") != strconv.Itoa(number) {
		return notFound("no objective %q", r.Param("number"))
	}
	o := all[i]
	p := objectivePage{
		page:          r.page(r.T("objective.title", number, r.in(o.ShortTitle)), r.in(o.Title)),
		objectiveLine: o, Official: o.Official(r.p.Lang()),
	}
	for _, m := range overview.measures {
		if m.CrossCutting() {
			p.CrossCutting = append(p.CrossCutting, measureLine{Measure: m, StatusNow: m.StatusAt(overview.cutoff)})
		} else if mapping := toObjective(m, number); mapping != nil {
			p.MeasureLines = append(p.MeasureLines, measureLine{m, m.StatusAt(overview.cutoff), mapping})
		}
	}
	p.Actions = actionLines(o.Objective, overview)
	for _, a := range p.Actions {
		if len(a.Measures) > 0 {
			p.ActionsServed++
		}
	}
	for _, ind := range overview.indicators {
		if slices.ContainsFunc(ind.Objectives, func(m indicators.IndicatorObjective) bool { return m.Objective.Number == number }) {
			p.Cards = append(p.Cards, r.card(ind))
		}
	}
	p.ChallengeLists = challengesOf(overview.challenges, number)
	if i > 0 {
		p.Previous = &all[i-1].Objective
	}
	if i+1 < len(all) {
		p.Next = &all[i+1].Objective
	}
	return r.render(http.StatusOK, "objectives/show", p)
}

// toObjective returns how a measure is mapped to an objective, nil when it is not.
func toObjective(m objectives.Measure, number int) *objectives.Mapping {
	for i, o := range m.Objectives {
		if o.Objective.Number == number {
			return &m.Objectives[i].Mapping
		}
	}
	return nil
}

func actionLines(o objectives.Objective, all overview) []actionLine {
	var list []actionLine
	for _, action := range o.Actions {
		line := actionLine{Action: action}
		for _, m := range all.measures {
			for i, a := range m.Actions {
				if a.ActionID == action.ID {
					line.Measures = append(line.Measures, measureLine{m, m.StatusAt(all.cutoff), &m.Actions[i].Mapping})
				}
			}
		}
		list = append(list, line)
	}
	return list
}

func challengesOf(all []objectives.Challenge, number int) []challengeList {
	var lists []challengeList
	for _, kind := range []objectives.ChallengeKind{objectives.Gap, objectives.Recommendation, objectives.Priority} {
		list := challengeList{Kind: kind}
		for _, c := range all {
			if c.Kind == kind && countChallenges([]objectives.Challenge{c}, number) > 0 {
				list.Challenges = append(list.Challenges, c)
			}
		}
		if len(list.Challenges) > 0 {
			lists = append(lists, list)
		}
	}
	return lists
}
