package intake_test

import (
	"archive/zip"
	"bytes"
	"testing"

	"gcm/indicators/intake"
	"gcm/internal/fault"
	"gcm/internal/sheet"
)

// most is how many rows a fuzzed source is read to.
const most = 10_000

// readAll reads a source to its end. Whatever it holds, it is read or refused as
// invalid, with words for the reader.
func readAll(t *testing.T, src intake.Source, o intake.Options) {
	t.Helper()
	reading, err := intake.Read(src, o)
	if err == nil {
		n := 0
		for _, e := range reading.Rows {
			if err = e; e != nil {
				break
			}
			if n++; n > most {
				break
			}
		}
		reading.Sample(3)
	}
	if err != nil && (fault.KindOf(err) != fault.Invalid || fault.KeyOf(err) == "") {
		t.Errorf("%v has no words for the reader", err)
	}
}

func fuzzText(f *testing.F, format intake.Format, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) { readAll(t, source("f", body), intake.Options{Format: format}) })
}

func FuzzReadCSV(f *testing.F) {
	fuzzText(f, intake.CSV, known, "indicator\tperiod\n\"a\"\"b\t2019", "\xff\xfea\x00,\x00b\x00", "\xd0,\xf1\n\x98;\n", "показатель,2019,,2020\n,Ж,М,Ж\nа,1,2,3")
}

func FuzzReadSDMXCSV(f *testing.F) {
	fuzzText(f, intake.SDMXCSV, "DATAFLOW,FREQ,INDICATOR,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),A,a,2019,1\n", "STRUCTURE;STRUCTURE_ID;ACTION;SEX: Sex;OBS_VALUE\ndataflow;x;D;F: Female;NaN\n")
}

func FuzzReadUNSDG(f *testing.F) {
	fuzzText(f, intake.UNSDG, "Indicator,SeriesCode,GeoAreaCode,TimePeriod,Value,[Units]\n1.1.1,A,999.0,2019.0,1,PERCENT\n")
}

func FuzzReadSDMXML(f *testing.F) {
	fuzzText(f, intake.SDMXML, genericML, specificML, `<?xml version="1.0" encoding="windows-1251"?><CompactData/>`, `<!DOCTYPE a []><GenericData/>`)
}

func FuzzReadSDMXJSON(f *testing.F) {
	fuzzText(f, intake.SDMXJSON, seriesJSON, flatJSON, `{"data":{"structure":null,"dataSets":null}}`, `{"structure":{},"dataSets":[{"observations":{"":[]}}]}`)
}

func FuzzReadXLSX(f *testing.F) {
	var b bytes.Buffer
	book := sheet.Book{Language: "en", Sheets: []sheet.Sheet{{Name: "data", Rows: [][]sheet.Cell{{{Value: "indicator"}, {Value: "year"}, {Value: "value"}}, {{Value: "a"}, {Value: 2019}, {Value: 1.5}}}}}}
	if err := sheet.Write(&b, book); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, body []byte) { readAll(t, source("f", body), intake.Options{Format: intake.XLSX}) })
}

// FuzzReadOpenSDG puts what is fuzzed into each file of an archived folder.
func FuzzReadOpenSDG(f *testing.F) {
	f.Add("Year,Value\n2019,5\n", "---\nindicator_name: a.b\n---\n", "b: &x [*x]\n")
	f.Fuzz(func(t *testing.T, data, meta, words string) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, body := range map[string]string{"data/indicator_1-1-1.csv": data, "meta/1-1-1.md": meta, "translations/en/a.yml": words} {
			w, err := z.Create(name)
			if err == nil {
				_, err = w.Write([]byte(body))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		readAll(t, source("f.zip", b.Bytes()), intake.Options{})
	})
}
