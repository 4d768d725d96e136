package exchange

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"gcm/internal/i18n"
)

// writeDCAT writes a catalogue of the set as DCAT 3 in JSON-LD. What nobody has
// said, a licence and a contact, is not there.
func writeDCAT(w io.Writer, s Set) error {
	out := json.NewEncoder(w)
	out.SetIndent("", " ")
	return out.Encode(map[string]any{
		"@context": map[string]string{
			"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
			"xsd": "http://www.w3.org/2001/XMLSchema#",
		},
		"@id": s.address("/data#catalog"), "@type": "dcat:Catalog",
		"dct:title": tagged(s.Structure.Name), "dct:publisher": s.publisher(), "dcat:dataset": []any{s.dataset()},
	})
}

func (s Set) publisher() map[string]any {
	return map[string]any{"@type": "foaf:Agent", "foaf:name": tagged(s.Country.Name)}
}

func (s Set) dataset() map[string]any {
	d := map[string]any{
		"@id": s.address("/data#" + s.messageID()), "@type": "dcat:Dataset",
		"dct:identifier": s.reference(DataflowID) + " " + s.messageID(),
		"dct:title":      tagged(s.title()), "dct:description": tagged(s.Country.Notice), "dct:publisher": s.publisher(),
		"dct:modified": dated(s.At), "dct:language": s.Languages, "dct:bibliographicCitation": tagged(s.Citation()),
		"dct:rights":        map[string]any{"@type": "dct:RightsStatement", "dct:description": tagged(s.Licence())},
		"dct:spatial":       map[string]any{"@type": "dct:Location", "dct:identifier": s.Country.Code, "dct:title": tagged(s.Country.Name)},
		"dcat:distribution": s.distributions(),
	}
	if s.Release != nil {
		d["dct:issued"], d["dcat:version"] = dated(s.At), s.Release.Code
	}
	if s.first != "" {
		d["dct:temporal"] = map[string]any{
			"@type":          "dct:PeriodOfTime",
			"dcat:startDate": typed("xsd:date", s.first.First().Format(time.DateOnly)), "dcat:endDate": typed("xsd:date", s.last.Last().Format(time.DateOnly)),
		}
	}
	return d
}

// conforms are the specifications by which formats are written.
var conforms = map[string]string{
	"sdmx-csv": "https://github.com/sdmx-twg/sdmx-csv", "sdmx-csv-1.0": "https://github.com/sdmx-twg/sdmx-csv",
	"sdmx-json": dataSchema, "sdmx-structure-json": structureSchema, "sdmx-structure": namespace + "message",
	"datapackage": "https://datapackage.org/profiles/2.0/datapackage.json",
}

func (s Set) distributions() []any {
	var all []any
	for _, f := range tables {
		media, _, _ := strings.Cut(f.Media, ";")
		d := map[string]any{
			"@type": "dcat:Distribution", "dct:title": f.File, "dcat:mediaType": media,
			"dcat:downloadURL": map[string]string{"@id": s.address(s.path(f))},
		}
		if by := conforms[f.Code]; by != "" {
			d["dct:conformsTo"] = map[string]string{"@id": by}
		}
		all = append(all, d)
	}
	return all
}

// path is where a file of the set is to be had.
func (s Set) path(f Format) string {
	switch {
	case s.Release == nil:
		return "/data/current/" + f.File
	case f.Code == "datapackage": // which the archive is itself
		return "/data/releases/" + s.Release.Code + ".zip"
	}
	return "/data/releases/" + s.Release.Code + "/" + f.File
}

// tagged is a text with its languages.
func tagged(t i18n.Text) []any {
	all := []any{}
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		all = append(all, map[string]string{"@language": lang, "@value": t[lang]})
	}
	return all
}

func dated(t time.Time) map[string]string { return typed("xsd:dateTime", t.UTC().Format(time.RFC3339)) }

func typed(kind, value string) map[string]string {
	return map[string]string{"@type": kind, "@value": value}
}
