package web

import (
	"net/http"
	"slices"

	"gcm/internal/i18n"
	"gcm/reports/desk"
)

// deskCheckPage is pages/desk/check.html.
type deskCheckPage struct {
	workPage
	deskHead
	Blocking, Advisory int
	Groups             []checkGroup
}

// checkGroup is what one rule found.
type checkGroup struct {
	desk.Rule
	Lines []checkLine
}

// checkLine is a finding with the place where it is put right.
type checkLine struct {
	Message string
	Section i18n.Text // its title; empty for the review as a whole
	URL     string
}

// showCheck shows what the pre-submission check finds, rule by rule.
func (s *site) showCheck(r *request) error {
	head, err := r.deskHead()
	if err != nil {
		return err
	}
	found, err := s.desk.CheckAs(r.Request.Context(), r.actor, head.Review.Cycle.Code)
	if err != nil {
		return err
	}
	titles, err := r.sectionTitles(head)
	if err != nil {
		return err
	}
	p := deskCheckPage{workPage: r.workPage(r.T("writing.tab.check")), deskHead: head, Blocking: len(desk.Block(found))}
	p.Advisory = len(found) - p.Blocking
	for _, rule := range desk.Rules {
		group := checkGroup{Rule: rule}
		for _, f := range found {
			if f.Rule == rule.Name {
				group.Lines = append(group.Lines, checkLine{f.Message(r.p), titles[f.Section], f.Path(head.Review.Cycle.Code)})
			}
		}
		if len(group.Lines) > 0 {
			p.Groups = append(p.Groups, group)
		}
	}
	slices.SortStableFunc(p.Groups, func(a, b checkGroup) int {
		return slices.Index(desk.Severities, a.Severity) - slices.Index(desk.Severities, b.Severity)
	})
	return r.render(http.StatusOK, "desk/check", p)
}

// sectionTitles are the titles of a review's sections.
func (r *request) sectionTitles(head deskHead) (map[string]i18n.Text, error) {
	names, err := r.sectionNames(&head.Review)
	if err != nil {
		return nil, err
	}
	briefs, err := r.briefNames()
	if err != nil {
		return nil, err
	}
	questions, err := r.questionNames()
	titles := map[string]i18n.Text{}
	for _, name := range slices.Concat(names, briefs, questions) {
		titles[name.Section] = name.Title
	}
	return titles, err
}
