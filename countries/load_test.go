package countries_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"gcm/countries"
	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
)

func TestNothingOfAPackIsLostInTheDatabase(t *testing.T) {
	for name, pack := range map[string]*countries.Pack{"kazakhstan": kazakhstan(t), "testland": read(t, testland(t))} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, conn *db.DB) {
				if report := load(t, conn, pack); !report.Changed() {
					t.Fatalf("%+v", report)
				}
				if got, want := jsonOf(t, snapshot(t, conn)), jsonOf(t, pack); got != want {
					t.Errorf("the database holds another pack: %s", firstDifference(got, want))
				}
			})
		})
	}
}

func TestLoadingAgainWritesNothing(t *testing.T) {
	pack := kazakhstan(t)
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		first := load(t, conn, pack)
		if len(first.Added) == 0 {
			t.Fatal("nothing was added")
		}
		writes := 0
		count := func(*db.DB) { writes++ }
		for _, err := range []error{
			conn.Callback().Create().After("gorm:create").Register("test:create", count),
			conn.Callback().Update().After("gorm:update").Register("test:update", count),
			conn.Callback().Delete().After("gorm:delete").Register("test:delete", count),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		again := load(t, conn, pack)
		if writes != 0 || again.Changed() || again.Unchanged != len(first.Added) || len(again.Kept)+len(again.Gone) != 0 {
			t.Errorf("%d writes, %+v", writes, again)
		}
		if lines := again.Lines(); len(lines) != 1 || !strings.HasPrefix(lines[0], "KAZ: nothing changed") {
			t.Errorf("the report says %q", lines)
		}
	})
}

func TestTwoLoadsAtOnceLoadOnce(t *testing.T) {
	pack := read(t, testland(t))
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		var added [3]int
		var together sync.WaitGroup
		for i := range added {
			together.Go(func() {
				report, err := countries.Load(t.Context(), conn, pack)
				if err != nil {
					t.Error(err)
				}
				added[i] = len(report.Added)
			})
		}
		together.Wait()
		if slices.Sort(added[:]); added[0] != 0 || added[1] != 0 || added[2] == 0 {
			t.Errorf("the loads add %v records", added)
		}
	})
}

func TestNewPackUpdatesWhatNobodyTouched(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		load(t, conn, read(t, testland(t)))
		files := testland(t)
		edit(t, files, "measures.yaml", "en: Ferry", "en: Night ferry")
		edit(t, files, "measures.yaml", "    - legal_instruments: [bridge-act]\n      basis: inferred\n", "    - legal_instruments: [bridge-act]\n      basis: inferred\n      rank: primary\n")
		edit(t, files, "measures.yaml", `    - actions: ["28(a)"]`, `    - actions: ["28(b)"]`)
		edit(t, files, "indicators.yaml", "unit: persons", "unit: count")
		edit(t, files, "indicators.yaml", "  observations:\n", "  observations:\n    - period: \"2026\"\n      value: 7\n      qualifier: exact\n")
		edit(t, files, "dimensions.yaml", "    - code: north", "    - code: east\n      name:\n        en: East\n        fr: Est\n    - code: north")
		edit(t, files, "agencies.yaml", "  successor: lake-board\n", "")
		edit(t, files, "reviews/2030/fr/objective-01.md", "Rien", "Presque rien")
		pack := read(t, files)
		report := load(t, conn, pack)
		want := "agency 1, measure 2, dimension 1, indicator 1, observation 4, section 1"
		if lines := report.Lines(); len(lines) != 2 || lines[0] != "TST: added observation 1" || lines[1] != "TST: updated "+want {
			t.Errorf("the report says %q", lines)
		}
		if got, want := jsonOf(t, snapshot(t, conn)), jsonOf(t, pack); got != want {
			t.Errorf("the database holds another pack: %s", firstDifference(got, want))
		}
		if again := load(t, conn, pack); again.Changed() {
			t.Errorf("loading again changes %+v", again)
		}
	})
}

func TestWhatAPersonEditedIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		load(t, conn, read(t, testland(t)))
		for _, statement := range []string{
			`UPDATE measures SET status = 'completed', title = '{"en":"Old ferry","fr":"Vieux bac"}' WHERE code = 'ferry'`,
			`UPDATE challenges SET state = 'submitted' WHERE code = 'few-boats'`,
			`UPDATE observations SET value = 1300 WHERE period = '2029'`,
			`UPDATE review_sections SET body = 'Tout est vrai.' WHERE language = 'fr'`,
			`UPDATE review_sections SET state = 'cleared' WHERE language = 'en'`,
			`DELETE FROM glossary_terms`,
		} {
			if err := conn.Exec(statement).Error; err != nil {
				t.Fatal(err)
			}
		}
		before := jsonOf(t, snapshot(t, conn))
		files := testland(t)
		edit(t, files, "measures.yaml", "en: Ferry", "en: Night ferry")
		edit(t, files, "indicators.yaml", "value: 1200", "value: 1250")
		report := load(t, conn, read(t, files))
		if after := jsonOf(t, snapshot(t, conn)); after != before || report.Changed() {
			t.Errorf("what was edited was overwritten: %s", firstDifference(after, before))
		}
		var lines []string
		for _, d := range report.Kept {
			lines = append(lines, strings.Join([]string{d.Key.String(), d.Field, d.Here, d.Pack}, "|"))
		}
		want := []string{
			`challenge few-boats|state|"submitted"|`,
			`measure ferry|status|"completed"|"in_progress"`,
			`measure ferry|title|{"en":"Old ferry","fr":"Vieux bac"}|{"en":"Night ferry","fr":"Bac"}`,
			`observation guests@2029|value|"1300"|"1250"`,
			`section 2030/en/key-messages|state|"cleared"|`,
			`section 2030/fr/objective-01|body|"Tout est vrai."|"Rien n’est vrai ici.\n"`,
			`term guest|||`,
		}
		if slices.Sort(lines); !slices.Equal(lines, want) {
			t.Errorf("the report says\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
		}
	})
}

func TestQuestionsThatPeopleChangedAreKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		load(t, conn, read(t, testland(t)))
		for _, statement := range []string{
			`UPDATE questions SET text = '{"en":"What happened?","fr":"Que s’est-il passé ?"}' WHERE code = 'news'`,
			`UPDATE questions SET archived_at = '2030-01-01 00:00:00+00:00' WHERE code = 'all-of-it'`,
			`INSERT INTO questions (code, position, part, text, answers, sections, objectives, indicators) VALUES ('own-1', 3, '{}', '{"en":"Mine","fr":"À moi"}', '["support"]', '[]', '[2]', '[]')`,
		} {
			if err := conn.Exec(statement).Error; err != nil {
				t.Fatal(err)
			}
		}
		files := testland(t)
		edit(t, files, "questionnaire.yaml", "en: What is new?", "en: Any news?")
		edit(t, files, "questionnaire.yaml", "en: And the rest?", "en: And all else?")
		edit(t, files, "questionnaire.yaml", "en: Who crosses?", "en: Who crosses the lake?")
		report := load(t, conn, read(t, files))
		if len(report.Updated) != 1 || report.Updated[0].String() != "question crossings" || len(report.Kept) != 3 {
			t.Errorf("%+v", report)
		}
		p := snapshot(t, conn)
		if len(p.Questions) != 4 || p.Questions[0].Text["en"] != "What happened?" || p.Questions[1].Text["en"] != "Who crosses the lake?" || !p.Questions[2].Archived || p.Questions[3].Code != "own-1" {
			t.Errorf("%+v", p.Questions)
		}
	})
}

func TestObservationThatAPersonEnteredStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		load(t, conn, read(t, testland(t)))
		err := conn.Exec(`INSERT INTO observations (indicator_id, period, breakdown, value, decimals, value_text, unit, qualifier, obs_status, state, position, note, quotes)
			SELECT id, '2030', '', 9, 0, '', unit, 'exact', 'A', 'draft', 99, '{}', '[]' FROM indicators WHERE code = 'guests'`).Error
		if err != nil {
			t.Fatal(err)
		}
		files := testland(t)
		edit(t, files, "indicators.yaml", "en: Guests over", "en: All guests over")
		report := load(t, conn, read(t, files))
		if len(report.Updated) != 1 || report.Updated[0].String() != "indicator guests" || len(report.Kept) != 0 {
			t.Errorf("%+v", report)
		}
		if i := snapshot(t, conn).Indicators[0]; i.Name["en"] != "All guests over the bridge" || len(i.Observations) != 5 || i.Observations[4].State != "draft" {
			t.Errorf("%+v", i)
		}
	})
}

func TestPublishedReviewIsNotRewritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		load(t, conn, read(t, testland(t)))
		if err := conn.Exec("UPDATE reviews SET state = 'published'").Error; err != nil {
			t.Fatal(err)
		}
		files := testland(t)
		edit(t, files, "pack.yaml", "First review", "Second review")
		edit(t, files, "reviews/2030/fr/objective-01.md", "Rien", "Presque rien")
		if report := load(t, conn, read(t, files)); report.Changed() {
			t.Errorf("%+v", report)
		}
		if p := snapshot(t, conn); p.Reviews[0].Title["en"] != "First review of Testland" || p.Sections[1].Body != "Rien n’est vrai ici.\n" {
			t.Errorf("%+v %+v", p.Reviews, p.Sections)
		}
	})
}

func TestRecordThatLeftThePackStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		load(t, conn, read(t, testland(t)))
		files := testland(t)
		delete(files, "glossary.yaml")
		delete(files, "reviews/2030/fr/objective-01.md")
		report := load(t, conn, read(t, files))
		want := []string{
			"TST: nothing changed; 25 records stand as the pack has them",
			"term guest: no longer in the pack, kept here",
			"section 2030/fr/objective-01: no longer in the pack, kept here",
		}
		if got := report.Lines(); !slices.Equal(got, want) {
			t.Errorf("the report says %q", got)
		}
		if p := snapshot(t, conn); len(p.Terms) != 1 || len(p.Sections) != 2 {
			t.Errorf("%d terms, %d sections", len(p.Terms), len(p.Sections))
		}
	})
}

func TestDatabaseHoldsOneState(t *testing.T) {
	other := kazakhstan(t)
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		load(t, conn, read(t, testland(t)))
		before := jsonOf(t, snapshot(t, conn))
		_, err := countries.Load(t.Context(), conn, other)
		if fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), "holds the pack of TST") {
			t.Errorf("got %v", err)
		}
		if jsonOf(t, snapshot(t, conn)) != before {
			t.Error("something was written")
		}
	})
}

func TestLoadThatFailsLeavesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		for what, spoil := range map[string]func(*countries.Pack){
			"there is no agency nobody":       func(p *countries.Pack) { p.Measures[1].LeadAgency = "nobody" },
			"there is no agency successor":    func(p *countries.Pack) { p.Agencies[0].Successor = "successor" },
			"there is no objective 24":        func(p *countries.Pack) { p.Challenges[0].Mapping[0].Objectives[0] = 24 },
			"there is no action 99(a)":        func(p *countries.Pack) { p.Measures[0].Mapping[2].Actions = []string{"99(a)"} },
			"there is no dimension weather":   func(p *countries.Pack) { p.Indicators[0].Dimensions[1] = "weather" },
			"there is no agency nowhere":      func(p *countries.Pack) { p.Indicators[0].Agency = "nowhere" },
			"there is no measure tunnel":      func(p *countries.Pack) { p.Indicators[0].Mapping[1].Measures[0] = "tunnel" },
			"there is no review cycle 2031":   func(p *countries.Pack) { p.Reviews[0].Cycle = "2031" },
			"write indicators":                func(p *countries.Pack) { p.Indicators[1].FigureType = "guess" },
			"write measure_objectives":        func(p *countries.Pack) { p.Measures[1].Mapping[0].Basis = "guessed" },
			"review of cycle 2030: not found": func(p *countries.Pack) { p.Reviews[0].Cycle, p.Cycles[0].Code = "2031", "2031" },
		} {
			pack := read(t, testland(t))
			spoil(pack)
			report, err := countries.Load(t.Context(), conn, pack)
			if err == nil || len(report.Added) != 0 || !strings.Contains(err.Error(), what) {
				t.Errorf("%+v, %v; want %q", report, err, what)
			}
			list, err := objectives.NewStore(conn).Objectives(t.Context())
			if jsonOf(t, snapshot(t, conn)) != jsonOf(t, &countries.Pack{}) || len(list) != 0 || err != nil {
				t.Fatalf("%s leaves %d objectives and %v", what, len(list), snapshot(t, conn).Country)
			}
		}
	})
}

func TestBadFilesLoadNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		for what, spoil := range map[string]func(fstest.MapFS){
			"pack.yaml: is missing":              func(f fstest.MapFS) { delete(f, "pack.yaml") },
			"a country pack is a folder":         func(f fstest.MapFS) { maps.DeleteFunc(f, func(string, *fstest.MapFile) bool { return true }) },
			"is not YAML":                        func(f fstest.MapFS) { f["glossary.yaml"] = &fstest.MapFile{Data: []byte("- [")} },
			"is no objective of the Compact":     func(f fstest.MapFS) { edit(t, f, "challenges.yaml", "[1]", "[99]") },
			"is the code of an earlier record":   func(f fstest.MapFS) { edit(t, f, "dimensions.yaml", "code: season", "code: shore_side") },
			"does not stand in lake-report":      func(f fstest.MapFS) { edit(t, f, "agencies.yaml", "text: Lake Board", "text: Sea Board") },
			"is not UTF-8":                       func(f fstest.MapFS) { edit(t, f, "measures.yaml", "Ferry", "F\xe9rry") },
			"holds the control character U+001B": func(f fstest.MapFS) { edit(t, f, "measures.yaml", "Ferry", "Fe\x1brry") },
		} {
			files := testland(t)
			spoil(files)
			pack, err := countries.Read(files)
			if err == nil {
				_, err = countries.Load(t.Context(), conn, pack)
			}
			if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), what) {
				t.Errorf("got %v, want %q", err, what)
			}
			if jsonOf(t, snapshot(t, conn)) != jsonOf(t, &countries.Pack{}) {
				t.Errorf("loaded in spite of %v", err)
			}
		}
	})
}

func load(t *testing.T, conn *db.DB, p *countries.Pack) countries.Report {
	t.Helper()
	report, err := countries.Load(t.Context(), conn, p)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func snapshot(t *testing.T, conn *db.DB) *countries.Pack {
	t.Helper()
	p, err := countries.Snapshot(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	return p
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

func TestLoadingIsOnRecord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		entries := func() []audit.Entry {
			var list []audit.Entry
			if err := conn.Order("seq").Find(&list).Error; err != nil {
				t.Fatal(err)
			}
			return list
		}
		report := load(t, conn, read(t, testland(t)))
		first := entries()
		if len(first) != len(report.Added) || first[0].Who != "country pack" || first[0].Action != "create" || first[0].Before != "" {
			t.Fatalf("%d entries for %d records", len(first), len(report.Added))
		}
		load(t, conn, read(t, testland(t)))
		files := testland(t)
		edit(t, files, "measures.yaml", "en: Ferry", "en: Night ferry")
		load(t, conn, read(t, files))
		again := entries()[len(first):]
		if len(again) != 1 || again[0].Action+again[0].Noun+again[0].Record != "changemeasureferry" ||
			!strings.Contains(again[0].Before, `"Ferry"`) || !strings.Contains(again[0].After, `"Night ferry"`) {
			t.Errorf("%+v", again)
		}
	})
}

func TestWhatPeopleKeepInRegistersSurvivesLoading(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *db.DB) {
		pack := read(t, testland(t))
		load(t, conn, pack)
		measures := objectives.NewStore(conn).MeasureRegister(indicators.FollowMeasure)
		actor := auth.System("test")
		ferry, err := measures.Record(t.Context(), "ferry")
		if err != nil {
			t.Fatal(err)
		}
		own := ferry.Content
		own.Title = i18n.Text{"en": "Our own measure"}
		own.Milestones = []objectives.Milestone{{Name: i18n.Text{"en": "Start"}, Due: "2031"}}
		if _, err := measures.Create(t.Context(), actor, "own", own); err != nil {
			t.Fatal(err)
		}
		if err := measures.Merge(t.Context(), actor, "ferry", "own", "the same"); err != nil {
			t.Fatal(err)
		}
		files := testland(t)
		edit(t, files, "measures.yaml", "en: Ferry", "en: Night ferry")
		report := load(t, conn, read(t, files))
		after, err := measures.Record(t.Context(), "own")
		if err != nil || after.Content.Title["en"] != "Our own measure" || len(after.Content.Milestones) != 1 {
			t.Errorf("%+v, %v", after, err)
		}
		if ferry, err = measures.Record(t.Context(), "ferry"); err != nil || ferry.ArchivedAt == nil || ferry.Successor != "own" {
			t.Errorf("%+v, %v; %+v", ferry, err, report)
		}
	})
}
