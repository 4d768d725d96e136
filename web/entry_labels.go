package web

import (
	"regexp"
	"strconv"
	"strings"

	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/progress"
)

// rowField is a field in a row: "values.rows.2.note.kk".
var rowField = regexp.MustCompile(`^(?:values|measure|mapping)\.(rows|objectives|actions)(?:\.(\d+))?(?:\.(.+))?$`)

// rowNames are the labels of rows.
var rowNames = map[string]string{"rows": "entering.figure", "objectives": "entering.objective", "actions": "entering.action"}

// label names a field of an entry's form in the reader's language: "Figure 3:
// note (Қазақша)".
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
		return r.fieldName(field) + language
	case parts[2] == "":
		return r.T(map[string]string{"rows": "entering.figures", "objectives": "entering.objectives", "actions": "entering.actions"}[parts[1]])
	}
	n, _ := strconv.Atoi(parts[2]) // the pattern has digits there
	name := r.T(rowNames[parts[1]]) + " " + strconv.Itoa(n+1)
	if parts[3] == "" {
		return name
	}
	inner, _, _ := strings.Cut(parts[3], ".") // of a breakdown the dimension does not matter
	return name + ": " + r.fieldName(inner) + language
}

func (r *request) fieldName(field string) string {
	switch field {
	case "progress.status", "measure.status":
		return r.T("measure.status")
	case "measure.category":
		return r.T("measure.category")
	case "measure.starts", "measure.ends":
		return r.T("entering.field." + strings.TrimPrefix(field, "measure."))
	case "evidence":
		return r.T("entering.evidence")
	}
	return r.T("entering.field." + field)
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
	for _, t := range textsOf(blank(kind)) {
		names = append(names, t.Name)
	}
	var list []namedField
	for _, name := range append(names, "evidence") {
		list = append(list, namedField{name, r.label(name)})
	}
	return list
}
