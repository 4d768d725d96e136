package exchange

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// File is a file of a release.
type File struct {
	Name   string
	Size   int64
	SHA256 string
}

// sumsFile lists the checksums as sha256sum reads them.
const sumsFile = "SHA256SUMS"

// WriteArchive writes a release as one ZIP: the figures in all formats, which
// together with datapackage.json are a Data Package, what they are and may be used
// for, and the checksums. The same set gives the same bytes. It returns the files.
func WriteArchive(w io.Writer, s Set) ([]File, error) {
	out := zip.NewWriter(w)
	var files []File
	add := func(name string, write func(io.Writer) error) error {
		sum, counted := sha256.New(), counter(0)
		err := addFile(out, s, name, func(w io.Writer) error { return write(io.MultiWriter(w, sum, &counted)) })
		files = append(files, File{name, int64(counted), hex.EncodeToString(sum.Sum(nil))})
		return err
	}
	parts := []Format{{File: packageFile, write: writePackageFile}, {File: passportsFile, write: writePassports}, {File: codesFile, write: writeCodes}}
	for _, f := range append(parts, Formats...) {
		if f.Code == "datapackage" { // which the archive is itself
			continue
		}
		if err := add(f.File, func(w io.Writer) error { return f.write(w, s) }); err != nil {
			return nil, fmt.Errorf("write %s: %w", f.File, err)
		}
	}
	if err := add("LICENCE.txt", says(s.licenceFile())); err != nil {
		return nil, err
	}
	if err := add("README.txt", says(s.readme(files))); err != nil {
		return nil, err
	}
	if err := addFile(out, s, sumsFile, says(sums(files))); err != nil {
		return nil, err
	}
	return files, out.Close()
}

// addFile adds a file as old as the set, whatever the clock says.
func addFile(out *zip.Writer, s Set, name string, write func(io.Writer) error) error {
	w, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: s.At.UTC()})
	if err != nil {
		return err
	}
	return write(w)
}

func says(text string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
}

func sums(files []File) string {
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "%s  %s\n", f.SHA256, f.Name)
	}
	return b.String()
}

// ReadSums reads what SHA256SUMS says, by file.
func ReadSums(text string) map[string]string {
	sums := map[string]string{}
	for line := range strings.Lines(text) {
		if sum, name, ok := strings.Cut(strings.TrimSpace(line), "  "); ok {
			sums[name] = sum
		}
	}
	return sums
}

func (s Set) licenceFile() string {
	var b strings.Builder
	for _, lang := range s.Languages {
		if text := s.Licence()[lang]; text != "" {
			fmt.Fprintf(&b, "%s\n\n", text)
		}
	}
	return b.String()
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
