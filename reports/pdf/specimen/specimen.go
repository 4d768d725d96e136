// Package specimen makes documents that show every kind of block, for the tests
// and the benchmarks of the writers. It knows nothing of a real review: its
// sentences describe measures, its numbers are made up.
package specimen

import (
	_ "embed"
	"fmt"
	"strings"
	"time"

	"gcm/reports"
)

var (
	//go:embed kk.txt
	kk string
	//go:embed ru.txt
	ru string
	//go:embed en.txt
	en string
)

// Langs are the languages that a specimen can have.
var Langs = []string{"kk", "ru", "en"}

// Prose returns paragraphs of running text in a language.
func Prose(lang string) []string {
	return strings.Split(strings.TrimSpace(map[string]string{"kk": kk, "ru": ru, "en": en}[lang]), "\n")
}

// Long is a document for measuring: chapters of about ten pages of prose, with
// a table and a footnote in each section.
func Long(lang string, pages int) reports.Document {
	doc := frontMatter(lang)
	prose := Prose(lang)
	next := 0
	take := func() string {
		next++
		return prose[(next-1)%len(prose)]
	}
	for ch := 1; ch <= max(pages/10, 1); ch++ {
		chapter := reports.Section{ID: fmt.Sprintf("c%d", ch), Number: fmt.Sprint(ch), Title: heading(take()), NewPage: true}
		for part := 1; part <= 5; part++ {
			s := reports.Section{ID: fmt.Sprintf("c%d-%d", ch, part), Number: fmt.Sprintf("%d.%d", ch, part), Title: heading(take())}
			for i := range 4 {
				p := reports.Para(take())
				if i == 1 {
					p.Runs[0].Note = reports.Text(heading(take()) + ".")
				}
				s.Blocks = append(s.Blocks, p)
			}
			s.Blocks = append(s.Blocks, table(lang, fmt.Sprintf("t%d-%d", ch, part), fmt.Sprintf("%d.%d", ch, part), 7))
			chapter.Sections = append(chapter.Sections, s)
		}
		doc.Sections = append(doc.Sections, chapter)
	}
	return doc
}

// Short is one page of prose after the cover and the contents.
func Short(lang string) reports.Document {
	doc := frontMatter(lang)
	prose := Prose(lang)
	doc.Sections = []reports.Section{{ID: "one", Number: "1", Title: heading(prose[0]), NewPage: true,
		Blocks: []reports.Block{reports.Para(prose[0]), reports.Para(prose[1])}}}
	return doc
}

// heading takes the first words of a paragraph.
func heading(s string) string {
	words := strings.Fields(s)
	return strings.TrimRight(strings.Join(words[:min(7, len(words))], " "), ".,;:–—(«")
}

func frontMatter(lang string) reports.Document {
	w := words[lang]
	return reports.Document{
		Lang: lang, Title: w.title, Subject: w.subtitle, Author: w.state, Keywords: []string{w.subtitle, w.table},
		Date:    time.Date(2022, 4, 29, 12, 0, 0, 0, time.UTC),
		Running: w.running,
		Cover: reports.Cover{State: w.state, Title: w.title, Subtitle: w.subtitle, Edition: w.edition,
			Notice: []string{Prose(lang)[1][:cut(Prose(lang)[1], 330)], w.notice}},
		Terms: w.terms,
	}
}

// cut is the end of the last sentence within so many bytes.
func cut(s string, most int) int {
	if at := strings.LastIndex(s[:min(most, len(s))], ". "); at > 0 {
		return at + 1
	}
	return strings.Index(s+".", ".") + 1
}
