package seal

import "fmt"

// outline writes the bookmarks, closed below the first level. It returns the
// outline's object, 0 without bookmarks.
func (s *sealer) outline() int {
	if len(s.Outline) == 0 {
		return 0
	}
	root := s.objects.reserve()
	first := len(s.objects) + 1
	entries := make([]outlineEntry, len(s.Outline))
	top := outlineEntry{first: -1, last: -1}
	var open []int // the newest entry of each level
	for i, m := range s.Outline {
		e := outlineEntry{parent: -1, prev: -1, next: -1, first: -1, last: -1}
		open = open[:min(m.Level, len(open))]
		over := &top
		if len(open) > 0 {
			e.parent = open[len(open)-1]
			over = &entries[e.parent]
		}
		if over.last < 0 {
			over.first = i
		} else {
			e.prev = over.last
			entries[over.last].next = i
		}
		over.last = i
		over.count++
		entries[i] = e
		open = append(open, i)
		s.objects.reserve()
	}
	for i, e := range entries {
		m := &s.Outline[i]
		b := fmt.Appendf(nil, "<</Title%s/Parent %d 0 R/Dest%s", words(m.Title), parentOf(e.parent, root, first), destination(m.Page, m.Y))
		for _, to := range []struct {
			key   string
			entry int
		}{{"Prev", e.prev}, {"Next", e.next}, {"First", e.first}, {"Last", e.last}} {
			if to.entry >= 0 {
				b = fmt.Appendf(b, "/%s %d 0 R", to.key, first+to.entry)
			}
		}
		if e.count > 0 {
			b = fmt.Appendf(b, "/Count %d", -e.count)
		}
		s.objects.set(first+i, "%s>>", b)
	}
	s.objects.set(root, "<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>", first+top.first, first+top.last, top.count)
	return root
}

// outlineEntry is where an entry stands among the others; -1 is none.
type outlineEntry struct{ parent, prev, next, first, last, count int }

func parentOf(entry, root, first int) int {
	if entry < 0 {
		return root
	}
	return first + entry
}
