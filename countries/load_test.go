package countries_test

import (
	"encoding/json"
	"testing"
	"time"

	"gcm/countries"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
)

func kazakhstan(t *testing.T) *countries.Pack {
	t.Helper()
	files, ok := countries.Embedded("kazakhstan")
	if !ok {
		t.Fatal("the program carries no pack of Kazakhstan")
	}
	p, err := countries.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestNothingOfAPackIsLostInTheDatabase(t *testing.T) {
	pack := kazakhstan(t)
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		start := time.Now()
		report, err := countries.Load(t.Context(), conn, pack)
		if err != nil {
			t.Fatal(err)
		}
		t.Log(time.Since(start), report.Lines())
		start = time.Now()
		report, err = countries.Load(t.Context(), conn, pack)
		t.Log(time.Since(start), report.Lines(), err)
		stored, err := countries.Snapshot(t.Context(), conn)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := jsonOf(t, stored), jsonOf(t, pack); got != want {
			t.Errorf("the database holds another pack: %s", firstDifference(got, want))
		}
	})
}

func jsonOf(t *testing.T, p *countries.Pack) string {
	t.Helper()
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// firstDifference shows where two texts part.
func firstDifference(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	return "got …" + got[max(0, i-200):min(len(got), i+100)] + "…, want …" + want[max(0, i-200):min(len(want), i+100)] + "…"
}
