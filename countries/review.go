package countries

import (
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
)

// Cycle is a reporting round.
type Cycle struct {
	Code         string        `json:"code" check:"required slug"`
	Name         i18n.Text     `json:"name" check:"required"`
	Cutoff       period.Period `json:"cutoff" check:"required day"`
	CutoffBasis  string        `json:"cutoff_basis" check:"required" one:"stated inferred"`
	CutoffReason i18n.Text     `json:"cutoff_reason,omitempty"`
}

func (c Cycle) model() progress.Cycle {
	return progress.Cycle{Code: c.Code, Name: c.Name, Cutoff: c.Cutoff, CutoffBasis: objectives.Basis(c.CutoffBasis), CutoffReason: c.CutoffReason}
}

func cycleOf(m progress.Cycle) Cycle {
	return Cycle{Code: m.Code, Name: m.Name, Cutoff: m.Cutoff, CutoffBasis: string(m.CutoffBasis), CutoffReason: m.CutoffReason}
}

// Review is the document of a cycle.
type Review struct {
	Cycle  string    `json:"cycle" check:"required slug"`
	Title  i18n.Text `json:"title" check:"required"`
	Author i18n.Text `json:"author,omitempty"`                // who answers for the document
	Notice i18n.Text `json:"notice,omitempty"`                // paragraphs parted by an empty line
	State  string    `json:"state,omitempty" check:"derived"` // empty while it is drafted
}

func (r Review) model() reports.Review {
	return reports.Review{Cycle: progress.Cycle{Code: r.Cycle}, Title: r.Title, Author: r.Author, Notice: r.Notice, State: reports.Drafting, Shown: true}
}

func reviewOf(m reports.Review) Review {
	return Review{Cycle: m.Cycle.Code, Title: m.Title, Author: m.Author, Notice: m.Notice, State: unless(reviewDrafting, string(m.State))}
}

// Section is one section's narrative in one language.
type Section struct {
	Cycle    string `json:"cycle"`
	Language string `json:"language"`
	Section  string `json:"section"`
	Body     string `json:"body"` // Markdown
	State    string `json:"state,omitempty"`
}

// path is the section's place in the pack, without its ending.
func (s Section) path() string { return s.Cycle + "/" + s.Language + "/" + s.Section }

func (s Section) model() reports.ReviewSection {
	return reports.ReviewSection{Section: s.Section, Language: s.Language, Body: s.Body, State: reports.Draft}
}

// sectionOf counts the section of a review that is no longer drafted as changed:
// what was cleared or published is not rewritten by a pack.
func sectionOf(review reports.Review, m reports.ReviewSection) Section {
	state := unless(sectionDraft, string(m.State))
	if state == "" {
		state = unless(reviewDrafting, string(review.State))
	}
	return Section{Cycle: review.Cycle.Code, Language: m.Language, Section: m.Section, Body: m.Body, State: state}
}

// The states in which a pack writes records, reviews and their sections.
const (
	released       = string(objectives.Released)
	reviewDrafting = string(reports.Drafting)
	sectionDraft   = string(reports.Draft)
)

// unless returns a state that is not the usual one, of which records need not speak.
func unless(usual, state string) string {
	if state == usual {
		return ""
	}
	return state
}
