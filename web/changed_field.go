package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"gcm/internal/audit"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// changedField is a field that was changed, in the reader's words.
type changedField struct {
	Label  string
	Lang   string // of the text, empty when it is not the reader's or unknown
	Pieces []audit.Piece
}

// changedFields tells what differs between two contents on record.
func (r *request) changedFields(noun, before, after string) []changedField {
	var list []changedField
	for _, d := range audit.Differences(before, after) {
		if slices.Contains(repeated[noun], d.Field) {
			continue
		}
		parts := strings.Split(d.Field, ".")
		last := parts[len(parts)-1]
		f := changedField{Label: r.recorded(parts)}
		if slices.Contains(i18n.Languages, last) {
			f.Pieces = abridged(audit.Words(d.Before, d.After))
			if last != r.p.Lang() {
				f.Lang = last
			}
		} else {
			f.Pieces = replaced(r.spoken(noun, last, d.Before), r.spoken(noun, last, d.After))
		}
		list = append(list, f)
	}
	return list
}

// repeated are fields that count the changes, or say again what another one says.
var repeated = map[string][]string{"entry": {"version", "status"}, "user": {"version"}}

// coded are fields that hold codes, with the list of their words; a noun's own
// list goes before the one that it shares with others.
var coded = map[string]string{
	"state": "entry.state.", "status": "measure.status.", "category": "measure.category.", "basis": "mapping.basis.",
	"rank": "mapping.rank.", "figure_type": "indicator.figure_type.", "direction": "indicator.direction.", "role": "role.",
	"language": "language.", "kind": "entry.kind.", "qualifier": "entering.qualifier.", "fund": "measure.fund.",
	"digest": "account.digest.", "cutoff_basis": "round.basis.", "frequency": "passport.frequency.", "relation": "passport.relation.",
	"formula_kind": "passport.formula.", "indicator.kind": "passport.break.",
	"evidence.kind": "evidence.kind.", "agency.kind": "agency.kind.", "law.kind": "law.kind.", "law.status": "law.status.",
	"challenge.kind": "register.challenge.", "mail.state": "mail.state.", "review.state": "review.state.",
}

// dated are fields that hold a date as precise as it is known.
var dated = []string{"due", "done", "dated", "starts", "ends", "period", "covers", "cutoff", "leave_from", "leave_until", "baseline_period"}

// spoken is a value of the log in the reader's words; what has none stays as it is.
func (r *request) spoken(noun, field, value string) string {
	if slices.Contains(dated, field) {
		if at, err := period.Parse(value); err == nil {
			return r.p.Period(at)
		}
		return value
	}
	if at, err := time.Parse(time.RFC3339, value); err == nil && strings.HasSuffix(field, "_at") {
		return r.moment(at)
	}
	for _, name := range []string{noun + "." + field, field} {
		if words, ok := coded[name]; ok {
			return r.code(words, value)
		}
	}
	return value
}

// containers hold fields, and say nothing by themselves.
var containers = []string{"content", "values", "rows", "progress", "mapping"}

// recorded names a field of the log: "Objectives 2 · Reason · Kazakh".
func (r *request) recorded(parts []string) string {
	var words []string
	for i, part := range parts {
		_, err := strconv.Atoi(part)
		switch last := len(words) - 1; {
		case err == nil && last >= 0:
			words[last] += " " + part
		case i == len(parts)-1 && slices.Contains(i18n.Languages, part):
			words = append(words, r.T("language."+part))
		case i < len(parts)-1 && slices.Contains(containers, part) && part != "rows":
		default:
			words = append(words, r.code("audit.field.", part))
		}
	}
	return strings.Join(words, " · ")
}

// replaced is one value in place of another.
func replaced(before, after string) []audit.Piece {
	var pieces []audit.Piece
	if before != "" {
		pieces = append(pieces, audit.Piece{Kind: audit.Removed, Text: before})
	}
	if after != "" {
		pieces = append(pieces, audit.Piece{Kind: audit.Added, Text: after})
	}
	return pieces
}

// around is how many signs of an unchanged passage stay beside a change.
const around = 120

// abridged leaves out the middle of long passages that did not change.
func abridged(pieces []audit.Piece) []audit.Piece {
	for i, p := range pieces {
		runes := []rune(p.Text)
		if p.Kind != audit.Same || len(runes) < 3*around {
			continue
		}
		head, tail := string(runes[:around]), string(runes[len(runes)-around:])
		switch i {
		case 0:
			pieces[i].Text = "… " + tail
		case len(pieces) - 1:
			pieces[i].Text = head + " …"
		default:
			pieces[i].Text = head + " … " + tail
		}
	}
	return pieces
}
