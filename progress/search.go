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

// hits are the ids of records that a filter lets through, each a list as SQL
// writes it: SQLite takes long to bind many parameters.
type hits struct{ measures, indicators, proposals string }

// among holds for rows whose measure, indicator or own id is a hit. IS TRUE keeps
// SQLite from gathering all hits by index to sort them afterwards.
func (h hits) among(measure, indicator, own string) string {
	return "(" + measure + " IN " + h.measures + " OR " + indicator + " IN " + h.indicators + " OR " + own + " IN " + h.proposals + ") IS TRUE"
}

// search looks through the titles that the actor may read. They are compared here
// and not in the database: neither make folds Cyrillic letters everywhere.
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
	var ids []int64
	for _, row := range rows {
		for _, wording := range row.Title {
			if strings.Contains(strings.ToLower(wording), wanted) {
				ids = append(ids, row.ID)
				break
			}
		}
	}
	return inline(ids), db.Fault(err, "search titles")
}

// inline writes ids as a list of SQL, which is never empty.
func inline(ids []int64) string {
	list := []byte("(0")
	for _, id := range ids {
		list = strconv.AppendInt(append(list, ','), id, 10)
	}
	return string(list) + ")"
}
