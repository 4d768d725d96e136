package progress

import (
	"slices"

	"gcm/internal/i18n"
)

// Texts lists what was written, each in the languages in which it was.
func (c Content) Texts() []i18n.Text {
	var all []i18n.Text
	if p := c.Progress; p != nil {
		all = append(all, p.Note, p.Narrative, p.Results, p.Challenges, p.NextSteps, p.Support)
	}
	if v := c.Values; v != nil {
		all = append(all, v.Note)
		for _, row := range v.Rows {
			all = append(all, row.Note)
		}
	}
	if m := c.Measure; m != nil {
		all = append(append(all, m.Title, m.Description), m.Mapping.reasons()...)
	}
	if m := c.Mapping; m != nil {
		all = append(all, m.reasons()...)
	}
	return all
}

func (m Mapping) reasons() (all []i18n.Text) {
	for _, o := range m.Objectives {
		all = append(all, o.Reason)
	}
	for _, a := range m.Actions {
		all = append(all, a.Reason)
	}
	return all
}

// Lacking lists those of the languages in which some text is not written that is
// written in another one: what is still to be translated.
func (c Content) Lacking(languages []string) []string {
	texts := c.Texts()
	return slices.DeleteFunc(slices.Clone(languages), func(lang string) bool {
		return !slices.ContainsFunc(texts, func(t i18n.Text) bool { return t.In() != "" && t[lang] == "" })
	})
}
