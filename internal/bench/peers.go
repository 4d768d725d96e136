package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// peer is another engine that draws HTML as PDF.
type peer struct {
	name    string
	program string
	args    func(in, out string) []string
}

// peers are the engines that are installed here.
func peers() []peer {
	known := []peer{
		{"weasyprint", "weasyprint", func(in, out string) []string { return []string{"-q", in, out} }},
		{"chromium", "chromium", func(in, out string) []string {
			return []string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
				"--user-data-dir=" + filepath.Join(filepath.Dir(out), "chromium"), "--no-pdf-header-footer", "--print-to-pdf=" + out, "file://" + in}
		}},
		{"typst", "typst", func(in, out string) []string { return []string{"compile", in[:len(in)-len("html")] + "typ", out} }},
	}
	var found []peer
	for _, p := range known {
		if _, err := exec.LookPath(p.program); err == nil {
			found = append(found, p)
		}
	}
	return found
}

// measure runs the engine once.
func (p peer) measure(s subject, in, out string) (result, error) {
	cmd := exec.Command(p.program, p.args(in, out)...)
	cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=0")
	begin := time.Now()
	if err := cmd.Run(); err != nil {
		return result{}, err
	}
	r := result{engine: p.name, subject: s.name, cold: time.Since(begin)}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.peak = int(usage.Maxrss)
	}
	return r, r.look(out)
}
