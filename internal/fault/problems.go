package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Problem is what is wrong with one field of what somebody entered.
type Problem struct {
	Field string // as the form names it: "title.kk", "milestones.2.due"; empty for the whole
	Key   string // message key of the catalogue
	Args  []any  // of the message
}

// Problems are all that is wrong with what somebody entered, told at once. As an
// error they are of the kind Invalid.
type Problems []Problem

// Add puts one more problem on the list.
func (p *Problems) Add(field, key string, args ...any) {
	*p = append(*p, Problem{field, key, args})
}

// Err returns the problems as an error; nil when there are none.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

func (p Problems) Error() string {
	var parts []string
	for _, one := range p {
		parts = append(parts, strings.TrimSpace(fmt.Sprintln(append([]any{one.Field + ":", one.Key}, one.Args...)...)))
	}
	return strings.Join(parts, "; ")
}

// ProblemsOf returns the problems that err is about, nil when it is another one.
func ProblemsOf(err error) Problems {
	var p Problems
	errors.As(err, &p)
	return p
}
