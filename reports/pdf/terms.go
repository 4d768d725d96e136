package pdf

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// count puts numbers into the places of a term like "Page %d of %d". Places may
// be numbered, "%[2]d", where a language wants another order.
func count(term string, numbers ...int) string {
	for i, n := range numbers {
		term = strings.ReplaceAll(term, "%["+strconv.Itoa(i+1)+"]d", strconv.Itoa(n))
	}
	for _, n := range numbers {
		term = strings.Replace(term, "%d", strconv.Itoa(n), 1)
	}
	return term
}

// pageDigits is the widest number of so many digits; the digits of the faces are
// all of one width.
func pageDigits(digits int) int {
	n := 8
	for ; digits > 1; digits-- {
		n = n*10 + 8
	}
	return n
}

// webAddress writes an address in ASCII, as PDF wants it; what is no address
// leads nowhere.
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return ""
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] > ' ' && s[i] < 0x7F {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, "%%%02X", s[i])
		}
	}
	return b.String()
}
