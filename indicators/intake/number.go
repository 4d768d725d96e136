package intake

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"

	"gcm/indicators"
)

// Why a number cannot be read.
var (
	errNumber    = errors.New("import.problem.number")
	errFormula   = errors.New("import.problem.formula")
	errAmbiguous = errors.New("import.problem.ambiguous") // 1,234 is a thousand, or one and a bit
)

// number is a value as a file words it.
type number struct {
	value     *float64 // nil when the file says that it is missing
	decimals  int
	qualifier indicators.Qualifier
}

// gaps are what files part thousands with.
var gaps = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\u2009", "", "'", "", "’", "", "\t", "")

// bounds are the signs before a number that is not exact.
var bounds = []struct {
	sign string
	is   indicators.Qualifier
}{
	{"<=", indicators.LessThan}, {"≤", indicators.LessThan}, {"<", indicators.LessThan},
	{">=", indicators.MoreThan}, {"≥", indicators.MoreThan}, {">", indicators.MoreThan},
	{"~", indicators.Approximate}, {"≈", indicators.Approximate},
}

// absent are words for a value that is not there.
var absent = map[string]bool{
	"": true, "..": true, "...": true, "…": true, "-": true, "–": true, "—": true, ":": true, "na": true, "n/a": true, "n.a.": true,
	"nan": true, "null": true, "none": true, "n": true, "x": true, "х": true, "н/д": true, "нет данных": true, "деректер жоқ": true, "no data": true,
}

var (
	plainNumber = regexp.MustCompile(`^[+-]?(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$`)
	grouped     = regexp.MustCompile(`^[+-]?\d{1,3}([,.]\d{3})+$`)
)

// preferComma is what a file parted by semicolons says: its commas part decimals,
// but its points may do so too.
const preferComma = ";"

// readNumber reads a number; decimal is what parts the decimals, a comma or a
// point, or preferComma, or nothing when the number must be clear by itself.
func readNumber(text, decimal string) (number, error) {
	n := number{qualifier: indicators.Exact}
	s := strings.TrimSpace(text)
	if v, decimals, ok := plain(s); ok && decimal != "," { // what most files have
		n.value, n.decimals = &v, decimals
		return n, nil
	}
	s = gaps.Replace(s)
	if absent[strings.ToLower(s)] || absent[strings.ToLower(strings.TrimSpace(text))] {
		n.qualifier = indicators.Missing
		return n, nil
	}
	if strings.HasPrefix(s, "=") {
		return n, errFormula
	}
	for _, b := range bounds {
		if rest, ok := strings.CutPrefix(s, b.sign); ok {
			s, n.qualifier = rest, b.is
			break
		}
	}
	s = strings.TrimSuffix(strings.Replace(s, "−", "-", 1), "%")
	s, err := withPoint(s, decimal)
	if err != nil {
		return n, err
	}
	v, decimals, ok := plain(s)
	if !ok {
		return n, errNumber
	}
	n.value, n.decimals = &v, decimals
	return n, nil
}

// withPoint writes a number so that a point, and nothing else, parts its decimals.
func withPoint(s, decimal string) (string, error) {
	comma, point := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	switch {
	case comma < 0 && (point < 0 || decimal != ","):
		if strings.Count(s, ".") > 1 {
			if !grouped.MatchString(s) {
				return s, errNumber
			}
			return strings.ReplaceAll(s, ".", ""), nil
		}
		return s, nil
	case comma < 0: // decimal is a comma, so that points part thousands
		if !grouped.MatchString(s) {
			return s, errNumber
		}
		return strings.ReplaceAll(s, ".", ""), nil
	case point < 0 && strings.Count(s, ",") == 1:
		unsigned := strings.TrimLeft(s, "+-")
		if !grouped.MatchString(s) || decimal == "," || decimal == preferComma || unsigned[0] == '0' {
			return strings.Replace(s, ",", ".", 1), nil
		}
		if decimal == "" {
			return s, errAmbiguous
		}
		return strings.Replace(s, ",", "", 1), nil
	case point < 0:
		if !grouped.MatchString(s) {
			return s, errNumber
		}
		return strings.ReplaceAll(s, ",", ""), nil
	}
	thousands, last := ",", point
	if comma > point {
		thousands, last = ".", comma
	}
	if whole := s[:last]; strings.Contains(whole, thousands) && !grouped.MatchString(whole) || strings.ContainsAny(s[last+1:], ",.") {
		return s, errNumber
	}
	return strings.ReplaceAll(s[:last], thousands, "") + "." + s[last+1:], nil
}

// plain reads digits with a point, and how many decimals they have.
func plain(s string) (float64, int, bool) {
	if len(s) == 0 || len(s) > 400 {
		return 0, 0, false
	}
	decimals, dot := 0, strings.IndexByte(s, '.')
	for i := range len(s) {
		if c := s[i]; c < '0' || c > '9' {
			if i == dot || i == 0 && (c == '-' || c == '+') && len(s) > 1 {
				continue
			}
			return scientific(s)
		}
	}
	if dot >= 0 {
		decimals = len(s) - dot - 1
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, 0, false
	}
	if decimals > 15 {
		decimals = shorter(v)
	}
	return v, decimals, true
}

func scientific(s string) (float64, int, bool) {
	m := plainNumber.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, 0, false
	}
	power, _ := strconv.Atoi(m[3])
	return v, min(max(len(m[2])-power, 0), 15), true
}

// shorter returns how many of its endless decimals a computed number needs.
func shorter(v float64) int {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	return min(max(len(s)-strings.IndexByte(s+".", '.')-1, 0), 15)
}

// scaled multiplies by a power of ten without the noise of binary fractions.
func (n number) scaled(power int) (number, error) {
	if power == 0 || n.value == nil {
		return n, nil
	}
	v, err := strconv.ParseFloat(strconv.FormatFloat(*n.value, 'f', -1, 64)+"e"+strconv.Itoa(power), 64)
	if err != nil || math.IsInf(v, 0) {
		return n, errNumber
	}
	n.value, n.decimals = &v, min(max(n.decimals-power, 0), 15)
	return n, nil
}
