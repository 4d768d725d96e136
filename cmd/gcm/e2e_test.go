package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gcm/internal/db"
	"gcm/objectives"
)

// demoAt runs the demonstration in dir and returns its address and a function
// that stops it and returns the exit code.
func demoAt(t *testing.T, dir string) (base string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	printed, out := io.Pipe()
	var errs bytes.Buffer
	done := make(chan int, 1)
	go func() {
		code := run(ctx, []string{"demo", "--dir", dir, "--addr", "127.0.0.1:0"}, func(string) string { return "" }, out, &errs)
		_ = out.Close()
		done <- code
	}()
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	lines := bufio.NewScanner(printed)
	for base == "" && lines.Scan() {
		base = address.FindString(lines.Text())
	}
	if base == "" {
		cancel()
		t.Fatalf("the demo printed no address: %s", errs.String())
	}
	go func() { _, _ = io.Copy(io.Discard, printed) }()
	return base, func() int { cancel(); return <-done }
}

func get(t *testing.T, url string) (status int, kind string, body []byte) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err = io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header.Get("Content-Type"), body
}

func TestDemoIsUpInUnderTenSecondsAndKeepsItsDataTheNextTime(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	begin := time.Now()
	base, stop := demoAt(t, dir)
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("the demo was up after %s", took)
	}
	for _, path := range []string{"/", "/kk/", "/ru/", "/en/", "/kk/objectives/5", "/ru/measures/e-visa", "/en/indicators/refugees-registered", "/kk/reviews/2022", "/healthz"} {
		if status, _, body := get(t, base+path); status != http.StatusOK || len(body) == 0 {
			t.Errorf("%s answers %d with %d bytes", path, status, len(body))
		}
	}
	built := map[string][]byte{}
	for _, lang := range []string{"kk", "ru", "en"} {
		file, err := os.ReadFile(filepath.Join(dir, "review-2022-"+lang+".pdf"))
		if err != nil {
			t.Fatal(err)
		}
		status, kind, body := get(t, base+"/reviews/2022/"+lang+".pdf")
		if status != http.StatusOK || kind != "application/pdf" || !bytes.Equal(body, file) {
			t.Errorf("%s.pdf answers %d %s with %d bytes, the file has %d", lang, status, kind, len(body), len(file))
		}
		built[lang] = file
	}
	if code := stop(); code != exitDone {
		t.Errorf("stopped with %d", code)
	}
	code, stdout, stderr := gcm(t, nil, "demo", "--dir", dir, "--no-serve")
	if code != exitDone || !strings.Contains(stdout, "nothing changed") {
		t.Errorf("the second time exits %d: %s%s", code, stdout, stderr)
	}
	for lang, before := range built {
		if after, _ := os.ReadFile(filepath.Join(dir, "review-2022-"+lang+".pdf")); !bytes.Equal(before, after) {
			t.Errorf("the %s review is other bytes the second time", lang)
		}
	}
}

// tool runs a program of poppler or qpdf on a file.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v (is it installed? `make install` does it)\n%s", name, err, out)
	}
	return string(out)
}

// joined undoes line breaks and hyphens at line ends, so that a title can be found.
func joined(text string) string {
	text = regexp.MustCompile(`[-\x{00ad}]\n\s*`).ReplaceAllString(text, "")
	return strings.Join(strings.Fields(text), " ")
}

func TestReviewsOnPaperHoldEveryTitleAndEveryKazakhLetter(t *testing.T) {
	dir := t.TempDir()
	env := map[string]string{"GCM_DATABASE_URL": "sqlite:" + filepath.Join(dir, "gcm.db")}
	for _, args := range [][]string{{"load", "kazakhstan"}, {"review", "build", "2022", "--out", dir}, {"review", "build", "2022", "--profile", "compact", "--out", dir}} {
		if code, _, stderr := gcm(t, env, args...); code != exitDone {
			t.Fatal(stderr)
		}
	}
	list, err := objectives.NewStore(openSQLite(t, dir)).Objectives(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"kk", "ru", "en"} {
		for _, profile := range []string{"", "-compact"} {
			file := filepath.Join(dir, "review-2022-"+lang+profile+".pdf")
			if checked := tool(t, "qpdf", "--check", file); !strings.Contains(checked, "No syntax or stream encoding errors found") {
				t.Errorf("%s: %s", file, checked)
			}
			text := tool(t, "pdftotext", "-layout", file, "-")
			for page, body := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
				if len(strings.Fields(body)) < 12 { // a running head and a page number alone
					t.Errorf("%s: page %d is empty: %q", file, page+1, body)
				}
			}
			flowing := strings.ReplaceAll(joined(tool(t, "pdftotext", file, "-")), "\u00a0", " ")
			for _, o := range list {
				if !strings.Contains(flowing, o.Title[lang]) {
					t.Errorf("%s does not hold the title of objective %d", file, o.Number)
				}
			}
			if strings.ContainsRune(text, '\ufffd') {
				t.Errorf("%s holds a letter that no font has", file)
			}
			if lang != "kk" || profile != "" {
				continue
			}
			for _, letter := range "ӘәҒғҚқңӨөҰұҮүһІі" {
				if !strings.ContainsRune(text, letter) {
					t.Errorf("%s lost the letter %c", file, letter)
				}
			}
			for _, word := range []string{"Қазақстан", "көші-қон", "мәртебе", "Үкіметінің", "ұлттық", "жаһандық", "өңір", "Іс-қимыл"} {
				if !strings.Contains(flowing, word) {
					t.Errorf("%s: %q is not as it was written", file, word)
				}
			}
		}
	}
}

func openSQLite(t *testing.T, dir string) *db.DB {
	t.Helper()
	g, err := db.Open(t.Context(), "sqlite:"+filepath.Join(dir, "gcm.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close(g) })
	return g
}
