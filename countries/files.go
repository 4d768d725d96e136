package countries

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// walk lists the pack's files. Hidden files are none of it.
func (r *reader) walk() {
	err := fs.WalkDir(r.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			r.fault(place{file: name}, "cannot be read: %v", err)
		case name != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir():
			r.files = append(r.files, name)
		}
		return nil
	})
	if err != nil {
		r.fault(place{file: "."}, "cannot be read: %v", err)
	}
}

// sections reads the narrative, reviews/CYCLE/LANGUAGE/SECTION.md, and says
// which files are not of a pack.
func (r *reader) sections() {
	for _, file := range r.files {
		dir, name := path.Split(file)
		parts := strings.Split(file, "/")
		switch {
		case slices.Contains(rootFiles, file), dir == "sources/":
		case len(parts) == 4 && parts[0] == "reviews" && strings.HasSuffix(name, ".md"):
			r.section(file, Section{Cycle: parts[1], Language: parts[2], Section: strings.TrimSuffix(name, ".md")})
		default:
			r.fault(place{file: file}, "is no file of a country pack; there are %s, sources/ and reviews/CYCLE/LANGUAGE/SECTION.md", strings.Join(rootFiles, ", "))
		}
	}
}

var rootFiles = []string{
	packFile, "agencies.yaml", "legal_instruments.yaml", "measures.yaml", "challenges.yaml",
	"indicators.yaml", "dimensions.yaml", "glossary.yaml", questionnaireFile, "README.md", "LICENSE",
}
