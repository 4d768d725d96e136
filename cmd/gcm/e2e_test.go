package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// demoAt runs the demonstration in dir and returns its address and a function
// that stops it and returns the exit code.
func demoAt(t *testing.T, dir string) (base string, stop func() int) {
	t.Helper()
	base, _, stop = demoPrinted(t, dir)
	return base, stop
}

// demoPrinted is demoAt with all that is printed until it serves.
func demoPrinted(t *testing.T, dir string) (base, said string, stop func() int) {
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
	lines := bufio.NewScanner(printed)
	for !strings.HasPrefix(lines.Text(), "Stop with") && lines.Scan() {
		said += lines.Text() + "\n"
	}
	if base = regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(said); base == "" {
		cancel()
		t.Fatalf("the demo printed no address: %s", errs.String())
	}
	go func() { _, _ = io.Copy(io.Discard, printed) }()
	return base, said, func() int { cancel(); return <-done }
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

func TestDemoComesUpQuicklyAndKeepsItsDataTheNextTime(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	begin := time.Now()
	base, stop := demoAt(t, dir)
	if took := time.Since(begin); took > time.Minute { // 3 s alone; other tests run beside it
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
