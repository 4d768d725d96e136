package web

import (
	"net/http"
	"strconv"
	"strings"

	"gcm/internal/audit"
	"gcm/objectives"
	"gcm/progress"
)

// changesPage is pages/entries/changes.html.
type changesPage struct {
	workPage
	progress.Comparison
	Steps  bool // the measure's status is part of the entry
	Fields []changedField
	Item   string // what the entry is about
}

// Before is the measure's status for the public.
func (p changesPage) Before() objectives.Status { return p.StatusBefore }

// After is the measure's status as the entry has it.
func (p changesPage) After() objectives.Status { return p.Status }

// showChanges shows what an entry says anew, word for word.
func (s *site) showChanges(r *request) error {
	c, err := s.progress.Compare(r.Request.Context(), r.actor, r.Param("code"))
	if err != nil {
		return err
	}
	p := changesPage{workPage: r.workPage(r.T("changes.title")), Comparison: c, Steps: c.Kind == progress.KindProgress, Item: r.in(c.Title)}
	for _, d := range c.Differences {
		if d.Field != "progress.status" {
			p.Fields = append(p.Fields, r.changedField(d))
		}
	}
	return r.render(http.StatusOK, "entries/changes", p)
}

// changedField puts a difference into the reader's words.
func (r *request) changedField(d progress.Difference) changedField {
	parts := []string{r.T(d.Key())}
	if d.Item != "" && !strings.HasSuffix(d.Field, ".objective") && !strings.HasSuffix(d.Field, ".action") {
		parts = append(parts, d.Item)
	}
	if d.Lang != "" {
		parts = append(parts, r.T("language."+d.Lang))
	}
	return changedField{strings.Join(parts, ", "), d.Lang, audit.Words(r.saying(d, d.Before), r.saying(d, d.After))}
}

// saying is a value as pages word it.
func (r *request) saying(d progress.Difference, value string) string {
	_, field, _ := strings.Cut(d.Field, ".")
	if value == "" || d.Lang != "" {
		return value
	}
	switch {
	case field == "value":
		if f, err := strconv.ParseFloat(value, 64); err == nil {
			_, digits, _ := strings.Cut(value, ".")
			return r.p.Number(f, len(digits))
		}
	case field == "qualifier":
		return r.T("changes.qualifier." + value)
	case field == "status":
		return r.T("measure.status." + value)
	case field == "category":
		return r.T("measure.category." + value)
	case strings.HasSuffix(field, ".rank"):
		return r.T("mapping.rank." + value)
	}
	return value
}
