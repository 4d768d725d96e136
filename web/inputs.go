package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"

	"gcm/internal/i18n"
)

// input is a field as a page shows it.
type input struct {
	ID, Kind    string
	Label, Hint string
	Required    bool
	Value, Lang string // the language of the wording, empty for none
	Options     []chosen
	Chosen      int     // of a field with several choices
	Parts       []input // the wordings of a text
	Rows        []inputRow
	Problem     *problem
}

// inputRow is a row of a table that grows.
type inputRow struct {
	ID     string // "milestones.2"
	Label  string
	Inputs []input
}

// chosen is a choice, taken or not.
type chosen struct {
	option
	Taken bool
}

// inputs puts values into fields, with a blank row more in the table named more.
func (r *request) inputs(fields []field, values url.Values, wrong problems, more string) []input {
	return r.inputsBelow(fields, "", values, wrong, more)
}

func (r *request) inputsBelow(fields []field, prefix string, values url.Values, wrong problems, more string) []input {
	var list []input
	for _, f := range fields {
		name := prefix + f.Name
		in := input{
			ID: name, Kind: f.Kind, Label: r.T("register.field." + cmp.Or(f.Words, f.Name)), Required: f.Required,
			Value: values.Get(name), Problem: wrong.Of(name),
		}
		if f.Hint {
			in.Hint = r.T("register.hint." + f.Name)
		}
		for _, o := range withPresent(f, values[name]) {
			taken := slices.Contains(values[name], o.Value)
			if taken {
				in.Chosen++
			}
			in.Options = append(in.Options, chosen{o, taken})
		}
		switch f.Kind {
		case fieldTexts, fieldAreas, fieldLists:
			in.Parts = r.parts(name, values, wrong)
		case fieldRows:
			in.Rows = r.rows(f, values, wrong, more == f.Name)
		}
		list = append(list, in)
	}
	return list
}

// withPresent are the choices of a field, with those that it holds already and
// that are no longer offered, such as an agency out of use.
func withPresent(f field, present []string) []option {
	options := slices.Clip(f.Options)
	if f.Kind != fieldChoice && f.Kind != fieldMany {
		return options
	}
	for _, v := range present {
		if v != "" && !slices.ContainsFunc(options, func(o option) bool { return o.Value == v }) {
			options = append(options, option{Value: v, Label: v})
		}
	}
	return options
}

// parts are the wordings of a text in the State's languages.
func (r *request) parts(name string, values url.Values, wrong problems) []input {
	var parts []input
	for _, lang := range r.languages() {
		label := lang
		if p, err := i18n.New(lang); err == nil {
			label = p.T("site.language")
		}
		id := name + "." + lang
		parts = append(parts, input{ID: id, Label: label, Lang: lang, Value: values.Get(id), Problem: wrong.Of(id)})
	}
	return parts
}

func (r *request) rows(f field, values url.Values, wrong problems, more bool) []inputRow {
	n := rowsOf(f, f.Name, values)
	if more {
		n++
	}
	var rows []inputRow
	for i := range n {
		id := fmt.Sprintf("%s.%d", f.Name, i)
		rows = append(rows, inputRow{id, r.T("register.row."+f.Name, i+1), r.inputsBelow(f.Fields, id+".", values, wrong, "")})
	}
	return rows
}

// choices are options with their words in the catalogue, under key.
func choices[S ~string](r *request, key string, among []S) []option {
	var list []option
	for _, v := range among {
		list = append(list, option{Value: string(v), Label: r.T(key + string(v))})
	}
	return list
}

// orNone puts an empty choice first.
func (r *request) orNone(list []option) []option {
	return append([]option{{Label: r.T("register.choose")}}, list...)
}
