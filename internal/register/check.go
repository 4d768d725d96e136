package register

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// The most characters that a name and a longer text may have.
const (
	shortText = 500
	longText  = 20_000
)

// Checks gathers all that is wrong with what was entered.
type Checks struct{ Problems fault.Problems }

// Tidy returns a text as it is kept: composed letters, line feeds, no controls
// and no space around it.
func Tidy(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, norm.NFC.String(s))
	return strings.TrimSpace(s)
}

// Length finds a text that is too long.
func (c *Checks) Length(field, s string, most int) {
	if n := utf8.RuneCountInString(s); n > most {
		c.Problems.Add(field, "register.problem.too_long", n, most)
	}
}

// Text tidies a text in each of its languages; empty ones are left out.
func (c *Checks) Text(field string, t *i18n.Text) { c.text(field, t, longText) }

// Name is Text for what people call a record: short, and there in one language
// at least.
func (c *Checks) Name(field string, t *i18n.Text) {
	c.text(field, t, shortText)
	if len(*t) == 0 {
		c.Problems.Add(field, "register.problem.name")
	}
}

func (c *Checks) text(field string, t *i18n.Text, most int) {
	tidy := i18n.Text{}
	for lang, s := range *t {
		if !slices.Contains(i18n.Languages, lang) { // a pack's other languages are kept
			tidy[lang] = s
			continue
		}
		if s = Tidy(s); s != "" {
			tidy[lang] = s
		}
		c.Length(field+"."+lang, s, most)
	}
	*t = tidy
}

// Line tidies a short text in no particular language.
func (c *Checks) Line(field string, s *string) {
	*s = strings.Join(strings.Fields(Tidy(*s)), " ")
	c.Length(field, *s, shortText)
}

// Choice finds a value that is not among those there are.
func Choice[S ~string](c *Checks, field string, value S, among []S) {
	if !slices.Contains(among, value) {
		Unknown(c, field, string(value))
	}
}

// Unknown says that there is no such value.
func Unknown(c *Checks, field, value string) {
	if value == "" {
		c.Problems.Add(field, "register.problem.missing")
		return
	}
	c.Problems.Add(field, "register.problem.unknown", value)
}

// Period tidies and checks a date as precise as it came.
func (c *Checks) Period(field string, p *period.Period) {
	tidy, err := period.Parse(strings.TrimSpace(string(*p)))
	if err != nil {
		c.Problems.Add(field, "register.problem.period", string(*p))
		return
	}
	*p = tidy
}
