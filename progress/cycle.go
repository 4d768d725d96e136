package progress

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/notify"
	"gcm/internal/period"
	"gcm/internal/register"
	"gcm/objectives"
)

// cycleCode is the form of a round's code, which stands in addresses.
var cycleCode = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,40}$`)

// Cycle returns one reporting round by its code.
func (s *Store) Cycle(ctx context.Context, code string) (Cycle, error) {
	var c Cycle
	err := s.db.WithContext(ctx).Preload("Milestones", byDue).Where("code = ?", code).Take(&c).Error
	return c, db.Fault(err, "reporting round "+code)
}

func byDue(q *gorm.DB) *gorm.DB { return q.Order("due, id") }

// OpenCycle opens a round to the agencies: a new one, or one that a country pack
// only presented. Without milestones it gets the usual ones.
func (s *Store) OpenCycle(ctx context.Context, actor auth.Actor, c Cycle) (Cycle, error) {
	err := s.coordinate(ctx, actor, func(tx *db.DB, log *audit.Log) error {
		if err := c.normal(); err != nil {
			return err
		}
		var known []Cycle
		if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("code = ?", c.Code).Find(&known).Error; err != nil {
			return db.Fault(err, "look for round "+c.Code)
		}
		change := audit.Change{Action: "open", Noun: "cycle", Record: c.Code}
		if len(known) > 0 {
			if known[0].OpenedAt != nil {
				return fault.New(fault.Conflict, "cycle.error.opened", "round %s was opened before", c.Code)
			}
			c.ID, change.Before = known[0].ID, known[0].record()
		}
		opened := tx.NowFunc()
		c.OpenedAt, c.ClosedAt = &opened, nil
		if len(c.Milestones) == 0 {
			c.Milestones = c.usualMilestones()
		}
		if err := c.write(tx); err != nil {
			return err
		}
		change.After = c.record()
		log.Add(change)
		return c.tell(tx, actor, "round_opened")
	})
	return c, err
}

// ChangeCycle changes the name, the period, the cut-off and the milestones of a
// round; seen is the revision of what the actor changed from.
func (s *Store) ChangeCycle(ctx context.Context, actor auth.Actor, seen register.Revision, c Cycle) (Cycle, error) {
	return s.onCycle(ctx, actor, "change", "", c.Code, func(tx *db.DB, was *Cycle) error {
		if now, err := was.Revision(); err != nil || now != seen {
			return fault.New(fault.Conflict, "cycle.error.changed", "round %s was changed by somebody else (%w)", c.Code, err)
		}
		c.ID, c.OpenedAt, c.ClosedAt = was.ID, was.OpenedAt, was.ClosedAt
		if err := c.normal(); err != nil {
			return err
		}
		*was = c
		return was.write(tx)
	})
}

// CloseCycle ends a round for the agencies. The coordinator still decides on
// what they had handed in.
func (s *Store) CloseCycle(ctx context.Context, actor auth.Actor, code string) (Cycle, error) {
	return s.onCycle(ctx, actor, "close", "", code, func(tx *db.DB, c *Cycle) error {
		if !c.Open() {
			return fault.New(fault.Conflict, "entry.error.closed", "round %s is not open", code)
		}
		now := tx.NowFunc()
		c.ClosedAt = &now
		if err := tx.Model(c).Update("closed_at", now).Error; err != nil {
			return db.Fault(err, "close round "+code)
		}
		return c.tell(tx, actor, "round_closed")
	})
}

// ReopenCycle opens a closed round again.
func (s *Store) ReopenCycle(ctx context.Context, actor auth.Actor, code, reason string) (Cycle, error) {
	reason, err := rule{reason: true}.reasonOf(reason)
	if err != nil {
		return Cycle{}, err
	}
	return s.onCycle(ctx, actor, "reopen", reason, code, func(tx *db.DB, c *Cycle) error {
		if c.ClosedAt == nil {
			return fault.New(fault.Conflict, "cycle.error.not_closed", "round %s is not closed", code)
		}
		c.ClosedAt = nil
		if err := tx.Model(c).Update("closed_at", nil).Error; err != nil {
			return db.Fault(err, "reopen round "+code)
		}
		return c.tell(tx, actor, "round_opened")
	})
}

// coordinate runs work for the coordinator.
func (s *Store) coordinate(ctx context.Context, actor auth.Actor, work func(tx *db.DB, log *audit.Log) error) error {
	if err := actor.Need(auth.Coordinate); err != nil {
		return err
	}
	return audit.Transact(ctx, s.db, actor.Who, work)
}

// onCycle changes a round that nobody writes into meanwhile.
func (s *Store) onCycle(ctx context.Context, actor auth.Actor, action, reason, code string, do func(tx *db.DB, c *Cycle) error) (Cycle, error) {
	var c Cycle
	err := s.coordinate(ctx, actor, func(tx *db.DB, log *audit.Log) error {
		err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Preload("Milestones", byDue).Where("code = ?", code).Take(&c).Error
		if err != nil {
			return db.Fault(err, "reporting round "+code)
		}
		before := c.record()
		if err := do(tx, &c); err != nil {
			return err
		}
		log.Add(audit.Change{Action: action, Noun: "cycle", Record: code, Reason: reason, Before: before, After: c.record()})
		return nil
	})
	return c, err
}

func (c *Cycle) write(tx *gorm.DB) error {
	if err := tx.Omit(clause.Associations).Save(c).Error; err != nil {
		return db.Fault(err, "write round "+c.Code)
	}
	for i := range c.Milestones {
		c.Milestones[i].ID, c.Milestones[i].CycleID = 0, c.ID
	}
	return db.Replace(tx, "cycle_id", []int64{c.ID}, c.Milestones)
}

// normal checks what was entered of a round and brings it into its form.
func (c *Cycle) normal() error {
	var problems fault.Problems
	if !cycleCode.MatchString(c.Code) {
		problems.Add("code", "cycle.error.code")
	}
	c.Name = normalText("name", c.Name, &problems)
	require(c.Name, "name", "cycle.error.name", &problems)
	cutoff, err := period.Day(string(c.Cutoff))
	if err != nil {
		problems.Add("cutoff", "cycle.error.day")
	}
	c.Cutoff = cmp.Or(period.Period(cutoff), c.Cutoff)
	if c.Covers, err = period.Parse(strings.TrimSpace(string(c.Covers))); err != nil {
		problems.Add("covers", "entry.error.period")
	}
	if c.CutoffBasis == "" {
		c.CutoffBasis = objectives.Stated
	}
	c.CutoffReason = normalText("cutoff_reason", c.CutoffReason, &problems)
	seen := map[string]bool{}
	for i := range c.Milestones {
		c.Milestones[i].normal(fmt.Sprintf("milestones.%d", i), seen, &problems)
	}
	slices.SortStableFunc(c.Milestones, func(a, b CycleMilestone) int { return strings.Compare(a.Due, b.Due) })
	return problems.Err()
}

func (m *CycleMilestone) normal(field string, seen map[string]bool, problems *fault.Problems) {
	m.Name = normalText(field+".name", m.Name, problems)
	m.Note = normalText(field+".note", m.Note, problems)
	require(m.Name, field+".name", "cycle.error.name", problems)
	due, err := period.Day(m.Due)
	if err != nil {
		problems.Add(field+".due", "cycle.error.day")
	}
	m.Due = cmp.Or(due, m.Due)
	if m.Code == "" {
		m.Code = newCode()
	}
	if seen[m.Code] {
		problems.Add(field, "entry.error.twice")
	}
	seen[m.Code] = true
}

// usual are the days of the year after the one that a round covers by which, in
// earlier practice, reports were sent (P1700000602; no rule in force).
var usual = []struct{ code, monthAndDay string }{{"agencies", "01-15"}, {"coordinator", "02-15"}}

func (c Cycle) usualMilestones() []CycleMilestone {
	covered := c.Covers
	if covered == "" {
		covered = c.Cutoff
	}
	var list []CycleMilestone
	for _, u := range usual {
		m := CycleMilestone{Code: u.code, Name: i18n.Text{}, Note: i18n.Text{}, Due: fmt.Sprintf("%04d-%s", covered.Last().Year()+1, u.monthAndDay)}
		for _, lang := range i18n.Languages {
			if p, err := i18n.New(lang); err == nil {
				m.Name[lang], m.Note[lang] = p.T("cycle.milestone."+u.code), p.T("cycle.milestone.usual")
			}
		}
		list = append(list, m)
	}
	return list
}

// Milestone returns the milestone with the code; false when there is none.
func (c Cycle) Milestone(code string) (CycleMilestone, bool) {
	at := slices.IndexFunc(c.Milestones, func(m CycleMilestone) bool { return m.Code == code })
	if at < 0 {
		return CycleMilestone{}, false
	}
	return c.Milestones[at], true
}

// tell says to all who enter and approve that the round opened or closed.
func (c Cycle) tell(tx *gorm.DB, actor auth.Actor, kind string) error {
	var to []int64
	for _, role := range []auth.Role{auth.Contributor, auth.Approver} {
		ids, err := Holders(tx, actor, role, 0)
		if err != nil {
			return err
		}
		to = append(to, ids...)
	}
	n := notify.Notice{Key: fmt.Sprintf("%s:%s:%d", kind, c.Code, tx.NowFunc().UnixMicro()), Kind: kind, Subject: c.Name, Path: "/work"}
	if m, ok := c.Milestone("agencies"); ok && kind == "round_opened" {
		n.Due = m.Due
	}
	return notify.Tell(tx, ToEach(to, actor, n)...)
}

// cycleRecord is what the audit log keeps of a round.
type cycleRecord struct {
	Name       i18n.Text         `json:"name"`
	Covers     period.Period     `json:"covers,omitempty"`
	Cutoff     period.Period     `json:"cutoff"`
	Basis      objectives.Basis  `json:"cutoff_basis"`
	Reason     i18n.Text         `json:"cutoff_reason,omitempty"`
	OpenedAt   *time.Time        `json:"opened_at,omitempty"`
	ClosedAt   *time.Time        `json:"closed_at,omitempty"`
	Milestones []milestoneRecord `json:"milestones,omitempty"`
}

type milestoneRecord struct {
	Code string    `json:"code"`
	Name i18n.Text `json:"name"`
	Due  string    `json:"due"`
	Note i18n.Text `json:"note,omitempty"`
}

func (c Cycle) record() cycleRecord {
	r := cycleRecord{Name: c.Name, Covers: c.Covers, Cutoff: c.Cutoff, Basis: c.CutoffBasis, Reason: c.CutoffReason, OpenedAt: utc(c.OpenedAt), ClosedAt: utc(c.ClosedAt)}
	for _, m := range c.Milestones {
		r.Milestones = append(r.Milestones, milestoneRecord{m.Code, m.Name, m.Due, m.Note})
	}
	return r
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	at := t.UTC()
	return &at
}

// Revision stands for what the round says now.
func (c Cycle) Revision() (register.Revision, error) { return register.RevisionOf(c.record()) }
