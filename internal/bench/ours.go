package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"time"

	"gcm/reports/pdf"
)

// measureOurs draws a subject in a process of its own, which tells its warm time
// and its peak.
func measureOurs(s subject, path string) (result, error) {
	self, err := os.Executable()
	if err != nil {
		return result{}, err
	}
	r := result{engine: "gcm", subject: s.name}
	var colds []time.Duration
	var out []byte
	for range 3 {
		begin := time.Now()
		if out, err = exec.Command(self, "draw", s.name, path).Output(); err != nil {
			return r, err
		}
		colds = append(colds, time.Since(begin))
	}
	var warm int64
	if _, err := fmt.Sscan(string(out), &r.peak); err != nil {
		return r, err
	}
	if out, err = exec.Command(self, "draw", s.name, "").Output(); err != nil {
		return r, err
	}
	if _, err := fmt.Sscan(string(out), &warm); err != nil {
		return r, err
	}
	r.cold, r.warm = slices.Min(colds), time.Duration(warm)
	return r, r.look(path)
}

// draw is the child: with a path it draws once and prints its peak memory in
// KiB, without one it draws often and prints the median time in nanoseconds.
func draw(name, path string, stdout io.Writer) error {
	i := slices.IndexFunc(subjects, func(s subject) bool { return s.name == name })
	if i < 0 {
		return fmt.Errorf("no document %q", name)
	}
	doc, err := subjects[i].make()
	if err != nil {
		return err
	}
	if path == "" {
		var times []time.Duration
		for range 9 {
			begin := time.Now()
			if err := pdf.Write(io.Discard, doc); err != nil {
				return err
			}
			times = append(times, time.Since(begin))
		}
		slices.Sort(times)
		fmt.Fprintln(stdout, int64(times[len(times)/2]))
		return nil
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pdf.Write(file, doc); err != nil {
		return err
	}
	fmt.Fprintln(stdout, peak())
	return file.Close()
}

// peak is the most memory that this process has had, in KiB; 0 where the system
// does not tell.
func peak() int {
	status, _ := os.ReadFile("/proc/self/status")
	m := regexp.MustCompile(`VmHWM:\s+(\d+)`).FindSubmatch(bytes.TrimSpace(status))
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(string(m[1]))
	return n
}
