package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
	"sync"

	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/templates"
)

// assets are the static files, and the hash of all of them, which stands in their
// addresses: what one of them leads to is found beside it, under the same hash.
type assets struct {
	files map[string]func() (*readyAnswer, error)
	hash  string
}

// loadAssets reads the files that are served, once. Each is compressed when it is
// asked for first.
var loadAssets = sync.OnceValues(func() (*assets, error) {
	a, all := &assets{files: map[string]func() (*readyAnswer, error){}}, sha256.New()
	err := fs.WalkDir(templates.Static(), ".", func(name string, entry fs.DirEntry, err error) error {
		media := contentTypes[path.Ext(name)]
		if err != nil || entry.IsDir() || media == "" {
			return err
		}
		b, err := fs.ReadFile(templates.Static(), name)
		a.files[name] = sync.OnceValues(func() (*readyAnswer, error) { return newAnswer(http.Header{"Content-Type": {media}}, b) })
		fmt.Fprintln(all, name, len(b))
		_, _ = all.Write(b) // a hash never fails
		return err
	})
	a.hash = hex.EncodeToString(all.Sum(nil)[:6])
	return a, err
})

// contentTypes are the files that are served; what else lies in the folder
// (licences, scripts that made the fonts) is not.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".woff2": "font/woff2", ".svg": "image/svg+xml; charset=utf-8",
}

// url returns the address of a file, which changes with its content.
func (a *assets) url(name string) string { return "/static/" + a.hash + "/" + name }

// hashed is the head of an address that says which version it is of.
var hashed = regexp.MustCompile(`^[0-9a-f]{12}/`)

// static serves a file; for a year when its address says which version it is.
// That of another version, on a page that another replica made, is served too.
func (s *site) static(r *request) error {
	name := strings.TrimPrefix(r.Param("file"), "/")
	version := hashed.FindString(name)
	file, ok := s.assets.files[name[len(version):]]
	if !ok {
		return notFound("no file %s", name)
	}
	a, err := file()
	if err != nil {
		return err
	}
	switch version {
	case "":
		r.Header("Cache-Control", "public, max-age=86400")
	case s.assets.hash + "/":
		r.Header("Cache-Control", "public, max-age=31536000, immutable")
	default:
		r.Header("Cache-Control", "no-cache")
	}
	return a.send(r.Writer, r.Request)
}

// health says that the program runs and reaches its database.
func (s *site) health(r *request) error {
	r.Header("Cache-Control", "no-store")
	if err := db.Pool(s.DB).PingContext(r.Request.Context()); err != nil {
		return fault.New(fault.Unavailable, "error.unavailable", "reach the database: %w", err)
	}
	r.String(http.StatusOK, "ok\n")
	return nil
}
