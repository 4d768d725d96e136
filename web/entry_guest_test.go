package web

import (
	"net/http"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/db/dbtest"
	"gcm/progress"
)

func TestPartnerSeesThatAnEntryIsNotPublishedAndCommentsWhenInvited(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *gorm.DB) {
		o, _, _, approved, accepted := busy(t, db)
		path := "/work/entries/" + accepted.Code
		if w := o.partner.get("/work/entries/" + approved.Code); w.Code != http.StatusNotFound {
			t.Errorf("what is not accepted answers %d", w.Code)
		}
		w := o.partner.get(path)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), inKazakh(t, "guest.unpublished")) || strings.Contains(w.Body.String(), path+"/comments") {
			t.Errorf("answers %d; not marked, or to be commented on without an invitation", w.Code)
		}
		if body := o.coordinator.get(path).Body.String(); strings.Contains(body, inKazakh(t, "guest.unpublished")) {
			t.Error("the coordinator is told what partners are told")
		}
		_, err := o.store.AddComment(t.Context(), o.as(o.coordinator), accepted.Code, "", "@"+o.partner.user.Email+" пікіріңіз қажет")
		o.must(err)
		if body := o.partner.get(path).Body.String(); !strings.Contains(body, inKazakh(t, "guest.invited")) || !strings.Contains(body, path+"/comments") {
			t.Error("who was invited cannot comment")
		}
		o.takes(accepted, o.coordinator, (*progress.Store).Release)
		if body := o.partner.get(path).Body.String(); strings.Contains(body, inKazakh(t, "guest.unpublished")) {
			t.Error("what is released is marked as unpublished")
		}
	})
}
