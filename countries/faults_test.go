package countries_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"gcm/countries"
)

// Each row makes one thing wrong in a sound pack.
var wrong = []struct{ name, file, old, new, want string }{
	// YAML itself
	{"syntax", "agencies.yaml", "  kind: committee", "  kind: [committee", "is not YAML: did not find expected"},
	{"nothing in the file", "challenges.yaml", "", "# later\n", "challenges.yaml: is empty: write the records"},
	{"no list", "challenges.yaml", "", "code: few-boats\n", "challenges.yaml:1: must be a list of records"},
	{"a list of texts", "challenges.yaml", "", "- few-boats\n", "challenges.yaml:1: record 1: must be fields"},
	{"a second document", "glossary.yaml", "- code: guest", "---\n[]\n---\n- code: guest", "holds a second document"},
	{"a broken second document", "glossary.yaml", "fr: Qui passe.", "fr: Qui passe.\n---\n[", "holds a second document"},
	{"an alias", "agencies.yaml", "code: pond-board", "code: &a pond-board", "agencies.yaml:1: uses an anchor or alias"},
	{"a tag", "glossary.yaml", "en: guest", "en: !!binary Z3Vlc3Q=", "glossary.yaml:3: uses a tag"},
	{"an unknown field", "measures.yaml", "status: completed", "state: completed", "measures.yaml:8: bridge: state: is no field here; there are code, title"},
	{"a derived field", "indicators.yaml", "  unit: CHF", "  unit: CHF\n  state: draft", "lake-budget: state: is no field here"},
	{"a field twice", "agencies.yaml", "kind: committee\n  successor", "kind: committee\n  kind: un\n  successor", "agencies.yaml:6: pond-board: kind: stands twice"},
	{"a language twice", "agencies.yaml", "    fr: Conseil du lac", "    fr: Conseil du lac\n    fr: Conseil", "lake-board: name.fr: stands twice"},
	{"a missing field", "agencies.yaml", "  kind: committee\n  note", "  note", "agencies.yaml:7: lake-board: kind: is missing"},
	{"a list for a text", "agencies.yaml", "kind: committee", "kind: [committee]", "pond-board: kind: must be a text"},
	{"a text for a list", "measures.yaml", "partners: [pond-board]", "partners: pond-board", "bridge: partners: must be a list"},
	{"a text for languages", "glossary.yaml", "  definition:\n    en: Who crosses.\n    fr: Qui passe.", "  definition: Who crosses.", "definition: must be names"},
	{"an offset in words", "measures.yaml", "offset: 84", "offset: late", "must be a whole number"},
	{"a quote without offset", "measures.yaml", "          offset: 84\n", "", "mapping[1].quotes[1].offset: is missing"},
	{"a number for a text", "legal_instruments.yaml", `number: "12-III"`, "number: 12", `number: "12" is no text to YAML: write it in quotes`},
	{"a year without quotes", "measures.yaml", `starts: "2028"`, "starts: 2028", "starts: \"2028\" is no text to YAML: write it in quotes"},
	{"a day without quotes", "measures.yaml", `ends: "2029-06-30"`, "ends: 2029-06-30", "write it in quotes"},
	{"an empty text", "agencies.yaml", "en: Pond Board", `en: " "`, "agencies.yaml:3: pond-board: name.en: is empty"},
	{"an empty list", "measures.yaml", "partners: [pond-board]", "partners: []", "partners: is empty: leave it out"},
	{"no value", "measures.yaml", "partners: [pond-board]", "partners:", "partners: is empty: leave it out"},

	// characters and languages
	{"no UTF-8", "agencies.yaml", "Pond Board", "Pond \xff Board", "agencies.yaml:3: is not UTF-8"},
	{"cut UTF-8", "reviews/2030/fr/objective-01.md", "vrai", "vr\xe2\x80", "reviews/2030/fr/objective-01.md:1: is not UTF-8"},
	{"a control character", "agencies.yaml", "Pond Board", "Pond\x07 Board", "agencies.yaml:3: holds the control character U+0007"},
	{"an escaped control character", "agencies.yaml", "Pond Board", `"Pond\0Board"`, "name.en: holds the control character U+0000"},
	{"a control character in a source", "sources/rapport.txt", "lac", "l\x00c", "sources/rapport.txt:1: holds the control character U+0000"},
	{"a language that lacks", "measures.yaml", "    fr: Bac\n", "", "measures.yaml:37: ferry: title.fr: is missing: the text is needed in en, fr"},
	{"a language too many", "measures.yaml", "    fr: Bac\n", "    fr: Bac\n    kk: Паром\n", "ferry: title.kk: is no language of this pack"},
	{"an acronym's language", "agencies.yaml", "    en: [LB]", "    ru: [LB]", "acronyms.ru: is no language of this pack"},
	{"a language code", "pack.yaml", "languages: [en, fr]", "languages: [en, French]", `languages[2]: "French" is not written right`},

	// codes and lists of what is allowed
	{"a code", "measures.yaml", "code: ferry", "code: The_Ferry", `The_Ferry: code: "The_Ferry" is not written right: use small Latin letters`},
	{"a long code", "measures.yaml", "code: ferry", "code: " + strings.Repeat("f", 101), "100 characters at most"},
	{"a code twice", "measures.yaml", "code: ferry", "code: bridge", "bridge: code: bridge is the code of an earlier record too"},
	{"a dimension code twice", "dimensions.yaml", "code: non_AF", "code: north", "codes[2].code: north is the code of an earlier record too"},
	{"a country", "pack.yaml", "code: TST", "code: Testland", "the three capital letters of ISO 3166-1"},
	{"an agency kind", "agencies.yaml", "kind: committee", "kind: club", `kind: "club" is not allowed here; there are ministry, committee`},
	{"a computed status", "measures.yaml", "status: in_progress", "status: delayed", `status: "delayed" is not allowed here`},
	{"a unit", "indicators.yaml", "unit: CHF", "unit: francs", `unit: "francs" is no unit`},
	{"an SDG target", "indicators.yaml", `"8.a"`, `"8"`, "sdg_targets[2]"},
	{"a date", "measures.yaml", `"2029-06-30"`, `"2029-06-31"`, "is not a day of the calendar"},
	{"a cut-off that is no day", "pack.yaml", `cutoff: "2029-12-31"`, `cutoff: "2029-12"`, "cutoff: \"2029-12\" is not written right: use a whole date"},
	{"an item twice", "measures.yaml", "partners: [pond-board]", "partners: [pond-board, pond-board]", `partners[2]: "pond-board" stands twice`},

	// what leads to other records
	{"an agency", "measures.yaml", "partners: [pond-board]", "partners: [board]", "bridge: partners[1]: there is no board in agencies.yaml"},
	{"a successor", "agencies.yaml", "successor: lake-board", "successor: sea-board", "successor: there is no sea-board"},
	{"a successor of itself", "agencies.yaml", "successor: lake-board", "successor: pond-board", "the successors lead back to pond-board"},
	{"a law", "measures.yaml", "legal_instruments: [bridge-act]", "legal_instruments: [ferry-act]", "there is no ferry-act in legal_instruments.yaml"},
	{"a measure", "indicators.yaml", "measures: [bridge, ferry]", "measures: [bridge, tunnel]", "guests: mapping[2].measures[2]: there is no tunnel in measures.yaml"},
	{"an objective", "measures.yaml", "objectives: [5, 3]", "objectives: [5, 24]", `bridge: mapping[2].objectives[2]: "24" is no objective of the Compact: write 1 to 23`},
	{"objective 0", "challenges.yaml", "objectives: [1]", "objectives: [0]", `"0" is no objective`},
	{"objectives in words", "challenges.yaml", "objectives: [1]", "objectives: every", "must be a list"},
	{"an objective twice", "measures.yaml", "objectives: [5, 3]", "objectives: [5, 12]", "the record is mapped to objective 12 twice"},
	{"all objectives twice", "measures.yaml", "    - objectives: all\n      basis: inferred", "    - objectives: all\n      basis: inferred\n    - objectives: all\n      basis: inferred", "measures.yaml:44: ferry: mapping[2].objectives: the record is mapped to objective 1 twice"},
	{"an action", "measures.yaml", `"28(a)"`, `"28(z)"`, `"28(z)" is no action of the Compact`},
	{"two kinds of target", "measures.yaml", `actions: ["28(a)"]`, "actions: [\"28(a)\"]\n      legal_instruments: [bridge-act]", "bridge: mapping[3]: must name one of objectives, actions, principles, legal_instruments"},
	{"no target", "challenges.yaml", "- objectives: [1]\n      basis", "- basis", "few-boats: mapping[1]: must name one of objectives"},
	{"a target of another kind of record", "challenges.yaml", "objectives: [1]", "measures: [bridge]", "must name one of objectives"},

	// the questionnaire
	{"a questionnaire that is a list", "questionnaire.yaml", "", "- code: news\n", "questionnaire.yaml:1: must be fields: title, wording"},
	{"a questionnaire without questions", "questionnaire.yaml", "", "title:\n  en: Q\n  fr: Q\nwording: own\n", "questionnaire.yaml:1: has no questions"},
	{"a wording", "questionnaire.yaml", "wording: official", "wording: formal", `wording: "formal" is not allowed here; there are own, official`},
	{"an official form of nobody", "questionnaire.yaml", "source:\n  en: Lake Commission (fictional), form 7\n  fr: Commission du lac (fictive), formulaire 7\n", "", "questionnaire.yaml:1: is official, so source must say whose form it is"},
	{"a question's language", "questionnaire.yaml", "      fr: Qui passe ?\n", "", "questionnaire.yaml:22: crossings: text.fr: is missing"},
	{"a question twice", "questionnaire.yaml", "code: crossings", "code: news", "questionnaire.yaml:17: news: code: news is the code of an earlier record too"},
	{"a question that is no record", "questionnaire.yaml", "  - code: news", "  - news\n  - code: news", "questionnaire.yaml:11: record 1: must be fields"},
	{"a question's section", "questionnaire.yaml", "sections: [key-messages, means]", "sections: [key-messages, money]", `questionnaire.yaml:16: news: sections[2]: "money" is no section; there are about, statement`},
	{"a chapter as a section", "questionnaire.yaml", "sections: [key-messages, means]", "sections: [objective-01]", "and objectives for the chapters"},
	{"a question's objective", "questionnaire.yaml", "objectives: [1, 5]", "objectives: [1, 24]", `crossings: objectives[2]: "24" is no objective`},
	{"a question's objective twice", "questionnaire.yaml", "objectives: [1, 5]", "objectives: [5, 5]", `crossings: objectives[2]: "5" stands twice`},
	{"a question's indicator", "questionnaire.yaml", "indicators: [guests]", "indicators: [hosts]", "crossings: indicators[1]: there is no hosts in indicators.yaml"},
	{"a kind of answer", "questionnaire.yaml", "answer: [text, promises]", "answer: [text, songs]", `news: answer[2]: "songs" is no kind of answer; there are text assessments measures`},
	{"an answer from nothing", "questionnaire.yaml", "answer: [text, promises]", "answer: [measures]", "news: answer[1]: the question names nothing that measures could be taken from: add objectives"},
	{"a text from nothing", "questionnaire.yaml", "    sections: [key-messages, means]\n", "", "could be taken from: add objectives or sections"},
	{"stated without the source's words", "challenges.yaml", "basis: inferred", "basis: stated", "is stated, so quotes must hold the source's own words"},
	{"a review without cycle", "pack.yaml", `- cycle: "2030"`, `- cycle: "2031"`, "there is no 2031 in pack.yaml"},
	{"a measure that ends early", "measures.yaml", `"2029-06-30"`, `"2027"`, "bridge: ends: the measure ends before it starts, on 2028"},

	// quotes and sources
	{"a quote that is not there", "measures.yaml", "text: This serves", "text: That serves", `"That serves objective 12" does not stand in lake-report at character 84`},
	{"a quote elsewhere", "agencies.yaml", "offset: 62", "offset: 63", "does not stand in lake-report at character 63"},
	{"a quote before the text", "agencies.yaml", "offset: 62", "offset: -1", "does not stand in lake-report at character -1"},
	{"a quote after the text", "agencies.yaml", "offset: 62", "offset: 9000000", "does not stand in lake-report"},
	{"a quote of no source", "agencies.yaml", "source: rapport", "source: other", `there is no source "other"`},
	{"a quote that names none of two sources", "agencies.yaml", "    - source: rapport\n      offset", "    - offset", "must name its source, since the pack has 2"},
	{"another text", "sources/rapport.txt", "40", "41", "sources/rapport.txt is another text: its sha256 is"},
	{"a text that is not there", "pack.yaml", "file: sources/rapport.txt", "file: ../rapport.txt", `there is no file "../rapport.txt"`},

	// figures
	{"a dimension", "indicators.yaml", "dimensions: [shore_side, season]", "dimensions: [shore_side, weather]", "guests: dimensions[2]: there is no weather in dimensions.yaml"},
	{"a breakdown that is not declared", "indicators.yaml", "dimensions: [shore_side, season]", "dimensions: [shore_side]", `"season" is not among the dimensions of the indicator`},
	{"a dimension's code", "indicators.yaml", "shore_side: north", "shore_side: east", `"east" is no code of shore_side in dimensions.yaml`},
	{"an observation twice", "indicators.yaml", `period: "2027"`, `period: "2029"`, "observations[3]: is a second observation of the same period and breakdown"},
	{"a value that is missing", "indicators.yaml", "qualifier: missing", "qualifier: missing\n      value: 0", "observations[4]: is missing, so it has no value"},
	{"no value and not missing", "indicators.yaml", "qualifier: missing", "qualifier: exact", "observations[4]: has no value"},
	{"a value in thousands", "indicators.yaml", "value: 1200\n", "value: 1,200\n", `"1,200" is not written right: use digits`},
	{"a value with exponent", "indicators.yaml", "value: 1200\n", "value: 1.2e3\n", `"1.2e3" is not written right`},
	{"an octal value", "indicators.yaml", "value: 1200\n", "value: 0o17\n", `"0o17" is not written right`},
	{"infinity", "indicators.yaml", "value: 1200\n", "value: .inf\n", `".inf" is not written right`},
	{"too many digits", "indicators.yaml", "value: 1200\n", "value: 9007199254740993\n", "has more digits than can be kept"},
	{"too many decimals", "indicators.yaml", "decimals: 1\n", "decimals: 16\n", "with 16 decimals: write 0 to 15"},
	{"an unknown status", "indicators.yaml", "obs_status: E", "obs_status: X", `observations[3].obs_status: "X" is not written right: use a code of SDMX CL_OBS_STATUS`},
	{"an unknown confidentiality", "indicators.yaml", "conf_status: N", "conf_status: X", `conf_status: "X" is not allowed here; there are F, N`},

	// passports
	{"a frequency", "indicators.yaml", "frequency: A", "frequency: yearly", `guests: frequency: "yearly" is not allowed here; there are A, S, Q, M, W, D`},
	{"a scope", "indicators.yaml", "scope: proxy", "scope: local", `scope: "local" is not allowed here; there are national, proxy, global`},
	{"an SDG indicator", "indicators.yaml", `"8.a.1"`, `"8.a"`, `sdg_indicators[2]: "8.a" is not written right: use an indicator such as "10.7.1"`},
	{"no such agency", "indicators.yaml", "agency: lake-board", "agency: sea-board", "indicators.yaml:22: guests: agency: there is no sea-board in agencies.yaml"},
	{"an expected dimension that is not declared", "indicators.yaml", "expected: [season]", "expected: [sex]", "indicators.yaml:28: guests: expected: “sex” is not among the breakdowns"},
	{"half a baseline", "indicators.yaml", "    value: 1000.0\n", "", "guests: baseline.value: is missing"},
	{"a baseline in words", "indicators.yaml", "value: 1000.0", "value: many", `guests: baseline.value: "many" is not written right`},
	{"a target before the baseline", "indicators.yaml", `period: "2032"`, `period: "2024"`, "guests: targets[2].period: A target must lie after the period of the baseline"},
	{"a target twice", "indicators.yaml", `period: "2032"`, `period: "2035"`, "indicators.yaml:38: guests: targets[2].period: “2035” is named twice"},
	{"a target beyond the bounds", "indicators.yaml", "value: 2500", "value: 95000", "guests: targets[1].value: 95000 cannot be a value"},
	{"fewer persons than none", "indicators.yaml", "value: 2500", "value: -1", "guests: targets[1].value: -1 cannot be a value"},
	{"bounds the wrong way round", "indicators.yaml", "lowest: 0.0", "lowest: 90001", "guests: highest: The highest value cannot lie below the lowest"},
	{"a small cell below none", "indicators.yaml", "small_cell: 10", "small_cell: -1", "guests: small_cell: Write a whole number"},
	{"a break twice", "indicators.yaml", `period: "2026"`, `period: "2028"`, "guests: breaks[2].period: “2028” is named twice"},
	{"a break of no kind", "indicators.yaml", "kind: series", "kind: rupture", `breaks[1].kind: "rupture" is not allowed here; there are series, method`},
	{"a formula of no kind", "indicators.yaml", "kind: rate", "kind: mean", `guests-per-franc: formula.kind: "mean" is not allowed here; there are ratio, rate, sum, growth`},
	{"a rate per nothing", "indicators.yaml", "per: 1000", "per: 0", "guests-per-franc: formula.per: Say per how many"},
	{"a sum per something", "indicators.yaml", "kind: rate", "kind: sum", "guests-per-franc: formula.per: Only a rate has this number"},
	{"growth of two", "indicators.yaml", "kind: rate", "kind: growth", "guests-per-franc: formula.components: This formula needs another number"},
	{"a component that is not there", "indicators.yaml", "indicator: lake-budget", "indicator: sea-budget", "guests-per-franc: formula.components[2]: There is no “sea-budget”"},
	{"a component that is the indicator itself", "indicators.yaml", "indicator: lake-budget", "indicator: guests-per-franc", "formula.components[2]: “guests-per-franc” is itself made of this indicator"},
	{"a component's cell", "indicators.yaml", "breakdown: {shore_side: north}\n      - indicator", "breakdown: {shore_side: east}\n      - indicator", `formula.components[1].breakdown: guests has no cell "shore_side=east"`},
	{"a formula beside values", "indicators.yaml", "  formula:\n", "  observations:\n    - value: 1\n      qualifier: exact\n  formula:\n", "guests-per-franc: formula: makes the values: take out the formula or the observations"},

	// the narrative
	{"a footnote without reference", "reviews/2030/en/key-messages.md", "measure:bridge", "the bridge", `“the bridge” is no reference`},
	{"a footnote to no record", "reviews/2030/en/key-messages.md", "challenge:few-boats", "challenge:no-boats", "challenge:no-boats: there is no such record"},
	{"a footnote to no law", "reviews/2030/en/key-messages.md", "law:bridge-act", "law:lake-act", "law:lake-act: there is no such record"},
	{"a footnote to no observation", "reviews/2030/en/key-messages.md", "guests@2029;", "guests@2026;", "indicator:guests@2026: the indicator has no observation"},
	{"a footnote to no indicator", "reviews/2030/en/key-messages.md", "guests@2029;", "visitors@2029;", "indicator:visitors@2029: there is no such record"},
	{"a count of nothing", "reviews/2030/en/key-messages.md", "count:measures{basis=stated}", "count:ships", "there is nothing of this name to count"},
	{"a count by nothing", "reviews/2030/en/key-messages.md", "{basis=stated}", "{basis=said}", "basis=said cannot be counted"},
	{"a mark without footnote", "reviews/2030/fr/objective-01.md", "vrai", "vrai[^7]", `reviews/2030/fr/objective-01.md:1: there is no footnote "7"`},
	{"a footnote without mark", "reviews/2030/en/key-messages.md", "them?[^2]", "them?", `key-messages.md:6: footnote "2" has no mark in the text`},
	{"a footnote twice", "reviews/2030/en/key-messages.md", "[^2]: ", "[^1]: ", `footnote "1" stands twice`},
	{"a link to no section", "reviews/2030/en/key-messages.md", "#objective-01", "#objective-24", `the link leads to "objective-24", which is no section`},
	{"an empty section", "reviews/2030/fr/objective-01.md", "Rien n’est vrai ici.", "", "objective-01.md: is empty"},
}

func TestEachFaultIsFoundWhereItIs(t *testing.T) {
	for _, c := range wrong {
		t.Run(c.name, func(t *testing.T) {
			files := testland(t)
			if c.old == "" {
				files[c.file] = &fstest.MapFile{Data: []byte(c.new)}
			} else {
				edit(t, files, c.file, c.old, c.new)
			}
			p, err := countries.Read(files)
			var faults countries.Faults
			if p != nil || !errors.As(err, &faults) {
				t.Fatalf("got %v, %v; want %q", p, err, c.want)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got\n%v\nwant %q", err, c.want)
			}
			for _, f := range faults {
				if f.File == "" || strings.Contains(f.String(), "\n") {
					t.Errorf("%q says no file, or takes several lines", f)
				}
			}
		})
	}
}

func TestFileOfNoPackIsAFault(t *testing.T) {
	for name, want := range map[string]string{
		"measure.yaml":                    "measure.yaml: is no file of a country pack",
		"reviews/2030/en/summary.md":      `"summary" is no section`,
		"reviews/2030/kk/about.md":        `"kk" is no language of this pack`,
		"reviews/2031/en/about.md":        `there is no review of the cycle "2031"`,
		"reviews/2030/en/about.docx":      "is no file of a country pack",
		"reviews/2030/en/drafts/about.md": "is no file of a country pack",
	} {
		files := testland(t)
		files[name] = &fstest.MapFile{Data: []byte("Text.\n")}
		if _, err := countries.Read(files); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, want %q", name, err, want)
		}
	}
	files := testland(t)
	for _, name := range []string{".DS_Store", ".git/config", "README.md"} {
		files[name] = &fstest.MapFile{Data: []byte("\x00")}
	}
	read(t, files)
}

func TestLargeFileIsRefused(t *testing.T) {
	files := testland(t)
	files["glossary.yaml"] = &fstest.MapFile{Data: make([]byte, 16<<20+1)}
	if _, err := countries.Read(files); err == nil || err.Error() != "glossary.yaml: is larger than 16 MiB" {
		t.Errorf("got %v", err)
	}
}

func TestAllFaultsAreToldAtOnce(t *testing.T) {
	files := testland(t)
	for _, c := range wrong[5:20] { // in files that stay readable
		if c.file == "measures.yaml" && strings.Contains(string(files[c.file].Data), c.old) {
			edit(t, files, c.file, c.old, c.new)
		}
	}
	edit(t, files, "glossary.yaml", "code: guest", "code: Guest")
	_, err := countries.Read(files)
	var faults countries.Faults
	if !errors.As(err, &faults) || len(faults) < 5 {
		t.Errorf("%d faults: %v", len(faults), err)
	}
}

func TestBrokenFileDoesNotBlameTheOthers(t *testing.T) {
	files := testland(t)
	files["agencies.yaml"] = &fstest.MapFile{Data: []byte("- [")}
	_, err := countries.Read(files)
	if err == nil || strings.Contains(err.Error(), "\n") || !strings.HasPrefix(err.Error(), "agencies.yaml:") {
		t.Errorf("got %v", err)
	}
}
