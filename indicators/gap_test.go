package indicators_test

import (
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// measuring is a released statistic of objective 5 with the given observations.
func measuring(code string, rows ...indicators.Observation) indicators.Indicator {
	return indicators.Indicator{
		ID: 7, Code: code, FigureType: indicators.Statistic, State: objectives.Released, Observations: rows,
		Objectives: []indicators.IndicatorObjective{{ObjectiveID: 5, Objective: objectives.Objective{ID: 5, Number: 5}}},
	}
}

func keys(gaps []indicators.Gap) string {
	var list []string
	for _, g := range gaps {
		list = append(list, g.Key())
	}
	return strings.Join(list, " ")
}

func TestGapsAreFoundByRule(t *testing.T) {
	sex := indicators.IndicatorDimension{Dimension: indicators.Dimension{ID: 1, Code: "sex"}, Expected: true}
	age := indicators.IndicatorDimension{Dimension: indicators.Dimension{ID: 2, Code: "age"}}
	broken := measuring("a", exact("2025", "", 3), exact("2025", "age=x", 3))
	broken.Dimensions = []indicators.IndicatorDimension{sex, age}
	closed := measuring("a", exact("2025", "sex=F", 3))
	closed.Dimensions = broken.Dimensions
	unfilled := measuring("a", exact("2025", "", 3), at("2025", "sex=F", 0, indicators.Missing))
	unfilled.Dimensions = broken.Dimensions
	secret := at("2025", "sex=F", 0, indicators.Missing)
	secret.Hidden = true
	hidden := measuring("a", secret)
	hidden.Dimensions = broken.Dimensions
	archived, draft := measuring("a", exact("2025", "", 1)), measuring("a", exact("2025", "", 1))
	archived.ArchivedAt, draft.State = new(time.Time), objectives.Draft
	law := measuring("a", exact("1999", "", 30))
	law.FigureType = indicators.LegalParameter
	for name, c := range map[string]struct {
		indicator indicators.Indicator
		want      string
	}{
		"nothing is missing": {measuring("a", exact("2025", "", 1)), ""},
		"no value":           {measuring("a", at("2025", "", 0, indicators.Missing)), "no_data:a"},
		"the latest value counts, of whatever cell": {measuring("a", exact("2025", "sex=F", 1), exact("2019", "", 1)), ""},
		"a breakdown that nobody gives":             {broken, "no_breakdown:a:sex"},
		"one that is given without values":          {unfilled, "no_breakdown:a:sex"},
		"one that is given":                         {closed, ""}, "one that is kept secret": {hidden, ""},
		"what is out of use measures nothing": {archived, "no_indicator:5"}, "nor does a draft": {draft, "no_indicator:5"},
		"a parameter of the law does not age": {law, ""}, "a value without a period has no age": {measuring("a", exact("", "", 1)), ""},
	} {
		got := indicators.GapsIn(indicators.Standings([]indicators.Indicator{c.indicator}), []objectives.Objective{{ID: 5, Number: 5}}, nil, day("2026-11-23"))
		if keys(got) != c.want {
			t.Errorf("%s: %q, want %q", name, keys(got), c.want)
		}
	}
}

func TestValueIsOldByItsFrequency(t *testing.T) {
	for _, c := range []struct {
		frequency indicators.Frequency
		latest    period.Period
		last      string // day on which it is not old yet
	}{
		{indicators.Unknown, "2020", "2023-12-31"}, {indicators.Annual, "2020", "2022-12-31"}, {indicators.HalfYearly, "2020-01/2020-06", "2021-06-30"},
		{indicators.Quarterly, "2020-01/2020-03", "2020-09-30"}, {indicators.Monthly, "2020-01", "2020-03-31"},
		{indicators.Weekly, "2020-01-06/2020-01-12", "2020-01-26"}, {indicators.Daily, "2020-01-06", "2020-01-08"}, {indicators.Unknown, "2020-02-29", "2023-02-28"},
	} {
		i := measuring("a", exact(c.latest, "", 1), exact("2010", "", 1))
		i.Frequency = c.frequency
		for after, want := range []string{"", "old:a"} {
			on := day(c.last).AddDate(0, 0, after)
			if got := indicators.GapsIn(indicators.Standings([]indicators.Indicator{i}), nil, nil, on); keys(got) != want || want != "" && got[0].Latest != c.latest {
				t.Errorf("%s of frequency %q on %s: %q", c.latest, c.frequency, on.Format(time.DateOnly), keys(got))
			}
		}
	}
}

func TestGapsAreComparedWithTheObjectives(t *testing.T) {
	all := []indicators.Indicator{measuring("a"), measuring("b", exact("2025", "", 1))}
	all[1].ID = 8
	of := []objectives.Objective{{ID: 5, Number: 5}, {ID: 4, Number: 4}}
	id := int64(7)
	gaps := indicators.GapsIn(indicators.Standings(all), of, []indicators.GapPlan{{Kind: indicators.NoData, IndicatorID: &id}}, day("2026-01-01"))
	rows := indicators.Compare(indicators.Standings(all), of, gaps)
	if r := rows[1]; r.Objective.Number != 5 || r.Indicators != 2 || r.Complete != 1 || r.Gaps[indicators.NoData] != 1 || r.Planned != 1 {
		t.Errorf("%+v", r)
	}
	if r := rows[0]; r.Indicators != 0 || r.Gaps[indicators.NoIndicator] != 1 || r.Planned != 0 {
		t.Errorf("%+v", r)
	}
}

func TestPlanForAGapIsOnRecordAndBelongsToIt(t *testing.T) {
	compact.Each(t, func(t *testing.T, conn *gorm.DB) {
		store := registered(t, conn, "arrivals")
		if err := objectives.NewStore(conn).PutAgencies(t.Context(), []objectives.Agency{{Code: "mia", Kind: "ministry", Name: i18n.Text{"kk": "ІІМ"}}}); err != nil {
			t.Fatal(err)
		}
		gaps := func() map[string]indicators.Gap {
			t.Helper()
			all, err := store.Indicators(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			of, err := objectives.NewStore(conn).Objectives(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			plans, err := store.GapPlans(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			found := map[string]indicators.Gap{}
			for _, g := range indicators.GapsIn(indicators.Standings(all), of, plans, day("2026-01-01")) {
				found[g.Key()] = g
			}
			return found
		}
		nothing, _ := indicators.PlanContent{}.Revision()
		plan := indicators.PlanContent{Agency: "mia", Plan: i18n.Text{"ru": " Провести опрос "}, Due: "2027"}
		for _, key := range []string{"no_data:arrivals", "no_indicator:8"} {
			if err := store.PlanGap(t.Context(), coordinator, gaps()[key], nothing, plan); err != nil {
				t.Fatal(err)
			}
		}
		found := gaps()
		if g := found["no_data:arrivals"]; g.Plan == nil || g.Plan.Plan["ru"] != "Провести опрос" || g.Owner() == nil || g.Owner().Code != "mia" {
			t.Errorf("%+v", g.Plan)
		}
		if found["no_indicator:8"].Plan == nil || found["no_indicator:9"].Plan != nil {
			t.Error("the plan of objective 8 is not its own")
		}
		err := store.PlanGap(t.Context(), coordinator, found["no_data:arrivals"], nothing, indicators.PlanContent{Plan: i18n.Text{"en": "Other"}})
		if fault.KeyOf(err) != "error.changed_meanwhile" {
			t.Errorf("over another's plan: %v", err)
		}
		err = store.PlanGap(t.Context(), coordinator, found["no_indicator:9"], nothing, indicators.PlanContent{Agency: "none", Due: "soon"})
		if problems := fault.ProblemsOf(err); len(problems) != 3 {
			t.Errorf("%v", err)
		}
		seen, _ := found["no_data:arrivals"].Plan.Content().Revision()
		if err := store.PlanGap(t.Context(), coordinator, found["no_data:arrivals"], seen, indicators.PlanContent{}); err != nil || gaps()["no_data:arrivals"].Plan != nil {
			t.Errorf("taken away: %v", err)
		}
		log, err := audit.List(t.Context(), conn, audit.Filter{Noun: "gap", Limit: 9})
		if err != nil || len(log) != 3 || log[2].Before != "" || log[2].After != `{"agency":"mia","plan":{"ru":"Провести опрос"},"due":"2027"}` || log[0].Record != "no_data:arrivals" {
			t.Errorf("%+v, %v", log, err)
		}
	})
}
