package progress

import (
	"fmt"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// facts are what the completeness of an entry depends on beside its content.
type facts struct {
	today    time.Time
	status   objectives.Status              // of the measure, as the registers have it
	evidence int                            // pieces
	codes    map[string]map[string]struct{} // of the indicator's dimensions
}

// missing lists all that the content lacks to be submitted.
func (c Content) missing(f facts) fault.Problems {
	var problems fault.Problems
	if c.Progress != nil {
		c.Progress.missing(f, &problems)
	}
	if c.Values != nil {
		c.Values.missing(f, &problems)
	}
	if p := c.Measure; p != nil {
		require(p.Title, "measure.title", "entry.error.title", &problems)
		if p.Category == "" {
			problems.Add("measure.category", "entry.error.category")
		}
		if p.Status == "" {
			problems.Add("measure.status", "entry.error.status")
		}
		p.Mapping.missing("measure", true, &problems)
	}
	if c.Mapping != nil {
		c.Mapping.missing("mapping", false, &problems)
	}
	return problems
}

// require asks for a text in at least one language.
func require(t i18n.Text, field, key string, problems *fault.Problems) {
	if t.In() == "" {
		problems.Add(field, key)
	}
}

func (p *Progress) missing(f facts, problems *fault.Problems) {
	switch {
	case p.Status == "":
		problems.Add("progress.status", "entry.error.status")
	case p.Status != f.status:
		require(p.Note, "progress.note", "entry.error.note", problems)
	}
	require(p.Narrative, "progress.narrative", "entry.error.narrative", problems)
	if p.Status == objectives.Completed && f.evidence == 0 {
		problems.Add("evidence", "entry.error.evidence")
	}
}

func (v *Values) missing(f facts, problems *fault.Problems) {
	if len(v.Rows) == 0 {
		problems.Add("values.rows", "entry.error.no_rows")
	}
	seen := map[string]bool{}
	for i, row := range v.Rows {
		field := fmt.Sprintf("values.rows.%d", i)
		switch {
		case row.Period == "":
			problems.Add(field+".period", "entry.error.no_period")
		case row.Period.First().After(f.today):
			problems.Add(field+".period", "entry.error.future")
		}
		if key := row.key(); seen[key] {
			problems.Add(field+".period", "entry.error.twice")
		} else {
			seen[key] = true
		}
		if (row.Value == nil) != (row.Qualifier == indicators.Missing) {
			problems.Add(field+".value", "entry.error.value")
		}
		if row.ObsStatus != "" && indicators.ForValue(row.ObsStatus) != (row.Value != nil) {
			problems.Add(field+".obs_status", "entry.error.obs_status")
		}
		breakdown, _ := indicators.ParseBreakdown(row.Breakdown) // normal has read it before
		for dimension, code := range breakdown {
			if _, known := f.codes[dimension][code]; !known {
				problems.Add(field+".breakdown", "entry.error.breakdown")
				break
			}
		}
	}
}

// key is what is measured and when.
func (f Figure) key() string { return string(f.Period) + " " + f.Breakdown }

func (m *Mapping) missing(field string, ranks bool, problems *fault.Problems) {
	if len(m.Objectives) == 0 {
		problems.Add(field+".objectives", "entry.error.no_objective")
	}
	primary := 0
	for i, o := range m.Objectives {
		at := fmt.Sprintf("%s.objectives.%d", field, i)
		if o.Rank == objectives.Primary {
			primary++
		}
		if ranks && o.Rank == objectives.Unsaid {
			problems.Add(at+".rank", "entry.error.rank")
		}
		require(o.Reason, at+".reason", "entry.error.mapping_reason", problems)
	}
	if primary > 1 {
		problems.Add(field+".objectives", "entry.error.primary")
	}
	for i, a := range m.Actions {
		require(a.Reason, fmt.Sprintf("%s.actions.%d.reason", field, i), "entry.error.mapping_reason", problems)
	}
}

// complete returns what an entry lacks to be submitted, as fault.Problems.
func (h held) complete(tx *gorm.DB) error {
	f := facts{today: tx.NowFunc()}
	if h.Kind == KindProgress {
		var m objectives.Measure
		if err := tx.Select("status").Where("id = ?", h.MeasureID).Take(&m).Error; err != nil {
			return db.Fault(err, "measure "+h.Record)
		}
		f.status = m.Status
	}
	var pieces int64
	if err := tx.Model(&Evidence{}).Where("entry_id = ? AND removed_at IS NULL", h.ID).Count(&pieces).Error; err != nil {
		return db.Fault(err, "count the evidence of "+h.Code)
	}
	f.evidence = int(pieces)
	if h.Kind == KindValues {
		var err error
		if f.codes, err = dimensionCodes(tx, *h.IndicatorID); err != nil {
			return err
		}
	}
	return h.Content.missing(f).Err()
}

// dimensionCodes returns the codes by which an indicator is broken down.
func dimensionCodes(tx *gorm.DB, indicator int64) (map[string]map[string]struct{}, error) {
	var rows []struct{ Dimension, Code string }
	err := tx.Table("indicator_dimensions AS l").Select("d.code AS dimension, c.code AS code").
		Joins("JOIN dimensions d ON d.id = l.dimension_id JOIN dimension_codes c ON c.dimension_id = d.id").
		Where("l.indicator_id = ?", indicator).Find(&rows).Error
	codes := map[string]map[string]struct{}{}
	for _, row := range rows {
		if codes[row.Dimension] == nil {
			codes[row.Dimension] = map[string]struct{}{}
		}
		codes[row.Dimension][row.Code] = struct{}{}
	}
	return codes, db.Fault(err, "read the dimensions of an indicator")
}
