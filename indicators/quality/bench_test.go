package quality_test

import (
	"fmt"
	"runtime"
	"syscall"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators/quality"
	"gcm/internal/db/dbtest"
)

// million writes 1,000 indicators with 1,000 values each: 25 years of a total and
// 39 regions.
const million = `INSERT INTO observations (indicator_id, period, breakdown, value, decimals, value_text, unit, qualifier, obs_status, state, position, note, quotes)
WITH RECURSIVE years(y) AS (SELECT 0 UNION ALL SELECT y + 1 FROM years WHERE y < 24), cells(c) AS (SELECT 0 UNION ALL SELECT c + 1 FROM cells WHERE c < 39)
SELECT i.id, CAST(2001 + y AS TEXT), CASE c WHEN 0 THEN '' ELSE 'region=R' || c END,
	CASE c WHEN 0 THEN 90000 ELSE 1000 END + (i.id * 31 + c * 17 + y * 7) % 97, 0, '', 'persons', 'exact', 'A', 'released', 0, '{}', '[]'
FROM indicators i, years, cells`

const thousand = `INSERT INTO indicators (code, name, definition, unit, scale_note, figure_type, direction, data_source, sdg_targets, state, note)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
SELECT 'i' || i, %s, '{}', 'persons', '{}', 'statistic', 'neutral', '{}', '[]', 'released', '{}' FROM n`

// BenchmarkMillionObservations measures a whole run, and what memory the program
// has taken from the system when it is done.
func BenchmarkMillionObservations(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *gorm.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.PostgreSQL} {
		b.Run(name, func(b *testing.B) {
			db := open(b)
			named := map[string]string{"sqlite": `'{"en":"Number of arrivals, district ' || i || '"}'`, "postgres": `CAST('{"en":"Number of arrivals, district ' || i || '"}' AS JSONB)`}[name]
			for _, statement := range []string{fmt.Sprintf(thousand, named), million} {
				if err := db.Exec(statement).Error; err != nil {
					b.Fatal(err)
				}
			}
			before := processor()
			for b.Loop() {
				found := 0
				if err := quality.NewStore(db).Run(b.Context(), func(quality.Finding) error { found++; return nil }); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(found), "findings")
			}
			var mem runtime.MemStats
			runtime.ReadMemStats(&mem)
			b.ReportMetric(float64(mem.Sys>>20), "MiB")
			b.ReportMetric((processor()-before)/float64(b.N), "cpu-s/run")
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/run")
		})
	}
}

// processor is the processor time that the program has used, in seconds: on a busy
// machine the clock says little.
func processor() float64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return float64(used.Utime.Sec+used.Stime.Sec) + float64(used.Utime.Usec+used.Stime.Usec)/1e6
}
