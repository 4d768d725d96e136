package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"gcm/indicators"
	"gcm/indicators/quality"
	"gcm/internal/auth"
	"gcm/internal/i18n"
)

// qualityPath is the page of data quality.
const qualityPath = "/work/data/quality"

// qualityPage is pages/quality/list.html.
type qualityPage struct {
	workPage
	Filter   *filter
	Problems []string // of the filter
	Wrong    problems // of the reason that was sent
	Counts   qualityCounts
	Found    int // by the filter
	Lines    []qualityLine
	Rules    []quality.Rule // of the lines, explained below
	May      bool           // accept
	Action   string         // where the forms lead: the page with its filter
	Typed    string         // the reason that was not taken
	Older    string
	Newer    string
}

// qualityCounts are of all findings in the person's reach.
type qualityCounts struct{ Errors, Warnings, Accepted int }

// qualityLine is a finding in the reader's language.
type qualityLine struct {
	quality.Finding
	Place   string // empty for the whole indicator
	Message string
	Since   string // when it was accepted
	Wrong   bool   // its form was sent without a reason
}

// qualityStates are the choices of the filter by what was decided.
var qualityStates = []string{"open", "accepted"}

// qualitySize is how many findings stand on a page.
const qualitySize = 100

// showQuality lists what the rules find in the figures. What they find names
// values, hidden ones too.
func (s *site) showQuality(r *request) error { return s.renderQuality(r, http.StatusOK, "", nil) }

// decideQuality accepts a finding, or takes the acceptance back.
func (s *site) decideQuality(r *request) error {
	ctx, mark, reason := r.Request.Context(), r.PostForm("mark"), r.PostForm("reason")
	do, done := s.quality.Accept, "quality.accepted"
	if r.PostForm("step") == "take_back" {
		do, done = s.quality.TakeBack, "quality.taken_back"
	}
	err := do(ctx, r.actor, mark, reason)
	if err == nil {
		return r.to(r.Request.URL.RequestURI(), r.T(done))
	}
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	return s.renderQuality(r, http.StatusUnprocessableEntity, mark, wrong)
}

// renderQuality shows the page; mark is that of the finding whose form was wrong.
func (s *site) renderQuality(r *request, status int, mark string, wrong problems) error {
	p := qualityPage{
		workPage: r.workPage(r.T("quality.title")), Filter: r.filter(), Wrong: wrong, May: r.actor.Can(auth.Coordinate),
		Action: r.Request.URL.RequestURI(), Typed: r.PostForm("reason"),
	}
	all, err := s.findingsInReach(r)
	if err != nil {
		return err
	}
	p.Counts = countFindings(all)
	chosen, err := s.chosenFindings(r, p.Filter, all)
	if err != nil {
		return err
	}
	if p.Problems = p.Filter.Problems; len(p.Problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	slices.SortStableFunc(chosen, func(a, b quality.Finding) int { return cmp.Compare(gravity(a), gravity(b)) })
	page := r.pageNumber()
	p.Found = len(chosen)
	p.Older, p.Newer = r.pages(page, qualitySize, len(chosen))
	chosen = chosen[min(page*qualitySize, len(chosen)):]
	for _, f := range chosen[:min(qualitySize, len(chosen))] {
		p.Lines = append(p.Lines, r.qualityLine(f, mark))
	}
	for _, rule := range quality.Rules {
		if slices.ContainsFunc(p.Lines, func(l qualityLine) bool { return l.Rule == rule.Name }) {
			p.Rules = append(p.Rules, rule)
		}
	}
	return r.render(status, "quality/list", p)
}

// gravity puts open errors first and what was accepted last.
func gravity(f quality.Finding) int {
	if !f.Open() {
		return len(quality.Severities)
	}
	return slices.Index(quality.Severities, f.Severity)
}

func (r *request) qualityLine(f quality.Finding, wrong string) qualityLine {
	l := qualityLine{Finding: f, Place: r.findingPlace(f), Message: f.Message(r.p), Wrong: f.Mark == wrong}
	if !f.Open() {
		l.Since = r.moment(f.Accepted.MadeAt)
	}
	return l
}

// findingPlace names the period and the cell of a finding; "" for a whole series.
func (r *request) findingPlace(f quality.Finding) string {
	var where []string
	if f.Period != "" {
		where = append(where, indicators.PeriodName(r.p, f.Period))
	}
	if len(f.Breakdown) > 0 {
		where = append(where, f.Cell(r.p))
	}
	return strings.Join(where, ", ")
}

// findingsInReach are all findings for those who see all agencies, else those of
// the indicators for which the own agency answers.
func (s *site) findingsInReach(r *request) ([]quality.Finding, error) {
	all, err := s.quality.Findings(r.Request.Context())
	if err != nil || r.seesAllFindings() {
		return all, err
	}
	return s.findingsOfAgency(r, all, r.actor.Agency)
}

func (r *request) seesAllFindings() bool {
	return r.actor.Can(auth.Coordinate) || r.actor.Can(auth.SeeAudit)
}

func (s *site) findingsOfAgency(r *request, all []quality.Finding, agency string) ([]quality.Finding, error) {
	own, err := s.progress.Answerable(r.Request.Context(), agency)
	return slices.DeleteFunc(slices.Clone(all), func(f quality.Finding) bool { return !slices.Contains(own, f.Indicator) }), err
}

// chosenFindings reads the filter and returns what it leaves.
func (s *site) chosenFindings(r *request, form *filter, all []quality.Finding) ([]quality.Finding, error) {
	left := all
	if r.seesAllFindings() {
		agencies, err := r.agencyOptions()
		if err != nil {
			return nil, err
		}
		if agency := form.pick(r, "agency", agencies); agency != "" {
			if left, err = s.findingsOfAgency(r, left, agency); err != nil {
				return nil, err
			}
		}
	}
	indicator := form.pick(r, "figure", r.foundIndicators(all))
	rule := form.pick(r, "rule", r.ruleOptions())
	severity := form.pick(r, "severity", choices(r, "quality.severity.", quality.Severities))
	state := form.pick(r, "finding", choices(r, "quality.state.", qualityStates))
	text := strings.ToLower(form.Text)
	return slices.DeleteFunc(slices.Clone(left), func(f quality.Finding) bool {
		return indicator != "" && f.Indicator != indicator || rule != "" && f.Rule != rule || severity != "" && string(f.Severity) != severity ||
			state != "" && f.Open() != (state == "open") || text != "" && !strings.Contains(strings.ToLower(r.in(f.Name)), text)
	}), nil
}

// foundIndicators are the indicators in which something was found, by name.
func (r *request) foundIndicators(all []quality.Finding) []option {
	var list []option
	for _, f := range all {
		if !slices.ContainsFunc(list, func(o option) bool { return o.Value == f.Indicator }) {
			list = append(list, option{f.Indicator, cmp.Or(r.in(f.Name), f.Indicator)})
		}
	}
	i18n.Sort(r.p, list, func(o option) string { return o.Label })
	return list
}

func (r *request) ruleOptions() []option {
	var list []option
	for _, rule := range quality.Rules {
		list = append(list, option{rule.Name, rule.Title(r.p)})
	}
	return list
}

func countFindings(all []quality.Finding) (n qualityCounts) {
	for _, f := range all {
		switch {
		case !f.Open():
			n.Accepted++
		case f.Severity == quality.Error:
			n.Errors++
		default:
			n.Warnings++
		}
	}
	return n
}
