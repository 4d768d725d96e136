package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
	"sync"
	"time"

	"gcm/internal/i18n"
	"gcm/templates"
)

// pages holds every page's template, parsed once per language, so that no
// request changes what another one reads.
type pages struct {
	byLang map[string]map[string]parsed // language → "objectives/show"
}

// parsed returns a page's template, which is parsed when it is first asked for: all
// together have the layout and the parts a few hundred times, and take a second.
type parsed func() (*template.Template, error)

// embedLayout stands around what other sites show.
const embedLayout = "embed.html"

// loadPages finds the program's pages, once: they are the same in every site.
var loadPages = sync.OnceValues(func() (*pages, error) {
	a, err := loadAssets()
	if err != nil {
		return nil, err
	}
	all := &pages{map[string]map[string]parsed{}}
	for _, lang := range i18n.Languages {
		if all.byLang[lang], err = parsePages(lang, a); err != nil {
			return nil, err
		}
	}
	return all, nil
})

// parsePages parses the layout and the parts in a language and finds its pages.
func parsePages(lang string, a *assets) (map[string]parsed, error) {
	p, err := i18n.New(lang)
	if err != nil {
		return nil, err
	}
	layout, err := template.New("layout.html").Option("missingkey=error").Funcs(functions(p, a)).ParseFS(templates.Pages(), "layout.html", embedLayout, "parts*.html")
	if err != nil {
		return nil, fmt.Errorf("layout and parts of pages: %w", err)
	}
	files, err := fs.Glob(templates.Pages(), "pages/*/*.html")
	if err != nil {
		return nil, err
	}
	set := map[string]parsed{}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "pages/"), ".html")
		set[name] = sync.OnceValues(func() (*template.Template, error) { return parsePage(layout, file, strings.HasPrefix(name, "embeds/")) })
	}
	return set, nil
}

// parsePage parses a page, which has the layout and the parts.
func parsePage(layout *template.Template, file string, embed bool) (*template.Template, error) {
	page, err := layout.Clone()
	if err == nil {
		page, err = page.ParseFS(templates.Pages(), file)
	}
	if err != nil {
		return nil, fmt.Errorf("page %s: %w", file, err)
	}
	if embed {
		page = page.Lookup(embedLayout)
	}
	return page, nil
}

// render writes a page, whole or not at all. One that the reader's browser has
// already is not sent again, unless the handler forbade to keep it.
func (r *request) render(status int, name string, data any) error {
	page := r.site.pages.byLang[r.p.Lang()][name]
	if page == nil {
		return fmt.Errorf("no page %s in %s", name, r.p.Lang())
	}
	t, err := page()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	r.Header("Content-Language", r.p.Lang())
	if embedded(r.Request.URL.Path) {
		r.vary()
	} else {
		r.vary("Cookie")
	}
	if status != http.StatusOK || r.Writer.Header().Get("Cache-Control") != "" {
		r.Data(status, "text/html; charset=utf-8", b.Bytes())
		return nil
	}
	r.Header("Content-Type", "text/html; charset=utf-8")
	if _, kept := r.Writer.(*recorder); !kept { // what is for one person may not be stored, and went out unpacked above: packed beside what was asked for, its size would tell what it says
		r.Header("Cache-Control", "no-cache")
		a, err := answerTo(r.Request, r.Writer.Header(), b.Bytes())
		if err != nil {
			return err
		}
		return a.send(r.Writer, r.Request)
	}
	sum := sha256.Sum256(b.Bytes())
	r.Header("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
	r.Header("Cache-Control", "no-cache")
	http.ServeContent(r.Writer, r.Request, "", time.Time{}, bytes.NewReader(b.Bytes()))
	return nil
}
