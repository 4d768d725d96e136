// Package search finds texts in Kazakh, Russian and English by their words: in
// any of their forms, with slips of the finger, typed without Kazakh letters or in
// Latin ones. It keeps an index in memory, so that the answer is the same on
// every database. It knows words and texts; it does not know what they speak of,
// who may read them, or where they stand.
package search

import "slices"

// Languages are those whose words are known. Texts in others are found by their
// words as they stand.
var Languages = []string{"kk", "ru", "en"}

// Document is a thing that can be found.
type Document struct {
	Kind   string            // what results are counted by: "measure"
	Title  map[string]string // by language
	Text   map[string]string // by language
	Weight float64           // how much it counts beside others; 0 for 1
}

// longest is how many characters of a text are read: nobody finds the hundredth
// page of one by a word.
const longest = 40_000

// Index finds documents. It does not change, and is safe for concurrent use.
type Index struct {
	documents []Document
	pages     []page
	words     []entry
	keys      map[string][]int32 // what a word may be looked for by → words
	skeletons []string           // distinct, in order
	bearers   [][]int32          // of each skeleton: its words
	grams     map[string][]int32 // three letters → skeletons
	means     [2]float64         // length of titles and texts in words
}

// page is a document in one language.
type page struct {
	document int32
	lang     string
	lengths  [2]float64 // of title and text, in words
}

// entry is a word of a language with the pages on which it stands.
type entry struct {
	text, lang string
	postings   []posting
}

// posting says how often a word stands on a page.
type posting struct {
	page  int32
	times [2]uint16 // in the title and in the text
}

// New returns the index of documents. It keeps them.
func New(documents []Document) *Index {
	x := &Index{documents: documents, keys: map[string][]int32{}, grams: map[string][]int32{}}
	known := map[string]map[string]int32{} // languages: words
	var totals [2]float64
	for d, document := range documents {
		for _, lang := range document.languages() {
			p := page{document: int32(d), lang: lang}
			if known[lang] == nil {
				known[lang] = map[string]int32{}
			}
			for n, text := range []string{document.Title[lang], document.Text[lang]} {
				for w := range words(Clean(text)) {
					x.add(known[lang], lang, w.text, int32(len(x.pages)), n)
					p.lengths[n]++
				}
				totals[n] += p.lengths[n]
			}
			x.pages = append(x.pages, p)
		}
	}
	for n := range totals {
		x.means[n] = max(1, totals[n]/float64(max(1, len(x.pages))))
	}
	x.name()
	return x
}

// languages are those that a document has words in, in order.
func (d Document) languages() []string {
	var list []string
	for _, texts := range []map[string]string{d.Title, d.Text} {
		for lang, text := range texts {
			if text != "" && !slices.Contains(list, lang) {
				list = append(list, lang)
			}
		}
	}
	slices.Sort(list)
	return list
}

// add notes that a word stands on a page, in its title (0) or its text (1).
func (x *Index) add(known map[string]int32, lang, text string, page int32, part int) {
	id, ok := known[text]
	if !ok {
		id = int32(len(x.words))
		known[text] = id
		x.words = append(x.words, entry{text: text, lang: lang})
	}
	list := &x.words[id].postings
	if n := len(*list); n == 0 || (*list)[n-1].page != page {
		*list = append(*list, posting{page: page})
	}
	times := &(*list)[len(*list)-1].times[part]
	*times = min(*times+1, 1<<15)
}

// name notes by what each word may be looked for.
func (x *Index) name() {
	bearers := map[string][]int32{}
	for id, w := range x.words {
		for _, key := range keysOf(w.text, w.lang) {
			x.keys[key] = append(x.keys[key], int32(id))
		}
		s := skeleton(w.text)
		bearers[s] = append(bearers[s], int32(id))
	}
	for s := range bearers {
		x.skeletons = append(x.skeletons, s)
	}
	slices.Sort(x.skeletons)
	for n, s := range x.skeletons {
		x.bearers = append(x.bearers, bearers[s])
		for _, gram := range trigrams(s) {
			x.grams[gram] = append(x.grams[gram], int32(n))
		}
	}
}

// Documents returns how many documents there are.
func (x *Index) Documents() int { return len(x.documents) }

// Document returns one by its place in the list of New.
func (x *Index) Document(n int) Document { return x.documents[n] }
