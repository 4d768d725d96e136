package web

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"gcm/internal/auth"
)

// seen is somebody who asks, with what the tests expect of him or her: it is
// said here once more, and not read from the program.
type seen struct {
	name   string
	by     *client     // nil for who never signed in
	roles  []auth.Role // that count; none for who may not sign in
	agency string
	out    bool // may not sign in
}

// cast are all sorts of people who may ask, in the house of an office.
func (o *office) cast() []seen {
	o.t.Helper()
	list := []seen{{name: "visitor", out: true}}
	add := func(name, agency string, roles ...auth.Role) *client {
		c := person(o.t, o.app, agency, roles...)
		list = append(list, seen{name: name, by: c, roles: roles, agency: agency})
		return c
	}
	for _, role := range auth.Roles {
		agency := ""
		if role.OfAgency() {
			agency = "mia"
		}
		add(string(role), agency, role)
	}
	add("administrator who coordinates", "", auth.Admin, auth.Coordinator)
	add("contributor of another agency", "mlspp", auth.Contributor)
	add("approver of another agency", "mlspp", auth.Approver)
	o.change(add("partner of one objective", "", auth.Partner), map[string]any{"scope": auth.Scope{Objectives: []int{outside}, Agencies: []string{"national-bank"}, Indicators: []string{"kandas-arrivals"}}})

	standIn := add("contributor who stands in for an approver", "mia", auth.Contributor, auth.Approver)
	o.must(o.conn.Delete(&auth.UserRole{}, "user_id = ? AND role = ?", standIn.user.ID, auth.Approver).Error)
	o.change(person(o.t, o.app, "mia", auth.Approver), map[string]any{"leave_from": "2030-01-01", "leave_until": "2030-01-09", "substitute_id": standIn.user.ID})

	o.change(add("disabled administrator", "", auth.Admin), map[string]any{"disabled_at": now()})
	o.change(add("partner whose account ended", "", auth.Partner), map[string]any{"expires_at": now().Add(-time.Hour)})
	for i := len(list) - 2; i < len(list); i++ {
		list[i].roles, list[i].out = nil, true
	}
	return list
}

func (o *office) change(c *client, fields map[string]any) {
	o.t.Helper()
	o.must(o.conn.Model(&c.user).Updates(fields).Error)
}

// can says whether one of the roles brings the permission.
func (s seen) can(p auth.Permission) bool {
	return p == auth.Public || !s.out && p == auth.SignedIn || slices.ContainsFunc(s.roles, func(r auth.Role) bool { return r.Grants(p) })
}

func (s seen) has(roles ...auth.Role) bool {
	return slices.ContainsFunc(roles, func(r auth.Role) bool { return slices.Contains(s.roles, r) })
}

// of says whether the person enters or approves for the agency.
func (s seen) of(agency string) bool {
	return s.agency == agency && s.has(auth.Contributor, auth.Approver)
}

// again signs the person in once more: some forms end sessions.
func (o *office) again(s *seen) {
	if s.by != nil {
		s.by = &client{o.app, s.by.user, session(o.t, o.app, s.by.user.ID)}
	}
}

func (o *office) get(s seen, path string, headers ...string) *httptest.ResponseRecorder {
	if s.by == nil {
		return get(o.app, path, headers...)
	}
	return s.by.get(path, headers...)
}

func (o *office) post(s seen, path, form string, headers ...string) *httptest.ResponseRecorder {
	if s.by == nil {
		return post(o.app, path, form, headers...)
	}
	return s.by.post(path, form, headers...)
}

// records say which records the parameters of addresses stand for: by the
// pattern up to the parameter, given who asks and the value of the parameter
// before. A "?" before a pattern has the query that it needs; the pattern of a
// route with one parameter can have records of its own.
type records map[string]func(s seen, before string) []string

// paths returns the addresses of a pattern, with each of the records. It fails
// for a parameter without any: a new route says here what it is asked for with.
func (r records) paths(t testing.TB, pattern string, s seen) []string {
	t.Helper()
	if own := r[pattern]; own != nil && strings.Count(pattern, ":") == 1 && !strings.Contains(pattern, "*") && r["?"+pattern] == nil {
		var paths []string
		for _, v := range own(s, "") {
			head, tail, _ := strings.Cut(pattern, ":")
			_, rest, more := strings.Cut(tail, "/")
			if more {
				rest = "/" + rest
			}
			paths = append(paths, head+v+rest)
		}
		return paths
	}
	type start struct{ path, value string } // and the record that it names last
	list, prefix := []start{{}}, ""
	for _, part := range strings.Split(strings.TrimPrefix(pattern, "/"), "/") {
		prefix += "/" + part
		var longer []start
		for _, l := range list {
			if !strings.HasPrefix(part, ":") && !strings.HasPrefix(part, "*") {
				longer = append(longer, start{l.path + "/" + part, l.value})
				continue
			}
			if r[prefix] == nil {
				t.Fatalf("no record is named for %s", prefix)
			}
			for _, v := range r[prefix](s, l.value) {
				longer = append(longer, start{l.path + "/" + v, v})
			}
		}
		list = longer
	}
	var paths []string
	for _, l := range list {
		query := ""
		if r["?"+pattern] != nil {
			query = "?" + r["?"+pattern](s, "")[0]
		}
		paths = append(paths, l.path+query)
	}
	return paths
}
