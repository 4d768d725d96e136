package exchange_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gcm/indicators"
	"gcm/indicators/exchange"
	"gcm/internal/cell"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// country is a State that is none.
var country = objectives.Country{
	Code: "XXA", Name: i18n.Text{"kk": "Үлгі мемлекеті", "ru": "Государство Образец", "en": "State of Example"},
	Languages: []string{"kk", "ru", "en"}, Notice: i18n.Text{"kk": "Үлгі", "ru": "Образец", "en": "An example"},
}

// dimensions are those of its register, with codes that no format likes.
var dimensions = []indicators.Dimension{
	{Code: "sex", Name: i18n.Text{"kk": "Жынысы", "ru": "Пол", "en": "Sex"}, Codes: codes("F", "M", "_T")},
	{Code: "age-group", Name: i18n.Text{"en": "Age"}, Codes: codes("0-14", "15+", "-5", "ерлер \"1\"")},
	{Code: "unit", Name: i18n.Text{"en": "Unit of the army"}, Codes: codes("a,b", "=1")},
}

func codes(all ...string) []indicators.DimensionCode {
	var list []indicators.DimensionCode
	for _, c := range all {
		list = append(list, indicators.DimensionCode{Code: c, Name: i18n.Text{"kk": "Ә " + c, "en": c}})
	}
	return list
}

// passports are its indicators.
func passports() []indicators.Indicator {
	var all []indicators.Indicator
	for i, unit := range []indicators.Unit{indicators.Persons, indicators.Percent, "KZT"} {
		all = append(all, indicators.Indicator{
			Code: fmt.Sprintf("indicator-%d", i), Name: i18n.Text{"kk": "Көрсеткіш", "ru": "=Показатель", "en": "Indicator & <name>"}, Unit: unit,
			Dimensions: []indicators.IndicatorDimension{{Dimension: dimensions[i]}},
		})
	}
	return all
}

// texts are words that formats stumble over.
var texts = []string{
	"", "Қазақстан: әіңғүұқөһ ӘІҢҒҮҰҚӨҺ", `он сказал «да», "нет"`, "two\nlines\n", "=SUM(A1)", "'=1", "-5", "@x", "a,b;c\td", " spaces ", "ë/ё 😀", "<p>&amp;</p>", "0012", "2020-01", "NaN", "#N/A", "null", "_T",
}

func anyText(r *rand.Rand) string { return texts[r.IntN(len(texts))] }

func anyWords(r *rand.Rand) i18n.Text {
	t := i18n.Text{}
	for _, lang := range country.Languages {
		if text := anyText(r); text != "" {
			t[lang] = text
		}
	}
	return t
}

var periods = []period.Period{
	"", "2019", "2020-05", "2021-09-01", "2018/2020", "2020-01/2020-06", "2020-07/2020-12", "2020-04/2020-06", "2019-11/2020-01",
	"2014-01-01/2020-12", "2021-01-01/2021-10-31", "2020/2020", "2019-02/2021", "0001",
}

// rows are observations at random, each at a place of its own, in order.
func rows(seed uint64, n int) []exchange.Row {
	r := rand.New(rand.NewPCG(seed, 11))
	var all []exchange.Row
	taken := map[string]bool{}
	for range n {
		i := r.IntN(3)
		row := exchange.Row{Indicator: fmt.Sprintf("indicator-%d", i), Observation: indicators.Observation{
			Period: periods[r.IntN(len(periods))], Breakdown: indicators.Breakdown{}, Decimals: r.IntN(4), Unit: passports()[i].Unit,
			Qualifier: []indicators.Qualifier{indicators.Exact, indicators.Approximate, indicators.MoreThan, indicators.LessThan}[r.IntN(4)],
			ObsStatus: []string{"A", "B", "E", "P"}[r.IntN(4)], ConfStatus: indicators.Free, ValueText: anyText(r), Note: anyWords(r), Source: anyWords(r),
		}}
		for _, d := range dimensions {
			if r.IntN(3) == 0 {
				row.Breakdown[d.Code] = d.Codes[r.IntN(len(d.Codes))].Code
			}
		}
		value := []float64{0, -1.5, 33700, 0.1, 1e15, 123456789.125, math.Round(r.Float64()*1e6) / 1e3, r.NormFloat64(), 1e-7}[r.IntN(9)]
		row.Value = &value
		if r.IntN(6) == 0 {
			row.Value, row.Decimals, row.Qualifier, row.ObsStatus = nil, 0, indicators.Missing, "O"
		}
		if place := row.Indicator + string(row.Period) + row.Breakdown.String(); !taken[place] {
			taken[place] = true
			all = append(all, row)
		}
	}
	return all
}

func setOf(t *testing.T, all []exchange.Row) exchange.Set {
	t.Helper()
	s, err := exchange.NewSet(country, dimensions, passports(), func(yield func(exchange.Row) error) error {
		for _, r := range all {
			if err := yield(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.At = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	s.Release = &indicators.Release{Code: "2027-1", Title: i18n.Text{"kk": "Деректер", "en": "Data"}, At: s.At}
	s.Base = "https://gcm.example"
	return s
}

func write(t *testing.T, format string, s exchange.Set) []byte {
	t.Helper()
	f, ok := exchange.FormatOf(format)
	if !ok {
		t.Fatalf("there is no format %s", format)
	}
	var b bytes.Buffer
	if err := exchange.Write(&b, f, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// say is all that a file has to bring back of a row.
func say(r exchange.Row) string {
	value := "missing"
	if r.Value != nil {
		value = strconv.FormatFloat(*r.Value, 'g', -1, 64)
	}
	words := func(t i18n.Text) string { return fmt.Sprintf("%q %q %q", t["kk"], t["ru"], t["en"]) }
	return fmt.Sprintf("%s %s {%s} %s %d %s %s %s %s %q %s %s", r.Indicator, r.Period, r.Breakdown, value, r.Decimals, r.Unit, r.Qualifier,
		r.ObsStatus, r.ConfStatus, r.ValueText, words(r.Note), words(r.Source))
}

func TestWhatIsWrittenComesBackWithoutLoss(t *testing.T) {
	for seed := range uint64(20) {
		all := rows(seed, 120)
		s := setOf(t, all)
		var dated []exchange.Row
		for _, r := range all {
			if r.Period != "" {
				dated = append(dated, r)
			}
		}
		if s.Undated != len(all)-len(dated) || s.Count != len(all) {
			t.Errorf("%d of %d are counted, %d of them undated", s.Count, len(all), s.Undated)
		}
		for format, want := range map[string][]exchange.Row{
			"csv": all, "xlsx": all, "datapackage": all, "sdmx-csv": dated, "sdmx-csv-1.0": dated, "sdmx-json": dated,
		} {
			got := readers[format](t, s, write(t, format, s))
			if len(got) != len(want) {
				t.Errorf("%s brings %d of %d rows back", format, len(got), len(want))
				continue
			}
			for i := range want {
				if say(got[i]) != say(want[i]) {
					t.Fatalf("%s makes\n%s of\n%s", format, say(got[i]), say(want[i]))
				}
			}
		}
	}
}

// readers read what is written by other means than the program's own.
var readers = map[string]func(*testing.T, exchange.Set, []byte) []exchange.Row{
	"csv":  readFlat,
	"xlsx": readXLSX,
	"datapackage": func(t *testing.T, s exchange.Set, b []byte) []exchange.Row {
		return readFlat(t, s, member(t, b, "data.csv"))
	},
	"sdmx-csv":     readSDMXCSV,
	"sdmx-csv-1.0": readSDMXCSV,
	"sdmx-json":    readSDMXJSON,
}

func member(t *testing.T, archive []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readFlat(t *testing.T, _ exchange.Set, b []byte) []exchange.Row {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return flat(t, lines, cell.Bare)
}

func readXLSX(t *testing.T, _ exchange.Set, b []byte) []exchange.Row {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := f.GetRows("data", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range lines {
		for len(lines[i]) < len(lines[0]) { // empty cells at the end of a row are left out
			lines[i] = append(lines[i], "")
		}
	}
	return flat(t, lines, cell.Bare)
}

func flat(t *testing.T, lines [][]string, bare func(string) string) []exchange.Row {
	t.Helper()
	columns := map[string]int{}
	for i, name := range lines[0] {
		columns[name] = i
	}
	var all []exchange.Row
	for _, line := range lines[1:] {
		at := func(name string) string { return bare(line[columns[name]]) }
		r := exchange.Row{Indicator: at("indicator"), Observation: indicators.Observation{
			Period: period.Period(at("period")), Breakdown: indicators.Breakdown{}, Unit: indicators.Unit(at("unit")), Qualifier: indicators.Qualifier(at("qualifier")),
			ObsStatus: at("obs_status"), ConfStatus: indicators.ConfStatus(at("conf_status")), ValueText: at("value_text"), Note: i18n.Text{}, Source: i18n.Text{},
		}}
		for column, dimension := range map[string]string{"sex": "sex", "age-group": "age-group", "dimension_unit": "unit"} {
			if code := at(column); code != "" {
				r.Breakdown[dimension] = code
			}
		}
		for _, lang := range country.Languages {
			r.Note[lang], r.Source[lang] = at("note_"+lang), at("source_"+lang)
		}
		r.Value, r.Decimals = number(t, line[columns["value"]]), int(*number(t, at("decimals")))
		all = append(all, r)
	}
	return all
}

func number(t *testing.T, text string) *float64 {
	t.Helper()
	if text == "" || text == "NaN" {
		return nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return &v
}

func readSDMXCSV(t *testing.T, s exchange.Set, b []byte) []exchange.Row {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []exchange.Row
	for _, line := range lines[1:] {
		values := map[string]string{}
		for i, id := range lines[0] {
			values[id] = cell.Bare(line[i])
			if id == "OBS_VALUE" {
				values[id] = line[i]
			}
		}
		all = append(all, observation(t, s, values))
	}
	return all
}

// observation understands an observation by its components' ids.
func observation(t *testing.T, s exchange.Set, values map[string]string) exchange.Row {
	t.Helper()
	r := exchange.Row{Observation: indicators.Observation{
		Breakdown: indicators.Breakdown{}, ObsStatus: values["OBS_STATUS"], ConfStatus: indicators.ConfStatus(values["CONF_STATUS"]),
		Qualifier: indicators.Qualifier(strings.ToLower(values["QUALIFIER"])), ValueText: values["VALUE_TEXT"], Note: i18n.Text{}, Source: i18n.Text{},
	}}
	r.Indicator, _ = exchange.CodeOf(values["INDICATOR"])
	for _, d := range s.Register() {
		if id := values[d.ID]; id != exchange.Total {
			r.Breakdown[d.Register], _ = d.Ours(id)
		}
	}
	var err error
	if r.Period, err = exchange.PeriodOf(values["TIME_PERIOD"]); err != nil {
		t.Fatal(err)
	}
	if values["TIME_DETAIL"] != "" {
		r.Period = period.Period(values["TIME_DETAIL"])
	}
	for _, lang := range country.Languages {
		r.Note[lang], r.Source[lang] = values["NOTE_"+strings.ToUpper(lang)], values["SOURCE_"+strings.ToUpper(lang)]
	}
	r.Unit, _ = exchange.UnitOf(values["UNIT_MEASURE"])
	r.Value, r.Decimals = number(t, values["OBS_VALUE"]), int(*number(t, values["DECIMALS"]))
	return r
}

// jsonData is what an SDMX-JSON data message holds.
type jsonData struct {
	Data struct {
		Structures []struct {
			Dimensions, Attributes struct{ Observation []jsonComponent }
		}
		DataSets []struct{ Observations json.RawMessage }
	}
}

type jsonComponent struct {
	ID     string
	Values []struct{ ID, Value string }
}

func (c jsonComponent) value(t *testing.T, v any) string {
	t.Helper()
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		if c.Values != nil {
			return c.Values[int(v)].ID + c.Values[int(v)].Value
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	t.Fatalf("%T in %s", v, c.ID)
	return ""
}

func readSDMXJSON(t *testing.T, s exchange.Set, b []byte) []exchange.Row {
	t.Helper()
	var message jsonData
	if err := json.Unmarshal(b, &message); err != nil {
		t.Fatal(err)
	}
	structure := message.Data.Structures[0]
	d := json.NewDecoder(bytes.NewReader(message.Data.DataSets[0].Observations))
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	var all []exchange.Row
	for d.More() {
		key, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		var told []any
		if err := d.Decode(&told); err != nil {
			t.Fatal(err)
		}
		values := map[string]string{"OBS_VALUE": jsonComponent{}.value(t, told[0])}
		for i, place := range strings.Split(key.(string), ":") {
			n, err := strconv.ParseFloat(place, 64)
			if err != nil {
				t.Fatal(err)
			}
			c := structure.Dimensions.Observation[i]
			values[c.ID] = c.value(t, n)
		}
		for i, c := range structure.Attributes.Observation {
			if i+1 < len(told) {
				values[c.ID] = c.value(t, told[i+1])
			}
		}
		all = append(all, observation(t, s, values))
	}
	return all
}
