package main

import (
	"context"
	"os"
	"path/filepath"

	"gcm/countries"
	"gcm/indicators"
	"gcm/internal/db"
	"gcm/migrations"
	"gcm/objectives"
	"gcm/reports"
)

// review is the whole Kazakh review of 2022, composed from the built-in pack in a
// database of its own.
func review() (doc reports.Document, err error) {
	dir, err := os.MkdirTemp("", "gcm-bench-review")
	if err != nil {
		return doc, err
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	g, err := db.Open(ctx, "sqlite:"+filepath.Join(dir, "gcm.db"))
	if err != nil {
		return doc, err
	}
	defer db.Close(g)
	m, err := migrations.New(db.Pool(g), false)
	if err != nil {
		return doc, err
	}
	if _, err = m.Up(ctx); err != nil {
		return doc, err
	}
	files, _ := countries.Embedded("kazakhstan")
	pack, err := countries.Read(files)
	if err != nil {
		return doc, err
	}
	if _, err = countries.Load(ctx, g, pack); err != nil {
		return doc, err
	}
	stores := reports.Stores{Objectives: objectives.NewStore(g), Indicators: indicators.NewStore(g), Reviews: reports.NewStore(g)}
	return reports.Compose(ctx, stores, "2022", "kk", reports.Full)
}
