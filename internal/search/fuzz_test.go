package search

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func seeds(f *testing.F) {
	for _, s := range []string{"", "көші-қон", "e-visa -- a-b-c", "\x00\xff\xfe", "и\u0306 е\u0308", "\u0338", "<b>&amp;\"'", strings.Repeat("a-", 300), strings.Repeat("ң", 100), "İıßŉ\u00ad\u200b", "21(d) A/RES/73/195"} {
		f.Add(s)
	}
}

func FuzzWords(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		text = Clean(text)
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\r\n\x1b") {
			t.Fatalf("%q is not clean", text)
		}
		last := 0
		for w := range words(text) {
			if w.from < 0 || w.from >= w.to || w.to > len(text) || w.to < last || w.text == "" || utf8.RuneCountInString(w.text) > longestWord {
				t.Fatalf("%+v in %q", w, text)
			}
			last = w.to
			for _, lang := range Languages {
				keysOf(w.text, lang)
			}
			keysFor(w.text)
		}
	})
}

func FuzzExtract(f *testing.F) {
	for _, s := range []string{"көші-қон туралы", "a b c", "e-visa", "\xff <b>"} {
		f.Add(s, s, 20)
	}
	f.Fuzz(func(t *testing.T, text, query string, size int) {
		size %= 1000
		x := New([]Document{{Kind: "x", Title: map[string]string{"kk": text, "ru": query}, Text: map[string]string{"kk": text, "en": query}}})
		for _, h := range x.Find(Query{Text: query, Lang: "ru", Limit: 10}).Hits {
			whole := Clean(x.Document(h.Document).Title["ru"])
			if got := joined(x.Title(h, "ru")); whole != "" && got != whole && got != "" {
				t.Fatalf("the title %q of %q", got, whole)
			}
			whole = Clean(x.Document(h.Document).Text[h.Lang])
			if got := joined(x.Text(h, h.Lang, size)); !strings.Contains(whole, got) {
				t.Fatalf("the extract %q of %q", got, whole)
			}
		}
	})
}

func joined(e Extract) string {
	var b strings.Builder
	for _, p := range e.Pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}
