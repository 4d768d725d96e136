package desk

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
)

// longestText is how many characters a section has at most: some 25 pages. Markdown
// made to be hard takes time that grows with the square of its length, up to two
// seconds of a processor for this many.
const longestText = 50_000

// Place is a section in one language.
type Place struct{ Section, Language string }

func (p Place) String() string { return p.Section + "." + p.Language }

// brief reports whether the text is the notes for a round table.
func (p Place) brief() bool {
	_, brief := reports.BriefTable(p.Section)
	return brief
}

// Beside reports whether the text is the notes for a round table or an answer of
// the questionnaire: no part of what bodies sign, so that it can be written at any
// time and voids nothing.
func (p Place) Beside() bool {
	_, answer := reports.QuestionOf(p.Section)
	return answer || p.brief()
}

// Clash is a fault.Conflict: somebody changed the text since the version that the
// actor worked on.
type Clash struct{ Theirs reports.ReviewSection }

func (c *Clash) Error() string {
	return fmt.Sprintf("%s in %s is at version %d", c.Theirs.Section, c.Theirs.Language, c.Theirs.Version)
}

// Unwrap gives the clash its kind and its words.
func (c *Clash) Unwrap() error {
	return fault.New(fault.Conflict, "desk.error.clash", "version %d of %s in %s", c.Theirs.Version, c.Theirs.Section, c.Theirs.Language)
}

// SaveText writes the text of a place over the version that the actor read, 0
// where there was none. It returns a *Clash when there is a newer one; the same
// text again writes nothing. A changed text is a draft again, and what its author
// had typed without saving is gone.
func (s *Store) SaveText(ctx context.Context, actor auth.Actor, cycle string, at Place, version int, body string) (reports.ReviewSection, error) {
	var text reports.ReviewSection
	body, problem := progress.NormalString(body, longestText)
	if problem != "" {
		return text, fault.Problems{{Field: "body", Key: problem, Args: []any{longestText}}}
	}
	write := func(tx *db.DB, log *audit.Log, r *reports.Review) (err error) {
		if text, err = takeText(tx, r, at); err != nil {
			return err
		}
		forget := tx.Where("review_id = ? AND section = ? AND language = ? AND user_id = ?", r.ID, at.Section, at.Language, actor.UserID).Delete(&Draft{})
		if forget.Error != nil {
			return db.Fault(forget.Error, "forget a draft")
		}
		if body == text.Body {
			return nil
		}
		if version != text.Version {
			return &Clash{text}
		}
		before := recordOf(text)
		text.Body, text.State = body, reports.Draft
		text.ChangedAt = tx.NowFunc()
		text.ConfirmedAt = text.ChangedAt
		if err := writeText(tx, log, actor, r, &text, "write", before); err != nil {
			return err
		}
		return trackFigures(tx, r, text, actor.Name)
	}
	var err error
	if at.Beside() {
		err = s.change(ctx, actor, auth.EditReview, cycle, write)
	} else {
		err = s.edit(ctx, actor, auth.EditReview, cycle, at.String(), write)
	}
	return text, err
}

// SetTextState marks the text of a place as a draft, checked or cleared, as it
// stood at a version. Who checks or clears a translation says with it that it
// renders the leading language.
func (s *Store) SetTextState(ctx context.Context, actor auth.Actor, cycle string, at Place, version int, state reports.TextState) (reports.ReviewSection, error) {
	var text reports.ReviewSection
	if !slices.Contains(reports.TextStates, state) {
		return text, fault.New(fault.Invalid, "error.invalid", "there is no state %q of a text", state)
	}
	err := s.change(ctx, actor, auth.EditReview, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) (err error) {
		if r.State != reports.Drafting && !at.Beside() {
			return fault.New(fault.Conflict, "desk.error.not_drafting", "the review of %s is %s", cycle, r.State)
		}
		if text, err = takeText(tx, r, at); err != nil {
			return err
		}
		switch {
		case text.Body == "":
			return fault.New(fault.Conflict, "desk.error.empty", "%s has no text", at)
		case version != text.Version:
			return &Clash{text}
		case state == reports.Draft && state == text.State:
			return nil
		}
		before := recordOf(text)
		text.State = state
		if state != reports.Draft {
			text.ConfirmedAt = tx.NowFunc()
		}
		return writeText(tx, log, actor, r, &text, string(state), before)
	})
	return text, err
}

// takeText reads the text of a place of the review; an empty one of version 0
// where nobody has written yet, and a fault.NotFound where there is no such place.
func takeText(tx *gorm.DB, r *reports.Review, at Place) (reports.ReviewSection, error) {
	text := reports.ReviewSection{ReviewID: r.ID, Section: at.Section, Language: at.Language, State: reports.Draft}
	country, err := objectives.NewStore(tx).Country(tx.Statement.Context)
	if err != nil {
		return text, err
	}
	there := slices.Contains(r.TextSections(), at.Section)
	if table, brief := reports.BriefTable(at.Section); brief {
		tables, err := objectives.NewStore(tx).RoundTables(tx.Statement.Context)
		if err != nil {
			return text, err
		}
		there = slices.ContainsFunc(tables, func(t objectives.RoundTable) bool { return t.Number == table })
	} else if code, answer := reports.QuestionOf(at.Section); answer {
		if there, err = asked(tx, code); err != nil {
			return text, err
		}
	}
	if !there || !slices.Contains(i18n.Spoken(country.Languages), at.Language) {
		return text, fault.New(fault.NotFound, "error.not_found", "the review of %s has no section %q in %q", r.Cycle.Code, at.Section, at.Language)
	}
	var known []reports.ReviewSection
	err = tx.Where("review_id = ? AND section = ? AND language = ?", r.ID, at.Section, at.Language).Find(&known).Error
	if len(known) > 0 {
		text = known[0]
	}
	return text, db.Fault(err, "text of "+at.String())
}

// writeText writes a changed text as its next version. The versions keep each
// text that there was, those that a pack brought among them.
func writeText(tx *db.DB, log *audit.Log, actor auth.Actor, r *reports.Review, text *reports.ReviewSection, action string, before any) error {
	if text.ID != 0 {
		if err := keepVersion(tx, text.ID); err != nil {
			return err
		}
	}
	text.Version++
	text.ChangedBy = actor.Name
	if err := tx.Save(text).Error; err != nil {
		return db.Fault(err, "write "+text.Section+" in "+text.Language)
	}
	log.Add(audit.Change{Action: action, Noun: "review_text", Record: r.Cycle.Code + "." + text.Section + "." + text.Language, Before: before, After: recordOf(*text)})
	return keepVersion(tx, text.ID)
}

// keepVersion copies a text as it stands to its versions, once.
func keepVersion(tx *db.DB, id int64) error {
	err := tx.Exec(`INSERT INTO review_section_versions (section_id, version, body, state, changed_at, changed_by)
		SELECT id, version, body, state, changed_at, changed_by FROM review_sections WHERE id = ? ON CONFLICT DO NOTHING`, id).Error
	return db.Fault(err, "keep a version of a text")
}

// textRecord is what the audit log keeps of a text.
type textRecord struct {
	Version int               `json:"version"`
	State   reports.TextState `json:"state"`
	Body    string            `json:"body"`
}

func recordOf(t reports.ReviewSection) any {
	if t.Version == 0 {
		return nil
	}
	return textRecord{t.Version, t.State, t.Body}
}

// Versions returns what the text of a place was, the newest first, the text of
// today included.
func (s *Store) Versions(ctx context.Context, actor auth.Actor, cycle string, at Place) ([]reports.SectionVersion, error) {
	if err := actor.Need(auth.SeeReview); err != nil {
		return nil, err
	}
	r, err := s.stores.Reviews.ReviewByCycle(ctx, cycle)
	if err != nil {
		return nil, err
	}
	text := r.Section(at.Section, at.Language)
	if text == nil {
		return nil, nil
	}
	var rows []reports.SectionVersion
	err = s.db.WithContext(ctx).Where("section_id = ?", text.ID).Order("version DESC").Find(&rows).Error
	if len(rows) == 0 || rows[0].Version != text.Version {
		today := reports.SectionVersion{SectionID: text.ID, Version: text.Version, Body: text.Body, State: text.State, ChangedAt: text.ChangedAt, ChangedBy: text.ChangedBy}
		rows = slices.Insert(rows, 0, today)
	}
	return rows, db.Fault(err, "versions of "+at.String())
}

// RestoreText writes what a place's text was at an earlier version as a new
// version over the one that the actor read.
func (s *Store) RestoreText(ctx context.Context, actor auth.Actor, cycle string, at Place, version, earlier int) (reports.ReviewSection, error) {
	list, err := s.Versions(ctx, actor, cycle, at)
	if err != nil {
		return reports.ReviewSection{}, err
	}
	i := slices.IndexFunc(list, func(v reports.SectionVersion) bool { return v.Version == earlier })
	if i < 0 {
		return reports.ReviewSection{}, fault.New(fault.NotFound, "error.not_found", "%s has no version %d", at, earlier)
	}
	return s.SaveText(ctx, actor, cycle, at, version, list[i].Body)
}

// KeepDraft keeps what the actor has typed on a place without saving it, so that
// a closed tab or an ended session loses nothing. Nobody else sees it, and it is
// no change of the review.
func (s *Store) KeepDraft(ctx context.Context, actor auth.Actor, cycle string, at Place, version int, body string) error {
	if err := actor.Need(auth.EditReview); err != nil {
		return err
	}
	body, problem := progress.NormalString(body, longestText)
	if problem != "" {
		return fault.Problems{{Field: "body", Key: problem, Args: []any{longestText}}}
	}
	return db.Transact(ctx, s.db, func(tx *db.DB) error {
		r, err := s.stores.Reviews.ReviewByCycle(ctx, cycle)
		if err != nil {
			return err
		}
		if _, err := takeText(tx, &r, at); err != nil {
			return err
		}
		draft := Draft{r.ID, at.Section, at.Language, actor.UserID, version, body, tx.NowFunc()}
		return db.Put(tx, []Draft{draft}, "review_id", "section", "language", "user_id")
	})
}

// DraftOf returns what the actor typed on a place and did not save; nil when
// there is nothing.
func (s *Store) DraftOf(ctx context.Context, actor auth.Actor, cycle string, at Place) (*Draft, error) {
	var rows []Draft
	err := s.db.WithContext(ctx).Joins("JOIN reviews r ON r.id = review_drafts.review_id JOIN cycles c ON c.id = r.cycle_id").
		Where("c.code = ? AND section = ? AND language = ? AND user_id = ?", cycle, at.Section, at.Language, actor.UserID).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, db.Fault(err, "draft of "+at.String())
	}
	return &rows[0], nil
}

// DropDraft forgets what the actor typed on a place and did not save.
func (s *Store) DropDraft(ctx context.Context, actor auth.Actor, cycle string, at Place) error {
	if err := actor.Need(auth.EditReview); err != nil {
		return err
	}
	r, err := s.stores.Reviews.ReviewByCycle(ctx, cycle)
	if err != nil {
		return err
	}
	gone := s.db.WithContext(ctx).Where("review_id = ? AND section = ? AND language = ? AND user_id = ?", r.ID, at.Section, at.Language, actor.UserID).Delete(&Draft{})
	return db.Fault(gone.Error, "forget a draft of "+at.String())
}
