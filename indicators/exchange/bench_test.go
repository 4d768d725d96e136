package exchange_test

import (
	"fmt"
	"io"
	"runtime"
	"sync"
	"testing"
	"time"

	"gcm/indicators"
	"gcm/indicators/exchange"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// million hands over a million observations of a thousand indicators, by year and
// sex, without holding them.
func million(yield func(exchange.Row) error) error {
	note := i18n.Text{"kk": "Алдын ала дерек", "ru": "Предварительные данные", "en": "Provisional"}
	cells := []indicators.Breakdown{{}, {"sex": "F"}, {"sex": "M"}, {"age-group": "15+"}, {"age-group": "15+", "sex": "F"}}
	for i := range 1000 {
		for year := range 200 {
			for n, cell := range cells {
				value := float64(i*1000+year) + float64(n)/10
				r := exchange.Row{Indicator: fmt.Sprintf("indicator-%d", i), Observation: indicators.Observation{
					Period: period.Period(fmt.Sprint(1900 + year)), Breakdown: cell, Value: &value, Decimals: 1, Unit: indicators.Persons,
					Qualifier: indicators.Exact, ObsStatus: "A", ConfStatus: indicators.Free, ValueText: "12,5 мың", Note: note,
				}}
				if err := yield(r); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// BenchmarkMillion writes a million observations in each format of figures and tells
// the rows in a second and the most of the heap that was in use meanwhile.
func BenchmarkMillion(b *testing.B) {
	var all []indicators.Indicator
	for i := range 1000 {
		all = append(all, indicators.Indicator{Code: fmt.Sprintf("indicator-%d", i), Name: i18n.Text{"kk": "Көрсеткіш", "ru": "Показатель", "en": "Indicator"}, Unit: indicators.Persons})
	}
	s, err := exchange.NewSet(country, dimensions, all, million)
	if err != nil {
		b.Fatal(err)
	}
	s.At = time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, code := range []string{"csv", "xlsx", "sdmx-csv", "sdmx-csv-1.0", "sdmx-json", "datapackage"} {
		f, _ := exchange.FormatOf(code)
		b.Run(f.Code, func(b *testing.B) {
			stop := peak()
			for b.Loop() {
				if err := exchange.Write(io.Discard, f, s); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(stop())/(1<<20), "MiB")
			b.ReportMetric(float64(s.Count)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// peak watches how much of the heap is in use until it is stopped.
func peak() (stop func() uint64) {
	runtime.GC()
	done := make(chan struct{})
	var most uint64
	var watching sync.WaitGroup
	watching.Go(func() {
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
	return func() uint64 { close(done); watching.Wait(); return most }
}
