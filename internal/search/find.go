package search

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
)

// Query is what somebody looks for.
type Query struct {
	Text          string
	Lang          string // of the reader: what is said in it comes first
	Kind          string // of the documents; empty for all
	Offset, Limit int    // of the hits
}

// Result is what was found.
type Result struct {
	Asked []Asked        // the words that were looked for
	Total int            // documents of the kind that was asked for
	All   int            // documents of all kinds
	Kinds map[string]int // documents of each kind
	Hits  []Hit          // the best first
	Some  bool           // no document has all of the words: these have some
}

// Asked is a word of a query with how it was understood.
type Asked struct {
	Word  string
	Taken []string // the words that were taken for it when it stands nowhere
	Found bool
}

// Hit is a document that was found.
type Hit struct {
	Document int // its place in the list of New
	Score    float64
	Lang     string                     // in which it was found
	words    map[string]map[string]bool // that were looked for, by language
}

// The parameters of BM25, as they are usually set.
const (
	saturation = 1.2
	shortness  = 0.75
)

// gains are how much a word says in a title and in a text, and ownGain how much
// more on a page in the reader's language.
var gains = [2]float64{3, 1}

const ownGain = 1.25

// mostWords is how many words of a query are looked for, and mostBegun how many
// longer words a beginning may stand for.
const (
	mostWords = 16
	mostBegun = 64
	mostTaken = 3
)

// sense is a word of the index that a word of a query may mean.
type sense struct {
	id   int32
	near float64
}

// mark is how well a document answers one word of a query, and on which of its
// pages; without a score it does not.
type mark struct {
	score float64
	page  int32
}

// Find looks for documents. A query without any word to look for has no Asked.
func (x *Index) Find(q Query) Result {
	r := Result{Kinds: map[string]int{}}
	var marks [][]mark // of each word: of each document
	hitWords := map[string]map[string]bool{}
	for _, w := range queryWords(q.Text) {
		senses, taken := x.senses(w)
		r.Asked = append(r.Asked, Asked{Word: w, Taken: taken, Found: len(senses) > 0})
		marks = append(marks, x.marks(senses, q.Lang))
		for _, s := range senses {
			e := x.words[s.id]
			if hitWords[e.lang] == nil {
				hitWords[e.lang] = map[string]bool{}
			}
			hitWords[e.lang][e.text] = true
		}
	}
	all := x.join(marks, true)
	if len(all) == 0 && len(marks) > 1 {
		all = x.join(marks, false)
		r.Some = len(all) > 0
	}
	r.All = len(all)
	hits := all[:0]
	for _, h := range all {
		kind := x.documents[h.Document].Kind
		r.Kinds[kind]++
		if q.Kind == "" || q.Kind == kind {
			hits = append(hits, h)
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Document, b.Document)) })
	r.Total = len(hits)
	r.Hits = hits[min(max(q.Offset, 0), len(hits)):]
	r.Hits = r.Hits[:min(max(q.Limit, 0), len(r.Hits))]
	for i := range r.Hits {
		r.Hits[i].words = hitWords
	}
	return r
}

// queryWords returns the words to look for, each once, without those that stand
// everywhere.
func queryWords(text string) []string {
	var list []string
	end := 0
	for w := range words(Clean(text)) {
		if w.from < end || slices.Contains(list, w.text) || stop(w.text) { // a whole, whose parts are looked for
			continue
		}
		end = w.to
		list = append(list, w.text)
	}
	return list[:min(len(list), mostWords)]
}

// senses returns the words of the index that a word may mean: itself, its forms
// and spellings; else longer words that it begins; else those a slip or two away,
// which taken names.
func (x *Index) senses(w string) (list []sense, taken []string) {
	near := map[int32]float64{}
	for _, k := range keysFor(w) {
		for _, id := range x.keys[k.key] {
			near[id] = max(near[id], k.near)
		}
	}
	if len(near) == 0 {
		for _, id := range x.begun(w) {
			near[id] = begun
		}
	}
	if len(near) == 0 {
		taken = x.guess(w, near)
	}
	for id, n := range near {
		list = append(list, sense{id, n})
	}
	slices.SortFunc(list, func(a, b sense) int { return cmp.Compare(a.id, b.id) })
	return list, taken
}

// begun returns words that a word of three letters or more begins, by skeletons.
func (x *Index) begun(w string) []int32 {
	s := skeleton(w)
	if len(s) < 3 {
		return nil
	}
	var ids []int32
	for n := sort.SearchStrings(x.skeletons, s); n < len(x.skeletons) && strings.HasPrefix(x.skeletons[n], s) && len(ids) < mostBegun; n++ {
		ids = append(ids, x.bearers[n]...)
	}
	return ids
}

// guess notes the words a slip or two away, with their other forms, and names the
// most frequent.
func (x *Index) guess(w string, near map[int32]float64) []string {
	ids, away := x.nearest(w)
	note := func(id int32, n float64) { near[id] = max(near[id], n) }
	value := mistyped
	if away > 1 {
		value = garbled
	}
	for _, id := range ids {
		note(id, value)
		for _, stem := range stems(x.words[id].text, x.words[id].lang) {
			for _, other := range x.keys[stem] {
				note(other, value*inflected)
			}
		}
	}
	slices.SortFunc(ids, func(a, b int32) int {
		return cmp.Or(cmp.Compare(len(x.words[b].postings), len(x.words[a].postings)), cmp.Compare(a, b))
	})
	var taken []string
	for _, id := range ids {
		if text := x.words[id].text; !slices.Contains(taken, text) && len(taken) < mostTaken {
			taken = append(taken, text)
		}
	}
	return taken
}

// marks says how well each document answers one word of a query: by BM25 over
// its pages, of which the best counts. Words that it may mean count together, by
// how near they are.
func (x *Index) marks(senses []sense, lang string) []mark {
	weights := make([]float64, len(x.pages))
	marks := make([]mark, len(x.documents))
	df := 0.0
	for _, s := range senses {
		for _, p := range x.words[s.id].postings {
			page := x.pages[p.page]
			for n, gain := range gains {
				weights[p.page] += s.near * gain * float64(p.times[n]) / (1 - shortness + shortness*page.lengths[n]/x.means[n])
			}
			if m := &marks[page.document]; m.score == 0 {
				m.score, df = 1, df+1
			}
		}
	}
	clear(marks)
	rarity := math.Log(1 + (float64(len(x.documents))-df+0.5)/(df+0.5))
	for id, weight := range weights {
		if weight == 0 {
			continue
		}
		page := x.pages[id]
		score := rarity * weight * (saturation + 1) / (weight + saturation)
		if page.lang == lang {
			score *= ownGain
		}
		if w := x.documents[page.document].Weight; w != 0 {
			score *= w
		}
		if m := &marks[page.document]; score > m.score {
			*m = mark{score, int32(id)}
		}
	}
	return marks
}

// join adds up what documents have of the words: of all, or of any.
func (x *Index) join(marks [][]mark, all bool) []Hit {
	var hits []Hit
	for d := range x.documents {
		h := Hit{Document: d}
		var best mark
		have := 0
		for _, m := range marks {
			if m[d].score == 0 {
				continue
			}
			have++
			h.Score += m[d].score
			if m[d].score > best.score {
				best = m[d]
			}
		}
		if have == 0 || all && have < len(marks) {
			continue
		}
		h.Lang = x.pages[best.page].lang
		hits = append(hits, h)
	}
	return hits
}
