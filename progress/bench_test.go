package progress_test

import (
	"testing"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/objectives"
	"gcm/progress"
	"gcm/progress/progresstest"
)

// BenchmarkEntries measures one page of the list among 3,000 entries on 500
// measures and 300 indicators.
func BenchmarkEntries(b *testing.B) {
	db := dbtest.SQLite(b)
	coordinator, contributor := progresstest.Full(b, db)
	partner := auth.Actor{Who: coordinator.Who, Roles: []auth.Role{auth.Partner}, Scope: auth.Scope{Objectives: []int{5, 7}}}
	freeze(db, now)
	store := progress.NewStore(db)
	for name, c := range map[string]struct {
		who    auth.Actor
		filter progress.Filter
	}{
		"coordinator": {coordinator, progress.Filter{}},
		"last page":   {coordinator, progress.Filter{Offset: progresstest.Entries - 50}},
		"round":       {coordinator, progress.Filter{Cycle: "2026", State: objectives.Submitted}},
		"overdue":     {coordinator, progress.Filter{OverdueOn: now.Format(time.DateOnly)}},
		"text":        {coordinator, progress.Filter{Text: "әдеттегідей"}},
		"contributor": {contributor, progress.Filter{}},
		"partner":     {partner, progress.Filter{}},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				lines, n, err := store.Entries(b.Context(), c.who, c.filter)
				if err != nil || n == 0 || len(lines) == 0 {
					b.Fatal(len(lines), n, err)
				}
			}
		})
	}
}
