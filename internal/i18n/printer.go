package i18n

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/feature/plural"
	xlanguage "golang.org/x/text/language"
	xmessage "golang.org/x/text/message"
	"golang.org/x/text/number"

	"gcm/internal/period"
)

// Printer prints in one language. It is safe for concurrent use.
type Printer struct {
	lang     string
	tag      xlanguage.Tag
	messages catalogue
	numbers  *xmessage.Printer
}

var printers sync.Map // language code → *Printer

// New returns the printer of a language of Languages, for example "kk".
func New(lang string) (*Printer, error) {
	if p, ok := printers.Load(lang); ok {
		return p.(*Printer), nil
	}
	if !slices.Contains(Languages, lang) {
		return nil, fmt.Errorf("unknown language %q: use one of %s", lang, strings.Join(Languages, ", "))
	}
	messages, err := load(lang)
	if err != nil {
		return nil, err
	}
	tag := xlanguage.MustParse(lang)
	p := &Printer{lang: lang, tag: tag, messages: messages, numbers: xmessage.NewPrinter(tag)}
	printers.Store(lang, p)
	return p, nil
}

// Lang returns the printer's language code.
func (p *Printer) Lang() string { return p.lang }

// Has reports whether the catalogue holds the key.
func (p *Printer) Has(key string) bool { _, ok := p.messages[key]; return ok }

// T returns the message of key. Its verbs are those of fmt; a whole number
// among args picks the plural form (the first one does) and is printed by the
// language's rules. An unknown key is returned as it is: a test finds it.
func (p *Printer) T(key string, args ...any) string {
	m, ok := p.messages[key]
	if !ok {
		return key
	}
	form := m["other"]
	args = slices.Clone(args)
	counted := false
	for i, a := range args {
		n, isInt := a.(int)
		if !isInt {
			continue
		}
		if !counted {
			if f := m[p.pluralForm(n)]; f != "" {
				form = f
			}
			counted = true
		}
		args[i] = p.Number(float64(n), 0)
	}
	if len(args) == 0 || !strings.Contains(form, "%") { // a word that agrees with a number need not print it
		return form
	}
	unquote(form, args)
	return fmt.Sprintf(form, args...)
}

// In returns t in the printer's language, else in English, else in any.
func (p *Printer) In(t Text) string { return t.In(p.lang, "en") }

func (p *Printer) pluralForm(n int) string {
	switch plural.Cardinal.MatchPlural(p.tag, n, 0, 0, 0, 0) {
	case plural.One:
		return "one"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	}
	return "other"
}

// Number prints v with exactly decimals digits after the separator; groups of
// thousands are held together by no-break spaces (kk, ru) or commas (en).
func (p *Printer) Number(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "—"
	}
	s := p.numbers.Sprint(number.Decimal(v, number.MinFractionDigits(decimals), number.MaxFractionDigits(decimals)))
	return strings.Replace(s, "-", "\u2212", 1)
}

// Percent prints v (12.3 for 12.3 per cent) with its sign as the language sets it.
func (p *Printer) Percent(v float64, decimals int) string {
	return p.T("number.percent", p.Number(v, decimals))
}

// Period prints a partial date or an interval, as precise as it is; empty for none.
func (p *Printer) Period(at period.Period) string {
	if at == "" {
		return ""
	}
	from, to := at.Ends()
	if from == to {
		return p.date(from)
	}
	if len(from) == 4 && len(to) == 4 {
		return string(from) + "–" + string(to)
	}
	return p.date(from) + " – " + p.date(to)
}

func (p *Printer) date(d period.Period) string {
	t := d.First()
	switch len(d) {
	case len("2006"):
		return string(d)
	case len("2006-01"):
		return p.T("date.month", p.T(fmt.Sprintf("date.month.%d", t.Month())), t.Format("2006"))
	}
	return p.T("date.day", fmt.Sprint(t.Day()), p.T(fmt.Sprintf("date.of.%d", t.Month())), t.Format("2006"))
}

// Sort sorts items by the printer's alphabet, by the text that key gives; equal
// texts keep their order.
func Sort[T any](p *Printer, items []T, key func(T) string) {
	c := collate.New(p.tag) // a Collator keeps a buffer: one for each use
	slices.SortStableFunc(items, func(a, b T) int { return c.CompareString(key(a), key(b)) })
}
