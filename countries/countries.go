// Package countries reads a State's country pack and loads it into the database.
// A pack is a folder of YAML and Markdown files that people write and edit:
// pack.yaml says which State speaks, in which languages, from which sources and
// for which reviews; one file for each kind of record holds the records; reviews/
// holds the narrative. Kazakhstan's pack is embedded in the program.
//
// The package knows the format, its checks, and what may be overwritten. It does
// not know how a record is stored: objectives, indicators and reports do.
package countries

import (
	"embed"
	"io/fs"
)

//go:embed all:kazakhstan
var embedded embed.FS

// Embedded returns the files of a pack that the program carries; there is
// "kazakhstan". It reports false for any other name.
func Embedded(name string) (fs.FS, bool) {
	if name != "kazakhstan" {
		return nil, false
	}
	files, err := fs.Sub(embedded, name)
	return files, err == nil
}

// Pack is all that a country pack says, in its normal form: links grouped by
// their reason, values with the digits they are shown with, every quote with its
// source. Two packs that say the same are equal.
type Pack struct {
	Country          Country           `json:"country"`
	Sources          []Source          `json:"sources"`
	Agencies         []Agency          `json:"agencies"`
	LegalInstruments []LegalInstrument `json:"legal_instruments"`
	Measures         []Measure         `json:"measures"`
	Challenges       []Challenge       `json:"challenges"`
	Dimensions       []Dimension       `json:"dimensions"`
	Indicators       []Indicator       `json:"indicators"`
	Terms            []Term            `json:"glossary"`
	Cycles           []Cycle           `json:"cycles"`
	Reviews          []Review          `json:"reviews"`
	Sections         []Section         `json:"sections"`
	Questionnaire    []Questionnaire   `json:"questionnaire"` // one, or none
	Questions        []Question        `json:"questions"`
}
