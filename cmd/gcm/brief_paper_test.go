package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/pdf"
	"gcm/reports/pdf/rulestest"
)

// loadedFor opens a database with Kazakhstan in it.
func loadedFor(t *testing.T) *db.DB {
	t.Helper()
	url := "sqlite:" + filepath.Join(t.TempDir(), "gcm.db")
	if code, _, stderr := gcm(t, map[string]string{"GCM_DATABASE_URL": url}, "load", "kazakhstan"); code != exitDone {
		t.Fatal(stderr)
	}
	g, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close(g) })
	return g
}

// twoPages draws a brief as an edition, which says more than a draft, and returns
// the file.
func twoPages(t *testing.T, doc reports.Document) []byte {
	t.Helper()
	p, err := i18n.New(doc.Lang)
	if err != nil {
		t.Fatal(err)
	}
	doc.Publish(p, reports.Edition{Document: "review-2022-" + doc.Lang + "-brief", Number: 12, Date: time.Date(2022, 4, 29, 0, 0, 0, 0, time.UTC),
		Snapshot: strings.Repeat("3fa9c01d", 8), URL: "https://migration-compact.enbek.gov.example/reviews/2022/editions/12", Erratum: "Бір сөз."})
	var b bytes.Buffer
	stats, err := pdf.Render(&b, doc)
	if err != nil || stats.Pages != 2 {
		t.Errorf("%s in %s has %d pages, %v", doc.Title, doc.Lang, stats.Pages, err)
	}
	return b.Bytes()
}

func TestBriefsHaveTwoPagesWithEveryWord(t *testing.T) {
	g := loadedFor(t)
	for _, lang := range []string{"kk", "ru", "en"} {
		for table := 1; table <= 4; table++ {
			t.Run(fmt.Sprintf("%s-%d", lang, table), func(t *testing.T) {
				doc, err := reports.Compose(t.Context(), stores(g), "2022", lang, reports.BriefProfile(table))
				if err != nil {
					t.Fatal(err)
				}
				data := twoPages(t, doc)
				file := filepath.Join(t.TempDir(), "brief.pdf")
				if err := os.WriteFile(file, data, 0o600); err != nil {
					t.Fatal(err)
				}
				all := pages(t, file)
				for i, s := range doc.Words() {
					page := joined(all[i])
					for line := range strings.Lines(s.Text) {
						for _, cell := range strings.Split(strings.TrimSpace(line), " | ") {
							said, _, _ := strings.Cut(cell, " [") // a footnote stands at the foot
							if !strings.Contains(page, joined(said)) {
								t.Errorf("page %d does not say %q", i+1, said)
							}
						}
					}
				}
				rulestest.Readers(t, data)
				rulestest.Check(t, data)
			})
		}
	}
}

// TestBriefsOfLongWordsHaveTwoPages is of records that say all that they may.
func TestBriefsOfLongWordsHaveTwoPages(t *testing.T) {
	t.Parallel()
	g := loadedFor(t)
	for name, words := range map[string]string{"sentences": "Қазақстан Республикасының көші-қон саясатын іске асыру шаралары. ", "one-word": "достопримечательностями", "short": "Да. "} {
		for _, long := range []int{1, 4, 12, 60} {
			said := strings.TrimSpace(strings.Repeat(words, long))
			text := fmt.Sprintf(`{"kk":%q,"ru":%q,"en":%q}`, said, said, said)
			for _, change := range []string{"UPDATE measures SET title = ?", "UPDATE challenges SET statement = ?", "UPDATE indicators SET name = ?, data_source = ?", "UPDATE review_sections SET body = ?"} {
				args := []any{text}
				if strings.Contains(change, "data_source") {
					args = append(args, text)
				}
				if strings.Contains(change, "body") {
					args = []any{said + "\n\n" + said + "\n\n" + said}
				}
				if err := g.Exec(change, args...).Error; err != nil {
					t.Fatal(err)
				}
			}
			for table := 1; table <= 4; table++ {
				doc, err := reports.Compose(t.Context(), stores(g), "2022", "ru", reports.BriefProfile(table))
				if err != nil {
					t.Fatal(name, err)
				}
				twoPages(t, doc)
				own := reports.ReviewSection{Section: reports.BriefSection(table), Language: "ru", State: reports.Draft, Body: "## " + words + "\n\n" + strings.Repeat("- "+said+"\n", 30) + "\n" + strings.Repeat(said+"\n\n", 30)}
				if err := stores(g).Reviews.PutSections(t.Context(), "2022", []reports.ReviewSection{own}); err != nil {
					t.Fatal(err)
				}
				if doc, err = reports.SpeakFrom(t.Context(), stores(g), "2022", doc, table); err != nil {
					t.Fatal(err)
				}
				twoPages(t, doc)
			}
		}
	}
}

func TestBriefsAreWrittenByTheCommand(t *testing.T) {
	dir := t.TempDir()
	env := map[string]string{"GCM_DATABASE_URL": "sqlite:" + filepath.Join(dir, "gcm.db")}
	if code, _, stderr := gcm(t, env, "load", "kazakhstan"); code != exitDone {
		t.Fatal(stderr)
	}
	code, out, stderr := gcm(t, env, "review", "build", "2022", "--profile", "brief", "--lang", "kk,en", "--format", "pdf,docx,html,md", "--out", dir)
	if code != exitDone || len(strings.Fields(out)) != 4*2*4 {
		t.Fatalf("%d %s %s", code, out, stderr)
	}
	for _, file := range strings.Fields(out) {
		data, err := os.ReadFile(file)
		if err != nil || len(data) < 4000 {
			t.Errorf("%s: %d bytes, %v", file, len(data), err)
		}
		if strings.HasSuffix(file, "en-brief-3.md") && (!strings.Contains(string(data), "words at 120 words") || !strings.Contains(string(data), "Draft ·")) {
			t.Errorf("%s does not say how long the notes last, or that it is a draft:\n%s", file, data)
		}
	}
	code, _, stderr = gcm(t, env, "review", "build", "2022", "--profile", "brief-7", "--out", dir)
	if code != exitFailed || !strings.Contains(stderr, "there is no round table 7") {
		t.Errorf("%d %s", code, stderr)
	}
	if code, _, stderr = gcm(t, env, "review", "build", "2022", "--profile", "briefs"); code != exitUsage || !strings.Contains(stderr, "brief-1") {
		t.Errorf("%d %s", code, stderr)
	}
}
