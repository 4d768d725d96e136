// Package auth says who may do what. It knows permissions; it knows no route
// and no page.
package auth

// Permission is what a route asks of its visitor. Its zero value is none at
// all: a route that forgets to name one cannot be registered.
type Permission struct{ name string }

// Public is the permission that everybody has.
var Public = Permission{"public"}

// Named reports whether the permission was named.
func (p Permission) Named() bool { return p.name != "" }

// Anyone reports whether a visitor without an account has the permission.
func (p Permission) Anyone() bool { return p == Public }

func (p Permission) String() string { return p.name }
