package progress

import (
	"context"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// Against says what an entry is compared with.
type Against string

// What an entry is compared with, the first of these that there is.
const (
	AgainstReleased Against = "released" // what the public sees of the same entry
	AgainstPrevious Against = "previous" // the agency's entry of the round before
	AgainstRegister Against = "register" // what the registers say of the measure or the figures
	AgainstNothing  Against = "nothing"
)

// Comparison is what an entry says anew.
type Comparison struct {
	Entry
	Title, AgencyName i18n.Text
	Cycle             string
	Against           Against
	Since             string // code of the round before, when it is compared with that
	Before            Content
	StatusBefore      objectives.Status // of the measure, for the public; empty for other kinds
	Differences       []Difference
	Added, Removed    []Evidence // since it was released last
}

// Compare returns what changed since the last release of an entry; of one that
// was never released since the agency's entry of the round before, or against
// the registers. It is a fault.NotFound when the entry is out of reach.
func (s *Store) Compare(ctx context.Context, actor auth.Actor, code string) (Comparison, error) {
	tx := s.db.WithContext(ctx)
	var h held
	if err := find(tx, actor, "e.code = ?", code).Take(&h).Error; err != nil {
		return Comparison{}, db.Fault(err, "entry "+code)
	}
	c := Comparison{Entry: h.seenBy(actor), Title: h.Title, AgencyName: h.AgencyName, Cycle: h.Cycle}
	if err := c.baseline(tx, actor, h); err != nil {
		return c, err
	}
	if h.veiled(actor, &h.Content, &c.Before) {
		c.Before.veil()
		c.Content.veil()
	}
	c.Differences = Differences(c.Before, c.Content)
	if !h.Whole {
		return c, nil
	}
	var pieces []Evidence
	err := tx.Where("entry_id = ? AND (released_at IS NULL) = (removed_at IS NULL)", h.ID).Order("id").Find(&pieces).Error
	for _, e := range pieces {
		if e.ReleasedAt == nil {
			c.Added = append(c.Added, e)
		} else {
			c.Removed = append(c.Removed, e)
		}
	}
	return c, db.Fault(err, "read evidence of "+code)
}

func (c *Comparison) baseline(tx *gorm.DB, actor auth.Actor, h held) error {
	if h.Released != nil && h.Whole {
		c.Against, c.Before = AgainstReleased, *h.Released
		if c.Before.Progress != nil {
			c.StatusBefore = c.Before.Progress.Status
		}
		return nil
	}
	if h.Kind == KindProgress {
		return c.previous(tx, actor, h)
	}
	return c.register(tx, h)
}

// previous compares with what the agency entered on the measure in the round
// before, as far as the actor sees it.
func (c *Comparison) previous(tx *gorm.DB, actor auth.Actor, h held) error {
	var m objectives.Measure
	if err := tx.Select("status").Where("id = ?", h.MeasureID).Take(&m).Error; err != nil {
		return db.Fault(err, "measure "+h.Record)
	}
	c.StatusBefore = m.Status
	c.Against = AgainstNothing
	before, err := NewStore(tx).Previous(tx.Statement.Context, actor, h.Entry)
	if err != nil || before == nil {
		return err
	}
	c.Against, c.Before = AgainstPrevious, before.Content
	return db.Fault(tx.Model(&Cycle{}).Where("id = ?", before.CycleID).Pluck("code", &c.Since).Error, "the round before")
}

// register compares with what is known of the same figures, or with the
// measure's present mapping.
func (c *Comparison) register(tx *gorm.DB, h held) error {
	c.Against = AgainstNothing
	switch {
	case h.Content.Mapping != nil && h.Record != "":
		m, err := objectives.NewStore(tx).MeasureByCode(tx.Statement.Context, h.Record)
		if err != nil {
			return err
		}
		c.Against, c.Before.Mapping = AgainstRegister, mappingOf(m)
		to, err := h.Content.Mapping.mapped(tx, h.Code, nil, *c.Before.Mapping)
		c.Content.Mapping = &to
		return err
	case h.Content.Values != nil && h.IndicatorID != nil:
		var known []indicators.Observation
		err := tx.Where("indicator_id = ? AND state = ?", h.IndicatorID, objectives.Released).Order("id").Find(&known).Error
		c.Against, c.Before.Values = AgainstRegister, &Values{Rows: h.Content.Values.among(known)}
		return db.Fault(err, "read known figures")
	}
	return nil
}

// among returns those of the known figures that the entry speaks of.
func (v Values) among(known []indicators.Observation) []Figure {
	var rows []Figure
	for _, o := range known {
		f := figureOf(o)
		for _, row := range v.Rows {
			if row.key() == f.key() {
				rows = append(rows, f)
			}
		}
	}
	return rows
}
