package web

import (
	"fmt"
	"net/http"
	"testing"

	"gcm/indicators"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// crowded returns a site with 500 measures and 300 indicators.
func crowded(b *testing.B) *App {
	b.Helper()
	conn := country.SQLite(b)
	app := open(b, config(b, conn))
	var measures []objectives.Measure
	for i := range 440 {
		measures = append(measures, objectives.Measure{
			Code: fmt.Sprintf("measure-%d", i), Title: i18n.Text{"kk": fmt.Sprintf("Шара %d", i), "ru": fmt.Sprintf("Мера %d", i)},
			Status: objectives.InProgress, Category: "law", State: objectives.Released, LeadAgency: &objectives.Agency{Code: "mia"},
		})
	}
	var list []indicators.Indicator
	for i := range 230 {
		list = append(list, indicators.Indicator{
			Code: fmt.Sprintf("indicator-%d", i), Name: i18n.Text{"kk": fmt.Sprintf("Көрсеткіш %d", i)},
			Unit: indicators.Persons, FigureType: indicators.Statistic, Direction: indicators.Neutral, State: objectives.Released,
		})
	}
	err := db.Transact(b.Context(), conn, func(tx *db.DB) error {
		if err := objectives.NewStore(tx).PutMeasures(b.Context(), measures); err != nil {
			return err
		}
		return indicators.NewStore(tx).PutIndicators(b.Context(), list)
	})
	if err != nil {
		b.Fatal(err)
	}
	return app
}

func BenchmarkRegisters(b *testing.B) {
	as := person(b, crowded(b), "", auth.Coordinator)
	for _, path := range []string{"/work/measures", "/work/measures?text=Мера&page=5", "/work/measures?agency=mia&status=in_progress", "/work/indicators", "/work/measures/e-visa"} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				if w := as.get(path); w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}
