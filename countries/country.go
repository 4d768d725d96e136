package countries

import (
	"gcm/internal/i18n"
	"gcm/objectives"
)

// The tags of the record types say what the reader checks. The json tag is the
// name of the field in YAML and in the ledger of what was loaded. The check tag
// takes the words required, partial (a text may lack languages), derived (not
// read from YAML) and one name of syntaxes; the one tag lists all that is allowed.

// Country says for which State the pack speaks.
type Country struct {
	Code      string             `json:"code" check:"required country"` // ISO 3166-1 alpha-3
	Name      i18n.Text          `json:"name" check:"required"`
	Languages objectives.Strings `json:"languages" check:"required language"` // the first language first
	Version   string             `json:"version" check:"required"`
	Notice    i18n.Text          `json:"notice,omitempty" check:"partial"`
	Licence   i18n.Text          `json:"licence,omitempty" check:"partial"`
}

func (c Country) model() objectives.Country {
	return objectives.Country{Code: c.Code, Name: c.Name, Languages: c.Languages, PackVersion: c.Version, Notice: c.Notice, Licence: c.Licence}
}

func countryOf(m objectives.Country) Country {
	return Country{Code: m.Code, Name: m.Name, Languages: m.Languages, Version: m.PackVersion, Notice: m.Notice, Licence: m.Licence}
}

// Source is a document that the records quote.
type Source struct {
	Code     string    `json:"code" check:"required slug"`
	Title    i18n.Text `json:"title" check:"required"`
	Language string    `json:"language" check:"required language"`
	File     string    `json:"file,omitempty" check:"required"` // in the pack; empty once it is read
	SHA256   string    `json:"sha256" check:"required sha256"`  // of the file's bytes
	Note     i18n.Text `json:"note,omitempty" check:"partial"`
	Body     string    `json:"body" check:"derived"` // the file's text
}

func (s Source) model() objectives.Source {
	return objectives.Source{Code: s.Code, Title: s.Title, Language: s.Language, SHA256: s.SHA256, Body: s.Body, Note: s.Note}
}

func sourceOf(m objectives.Source) Source {
	return Source{Code: m.Code, Title: m.Title, Language: m.Language, SHA256: m.SHA256, Body: m.Body, Note: m.Note}
}
