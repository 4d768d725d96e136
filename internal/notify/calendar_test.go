package notify

import (
	"testing"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
)

func TestCalendarOpensToItsNewestSecretAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		store, actor := NewStore(g), auth.Actor{}
		actor.UserID = user(t, g, "one", "kk", "daily").ID
		var secrets []string
		for range 2 {
			secret, err := store.LinkCalendar(t.Context(), actor)
			if err != nil {
				t.Fatal(err)
			}
			secrets = append(secrets, secret)
		}
		link, err := store.CalendarLinkOf(t.Context(), actor)
		if err != nil || link == nil || link.Hash == secrets[1] || len(secrets[1]) < 26 {
			t.Errorf("%+v, %v", link, err)
		}
		if _, err := store.CalendarOwner(t.Context(), secrets[0]); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the old secret opens it: %v", err)
		}
		if id, err := store.CalendarOwner(t.Context(), secrets[1]); err != nil || id != actor.UserID {
			t.Errorf("%d, %v", id, err)
		}
		for range 2 { // the second time there is nothing to end
			if err := store.UnlinkCalendar(t.Context(), actor); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := store.CalendarOwner(t.Context(), secrets[1]); fault.KindOf(err) != fault.NotFound {
			t.Errorf("an ended secret opens it: %v", err)
		}
		var record []audit.Entry
		if g.Order("seq").Find(&record); len(record) != 3 || record[2].Action != "calendar.unlink" || record[0].Record != "one@example.org" {
			t.Errorf("on record are %+v", record)
		}
		if _, err := store.LinkCalendar(t.Context(), auth.Actor{}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a visitor gets %v", err)
		}
	})
}
