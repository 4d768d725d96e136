package progress

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gcm/internal/i18n"
)

// Difference is one field of a content that changed.
type Difference struct {
	Field  string // "progress.narrative", "values.value", "mapping.objective.rank"
	Item   string // which of several: the period and breakdown, the objective, the action
	Lang   string // of a text
	Before string // empty when there was nothing
	After  string // empty when nothing is left
}

// Differences compares two contents field by field and language by language, in
// the order of the forms.
func Differences(before, after Content) []Difference {
	was, is := before.leaves(), after.leaves()
	var list []Difference
	for _, l := range is {
		i := slices.IndexFunc(was, l.at)
		if i < 0 {
			list = append(list, Difference{l.field, l.item, l.lang, "", l.value})
		} else if was[i].value != l.value {
			list = append(list, Difference{l.field, l.item, l.lang, was[i].value, l.value})
		}
	}
	for _, l := range was {
		if !slices.ContainsFunc(is, l.at) {
			list = append(list, Difference{l.field, l.item, l.lang, l.value, ""})
		}
	}
	return list
}

// leaf is one field that holds something.
type leaf struct{ field, item, lang, value string }

func (l leaf) at(other leaf) bool {
	return l.field == other.field && l.item == other.item && l.lang == other.lang
}

type leaves []leaf

func (l *leaves) add(field, item, value string) {
	if value != "" {
		*l = append(*l, leaf{field, item, "", value})
	}
}

func (l *leaves) text(field, item string, t i18n.Text) {
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		if t[lang] != "" {
			*l = append(*l, leaf{field, item, lang, t[lang]})
		}
	}
}

func (c Content) leaves() leaves {
	var l leaves
	if p := c.Progress; p != nil {
		l.add("progress.status", "", string(p.Status))
		for _, t := range (&Content{Progress: p}).texts() {
			l.text(t.field, "", *t.text)
		}
	}
	if v := c.Values; v != nil {
		for _, f := range v.Rows {
			f.leaves(&l)
		}
		l.text("values.note", "", v.Note)
	}
	if p := c.Measure; p != nil {
		l.text("measure.title", "", p.Title)
		l.text("measure.description", "", p.Description)
		l.add("measure.category", "", p.Category)
		l.add("measure.status", "", string(p.Status))
		l.add("measure.starts", "", string(p.Starts))
		l.add("measure.ends", "", string(p.Ends))
		p.Mapping.leaves("measure", &l)
	}
	if c.Mapping != nil {
		c.Mapping.leaves("mapping", &l)
	}
	return l
}

func (f Figure) leaves(l *leaves) {
	item := strings.TrimSpace(f.key())
	value := ""
	if f.Value != nil {
		value = strconv.FormatFloat(*f.Value, 'f', max(f.Decimals, 0), 64)
	}
	l.add("values.value", item, value)
	l.add("values.qualifier", item, string(f.Qualifier))
	l.add("values.obs_status", item, f.ObsStatus)
	l.add("values.conf_status", item, string(f.ConfStatus))
	l.text("values.source", item, f.Source)
	l.text("values.row_note", item, f.Note)
}

func (m Mapping) leaves(field string, l *leaves) {
	for _, o := range m.Objectives {
		item := fmt.Sprint(o.Number)
		l.add(field+".objective", item, item)
		l.add(field+".objective.rank", item, string(o.Rank))
		l.text(field+".objective.reason", item, o.Reason)
	}
	for _, a := range m.Actions {
		l.add(field+".action", a.Ref, a.Ref)
		l.add(field+".action.rank", a.Ref, string(a.Rank))
		l.text(field+".action.reason", a.Ref, a.Reason)
	}
}
