package web

import (
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/progress/progresstest"
)

// BenchmarkFullHouse measures the pages among 1,000 measures, 480 indicators,
// 4,000 entries and a million observations, one request at a time and nothing
// kept.
func BenchmarkFullHouse(b *testing.B) {
	for _, house := range []struct {
		name string
		open func(testing.TB) *db.DB
	}{{"SQLite", dbtest.SQLite}, {"PostgreSQL", dbtest.PostgreSQL}} {
		b.Run(house.name, func(b *testing.B) {
			people := fullHouse(b, house.open(b))
			for _, page := range fullPages {
				b.Run(page.as+" "+page.path, func(b *testing.B) {
					stopwatch(b, func() {
						if w := people[page.as].get(anew(page.path)); w.Code != http.StatusOK {
							b.Fatalf("answers %d", w.Code)
						}
					})
				})
			}
		})
	}
}

// fullPages are the pages that hold the most, and who asks for them.
var fullPages = []struct{ as, path string }{
	{"coordinator", "/work"},
	{"coordinator", "/work/measures"},
	{"coordinator", "/work/measures?text=шара&page=5"},
	{"coordinator", "/work/measures?agency=agency-3&status=in_progress"},
	{"coordinator", "/work/indicators"},
	{"coordinator", "/work/entries"},
	{"coordinator", "/work/entries?page=60"},
	{"coordinator", "/work/entries?cycle=2026"},
	{"coordinator", "/work/entries?agency=agency-3"},
	{"coordinator", "/work/entries?kind=values"},
	{"coordinator", "/work/entries?state=submitted"},
	{"coordinator", "/work/entries?status=in_progress"},
	{"coordinator", "/work/entries?overdue=1"},
	{"coordinator", "/work/entries?mine=1"},
	{"coordinator", "/work/entries?text=шара"},
	{"coordinator", "/work/queue"},
	{"coordinator", "/work/queue?objective=5"},
	{"coordinator", "/work/queue?text=шара"},
	{"coordinator", "/work/rounds"},
	{"coordinator", "/work/rounds/2026"},
	{"coordinator", "/work/requests"},
	{"coordinator", "/work/accountability"},
	{"coordinator", "/work/accountability/timeliness"},
	{"coordinator", "/work/accountability/white-spots"},
	{"coordinator", "/work/agencies"},
	{"contributor", "/work"},
	{"contributor", "/work/entries"},
	{"contributor", "/work/entries/entry0-0"},
	{"partner", "/work"},
	{"partner", "/work/entries"},
	{"partner", "/work/entries?text=шара"},
	{"partner", "/en/"},
	{"partner", "/en/objectives/5"},
	{"partner", "/en/measures/measure-7"},
	{"visitor", "/en/"},
	{"visitor", "/en/?by=agency"},
	{"visitor", "/en/objectives"},
	{"visitor", "/en/objectives/5"},
	{"visitor", "/en/measures"},
	{"visitor", "/en/measures?status=in_progress"},
	{"visitor", "/en/measures/measure-7"},
	{"visitor", "/en/indicators"},
	{"visitor", "/en/agencies"},
	{"visitor", "/en/agencies/agency-3"},
	{"visitor", "/en/matrix"},
	{"visitor", "/en/timeline"},
	{"visitor", "/en/objectives/5/actions/a"},
	{"visitor", "/en/indicators/indicator-7"},
	{"visitor", "/en/indicators?objective=5"},
	{"visitor", "/en/data"},
	{"visitor", "/en/search?q=measure"},
	{"visitor", "/en/?by=principle"},
	{"visitor", "/en/principles"},
	{"visitor", "/en/principles/a"},
	{"visitor", "/en/laws"},
	{"visitor", "/en/glossary"},
	{"visitor", "/en/reviews"},
	{"visitor", "/en/data/gaps"},
	{"visitor", "/en/about"},
	{"visitor", "/en/api"},
	{"visitor", "/en/feed.atom"},
	{"visitor", "/en/objectives/5/share.png"},
	{"visitor", "/en/indicators/indicator-7/share.png"},
	{"visitor", "/en/indicators/indicator-7.csv"},
	{"visitor", "/en/indicators/indicator-7.svg"},
	{"visitor", "/en/indicators?page=5"},
	{"visitor", "/en/indicators/compare?i=indicator-7&i=indicator-8"},
	{"visitor", "/embed/indicators/indicator-7"},
	{"visitor", "/embed/objectives/5"},
	{"visitor", "/sitemap.xml"},
	{"visitor", "/sdmx/dataflow"},
	{"visitor", "/api/v1/observations"},
	{"visitor", "/api/v1/objectives"},
	{"visitor", "/api/v1/measures"},
	{"visitor", "/api/v1/indicators"},
	{"visitor", "/api/v1/observations?indicator=indicator-7"},
}

// anew is an address with a parameter that no page knows, so that its answer is
// not one that was kept; addresses of the API refuse such a one.
func anew(path string) string {
	if strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/sdmx/") {
		return path
	}
	if strings.Contains(path, "?") {
		return path + "&anew=1"
	}
	return path + "?anew=1"
}

// fullHouse is who asks, in a site at the size of progresstest.
func fullHouse(b testing.TB, conn *db.DB) map[string]*client {
	b.Helper()
	progresstest.Full(b, conn)
	progresstest.Figures(b, conn)
	if db.IsPostgres(conn) { // a server at work looks at its tables by itself; this one is started for the tests
		if err := conn.Exec("ANALYZE").Error; err != nil {
			b.Fatal(err)
		}
	}
	app := open(b, config(b, conn))
	return map[string]*client{
		"visitor": {app: app}, "coordinator": person(b, app, "", auth.Coordinator),
		"contributor": person(b, app, "agency-0", auth.Contributor), "partner": person(b, app, "", auth.Partner),
	}
}

// stopwatch reports how long one call takes, by the clock and by the processor.
func stopwatch(b *testing.B, call func()) {
	var times []time.Duration
	before := processor()
	for b.Loop() {
		begin := time.Now()
		call()
		times = append(times, time.Since(begin))
	}
	spent := processor() - before
	slices.Sort(times)
	b.ReportMetric(milliseconds(times[len(times)/2]), "median-ms")
	b.ReportMetric(milliseconds(times[(len(times)*99+99)/100-1]), "p99-ms") // the nearest rank
	b.ReportMetric(milliseconds(spent)/float64(len(times)), "cpu-ms")
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// processor is the time of processors that this process has used.
func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // never fails on itself
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
