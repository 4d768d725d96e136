package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gcm/internal/db"
	"gcm/objectives"
	"gcm/reports/pdf/rulestest"
)

// tool runs a program of poppler or qpdf on a file.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v (is it installed? `make install` does it)\n%s", name, err, out)
	}
	return string(out)
}

// joined undoes line breaks, no-break spaces and all hyphens, so that a title can
// be found wherever it was broken.
func joined(text string) string {
	text = regexp.MustCompile(`[-\x{00ad}]\n?\s*`).ReplaceAllString(text, "")
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\u00a0", " ")), " ")
}

func pages(t *testing.T, file string) []string {
	t.Helper()
	return strings.Split(strings.TrimSuffix(tool(t, "pdftotext", file, "-"), "\f"), "\f")
}

// built loads Kazakhstan, publishes its review and returns the folder with the
// files of the edition: those of a draft have its mark in the midst of their lines.
func built(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	url := "sqlite:" + filepath.Join(dir, "gcm.db")
	if code, _, stderr := gcm(t, map[string]string{"GCM_DATABASE_URL": url}, "load", "kazakhstan"); code != exitDone {
		t.Fatal(stderr)
	}
	g, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(g)
	if _, err := writeFiles(publishes(t, g, time.Date(2022, 4, 29, 9, 0, 0, 0, time.UTC)).Files, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func titles(t *testing.T, dir string) []objectives.Objective {
	t.Helper()
	g, err := db.Open(t.Context(), "sqlite:"+filepath.Join(dir, "gcm.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(g)
	list, err := objectives.NewStore(g).Objectives(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestReviewsOnPaper(t *testing.T) {
	t.Parallel()
	dir := built(t)
	list := titles(t, dir)
	for _, name := range []string{"kk", "ru", "en", "kk-compact", "ru-compact", "en-compact"} {
		t.Run(name, func(t *testing.T) {
			file, lang := filepath.Join(dir, "review-2022-"+name+".pdf"), name[:2]
			all := pages(t, file)
			for i, page := range all {
				if len(strings.Fields(page)) < 12 { // a running head and a page number alone
					t.Errorf("page %d is empty: %q", i+1, page)
				}
				if strings.ContainsRune(page, '\ufffd') {
					t.Errorf("page %d holds a letter that no font has", i+1)
				}
			}
			text := joined(strings.Join(all, "\n"))
			for _, o := range list {
				if !strings.Contains(text, joined(o.Title[lang])) {
					t.Errorf("the title of objective %d is not there", o.Number)
				}
			}
			if name == "kk" {
				keepsKazakhLetters(t, text)
			}
			everyEntryLeadsToItsPage(t, file, all)
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			rulestest.Readers(t, data)
			rulestest.Check(t, data)
		})
	}
}

func keepsKazakhLetters(t *testing.T, text string) {
	t.Helper()
	for _, letter := range "ӘәҒғҚқңӨөҰұҮүҺһІі" {
		if !strings.ContainsRune(text, letter) && letter != 'Һ' { // no word of the review begins with it
			t.Errorf("the letter %c is lost", letter)
		}
	}
	for _, word := range []string{"Қазақстан", "көші-қон", "Үкіметінің", "ұлттық", "жаһандық", "өңір", "Әлемдік", "Ғылым", "Өзбекстан", "Ұлттық", "Іс-қимыл"} {
		if !strings.Contains(text, joined(word)) {
			t.Errorf("%q is not as it was written", word)
		}
	}
}

// outline is a bookmark as qpdf reads it.
type outline struct {
	Title string
	Page  int `json:"destpageposfrom1"`
	Kids  []outline
}

// everyEntryLeadsToItsPage holds each bookmark against the page that it leads to
// and against the page number that the contents list prints, which does not name
// what stands before it.
func everyEntryLeadsToItsPage(t *testing.T, file string, all []string) {
	t.Helper()
	var read struct{ Outlines []outline }
	if err := json.Unmarshal([]byte(tool(t, "qpdf", "--json=2", "--json-key=outlines", file)), &read); err != nil {
		t.Fatal(err)
	}
	contents := joined(tool(t, "pdftotext", "-layout", "-f", "2", "-l", "4", file, "-"))
	seen := 0
	var walk func(list []outline, depth int)
	walk = func(list []outline, depth int) {
		for _, o := range list {
			seen++
			title := strings.ReplaceAll(o.Title, "\u00a0", " ")
			title = joined(regexp.MustCompile(`^[\d.]+ `).ReplaceAllString(title, ""))
			if o.Page < 1 || o.Page > len(all) || !strings.Contains(joined(all[o.Page-1]), title) {
				t.Errorf("the bookmark %q leads to page %d, which does not hold it", o.Title, o.Page)
			}
			if depth <= 2 && o.Page > 2 && !strings.Contains(contents, fmt.Sprintf("%s %d", title, o.Page)) {
				t.Errorf("the contents list does not send %q to page %d", title, o.Page)
			}
			walk(o.Kids, depth+1)
		}
	}
	walk(read.Outlines, 1)
	if seen < 4 {
		t.Errorf("only %d bookmarks", seen)
	}
}
