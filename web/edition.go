package web

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"gcm/reports"
)

// edition is one PDF of a review.
type edition struct{ Cycle, Lang, Profile string }

// file returns the name under which an edition is kept and downloaded; that of
// the full profile is the one that the command line writes.
func (e edition) file() string {
	return reports.FileName(e.Cycle, e.Lang, reports.Profile(e.Profile), "pdf")
}

// URL returns the edition's address below /reviews/CYCLE/.
func (e edition) URL() string {
	if e.Profile == string(reports.Full) {
		return "/reviews/" + e.Cycle + "/" + e.Lang + ".pdf"
	}
	return "/reviews/" + e.Cycle + "/" + e.Lang + "-" + e.Profile + ".pdf"
}

func (b *builds) path(e edition) string { return filepath.Join(b.FilesDir, e.file()) }

// keep puts a finished PDF in its place, with the fingerprint of what it says
// beside it. Broken off at any point, it leaves no PDF with a fingerprint that
// is not its own.
func (b *builds) keep(finished string, e edition, fingerprint string) error {
	if err := os.Remove(b.path(e) + ".fingerprint"); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := os.Rename(finished, b.path(e)); err != nil {
		return err
	}
	return os.WriteFile(b.path(e)+".fingerprint", []byte(fingerprint), 0o600)
}

// kept returns the fingerprint of an edition's file: empty when there is no file,
// or when another program, which keeps no fingerprint, wrote it.
func (b *builds) kept(e edition) string {
	file, err := os.Stat(b.path(e))
	if err != nil {
		return ""
	}
	beside, err := os.Stat(b.path(e) + ".fingerprint")
	if err != nil || beside.ModTime().Before(file.ModTime()) {
		return ""
	}
	fingerprint, _ := os.ReadFile(b.path(e) + ".fingerprint") // unreadable is unknown
	return string(fingerprint)
}

// compare returns the fingerprint of what an edition would say now, and whether
// its file says the same.
func (b *builds) compare(ctx context.Context, e edition) (fingerprint string, same bool, err error) {
	fingerprint, err = b.Fingerprint(ctx, e.Cycle, e.Lang, e.Profile)
	if err != nil {
		return "", false, fmt.Errorf("compare %s with the data: %w", e.file(), err)
	}
	return fingerprint, fingerprint == b.kept(e), nil
}
