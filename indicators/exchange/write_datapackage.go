package exchange

import (
	"archive/zip"
	"encoding/json"
	"io"
	"strings"

	"gcm/internal/i18n"
)

// The parts of datapackage.json, by the Data Package standard.
type (
	dataPackage struct {
		Schema    string     `json:"$schema"`
		Name      string     `json:"name"`
		ID        string     `json:"id,omitempty"`
		Title     string     `json:"title"`
		Titles    i18n.Text  `json:"titles"`
		About     string     `json:"description"`
		Created   string     `json:"created"`
		Version   string     `json:"version,omitempty"`
		Home      string     `json:"homepage,omitempty"`
		Resources []resource `json:"resources"`
	}
	resource struct {
		Name    string      `json:"name"`
		Path    string      `json:"path"`
		Profile string      `json:"profile"`
		Format  string      `json:"format"`
		Media   string      `json:"mediatype"`
		Coding  string      `json:"encoding"`
		Schema  tableSchema `json:"schema"`
	}
	tableSchema struct {
		Fields  []field  `json:"fields"`
		Missing []string `json:"missingValues"`
		Key     []string `json:"primaryKey"`
	}
	field struct {
		Name   string         `json:"name"`
		Type   string         `json:"type"`
		Title  string         `json:"title,omitempty"`
		Titles i18n.Text      `json:"titles,omitempty"`
		Limits map[string]any `json:"constraints,omitempty"`
	}
)

// The files of a Data Package beside the figures.
const (
	packageFile   = "datapackage.json"
	passportsFile = "passports.csv"
	codesFile     = "codes.csv"
)

// writeDataPackage writes a Data Package as one ZIP: the figures as CSV, the
// passports, the codes, and what their columns hold.
func writeDataPackage(w io.Writer, s Set) error {
	out := zip.NewWriter(w)
	for _, f := range []Format{{File: packageFile, write: writePackageFile}, {File: "data.csv", write: writeCSV}, {File: passportsFile, write: writePassports}, {File: codesFile, write: writeCodes}} {
		if err := addFile(out, s, f.File, func(w io.Writer) error { return f.write(w, s) }); err != nil {
			return err
		}
	}
	return out.Close()
}

func writePassports(w io.Writer, s Set) error { return writeLines(w, s.passportTable()) }

func writeCodes(w io.Writer, s Set) error { return writeLines(w, s.codeTable()) }

func writeLines(w io.Writer, lines [][]string) error {
	return table(w, func(write func([]string) error) error {
		for _, line := range lines {
			if err := write(line); err != nil {
				return err
			}
		}
		return nil
	})
}

func writePackageFile(w io.Writer, s Set) error {
	out := json.NewEncoder(w)
	out.SetIndent("", " ")
	p := dataPackage{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json",
		Name:   strings.ToLower(s.Country.Code) + "-gcm", Title: s.name(s.title()), Titles: s.title(),
		About: s.name(s.Country.Notice), Created: s.At.UTC().Format("2006-01-02T15:04:05Z"),
		Resources: []resource{
			s.resource("observations", "data.csv", s.fields(), s.key()),
			s.resource("passports", passportsFile, plainFields(s.passportTable()[0]), []string{"indicator"}),
			s.resource("codes", codesFile, plainFields(s.codeTable()[0]), []string{"sdmx_list", "sdmx_code"}),
		},
	}
	if s.Base != "" {
		p.Home = s.address("/data")
	}
	if s.Release != nil {
		p.Version = s.Release.Code
	}
	return out.Encode(p)
}

func (s Set) resource(name, path string, fields []field, key []string) resource {
	return resource{name, path, "tabular-data-resource", "csv", "text/csv", "utf-8", tableSchema{fields, []string{""}, key}}
}

// key are the columns that tell observations apart. No period and no breakdown
// are parts of it too, which is why nothing of it is said to be required.
func (s Set) key() []string {
	var key []string
	for _, c := range s.Columns() {
		if c.Name == "indicator" || c.Name == "period" || c.Dimension != "" {
			key = append(key, c.Name)
		}
	}
	return key
}

func (s Set) fields() []field {
	var all []field
	for _, c := range s.Columns() {
		f := field{Name: c.Name, Type: "string", Title: s.name(c.About), Titles: c.About}
		switch c.Name {
		case "value":
			f.Type = "number"
		case "decimals":
			f.Type = "integer"
		case "indicator", "unit", "qualifier":
			f.Limits = map[string]any{"required": true}
		}
		all = append(all, f)
	}
	return all
}

func plainFields(names []string) []field {
	var all []field
	for _, n := range names {
		all = append(all, field{Name: n, Type: "string"})
	}
	return all
}
