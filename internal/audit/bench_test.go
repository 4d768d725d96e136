package audit

import (
	"sync"
	"testing"

	"gcm/internal/db"
	"gcm/internal/db/dbtest"
)

// each runs a benchmark on both makes of database.
func each(b *testing.B, bench func(b *testing.B, conn *db.DB)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, dbtest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { bench(b, dbtest.PostgreSQL(b)) })
}

// BenchmarkRecord measures eight writers, one event in a transaction each.
func BenchmarkRecord(b *testing.B) {
	each(b, func(b *testing.B, conn *db.DB) {
		var writers sync.WaitGroup
		for i := range 8 {
			writers.Go(func() { record(b, conn, (b.N+i)/8) })
		}
		writers.Wait()
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
	})
}

// BenchmarkVerify measures one walk over 10,000 entries.
func BenchmarkVerify(b *testing.B) {
	const entries = 10_000
	each(b, func(b *testing.B, conn *db.DB) {
		var log []Change
		for range entries {
			log = append(log, Change{Action: "change", Noun: "entry", Record: "x", Before: kilobyte, After: kilobyte})
		}
		if err := Transact(b.Context(), conn, clerk, func(_ *db.DB, l *Log) error { l.Add(log...); return nil }); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if report, err := Verify(b.Context(), conn); err != nil || !report.Whole() {
				b.Fatal(report, err)
			}
		}
		b.ReportMetric(entries*float64(b.N)/b.Elapsed().Seconds(), "events/s")
	})
}

// kilobyte is about as long as an entry's content.
var kilobyte = make([]int, 512)
