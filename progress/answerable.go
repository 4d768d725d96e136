package progress

import (
	"context"

	"gcm/internal/db"
)

// Answerable returns the codes of the indicators for which an agency answers: the
// passport names it, it leads a measure that the indicator describes, or it was
// asked for values.
func (s *Store) Answerable(ctx context.Context, agency string) ([]string, error) {
	var codes []string
	err := s.db.WithContext(ctx).Raw(`SELECT i.code FROM indicators i JOIN agencies a ON a.code = ?
		WHERE i.agency_id = a.id
		OR i.id IN (SELECT l.indicator_id FROM indicator_measures l JOIN measures m ON m.id = l.measure_id WHERE m.lead_agency_id = a.id)
		OR i.id IN (SELECT r.indicator_id FROM requests r WHERE r.agency_id = a.id AND r.withdrawn_at IS NULL AND r.indicator_id IS NOT NULL)
		ORDER BY i.code`, agency).Scan(&codes).Error
	return codes, db.Fault(err, "list the indicators of an agency")
}
