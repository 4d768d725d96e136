package progress

import (
	"maps"

	"gorm.io/gorm"
)

// mapped returns what the release of an entry makes of a measure's present
// mapping: what the proposal changed since it was begun, or released last, and
// nothing else. Links that were made or taken away in the register meanwhile stay
// so, unless the proposal changes the same ones.
func (m Mapping) mapped(tx *gorm.DB, entry string, released *Content, now Mapping) (Mapping, error) {
	before := released
	if before == nil {
		var err error
		if before, err = contentAt(tx, entry, 1); err != nil || before == nil {
			return m, err // not on record: what it says is all that is meant
		}
	}
	return m.onto(now, before.mapping()), nil
}

// mapping returns the mapping that a content proposes; an empty one for other kinds.
func (c Content) mapping() Mapping {
	switch {
	case c.Mapping != nil:
		return *c.Mapping
	case c.Measure != nil:
		return c.Measure.Mapping
	}
	return Mapping{}
}

// onto brings what changed between base and m into another mapping.
func (m Mapping) onto(now, base Mapping) Mapping {
	return Mapping{
		merged(m.Objectives, now.Objectives, base.Objectives,
			func(l ObjectiveLink) int { return l.Number },
			func(a, b ObjectiveLink) bool { return a.Rank == b.Rank && maps.Equal(a.Reason, b.Reason) }),
		merged(m.Actions, now.Actions, base.Actions,
			func(l ActionLink) string { return l.Ref },
			func(a, b ActionLink) bool { return a.Rank == b.Rank && maps.Equal(a.Reason, b.Reason) }),
	}
}

// merged brings what changed between base and mine into now, by the links' keys.
func merged[L any, K comparable](mine, now, base []L, key func(L) K, same func(a, b L) bool) []L {
	index := func(links []L) map[K]L {
		at := map[K]L{}
		for _, l := range links {
			at[key(l)] = l
		}
		return at
	}
	wanted, was, there := index(mine), index(base), index(now)
	changed := func(l L) bool {
		before, known := was[key(l)]
		return !known || !same(before, l)
	}
	var out []L
	for _, l := range now {
		own, kept := wanted[key(l)]
		_, known := was[key(l)]
		switch {
		case kept && changed(own):
			out = append(out, own)
		case kept || !known:
			out = append(out, l)
		}
	}
	for _, l := range mine {
		if _, present := there[key(l)]; !present && changed(l) {
			out = append(out, l)
		}
	}
	return out
}
