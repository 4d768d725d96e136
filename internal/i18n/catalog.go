// Package i18n turns keys, numbers and dates into a reader's language. It holds
// the words of the interface and of the review's frame (locales/LANG/*.json);
// the Compact's own text and the country's are data and live elsewhere.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

//go:embed locales
var locales embed.FS

// Languages lists the languages that the interface speaks, the first language
// of the first country first.
var Languages = []string{"kk", "ru", "en"}

// Spoken returns those of langs that the interface speaks, in their order.
func Spoken(langs []string) []string {
	return slices.DeleteFunc(slices.Clone(langs), func(l string) bool { return !slices.Contains(Languages, l) })
}

// message is one entry of a catalogue: a plain text under "other", or one
// wording per plural form (one, few, many, other).
type message map[string]string

// UnmarshalJSON accepts a plain string or an object of plural forms.
func (m *message) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		*m = message{"other": s}
		return nil
	}
	return json.Unmarshal(b, (*map[string]string)(m))
}

// catalogue holds the messages of one language by key.
type catalogue map[string]message

// load reads all files of one language. Every key stands in one file only.
func load(lang string) (catalogue, error) {
	files, err := fs.Glob(locales, path.Join("locales", lang, "*.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no messages for language %q (there are %v)", lang, Languages)
	}
	slices.Sort(files)
	all := catalogue{}
	for _, file := range files {
		b, err := locales.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var c catalogue
		if err := json.Unmarshal(b, &c); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for key, m := range c {
			if _, twice := all[key]; twice {
				return nil, fmt.Errorf("%s: key %q stands in another file too", file, key)
			}
			all[key] = m
		}
	}
	return all, nil
}
