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
