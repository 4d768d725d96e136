package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"gcm/internal/db"
	"gcm/internal/fault"
	"gcm/templates"
)

// assets are the static files with the hash of each one's content.
type assets struct {
	files  map[string][]byte
	hashes map[string]string
}

// loadAssets reads the files that are served, once.
var loadAssets = sync.OnceValues(func() (*assets, error) {
	a := &assets{map[string][]byte{}, map[string]string{}}
	err := fs.WalkDir(templates.Static(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || contentTypes[path.Ext(name)] == "" {
			return err
		}
		b, err := fs.ReadFile(templates.Static(), name)
		sum := sha256.Sum256(b)
		a.files[name], a.hashes[name] = b, hex.EncodeToString(sum[:6])
		return err
	})
	return a, err
})

// contentTypes are the files that are served; what else lies in the folder
// (licences, scripts that made the fonts) is not.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".woff2": "font/woff2", ".svg": "image/svg+xml; charset=utf-8",
}

// url returns the address of a file, which changes with its content.
func (a *assets) url(name string) string { return "/static/" + name + "?v=" + a.hashes[name] }

// static serves a file; for a year when its address says which version it is.
func (s *site) static(r *request) error {
	name := strings.TrimPrefix(r.Param("file"), "/")
	b, ok := s.assets.files[name]
	if !ok {
		return notFound("no file %s", name)
	}
	hash := s.assets.hashes[name]
	r.Header("Content-Type", contentTypes[path.Ext(name)])
	r.Header("ETag", `"`+hash+`"`)
	r.Header("Cache-Control", "public, max-age=86400")
	if r.Query("v") == hash {
		r.Header("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(r.Writer, r.Request, name, time.Time{}, bytes.NewReader(b))
	return nil
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
