package intake_test

import (
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/indicators/intake"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
)

var actor = auth.System("the test")

// house returns a register with one indicator, broken down by sex.
func house(t *testing.T, g *gorm.DB) *indicators.Store {
	t.Helper()
	store := indicators.NewStore(g)
	for _, err := range []error{
		store.PutDimensions(t.Context(), []indicators.Dimension{
			{Code: "sex", Name: i18n.Text{"ru": "Пол"}, Codes: []indicators.DimensionCode{{Code: "F", Name: i18n.Text{"ru": "Женщины"}}, {Code: "M", Name: i18n.Text{"ru": "Мужчины"}, Position: 1}}},
		}),
		store.PutIndicators(t.Context(), []indicators.Indicator{{
			Code: "new-arrivals", Name: i18n.Text{"ru": "Прибывшие"}, Unit: indicators.Persons, FigureType: indicators.Statistic, Direction: indicators.Neutral, State: objectives.Released,
			Dimensions: []indicators.IndicatorDimension{{Dimension: indicators.Dimension{Code: "sex"}}},
		}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return store
}

func take(t *testing.T, g *gorm.DB, body string, o intake.Options, preview bool) *intake.Report {
	t.Helper()
	report, err := intake.Import(t.Context(), g, actor, source("file.csv", []byte(body)), o, preview, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func values(t *testing.T, store *indicators.Store, code string) []string {
	t.Helper()
	i, err := store.IndicatorByCode(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, o := range i.Observations {
		all = append(all, strings.Join([]string{string(o.Period), o.Breakdown.String(), number(o), string(o.Unit), string(o.Qualifier), o.ObsStatus, o.Note.In("ru")}, "|"))
	}
	slices.Sort(all)
	return all
}

func number(o indicators.Observation) string {
	if o.Value == nil {
		return "none"
	}
	p, _ := i18n.New("en")
	return p.Number(*o.Value, o.Decimals)
}

const known = "показатель;год;Пол;значение;единица;статус;примечание\nnew-arrivals;2019;;12 345,5;человек;;\nNEW_ARRIVALS;2019;женщины;<5;;E;мало\nnew-arrivals;2020;;..;;O;\n"

func TestAFileIsTakenIntoTheRegister(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		store := house(t, g)
		preview := take(t, g, strings.ReplaceAll(known, "NEW_ARRIVALS", "new-arrivals"), intake.Options{Language: "ru"}, true)
		if preview.Bad != 0 || preview.Intake.New != 3 || len(values(t, store, "new-arrivals")) != 0 {
			t.Fatalf("the preview says %+v and left %v", preview, values(t, store, "new-arrivals"))
		}
		report := take(t, g, strings.ReplaceAll(known, "NEW_ARRIVALS", "new-arrivals"), intake.Options{Language: "ru"}, false)
		if report.Bad != 0 || report.Intake.New != 3 {
			t.Fatalf("got %+v", report)
		}
		expect(t, values(t, store, "new-arrivals"), "2019|sex=F|5|persons|less_than|E|мало", "2019||12,345.5|persons|exact|A|", "2020||none|persons|missing|O|")
		var entry audit.Entry
		if err := g.Order("seq DESC").Take(&entry).Error; err != nil || entry.Noun != "import" || entry.Record != "file.csv" || !strings.Contains(entry.After, report.SHA256) {
			t.Errorf("on record is %+v, %v", entry, err)
		}
	})
}

func TestEveryWrongCellIsNamedAndNothingIsWritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		store := house(t, g)
		report := take(t, g, "indicator,year,sex,value,unit\nnew-arrivals,2019,F,5,\nother,2019,,5,\nnew-arrivals,20x9,,5,\nnew-arrivals,2019,Z,5,\nnew-arrivals,2019,,five,\nnew-arrivals,2019,,5,percent\n", intake.Options{}, false)
		var got []string
		for _, p := range report.Problems {
			got = append(got, strings.Join([]string{p.Place.String(), p.Column, p.Value, p.Key}, " "))
		}
		expect(t, got, "3 indicator other import.problem.indicator", "4 year 20x9 import.problem.period", "5 sex Z import.problem.code", "6 value five import.problem.number", "7 unit percent import.problem.unit")
		if report.Bad != 5 || len(values(t, store, "new-arrivals")) != 0 {
			t.Errorf("%d are bad, and written is %v", report.Bad, values(t, store, "new-arrivals"))
		}
	})
}

func TestAValueThatAFileHasTwiceIsNamedWithBothRows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		house(t, g)
		report := take(t, g, "indicator,year,sex,value\nnew-arrivals,2019,F,5\nnew-arrivals,2019,Женщины,6\n", intake.Options{}, false)
		if report.Bad != 1 || report.Problems[0].Place.Row != 3 || report.Problems[0].Args[0] != "2" {
			t.Errorf("got %+v", report)
		}
	})
}

func TestWhatTheRegisterLacksIsMadeWhenAsked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		store := house(t, g)
		src := intake.Source{Name: "folder", Folder: openSDG()}
		report, err := intake.Import(t.Context(), g, actor, src, intake.Options{Create: true}, false, nil)
		if err != nil || report.Bad != 0 || len(report.Brings.Indicators) != 2 {
			t.Fatalf("got %+v, %v", report, err)
		}
		expect(t, values(t, store, "1-1-1"), "2003/2005|sex=women|4|other|exact|A|", "2019||5|other|exact|A|")
		made, err := store.IndicatorByCode(t.Context(), "1-1-1")
		if err != nil || made.Name["ru"] != "Бедность" || made.ScaleNote.In("en") != "Per 1000" || made.State != objectives.Released || made.SDGIndicators[0] != "1.1.1" {
			t.Errorf("made %+v, %v", made, err)
		}
		again, err := intake.Import(t.Context(), g, actor, src, intake.Options{Create: true}, false, nil)
		if err != nil || again.Intake.Same != 4 || len(again.Brings.Indicators)+len(again.Brings.Dimensions) != 0 {
			t.Errorf("the second time: %+v, %v", again, err)
		}
	})
}

func TestASeriesInAnotherUnitIsAnIndicatorOfItsOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		store := house(t, g)
		body := "SERIES,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT\nAB_CD,2019,1.5,PT,\nAB_CD,2019,2.5,PS,3\n"
		for range 2 {
			if report := take(t, g, body, intake.Options{Create: true}, false); report.Bad != 0 {
				t.Fatalf("got %+v", report.Problems)
			}
		}
		expect(t, values(t, store, "ab-cd"), "2019||1.5|percent|exact|A|")
		expect(t, values(t, store, "ab-cd-ps"), "2019||2,500|persons|exact|A|")
	})
}

func TestOnlyCoordinatorsImport(t *testing.T) {
	g := dbtest.SQLite(t)
	_, err := intake.Import(t.Context(), g, auth.Actor{Who: audit.Who{UserID: 1}, Roles: []auth.Role{auth.Contributor}}, source("f.csv", []byte(known)), intake.Options{}, false, nil)
	if fault.KindOf(err) != fault.Forbidden {
		t.Errorf("got %v", err)
	}
}

func TestWhatTwoFilesOfAFolderSayAlikeIsTakenInOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		store := house(t, g)
		folder := openSDG()
		folder["data/other.xml"] = folder["data/more.xml"]
		src := intake.Source{Name: "folder", Folder: folder}
		report, err := intake.Import(t.Context(), g, actor, src, intake.Options{Create: true}, false, nil)
		if err != nil || report.Bad != 0 || report.Intake.New != 4 {
			t.Fatalf("got %+v, %v", report, err)
		}
		if got := values(t, store, "new"); len(got) != 2 {
			t.Errorf("taken in is %v", got)
		}
	})
}
