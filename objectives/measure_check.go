package objectives

import (
	"fmt"
	"math"
	"strings"

	"gcm/internal/db"
	"gcm/internal/period"
	"gcm/internal/register"
)

// storable lists the statuses that a measure may be given; delayed is judged.
var storable = []Status{Planned, InProgress, Completed, Dropped}

// Ranks lists the ranks of a mapping in the order in which they are shown.
var Ranks = []Rank{Unsaid, Primary, Secondary}

// shown lists the states of a record that is not entered through a round.
var shown = []State{Draft, Released}

func checkMeasure(tx *db.DB, _ string, c *MeasureContent, found *register.Checks) error {
	find, err := newFinder(tx)
	if err != nil {
		return err
	}
	found.Name("title", &c.Title)
	found.Text("description", &c.Description)
	found.Text("note", &c.Note)
	register.Choice(found, "status", c.Status, storable)
	register.Choice(found, "category", c.Category, Categories)
	CheckState(found, c.State)
	found.Period("starts", &c.Starts)
	found.Period("ends", &c.Ends)
	checkOrder(found, "ends", c.Starts, c.Ends)
	checkAgencies(found, find, c)
	c.checkLinks(found, find)
	c.checkPlan(found)
	return nil
}

// CheckState finds a state that a record of a register cannot be given.
func CheckState(found *register.Checks, s State) { register.Choice(found, "state", s, shown) }

// checkOrder finds an end before the beginning.
func checkOrder(found *register.Checks, field string, starts, ends period.Period) {
	if starts != "" && ends != "" && ends.Last().Before(starts.First()) {
		found.Problems.Add(field, "register.problem.order")
	}
}

func checkAgencies(found *register.Checks, find finder, c *MeasureContent) {
	if _, known := find.agencies[c.Lead]; c.Lead != "" && !known {
		register.Unknown(found, "lead_agency", c.Lead)
	}
	var partners Strings
	for _, code := range c.Partners {
		if _, known := find.agencies[code]; !known {
			register.Unknown(found, "partners", code)
		}
		if code != c.Lead && !partners.Has(code) {
			partners = append(partners, code)
		}
	}
	c.Partners = partners
}

func (c *MeasureContent) checkLinks(found *register.Checks, find finder) {
	CheckObjectives(found, c.Objectives, find.objectives)
	CheckLinks(found, "actions", "ref", c.Actions, find.actions, func(l ActionLink) string { return l.Ref })
	CheckLinks(found, "principles", "code", c.Principles, find.principles, func(l PrincipleLink) string { return l.Code })
	CheckLinks(found, "legal_instruments", "code", c.Laws, find.laws, func(l LawLink) string { return l.Code })
}

// checkPlan tidies and checks milestones and budgets.
func (c *MeasureContent) checkPlan(found *register.Checks) {
	for i := range c.Milestones {
		m, field := &c.Milestones[i], fmt.Sprintf("milestones.%d.", i)
		found.Name(field+"name", &m.Name)
		if found.Period(field+"due", &m.Due); m.Due == "" {
			found.Problems.Add(field+"due", "register.problem.missing")
		}
		found.Period(field+"done", &m.Done)
	}
	for i := range c.Budgets {
		b, field := &c.Budgets[i], fmt.Sprintf("budgets.%d.", i)
		found.Period(field+"period", &b.Period)
		found.Text(field+"source", &b.Source)
		register.Choice(found, field+"fund", b.Fund, Funds)
		if b.Amount < 0 || math.IsNaN(b.Amount) || b.Amount > 1e15 {
			found.Problems.Add(field+"amount", "register.problem.amount")
		}
		if b.Currency = strings.ToUpper(strings.TrimSpace(b.Currency)); !currency.MatchString(b.Currency) {
			found.Problems.Add(field+"currency", "register.problem.currency", b.Currency)
		}
	}
}
