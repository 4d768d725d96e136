package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// grown is how many times the memory of a quarter of the time a server may take at
// the end, when it has kept all that it keeps.
const grown = 1.25

// soak presses the site for a length of time and fails when its memory grows on.
func soak(stdout io.Writer, length time.Duration) error {
	dir, err := os.MkdirTemp("", "gcm-soak")
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
	site, server, err := serveFilled(dir, gcm, file, "soak", "sqlite:"+filepath.Join(dir, "soak.db"))
	if err != nil {
		return err
	}
	defer end(server)
	var sizes []int
	for began, n := time.Now(), 0; time.Since(began) < length; n++ {
		for _, path := range []string{
			fmt.Sprintf("/en/indicators/bench-%03d", n%10), fmt.Sprintf("/kk/objectives/%d", n%23+1), fmt.Sprintf("/ru/search?q=%d", n), "/en/", "/en/measures", "/ru/indicators",
		} {
			if _, err := press(site, path, "br", length/600); err != nil {
				return err
			}
		}
		size, err := resident(server.Process.Pid)
		if err != nil {
			return err
		}
		sizes = append(sizes, size)
	}
	early, late := sizes[len(sizes)/4], sizes[len(sizes)-1]
	fmt.Fprintf(stdout, "memory of the server after a quarter of %s: %d MiB, at the end: %d MiB\n", length, early>>10, late>>10)
	if float64(late) > grown*float64(early) {
		return fmt.Errorf("the memory of the server grows")
	}
	return nil
}

// resident is the memory of a process in KiB.
func resident(pid int) (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		var kib int
		if _, err := fmt.Sscanf(line, "VmRSS: %d kB", &kib); err == nil {
			return kib, nil
		}
	}
	return 0, fmt.Errorf("process %d does not say its memory", pid)
}
