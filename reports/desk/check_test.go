package desk_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
)

// found runs the check and returns what a rule finds.
func (h *house) found(rule string) (list []desk.Finding) {
	h.t.Helper()
	all, err := h.Check(h.t.Context(), "2026")
	h.must(err)
	for _, f := range all {
		if f.Rule == rule {
			list = append(list, f)
		}
	}
	return list
}

// observe gives the indicator of the house another value.
func (h *house) observe(value float64) {
	h.t.Helper()
	h.must(h.db.Table("observations").Where("period = ?", "2025").Update("value", value).Error)
}

const arrivals = "{{figure indicator:arrivals@2025}}"

func TestLivingFigureIsFlaggedWhenItsValueChangesUntilSomebodyConfirmsIt(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		h.wrote(en, "We counted "+arrivals+" and {{figure count:measures}}.\n\n{{table indicator:arrivals}}")
		list, err := h.Readings(ctx, h.editor, "2026")
		if err != nil || len(list) != 3 || list[0].Was.Printed != "more than 26,000\u00a0people" && list[0].Was.Printed != list[0].Now || slices.ContainsFunc(list, desk.Reading.Changed) {
			h.t.Fatalf("%+v, %v", list, err)
		}
		h.observe(27500)
		h.wrote(en, "We counted "+arrivals+", and {{figure count:measures}}.\n\n{{table indicator:arrivals}}") // a comma confirms nothing
		flagged := h.found("changed-figure")
		p, _ := i18n.New("en")
		if len(flagged) != 2 || flagged[0].Passage != 1 || flagged[1].Passage != 2 || !strings.Contains(flagged[0].Message(p), "26,000") || !strings.Contains(flagged[0].Message(p), "27,500") {
			h.t.Fatalf("%+v", flagged)
		}
		list, err = h.Readings(ctx, h.editor, "2026")
		h.must(err)
		seen := desk.Seen{Place: en, Reference: arrivals, Printed: list[0].Now}
		h.refused(h.ConfirmFigures(ctx, h.coordinator, "2026", []desk.Seen{seen}), fault.Forbidden)
		stale := seen
		stale.Printed = list[0].Was.Printed
		h.refused(h.ConfirmFigures(ctx, h.editor, "2026", []desk.Seen{seen, stale}), fault.Conflict)
		if len(h.found("changed-figure")) != 2 {
			h.t.Error("half of a refused confirmation was written")
		}
		h.must(h.ConfirmFigures(ctx, h.editor, "2026", []desk.Seen{seen, seen}))
		if left := h.found("changed-figure"); len(left) != 1 || left[0].Passage != 2 {
			h.t.Errorf("%+v", left)
		}
		h.wrote(en, "No figure.")
		var rows int64
		if err := h.db.Table("review_figures").Count(&rows).Error; err != nil || rows != 0 {
			h.t.Errorf("%d figures are kept of a text without any, %v", rows, err)
		}
	})
}

func TestCheckFindsWhatIsWrongAndWhere(t *testing.T) {
	each(t, func(h *house) {
		h.wrote(kk, "2025 жылы 31 000 адам келді.[^1]\n\nЖазба.[^2]\n\n[^1]: indicator:arrivals@2025\n[^2]: measure:no-such\n")
		h.wrote(ru, "В 2025 году прибыло более 26 000 человек.[^1] {{chart indicator:arrivals}}\n\n[^1]: indicator:arrivals@2025\n")
		_, err := h.AddComment(h.t.Context(), h.editor, "2026", ru, 1, "Точно?")
		h.must(err)
		for _, want := range []struct {
			rule, section, language string
			passage, times          int
		}{
			{"unresolved", "means", "kk", 2, 1}, {"missing-translation", "means", "en", 0, 1}, {"contradiction", "means", "ru", 0, 1}, {"contradiction", "means", "kk", 0, 2},
			{"open-comment", "means", "ru", 0, 1}, {"no-chain", "", "", 0, 1}, {"objective-silent", "objective-01", "", 0, 1},
			{"not-cleared", "means", "kk", 0, 1}, {"unsourced-number", "means", "kk", 1, 1}, {"not-written", "about", "", 0, 1}, {"not-assessed", "", "", 0, 1},
		} {
			n := 0
			for _, f := range h.found(want.rule) {
				if f.Section == want.section && f.Language == want.language && (want.passage == 0 || f.Passage == want.passage) {
					n++
				}
			}
			if n != want.times {
				h.t.Errorf("%s in %s.%s is found %d times: %+v", want.rule, want.section, want.language, n, h.found(want.rule))
			}
		}
		h.wrote(kk, "2025 жылы 26 000-нан астам адам келді.[^1]\n\n[^1]: indicator:arrivals@2025\n")
		if list := h.found("outdated-translation"); len(list) != 1 || list[0].Language != "ru" {
			h.t.Errorf("%+v", list)
		}
		if list := h.found("unsourced-number"); len(list) != 0 {
			h.t.Errorf("a figure with its footnote is unsourced: %+v", list)
		}
	})
}

func TestReviewThatDoesNotHoldIsNotLaidBeforeItsBodies(t *testing.T) {
	each(t, func(h *house) {
		h.wrote(kk, "Жалғыз.")
		h.must(h.SetChain(h.t.Context(), h.editor, "2026", chain))
		_, err := h.LayBefore(h.t.Context(), h.editor, "2026")
		var hindered *desk.Hindered
		if h.refused(err, fault.Conflict); !errors.As(err, &hindered) || len(hindered.Findings) != 2 || hindered.Findings[0].Path("2026") != "/work/reviews/2026/sections/means#text-ru" {
			h.t.Errorf("%+v", err)
		}
		if h.state() != reports.Drafting {
			h.t.Errorf("is %s", h.state())
		}
	})
}

func TestPromiseOfTheLastReviewIsAccountedFor(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		p, err := h.Promise(ctx, h.coordinator, "2026", 0, reports.Promise{Text: i18n.Text{"kk": "Бірыңғай терезе"}})
		h.must(err)
		h.later()
		all, err := h.Check(ctx, "2030")
		h.must(err)
		if !slices.ContainsFunc(all, func(f desk.Finding) bool { return f.Rule == "promise-unaccounted" && f.Detail == p.Code }) {
			h.t.Errorf("%+v", all)
		}
		_, err = h.Account(ctx, h.coordinator, "2030", p.Code, 0, reports.PromiseOutcome{Outcome: reports.Kept, Note: i18n.Text{"kk": "Ашылды"}})
		h.must(err)
		all, err = h.Check(ctx, "2030")
		h.must(err)
		if slices.ContainsFunc(all, func(f desk.Finding) bool { return f.Rule == "promise-unaccounted" }) {
			h.t.Error("it is still not accounted for")
		}
	})
}

func TestEveryRuleHasItsWords(t *testing.T) {
	for _, lang := range i18n.Languages {
		p, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range desk.Rules {
			for _, key := range []string{"checking.rule." + r.Name + ".name", "checking.rule." + r.Name + ".explains", "checking.found." + r.Name, "checking.severity." + string(r.Severity)} {
				if !p.Has(key) {
					t.Errorf("%s has no %s", lang, key)
				}
			}
		}
	}
}

// planted is a fault that is put into sound text.
type planted struct {
	rule string
	kk   func(body string) string
}

// faults are planted one at a time; n makes each of them another one.
func faults(n int) []planted {
	add := func(s string) func(string) string { return func(body string) string { return body + s } }
	return []planted{
		{"unsourced-number", add(fmt.Sprintf("\n\nТағы %d %03d адам тіркелді.\n", 31+n, 7*n%1000))},
		{"unsourced-number", add(fmt.Sprintf("\n\nОның %d,5 %%-ы қайтты.\n", 40+n))},
		{"contradiction", func(body string) string { return strings.Replace(body, "26 000", fmt.Sprintf("26 %03d", 100+n), 1) }},
		{"contradiction", add(fmt.Sprintf("\n\nШаралар саны – {{figure count:measures}} (%d-бап).\n", n))},
		{"unresolved", add(fmt.Sprintf("\n\nСаны {{figure indicator:none-%d@2025}}.\n", n))},
		{"unresolved", add(fmt.Sprintf("\n\nЖазба.[^x]\n\n[^x]: measure:none-%d\n", n))},
	}
}

// TestCheckFindsPlantedFaultsAndNothingElse measures the rules that read texts: how
// many of the planted faults they find, and how much of what they find in sound
// texts is none.
func TestCheckFindsPlantedFaultsAndNothingElse(t *testing.T) {
	h := open(t, compact.SQLite(t))
	sound := map[desk.Place]string{
		kk: "2025 жылы 26 000-нан астам адам келді.[^1] Бұл 5, 7 және 12-мақсаттарға, 394-бапқа, 2020 жылғы 26 наурыздағы № 306-VI Заңға және A/RES/73/195 қарарына қатысты.\n\n[^1]: indicator:arrivals@2025\n",
		ru: "В 2025 году прибыло более 26 000 человек.[^1] Это относится к целям 5, 7 и 12, статье 394, Закону № 306-VI от 26 марта 2020 года и резолюции A/RES/73/195.\n\n[^1]: indicator:arrivals@2025\n",
		en: "In 2025, more than 26,000 people arrived.[^1] This concerns objectives 5, 7 and 12, article 394, Law No. 306-VI of 26 March 2020 and resolution A/RES/73/195.\n\n[^1]: indicator:arrivals@2025\n",
	}
	living, err := reports.ReadLiving(t.Context(), h.stores, "2026")
	h.must(err)
	look := func(texts map[desk.Place]string) map[string]int {
		found, examined := map[string]int{}, map[string]reports.Examined{}
		for at, body := range texts {
			e, err := living.Examine(at.Language, body)
			h.must(err)
			examined[at.Language] = e
			found["unresolved"] += len(e.Unresolved)
			found["unsourced-number"] += len(e.Unsourced)
		}
		found["contradiction"] = len(reports.Contradictions(examined))
		return found
	}
	alarms := 0
	for rule, n := range look(sound) {
		if n > 0 {
			t.Errorf("%s finds %d faults in sound texts", rule, n)
		}
		alarms += n
	}
	seen, all := 0, 0
	for n := range 20 {
		for _, p := range faults(n) {
			texts := map[desk.Place]string{}
			for at, body := range sound {
				texts[at] = body
			}
			texts[kk] = p.kk(sound[kk])
			all++
			if look(texts)[p.rule] > 0 {
				seen++
			} else {
				t.Logf("%s is not found in %q", p.rule, texts[kk])
			}
		}
	}
	t.Logf("recall %d of %d, false alarms %d", seen, all, alarms)
	if seen < all {
		t.Errorf("only %d of %d planted faults are found", seen, all)
	}
}

func TestBareNumberIsOfferedWhatPrintsIt(t *testing.T) {
	h := open(t, compact.SQLite(t))
	value := 26000.0
	h.must(h.stores.Indicators.PutIndicators(t.Context(), []indicators.Indicator{{
		Code: "boxes", Name: i18n.Text{"en": "Boxes"}, Unit: indicators.Persons, FigureType: indicators.Statistic, Direction: indicators.Neutral, State: "released",
	}}))
	h.must(h.stores.Indicators.PutObservations(t.Context(), "boxes", indicators.Made{MadeBy: "test"}, []indicators.Observation{
		{Period: "2024", Value: &value, Unit: indicators.Persons, Qualifier: indicators.Exact, State: "released", ObsStatus: "A"},
	}))
	living, err := reports.ReadLiving(t.Context(), h.stores, "2026")
	h.must(err)
	e, err := living.Examine("en", "There were 26,000 arrivals in 2025.")
	if err != nil || len(e.Unsourced) != 1 {
		t.Fatalf("%+v, %v", e, err)
	}
	offers, err := living.Offers("en", "objective-05", e.Unsourced[0])
	if err != nil || len(offers) != 2 || offers[0].Directive.String() != arrivals {
		t.Errorf("%+v, %v", offers, err)
	}
	for query, want := range map[string]string{"arri 2025": arrivals, "26000": arrivals, "measures completed": "{{figure count:measures{status=completed}}}"} {
		list, err := living.Search("en", query, 10)
		if err != nil || len(list) == 0 || list[0].Directive.String() != want {
			t.Errorf("%q finds %+v, %v", query, list, err)
		}
	}
	if list, err := living.Search("ru", "приб", 10); err != nil || len(list) == 0 || list[0].Directive.String() != arrivals {
		t.Errorf("the beginning of a word finds %+v, %v", list, err)
	}
	if list, err := living.Search("ru", "мера", 10); err != nil || len(list) == 0 { // "меры" stands there
		t.Errorf("another form of a word finds %+v, %v", list, err)
	}
	if list, err := living.Search("en", " ,. ", 10); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}
