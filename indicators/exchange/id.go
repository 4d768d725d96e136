package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// SDMX lets the id of a component have Latin letters, digits, "_" and "-" after a
// letter, and that of a code have these and "@" and "$" as well. Codes of the
// register can hold anything, so what does not fit is escaped, and comes back
// unchanged.

// ComponentID is the id of a register's dimension: "source_country" is
// SOURCE_COUNTRY. What is neither a small letter nor a digit nor "_" is its
// number in hexadecimal digits between two small x; a small d stands before
// what could not begin an id or is an id of the structure's own.
func ComponentID(dimension string) string {
	var b strings.Builder
	for _, r := range dimension {
		switch {
		case r >= 'a' && r <= 'z':
			b.WriteRune(r - 'a' + 'A')
		case r >= '0' && r <= '9' || r == '_':
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "x%Xx", r)
		}
	}
	id := b.String()
	if id == "" || id[0] < 'A' || id[0] > 'Z' || reserved(id) {
		return "d" + id
	}
	return id
}

// DimensionOf is the inverse of ComponentID.
func DimensionOf(id string) (string, bool) {
	parts := strings.Split(strings.TrimPrefix(id, "d"), "x")
	if len(parts)%2 == 0 {
		return "", false
	}
	for i := range parts {
		if i%2 == 0 {
			parts[i] = strings.ToLower(parts[i])
		} else if r, ok := unhex(parts[i]); ok {
			parts[i] = r
		} else {
			return "", false
		}
	}
	dimension := strings.Join(parts, "")
	return dimension, ComponentID(dimension) == id
}

// misread are ids by which others know something that is no dimension of theirs.
var misread = strings.Fields("ACTION DATAFLOW DATE DESCRIPTION NAME OBS_VALUE PERIOD SERIES STATUS STRUCTURE STRUCTURE_ID UNIT UNITS VALUE YEAR NOTE NOTES SOURCE BREAKDOWN")

// reserved reports whether the structure itself has a component of this id, or
// one of a language, or a reader would take it for something else.
func reserved(id string) bool {
	return slices.Contains(misread, id) || slices.ContainsFunc(fixed, func(c fixedComponent) bool { return c.id == id }) ||
		strings.HasPrefix(id, "NOTE_") || strings.HasPrefix(id, "SOURCE_") && len(id) == len("SOURCE_XX")
}

// Total is the code of a dimension by which a value is not broken down.
const Total = "_T"

// CodeID is the id of a code: "UZ" and "non_AF" stay, "15+" is "15$2B$".
func CodeID(code string) string {
	var b strings.Builder
	for i, r := range code {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || (r == '_' || r == '-') && i > 0 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "$%X$", r)
		}
	}
	return b.String()
}

// CodeOf is the inverse of CodeID.
func CodeOf(id string) (string, bool) {
	parts := strings.Split(id, "$")
	if len(parts)%2 == 0 {
		return "", false
	}
	for i := 1; i < len(parts); i += 2 {
		r, ok := unhex(parts[i])
		if !ok {
			return "", false
		}
		parts[i] = r
	}
	code := strings.Join(parts, "")
	return code, CodeID(code) == id
}

func unhex(digits string) (string, bool) {
	n, err := strconv.ParseUint(digits, 16, 21)
	return string(rune(n)), err == nil && utf8.ValidRune(rune(n))
}
