package progress_test

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gorm.io/gorm"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// problems lists the fields and keys of err as "field key".
func problems(err error) []string {
	var list []string
	for _, p := range fault.ProblemsOf(err) {
		list = append(list, strings.TrimSpace(p.Field+" "+p.Key))
	}
	return list
}

func TestTextsAreKeptTidy(t *testing.T) {
	h := open(t, compact.SQLite(t))
	e := h.started()
	c := full("  бірінші\r\nекінші\vүшінші\x00\u0007  ")
	c.Progress.Results = i18n.Text{"ru": "и\u0306", "en": " \n "}
	e, err := h.Save(t.Context(), h.contributor, e.Code, e.Version, c)
	p := e.Content.Progress
	if err != nil || p.Narrative["kk"] != "бірінші\nекінші\nүшінші" || p.Results["ru"] != "й" || len(p.Results) != 1 {
		t.Errorf("%q, %q, %v", p.Narrative, p.Results, err)
	}
}

func TestSameContentAgainWritesNothing(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		e := h.started()
		on := h.recorded(0)
		again, err := h.Save(t.Context(), h.colleague, e.Code, e.Version-1, full(" Жүйе іске қосылды\r\n"))
		if err != nil || again.Version != e.Version || h.recorded(0) != on || again.Editors.Has(h.colleague.UserID) {
			t.Errorf("%+v, %v", again, err)
		}
	})
}

func TestWhatCannotBeKeptIsNamedAtOnce(t *testing.T) {
	h := open(t, compact.SQLite(t))
	long := strings.Repeat("ә", 20_001)
	for name, c := range map[string]struct {
		kind progress.Kind
		c    progress.Content
		want string
	}{
		"texts": {progress.KindProgress, progress.Content{Progress: &progress.Progress{
			Status: objectives.Delayed, Narrative: i18n.Text{"kk": long, "ru": "\xff", "../x": "a"},
		}}, "progress.status entry.error.unknown, progress.narrative.../x entry.error.language, progress.narrative.kk entry.error.long, progress.narrative.ru entry.error.encoding"},
		"another kind": {progress.KindProgress, proposal("Шара"), "entry.error.kind"},
		"two kinds":    {progress.KindProgress, progress.Content{Progress: full("а").Progress, Values: &progress.Values{}}, "entry.error.kind"},
		"figures": {progress.KindValues, progress.Content{Values: &progress.Values{Rows: []progress.Figure{
			{Period: "2025-13", Value: number(1), Qualifier: "about"}, {Period: "2025", Breakdown: "flow", Value: number(math.Inf(1)), Decimals: 16},
		}}}, "values.rows.0.period entry.error.period, values.rows.0.qualifier entry.error.unknown, values.rows.1.breakdown entry.error.breakdown, values.rows.1.value entry.error.number, values.rows.1.decimals entry.error.number"},
		"too many figures": {progress.KindValues, progress.Content{Values: &progress.Values{Rows: slices.Repeat([]progress.Figure{figure("2025", 1)}, 601)}}, "values.rows entry.error.rows"},
		"a mapping": {progress.KindMapping, progress.Content{Mapping: &progress.Mapping{
			Objectives: []progress.ObjectiveLink{{Number: 24}, {Number: 5}, {Number: 5}, {Number: 6, Rank: "tertiary"}}, Actions: []progress.ActionLink{{Ref: "21(z)"}},
		}}, "mapping.objectives.1 entry.error.twice, mapping.objectives.2 entry.error.unknown, mapping.objectives.3 entry.error.unknown, mapping.actions.0 entry.error.unknown"},
		"a proposal": {progress.KindMeasure, progress.Content{Measure: &progress.Proposal{Category: "x", Status: "delayed", Starts: "2026", Ends: "2025"}},
			"measure.status entry.error.unknown, measure.category entry.error.unknown, measure.ends entry.error.period"},
	} {
		record := map[progress.Kind]string{progress.KindValues: "arrivals", progress.KindProgress: "e-visa", progress.KindMapping: "e-visa"}[c.kind]
		e, err := h.Start(t.Context(), h.contributor, "2026", c.kind, record, "")
		h.must(err)
		_, err = h.Save(t.Context(), h.contributor, e.Code, e.Version, c.c)
		if got := strings.Join(problems(err), ", "); got != c.want {
			t.Errorf("%s: got  %s\n want %s", name, got, c.want)
		}
	}
}

func TestWhatIsMissingIsNamedAtOnce(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		in := figure("2025", 1)
		in.Breakdown = "flow=sideways"
		for name, c := range map[string]struct {
			kind   progress.Kind
			record string
			c      progress.Content
			want   string
		}{
			"nothing":               {progress.KindProgress, "e-visa", progress.Content{Progress: &progress.Progress{}}, "progress.status entry.error.status, progress.narrative entry.error.narrative"},
			"a status without note": {progress.KindProgress, "e-visa", progress.Content{Progress: &progress.Progress{Status: objectives.Completed, Narrative: i18n.Text{"ru": "Да"}}}, "progress.note entry.error.note, evidence entry.error.evidence"},
			"no figures":            {progress.KindValues, "arrivals", progress.Content{Values: &progress.Values{}}, "values.rows entry.error.no_rows"},
			"figures": {progress.KindValues, "arrivals", progress.Content{Values: &progress.Values{Rows: []progress.Figure{
				figure("2025", 1), figure("2025", 2), figure("2027-02", 3), in, {Value: number(4)}, {Period: "2024"}, {Period: "2023", Value: number(5), Qualifier: indicators.Missing},
			}}}, "values.rows.1.period entry.error.twice, values.rows.2.period entry.error.future, values.rows.3.breakdown entry.error.breakdown, values.rows.4.period entry.error.no_period, values.rows.5.value entry.error.value, values.rows.6.value entry.error.value"},
			"an empty proposal": {progress.KindMeasure, "", progress.Content{Measure: &progress.Proposal{}}, "measure.title entry.error.title, measure.category entry.error.category, measure.status entry.error.status, measure.objectives entry.error.no_objective"},
			"a mapping": {progress.KindMapping, "e-visa", progress.Content{Mapping: &progress.Mapping{
				Objectives: []progress.ObjectiveLink{{Number: 5, Rank: objectives.Primary}, {Number: 6, Rank: objectives.Primary, Reason: i18n.Text{"en": "So"}}}, Actions: []progress.ActionLink{{Ref: "21(d)"}},
			}}, "mapping.objectives.0.reason entry.error.mapping_reason, mapping.objectives entry.error.primary, mapping.actions.0.reason entry.error.mapping_reason"},
			"an unranked proposal": {progress.KindMeasure, "", progress.Content{Measure: &progress.Proposal{Title: i18n.Text{"ru": "Мера"}, Category: "law", Status: objectives.Planned, Mapping: progress.Mapping{
				Objectives: []progress.ObjectiveLink{{Number: 5, Reason: i18n.Text{"en": "So"}}},
			}}}, "measure.objectives.0.rank entry.error.rank"},
		} {
			h.clear()
			e, err := h.Start(t.Context(), h.contributor, "2026", c.kind, c.record, "")
			h.must(err)
			e, err = h.Save(t.Context(), h.contributor, e.Code, e.Version, c.c)
			h.must(err)
			_, err = h.Submit(t.Context(), h.contributor, e.Code, e.Version)
			if got := strings.Join(problems(err), ", "); got != c.want {
				t.Errorf("%s: got  %s\n want %s", name, got, c.want)
			}
		}
	})
}

func TestDifferencesAreByFieldAndLanguage(t *testing.T) {
	before, after := full("Ескі"), full("Жаңа")
	before.Progress.Narrative["ru"], after.Progress.Narrative["en"] = "Старое", "New"
	after.Progress.Status = objectives.Completed
	got := progress.Differences(before, after)
	want := []progress.Difference{
		{"progress.status", "", "", "in_progress", "completed"}, {"progress.narrative", "", "en", "", "New"},
		{"progress.narrative", "", "kk", "Ескі", "Жаңа"}, {"progress.narrative", "", "ru", "Старое", ""},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	one := figure("2025", 1.5)
	one.Decimals = 1
	was := progress.Content{Values: &progress.Values{Rows: []progress.Figure{one, figure("2024", 2)}}}
	is := progress.Content{Values: &progress.Values{Rows: []progress.Figure{figure("2025", 3)}}}
	want = []progress.Difference{{"values.value", "2025", "", "1.5", "3"}, {"values.value", "2024", "", "2", ""}, {"values.qualifier", "2024", "", "exact", ""}}
	if got := progress.Differences(was, is); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if got := progress.Differences(proposal("Шара"), proposal("Шара")); got != nil {
		t.Errorf("the same differs by %+v", got)
	}
}

func TestEveryFieldThatMayDifferHasAName(t *testing.T) {
	everything := []progress.Content{{Progress: &progress.Progress{Status: "planned", Note: text, Narrative: text, Results: text, Challenges: text, NextSteps: text, Support: text}},
		{Values: &progress.Values{Rows: []progress.Figure{{Period: "2025", Value: number(1), Qualifier: indicators.Exact, Note: text}}, Note: text}}, proposal("Шара"),
		{Mapping: &progress.Mapping{Objectives: []progress.ObjectiveLink{{5, objectives.Primary, text}}, Actions: []progress.ActionLink{{"21(d)", objectives.Primary, text}}}}}
	p, err := i18n.New("kk")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range everything {
		for _, d := range progress.Differences(progress.Content{}, c) {
			if !p.Has(d.Key()) {
				t.Errorf("%s has no name", d.Key())
			}
		}
	}
}

var text = i18n.Text{"kk": "Мәтін"}

func TestLastRoundStandsBeside(t *testing.T) {
	compact.Each(t, func(t *testing.T, db *gorm.DB) {
		h := open(t, db)
		old := h.brought(objectives.Released)
		_, err := h.OpenCycle(t.Context(), h.coordinator, progress.Cycle{Code: "2027", Name: text, Cutoff: "2027-12-31"})
		h.must(err)
		e, err := h.Start(t.Context(), h.contributor, "2027", progress.KindProgress, "e-visa", "")
		h.must(err)
		before, err := h.Previous(t.Context(), h.contributor, e)
		if err != nil || before == nil || before.Code != old.Code || before.Content.Progress.Narrative["kk"] != "Жүйе іске қосылды" {
			t.Errorf("%+v, %v", before, err)
		}
		if none, err := h.Previous(t.Context(), h.contributor, old); none != nil || err != nil {
			t.Errorf("%+v, %v", none, err)
		}
	})
}

func FuzzContent(f *testing.F) {
	f.Add("progress", `{"progress":{"status":"planned","narrative":{"kk":" а\r\n\u0000"}}}`)
	f.Add("values", `{"values":{"rows":[{"period":"2025","breakdown":"a=b;c=d","value":1.5,"qualifier":"exact"}]}}`)
	f.Add("mapping", `{"mapping":{"objectives":[{"number":5},{"number":5}],"actions":[{"ref":"21(d)"}]}}`)
	f.Fuzz(func(t *testing.T, kind, content string) {
		var c progress.Content
		if json.Unmarshal([]byte(content), &c) != nil {
			return
		}
		once, found := c.Normal(progress.Kind(kind))
		if found != nil {
			return
		}
		again, found := once.Normal(progress.Kind(kind))
		a, _ := json.Marshal(once)
		b, _ := json.Marshal(again)
		if found != nil || string(a) != string(b) {
			t.Errorf("what is kept changes when it is kept again: %s, %s, %v", a, b, found)
		}
		if !utf8.Valid(a) || strings.Contains(string(a), `\u0000`) {
			t.Errorf("%s cannot be kept", a)
		}
	})
}
