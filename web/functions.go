package web

import (
	"html/template"
	"math"
	"regexp"
	"strings"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// phrase is a text with its language, when that is not the page's.
type phrase struct{ Text, Lang string }

// phraseOf finds the wording for a reader of p.
func phraseOf(p *i18n.Printer, t i18n.Text) phrase {
	text, lang := t.Find(p.Lang(), "en")
	if lang == p.Lang() {
		lang = ""
	}
	return phrase{text, lang}
}

// hyphenated are short words with a hyphen: "көші-қон", "де-юре".
var hyphenated = regexp.MustCompile(`\p{L}{1,10}-\p{L}{1,10}`)

// unbroken escapes a text and keeps short hyphenated words on one line, which
// browsers would break after the hyphen.
func unbroken(text string) template.HTML {
	if !strings.Contains(text, "-") { // as nearly all, in lists of hundreds
		return template.HTML(template.HTMLEscapeString(text))
	}
	return template.HTML(hyphenated.ReplaceAllString(template.HTMLEscapeString(text), `<span class="nb">$0</span>`))
}

// kazakhLetters are those that of the languages here only Kazakh has.
const kazakhLetters = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"

// kazakhPart is a quotation, or a word, with such a letter.
var kazakhPart = regexp.MustCompile(strings.ReplaceAll(`«[^«»]*[K][^«»]*»|“[^“”]*[K][^“”]*”|\p{L}*[K]\p{L}*`, "K", kazakhLetters))

// withKazakhMarked is an escaped text in which what is Kazakh is marked as such,
// so that it is read aloud by its own rules: notes quote the source.
func withKazakhMarked(text template.HTML) template.HTML {
	if !strings.ContainsAny(string(text), kazakhLetters) { // as nearly all, in lists of hundreds
		return text
	}
	return template.HTML(kazakhPart.ReplaceAllString(string(text), `<span lang="kk">$0</span>`))
}

// own escapes a text in the language of a page of p.
func own(p *i18n.Printer, text string) template.HTML {
	if p.Lang() == "kk" {
		return unbroken(text)
	}
	return withKazakhMarked(unbroken(text))
}

// functions are what templates may call, in one language.
func functions(p *i18n.Printer, a *assets) template.FuncMap {
	return template.FuncMap{
		"t":        p.T,
		"phrase":   func(t i18n.Text) phrase { return phraseOf(p, t) },
		"unbroken": unbroken,
		"own":      func(text string) template.HTML { return own(p, text) },
		"has":      func(t i18n.Text) bool { return p.In(t) != "" },
		"words":    func(key string, n int) string { return words(p, key, n) },
		"join":     func(list []string) string { return strings.Join(list, ", ") },
		"inc":      func(n int) int { return n + 1 },
		"n":        func(n int) string { return p.Number(float64(n), 0) },
		"money":    func(v float64) string { return p.Number(v, decimalsOf(v)) },
		"period":   func(at period.Period) string { return p.Period(at) },
		"dates":    func(m objectives.Measure) string { return m.Dates(p) },
		"url":      func(path string) string { return "/" + p.Lang() + path },
		"asset":    a.url,
		"value":    func(o indicators.Observation) string { return indicators.Format(p, o) },
		"full":     func(o indicators.Observation) string { return indicators.FormatWithUnit(p, o) },
		"numbers":  numbers,
		"unit":     func(u indicators.Unit) string { return indicators.UnitName(p, u) },
		"status":   func(s objectives.Status) string { return p.T("measure.status." + string(s)) },
		"statuses": func(s objectives.Status, n int) string { return p.T("measure.status."+string(s), n) },
		"instant":  func(at string) string { return instant(p, audit.Entry{At: at}) },
		"finding":  func(f audit.Finding) string { return findingWords(p, f) },
		"basis":    func(b objectives.Basis) string { return p.T("mapping.basis." + string(b)) },
		"word":     func(list, code string) string { return p.T(list + code) },
	}
}

// decimalsOf is how many digits an amount of money needs after its separator.
func decimalsOf(v float64) int {
	if v == math.Trunc(v) {
		return 0
	}
	return 2
}

// words is a counted phrase without its number, where the number stands apart.
func words(p *i18n.Printer, key string, n int) string {
	return strings.TrimSpace(strings.TrimPrefix(p.T(key, n), p.Number(float64(n), 0)))
}
