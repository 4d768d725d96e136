package reports

import (
	"slices"
	"strings"

	"gcm/objectives"
)

// How fast a speech goes at a round table, and how many words the drawn notes have
// at most: three minutes of them.
const (
	wordsPerMinute = 120
	mostSpoken     = 3 * wordsPerMinute
)

// spokenWords counts the words of a text.
func spokenWords(s string) int { return len(strings.Fields(s)) }

// lasts says how long words take to speak, to half a minute.
func (c *composer) lasts(words int) string {
	halves := max((2*words+wordsPerMinute/2)/wordsPerMinute, 1)
	return c.p.T("brief.minutes", words, c.p.Number(float64(halves)/2, halves%2), wordsPerMinute)
}

// speech is the second page: the notes that the State's people wrote, or those that
// are drawn from the review, and what the review promises.
func (c *composer) speech(t objectives.RoundTable, own bool) Section {
	s := Section{ID: "notes", Title: c.p.T("brief.notes"), Short: c.p.T("brief.notes"), NewPage: true}
	pledges, taken := c.pledges(t)
	room := shortHeight - sectionHeight - colophonHeight - taken
	if own {
		s.Blocks = append(c.written(t, room), pledges...)
	} else {
		s.Blocks = append(c.drawn(t, room), pledges...)
	}
	return s
}

// toldParagraph is a paragraph of the review as it can be spoken.
type toldParagraph struct {
	sentences []string
	taken     int
}

// drawnChapter is what a chapter of the review gives to the notes.
type drawnChapter struct {
	of         objectives.Objective
	paragraphs []*toldParagraph
	order      []*toldParagraph // whose next sentence is taken, in turns
	empty      string           // what is said when none is
	reserved   float64          // room for that
}

// drawn are notes made of the review's own sentences. Each objective in turn gives
// one: the first of each paragraph of its chapter, then the second ones, so that
// none stands without what precedes it in its paragraph.
func (c *composer) drawn(t objectives.RoundTable, room float64) []Block {
	chapters := make([]*drawnChapter, len(t.Objectives))
	for i, o := range t.Objectives {
		chapters[i] = c.drawnChapter(o)
		label := c.objectiveName(o) + " · " + c.p.T("brief.chapter", c.chapterNumber(o))
		room -= high(label, 9, 13, 8, true) + firstItem - nextItem
		room -= chapters[i].reserved
	}
	room -= high(c.lasts(1000)+" "+c.p.T("brief.drawn")+" "+c.p.T("brief.rest", 1000, c.chapters(t)), remarkSize, remarkStep, 5, false)
	words := 0
	for again := true; again; {
		again = false
		for _, ch := range chapters {
			if took := ch.take(mostSpoken-words, &room); took > 0 {
				words += took
				again = true
			}
		}
	}
	rest := 0
	var said []Block
	for _, ch := range chapters {
		label := []Run{{Text: c.objectiveName(ch.of)}, {Text: " · " + c.p.T("brief.chapter", c.chapterNumber(ch.of))}}
		said = append(said, Paragraph{Style: Label, Runs: label})
		list := List{}
		for _, p := range ch.paragraphs {
			if p.taken > 0 {
				list.Items = append(list.Items, Blocks{Para(strings.Join(p.sentences[:p.taken], " "))})
			}
			rest += len(p.sentences) - p.taken
		}
		if len(list.Items) == 0 {
			list.Items = []Blocks{{Para(ch.empty)}}
		}
		said = append(said, list)
	}
	if !slices.ContainsFunc(chapters, func(ch *drawnChapter) bool { return len(ch.paragraphs) > 0 }) {
		return append([]Block{Paragraph{Style: Small, Runs: Text(c.p.T("brief.nothing"))}}, said...)
	}
	how := c.lasts(words) + " " + c.p.T("brief.drawn")
	if rest > 0 {
		how += " " + c.p.T("brief.rest", rest, c.chapters(t))
	}
	return append([]Block{Paragraph{Style: Small, Runs: Text(how)}}, said...)
}

// take takes the next sentence if there are so many words left, and room; it
// returns how many words it has.
func (ch *drawnChapter) take(words int, room *float64) int {
	for len(ch.order) > 0 {
		p := ch.order[0]
		if p.taken == len(p.sentences) {
			ch.order = ch.order[1:]
			continue
		}
		before := 0.0
		if p.taken > 0 {
			before = itemHeight(strings.Join(p.sentences[:p.taken], " "))
		}
		needs := itemHeight(strings.Join(p.sentences[:p.taken+1], " ")) - before
		n := spokenWords(p.sentences[p.taken])
		if ch.order = ch.order[1:]; n > words || needs > *room+ch.reserved { // its paragraph gives no more
			continue
		}
		*room += ch.reserved - needs
		ch.reserved = 0
		p.taken++
		ch.order = append(ch.order, p)
		return n
	}
	return 0
}

// drawnChapter reads the text of an objective's chapter.
func (c *composer) drawnChapter(o objectives.Objective) *drawnChapter {
	ch := &drawnChapter{of: o, empty: c.p.T("brief.silent")}
	if text := c.review.Section(ObjectiveSection(o.Number), c.p.Lang()); text != nil && text.Body != "" {
		ch.add(c.narrative(ObjectiveSection(o.Number)).flat())
	}
	if ch.order = slices.Clone(ch.paragraphs); len(ch.order) > 0 {
		ch.empty = c.p.T("brief.no_room")
	}
	ch.reserved = itemHeight(ch.empty)
	return ch
}

// add reads the paragraphs and the items of lists. Invitations to the working
// group, tables, charts and headings are not spoken.
func (ch *drawnChapter) add(blocks Blocks) {
	for _, b := range blocks {
		switch b := b.(type) {
		case Paragraph:
			if b.Style == Body {
				if sentences := spoken(b.Runs); len(sentences) > 0 {
					ch.paragraphs = append(ch.paragraphs, &toldParagraph{sentences: sentences})
				}
			}
		case List:
			for _, item := range b.Items {
				ch.add(item)
			}
		}
	}
}

// spoken are the sentences of a paragraph as they are printed, up to the first that
// sends the reader to another chapter.
func spoken(runs []Run) []string {
	p := passage{notes: []string{"link"}}
	var b strings.Builder
	for _, r := range runs {
		if strings.HasPrefix(r.Link, "#") {
			b.WriteRune(noteMark)
		}
		b.WriteString(r.Text)
	}
	p.part(strings.TrimSpace(b.String()))
	var out []string
	for _, s := range p.sentences {
		if len(s.notes) > 0 {
			return out
		}
		out = append(out, s.text)
	}
	return out
}

// written are the notes that the State's people wrote. What has no room is left
// out from its end, and the page says so.
func (c *composer) written(t objectives.RoundTable, room float64) []Block {
	room -= high(c.lasts(1000)+" "+c.p.T("brief.written")+" "+c.p.T("brief.cut", 10), remarkSize, remarkStep, 5, false)
	var out []Block
	words, left := 0, 0
	for _, b := range c.narrative(BriefSection(t.Number)).flat() {
		for _, said := range speakable(b) {
			text := plainBlock(said)
			needs := itemHeight(text) + 4
			if p, ok := said.(Paragraph); ok && p.Style == Subhead {
				needs = subheadHeight + high(text, 10, 14, 0, true)
			}
			if left > 0 || needs > room {
				left += spokenWords(text)
				continue
			}
			room -= needs
			words += spokenWords(text)
			out = append(out, said)
		}
	}
	how := c.lasts(words) + " " + c.p.T("brief.written")
	if left > 0 {
		how += " " + c.p.T("brief.cut", left)
	}
	return append([]Block{Paragraph{Style: Small, Runs: Text(how)}}, out...)
}

// speakable parts a block into what can be left out: the items of a list are lists
// of one. Footnotes are for the review; tables, charts and boxes are not spoken.
func speakable(b Block) []Block {
	switch b := b.(type) {
	case Paragraph:
		b.Runs = silent(b.Runs)
		return []Block{b}
	case List:
		var out []Block
		for _, item := range b.Items {
			var inside Blocks
			for _, said := range item {
				inside = append(inside, speakable(said)...)
			}
			if len(inside) > 0 {
				out = append(out, List{Items: []Blocks{inside}})
			}
		}
		return out
	}
	return nil
}

// silent takes footnotes away, and links into the rest of the review.
func silent(runs []Run) []Run {
	var out []Run
	for _, r := range unlinked(runs, nil) {
		if r.Note = nil; r.Text != "" {
			out = append(out, r)
		}
	}
	return out
}

// plainBlock are the words of what speakable returns.
func plainBlock(b Block) string { return strings.Join(linesOf(nil, Blocks{b}), " ") }

// mostPledges is how many promises the second page lists.
const mostPledges = 4

// pledges are what the review promises on the objectives of a round table, and on
// all of them; taken is the room that they need.
func (c *composer) pledges(t objectives.RoundTable) (blocks []Block, taken float64) {
	head := c.subhead("brief.pledges")
	taken = subheadHeight + firstItem
	list, rest := List{}, 0
	for _, p := range c.judged.promises {
		if p.Objective != nil && !slices.ContainsFunc(t.Objectives, func(o objectives.Objective) bool { return o.ID == p.Objective.ID }) {
			continue
		}
		said := c.pledge(p)
		if len(list.Items) == mostPledges || taken+itemHeight(plain(said)) > shortHeight/4 {
			rest++
			continue
		}
		taken += itemHeight(plain(said))
		list.Items = append(list.Items, Blocks{Paragraph{Runs: said}})
	}
	if len(list.Items)+rest == 0 {
		said := c.p.T("brief.pledges.none")
		return []Block{Paragraph{Style: Small, Runs: Text(said)}}, high(said, remarkSize, remarkStep, 5, false)
	}
	blocks = []Block{head, list}
	if rest > 0 {
		said := c.p.T("brief.pledges.rest", rest)
		blocks = append(blocks, Paragraph{Style: Small, Runs: Text(said)})
		taken += high(said, remarkSize, remarkStep, 5, false)
	}
	return blocks, taken
}

// pledge is a promise with its objective, who keeps it and when it is due.
func (c *composer) pledge(p Promise) []Run {
	var more []string
	if p.Objective != nil {
		more = append(more, c.p.T("review.objective", p.Objective.Number))
	}
	if p.Agency != nil {
		more = append(more, c.agencyName(*p.Agency))
	}
	if p.Due != "" {
		more = append(more, c.p.Period(p.Due))
	}
	run := c.foreign(p.Text)
	run.Text = untied(run.Text)
	if len(more) == 0 {
		return []Run{run, {Text: "."}}
	}
	return []Run{run, {Text: " (" + strings.Join(more, ", ") + ")."}}
}
