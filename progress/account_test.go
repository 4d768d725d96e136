package progress_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// almaty is five hours before UTC, as the whole of Kazakhstan is.
var almaty = time.FixedZone("Asia/Almaty", 5*3600)

// accountant may see the accountability of all agencies.
var accountant = auth.Actor{Who: audit.Who{UserID: 1}, Roles: []auth.Role{auth.Editor}}

// counted fills a database with two agencies and six measures that can be
// counted by hand; the clock stands on 16 January 2027, 01:00 in Almaty.
//
//	a and b lead or take part:  m1 (1, 2) a with b · m2 (2) b · m3 (2) nobody · all (1–23) a · old (2) a, archived
//	requests of 2026, due 15 January: a on m1, m2 and i1, b on m1 and m3
func counted(t *testing.T, conn *gorm.DB) *progress.Store {
	t.Helper()
	conn.NowFunc = func() time.Time { return time.Date(2027, 1, 15, 20, 0, 0, 0, time.UTC) }
	store := objectives.NewStore(conn)
	measure := func(code, lead string, partners []string, numbers ...int) objectives.Measure {
		m := objectives.Measure{Code: code, Title: i18n.Text{"kk": code}, Status: objectives.InProgress, Category: "law", State: objectives.Released}
		if lead != "" {
			m.LeadAgency = &objectives.Agency{Code: lead}
		}
		for _, p := range partners {
			m.Partners = append(m.Partners, objectives.MeasurePartner{Agency: objectives.Agency{Code: p}})
		}
		for _, n := range numbers {
			m.Objectives = append(m.Objectives, objectives.MeasureObjective{Objective: objectives.Objective{Number: n}, Mapping: objectives.Mapping{Basis: objectives.Inferred}})
		}
		return m
	}
	var every []int
	for n := range objectives.Total {
		every = append(every, n+1)
	}
	m1 := measure("m1", "a", []string{"b"}, 1, 2)
	m1.Actions = []objectives.MeasureAction{{Action: objectives.Action{Ref: "17(a)"}, Mapping: objectives.Mapping{Basis: objectives.Inferred}}}
	for _, err := range []error{
		store.PutAgencies(t.Context(), []objectives.Agency{{Code: "a", Name: i18n.Text{"kk": "А"}, Kind: "ministry"}, {Code: "b", Name: i18n.Text{"kk": "Б"}, Kind: "ministry"}, {Code: "c", Kind: "ministry"}}),
		store.PutMeasures(t.Context(), []objectives.Measure{m1, measure("m2", "b", nil, 2), measure("m3", "", nil, 2), measure("all", "a", nil, every...), measure("old", "a", nil, 2)}),
		conn.Exec("UPDATE measures SET archived_at = ? WHERE code = 'old'", conn.NowFunc()).Error,
		indicators.NewStore(conn).PutIndicators(t.Context(), []indicators.Indicator{
			{Code: "i1", Name: i18n.Text{"kk": "i1"}, Unit: indicators.Persons, FigureType: indicators.Statistic, Direction: indicators.Neutral, State: objectives.Released,
				Measures: []indicators.IndicatorMeasure{{Measure: objectives.Measure{Code: "m1"}, Mapping: objectives.Mapping{Basis: objectives.Inferred}}}},
			{Code: "i2", Name: i18n.Text{"kk": "i2"}, Unit: indicators.Persons, FigureType: indicators.Statistic, Direction: indicators.Neutral, State: objectives.Released},
		}),
		conn.Create(&auth.User{ID: 1, Email: "x@example.kz", Language: "kk", Digest: "daily", CreatedAt: conn.NowFunc(), Version: 1}).Error,
		conn.Create(&progress.Cycle{Code: "2026", Cutoff: "2026-12-31", CutoffBasis: objectives.Stated}).Error,
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, asked := range []string{"a m1 2027-01-15", "a m2 2027-01-15", "a i1 2027-01-16", "b m1 2027-01-15", "b m3 2027-01-15"} {
		ask(t, conn, asked)
	}
	// 15 January 23:30 and 16 January 00:30 in Almaty are one day in UTC.
	enter(t, conn, "a", "m1", objectives.Submitted, time.Date(2027, 1, 15, 18, 30, 0, 0, time.UTC))
	enter(t, conn, "b", "m1", objectives.Released, time.Date(2027, 1, 15, 19, 30, 0, 0, time.UTC))
	enter(t, conn, "b", "m2", objectives.Draft, time.Time{}) // without being asked
	return progress.NewStore(conn)
}

// ids finds a record by its code.
func ids(t *testing.T, conn *gorm.DB, table, code string) *int64 {
	t.Helper()
	var found []int64
	if err := conn.Table(table).Where("code = ?", code).Pluck("id", &found).Error; err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		return nil
	}
	return &found[0]
}

// ask writes a request: "agency record due".
func ask(t *testing.T, conn *gorm.DB, line string) {
	t.Helper()
	f := strings.Fields(line)
	r := progress.Request{
		CycleID: *ids(t, conn, "cycles", "2026"), AgencyID: *ids(t, conn, "agencies", f[0]), Due: f[2], CreatedBy: 1, CreatedAt: conn.NowFunc(),
		MeasureID: ids(t, conn, "measures", f[1]), IndicatorID: ids(t, conn, "indicators", f[1]),
	}
	if err := conn.Create(&r).Error; err != nil {
		t.Fatal(err)
	}
}

// enter writes an agency's entry on a measure as it stands after its submission.
func enter(t *testing.T, conn *gorm.DB, agency, measure string, state objectives.State, submitted time.Time) {
	t.Helper()
	e := progress.Entry{
		Code: agency + "-" + measure, CycleID: *ids(t, conn, "cycles", "2026"), Kind: progress.KindProgress, AgencyID: *ids(t, conn, "agencies", agency),
		MeasureID: ids(t, conn, "measures", measure), State: state, Version: 1, AssigneeID: 1, CreatedAt: conn.NowFunc(), UpdatedAt: conn.NowFunc(),
		Content: progress.Content{Progress: &progress.Progress{Narrative: i18n.Text{"kk": "қупия"}}},
	}
	if !submitted.IsZero() {
		e.SubmittedAt, e.FirstSubmittedAt = &submitted, &submitted
	}
	if err := conn.Create(&e).Error; err != nil {
		t.Fatal(err)
	}
}

func TestMatrixAgreesWithWhatWasCountedByHand(t *testing.T) {
	compact.Each(t, func(t *testing.T, conn *gorm.DB) {
		m, err := counted(t, conn).Matrix(t.Context(), accountant, "2026")
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Rows) != 24 || len(m.Agencies) != 2 || m.Agencies[0].Code != "a" {
			t.Fatalf("%d rows, agencies %v", len(m.Rows), m.Agencies)
		}
		for name, row := range map[string]struct {
			row  progress.MatrixRow
			want string // measures, without lead; a; b; sum
		}{
			"objective 1":   {m.Rows[0], "1 0 {1 0 0 0 1 0 0 0} {0 1 0 0 0 0 0 1} {1 1 0 0 1 0 0 1}"},
			"objective 2":   {m.Rows[1], "3 1 {1 0 1 0 1 0 0 0} {1 1 1 1 0 0 0 1} {2 1 2 1 1 0 0 1}"},
			"objective 3":   {m.Rows[2], "0 0 {0 0 0 0 0 0 0 0} {0 0 0 0 0 0 0 0} {0 0 0 0 0 0 0 0}"},
			"cross-cutting": {m.Rows[23], "1 0 {1 0 0 0 0 0 0 0} {0 0 0 0 0 0 0 0} {1 0 0 0 0 0 0 0}"},
			"all":           {m.All, "4 1 {2 0 1 0 1 0 0 0} {1 1 1 1 0 0 0 1} {3 1 2 1 1 0 0 1}"},
		} {
			got := fmt.Sprint(row.row.Measures, row.row.Unled, row.row.Of(m.Agencies[0]), row.row.Of(m.Agencies[1]), row.row.Sum)
			if got != row.want {
				t.Errorf("%s is %s, want %s", name, got, row.want)
			}
		}
	})
}

func TestTimelinessIsJudgedByTheDayInTheAgencysZone(t *testing.T) {
	compact.Each(t, func(t *testing.T, conn *gorm.DB) {
		store := counted(t, conn)
		for zone, want := range map[*time.Location]string{
			almaty:   "2026 a 3 1 0 1 1 · 2026 b 2 0 1 1 0",
			time.UTC: "2026 a 3 1 0 0 2 · 2026 b 2 1 0 0 1",
		} {
			for _, cycle := range []string{"2026", ""} {
				list, err := store.Timeliness(t.Context(), accountant, cycle, zone)
				var got []string
				for _, p := range list {
					got = append(got, fmt.Sprint(p.Cycle, " ", p.Agency.Code, " ", p.Asked, p.OnTime, p.Late, p.Missed, p.NotDue))
				}
				if strings.Join(got, " · ") != want || err != nil {
					t.Errorf("in %s: %v, %v, want %s", zone, got, err, want)
				}
			}
		}
		if list, err := store.Timeliness(t.Context(), accountant, "2030", almaty); err != nil || len(list) != 0 {
			t.Errorf("a round without requests has %v, %v", list, err)
		}
	})
}

func TestWhiteSpotsAreFound(t *testing.T) {
	compact.Each(t, func(t *testing.T, conn *gorm.DB) {
		store := counted(t, conn)
		ask(t, conn, "c m2 2027-01-15")
		found, err := store.WhiteSpots(t.Context(), accountant, "2026")
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{
			"objective_measure": "23: 21 3 4 …", "action_measure": "187: 186 17(b) 17(c) …", "measure_lead": "4: 1 m3",
			"measure_indicator": "4: 3 m2 m3 …", "indicator_measure": "2: 1 i2", "agency_entry": "3: 1 c", "request_entry": "6: 4 m2 i1 …",
		}
		for _, group := range found {
			got := fmt.Sprintf("%d: %d", group.Of, len(group.Spots))
			for i, spot := range group.Spots {
				if i == 2 {
					got += " …"
					break
				}
				got += " " + spot.Code
				if spot.Noun == "" {
					t.Errorf("%s: %s has no noun", group.Kind, spot.Code)
				}
			}
			if got != want[group.Kind] {
				t.Errorf("%s is %s, want %s", group.Kind, got, want[group.Kind])
			}
		}
		if last := found[6].Spots[0]; last.Agency["kk"] != "А" || last.Name["kk"] != "m2" || last.Noun != "measure" {
			t.Errorf("a request without an entry is %+v", last)
		}
	})
}

func TestAccountabilityAsksForItsPermission(t *testing.T) {
	store := counted(t, compact.SQLite(t))
	partner := auth.Actor{Who: audit.Who{UserID: 2}, Roles: []auth.Role{auth.Partner}}
	_, matrix := store.Matrix(t.Context(), partner, "2026")
	_, timeliness := store.Timeliness(t.Context(), partner, "2026", almaty)
	_, spots := store.WhiteSpots(t.Context(), partner, "2026")
	for _, err := range []error{matrix, timeliness, spots} {
		if fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a partner gets %v", err)
		}
	}
	_, err := store.Matrix(t.Context(), accountant, "1999")
	if fault.KindOf(err) != fault.NotFound {
		t.Errorf("an unknown round is %v", err)
	}
}
