package progress

import (
	"strconv"
	"strings"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// hits are the ids of the records whose titles hold a text, each a list as SQL
// writes it: SQLite takes long to bind many parameters. Titles are compared here
// and not in the database: neither make folds Cyrillic letters everywhere.
type hits struct{ measures, indicators, proposals string }

// search looks through the titles that the actor may read.
func search(tx *gorm.DB, actor auth.Actor, wanted string) (h hits, err error) {
	wanted = strings.ToLower(strings.TrimSpace(wanted))
	if h.measures, err = titles(tx.Model(&objectives.Measure{}).Select("id, title"), wanted); err != nil {
		return h, err
	}
	if h.indicators, err = titles(tx.Model(&indicators.Indicator{}).Select("id, name AS title"), wanted); err != nil {
		return h, err
	}
	sees := reach(actor)
	h.proposals, err = titles(tx.Table("entries AS e").Select("e.id, e.content->'measure'->'title' AS title").
		Where("e.kind = ? AND e.measure_id IS NULL AND ?", KindMeasure, sees.whole.expr()), wanted)
	return h, err
}

func titles(q *gorm.DB, wanted string) (string, error) {
	var rows []struct {
		ID    int64
		Title i18n.Text
	}
	err := q.Find(&rows).Error
	ids := []byte("(0") // so that the list is never empty
	for _, row := range rows {
		for _, wording := range row.Title {
			if strings.Contains(strings.ToLower(wording), wanted) {
				ids = strconv.AppendInt(append(ids, ','), row.ID, 10)
				break
			}
		}
	}
	return string(ids) + ")", db.Fault(err, "search titles")
}
