package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gcm/reports/pdf"
)

func TestGappyLinesAreThoseFromEdgeToEdgeWithWideSpaces(t *testing.T) {
	word := func(from, to string) string {
		return `<word xMin="` + from + `" yMin="1" xMax="` + to + `" yMax="9">x</word>`
	}
	even := "<line a>" + word("82.0", "290.0") + word("293.0", "513.2") + "</line>"
	gappy := "<line a>" + word("82.0", "290.0") + word("297.0", "513.2") + "</line>"
	short := "<line a>" + word("82.0", "100.0") + word("120.0", "300.0") + "</line>"
	if got := gappyShare(even + gappy + short); got != 0.5 {
		t.Errorf("share %v, want 0.5", got)
	}
	if got := gappyShare(""); got != 0 {
		t.Errorf("share of nothing %v", got)
	}
}

func TestPeersGetTheSameText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.html")
	doc, err := subjects[2].make()
	if err != nil {
		t.Fatal(err)
	}
	if err := writeHTML(path, doc); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{path, strings.TrimSuffix(path, "html") + "typ"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range doc.Sections {
			if !bytes.Contains(data, []byte(s.Title)) {
				t.Errorf("%s lacks %q", file, s.Title)
			}
		}
	}
}

func TestSubjectsHaveThePagesThatTheyNeed(t *testing.T) {
	for name, want := range map[string]int{"one-page": 3, "60-pages": 60, "600-pages": 600} {
		for _, s := range subjects {
			if s.name != name {
				continue
			}
			doc, err := s.make()
			if err != nil {
				t.Fatal(err)
			}
			stats, err := pdf.Render(new(bytes.Buffer), doc)
			if err != nil || stats.Pages < want*9/10 || stats.Pages > want*11/10 {
				t.Errorf("%s has %d pages: %v", name, stats.Pages, err)
			}
		}
	}
}
