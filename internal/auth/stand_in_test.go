package auth_test

import (
	"testing"
	"time"

	"gcm/internal/auth"
	"gcm/internal/db"
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

func TestLeaveBeginsWithTheDayInTheState(t *testing.T) {
	onEach(t, func(t *testing.T, conn *db.DB, s *auth.Store) { // the clock stands at four minutes past three in Greenwich
		absent, _ := made(t, s, "absent@gov.example", auth.Approver)
		present, _ := made(t, s, "present@gov.example", auth.Contributor)
		day := start.Format(time.DateOnly)
		if err := conn.Model(&absent).Updates(map[string]any{"leave_from": day, "leave_until": day, "substitute_id": present.ID}).Error; err != nil {
			t.Fatal(err)
		}
		for hours, want := range map[int]bool{5: true, 0: true, -4: false} {
			actor, err := s.In(time.FixedZone("", hours*3600)).Actor(t.Context(), present.ID)
			if err != nil || actor.Can(auth.Approve) != want {
				t.Errorf("%d hours east of Greenwich: may approve %v, %v", hours, !want, err)
			}
		}
	})
}
