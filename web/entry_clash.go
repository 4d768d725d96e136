package web

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gcm/indicators"
	"gcm/internal/audit"
	"gcm/internal/i18n"
	"gcm/progress"
)

// clashPage is pages/entries/clash.html: two people changed an entry at once.
type clashPage struct {
	workPage
	Code    string
	Name    i18n.Text
	Version int    // theirs
	When    string // they saved
	Fields  []clashField
	Kept    []formPair // what stays as it was typed
}

// clashField is a field in which the two differ.
type clashField struct {
	Name, Label, Lang string
	Mine, Theirs      []audit.Piece
	Based             bool   // it is known what both changed
	Base              string // that text
	Chosen            string // "mine" or "theirs", to begin with
	Offered           []formPair
}

// formPair is a field of a form with what stands in it.
type formPair struct{ Name, Text string }

// unitOf is what is chosen as a whole: a field, or all rows of a kind.
func unitOf(field string) string {
	if parts := rowField.FindStringSubmatch(field); parts != nil {
		return parts[1] + "." + parts[2]
	}
	return field
}

// units are the parts of a form that say something, each with its fields.
func (f entryForm) units() map[string]url.Values {
	all := map[string]url.Values{}
	for name, texts := range f.Values {
		if !strings.Contains(name, ".") || texts[0] == "" {
			continue
		}
		unit := unitOf(name)
		if all[unit] == nil {
			all[unit] = url.Values{}
		}
		all[unit].Set(name, texts[0])
	}
	return all
}

// differing names the units in which two forms differ, in a fixed order.
func differing(a, b entryForm) []string {
	left, right := a.units(), b.units()
	names := map[string]bool{}
	for _, units := range []map[string]url.Values{left, right} {
		for unit := range units {
			if left[unit].Encode() != right[unit].Encode() {
				names[unit] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// choose puts what the others wrote in the place of what was typed, where the
// person chose so on the page of a clash.
func (f entryForm) choose() {
	for name := range f.Values {
		unit, ok := strings.CutPrefix(name, "choice.")
		if !ok || f.Get(name) != "theirs" {
			continue
		}
		for field := range f.Values {
			if unitOf(field) == unit {
				f.Del(field)
			}
		}
		for field := range f.Values {
			if other, ok := strings.CutPrefix(field, "theirs."); ok && unitOf(other) == unit {
				f.Set(other, f.Get(field))
			}
		}
	}
}

// renderClash shows field by field what the person typed, what somebody else
// saved meanwhile, and what stood there before. Where only one of them changed a
// field, that change is chosen to begin with.
func (r *request) renderClash(clash *progress.Clash, mine entryForm) error {
	theirs := clash.Theirs
	about, err := r.site.progress.Subject(r.Request.Context(), r.actor, theirs)
	if err != nil {
		return err
	}
	p := clashPage{
		workPage: r.workPage(r.T("entering.clash")), Code: theirs.Code, Name: titleOf(theirs, about), Version: theirs.Version,
		When: r.moment(theirs.UpdatedAt),
	}
	other := formOf(r.p, theirs.Content)
	content, _ := mine.content(theirs.Kind, r.p.Lang()) // it was read before
	ind := indicatorOf(about)
	left, right := mine.units(), other.units()
	var base entryForm
	if clash.Base != nil {
		base = formOf(r.p, *clash.Base)
	}
	before := base.units()
	for _, unit := range slices.Sorted(maps.Keys(left)) {
		p.Kept = append(p.Kept, pairs("", left[unit])...)
	}
	for _, unit := range differing(mine, other) {
		field := clashField{Name: unit, Label: r.label(unit), Chosen: "mine", Offered: pairs("theirs.", right[unit])}
		if i := strings.LastIndexByte(unit, '.'); i >= 0 && slices.Contains(i18n.Languages, unit[i+1:]) {
			field.Lang = unit[i+1:]
		}
		ours, others := r.unitText(unit, mine, content, ind), r.unitText(unit, other, theirs.Content, ind)
		if field.Based = clash.Base != nil; field.Based {
			field.Base = r.unitText(unit, base, *clash.Base, ind)
			field.Mine, field.Theirs = grown(field.Base, ours), grown(field.Base, others)
		} else {
			field.Mine, field.Theirs = compared(ours, others)
		}
		if field.Based && left[unit].Encode() == before[unit].Encode() || !field.Based && len(left[unit]) == 0 {
			field.Chosen = "theirs"
		}
		p.Fields = append(p.Fields, field)
	}
	return r.render(http.StatusConflict, "entries/clash", p)
}

func pairs(prefix string, fields url.Values) []formPair {
	var list []formPair
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		list = append(list, formPair{prefix + name, fields.Get(name)})
	}
	return list
}

// compared marks in two texts the words that only one of them has.
func compared(mine, theirs string) (left, right []audit.Piece) {
	for _, piece := range audit.Words(theirs, mine) {
		if piece.Kind != audit.Removed {
			left = append(left, piece)
		}
		if piece.Kind != audit.Added {
			right = append(right, piece)
		}
	}
	return left, right
}

// grown marks in a text the words that it has beyond an earlier one.
func grown(before, text string) []audit.Piece {
	return slices.DeleteFunc(audit.Words(before, text), func(p audit.Piece) bool { return p.Kind == audit.Removed })
}

// unitText is what stands in a part of a form, in words.
func (r *request) unitText(unit string, form entryForm, c progress.Content, ind indicators.Indicator) string {
	var rows []string
	_, m := mappingOf(c)
	switch {
	case strings.HasSuffix(unit, ".status"):
		if status := form.Get(unit); status != "" {
			return r.T("measure.status." + status)
		}
	case unit == "measure.category" && form.Get(unit) != "":
		return r.T("measure.category." + form.Get(unit))
	case unit == "values.rows":
		for _, row := range c.Values.Rows {
			line := r.figureLine(ind, row, nil)
			rows = append(rows, fmt.Sprintf("%s, %s: %s %s", line.Cell, r.p.Period(line.Period), line.Value, r.in(line.Note)))
		}
	case strings.HasSuffix(unit, ".objectives"):
		for _, o := range m.Objectives {
			rows = append(rows, r.mappingText(r.T("objective.n", o.Number), string(o.Rank), o.Reason))
		}
	case strings.HasSuffix(unit, ".actions"):
		for _, a := range m.Actions {
			rows = append(rows, r.mappingText(a.Ref, string(a.Rank), a.Reason))
		}
	default:
		return form.Get(unit)
	}
	return strings.Join(rows, "\n")
}

func (r *request) mappingText(name, rank string, reason i18n.Text) string {
	if rank != "" {
		name += " (" + r.T("mapping.rank."+rank) + ")"
	}
	return name + ": " + r.in(reason)
}
