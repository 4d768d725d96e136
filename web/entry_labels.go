package web

import (
	"regexp"
	"strconv"
	"strings"

	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/progress"
)

// rowField is a field in a row: "values.rows.2.note".
var rowField = regexp.MustCompile(`^(values|measure|mapping)\.(rows|objectives|actions)(?:\.(\d+))?(?:\.([a-z]+))?`)

// rowKeys are the words for the rows of each sort, and for one of them.
var rowKeys = map[string][2]string{
	"rows":       {"entering.figures", "entering.figure"},
	"objectives": {"entering.objectives", "entering.objective"},
	"actions":    {"entering.actions", "entering.action"},
}

// labelKey names the label of a field within entry.field of the catalogue:
// "measure.actions.0.reason" has "measure.action.reason".
func labelKey(field string) string {
	parts := rowField.FindStringSubmatch(field)
	if parts == nil {
		return field
	}
	switch form, inner := parts[1], parts[4]; {
	case inner == "note" && parts[2] == "rows":
		return form + ".row_note"
	case parts[2] == "rows":
		return form + "." + inner
	case inner == "number" || inner == "ref":
		return form + "." + strings.TrimSuffix(parts[2], "s")
	default:
		return form + "." + strings.TrimSuffix(parts[2], "s") + "." + inner
	}
}

// label names a field of an entry's form in the reader's language: "Figure 3:
// note on the value (Қазақша)".
func (r *request) label(field string) string {
	language := ""
	if i := strings.LastIndexByte(field, '.'); i >= 0 {
		if p, err := i18n.New(field[i+1:]); err == nil {
			field, language = field[:i], " ("+p.T("site.language")+")"
		}
	}
	parts := rowField.FindStringSubmatch(field)
	switch {
	case parts == nil:
		return r.T("entry.field."+field) + language
	case parts[3] == "":
		return r.T(rowKeys[parts[2]][0])
	}
	n, _ := strconv.Atoi(parts[3]) // the pattern has digits there
	name := r.T(rowKeys[parts[2]][1]) + " " + strconv.Itoa(n+1)
	if parts[4] == "" {
		return name
	}
	return name + ": " + r.T("entry.field."+labelKey(field)) + language
}

// problemLines are the summary of what is wrong.
func (r *request) problemLines(problems fault.Problems) []problemLine {
	var lines []problemLine
	for _, p := range problems {
		line := problemLine{Field: p.Field, Text: r.T(p.Key, p.Args...)}
		if p.Field != "" {
			line.Label = r.label(p.Field)
		}
		lines = append(lines, line)
	}
	return lines
}

// commentFields are the fields that a comment can be about.
func (r *request) commentFields(kind progress.Kind) []namedField {
	var names []string
	switch kind {
	case progress.KindProgress:
		names = append(names, "progress.status")
	case progress.KindValues:
		names = append(names, "values.rows")
	case progress.KindMeasure:
		names = append(names, "measure.category", "measure.status", "measure.objectives", "measure.actions")
	case progress.KindMapping:
		names = append(names, "mapping.objectives", "mapping.actions")
	}
	for _, t := range textsOf(emptyContent(kind)) {
		names = append(names, t.Name)
	}
	var list []namedField
	for _, name := range append(names, "evidence") {
		list = append(list, namedField{name, r.label(name)})
	}
	return list
}
