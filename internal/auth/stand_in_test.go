package auth_test

import (
	"testing"

	"gcm/internal/auth"
)

func TestNobodyGainsARoleOfAnotherBodyByStandingIn(t *testing.T) {
	mia, mfa := int64(1), int64(2)
	person := func(agency *int64, roles ...auth.Role) auth.User {
		u := auth.User{AgencyID: agency}
		for _, r := range roles {
			u.Roles = append(u.Roles, auth.UserRole{Role: r})
		}
		return u
	}
	for name, c := range map[string]struct {
		absent, person auth.User
		may            bool
	}{
		"a colleague of the agency":                     {person(&mia, auth.Approver), person(&mia, auth.Contributor), true},
		"somebody of another agency":                    {person(&mia, auth.Approver), person(&mfa, auth.Approver), false},
		"somebody without an agency for one who has":    {person(&mia, auth.Approver), person(nil, auth.Coordinator), false},
		"somebody of an agency for one without":         {person(nil, auth.Coordinator), person(&mia, auth.Approver), false},
		"another coordinator":                           {person(nil, auth.Coordinator), person(nil, auth.Coordinator, auth.Editor), true},
		"a partner for a coordinator":                   {person(nil, auth.Coordinator), person(nil, auth.Partner), false},
		"a coordinator for one who administers as well": {person(nil, auth.Coordinator, auth.Admin), person(nil, auth.Coordinator), false},
		"a partner for a partner":                       {person(nil, auth.Partner), person(nil, auth.Partner), false},
	} {
		if got := auth.MayStandIn(c.absent, c.person); got != c.may {
			t.Errorf("%s: %v", name, got)
		}
	}
}
