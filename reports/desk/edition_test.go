package desk_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
)

var chain = []desk.Link{{Agency: "mia", Step: 1}, {Agency: "mfa", Step: 5}}

// laid writes a text and lays the review before its bodies.
func (h *house) laid() string {
	h.t.Helper()
	h.wrote(kk, "Бірінші.")
	h.wrote(ru, "Первый.")
	h.wrote(en, "First.")
	h.must(h.SetChain(h.t.Context(), h.editor, "2026", chain))
	hash, err := h.LayBefore(h.t.Context(), h.editor, "2026")
	h.must(err)
	return hash
}

// followed says that the translations still render the leading language.
func (h *house) followed() {
	h.t.Helper()
	r, err := h.stores.Reviews.ReviewByCycle(h.t.Context(), "2026")
	h.must(err)
	for _, at := range []desk.Place{ru, en} {
		_, err := h.SetTextState(h.t.Context(), h.editor, "2026", at, r.Section(at.Section, at.Language).Version, reports.Checked)
		h.must(err)
	}
}

// signedOff brings the review to the point at which it can be published.
func (h *house) signedOff() {
	h.t.Helper()
	hash := h.laid()
	h.must(h.Sign(h.t.Context(), h.signatoryMIA, "2026", hash, desk.Signed, ""))
	h.must(h.Sign(h.t.Context(), h.signatoryMFA, "2026", hash, desk.Signed, "Ескертпе жоқ"))
}

// press prints the texts of a snapshot, so that tests see what was published.
func press(_ context.Context, e desk.Edition, hash string, s reports.Snapshot) ([]desk.EditionFile, error) {
	var body strings.Builder
	body.WriteString(hash)
	for _, t := range s.Texts {
		body.WriteString("\n" + t.Section + "." + t.Language + ": " + t.Body)
	}
	return []desk.EditionFile{{Name: "review-2026-kk.pdf", Language: "kk", Profile: reports.Full, MediaType: "application/pdf", Body: []byte(body.String())}}, nil
}

func (h *house) title() i18n.Text {
	h.t.Helper()
	r, err := h.stores.Reviews.ReviewByCycle(h.t.Context(), "2026")
	h.must(err)
	return r.Title
}

func (h *house) state() reports.ReviewState {
	h.t.Helper()
	r, err := h.stores.Reviews.ReviewByCycle(h.t.Context(), "2026")
	h.must(err)
	return r.State
}

func TestBodiesSignInTheirOrderWhatTheyHaveRead(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		_, err := h.LayBefore(ctx, h.editor, "2026")
		h.refused(err, fault.Conflict) // nobody is to sign
		hash := h.laid()
		sign := func(who auth.Actor, hash string, d desk.Decision, remark string) error {
			return h.Sign(ctx, who, "2026", hash, d, remark)
		}
		h.refused(sign(h.editor, hash, desk.Signed, ""), fault.Forbidden)
		h.refused(sign(h.coordinator, hash, desk.Signed, ""), fault.Forbidden)
		h.refused(sign(h.person("zere", "", auth.Signatory), hash, desk.Signed, ""), fault.Forbidden)
		h.refused(sign(h.signatoryMFA, hash, desk.Signed, ""), fault.Conflict) // not yet
		h.refused(sign(h.signatoryMIA, "another", desk.Signed, ""), fault.Conflict)
		h.refused(sign(h.signatoryMIA, hash, desk.Refused, " "), fault.Invalid)
		h.must(sign(h.signatoryMIA, hash, desk.Refused, "5-тарауды нақтылау қажет"))
		h.refused(sign(h.signatoryMFA, hash, desk.Signed, ""), fault.Conflict)
		h.must(sign(h.signatoryMIA, hash, desk.Signed, ""))
		if h.state() != reports.Clearance {
			h.t.Errorf("is %s after one of two", h.state())
		}
		h.must(sign(h.signatoryMFA, hash, desk.Signed, ""))
		sheet, err := h.Sheet(ctx, h.auditor, "2026")
		if err != nil || h.state() != reports.SignedOff || sheet.Hash != hash || len(sheet.Bodies) != 2 || sheet.Bodies[1].Signature == nil || len(sheet.Void) != 1 {
			h.t.Errorf("%s, %+v, %v", h.state(), sheet, err)
		}
		h.refused(sign(h.signatoryMIA, hash, desk.Refused, "кеш"), fault.Conflict)
	})
}

func TestAnyChangeMakesSignaturesVoidAndSaysWhatItWas(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		h.signedOff()
		h.wrote(kk, "Бірінші.") // the same
		if h.state() != reports.SignedOff {
			h.t.Errorf("is %s although nothing was changed", h.state())
		}
		h.wrote(kk, "Өзгертілді.")
		sheet, err := h.Sheet(ctx, h.editor, "2026")
		if err != nil || h.state() != reports.Drafting || len(sheet.Void) != 2 || sheet.Void[0].VoidReason != "means.kk" || sheet.Void[0].VoidedBy != "ilyas" || sheet.Bodies[0].Signature != nil {
			h.t.Errorf("%s, %+v, %v", h.state(), sheet, err)
		}
		_, err = h.Publish(ctx, h.editor, "2026", "", "test", press)
		h.refused(err, fault.Conflict)
		first := sheet.Void[0].SnapshotID
		h.followed()
		hash, err := h.LayBefore(ctx, h.editor, "2026")
		h.must(err)
		h.refused(h.Recall(ctx, h.editor, "2026", ""), fault.Invalid)
		h.must(h.Recall(ctx, h.editor, "2026", "қосымша келісу"))
		again, err := h.LayBefore(ctx, h.editor, "2026")
		if err != nil || again != hash {
			h.t.Errorf("the same review is snapshot %s and then %s, %v", hash, again, err)
		}
		if sheet, err = h.Sheet(ctx, h.editor, "2026"); err != nil || sheet.SnapshotID == first {
			h.t.Errorf("%+v, %v", sheet, err)
		}
	})
}

func TestPublishedEditionStandsAndACorrectionIsTheNext(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		h.signedOff()
		broken := func(context.Context, desk.Edition, string, reports.Snapshot) ([]desk.EditionFile, error) {
			return nil, errors.New("no paper")
		}
		if _, err := h.Publish(ctx, h.editor, "2026", "", "test", broken); err == nil || h.state() != reports.SignedOff {
			h.t.Errorf("%s, %v", h.state(), err)
		}
		first, err := h.Publish(ctx, h.editor, "2026", "https://gcm.example", "test", press)
		h.must(err)
		if first.Address != "https://gcm.example/reviews/2026/editions/1" {
			h.t.Errorf("is confirmed at %s", first.Address)
		}
		kept, err := h.EditionFile(ctx, first.ID, "review-2026-kk.pdf")
		if err != nil || !strings.Contains(string(kept.Body), "means.kk: Бірінші.") || h.state() != reports.Published {
			h.t.Errorf("%q, %v", kept.Body, err)
		}
		found, err := h.FindFile(ctx, kept.SHA256)
		if err != nil || found.Cycle != "2026" || found.Edition != 1 || found.Latest != 1 || found.File.Name != "review-2026-kk.pdf" {
			h.t.Errorf("%+v, %v", found, err)
		}
		_, err = h.FindFile(ctx, strings.Repeat("0", 64))
		h.refused(err, fault.NotFound)

		for _, kept := range []i18n.Text{first.Title, nil} { // nil for an edition from before titles were kept
			first.Title = kept
			if title, err := h.Named(ctx, first); err != nil || title["ru"] == "" || title["kk"] == title["en"] || kept != nil && !maps.Equal(kept, title) || !maps.Equal(title, h.title()) {
				h.t.Errorf("the edition is named %v, %v", title, err)
			}
		}

		review, err := h.stores.Reviews.ReviewByCycle(ctx, "2026")
		h.must(err)
		h.must(h.db.Exec("UPDATE cycles SET cutoff = '2020-02-29'").Error)
		if cutoff, err := h.Cutoff(ctx, first); err != nil || cutoff == "" || cutoff != review.Cycle.Cutoff {
			h.t.Errorf("the edition tells as of %q and not %q, %v", cutoff, review.Cycle.Cutoff, err)
		}
		h.must(h.db.Exec("UPDATE cycles SET cutoff = ? WHERE code = '2026'", review.Cycle.Cutoff).Error)

		h.refused(h.Correct(ctx, h.editor, "2026", i18n.Text{"kk": "Түзету"}), fault.Invalid)
		h.must(h.Correct(ctx, h.editor, "2026", i18n.Text{"kk": "Түзету", "ru": "Исправление", "en": "Correction"}))
		h.wrote(kk, "Түзетілді.")
		h.followed()
		hash, err := h.LayBefore(ctx, h.editor, "2026")
		h.must(err)
		h.must(h.Sign(ctx, h.signatoryMIA, "2026", hash, desk.Signed, ""))
		h.must(h.Sign(ctx, h.signatoryMFA, "2026", hash, desk.Signed, ""))
		second, err := h.Publish(ctx, h.editor, "2026", "", "test", press)
		if err != nil || second.Number != 2 || second.Erratum["en"] != "Correction" {
			h.t.Errorf("%+v, %v", second, err)
		}
		list, err := h.Editions(ctx, "2026")
		if err != nil || len(list) != 2 || list[1].Files[0].SHA256 != kept.SHA256 {
			h.t.Errorf("%+v, %v", list, err)
		}
		redrawn, err := h.Redraw(ctx, list[1], press)
		if err != nil || string(redrawn[0].Body) != string(kept.Body) {
			h.t.Errorf("the first edition is drawn as %q, %v", redrawn[0].Body, err)
		}
		if found, err = h.FindFile(ctx, kept.SHA256); err != nil || found.Edition != 1 || found.Latest != 2 {
			h.t.Errorf("%+v, %v", found, err)
		}
	})
}

func TestAssessmentsOfAnEditionStandWhileItIsCorrected(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		public := func(want ...reports.Level) {
			h.t.Helper()
			list, err := h.stores.Reviews.Judgements(ctx)
			h.must(err)
			var got []reports.Level
			for _, j := range list {
				got = append(got, j.Level)
			}
			if !slices.Equal(got, want) {
				h.t.Errorf("everybody sees %v, not %v", got, want)
			}
		}
		for _, number := range []int{5, 6} {
			_, err := h.Assess(ctx, h.coordinator, "2026", number, 0, judgement(reports.Meets, "Виза"))
			h.must(err)
		}
		h.signedOff()
		public()
		_, err := h.Publish(ctx, h.editor, "2026", "", "test", press)
		h.must(err)
		public(reports.Meets, reports.Meets)
		h.must(h.Correct(ctx, h.editor, "2026", i18n.Text{"kk": "Түзету", "ru": "Исправление", "en": "Correction"}))
		public(reports.Meets, reports.Meets)
		h.db.NowFunc = func() time.Time { return now.Add(time.Hour) }
		_, err = h.Assess(ctx, h.coordinator, "2026", 6, 1, judgement(reports.FullyMeets, "Виза"))
		h.must(err)
		public(reports.Meets) // what nobody cleared is not for everybody
		_, err = h.Assess(ctx, h.coordinator, "2026", 7, 0, judgement(reports.FullyMeets, "Виза"))
		h.must(err)
		public(reports.Meets)
		review, err := h.stores.Reviews.ReviewByCycle(ctx, "2026")
		h.must(err)
		cleared, err := h.stores.Reviews.Cleared(ctx, review.ID)
		h.must(err)
		if len(cleared) != 1 || cleared[0].Objective.Number != 5 {
			h.t.Errorf("the next review is compared with %+v", cleared)
		}
	})
}

func TestEditionKeepsTheDayThatTheStateHadThen(t *testing.T) {
	each(t, func(h *house) {
		h.signedOff()
		h.db.NowFunc = func() time.Time { return time.Date(2026, 5, 3, 21, 30, 0, 0, time.UTC) }
		h.editor.Zone = time.FixedZone("", 5*60*60)
		_, err := h.Publish(h.t.Context(), h.editor, "2026", "", "gcm", press)
		h.must(err)
		e, _, err := h.Edition(h.t.Context(), "2026", 1)
		h.must(err)
		if e.Day() != "2026-05-04" || e.Marks("", "kk").Day != "2026-05-04" {
			h.t.Errorf("it was published on %s", e.Day())
		}
		if e.PublishedOn = ""; e.Day() != "2026-05-03" {
			h.t.Errorf("an edition from before days were kept says %s, which its files do not", e.Day())
		}
	})
}

func TestPublishedReviewCannotBeChanged(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		h.signedOff()
		_, err := h.Publish(ctx, h.editor, "2026", "", "test", press)
		h.must(err)
		_, save := h.SaveText(ctx, h.editor, "2026", kk, 1, "Кейін.")
		_, set := h.SetTextState(ctx, h.editor, "2026", kk, 1, reports.Cleared)
		_, lay := h.LayBefore(ctx, h.editor, "2026")
		_, publish := h.Publish(ctx, h.editor, "2026", "", "test", press)
		for _, err := range []error{
			save, set, lay, publish, h.SetChain(ctx, h.editor, "2026", nil), h.Recall(ctx, h.editor, "2026", "себеп"),
			h.Sign(ctx, h.signatoryMIA, "2026", "", desk.Signed, ""),
		} {
			h.refused(err, fault.Conflict)
		}
		for _, table := range []string{"review_snapshots", "editions", "edition_files"} {
			for _, statement := range []string{"DELETE FROM " + table, "UPDATE " + table + " SET " + map[string]string{"review_snapshots": "hash = ''", "editions": "number = 9", "edition_files": "sha256 = ''"}[table]} {
				if err := h.db.Exec(statement).Error; err == nil {
					h.t.Errorf("%s is carried out", statement)
				}
			}
		}
	})
}

func TestOneOfManyPublishes(t *testing.T) {
	each(t, func(h *house) {
		h.signedOff()
		h.db.NowFunc = func() (at time.Time) { return now }
		done := make(chan error)
		for range 8 {
			go func() { _, err := h.Publish(h.t.Context(), h.editor, "2026", "", "test", press); done <- err }()
		}
		published := 0
		for range 8 {
			if err := <-done; err == nil {
				published++
			} else {
				h.refused(err, fault.Conflict)
			}
		}
		list, err := h.Editions(h.t.Context(), "2026")
		if err != nil || published != 1 || len(list) != 1 {
			h.t.Errorf("%d published %d editions, %v", published, len(list), err)
		}
	})
}

func TestEachStepOfAReviewIsOnRecord(t *testing.T) {
	each(t, func(h *house) {
		h.signedOff()
		_, err := h.Publish(h.t.Context(), h.editor, "2026", "", "test", press)
		h.must(err)
		acts, err := audit.List(h.t.Context(), h.db, audit.Filter{Noun: "review", Record: "2026", Limit: 20})
		var did []string
		for _, a := range acts {
			did = append(did, a.Action)
		}
		if want := "publish sign_off signed signed lay_before chain"; err != nil || strings.Join(did, " ") != want {
			h.t.Errorf("got %v, %v", did, err)
		}
	})
}
