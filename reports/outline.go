package reports

import (
	"database/sql/driver"
	"fmt"
	"slices"

	"gcm/internal/i18n"
	"gcm/objectives"
)

// The sections that the program knows. Those of the objectives are named
// objective-01 to objective-23; a review may add sections of its own.
const (
	SectionObjectives = "objectives" // the part with a chapter for each objective
	SectionAnnexes    = "annexes"
)

// OutlineItem is a section of a review.
type OutlineItem struct {
	Section    string    `json:"section"`         // "methodology"; of an own section a code that the program does not know
	Title      i18n.Text `json:"title,omitempty"` // in place of the usual one; an own section needs one
	Brief      i18n.Text `json:"brief,omitempty"` // what the section has to say, for who writes it
	Unnumbered bool      `json:"unnumbered,omitempty"`
}

// Outline lists a review's sections in order. The chapters of the objectives
// belong to the section "objectives" and are not listed.
type Outline []OutlineItem

// Value stores the outline as JSON.
func (o Outline) Value() (driver.Value, error) { return i18n.JSONValue(o, "[]") }

// Scan reads what Value stored.
func (o *Outline) Scan(src any) error { return i18n.ScanJSON(o, src) }

// UsualOutline is that of a review whose people have not made one of their own.
var UsualOutline = Outline{
	{Section: "about", Unnumbered: true},
	{Section: "statement", Unnumbered: true},
	{Section: "key-messages", Unnumbered: true},
	{Section: "methodology"},
	{Section: "environment"},
	{Section: SectionObjectives},
	{Section: "means"},
	{Section: "next-steps"},
	{Section: SectionAnnexes, Unnumbered: true},
}

// Sections lists the sections of the outline.
func (o Outline) Sections() []string {
	var out []string
	for _, item := range o {
		out = append(out, item.Section)
	}
	return out
}

// Usual reports whether the program has a title for a section.
func Usual(section string) bool {
	return slices.ContainsFunc(UsualOutline, func(i OutlineItem) bool { return i.Section == section })
}

// Items returns the review's outline, or the usual one.
func (r *Review) Items() Outline {
	if len(r.Outline) == 0 {
		return UsualOutline
	}
	return r.Outline
}

// TextSections lists all sections that have a text, the chapters of the
// objectives after the part that they belong to.
func (r *Review) TextSections() []string {
	var out []string
	for _, item := range r.Items() {
		out = append(out, item.Section)
		if item.Section == SectionObjectives {
			for n := range objectives.Total {
				out = append(out, ObjectiveSection(n+1))
			}
		}
	}
	return out
}

// ObjectiveSection names the chapter of an objective: "objective-05".
func ObjectiveSection(number int) string { return fmt.Sprintf("objective-%02d", number) }
