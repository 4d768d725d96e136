package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gcm/indicators"
	"gcm/objectives"
	"gcm/reports"
)

// objectivesPage is pages/objectives/list.html.
type objectivesPage struct {
	page
	Filter     *facetForm
	Objectives []objectiveLine
}

func (s *site) listObjectives(r *request) error {
	overview, err := r.overview()
	if err != nil {
		return err
	}
	facets, err := r.objectiveFacets()
	if err != nil {
		return err
	}
	p := objectivesPage{page: r.page(r.T("nav.objectives"), r.T("objectives.description"))}
	p.Objectives, p.Filter, err = sift(r, overview.lines(), facets, findObjective, func(o objectiveLine) string { return fmt.Sprintf("/objectives/%d", o.Number) })
	if err != nil {
		return err
	}
	if len(p.Filter.Problems) > 0 {
		return r.render(http.StatusBadRequest, "objectives/list", p)
	}
	return r.render(http.StatusOK, "objectives/list", p)
}

// withoutChallenge marks objectives for which no gap, recommendation or priority is
// stated.
const withoutChallenge = "challenge"

// objectiveFacets are the filters of the list of objectives.
func (r *request) objectiveFacets() ([]facet[objectiveLine], error) {
	tables, tableOfObjective, err := r.roundTableOptions()
	if err != nil {
		return nil, err
	}
	agencies, err := r.site.objectives.Agencies(r.Request.Context())
	if err != nil {
		return nil, err
	}
	list, err := r.site.measureList(r.Request.Context())
	if err != nil {
		return nil, err
	}
	working := map[int][]string{} // objectives: agencies that lead a measure for them or take part
	for _, m := range list.all {
		if m.CrossCutting() {
			continue
		}
		for _, n := range m.numbers() {
			for _, a := range m.agencies() {
				if !slices.Contains(working[n], a) {
					working[n] = append(working[n], a)
				}
			}
		}
	}
	return []facet[objectiveLine]{
		{name: "table", options: tables, of: func(o objectiveLine) []string { return tableOf([]int{o.Number}, tableOfObjective) }},
		{name: "agency", options: r.agencyNames(agencies), of: func(o objectiveLine) []string { return working[o.Number] }},
		{name: "without", options: choices(r, "facet.without.objective.", []string{withoutMeasure, withoutIndicator, withoutChallenge}), of: func(o objectiveLine) (list []string) {
			for gap, n := range map[string]int{withoutMeasure: o.Measures, withoutIndicator: o.Indicators, withoutChallenge: o.Challenges} {
				if n == 0 {
					list = append(list, gap)
				}
			}
			return list
		}},
	}, nil
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
	Judgements     []reports.Judged // over the cycles, the latest first
	Targets        []sdgTarget
	Previous, Next *objectives.Objective
	Embed          snippet
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

// sdgTarget is a target of the Sustainable Development Goals with what measures it:
// indicators of the global list, each with the State's own that follow it.
type sdgTarget struct {
	Code       string
	Direct     bool
	Indicators []sdgIndicator
}

type sdgIndicator struct {
	objectives.SDGIndicator
	Own []indicators.Standing
}

func (s *site) showObjective(r *request) error {
	if number, isFile := strings.CutSuffix(r.Param("number"), ".pdf"); isFile {
		return s.downloadObjective(r, number)
	}
	o, err := r.objective()
	if err != nil {
		return err
	}
	ctx, number := r.Request.Context(), o.Number
	overview, err := r.overview()
	if err != nil {
		return err
	}
	cutoff := overview.cycle.Cutoff.Last()
	p := objectivePage{
		page:          r.page(r.T("objective.title", number, r.in(o.ShortTitle)), r.in(o.Title)),
		objectiveLine: overview.lines()[slices.IndexFunc(overview.objectives, func(other objectives.Objective) bool { return other.Number == number })],
		Official:      o.Official(r.p.Lang()),
	}
	path := "/objectives/" + strconv.Itoa(number)
	p.Embed = r.snippet(path, p.Title, 360)
	p.Head.Picture = r.sharedPicture(path, r.shareWords(p.objectiveLine))
	for _, j := range overview.judged {
		if j.Number == number {
			p.Judgements = append(p.Judgements, j)
		}
	}
	own, err := s.objectives.MeasuresFor(ctx, number)
	if err != nil {
		return err
	}
	p.MeasureLines = linkedLines(own, cutoff)
	all, err := s.objectives.CrossCutting(ctx)
	if err != nil {
		return err
	}
	p.CrossCutting = lines(all, cutoff)
	if p.Actions, err = r.actionLines(o, append(slices.Clone(p.MeasureLines), p.CrossCutting...), cutoff); err != nil {
		return err
	}
	for _, a := range p.Actions {
		if len(a.Measures) > 0 {
			p.ActionsServed++
		}
	}
	measuring := overview.measuring(number)
	for _, i := range measuring {
		p.Cards = append(p.Cards, r.card(i))
	}
	challenges, err := s.objectives.ChallengesFor(ctx, number)
	if err != nil {
		return err
	}
	p.ChallengeLists = byKind(challenges)
	if p.Targets, err = sdgTargets(o, measuring); err != nil {
		return err
	}
	for i := range overview.objectives {
		switch overview.objectives[i].Number {
		case number - 1:
			p.Previous = &overview.objectives[i]
		case number + 1:
			p.Next = &overview.objectives[i]
		}
	}
	return r.render(http.StatusOK, "objectives/show", p)
}

// objective is the one whose number stands in the address.
func (r *request) objective() (objectives.Objective, error) {
	number, err := strconv.Atoi(r.Param("number"))
	if err != nil || number < 1 || number > objectives.Total || r.Param("number") != strconv.Itoa(number) {
		return objectives.Objective{}, notFound("no objective %q", r.Param("number"))
	}
	return r.site.objectives.Objective(r.Request.Context(), number)
}

// actionLines lists the actions of an objective with those of the measures that
// serve them. A measure may serve an action of an objective that it is not mapped to.
func (r *request) actionLines(o objectives.Objective, known []measureLine, cutoff time.Time) ([]actionLine, error) {
	links, err := r.site.objectives.ActionLinks(r.Request.Context(), o.Number)
	if err != nil {
		return nil, err
	}
	byID := map[int64]measureLine{}
	for _, m := range known {
		byID[m.ID] = m
	}
	var others []int64
	for _, list := range links {
		for _, l := range list {
			if _, there := byID[l.MeasureID]; !there {
				others = append(others, l.MeasureID)
			}
		}
	}
	more, err := r.site.objectives.MeasuresInShortByID(r.Request.Context(), others)
	if err != nil {
		return nil, err
	}
	for _, m := range lines(more, cutoff) {
		byID[m.ID] = m
	}
	var list []actionLine
	for _, action := range o.Actions {
		line := actionLine{Action: action}
		for _, l := range links[action.ID] {
			if m, there := byID[l.MeasureID]; there {
				m.Mapping = &l.Mapping
				line.Measures = append(line.Measures, m)
			}
		}
		list = append(list, line)
	}
	return list, nil
}

func byKind(all []objectives.Challenge) []challengeList {
	var lists []challengeList
	for _, kind := range objectives.ChallengeKinds {
		list := challengeList{Kind: kind}
		for _, c := range all {
			if c.Kind == kind {
				list.Challenges = append(list.Challenges, c)
			}
		}
		if len(list.Challenges) > 0 {
			lists = append(lists, list)
		}
	}
	return lists
}

// sdgTargets are the targets that an objective touches, the direct ones first.
func sdgTargets(o objectives.Objective, standings []indicators.Standing) ([]sdgTarget, error) {
	global, err := objectives.SDGIndicators(o.Number)
	if err != nil {
		return nil, err
	}
	var list []sdgTarget
	for i, codes := range []objectives.Strings{o.SDGTargetsDirect, o.SDGTargetsRelated} {
		for _, code := range codes {
			target := sdgTarget{Code: code, Direct: i == 0}
			for _, g := range global {
				if g.Target == code {
					target.Indicators = append(target.Indicators, sdgIndicator{g, following(standings, g.Code)})
				}
			}
			list = append(list, target)
		}
	}
	return list, nil
}

// following are the State's indicators that follow one of the global list.
func following(all []indicators.Standing, code string) []indicators.Standing {
	var own []indicators.Standing
	for _, i := range all {
		if i.SDGIndicators.Has(code) {
			own = append(own, i)
		}
	}
	return own
}

// measures reports whether an indicator is mapped to an objective.
func measures(ind indicators.Indicator, number int) bool {
	return slices.ContainsFunc(ind.Objectives, func(o indicators.IndicatorObjective) bool { return o.Objective.Number == number })
}
