package web

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"gcm/indicators/exchange"
)

// exportsAtOnce is how many files are written at once for readers; others wait.
const exportsAtOnce = 2

// downloadData sends what stands now in one format.
func (s *site) downloadData(r *request) error {
	f, ok := exchange.FormatOfFile(r.Param("file"))
	if !ok {
		return notFound("no file %q", r.Param("file"))
	}
	return r.sendExport(f, f.File, func() (exchange.Set, error) {
		return exchange.Current(r.Request.Context(), s.figures(), s.BaseURL)
	})
}

// sendExport sends a set as a file. It is written whole first, so that a reader
// gets all of it or a failure.
func (r *request) sendExport(f exchange.Format, name string, set func() (exchange.Set, error)) error {
	select {
	case r.site.exports <- struct{}{}:
		defer func() { <-r.site.exports }()
	case <-r.Request.Context().Done():
		return r.Request.Context().Err()
	}
	s, err := set()
	if err != nil {
		return err
	}
	file, err := os.CreateTemp("", "gcm-export-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer func() { _, _ = file.Close(), os.Remove(file.Name()) }() // it was sent, or the error says why not
	if err := exchange.Write(file, f, s); err != nil {
		return err
	}
	r.download(name, f.Media)
	r.Header("Cache-Control", "no-cache")
	http.ServeContent(r.Writer, r.Request, "", time.Time{}, file)
	return nil
}

// download says that what follows is a file to be kept, whatever is in it.
func (r *request) download(name, media string) {
	r.Header("Content-Type", media)
	r.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	r.Header("Content-Security-Policy", "default-src 'none'; sandbox")
}

// downloadRelease sends CODE.zip; CODE alone leads to the page about it.
func (s *site) downloadRelease(r *request) error {
	code, isFile := strings.CutSuffix(r.Param("code"), ".zip")
	one, err := s.indicators.ReleaseByCode(r.Request.Context(), code)
	if err != nil {
		return err
	}
	if !isFile {
		r.vary()
		r.Header("Cache-Control", "no-cache")
		r.redirect(http.StatusFound, "/data/releases/"+one.Code)
		return nil
	}
	kept, body, err := s.indicators.Archive(r.Request.Context(), one)
	if err != nil {
		return err
	}
	r.download("data-"+one.Code+".zip", "application/zip")
	r.kept(kept.SHA256)
	http.ServeContent(r.Writer, r.Request, "", one.At, body)
	return nil
}

// downloadReleaseFile sends one file out of a release.
func (s *site) downloadReleaseFile(r *request) error {
	one, archive, err := r.archive(r.Param("code"))
	if err != nil {
		return err
	}
	files, err := exchange.Files(archive)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.Name == r.Param("file") {
			body, err := archive.Open(f.Name)
			if err != nil {
				return fmt.Errorf("read %s of %s: %w", f.Name, one.Code, err)
			}
			defer body.Close()
			r.download(one.Code+"-"+f.Name, mediaOf(f.Name))
			r.kept(f.SHA256)
			r.Header("Content-Length", strconv.FormatInt(f.Size, 10))
			if r.Request.Method == http.MethodHead {
				return nil
			}
			_, err = io.Copy(r.Writer, body)
			return err
		}
	}
	return notFound("no file %q in %s", r.Param("file"), one.Code)
}

// kept lets others keep what never changes, known by its checksum.
func (r *request) kept(sum string) {
	r.Header("Cache-Control", "public, max-age=86400")
	if sum != "" {
		r.Header("ETag", `"`+sum+`"`)
	}
}

// mediaOf names the media type of a release's file.
func mediaOf(file string) string {
	if f, ok := exchange.FormatOfFile(file); ok {
		return f.Media
	}
	switch {
	case strings.HasSuffix(file, ".csv"):
		return "text/csv; charset=utf-8"
	case strings.HasSuffix(file, ".json"):
		return "application/json; charset=utf-8"
	}
	return "text/plain; charset=utf-8"
}
