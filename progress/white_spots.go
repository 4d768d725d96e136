package progress

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// WhiteSpots are all records of one kind to which something is missing.
type WhiteSpots struct {
	Kind  string // of WhiteSpotKinds
	Of    int    // how many records were looked at
	Spots []WhiteSpot
}

// WhiteSpot is one record to which something is missing.
type WhiteSpot struct {
	Code   string // of the record: "5", "21(d)", a measure's
	Noun   string // "objective", "action", "measure", "indicator", "agency"
	Name   i18n.Text
	Agency i18n.Text // that was asked, of requests
}

// WhiteSpotKinds lists the kinds in the order in which they are shown.
var WhiteSpotKinds = []string{
	"objective_measure", "action_measure", "measure_lead", "measure_indicator", "indicator_measure", "agency_entry", "request_entry",
}

// whiteSpots says for each kind where to look and what has to be there. Measures
// that serve all objectives alike fill no gap of any one of them, as they are
// left out of the counts.
var whiteSpots = map[string]struct{ noun, columns, from, filled string }{
	"objective_measure": {"objective", "o.id, CAST(o.number AS TEXT) AS code, o.title AS name", "objectives o WHERE " + ofCompact, `EXISTS (
		SELECT 1 FROM measure_objectives l JOIN measures ON measures.id = l.measure_id WHERE l.objective_id = o.id AND ` + countedMeasure + `)`},
	"action_measure": {"action", "a.id, a.ref AS code, a.summary AS name", "actions a JOIN objectives o ON o.id = a.objective_id WHERE " + ofCompact, `EXISTS (
		SELECT 1 FROM measure_actions l JOIN measures ON measures.id = l.measure_id WHERE l.action_id = a.id AND ` + liveMeasure + `)`},
	"measure_lead": {"measure", "measures.id, code, title AS name", "measures WHERE " + liveMeasure, "(lead_agency_id IS NOT NULL)"},
	"measure_indicator": {"measure", "measures.id, code, title AS name", "measures WHERE " + liveMeasure, `EXISTS (
		SELECT 1 FROM indicator_measures l JOIN indicators i ON i.id = l.indicator_id WHERE l.measure_id = measures.id AND i.archived_at IS NULL)`},
	"indicator_measure": {"indicator", "i.id, code, name", "indicators i WHERE i.archived_at IS NULL", `EXISTS (
		SELECT 1 FROM indicator_measures l JOIN measures ON measures.id = l.measure_id WHERE l.indicator_id = i.id AND ` + liveMeasure + `)`},
	"agency_entry": {"agency", "g.id, code, name", "agencies g WHERE EXISTS (SELECT 1 FROM requests r WHERE r.agency_id = g.id AND r.cycle_id = @cycle AND r.withdrawn_at IS NULL)",
		"EXISTS (SELECT 1 FROM entries e WHERE e.agency_id = g.id AND e.cycle_id = @cycle)"},
	"request_entry": {"", `r.id, COALESCE(m.code, i.code) AS code, COALESCE(m.title, i.name) AS name, g.name AS agency,
			CASE WHEN m.id IS NULL THEN 'indicator' ELSE 'measure' END AS noun`,
		`requests r JOIN agencies g ON g.id = r.agency_id LEFT JOIN measures m ON m.id = r.measure_id LEFT JOIN indicators i ON i.id = r.indicator_id
			WHERE r.cycle_id = @cycle AND r.withdrawn_at IS NULL`,
		`EXISTS (SELECT 1 FROM entries e WHERE e.cycle_id = r.cycle_id AND e.agency_id = r.agency_id AND
			(e.kind = 'progress' AND e.measure_id = r.measure_id OR e.kind = 'values' AND e.indicator_id = r.indicator_id))`},
}

// ofCompact selects the Compact's objectives, liveMeasure the measures in use,
// countedMeasure those of them that are not cross-cutting.
const (
	ofCompact   = "o.framework_id = (SELECT id FROM frameworks WHERE code = 'gcm')"
	liveMeasure = "measures.archived_at IS NULL AND measures.state = 'released'"
)

var countedMeasure = fmt.Sprintf("%s AND (SELECT COUNT(*) FROM measure_objectives x WHERE x.measure_id = measures.id) < %d", liveMeasure, objectives.Total)

// WhiteSpots finds what is missing in the registers and in a round.
func (s *Store) WhiteSpots(ctx context.Context, actor auth.Actor, cycle string) ([]WhiteSpots, error) {
	if err := actor.Need(auth.Account); err != nil {
		return nil, err
	}
	tx := s.db.WithContext(ctx)
	round, err := cycleByCode(tx, cycle)
	if err != nil {
		return nil, err
	}
	var all []WhiteSpots
	for _, kind := range WhiteSpotKinds {
		found, err := lookFor(tx, kind, round.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	return all, nil
}

func lookFor(tx *gorm.DB, kind string, cycle int64) (WhiteSpots, error) {
	look, found := whiteSpots[kind], WhiteSpots{Kind: kind}
	var total int64
	err := inRound(tx, "SELECT COUNT(*) FROM "+look.from, cycle).Scan(&total).Error
	if err == nil {
		err = inRound(tx, "SELECT "+look.columns+" FROM "+look.from+" AND NOT "+look.filled+" ORDER BY 1", cycle).Scan(&found.Spots).Error
	}
	if err != nil {
		return found, db.Fault(err, "look for white spots")
	}
	for i := range found.Spots {
		if look.noun != "" {
			found.Spots[i].Noun = look.noun
		}
	}
	found.Of = int(total)
	return found, nil
}

// inRound fills in the round where a query asks for it.
func inRound(tx *gorm.DB, query string, cycle int64) *gorm.DB {
	if !strings.Contains(query, "@cycle") {
		return tx.Raw(query)
	}
	return tx.Raw(query, map[string]any{"cycle": cycle})
}
