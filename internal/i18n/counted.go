package i18n

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
)

// Counted prints v with exactly decimals digits in the wording of key that fits
// the number: "3,2 раза", "5 раз". The wording's %s is the number.
func (p *Printer) Counted(key string, v float64, decimals int) string {
	m, ok := p.messages[key]
	if !ok {
		return key
	}
	wording := m["other"]
	if w := m[p.decimalForm(v, decimals)]; w != "" {
		wording = w
	}
	return fmt.Sprintf(wording, p.Number(v, decimals))
}

// decimalForm is pluralForm for numbers with digits after the separator, by the
// operands of CLDR: the whole part, the digits as printed and without zeros.
func (p *Printer) decimalForm(v float64, decimals int) string {
	digits := strings.TrimPrefix(strconv.FormatFloat(v, 'f', decimals, 64), "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if len(whole) > 9 { // the forms look at the last digits alone
		whole = "1" + whole[len(whole)-8:]
	}
	trimmed := strings.TrimRight(fraction, "0")
	return pluralNames[plural.Cardinal.MatchPlural(p.tag, operand(whole), len(fraction), len(trimmed), operand(fraction), operand(trimmed))]
}

func operand(digits string) int {
	n, _ := strconv.Atoi("0" + digits)
	return n
}

var pluralNames = map[plural.Form]string{plural.One: "one", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
