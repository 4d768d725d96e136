package desk

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

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

// How much a review's frame takes, in characters and sections.
const (
	longestTitle = 300
	longestBrief = 5_000
	mostSections = 60
)

// Frame is what a review is besides its texts.
type Frame struct {
	Title   i18n.Text
	Lead    string          // the language in which it is written first; empty for the State's first
	Outline reports.Outline // an own section without a code is a new one
}

// frameRecord is what the audit log keeps of it.
type frameRecord struct {
	Title   i18n.Text       `json:"title"`
	Lead    string          `json:"lead_language,omitempty"`
	Outline reports.Outline `json:"outline,omitempty"`
}

// languages are those that the State's texts are written in.
func languages(tx *gorm.DB) ([]string, error) {
	country, err := objectives.NewStore(tx).Country(tx.Statement.Context)
	return i18n.Spoken(country.Languages), err
}

// check puts the frame in order and names what is wrong with it.
func (f *Frame) check(spoken []string, problems *fault.Problems) {
	f.Title = checkText("title", f.Title, longestTitle, spoken, true, problems)
	if f.Lead != "" && !slices.Contains(spoken, f.Lead) {
		problems.Add("lead", "desk.error.language")
	}
	if len(f.Outline) > mostSections {
		problems.Add("", "desk.error.sections", mostSections)
	}
	var seen []string
	for i := range f.Outline {
		item, at := &f.Outline[i], fmt.Sprintf("items.%d", i)
		usual := reports.Usual(item.Section)
		if !usual && !ownSection.MatchString(item.Section) || slices.Contains(seen, item.Section) {
			problems.Add(at, "desk.error.section")
		}
		seen = append(seen, item.Section)
		item.Title = checkText(at+".title", item.Title, longestTitle, spoken, !usual, problems)
		item.Brief = checkText(at+".brief", item.Brief, longestBrief, spoken, false, problems)
	}
}

// checkText puts a text in each language in order.
func checkText(field string, t i18n.Text, longest int, spoken []string, needed bool, problems *fault.Problems) i18n.Text {
	var kept i18n.Text
	for _, lang := range spoken {
		s, problem := progress.NormalString(t[lang], longest)
		switch {
		case problem != "":
			problems.Add(field+"."+lang, problem, longest)
		case s != "":
			if kept == nil {
				kept = i18n.Text{}
			}
			kept[lang] = s
		case needed:
			problems.Add(field+"."+lang, "desk.error.needed")
		}
	}
	return kept
}

// ownSection is the code of a section that the program does not know.
var ownSection = regexp.MustCompile(`^own-[1-9][0-9]{0,3}$`)

// SetFrame writes the title, the leading language and the outline of a review
// over the version that the actor read. A section that is taken out keeps its
// texts, and has them again when it is put back.
func (s *Store) SetFrame(ctx context.Context, actor auth.Actor, cycle string, version int, f Frame) error {
	return s.edit(ctx, actor, auth.EditReview, cycle, "outline", func(tx *db.DB, log *audit.Log, r *reports.Review) error {
		if version != r.Version {
			return fault.New(fault.Conflict, "desk.error.frame_changed", "the outline of %s is at version %d", cycle, r.Version)
		}
		spoken, err := languages(tx)
		if err != nil {
			return err
		}
		if len(f.Outline) == 0 {
			return fault.Problems{{Key: "desk.error.outline"}}
		}
		f.Outline = slices.Clone(f.Outline)
		if err := nameOwn(tx, r, f.Outline); err != nil {
			return err
		}
		var problems fault.Problems
		if f.check(spoken, &problems); len(problems) > 0 {
			return problems
		}
		if same(f.Outline, reports.UsualOutline) {
			f.Outline = nil
		}
		before, after := frameRecord{r.Title, r.LeadLanguage, r.Outline}, frameRecord(f)
		if same(before, after) {
			return nil
		}
		r.Title, r.LeadLanguage, r.Outline = f.Title, f.Lead, f.Outline
		r.Version++
		if err := tx.Model(r).Select("Title", "LeadLanguage", "Outline", "Version").Updates(r).Error; err != nil {
			return db.Fault(err, "write the outline of review "+cycle)
		}
		log.Add(audit.Change{Action: "change", Noun: "review", Record: cycle, Before: before, After: after})
		return nil
	})
}

// nameOwn gives new own sections codes that no text of the review ever had.
func nameOwn(tx *gorm.DB, r *reports.Review, outline reports.Outline) error {
	var used []string
	err := tx.Model(&reports.ReviewSection{}).Where("review_id = ? AND section LIKE 'own-%'", r.ID).Distinct().Pluck("section", &used).Error
	if err != nil {
		return db.Fault(err, "list sections of review "+r.Cycle.Code)
	}
	for _, item := range append(slices.Clone(r.Outline), outline...) {
		used = append(used, item.Section)
	}
	next := 1
	for _, code := range used {
		if tail, own := strings.CutPrefix(code, "own-"); own {
			n, _ := strconv.Atoi(tail) // what is no number is refused by its form
			next = max(next, n+1)
		}
	}
	for i := range outline {
		if outline[i].Section == "" {
			outline[i].Section = "own-" + strconv.Itoa(next)
			next++
		}
	}
	return nil
}
