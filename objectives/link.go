package objectives

import (
	"cmp"
	"fmt"
	"slices"

	"gcm/internal/db"
	"gcm/internal/register"
)

// linked is a link between two records, in this room or in one above.
type linked[L any] interface {
	*L
	Target() string // what it leads to, by its public key
	made() *Mapping
}

func (m *Mapping) made() *Mapping { return m }

// Target returns the objective's number.
func (l *ObjectiveLink) Target() string { return fmt.Sprint(l.Number) }

// Target returns the action's reference.
func (l *ActionLink) Target() string { return l.Ref }

// Target returns the principle's code.
func (l *PrincipleLink) Target() string { return l.Code }

// Target returns the legal instrument's code.
func (l *LawLink) Target() string { return l.Code }

// Sourced returns links in which those that are in from too keep who made them
// and the source's own mark; the others are inferred.
func Sourced[L any, P linked[L]](links, from []L) []L {
	for i := range links {
		m := P(&links[i]).made()
		m.Basis, m.Quotes = Inferred, nil
		for j := range from {
			if P(&from[j]).Target() == P(&links[i]).Target() {
				old := P(&from[j]).made()
				m.Basis, m.Quotes = old.Basis, old.Quotes
			}
		}
	}
	return links
}

// Joined adds those of the links whose target is not there yet.
func Joined[L any, P linked[L]](into, from []L) []L {
	into = slices.Clip(into)
	for _, l := range from {
		if !slices.ContainsFunc(into, func(known L) bool { return P(&known).Target() == P(&l).Target() }) {
			into = append(into, l)
		}
	}
	return into
}

// JoinObjectives is Joined for objectives: an added link is not primary when
// there is a primary one already.
func JoinObjectives(into, from []ObjectiveLink) []ObjectiveLink {
	primary := slices.ContainsFunc(into, func(l ObjectiveLink) bool { return l.Rank == Primary })
	from = slices.Clone(from)
	for i := range from {
		if primary && from[i].Rank == Primary {
			from[i].Rank = Secondary
		}
	}
	return Joined(into, from)
}

// CheckLinks tidies and checks links and puts them in the order in which they
// are read back: that of the ids. The form calls the link's target name.
func CheckLinks[L any, P linked[L], K cmp.Ordered](found *register.Checks, field, name string, links []L, ids db.IDs[K], key func(L) K) {
	seen := map[K]bool{}
	for i := range links {
		at := fmt.Sprintf("%s.%d.", field, i)
		to := key(links[i])
		switch _, known := ids[to]; {
		case !known && P(&links[i]).Target() == "0":
			found.Problems.Add(at+name, "register.problem.missing")
		case !known:
			register.Unknown(found, at+name, P(&links[i]).Target())
		case seen[to]:
			found.Problems.Add(at+name, "register.problem.twice", P(&links[i]).Target())
		}
		seen[to] = true
		P(&links[i]).made().check(found, at)
	}
	slices.SortStableFunc(links, func(a, b L) int { return cmp.Compare(ids[key(a)], ids[key(b)]) })
}

// CheckObjectives is CheckLinks for objectives, one of which may be the primary one.
func CheckObjectives(found *register.Checks, links []ObjectiveLink, ids db.IDs[int]) {
	CheckLinks(found, "objectives", "number", links, ids, func(l ObjectiveLink) int { return l.Number })
	primary := 0
	for _, l := range links {
		if l.Rank == Primary {
			primary++
		}
	}
	if primary > 1 {
		found.Problems.Add("objectives", "register.problem.primary")
	}
}

func (m *Mapping) check(found *register.Checks, field string) {
	if m.Basis == "" {
		m.Basis = Inferred
	}
	register.Choice(found, field+"basis", m.Basis, []Basis{Stated, Inferred})
	register.Choice(found, field+"rank", m.Rank, Ranks)
	found.Text(field+"reason", &m.Reason)
}
