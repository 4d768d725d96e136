package reports

import (
	"context"

	"gcm/internal/db"
	"gcm/internal/i18n"
)

// Judged is the assessment of an objective by a published review.
type Judged struct {
	Number int       // of the objective
	Cycle  string    // code
	Name   i18n.Text // of the cycle
	Level  Level
	Reason i18n.Text
}

// published is when the newest edition of an assessment's review was published; what
// was changed since has not been cleared.
const published = "(SELECT MAX(e.published_at) FROM editions e WHERE e.review_id = assessments.review_id)"

// Judgements returns the assessments of published reviews, the latest cycle first,
// by objective. While a review is corrected they are those of its newest edition
// that were not changed since.
func (s *Store) Judgements(ctx context.Context) ([]Judged, error) {
	var rows []Judged
	err := s.db.WithContext(ctx).Table("assessments").
		Select("o.number, c.code AS cycle, c.name, assessments.level, assessments.reason").
		Joins("JOIN reviews r ON r.id = assessments.review_id JOIN cycles c ON c.id = r.cycle_id JOIN objectives o ON o.id = assessments.objective_id").
		Where("r.state = 'published' OR assessments.changed_at <= " + published).Order("c.cutoff DESC, c.id DESC, o.number").Find(&rows).Error
	return rows, db.Fault(err, "list the assessments of published reviews")
}

// Step is the level's place from 1, the lowest, to 4.
func (l Level) Step() int {
	for i, known := range Levels {
		if known == l {
			return i + 1
		}
	}
	return 0
}
