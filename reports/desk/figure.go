package desk

import (
	"cmp"
	"context"
	"slices"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/reports"
)

// trackFigures keeps how the living figures of a text read when they came into
// it. Those that were there before keep what was confirmed then: saving a comma
// confirms no number.
func trackFigures(tx *db.DB, r *reports.Review, text reports.ReviewSection, by string) error {
	ctx := tx.Statement.Context
	var known []Figure
	if err := tx.Where("review_id = ? AND section = ? AND language = ?", r.ID, text.Section, text.Language).Find(&known).Error; err != nil {
		return db.Fault(err, "read the figures of a text")
	}
	directives := reports.Directives(text.Body)
	if len(directives) == 0 && len(known) == 0 {
		return nil
	}
	var written []string
	var fresh []Figure
	var living *reports.Living
	for _, d := range directives {
		ref := d.String()
		if slices.Contains(written, ref) {
			continue
		}
		written = append(written, ref)
		if slices.ContainsFunc(known, func(f Figure) bool { return f.Reference == ref }) {
			continue
		}
		if living == nil {
			var err error
			if living, err = reports.ReadLiving(ctx, within(tx), r.Cycle.Code); err != nil {
				return err
			}
		}
		if printed, err := living.Print(text.Language, d); err == nil { // what names nothing is for the check
			fresh = append(fresh, Figure{r.ID, text.Section, text.Language, ref, printed, tx.NowFunc(), by})
		}
	}
	for _, f := range known {
		if !slices.Contains(written, f.Reference) {
			if err := tx.Where("review_id = ? AND section = ? AND language = ? AND reference = ?", f.ReviewID, f.Section, f.Language, f.Reference).Delete(&Figure{}).Error; err != nil {
				return db.Fault(err, "forget a figure")
			}
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	return db.Put(tx, fresh, "review_id", "section", "language", "reference")
}

// Reading is a living figure of a review: how it read when somebody last looked
// at it, and how it reads now.
type Reading struct {
	Place
	Passage   int // as reports.Passages counts them, from 1
	Directive reports.Directive
	Was       Figure // zero when nobody has looked yet
	Now       string // empty when Fault says why
	Fault     error
}

// Changed reports whether the value behind the figure has become another one.
func (r Reading) Changed() bool {
	return r.Was.Reference != "" && r.Fault == nil && r.Now != r.Was.Printed
}

// Readings lists the living figures of the review, in the order of its sections,
// then those of what is written beside it.
func (s *Store) Readings(ctx context.Context, actor auth.Actor, cycle string) ([]Reading, error) {
	if err := actor.Need(auth.SeeReview); err != nil {
		return nil, err
	}
	living, err := reports.ReadLiving(ctx, s.stores, cycle)
	if err != nil {
		return nil, err
	}
	return s.readings(ctx, living)
}

func (s *Store) readings(ctx context.Context, living *reports.Living) ([]Reading, error) {
	r := living.Review()
	var known []Figure
	if err := s.db.WithContext(ctx).Where("review_id = ?", r.ID).Find(&known).Error; err != nil {
		return nil, db.Fault(err, "read the figures of a review")
	}
	aside, err := s.besideOf(ctx, living)
	if err != nil {
		return nil, err
	}
	var out []Reading
	for _, text := range append(inOrder(living), aside...) {
		for n, passage := range reports.Passages(text.Body) {
			for _, d := range reports.Directives(passage) {
				one := Reading{Place: Place{text.Section, text.Language}, Passage: n + 1, Directive: d}
				one.Now, one.Fault = living.Print(text.Language, d)
				i := slices.IndexFunc(known, func(f Figure) bool {
					return f.Section == text.Section && f.Language == text.Language && f.Reference == d.String()
				})
				if i >= 0 {
					one.Was = known[i]
				}
				out = append(out, one)
			}
		}
	}
	return out, nil
}

// inOrder lists the texts of a review that say something, section by section and
// in each by language.
func inOrder(living *reports.Living) []reports.ReviewSection {
	var out []reports.ReviewSection
	for _, section := range living.Review().TextSections() {
		for _, lang := range living.Languages() {
			if text := living.Review().Section(section, lang); text != nil && text.Body != "" {
				out = append(out, *text)
			}
		}
	}
	return out
}

// besideOf lists the notes for round tables and the own answers to questions that
// are asked, in the order of their names and languages.
func (s *Store) besideOf(ctx context.Context, living *reports.Living) ([]reports.ReviewSection, error) {
	var out []reports.ReviewSection
	for _, text := range living.Review().Sections {
		if at := (Place{text.Section, text.Language}); !at.Beside() || text.Body == "" {
			continue
		}
		if code, answer := reports.QuestionOf(text.Section); answer {
			if still, err := asked(s.db.WithContext(ctx), code); err != nil {
				return nil, err
			} else if !still {
				continue
			}
		}
		out = append(out, text)
	}
	slices.SortFunc(out, func(a, b reports.ReviewSection) int {
		return cmp.Or(cmp.Compare(a.Section, b.Section), cmp.Compare(a.Language, b.Language))
	})
	return out, nil
}

// Seen is a changed figure as a person saw it.
type Seen struct {
	Place
	Reference string // as it is written in the text
	Printed   string // what it said then
}

// ConfirmFigures says of changed figures that the text around them still holds. A
// figure that has become another one since the person saw it is a fault.Conflict,
// and nothing is confirmed. Those of a published review stand; what is beside it can
// still be confirmed.
func (s *Store) ConfirmFigures(ctx context.Context, actor auth.Actor, cycle string, seen []Seen) error {
	return s.change(ctx, actor, auth.EditReview, cycle, func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		if r.State == reports.Published && slices.ContainsFunc(seen, func(one Seen) bool { return !one.Beside() }) {
			return fault.New(fault.Conflict, "desk.error.published", "the review of %s is published", cycle)
		}
		inTx := NewStore(tx, within(tx))
		living, err := reports.ReadLiving(ctx, inTx.stores, cycle)
		if err != nil {
			return err
		}
		all, err := inTx.readings(ctx, living)
		if err != nil {
			return err
		}
		done := map[Seen]bool{}
		for _, one := range seen {
			i := slices.IndexFunc(all, func(f Reading) bool { return f.Place == one.Place && f.Directive.String() == one.Reference })
			if i < 0 || all[i].Fault != nil || all[i].Now != one.Printed {
				return fault.New(fault.Conflict, "desk.error.figure_changed", "%s in %s does not read %q", one.Reference, one.Place, one.Printed)
			}
			if done[one] || all[i].Now == all[i].Was.Printed {
				continue
			}
			done[one] = true
			row := Figure{r.ID, one.Section, one.Language, one.Reference, one.Printed, tx.NowFunc(), actor.Name}
			if err := db.Put(tx, []Figure{row}, "review_id", "section", "language", "reference"); err != nil {
				return err
			}
			change := audit.Change{Action: "confirm", Noun: "review_figure", Record: cycle + "." + one.Section + "." + one.Language, After: figureRecord{one.Reference, one.Printed}}
			if all[i].Was.Reference != "" {
				change.Before = figureRecord{one.Reference, all[i].Was.Printed}
			}
			log.Add(change)
		}
		return nil
	})
}

// figureRecord is what the audit log keeps of a figure that was confirmed.
type figureRecord struct {
	Reference string `json:"reference"`
	Printed   string `json:"printed"`
}
