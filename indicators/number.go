package indicators

import (
	"regexp"
	"strconv"
	"strings"
)

// Number is a value with the digits that it is written with: "12.0", "-3". It is
// empty for none.
type Number string

// NumberOf writes v with its decimals, or with as many as it needs when they are
// below zero.
func NumberOf(v float64, decimals int) Number {
	if v == 0 {
		v = 0 // no negative zero
	}
	return Number(strconv.FormatFloat(v, 'f', decimals, 64))
}

// numberIn is NumberOf of a value that may be none.
func numberIn(v *float64, decimals int) Number {
	if v == nil {
		return ""
	}
	return NumberOf(*v, decimals)
}

var (
	digits    = regexp.MustCompile(`^-?\d{1,15}(\.\d{1,9})?$`)
	thousands = regexp.MustCompile(`^-?[1-9]\d{0,2}(,\d{3})+$`) // 13,000: thousands to some, a decimal comma to others
	spaces    = strings.NewReplacer(" ", "", "\t", "", "\u00a0", "", "\u2009", "", "\u202f", "", "\u2212", "-")
)

// Tidy returns a number as people type it in the form that Parse reads; one that
// can be read in two ways stays as it is.
func (n Number) Tidy() Number {
	s := spaces.Replace(string(n))
	if thousands.MatchString(s) {
		return n
	}
	return Number(strings.Replace(s, ",", ".", 1))
}

// Parse returns the value and how many digits stand after the point; it reports
// false for what is no number.
func (n Number) Parse() (v float64, decimals int, ok bool) {
	if !digits.MatchString(string(n)) {
		return 0, 0, false
	}
	_, fraction, _ := strings.Cut(string(n), ".")
	v, err := strconv.ParseFloat(string(n), 64)
	return v, len(fraction), err == nil
}

// Float is the number's value, nil for none.
func (n Number) Float() *float64 {
	v, _, ok := n.Parse()
	if !ok {
		return nil
	}
	return &v
}

// whole is the number's value as an integer, nil for none.
func (n Number) whole() *int {
	i, err := strconv.Atoi(string(n))
	if err != nil {
		return nil
	}
	return &i
}
