package web

import (
	"net/http"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/reports"
)

func TestBriefsOfADraftAreOfferedToEverybodyWithDrawnNotes(t *testing.T) {
	h := loaded(t)
	page := must(t, get(h, "/en/reviews/2022"), http.StatusOK, "Briefs for the round tables", "objectives 4, 8, 9, 10, 11, 13, 21", `href="/en/reviews/2022/ru-brief-4.pdf"`, `href="/en/reviews/2022/kk-brief-1.docx"`)
	if strings.Contains(page, "brief-5") || strings.Contains(page, "brief-1.xlsx") {
		t.Error("the page offers briefs that there are not")
	}
	must(t, get(h, "/en/reviews/2022/ru-brief-4.pdf"), http.StatusOK, "%PDF-1.7 2022 ru brief-4")
	must(t, get(h, "/en/reviews/2022/en-brief-2.md"), http.StatusOK, "Round table 2: brief for the speaker", "Drawn from the review", "Draft ·")
	must(t, get(h, "/kk/reviews/2022/builds/en-brief-2"), http.StatusOK, "2-дөңгелек үстел")
	for _, file := range []string{"en-brief-5.md", "en-brief-0.pdf", "de-brief-1.md", "en-brief-.pdf", "en-brief-1"} {
		must(t, get(h, "/en/reviews/2022/"+file), http.StatusNotFound)
	}
}

func TestDelegationWritesNotesForARoundTable(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		o := officeOf(t, db)
		o.published()
		editor, outsider := o.drafter(), person(t, o.app, "mia", auth.Contributor)
		base := "/work/reviews/2022"
		for _, path := range []string{"/briefs", "/briefs/en-brief-2.pdf"} {
			must(t, outsider.get(base+path), http.StatusForbidden)
		}
		must(t, o.auditor.get(base+"/briefs?lang=en"), http.StatusOK, "drawn from the review", base+"/sections/brief-2", base+"/briefs/kk-brief-2.pdf", "what the newest edition says")
		must(t, o.auditor.get(base+"/briefs/en-brief-2.md"), http.StatusOK, "Drawn from the review", "Edition 1 ·")
		must(t, o.auditor.get(base+"/briefs/en-brief-2.pdf"), http.StatusOK, "%PDF-1.7 en Round table 2")
		for _, file := range []string{"en-brief-5.pdf", "en.pdf", "en-compact.pdf", "en-brief-2", "xx-brief-2.pdf", "en-brief-2.exe"} {
			must(t, o.auditor.get(base+"/briefs/"+file), http.StatusNotFound)
		}

		// after the review was published, and without a void signature
		must(t, editor.get(base+"/sections/brief-2?lang=en"), http.StatusOK, "Speaking notes, round table 2", "Drawn from the review", `name="body.kk"`)
		must(t, editor.get(base+"/sections/brief-5"), http.StatusNotFound)
		must(t, editor.get(base+"/sections/means"), http.StatusOK)
		must(t, o.auditor.send(base+"/sections/brief-2", "body.en", "Dear chair", "version.en", "0"), http.StatusForbidden)
		must(t, editor.send(base+"/sections/brief-2", "body.en", "Dear chair, {{figure indicator:refugees-registered@2020}}"+breakout, "version.en", "0", "step", "cleared.en"), http.StatusSeeOther)
		must(t, editor.send(base+"/sections/brief-5", "body.en", "Dear chair", "version.en", "0"), http.StatusNotFound)
		must(t, editor.send(base+"/sections/brief-2", "body.en", "Another", "version.en", "0"), http.StatusConflict)
		must(t, editor.get(base+"/sections/brief-2/versions?language=en"), http.StatusOK, "Dear chair")
		if said := must(t, o.auditor.get(base+"/briefs/en-brief-2.md"), http.StatusOK, "Dear chair, 445", "Written by the delegation", "Edition 1 ·"); strings.Contains(said, "Drawn from") || strings.Contains(said, "SHA-256") {
			t.Errorf("the speaker's brief says\n%s", said)
		}
		must(t, o.auditor.get(base+"/briefs/kk-brief-2.md"), http.StatusOK, "Шолудан алынған")
		if public := must(t, get(o.app, "/reviews/2022/en-brief-2.md"), http.StatusOK, "Drawn from the review"); strings.Contains(public, "Dear chair") {
			t.Error("everybody reads what the delegation will say")
		}
		must(t, get(o.app, "/en/reviews/2022/en-brief-2.pdf"), http.StatusOK, "review-2022-en-brief-2")
		must(t, get(o.app, "/en/reviews/2022"), http.StatusOK, "round table 2", `href="/en/reviews/2022/ru-brief-4.pdf"`, "/reviews/2022/editions/1/review-2022-ru-brief-4.pdf")
		if strings.Contains(must(t, get(o.app, "/en/search?q=chair"), http.StatusOK), "Dear chair") {
			t.Error("the search finds what the delegation will say")
		}
		review, err := reports.NewStore(db).ReviewByCycle(t.Context(), "2022")
		if err != nil || review.State != reports.Published || review.Section("brief-2", "en").State != reports.Cleared {
			t.Errorf("the review is %s, %v", review.State, err)
		}
		must(t, editor.get(base+"/check?lang=en"), http.StatusOK, "There are no notes, or only outdated ones, in Kazakh.", base+"/sections/brief-2#text-kk")
	})
}
