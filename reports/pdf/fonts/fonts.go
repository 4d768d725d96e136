// Package fonts holds the typefaces of printed documents: Noto Serif and Noto Sans,
// and DejaVu Sans for the signs that they lack, each cut to the letters of a review.
// Beside each stands a table of its widths and kerning, whose layout is told in
// metrics.py. It knows nothing of documents.
package fonts

import "embed"

//go:embed *.ttf *.metrics
var files embed.FS

// Read returns a face or its table, as the caller's own: "NotoSerif-Bold.ttf",
// "NotoSerif-Bold.metrics".
func Read(name string) ([]byte, error) { return files.ReadFile(name) }
