package exchange_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"gcm/indicators/exchange"
	"gcm/internal/i18n"
)

func archive(t *testing.T, s exchange.Set) ([]byte, []exchange.File) {
	t.Helper()
	var b bytes.Buffer
	files, err := exchange.WriteArchive(&b, s)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), files
}

func TestArchiveOfARelease(t *testing.T) {
	all := rows(5, 80)
	body, files := archive(t, setOf(t, all))
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	sums := exchange.ReadSums(string(member(t, body, "SHA256SUMS")))
	if len(sums) != len(z.File)-1 || len(files) != len(sums) {
		t.Errorf("%d checksums of %d files", len(sums), len(z.File))
	}
	for _, f := range z.File {
		text := member(t, body, f.Name)
		sum := sha256.Sum256(text)
		if f.Name != "SHA256SUMS" && sums[f.Name] != hex.EncodeToString(sum[:]) {
			t.Errorf("%s has another checksum than is said", f.Name)
		}
		if !f.Modified.Equal(time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)) {
			t.Errorf("%s is of %s", f.Name, f.Modified)
		}
	}
	readme := string(member(t, body, "README.txt"))
	for _, words := range []string{"Деректер шығарылымы 2027-1", "https://gcm.example/data/releases/2027-1.zip", "data.sdmx.json", "LICENCE.txt"} {
		if !strings.Contains(readme, words) {
			t.Errorf("README.txt does not say %q", words)
		}
	}
	given := setOf(t, all)
	given.Country.Licence = i18n.Text{"en": "CC BY 4.0"}
	licensed, _ := archive(t, given)
	if text := string(member(t, licensed, "LICENCE.txt")); text != "CC BY 4.0\n\n" {
		t.Errorf("LICENCE.txt says %q", text)
	}
	if licence := string(member(t, body, "LICENCE.txt")); !strings.Contains(licence, "not stated") || !strings.Contains(licence, "көрсетілмеген") {
		t.Errorf("LICENCE.txt says %q", licence)
	}
}

func TestSameSetGivesTheSameBytes(t *testing.T) {
	first, _ := archive(t, setOf(t, rows(6, 80)))
	second, _ := archive(t, setOf(t, rows(6, 80)))
	if !bytes.Equal(first, second) {
		t.Error("the archive is another one")
	}
}

// structureFile is what the tests read of an SDMX-ML structure.
type structureFile struct {
	Header struct {
		ID string
	}
	Structures struct {
		Codelists struct {
			Codelist []struct {
				ID   string `xml:"id,attr"`
				Code []struct {
					ID   string `xml:"id,attr"`
					Name []struct {
						Lang string `xml:"lang,attr"`
					}
				}
			}
		}
		Concepts struct {
			ConceptScheme struct {
				Concept []struct {
					ID string `xml:"id,attr"`
				}
			}
		}
		DataStructures struct {
			DataStructure struct {
				DataStructureComponents struct {
					DimensionList struct{ Dimension, TimeDimension []part }
					AttributeList struct{ Attribute []part }
					MeasureList   struct{ PrimaryMeasure part }
				}
			}
		}
	}
}

type part struct {
	ID                  string `xml:"id,attr"`
	Position            int    `xml:"position,attr"`
	LocalRepresentation struct {
		Enumeration struct {
			Ref struct {
				ID string `xml:"id,attr"`
			}
		}
		TextFormat struct {
			Type string `xml:"textType,attr"`
		}
	}
}

// What SDMX messages say agrees with the structure: the columns stand in its
// order, and every coded value stands in its list.
func TestDataAgreeWithTheStructure(t *testing.T) {
	s := setOf(t, rows(7, 200))
	var file structureFile
	if err := xml.Unmarshal(write(t, "sdmx-structure", s), &file); err != nil {
		t.Fatal(err)
	}
	lists := map[string][]string{}
	for _, l := range file.Structures.Codelists.Codelist {
		for _, c := range l.Code {
			lists[l.ID] = append(lists[l.ID], c.ID)
			if len(c.Name) == 0 {
				t.Errorf("%s %s has no name", l.ID, c.ID)
			}
		}
	}
	components := file.Structures.DataStructures.DataStructure.DataStructureComponents
	var order []string
	list := map[string]string{}
	for i, p := range slices.Concat(components.DimensionList.Dimension, components.DimensionList.TimeDimension, []part{components.MeasureList.PrimaryMeasure}, components.AttributeList.Attribute) {
		order = append(order, p.ID)
		list[p.ID] = p.LocalRepresentation.Enumeration.Ref.ID
		if list[p.ID] == "" && p.LocalRepresentation.TextFormat.Type == "" {
			t.Errorf("%s has neither a list nor a type", p.ID)
		}
		if dimension := i < len(s.Dimensions); dimension != (p.Position == i+1) {
			t.Errorf("%s stands at %d", p.ID, p.Position)
		}
	}
	for _, c := range file.Structures.Concepts.ConceptScheme.Concept {
		if !slices.Contains(order, c.ID) {
			t.Errorf("the concept %s is of no component", c.ID)
		}
	}
	for format, lead := range map[string]int{"sdmx-csv": 3, "sdmx-csv-1.0": 1} {
		lines, err := csv.NewReader(bytes.NewReader(write(t, format, s))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(lines[0][lead:], order) {
			t.Errorf("%s has the columns %v, the structure %v", format, lines[0][lead:], order)
		}
		for _, line := range lines[1:] {
			for i, id := range order {
				if codes := lists[list[id]]; list[id] != "" && !slices.Contains(codes, line[lead+i]) {
					t.Errorf("%s: %q of %s is not in %s", format, line[lead+i], id, list[id])
				}
			}
		}
	}
}

// What the standards of the Data Package and of DCAT ask for.
func TestDescriptionsSayWhatIsAsked(t *testing.T) {
	s := setOf(t, rows(8, 40))
	var p struct {
		Name, Title string
		Resources   []struct {
			Name, Path, Profile, Encoding string
			Schema                        struct {
				Fields     []struct{ Name, Type string }
				PrimaryKey []string
			}
		}
	}
	zipped := write(t, "datapackage", s)
	if err := json.Unmarshal(member(t, zipped, "datapackage.json"), &p); err != nil {
		t.Fatal(err)
	}
	if p.Name != "xxa-gcm" || p.Title == "" || len(p.Resources) != 3 {
		t.Errorf("%+v", p)
	}
	for _, r := range p.Resources {
		lines, err := csv.NewReader(bytes.NewReader(member(t, zipped, r.Path))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range r.Schema.Fields {
			names = append(names, f.Name)
		}
		if !slices.Equal(names, lines[0]) || r.Profile != "tabular-data-resource" || r.Encoding != "utf-8" {
			t.Errorf("%s has the columns %v and describes %v", r.Path, lines[0], names)
		}
		seen := map[string]bool{}
		for _, line := range lines[1:] {
			var key []string
			for _, k := range r.Schema.PrimaryKey {
				key = append(key, line[slices.Index(names, k)])
			}
			if joined := strings.Join(key, "\x00"); seen[joined] {
				t.Errorf("%s has the key %v twice", r.Path, key)
			} else {
				seen[joined] = true
			}
		}
	}
	var d map[string]any
	if err := json.Unmarshal(write(t, "dcat", s), &d); err != nil {
		t.Fatal(err)
	}
	dataset := d["dcat:dataset"].([]any)[0].(map[string]any)
	for _, key := range []string{"dct:title", "dct:description", "dct:publisher", "dct:issued", "dct:modified", "dct:spatial", "dct:temporal", "dct:rights", "dcat:distribution"} {
		if dataset[key] == nil {
			t.Errorf("the data set has no %s", key)
		}
	}
	if dataset["dct:license"] != nil {
		t.Error("a licence is named that nobody gave")
	}
	for _, one := range dataset["dcat:distribution"].([]any) {
		if url := one.(map[string]any)["dcat:downloadURL"].(map[string]any)["@id"].(string); !strings.HasPrefix(url, "https://gcm.example/data/releases/2027-1") {
			t.Errorf("a file is at %s", url)
		}
	}
}

func TestCitationStandsInEveryLanguage(t *testing.T) {
	s := setOf(t, rows(9, 4))
	day := map[string]string{"kk": "2027 жылғы 1 наурыз", "ru": "1 марта 2027 г. http", "en": "1 March 2027"}
	for _, lang := range i18n.Languages {
		if c := strings.ReplaceAll(s.Citation()[lang], "\u00a0", " "); !strings.Contains(c, country.Name[lang]) || !strings.Contains(c, day[lang]) || strings.Contains(c, "doi") {
			t.Errorf("%s: %s", lang, c)
		}
	}
}

func TestNothingIsWrittenOfWhatHasNoPlaceInTheStructure(t *testing.T) {
	all := rows(10, 3)
	all[0].Breakdown["planet"] = "mars"
	if _, err := exchange.NewSet(country, dimensions, passports(), func(yield func(exchange.Row) error) error { return yield(all[0]) }); err == nil {
		t.Error("a value by an unknown dimension is taken for the total")
	}
	s := setOf(t, nil)
	for _, f := range exchange.Formats {
		if err := exchange.Write(io.Discard, f, s); err != nil {
			t.Errorf("nothing cannot be written: %v", err)
		}
	}
}
