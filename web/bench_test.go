package web

import (
	"net/http"
	"testing"
)

func BenchmarkPages(b *testing.B) {
	for _, path := range []string{"/kk/", "/kk/objectives/5", "/kk/measures", "/kk/measures/e-visa", "/kk/indicators", "/kk/indicators/refugees-registered", "/kk/about", "/indicators/refugees-registered.csv"} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				if w := get(shared, path); w.Code != http.StatusOK {
					b.Fatalf("answers %d", w.Code)
				}
			}
		})
	}
}

// BenchmarkKept asks for what is kept, from 32 clients at once.
func BenchmarkKept(b *testing.B) {
	for _, path := range []string{"/en/", "/indicators/refugees-registered.json"} {
		b.Run(path, func(b *testing.B) {
			b.SetParallelism(16)
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					if w := get(shared, path, "Accept-Encoding", "br"); w.Code != http.StatusOK {
						b.Errorf("answers %d", w.Code)
					}
				}
			})
		})
	}
}
