package desk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
)

// marked is a press whose files say of themselves what they are.
func marked(ctx context.Context, e desk.Edition, hash string, s reports.Snapshot) ([]desk.EditionFile, error) {
	files, err := press(ctx, e, hash, s)
	for i := range files {
		files[i].Body = []byte(marksOf("review-2026-kk", e.Number) + string(files[i].Body))
	}
	return files, err
}

func marksOf(document string, edition int) string {
	return `<?xpacket begin?><a xmlns:g="urn:gcm:edition:1"><g:document>` + document + `</g:document><g:edition>` + string(rune('0'+edition)) + `</g:edition><g:snapshot>ab</g:snapshot></a><?xpacket end?>`
}

func TestVerifyTellsPublishedChangedAndUnknownFilesApart(t *testing.T) {
	each(t, func(h *house) {
		ctx := h.t.Context()
		publish := func() string {
			e, err := h.Publish(ctx, h.editor, "2026", "", "test", marked)
			h.must(err)
			f, err := h.EditionFile(ctx, e.ID, "review-2026-kk.pdf")
			h.must(err)
			return string(f.Body)
		}
		h.signedOff()
		first := publish()
		judge := func(file string, want desk.Standing, edition, latest int) {
			h.t.Helper()
			v, err := h.Verify(ctx, strings.NewReader(file))
			if err != nil || v.Standing != want || v.Edition != edition || v.Latest != latest || len(v.SHA256) != 64 {
				h.t.Errorf("%.20q… is %+v, %v", file, v, err)
			}
		}
		judge(first, desk.IsPublished, 1, 1)
		judge(first+" ", desk.IsChanged, 1, 1)
		for _, other := range []string{"", "%PDF-1.7", strings.Repeat("x", 1<<20), marksOf("review-2026-kk", 2), marksOf("review-2026-ru", 1), marksOf("'; DROP TABLE editions", 1)} {
			judge(other, desk.IsUnknown, 0, 0)
		}

		h.must(h.Correct(ctx, h.editor, "2026", i18n.Text{"kk": "Түзету", "ru": "Исправление", "en": "Correction"}))
		if sheet, err := h.Sheet(ctx, h.editor, "2026"); err != nil || sheet.Hash != "" || sheet.Bodies[0].Signature != nil {
			h.t.Errorf("what was signed of the first edition counts for its correction: %+v, %v", sheet, err)
		}
		h.wrote(kk, "Түзетілді.")
		h.wrote(ru, "Исправлено.")
		h.wrote(en, "Corrected.")
		hash, err := h.LayBefore(ctx, h.editor, "2026")
		h.must(err)
		h.must(h.Sign(ctx, h.signatoryMIA, "2026", hash, desk.Signed, ""))
		h.must(h.Sign(ctx, h.signatoryMFA, "2026", hash, desk.Signed, ""))
		second := publish()
		judge(first, desk.IsPublished, 1, 2)
		judge(second, desk.IsPublished, 2, 2)
		judge(second[:len(second)-1], desk.IsChanged, 2, 2)

		newest, err := h.Newest(ctx)
		if err != nil || len(newest) != 1 {
			h.t.Errorf("%v, %v", newest, err)
		}
		e, _, err := h.Edition(ctx, "2026", 1)
		h.must(err)
		lines, err := h.Signed(ctx, e)
		if err != nil || len(lines) != 2 || lines[0].Agency.Code != "mia" || lines[1].Signature.Person != "qanat" {
			h.t.Errorf("%+v, %v", lines, err)
		}
		kept, said, err := h.SnapshotByHash(ctx, h.auditor, "2026", hash)
		if err != nil || kept.ID == e.SnapshotID || said.Edition != 2 {
			h.t.Errorf("%+v, %v", kept, err)
		}
		all, err := h.Snapshots(ctx, h.signatoryMFA, "2026")
		if err != nil || len(all) != 2 || all[0].Hash != hash || all[0].Body != nil {
			h.t.Errorf("%+v, %v", all, err)
		}
	})
}

func TestBeginningOfAFileIsLookedUpInAnIndex(t *testing.T) {
	each(t, func(h *house) {
		query, plan := fmt.Sprintf("SELECT name FROM edition_files WHERE substr(body, 1, %d) = ?", desk.HeadSize), ""
		h.must(h.db.Transaction(func(tx *gorm.DB) error {
			explain := "EXPLAIN QUERY PLAN "
			if tx.Name() == "postgres" { // which reads a small table as a whole otherwise
				explain = "EXPLAIN "
				if err := tx.Exec("SET LOCAL enable_seqscan = off").Error; err != nil {
					return err
				}
			}
			var lines []map[string]any
			err := tx.Raw(explain+query, []byte("%PDF")).Find(&lines).Error
			plan = fmt.Sprint(lines)
			return err
		}))
		if !strings.Contains(plan, "edition_files_head") {
			h.t.Errorf("all files are read: %s", plan)
		}
	})
}
