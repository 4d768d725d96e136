package pdf

import (
	"io"
	"testing"

	"gcm/reports"
	"gcm/reports/pdf/specimen"
)

func benchmark(b *testing.B, doc reports.Document) {
	b.ReportAllocs()
	for b.Loop() {
		stats, err := Render(io.Discard, doc)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(stats.Pages), "pages")
	}
}

func BenchmarkOnePage(b *testing.B)         { benchmark(b, specimen.Short("kk")) }
func BenchmarkSixtyPages(b *testing.B)      { benchmark(b, specimen.Long("kk", 60)) }
func BenchmarkSixHundredPages(b *testing.B) { benchmark(b, specimen.Long("kk", 600)) }
