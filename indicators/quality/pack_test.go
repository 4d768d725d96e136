package quality_test

import (
	"os"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/countries"
	"gcm/indicators/quality"
	"gcm/internal/db/dbtest"
	"gcm/internal/i18n"
)

func loaded(t *testing.T, db *gorm.DB) {
	files, ok := countries.Embedded("kazakhstan")
	if !ok {
		t.Fatal("no pack")
	}
	pack, err := countries.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := countries.Load(t.Context(), db, pack); err != nil {
		t.Fatal(err)
	}
}

func TestDump(t *testing.T) {
	db := dbtest.SQLite(t)
	loaded(t, db)
	start := time.Now()
	all, err := quality.NewStore(db).Findings(t.Context())
	t.Log(time.Since(start), len(all), err)
	for _, lang := range []string{"en", "kk", "ru"} {
		if os.Getenv("LANGS") == "" && lang != "en" {
			continue
		}
		p, _ := i18n.New(lang)
		for _, f := range all {
			t.Log(f.Indicator, f.Place(), f.Rule, f.Severity, "|", f.Message(p))
		}
	}
}
