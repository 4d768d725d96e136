package main

import (
	"strings"
	"testing"
)

// invited invites somebody from the command line and returns the link.
func invited(t *testing.T, env map[string]string, args ...string) string {
	t.Helper()
	code, stdout, stderr := gcm(t, env, append([]string{"user", "add"}, args...)...)
	if code != exitDone {
		t.Fatal(stderr)
	}
	_, link, _ := strings.Cut(stdout, "\n")
	return strings.TrimSpace(link)
}

func TestPeopleAreKeptFromTheCommandLine(t *testing.T) {
	loaded(t, func(t *testing.T, env map[string]string) {
		env["GCM_BASE_URL"] = "https://gcm.example"
		if link := invited(t, env, "Admin@gov.example", "--name", "Айгүл", "--role", "admin"); !strings.HasPrefix(link, "https://gcm.example/invitation/") {
			t.Errorf("the link is %q", link)
		}
		invited(t, env, "b@gov.example", "--name", "Бекзат", "--role", "contributor", "--agency", "mia")
		for _, c := range []struct {
			args []string
			code int
			says string
		}{
			{[]string{"role", "b@gov.example", "--add", "approver", "--remove", "contributor"}, exitDone, "b@gov.example: approver"},
			{[]string{"list"}, exitDone, "admin@gov.example"},
			{[]string{"reset-password", "b@gov.example"}, exitDone, "/invitation/"},
			{[]string{"disable", "b@gov.example"}, exitDone, "signed out"},
			{[]string{"disable", "admin@gov.example"}, exitFailed, "last administrator"},
			{[]string{"role", "admin@gov.example", "--remove", "admin"}, exitFailed, "last administrator"},
			{[]string{"add", "b@gov.example", "--name", "Б"}, exitFailed, "already"},
			{[]string{"add", "c@gov.example", "--name", "В", "--role", "partner"}, exitFailed, "last day"},
			{[]string{"add", "c@gov.example", "--name", "В", "--role", "king"}, exitFailed, "no such role"},
			{[]string{"add", "c@gov.example", "--name", "В", "--role", "approver"}, exitFailed, "needs an agency"},
			{[]string{"add", "c@gov.example", "--name", "В", "--expires", "soon"}, exitUsage, "2027-06-30"},
			{[]string{"role", "nobody@gov.example", "--add", "admin"}, exitFailed, "gcm user list"},
			{[]string{"role", "b@gov.example"}, exitUsage, "--add"},
			{[]string{"add"}, exitUsage, "an e-mail address"},
		} {
			code, stdout, stderr := gcm(t, env, append([]string{"user"}, c.args...)...)
			if code != c.code || !strings.Contains(stdout+stderr, c.says) {
				t.Errorf("%v exits %d: %s%s", c.args, code, stdout, stderr)
			}
			if code != exitDone {
				oneLine(t, stderr)
			}
		}
	})
}
