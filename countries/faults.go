package countries

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing that is wrong in a pack.
type Fault struct {
	File    string // within the pack
	Line    int    // 0 for the file as a whole
	Record  string // the record's code
	Field   string // within the record, counted from 1: "mapping[2].reason.kk"
	Problem string
}

func (f Fault) String() string {
	s := f.File
	if f.Line > 0 {
		s += fmt.Sprintf(":%d", f.Line)
	}
	for _, part := range []string{f.Record, f.Field, f.Problem} {
		if part != "" {
			s += ": " + part
		}
	}
	return s
}

// Faults is all that is wrong in a pack, by file and line. Its message has one
// line for each.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i := range f {
		lines[i] = f[i].String()
	}
	return strings.Join(lines, "\n")
}

func (f Faults) sort() {
	slices.SortStableFunc(f, func(a, b Fault) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) })
}

// place says where in the pack a value stands.
type place struct {
	file, record, field string
	line                int
}

// in returns the place of a field of the value at p.
func (p place) in(field string) place {
	if p.field != "" {
		field = p.field + "." + field
	}
	p.field = field
	return p
}

// item returns the place of the i-th item, from 0, of the list at p.
func (p place) item(i int) place {
	p.field += fmt.Sprintf("[%d]", i+1)
	return p
}
