package web

import (
	"slices"

	"gcm/internal/fault"
)

// problem is what is wrong with one field of a form, in the reader's language.
type problem struct {
	Field string // the id of its input; empty for the form as a whole
	Text  string
}

// problems are all that is wrong with a form. The template "summary" lists them
// above it; "wrong" with .Problems.Of "name" says it beside the input, which
// names it: {{if .Problems.Of "name"}} aria-invalid="true" aria-describedby="name-error"{{end}}.
type problems []problem

// Of returns the problem of a field, nil when it is right.
func (p problems) Of(field string) *problem {
	i := slices.IndexFunc(p, func(one problem) bool { return one.Field == field })
	if i < 0 {
		return nil
	}
	return &p[i]
}

// wrong returns what is wrong with the form that was sent, when err says so; the
// page is then shown again with status 422. Any other failure stays one.
func (r *request) wrong(err error) (problems, error) {
	var list problems
	for _, one := range fault.ProblemsOf(err) {
		list = append(list, problem{one.Field, r.T(one.Key, one.Args...)})
	}
	if list == nil && fault.KindOf(err) == fault.Invalid && r.p.Has(fault.KeyOf(err)) {
		list = problems{{Text: r.T(fault.KeyOf(err))}}
	}
	if list == nil {
		return nil, err
	}
	return list, nil
}
