// Package templates holds the HTML of the pages and the files that they load:
// stylesheet, script, fonts and icon. It knows no data and no request.
package templates

import (
	"embed"
	"io/fs"
)

//go:embed layout.html parts.html pages
var pages embed.FS

//go:embed static
var static embed.FS

// Pages returns layout.html, parts.html and pages/NOUN/{list,show}.html.
func Pages() fs.FS { return pages }

// Static returns css, js, fonts and img.
func Static() fs.FS {
	sub, err := fs.Sub(static, "static")
	if err != nil { // "static" is a valid path
		panic(err)
	}
	return sub
}
