// Package templates holds the HTML of the pages and of letters, and the files
// that pages load: stylesheet, script, fonts and icon. It knows no data and no request.
package templates

import (
	"embed"
	"io/fs"
)

//go:embed layout.html embed.html parts*.html pages
var pages embed.FS

//go:embed mail
var mail embed.FS

//go:embed static
var static embed.FS

// Pages returns layout.html, embed.html, parts.html and pages/NOUN/{list,show}.html.
func Pages() fs.FS { return pages }

// Mail returns mail/letter.html.
func Mail() fs.FS { return mail }

// Static returns css, js, fonts and img.
func Static() fs.FS {
	sub, err := fs.Sub(static, "static")
	if err != nil { // "static" is a valid path
		panic(err)
	}
	return sub
}
