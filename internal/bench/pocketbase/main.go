// Command pocketbase serves observations by PocketBase, so that the program is
// measured beside it on the same data. It is a module of its own: the program
// itself needs nothing of it.
//
//	pocketbase DIR ADDRESS FILE
//
// FILE is CSV as the measurement writes it: indicator, period, sex, region,
// value, unit. The word "ready" is printed when requests are answered.
package main

import (
	"encoding/csv"
	"fmt"
	"log"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("pocketbase DIR ADDRESS FILE")
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

func run(dir, address, file string) error {
	app := pocketbase.NewWithConfig(pocketbase.Config{DefaultDataDir: dir, HideStartBanner: true})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	if err := fill(app, file); err != nil {
		return err
	}
	go func() {
		for range 100 {
			if r, err := http.Get("http://" + address + "/api/health"); err == nil {
				_ = r.Body.Close()
				fmt.Println("ready")
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}()
	return apis.Serve(app, apis.ServeConfig{HttpAddr: address})
}

// fill makes the collections and writes the rows of the file.
func fill(app core.App, file string) error {
	open := ""
	indicators := core.NewBaseCollection("indicators")
	indicators.ListRule, indicators.ViewRule = &open, &open
	indicators.Fields.Add(&core.TextField{Name: "code", Required: true})
	indicators.AddIndex("indicators_code", true, "code", "")
	if err := app.Save(indicators); err != nil {
		return err
	}
	observations := core.NewBaseCollection("observations")
	observations.ListRule, observations.ViewRule = &open, &open
	observations.Fields.Add(
		&core.RelationField{Name: "indicator", CollectionId: indicators.Id, MaxSelect: 1},
		&core.TextField{Name: "period"}, &core.TextField{Name: "sex"}, &core.TextField{Name: "region"},
		&core.NumberField{Name: "value"}, &core.TextField{Name: "unit"},
	)
	observations.AddIndex("observations_series", false, "indicator, period", "")
	if err := app.Save(observations); err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error {
		ids := map[string]string{}
		for n, row := range rows[1:] {
			if ids[row[0]] == "" {
				ids[row[0]] = fmt.Sprintf("i%014d", len(ids))
				if _, err := tx.DB().Insert("indicators", dbx.Params{"id": ids[row[0]], "code": row[0]}).Execute(); err != nil {
					return err
				}
			}
			value, err := strconv.ParseFloat(row[4], 64)
			if err != nil {
				return err
			}
			_, err = tx.DB().Insert("observations", dbx.Params{
				"id": fmt.Sprintf("o%014d", n), "indicator": ids[row[0]], "period": row[1], "sex": row[2], "region": row[3], "value": value, "unit": row[5],
			}).Execute()
			if err != nil {
				return err
			}
		}
		return nil
	})
}
