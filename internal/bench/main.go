// Command bench prints how fast, how lean and how even the review is set on
// paper, beside other engines that are installed and get the same text and
// tables; "bench imports" prints how a million observations are taken in, beside
// a bare copy; "bench requests" prints how many answers a second the site gives,
// beside a bare server and PocketBase. It measures only; the tests hold the limits.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"gcm/reports"
	"gcm/reports/pdf/specimen"
)

// subject is a document to measure by.
type subject struct {
	name string
	make func() (reports.Document, error)
	ours bool // other engines are not given it: they know no footnotes or charts of ours
}

var subjects = []subject{
	{name: "one-page", make: func() (reports.Document, error) { return specimen.Short("kk"), nil }},
	{name: "review-2022-kk", make: review, ours: true},
	{name: "60-pages", make: func() (reports.Document, error) { return specimen.Long("kk", 60), nil }},
	{name: "600-pages", make: func() (reports.Document, error) { return specimen.Long("kk", 600), nil }},
}

// result is one engine's work on one subject.
type result struct {
	engine, subject string
	cold, warm      time.Duration // a whole process; a repeated call in one (0: not measured)
	peak            int           // KiB of memory
	size            int64         // bytes of PDF
	pages           int
	gappy           float64 // share of body lines with more than doubled word spaces
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	var err error
	switch {
	case len(args) == 3 && args[0] == "draw":
		err = draw(args[1], args[2], stdout)
	case len(args) == 4 && args[0] == "import":
		err = importOnce(args[1], args[2], args[3])
	case len(args) == 3 && args[0] == "bare":
		err = serveBare(args[1], args[2])
	case len(args) == 1 && args[0] == "requests":
		err = compareRequests(stdout, stderr)
	case len(args) == 2 && args[0] == "soak":
		var length time.Duration
		if length, err = time.ParseDuration(args[1]); err == nil {
			err = soak(stdout, length)
		}
	case len(args) == 1 && args[0] == "imports":
		err = compareImports(stdout)
	default:
		err = compare(stdout, stderr)
	}
	if err != nil {
		fmt.Fprintln(stderr, "bench:", err)
		return 1
	}
	return 0
}

// compare measures every engine on every subject, and prints as it goes.
func compare(stdout, stderr io.Writer) error {
	dir, err := os.MkdirTemp("", "gcm-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintf(stdout, "| engine | document | pages | cold s | warm ms | peak MiB | KB | gappy lines |\n|---|---|---|---|---|---|---|---|\n")
	for _, s := range subjects {
		r, err := measureOurs(s, filepath.Join(dir, s.name+".pdf"))
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Fprint(stdout, r)
		if s.ours {
			continue
		}
		doc, err := s.make()
		if err != nil {
			return err
		}
		html := filepath.Join(dir, s.name+".html")
		if err := writeHTML(html, doc); err != nil {
			return err
		}
		for _, p := range peers() {
			r, err := p.measure(s, html, filepath.Join(dir, s.name+"-"+p.name+".pdf"))
			if err != nil {
				fmt.Fprintf(stderr, "bench: %s on %s: %v\n", p.name, s.name, err)
				continue
			}
			fmt.Fprint(stdout, r)
		}
	}
	return nil
}

// String is a row of the printed table.
func (r result) String() string {
	warm := "–"
	if r.warm > 0 {
		warm = fmt.Sprintf("%.0f", float64(r.warm.Microseconds())/1000)
	}
	return fmt.Sprintf("| %s | %s | %d | %.2f | %s | %d | %d | %.1f %% |\n",
		r.engine, r.subject, r.pages, r.cold.Seconds(), warm, r.peak/1024, r.size/1000, 100*r.gappy)
}
