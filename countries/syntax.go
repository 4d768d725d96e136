package countries

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"gcm/indicators"
)

// syntaxes are the ways a short text can be written, by the word in the check
// tag, each with what to tell who wrote it otherwise.
var syntaxes = map[string]struct {
	match *regexp.Regexp
	write string
}{
	"slug":          {regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`), "small Latin letters and digits, parted by single hyphens"},
	"dimension":     {regexp.MustCompile(`^[a-z0-9]+([-_][a-z0-9]+)*$`), "small Latin letters and digits, parted by single hyphens or underscores"},
	"word":          {regexp.MustCompile(`^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$`), "Latin letters and digits, parted by single hyphens or underscores"},
	"country":       {regexp.MustCompile(`^[A-Z]{3}$`), "the three capital letters of ISO 3166-1"},
	"language":      {regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`), "a language code such as kk or en"},
	"sha256":        {regexp.MustCompile(`^[0-9a-f]{64}$`), "64 hexadecimal digits, small letters"},
	"target":        {regexp.MustCompile(`^\d{1,2}\.(\d{1,2}|[a-z])$`), `a target such as "10.7"`},
	"sdg_indicator": {regexp.MustCompile(`^\d{1,2}\.(\d{1,2}|[a-z])\.\d{1,2}$`), `an indicator such as "10.7.1"`},
	"obs_status":    {regexp.MustCompile(`^[ABD-QSUVW]$`), "a code of SDMX CL_OBS_STATUS, such as A, B, E, F, M, O, P"},
	"decimal":       {regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?$`), "digits, with a point before decimals and nothing else"},
	"day":           {regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`), `a whole date such as "2021-12-31"`},
}

// maxShort is the greatest length of a text that has a syntax. Codes are keys of
// the database and parts of addresses.
const maxShort = 100

// checkSyntax returns what is wrong with a short text by its field's tag.
func checkSyntax(s string, tag reflect.StructTag) string {
	if allowed := strings.Fields(tag.Get("one")); len(allowed) > 0 && !slices.Contains(allowed, s) {
		return fmt.Sprintf("%s is not allowed here; there are %s", clip(s), strings.Join(allowed, ", "))
	}
	for _, word := range strings.Fields(tag.Get("check")) {
		if syntax, known := syntaxes[word]; known && (len(s) > maxShort || !syntax.match.MatchString(s)) {
			return fmt.Sprintf("%s is not written right: use %s, %d characters at most", clip(s), syntax.write, maxShort)
		}
		if u := indicators.Unit(s); word == "unit" && !u.Currency() && !slices.Contains(indicators.Units, u) {
			return fmt.Sprintf("%s is no unit; there are %v and currencies by their three capital letters", clip(s), indicators.Units)
		}
	}
	return ""
}

// controlCharacter returns the first control character that is no end of line
// and no tabulator.
func controlCharacter(s string) (rune, bool) {
	for _, c := range s {
		if unicode.IsControl(c) && c != '\n' && c != '\r' && c != '\t' {
			return c, true
		}
	}
	return 0, false
}
