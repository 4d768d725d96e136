package countries_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gcm/indicators"
	"gcm/internal/db/dbtest"
	"gcm/objectives"
	"gcm/reports"
)

// plant is a kind of fault that is put into a text of the review of 2022.
type plant struct {
	kind string
	rule string                         // that is to find it
	also []string                       // rules that may speak of it, too
	put  func(lang, body string) string // the same text where there is no place for the fault
}

var (
	largeNumber = regexp.MustCompile(`[0-9]{1,3}(?:[ \x{a0},][0-9]{3})+`)
	cited       = regexp.MustCompile(`(?m)^\[\^[0-9]+\]: (?:.*; )?(indicator:[a-z0-9-]+@[0-9/-]+)`)
	citedLast   = regexp.MustCompile(`(?m)^(\[\^[0-9]+\]: .+); [^;\n]+$`)
)

// first changes the first thing that fits.
func first(body string, what *regexp.Regexp, change func(string) string) string {
	at := what.FindStringIndex(body)
	if at == nil {
		return body
	}
	return body[:at[0]] + change(body[at[0]:at[1]]) + body[at[1]:]
}

// behind puts a sentence behind the first paragraph of prose.
func behind(body, sentence string) string {
	paragraphs := strings.Split(body, "\n\n")
	for i, p := range paragraphs {
		if !strings.ContainsAny(p[:1], "#>-{[|*") {
			paragraphs[i] += " " + sentence
			break
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

var invented = map[string]string{
	"kk": "Бұдан бөлек тағы 48 317 адам есепке алынған.", "ru": "Кроме того, учтено ещё 48 317 человек.", "en": "Another 48,317 people were counted besides.",
}

var plants = []plant{
	{"a digit of a figure is another one", "unsourced-number", []string{"contradiction"}, func(_, body string) string {
		return first(body, largeNumber, func(n string) string { return string('1'+(n[0]-'0')%9) + n[1:] })
	}},
	{"a figure that nothing supports", "unsourced-number", []string{"contradiction"}, func(lang, body string) string { return behind(body, invented[lang]) }},
	{"a figure of a heading that nothing supports", "unsourced-number", []string{"contradiction"}, func(lang, body string) string {
		return "## " + strings.TrimSuffix(invented[lang], ".") + "\n\n" + body
	}},
	{"a share that nothing supports", "unsourced-number", []string{"contradiction"}, func(lang, body string) string {
		return behind(body, map[string]string{"kk": "Олардың 63,7%-ы қайтқан.", "ru": "Из них вернулись 63,7%.", "en": "Of them 63.7% returned."}[lang])
	}},
	{"a figure that only one language has", "contradiction", []string{"unsourced-number"}, func(lang, body string) string { return behind(body, invented[lang]) }},
	{"a source that only one language leaves out", "contradiction", []string{"unsourced-number"}, func(_, body string) string {
		return first(body, citedLast, func(line string) string { return line[:strings.LastIndex(line, "; ")] })
	}},
	{"a footnote that names no record", "unresolved", []string{"contradiction", "unsourced-number"}, func(_, body string) string {
		return first(body, cited, func(line string) string { return strings.Replace(line, "indicator:", "indicator:no-", 1) })
	}},
	{"a living figure of no record", "unresolved", []string{"contradiction"}, func(_, body string) string { return behind(body, "{{figure indicator:none@2021}}.") }},
}

// TestCheckTellsPlantedFaultsFromTheSoundReview measures the rules that read texts
// on the review of 2022: what they find in it as it is, and how many of the faults
// that are planted one at a time in one language they find.
func TestCheckTellsPlantedFaultsFromTheSoundReview(t *testing.T) {
	conn := dbtest.SQLite(t)
	load(t, conn, kazakhstan(t))
	stores := reports.Stores{Objectives: objectives.NewStore(conn), Indicators: indicators.NewStore(conn), Reviews: reports.NewStore(conn)}
	review, err := stores.Reviews.ReviewByCycle(t.Context(), "2022")
	if err != nil {
		t.Fatal(err)
	}
	living, err := reports.ReadLiving(t.Context(), stores, "2022")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]map[string]string{} // by section and language
	for _, s := range review.Sections {
		if texts[s.Section] == nil {
			texts[s.Section] = map[string]string{}
		}
		texts[s.Section][s.Language] = s.Body
	}
	look := func(lang, body string) reports.Examined {
		e, err := living.Examine(lang, body)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	count := func(all map[string]reports.Examined) map[string]int {
		n := map[string]int{"contradiction": len(reports.Contradictions(all))}
		for _, e := range all {
			n["unresolved"] += len(e.Unresolved)
			n["unsourced-number"] += len(e.Unsourced)
		}
		return n
	}
	planted, found, strange := map[string]int{}, map[string]int{}, map[string]int{}
	alarms, sections := map[string]int{}, 0
	for _, section := range slices.Sorted(maps.Keys(texts)) {
		sound := map[string]reports.Examined{}
		for lang, body := range texts[section] {
			sound[lang] = look(lang, body)
		}
		before := count(sound)
		sections++
		for rule, n := range before {
			alarms[rule] += n
		}
		for lang, e := range sound {
			for _, u := range e.Unsourced {
				t.Logf("%s, %s: %+v is called unsourced", section, lang, u)
			}
		}
		for _, lang := range slices.Sorted(maps.Keys(sound)) {
			for _, p := range plants {
				body := p.put(lang, texts[section][lang])
				if body == texts[section][lang] {
					continue
				}
				with := maps.Clone(sound)
				with[lang] = look(lang, body)
				after := count(with)
				planted[p.kind]++
				if after[p.rule] > before[p.rule] {
					found[p.kind]++
				} else {
					t.Logf("%s, %s: %s is not found", section, lang, p.kind)
				}
				for rule, n := range after {
					if n > before[rule] && rule != p.rule && !slices.Contains(p.also, rule) {
						strange[p.kind]++
					}
				}
			}
		}
	}
	all, seen, wrong := 0, 0, 0
	for _, p := range plants {
		all, seen, wrong = all+planted[p.kind], seen+found[p.kind], wrong+strange[p.kind]
		t.Logf("%-45s %3d of %3d, %d other findings", p.kind, found[p.kind], planted[p.kind], strange[p.kind])
		if planted[p.kind] < 30 {
			t.Errorf("%s: planted only %d times", p.kind, planted[p.kind])
		}
	}
	t.Logf("recall %s, precision %s, in %d sound sections %v are found", share(seen, all), share(seen, seen+wrong), sections, alarms)
	// The review has one number without a source: 9 of 70 indicators can be compared over time.
	if float64(seen) < 0.98*float64(all) || wrong > 0 || alarms["unsourced-number"] > 3 || alarms["contradiction"]+alarms["unresolved"] > 0 {
		t.Error("the rules are worse than they were")
	}
}

func share(n, of int) string { return fmt.Sprintf("%.3f (%d of %d)", float64(n)/float64(of), n, of) }
