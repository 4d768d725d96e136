package desk_test

import (
	"testing"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/notify"
	"gcm/reports/desk"
)

// told counts the notices of a kind that a person has.
func (h *house) told(who auth.Actor, kind string) (n int) {
	h.t.Helper()
	var count int64
	h.must(h.db.Model(&notify.Notice{}).Where("user_id = ? AND kind = ?", who.UserID, kind).Count(&count).Error)
	return int(count)
}

func TestCommentStaysWithItsPassage(t *testing.T) {
	each(t, func(h *house) {
		ctx := t.Context()
		h.wrote(kk, "Бірінші абзац осы.\n\nЕкінші абзац кейінірек тағы жазылады.")
		c, err := h.AddComment(ctx, h.coordinator, "2026", kk, 2, "Дерек қайда? @ilyas @ayan @lena @dana")
		h.must(err)
		if h.told(h.editor, "review_mention") != 1 || h.told(h.signatoryMIA, "review_mention") != 1 || h.told(h.contributor, "review_mention") != 0 || h.told(h.partner, "review_mention") != 0 {
			t.Errorf("mentioned are %v: those who see reviews at work, and nobody else", c.Mentions)
		}
		_, err = h.AnswerComment(ctx, h.editor, "2026", c.ID, "Қостым")
		h.must(err)
		if h.told(h.coordinator, "review_answer") != 1 {
			t.Error("who began the thread is not told of the answer")
		}
		threads := func() []desk.Remark {
			r := h.review("2026")
			list, err := h.Comments(ctx, h.auditor, &r)
			h.must(err)
			return list
		}
		h.wrote(kk, "Жаңа абзац.\n\nБірінші абзац осы.\n\nЕкінші абзац кейінірек тағы бір рет жазылады.")
		if got := threads(); len(got) != 1 || got[0].Now != 3 || got[0].Gone || len(got[0].Answers) != 1 || got[0].Author != "gulnar" || !got[0].Open() {
			t.Errorf("the thread is %+v", got)
		}
		h.wrote(kk, "Мүлде басқа.")
		if got := threads(); got[0].Now != 0 || !got[0].Gone {
			t.Errorf("a passage that is gone is found at %d", got[0].Now)
		}
		_, err = h.ResolveComment(ctx, h.editor, "2026", c.ID, true)
		h.must(err)
		if threads()[0].Open() {
			t.Error("the thread is still open")
		}
		_, err = h.ResolveComment(ctx, h.editor, "2026", c.ID, false)
		h.must(err)
		if !threads()[0].Open() {
			t.Error("the thread is not open again")
		}
	})
}

func TestOnlyWhoWorksOnAReviewComments(t *testing.T) {
	each(t, func(h *house) {
		ctx := t.Context()
		h.wrote(kk, "Абзац")
		for name, may := range map[string]bool{"editor": true, "coordinator": true, "signatory": true, "contributor": false, "partner": false, "admin": false, "auditor": false} {
			_, err := h.AddComment(ctx, h.named(name), "2026", kk, 0, "Пікір")
			if may != (err == nil) || !may && fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, wrong := range []error{
			func() error { _, err := h.AddComment(ctx, h.editor, "2026", kk, 2, "Пікір"); return err }(),
			func() error { _, err := h.AddComment(ctx, h.editor, "2026", kk, 1, " "); return err }(),
			func() error { _, err := h.AddComment(ctx, h.editor, "2026", kk, -1, "Пікір"); return err }(),
		} {
			h.refused(wrong, fault.Invalid)
		}
		_, err := h.AddComment(ctx, h.editor, "2026", desk.Place{Section: "none", Language: "kk"}, 0, "Пікір")
		h.refused(err, fault.NotFound)
		_, err = h.AnswerComment(ctx, h.editor, "2026", 999, "Пікір")
		h.refused(err, fault.NotFound)
		r := h.review("2026")
		_, err = h.Comments(ctx, h.contributor, &r)
		h.refused(err, fault.Forbidden)
	})
}
