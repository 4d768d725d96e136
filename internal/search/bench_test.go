package search

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// large returns as many documents as a State has after some rounds, each with
// about a hundred words of the policy text and some of its own.
func large(b *testing.B) []Document {
	b.Helper()
	text, err := os.ReadFile("../../countries/kazakhstan/sources/policy-kk.txt")
	if err != nil {
		b.Fatal(err)
	}
	all := strings.Fields(string(text))
	part := func(n, length int) string {
		at := n * 37 % (len(all) - length)
		return strings.Join(all[at:at+length], " ")
	}
	var list []Document
	for n := range 6000 {
		own := fmt.Sprintf(" өзгеше%d", n)
		list = append(list, Document{
			Kind: "measure", Title: map[string]string{"kk": part(n, 8) + own, "ru": part(n+5, 8), "en": part(n+9, 8)},
			Text: map[string]string{"kk": part(n, 100), "ru": part(n+3, 100), "en": part(n+7, 100)},
		})
	}
	return list
}

func BenchmarkNew(b *testing.B) {
	list := large(b)
	for b.Loop() {
		New(list)
	}
}

func BenchmarkFind(b *testing.B) {
	x := New(large(b))
	for _, query := range []string{"көші-қон", "миграция саласындағы заңдар", "мигарнттар", "qazaqstannyñ zańdary", "өзгеше4711"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				r := x.Find(Query{Text: query, Lang: "kk", Limit: 20})
				for _, h := range r.Hits {
					x.Title(h, "kk")
					x.Text(h, h.Lang, 220)
				}
			}
		})
	}
}
