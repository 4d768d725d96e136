package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httputil"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// observed is how many observations the site has when it is asked.
const observed = 100_000

// pressTime is how long each address is asked for.
const pressTime = 3 * time.Second

// asked are the addresses that are measured; the last is held against PocketBase.
var asked = []struct{ name, path, encoding string }{
	{"overview", "/en/", "br"},
	{"an indicator", "/en/indicators/bench-001", "br"},
	{"API, 50 observations of an indicator", "/api/v1/observations?indicator=bench-001&limit=50", "identity"},
}

// compareRequests prints requests per second and the 99th percentile of the site
// on each make of database, beside a bare server that sends the same bytes from
// memory, and beside PocketBase with the same observations.
func compareRequests(stdout, stderr io.Writer) error {
	dir, err := os.MkdirTemp("", "gcm-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	gcm, file := filepath.Join(dir, "gcm"), filepath.Join(dir, "observations.csv")
	if out, err := exec.Command("go", "build", "-o", gcm, "./cmd/gcm").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	if err := writeObservations(file, observed); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "| what | server | requests/s | p50 ms | p99 ms | bytes | of bare |\n|---|---|---|---|---|---|---|\n")
	for _, make := range [][2]string{{"SQLite", "sqlite:" + filepath.Join(dir, "requests.db")}, {"PostgreSQL", os.Getenv(postgresServer)}} {
		if make[1] == "" {
			return fmt.Errorf("%s is not set: run this by .ci/with-postgres", postgresServer)
		}
		if err := pressSite(stdout, dir, gcm, file, make[0], make[1]); err != nil {
			return err
		}
	}
	if err := pressPocketBase(stdout, dir, file); err != nil {
		fmt.Fprintln(stderr, "bench: PocketBase:", err)
	}
	return nil
}

// serveFilled fills a database and serves it.
func serveFilled(dir, gcm, file, name, url string) (address string, server *exec.Cmd, err error) {
	env := append(os.Environ(), "GCM_DATABASE_URL="+url, "GCM_API_RATE=1000000000", "GCM_FILES_DIR="+filepath.Join(dir, "files-"+name), "GCM_LOG_LEVEL=error")
	for _, args := range [][]string{{gcm, "migrate", "up"}, {gcm, "load", "kazakhstan"}, {os.Args[0], "import", "import", file, url}} {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Env = env
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", nil, fmt.Errorf("%s: %w: %s", strings.Join(args[1:], " "), err, out)
		}
	}
	return serve(env, gcm, "serve", "--addr")
}

// pressSite fills a database, serves it, and asks.
func pressSite(stdout io.Writer, dir, gcm, file, name, url string) error {
	site, server, err := serveFilled(dir, gcm, file, name, url)
	if err != nil {
		return err
	}
	defer end(server)
	for _, a := range asked {
		answer, err := fetch(site, a.path, a.encoding)
		if err != nil {
			return err
		}
		ours, err := press(site, a.path, a.encoding, pressTime)
		if err != nil {
			return err
		}
		kept := filepath.Join(dir, "bare")
		if err := os.WriteFile(kept, answer, 0o600); err != nil {
			return err
		}
		bare, other, err := serve(os.Environ(), os.Args[0], "bare", kept)
		if err != nil {
			return err
		}
		limit, err := press(bare, "/", a.encoding, pressTime)
		end(other)
		if err != nil {
			return err
		}
		fmt.Fprint(stdout, ours.row(a.name, "gcm, "+name, ours.perSecond/limit.perSecond), limit.row(a.name, "bare", 1))
	}
	return nil
}

func (p pressed) row(what, server string, share float64) string {
	of := "–"
	if share > 0 {
		of = fmt.Sprintf("%.0f %%", 100*share)
	}
	return fmt.Sprintf("| %s | %s | %.0f | %.1f | %.1f | %d | %s |\n", what, server, p.perSecond, ms(p.p50), ms(p.p99), p.bytes, of)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// pressPocketBase builds and fills PocketBase and asks it for what the API gives.
func pressPocketBase(stdout io.Writer, dir, file string) error {
	peer := filepath.Join(dir, "pocketbase")
	build := exec.Command("go", "build", "-o", peer, ".")
	build.Dir = "internal/bench/pocketbase"
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	address, err := free()
	if err != nil {
		return err
	}
	cmd := exec.Command(peer, filepath.Join(dir, "pb"), address, file)
	ready, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer end(cmd)
	for lines := bufio.NewScanner(ready); ; {
		if !lines.Scan() {
			return fmt.Errorf("it ended before it answered")
		}
		if lines.Text() == "ready" {
			break
		}
	}
	path := "/api/collections/observations/records?perPage=50&skipTotal=1&sort=period&expand=indicator&filter=(indicator.code%3D%27bench-001%27)"
	p, err := press(address, path, "identity", pressTime)
	if err != nil {
		return err
	}
	fmt.Fprint(stdout, p.row(asked[len(asked)-1].name, "PocketBase", 0))
	return nil
}

// serve starts a program that listens on the address put behind its arguments.
func serve(env []string, program string, args ...string) (address string, server *exec.Cmd, err error) {
	if address, err = free(); err != nil {
		return "", nil, err
	}
	cmd := exec.Command(program, append(args, address)...)
	cmd.Env, cmd.Stderr = env, os.Stderr
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	for range 200 {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			return address, cmd, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	end(cmd)
	return "", nil, fmt.Errorf("%s does not listen", program)
}

func end(cmd *exec.Cmd) {
	_ = cmd.Process.Signal(syscall.SIGTERM)
	_ = cmd.Wait()
}

// free is an address of this machine on which nobody listens.
func free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// fetch returns what a site answers, head and body, as it comes over the wire.
func fetch(address, path, encoding string) ([]byte, error) {
	r, err := http.NewRequest(http.MethodGet, "http://"+address+path, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept-Encoding", encoding)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer w.Body.Close()
	answer, err := httputil.DumpResponse(w, true)
	if err == nil && w.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s: %.200s", path, w.Status, answer)
	}
	return answer, err
}

// serveBare sends the answer in a file from memory to whoever asks, with the same
// head: the limit of what a server in this language can do.
func serveBare(file, address string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	answer, err := http.ReadResponse(bufio.NewReader(f), nil)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	answer.Header.Del("Date") // each server tells the time itself
	return http.ListenAndServe(address, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		maps.Copy(w.Header(), answer.Header)
		_, _ = w.Write(body) // the client that left is no matter here
	}))
}
