package desk

import (
	"fmt"

	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/notify"
	"gcm/progress"
	"gcm/reports"
)

// tellSignatories tells those who may sign for the bodies whose turn it is.
func tellSignatories(tx *db.DB, actor auth.Actor, r *reports.Review, hash string) error {
	sheet, err := sheetOf(tx, r)
	if err != nil {
		return err
	}
	return tellTurn(tx, actor, r, sheet, hash)
}

// tellTurn tells the signatories of the step whose turn it is, each once.
func tellTurn(tx *db.DB, actor auth.Actor, r *reports.Review, sheet Sheet, hash string) error {
	for _, b := range sheet.Bodies {
		if b.Step != sheet.Step() || b.Signature != nil {
			continue
		}
		to, err := progress.Holders(tx, actor, auth.Signatory, b.AgencyID)
		if err != nil {
			return err
		}
		if err := notify.Tell(tx, progress.ToEach(to, actor, noticeOf(r, "review_to_sign", hash))...); err != nil {
			return err
		}
	}
	return nil
}

// tellOfSignature tells the editors what a body said, and the next bodies that it
// is their turn.
func tellOfSignature(tx *db.DB, actor auth.Actor, r *reports.Review, sheet Sheet, s Signature) error {
	to, err := progress.Holders(tx, actor, auth.Editor, 0)
	if err != nil {
		return err
	}
	if err := notify.Tell(tx, progress.ToEach(to, actor, noticeOf(r, "review_"+string(s.Decision), fmt.Sprint(s.ID)))...); err != nil {
		return err
	}
	return tellTurn(tx, actor, r, sheet, sheet.Hash)
}

// noticeOf is a notice about a review; which makes it unique among its kind.
func noticeOf(r *reports.Review, kind, which string) notify.Notice {
	return notify.Notice{Key: kind + ":" + r.Cycle.Code + ":" + which, Kind: kind, Subject: r.Title, Path: "/work/reviews/" + r.Cycle.Code + "/clearance"}
}
