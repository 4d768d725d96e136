package i18n

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Text is one text in several languages: language code to wording. Which
// languages a State uses is the country pack's to say.
type Text map[string]string

// In returns the wording in the first of langs that has one, else in any
// language (the first by code); empty when there is none at all.
func (t Text) In(langs ...string) string {
	s, _ := t.Find(langs...)
	return s
}

// Find is In that also says in which language the wording is.
func (t Text) Find(langs ...string) (text, lang string) {
	for _, l := range langs {
		if t[l] != "" {
			return t[l], l
		}
	}
	for _, l := range slices.Sorted(maps.Keys(t)) {
		if t[l] != "" {
			return t[l], l
		}
	}
	return "", ""
}

// Value stores t as JSON; the empty Text is {}.
func (t Text) Value() (driver.Value, error) { return JSONValue(t, "{}") }

// Scan reads what Value stored.
func (t *Text) Scan(src any) error { return ScanJSON(t, src) }

// JSONValue returns v as JSON text for a JSONB (or SQLite TEXT) column, or
// empty when v is nil or holds nothing.
func JSONValue(v any, empty string) (driver.Value, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	if string(b) == "null" {
		return empty, nil
	}
	return string(b), nil
}

// ScanJSON reads a JSONB (or SQLite TEXT) column into the pointer dst.
func ScanJSON(dst, src any) error {
	switch src := src.(type) {
	case nil:
		return nil
	case []byte:
		return json.Unmarshal(src, dst)
	case string:
		return json.Unmarshal([]byte(src), dst)
	}
	return fmt.Errorf("a JSON column holds %T", src)
}
