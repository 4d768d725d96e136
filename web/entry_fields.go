package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// entryFields is an entry's form on a page: what stands in it, what is wrong with
// it, and what was said in the round before.
type entryFields struct {
	Kind       progress.Kind
	Texts      []textField
	Figures    []figureRow
	Cells      []indicators.IndicatorDimension // by which a figure can be broken down
	Mapping    string                          // name of the fields of a mapping; empty without one
	Objectives []objectives.Objective          // that can be mapped to
	Links      []string                        // names of the rows of objectives
	Actions    []string                        // and of actions

	form      entryForm
	problems  map[string]string
	languages []languageLink
}

// textField is a text in all languages of the State.
type textField struct {
	Name     string // "progress.narrative", "mapping.objectives.0.reason"
	Key      string // of its label: "progress.narrative", "reason"
	Short    bool   // a line, not paragraphs
	Problem  string
	Wordings []wording
	Previous bool // it was filled in the round before
}

// Filled reports whether it says something in any language.
func (t textField) Filled() bool {
	return slices.ContainsFunc(t.Wordings, func(w wording) bool { return w.Text != "" })
}

// wording is a text in one language.
type wording struct {
	Name     string // "progress.narrative.kk"
	Lang     string
	Language string // the language's own name
	Text     string
	Problem  string
	Previous string
}

// figureRow is a row of figures; Last is the newest value that is known for the
// same cell.
type figureRow struct {
	Name string
	Last string
}

// entryStatuses are what a person may say; that a measure is delayed is judged.
var entryStatuses = []objectives.Status{objectives.Planned, objectives.InProgress, objectives.Completed, objectives.Dropped}

// qualifiers are offered for a figure, in this order.
var qualifiers = []indicators.Qualifier{indicators.Exact, indicators.Approximate, indicators.MoreThan, indicators.LessThan, indicators.Missing}

// inputLine is a field of one line.
type inputLine struct {
	Name, Key, Text, Problem string
	Mode                     string // the keyboard of a telephone
	List                     string // of words that can be chosen
}

// rankLine is the choice of a rank.
type rankLine struct {
	Name, Key, Text, Problem string
	Ranks                    []objectives.Rank
}

// Value is what stands in a field.
func (f entryFields) Value(name string) string { return f.form.Get(name) }

// Problem is what is wrong with a field; empty when nothing is.
func (f entryFields) Problem(name string) string { return f.problems[name] }

// Statuses are those that can be chosen.
func (f entryFields) Statuses() []objectives.Status { return entryStatuses }

// Qualifiers are those that can be chosen.
func (f entryFields) Qualifiers() []indicators.Qualifier { return qualifiers }

// Categories are those that can be chosen.
func (f entryFields) Categories() []string { return objectives.Categories }

// StatusField names the field of the measure's status.
func (f entryFields) StatusField() string {
	if f.Kind == progress.KindMeasure {
		return "measure.status"
	}
	return "progress.status"
}

// Line is a field of one line, with the key of its label and the keyboard that
// it needs.
func (f entryFields) Line(name, key, mode string) inputLine {
	return inputLine{Name: name, Key: key, Text: f.form.Get(name), Problem: f.problems[name], Mode: mode}
}

// ActionLine is the field of an action's reference.
func (f entryFields) ActionLine(row string) inputLine {
	line := f.Line(row+".ref", labelKey(row+".ref"), "")
	line.List = "actions"
	return line
}

// Rank is the choice of a rank in a row of a mapping.
func (f entryFields) Rank(row string) rankLine {
	name := row + ".rank"
	return rankLine{name, labelKey(name), f.form.Get(name), f.problems[name], []objectives.Rank{objectives.Primary, objectives.Secondary}}
}

// Noted reports whether more is said of a figure than its value, or something is
// wrong with that.
func (f entryFields) Noted(row string) bool {
	for _, name := range []string{".note", ".source", ".obs_status", ".conf_status"} {
		if f.form.text(row+name) != nil || f.form.Get(row+name) != "" || f.problems[row+name] != "" {
			return true
		}
	}
	return false
}

// codeChoice is the choice of a code of a list; its empty choice is the usual one.
type codeChoice struct {
	Name, Key, Text, Problem string
	Usual                    string // key of the empty choice
	Codes                    []indicators.Code
}

// Status is the choice of a figure's status of observation.
func (f entryFields) Status(row string) codeChoice {
	name := row + ".obs_status"
	return codeChoice{name, labelKey(name), f.form.Get(name), f.problems[name], "observation.status.usual", indicators.CodeLists().Obs.Codes}
}

// Confidence is the choice of who may see a figure.
func (f entryFields) Confidence(row string) codeChoice {
	name := row + ".conf_status"
	return codeChoice{name, labelKey(name), f.form.Get(name), f.problems[name], "observation.conf.usual", others(indicators.CodeLists().Conf, indicators.Free)}
}

// others are the codes of a list without the usual one, which needs no choice.
func others(list indicators.CodeList, usual indicators.ConfStatus) []indicators.Code {
	return slices.DeleteFunc(slices.Clone(list.Codes), func(c indicators.Code) bool { return c.Code == string(usual) })
}

// Source is where a figure is from.
func (f entryFields) Source(row string) textField {
	return f.text(row+".source", labelKey(row+".source"), true)
}

// text is a text of the form, with what is wrong with it.
func (f entryFields) text(name, key string, short bool) textField {
	t := textField{Name: name, Key: key, Short: short, Problem: f.problems[name]}
	for _, lang := range f.languages {
		field := name + "." + lang.Code
		t.Wordings = append(t.Wordings, wording{Name: field, Lang: lang.Code, Language: lang.Name, Text: f.form.Get(field), Problem: f.problems[field]})
	}
	return t
}

// Reason is the reason given in a row of a mapping.
func (f entryFields) Reason(row string) textField {
	return f.text(row+".reason", labelKey(row+".reason"), true)
}

// Note is the note on a figure.
func (f entryFields) Note(row string) textField {
	return f.text(row+".note", labelKey(row+".note"), true)
}

// fields puts a form on a page. The indicator is that of figures, else the zero
// one.
func (r *request) fields(kind progress.Kind, form entryForm, problems fault.Problems, previous *progress.Entry, ind indicators.Indicator) entryFields {
	f := entryFields{Kind: kind, Cells: ind.Dimensions, form: form, problems: map[string]string{}, languages: r.wordingLanguages()}
	for _, problem := range problems {
		if f.problems[problem.Field] == "" {
			f.problems[problem.Field] = r.T(problem.Key, problem.Args...)
		}
	}
	before := map[string]i18n.Text{}
	if previous != nil {
		for _, t := range textsOf(previous.Content) {
			before[t.Name] = *t.Text
		}
	}
	empty := emptyContent(kind)
	for _, t := range textsOf(empty) {
		f.Texts = append(f.Texts, f.textField(t.Name, before[t.Name]))
	}
	if prefix, m := mappingOf(empty); m != nil {
		f.Mapping = prefix
		f.Links, f.Actions = form.openRows(prefix+".objectives"), form.openRows(prefix+".actions")
	}
	if empty.Values != nil {
		f.Figures = f.figureRows(r.p, ind)
	}
	return f
}

func (f entryFields) textField(name string, previous i18n.Text) textField {
	t := f.text(name, name, name == "measure.title")
	t.Previous = len(previous) > 0
	for i, w := range t.Wordings {
		t.Wordings[i].Previous = previous[w.Lang]
	}
	return t
}

// openRows are the rows of a form and an empty one after them.
func (f entryForm) openRows(name string) []string {
	rows := f.rows(name)
	next := 0
	if len(rows) > 0 {
		last := rows[len(rows)-1]
		next, _ = strconv.Atoi(last[strings.LastIndexByte(last, '.')+1:]) // rows has read it
		next++
	}
	return append(rows, fmt.Sprintf("%s.%d", name, next))
}

// wordingLanguages are the languages in which texts are entered: the State's.
func (r *request) wordingLanguages() []languageLink {
	var list []languageLink
	for _, lang := range r.languages() {
		if p, err := i18n.New(lang); err == nil {
			list = append(list, languageLink{Code: lang, Name: p.T("site.language")})
		}
	}
	return list
}
