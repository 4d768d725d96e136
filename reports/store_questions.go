package reports

import (
	"context"

	"gorm.io/gorm"

	"gcm/internal/db"
)

// Questionnaire returns the State's questionnaire with all questions in their
// order, archived ones included; nil when there is none.
func (s *Store) Questionnaire(ctx context.Context) (*Questionnaire, error) {
	var rows []Questionnaire
	if err := s.db.WithContext(ctx).Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, db.Fault(err, "read the questionnaire")
	}
	err := s.db.WithContext(ctx).Order("position, id").Find(&rows[0].Questions).Error
	return &rows[0], db.Fault(err, "read the questions")
}

// PutQuestions writes the questionnaire, when there is one, and questions by
// their codes. Who has the form of the questions open is told that they changed.
func (s *Store) PutQuestions(ctx context.Context, frame []Questionnaire, rows []Question) error {
	if len(frame)+len(rows) == 0 {
		return nil
	}
	return db.Transact(ctx, s.db, func(tx *gorm.DB) error {
		for i := range frame {
			frame[i].ID = 1
		}
		if err := db.PutKeeping(tx, frame, []string{"version"}, "id"); err != nil {
			return err
		}
		if err := db.PutKeeping(tx, rows, []string{"archived_at"}, "code"); err != nil {
			return err
		}
		err := tx.Model(&Questionnaire{}).Where("id = 1").Update("version", gorm.Expr("version + 1")).Error
		return db.Fault(err, "count the versions of the questionnaire")
	})
}
