package progress

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/objectives"
)

// Matrix says for each objective and each agency how many measures the agency
// leads or takes part in, and how far its entries of a round have come. It holds
// counts alone.
type Matrix struct {
	Cycle    Cycle
	Agencies []objectives.Agency // those with anything in it, by code, without quotes
	Rows     []MatrixRow         // the objectives by number, then the cross-cutting measures
	All      MatrixRow           // each measure counted once, however many objectives it serves
}

// MatrixRow counts for one objective.
type MatrixRow struct {
	Objective *objectives.Objective // nil for the cross-cutting measures and for all
	Measures  int
	Unled     int // without a lead agency
	Sum       Tally
	cells     map[int64]*Tally // by the agency's id
}

// Of returns the counts of an agency.
func (r MatrixRow) Of(agency objectives.Agency) Tally {
	if cell := r.cells[agency.ID]; cell != nil {
		return *cell
	}
	return Tally{}
}

// Tally counts measures by an agency's part in them, and entries by their state.
type Tally struct {
	Lead, Partner int
	Awaited       int // asked for, and not begun
	Draft         int
	Submitted     int
	Approved      int
	Accepted      int
	Released      int
}

// Entries is the number of entries that were begun.
func (t Tally) Entries() int { return t.Draft + t.Submitted + t.Approved + t.Accepted + t.Released }

// count adds an entry in a state; the empty state is one that is awaited.
func (t *Tally) count(state objectives.State) {
	switch state {
	case "":
		t.Awaited++
	case objectives.Draft:
		t.Draft++
	case objectives.Submitted:
		t.Submitted++
	case objectives.Approved:
		t.Approved++
	case objectives.Accepted:
		t.Accepted++
	case objectives.Released:
		t.Released++
	}
}

func (r *MatrixRow) at(agency int64) *Tally {
	if r.cells[agency] == nil {
		r.cells[agency] = &Tally{}
	}
	return r.cells[agency]
}

// Matrix counts the measures that are in use and the entries of a round.
func (s *Store) Matrix(ctx context.Context, actor auth.Actor, cycle string) (Matrix, error) {
	var m Matrix
	if err := actor.Need(auth.Account); err != nil {
		return m, err
	}
	tx := s.db.WithContext(ctx)
	var err error
	if m.Cycle, err = cycleByCode(tx, cycle); err != nil {
		return m, err
	}
	rows, err := m.lay(tx)
	if err != nil {
		return m, err
	}
	if err := countMeasures(tx, rows); err != nil {
		return m, err
	}
	if err := countEntries(tx, m.Cycle.ID, rows); err != nil {
		return m, err
	}
	m.Agencies, err = agenciesIn(tx, m.All)
	return m, err
}

// rowsOf leads from a measure's id to the rows that count it.
type rowsOf map[int64][]*MatrixRow

// lay makes the empty rows and finds those of each measure.
func (m *Matrix) lay(tx *gorm.DB) (rowsOf, error) {
	var list []objectives.Objective
	if err := tx.Table("objectives o").Where(ofCompact).Order("number").Find(&list).Error; err != nil {
		return nil, db.Fault(err, "list objectives")
	}
	m.All = MatrixRow{cells: map[int64]*Tally{}}
	m.Rows = make([]MatrixRow, len(list)+1)
	byID := map[int64]*MatrixRow{}
	for i := range m.Rows {
		m.Rows[i].cells = map[int64]*Tally{}
		if i < len(list) {
			m.Rows[i].Objective = &list[i]
			byID[list[i].ID] = &m.Rows[i]
		}
	}
	var links []struct{ MeasureID, ObjectiveID int64 }
	err := tx.Table("measure_objectives").Joins("JOIN measures ON measures.id = measure_id AND " + liveMeasure).
		Order("measure_id, objective_id").Find(&links).Error
	if err != nil {
		return nil, db.Fault(err, "list what measures serve")
	}
	rows := rowsOf{}
	for _, l := range links {
		rows[l.MeasureID] = append(rows[l.MeasureID], byID[l.ObjectiveID])
	}
	for measure, of := range rows {
		if len(of) == objectives.Total {
			rows[measure] = []*MatrixRow{&m.Rows[len(list)]}
		}
		rows[measure] = append(rows[measure], &m.All)
	}
	return rows, nil
}

func countMeasures(tx *gorm.DB, rows rowsOf) error {
	var measures []struct {
		ID           int64
		LeadAgencyID *int64
	}
	if err := tx.Table("measures").Where(liveMeasure).Order("id").Find(&measures).Error; err != nil {
		return db.Fault(err, "list measures")
	}
	for _, measure := range measures {
		for _, row := range rows[measure.ID] {
			row.Measures++
			if measure.LeadAgencyID == nil {
				row.Unled++
				continue
			}
			row.Sum.Lead++
			row.at(*measure.LeadAgencyID).Lead++
		}
	}
	var partners []objectives.MeasurePartner
	if err := tx.Order("measure_id, agency_id").Find(&partners).Error; err != nil {
		return db.Fault(err, "list partners")
	}
	for _, p := range partners {
		for _, row := range rows[p.MeasureID] {
			row.Sum.Partner++
			row.at(p.AgencyID).Partner++
		}
	}
	return nil
}

// countEntries counts the round's entries, and its requests that have none yet.
func countEntries(tx *gorm.DB, cycle int64, rows rowsOf) error {
	var found []struct {
		MeasureID, AgencyID int64
		State               objectives.State
	}
	err := tx.Raw(`SELECT measure_id, agency_id, state FROM entries WHERE cycle_id = ? AND kind = 'progress'
		UNION ALL
		SELECT measure_id, agency_id, '' FROM requests r WHERE cycle_id = ? AND measure_id IS NOT NULL AND withdrawn_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.cycle_id = r.cycle_id AND e.agency_id = r.agency_id AND e.measure_id = r.measure_id AND e.kind = 'progress')`,
		cycle, cycle).Scan(&found).Error
	if err != nil {
		return db.Fault(err, "count entries")
	}
	for _, e := range found {
		for _, row := range rows[e.MeasureID] {
			row.Sum.count(e.State)
			row.at(e.AgencyID).count(e.State)
		}
	}
	return nil
}

// agenciesIn lists the agencies that a row counts, by code.
func agenciesIn(tx *gorm.DB, row MatrixRow) ([]objectives.Agency, error) {
	names, err := agencyNames(tx)
	if err != nil {
		return nil, err
	}
	var list []objectives.Agency
	for id := range row.cells {
		list = append(list, names[id])
	}
	slices.SortFunc(list, func(a, b objectives.Agency) int { return strings.Compare(a.Code, b.Code) })
	return list, nil
}

// cycleByCode finds a round.
func cycleByCode(tx *gorm.DB, code string) (Cycle, error) {
	var c Cycle
	err := tx.Where("code = ?", code).Take(&c).Error
	return c, db.Fault(err, "reporting round "+code)
}
