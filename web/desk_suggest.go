package web

import (
	"strings"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
)

// mostSuggested is how many entries of a round are drawn from.
const mostSuggested = 200

// suggestion is a passage of a released entry that a section may take over.
type suggestion struct {
	ID      string // "x7k2.narrative"
	Measure i18n.Text
	Agency  i18n.Text
	Field   string // of the entry, in words
	Text    string // in the column's language
	Note    string // name of the footnote: "e-visa"
}

// Mark is the sign of the footnote that names the source.
func (s suggestion) Mark() string { return "[^" + s.Note + "]" }

// Definition is the footnote that names the source.
func (s suggestion) Definition() string { return s.Mark() + ": measure:" + s.Note }

// suggestedFields are the texts of an entry that a review may take over.
var suggestedFields = []struct {
	name string
	of   func(*progress.Progress) i18n.Text
}{
	{"narrative", func(p *progress.Progress) i18n.Text { return p.Narrative }}, {"results", func(p *progress.Progress) i18n.Text { return p.Results }},
	{"challenges", func(p *progress.Progress) i18n.Text { return p.Challenges }}, {"next_steps", func(p *progress.Progress) i18n.Text { return p.NextSteps }},
}

// suggestions are drawn from the entries that the public sees: those on an
// objective's measures for its chapter, all for another section.
func (r *request) suggestions(cycle, section string) (map[string][]suggestion, error) {
	number := 0
	for n := range objectives.Total {
		if reports.ObjectiveSection(n+1) == section {
			number = n + 1
		}
	}
	entries, err := r.site.progress.Shown(r.Request.Context(), auth.Actor{}, progress.Showing{
		Cycle: cycle, Objective: number, Kind: progress.KindProgress, State: objectives.Released, Limit: mostSuggested,
	})
	found := map[string][]suggestion{}
	for _, e := range entries {
		if e.Content.Progress == nil {
			continue
		}
		for _, field := range suggestedFields {
			for lang, text := range field.of(e.Content.Progress) {
				if text != "" {
					found[lang] = append(found[lang], suggestion{e.Code + "." + field.name, e.Title, e.AgencyName, r.T("entry.field.progress." + field.name), text, e.Record})
				}
			}
		}
	}
	return found, err
}

// insert puts a suggestion at the end of the text of a language, with a footnote
// that names its source; what is "kk.x7k2.narrative".
func (r *request) insert(head deskHead, typed map[string]typedText, what string) error {
	lang, id, _ := strings.Cut(what, ".")
	found, err := r.suggestions(head.Review.Cycle.Code, r.Param("section"))
	if err != nil {
		return err
	}
	t, sent := typed[lang]
	for _, s := range found[lang] {
		if s.ID == id && sent {
			t.body = inserted(t.body, s)
			typed[lang] = t
			return nil
		}
	}
	return fault.New(fault.Invalid, "error.invalid", "there is no suggestion %q", what)
}

// inserted adds a suggestion to a text; footnotes stay at its end.
func inserted(body string, s suggestion) string {
	text := strings.TrimSpace(s.Text) + s.Mark()
	rest, notes := body, ""
	if i := strings.Index("\n"+body, "\n[^"); i >= 0 && strings.Contains(body[i:], "]: ") {
		rest, notes = body[:i], body[i:]
	}
	parts := []string{text}
	if rest = strings.TrimSpace(rest); rest != "" {
		parts = []string{rest, text}
	}
	if notes = strings.TrimSpace(notes); !strings.Contains(notes, s.Definition()) {
		notes = strings.TrimSpace(notes + "\n" + s.Definition())
	}
	return strings.Join(append(parts, notes), "\n\n") + "\n"
}
