package web

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAnswerThatDependsOnTheReaderSaysSo(t *testing.T) {
	h := loaded(t)
	for path, want := range map[string]string{
		"/": "Accept-Language", "/indicators/e-visas-issued.csv": "Accept-Language, Accept-Encoding", "/indicators/e-visas-issued.json": "Accept-Language, Accept-Encoding",
		"/indicators/kandas-arrivals.svg": "Accept-Language, Accept-Encoding", "/indicators/kandas-arrivals.png": "Accept-Language", "/indicators/nope.csv": "Cookie, Accept-Language", "/nowhere": "Cookie, Accept-Language",
		"/static/nope.css": "Cookie, Accept-Language", "/reviews/2022/de.pdf": "Cookie, Accept-Language",
		"/kk/": "Cookie, Accept-Encoding", "/kk/nowhere": "Cookie", "/en/indicators/e-visas-issued.csv": "Accept-Encoding", "/static/css/gcm.css": "Accept-Encoding",
	} {
		if got := get(h, path, "Accept-Language", "ru").Header().Get("Vary"); got != want {
			t.Errorf("%s varies by %q, want %q", path, got, want)
		}
	}
}

func TestPageThatDidNotChangeIsNotSentAgain(t *testing.T) {
	h := loaded(t)
	first := get(h, "/kk/measures")
	tag := first.Header().Get("ETag")
	if tag == "" || first.Header().Get("Cache-Control") != "no-cache" {
		t.Fatalf("ETag %q, Cache-Control %q", tag, first.Header().Get("Cache-Control"))
	}
	if w := get(h, "/kk/measures", "If-None-Match", tag); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("the same page answers %d with %d bytes", w.Code, w.Body.Len())
	}
	if w := get(h, "/kk/measures", "If-None-Match", tag, "Cookie", "theme=dark"); w.Code != http.StatusOK || w.Body.Len() == 0 {
		t.Errorf("the page in another theme answers %d", w.Code)
	}
	for _, path := range []string{"/kk/nowhere", "/kk/reviews/2022/builds/kk-full"} {
		if w := get(h, path); w.Header().Get("ETag") != "" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept", path)
		}
	}
}

func TestLongListOfLanguagesIsNotRead(t *testing.T) {
	languages := []string{"kk", "en"}
	for count, want := range map[int]string{20: "en", 21: "kk"} {
		if got := negotiate(strings.TrimSuffix(strings.Repeat("en,", count), ","), languages); got != want {
			t.Errorf("%d languages lead to %s, want %s", count, got, want)
		}
	}
}

func TestServerWaitsForNoClientForEver(t *testing.T) {
	h := NewServer("", loaded(t))
	for name, limit := range map[string]time.Duration{
		"the head": h.ReadHeaderTimeout, "the body": h.ReadTimeout, "the answer": h.WriteTimeout, "the next request": h.IdleTimeout,
	} {
		if limit <= 0 || limit > 5*time.Minute {
			t.Errorf("%s may take %s", name, limit)
		}
	}
	if h.WriteTimeout <= buildTimeout {
		t.Error("an answer is cut off before its review is built")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = h.Serve(l) }()
	t.Cleanup(func() { _ = h.Close() })
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go func() {
		_, _ = fmt.Fprintf(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: %s\r\n\r\n", strings.Repeat("x", 64<<10))
	}()
	if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.Contains(line, "431") {
		t.Errorf("a head of 64 kB is answered %q, %v", line, err)
	}
}
