// Package fault gives every failure a kind, so that the edge (a page, a command)
// can answer it in one place: what the user reads comes from the kind and its
// message key, what the log reads is the wrapped cause.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of failure it is.
type Kind int

// The kinds of failure. Internal is what is left when nothing else was said.
const (
	Internal Kind = iota
	NotFound
	Conflict
	Forbidden
	Invalid
	Unavailable
)

// Error is a failure with its kind.
type Error struct {
	Kind  Kind
	Key   string // message key of the catalogue, for the reader; may be empty
	cause error
}

func (e *Error) Error() string { return e.cause.Error() }
func (e *Error) Unwrap() error { return e.cause }

// New returns a failure of the kind, described as fmt.Errorf describes it.
func New(kind Kind, key, format string, args ...any) error {
	return &Error{Kind: kind, Key: key, cause: fmt.Errorf(format, args...)}
}

// KindOf returns the kind of err, Internal when none was given.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	if ProblemsOf(err) != nil {
		return Invalid
	}
	return Internal
}

// KeyOf returns the message key of err, empty when it has none.
func KeyOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Key
	}
	if ProblemsOf(err) != nil {
		return "error.invalid"
	}
	return ""
}
