// Package objectives holds the Global Compact's 23 objectives with their lettered
// actions and guiding principles, and what one State does about them: agencies,
// legal instruments, measures and stated challenges, each mapped to objectives
// with the reason. It knows no figure (see indicators) and no document (reports).
package objectives

import (
	"strconv"
	"strings"

	"gcm/internal/i18n"
)

// Total is the number of objectives of the Compact (A/RES/73/195). A measure
// mapped to all of them is cross-cutting.
const Total = 23

// Framework is a commitment with numbered objectives; the Compact is the first.
type Framework struct {
	ID     int64
	Code   string // "gcm"
	Name   i18n.Text
	Symbol string // "A/RES/73/195"

	// Edition is the SHA-256 of the reference data that the program last wrote.
	Edition string
}

// Objective is one of the Compact's numbered objectives.
type Objective struct {
	ID                int64
	FrameworkID       int64
	Number            int    // 1 to 23
	Code              string // "GCM-05"
	Paragraph         int    // of the resolution: 21 for objective 5
	Title             i18n.Text
	ShortTitle        i18n.Text
	OfficialLanguages Strings // languages in which Title is the official wording
	SDGTargetsDirect  Strings `gorm:"column:sdg_targets_direct"`
	SDGTargetsRelated Strings `gorm:"column:sdg_targets_related"`
	Note              string  // provenance of the wordings, in English
	Actions           []Action
}

// Official reports whether the title in lang is the Compact's official wording.
func (o Objective) Official(lang string) bool { return o.OfficialLanguages.Has(lang) }

// Action is one lettered action of an objective.
type Action struct {
	ID          int64
	ObjectiveID int64
	Letter      string    // "d"
	Ref         string    // "21(d)"
	Summary     i18n.Text // a paraphrase, not the official text
}

// before is the paragraph of the resolution before that of objective 1; the
// objectives follow one another.
const before = 16

// Number returns the number of the objective that the action belongs to, by its
// reference; 0 for what is none.
func (a Action) Number() int {
	paragraph, _, _ := strings.Cut(a.Ref, "(")
	n, err := strconv.Atoi(paragraph)
	if n -= before; err != nil || n < 1 || n > Total {
		return 0
	}
	return n
}

// Principle is one of the ten guiding principles of paragraph 15.
type Principle struct {
	ID                int64
	FrameworkID       int64
	Letter            string
	Code              string // "GP-a"
	Ref               string // "15(a)"
	Name              i18n.Text
	Gist              i18n.Text // a paraphrase, not the official text
	OfficialLanguages Strings
}

// RoundTable groups objectives at a review forum. The grouping may differ from
// forum to forum; the empty forum is the usual one.
type RoundTable struct {
	ID          int64
	FrameworkID int64
	Forum       string
	Number      int
	Objectives  []Objective `gorm:"many2many:round_table_objectives"`
}
