package exchange

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"

	"gcm/indicators"
	"gcm/indicators/quality"
	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// Publish makes a data release with its archive. Figures in which the quality
// checks find errors that nobody has accepted are not released.
func Publish(ctx context.Context, from Stores, actor auth.Actor, code string, title, note i18n.Text, base string) (indicators.Release, error) {
	if err := actor.Need(auth.Coordinate); err != nil {
		return indicators.Release{}, err
	}
	open, err := Blocking(ctx, from)
	if err != nil {
		return indicators.Release{}, err
	}
	if open > 0 {
		return indicators.Release{}, fault.New(fault.Invalid, "exports.problem.findings", "%d open errors", open)
	}
	r, err := from.Indicators.MakeRelease(ctx, actor, code, title, note)
	if err != nil {
		return r, err
	}
	_, err = Pack(context.WithoutCancel(ctx), from, actor, r, base) // the release is made: who asked for it may have left
	return r, err
}

// Blocking counts the findings that keep figures from being released.
func Blocking(ctx context.Context, from Stores) (int, error) {
	open := 0
	err := from.Quality.Run(ctx, func(f quality.Finding) error {
		if f.Severity == quality.Error && f.Open() {
			open++
		}
		return nil
	})
	return open, err
}

// Pack makes the archive of a release that has none and keeps it. It is written to
// a file first, as it may be larger than memory should hold.
func Pack(ctx context.Context, from Stores, actor auth.Actor, r indicators.Release, base string) (indicators.Archive, error) {
	if err := actor.Need(auth.Coordinate); err != nil {
		return indicators.Archive{}, err
	}
	s, err := Released(ctx, from, r, base)
	if err != nil {
		return indicators.Archive{}, err
	}
	f, err := os.CreateTemp("", "gcm-release-*.zip")
	if err != nil {
		return indicators.Archive{}, fmt.Errorf("pack %s: %w", r.Code, err)
	}
	defer func() { _, _ = f.Close(), os.Remove(f.Name()) }() // it was written, or the error says why not
	if _, err := WriteArchive(f, s); err != nil {
		return indicators.Archive{}, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return indicators.Archive{}, fmt.Errorf("pack %s: %w", r.Code, err)
	}
	return from.Indicators.KeepArchive(ctx, actor, r, f)
}

// Files lists the files of an archive with their checksums, as it says them itself.
func Files(z *zip.Reader) ([]File, error) {
	f, err := z.Open(sumsFile)
	if err != nil {
		return nil, fmt.Errorf("read the archive: %w", err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read the archive: %w", err)
	}
	said := ReadSums(string(text))
	var files []File
	for _, f := range z.File {
		files = append(files, File{f.Name, int64(f.UncompressedSize64), said[f.Name]})
	}
	return files, nil
}
