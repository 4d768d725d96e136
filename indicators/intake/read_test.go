package intake_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/charmap"

	"gcm/indicators/intake"
	"gcm/internal/fault"
)

func source(name string, body []byte) intake.Source {
	return intake.Source{Name: name, File: bytes.NewReader(body), Size: int64(len(body))}
}

// told reads a source and writes each row as "place role=value …", in the order
// of roles.
func told(t *testing.T, src intake.Source, o intake.Options) []string {
	t.Helper()
	reading, err := intake.Read(src, o)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for row, err := range reading.Rows {
		if err != nil {
			t.Fatal(err)
		}
		var parts []string
		for _, f := range row.Fields {
			if f.Value == "" {
				continue
			}
			name := string(f.Column.Role)
			if f.Column.Role == intake.Dimension {
				if name = f.Column.Dimension; name == "" {
					name = "?"
				}
			}
			if name != "" {
				parts = append(parts, name+"="+f.Value)
			}
		}
		slices.Sort(parts)
		all = append(all, fmt.Sprintf("%s %s", row.Place, strings.Join(parts, " ")))
	}
	return all
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestTablesInTextAreReadWhateverPartsThem(t *testing.T) {
	for name, body := range map[string]string{
		"commas":     "indicator,period,value,Sex\nnew,2019,\"1,5\",F\n",
		"semicolons": "\ufeffindicator;period;value;Sex\r\nnew;2019;1,5;F\r\n",
		"tabs":       "indicator\tperiod\tvalue\tSex\nnew\t2019\t1,5\tF\n",
	} {
		t.Run(name, func(t *testing.T) {
			expect(t, told(t, source("f.csv", []byte(body)), intake.Options{}), "2 Sex=F indicator=new period=2019 value=1,5")
		})
	}
}

func TestWindowsLettersAreRead(t *testing.T) {
	body, err := charmap.Windows1251.NewEncoder().String("показатель;год;значение;Пол\nновый;2019;12,5;Женщины\n")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, told(t, source("f.csv", []byte(body)), intake.Options{}), "2 indicator=новый period=2019 value=12,5 Пол=Женщины")
}

func TestPeriodsCanBeColumnsUnderMergedHeads(t *testing.T) {
	body := "Приложение 1,,,,\n\nпоказатель,2019,,2020,\n,Женщины,Мужчины,Женщины,Мужчины\nновый,1,2,,4\n"
	expect(t, told(t, source("f.csv", []byte(body)), intake.Options{}),
		"5 ?=Женщины indicator=новый period=2019 value=1", "5 ?=Мужчины indicator=новый period=2019 value=2", "5 ?=Мужчины indicator=новый period=2020 value=4")
}

func TestCodesStandBesideTheirWords(t *testing.T) {
	body := "Series,Series_Code,Year,Value,Sex,Sex_Code\nA name,AB_CD,2019,1,Women,F\n"
	expect(t, told(t, source("f.csv", []byte(body)), intake.Options{}), "2 Sex=F period=2019 series=AB_CD value=1")
}

func TestSDMXCSVIsKnownByItsHead(t *testing.T) {
	body := "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT\ndataflow,X:DF(1.0),R,A,XX,new,F,2019,1.5,PS,3\n"
	reading, err := intake.Read(source("f.csv", []byte(body)), intake.Options{})
	if err != nil || reading.Format != intake.SDMXCSV {
		t.Fatalf("read as %v: %v", reading, err)
	}
	expect(t, told(t, source("f.csv", []byte(body)), intake.Options{}), "2 SEX=F action=R area=XX indicator=new multiplier=3 period=2019 unit=PS value=1.5")
}

func TestAnExtractOfTheUNIsKnownByItsHead(t *testing.T) {
	body := "Goal,Target,Indicator,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,Source,FootNote,[Nature],[Sex],[Units]\n" +
		"8.0,8.5,8.5.2,SL_TLF_UEM,Unemployment rate,999.0,Testland,2019.0,4.5,ILO,,C,FEMALE,PERCENT\n"
	expect(t, told(t, source("f.csv", []byte(body)), intake.Options{}),
		"2 Sex=FEMALE area=999.0 indicator=8.5.2 name=Unemployment rate period=2019.0 series=SL_TLF_UEM source=ILO unit=PERCENT value=4.5")
}

const genericML = `<?xml version="1.0"?><m:GenericData xmlns:m="m" xmlns:g="g"><m:Header><m:Structure dimensionAtObservation="TIME_PERIOD"/></m:Header>
<m:DataSet><g:Series><g:SeriesKey><g:Value id="INDICATOR" value="new"/><g:Value id="SEX" value="F"/></g:SeriesKey><g:Attributes><g:Value id="UNIT_MULT" value="3"/><g:Value id="COLLECTOR" value="me"/></g:Attributes>
<g:Obs><g:ObsDimension value="2019"/><g:ObsValue value="1.5"/><g:Attributes><g:Value id="OBS_STATUS" value="E"/></g:Attributes></g:Obs></g:Series></m:DataSet></m:GenericData>`

const specificML = `<m:StructureSpecificData xmlns:m="m" xmlns:s="s"><m:DataSet s:action="Replace" s:dataScope="x" UNIT_MULT="0">
<Group SEX="F" INDICATOR="new" UNIT_MEASURE="PS"/><Series INDICATOR="new" SEX="F"><Obs TIME_PERIOD="2019" OBS_VALUE="1.5" COLLECTOR="me"/></Series>
<Series INDICATOR="new" SEX="M"><Obs TIME_PERIOD="2019" OBS_VALUE="2.5"/></Series></m:DataSet></m:StructureSpecificData>`

func TestSDMXMLIsReadGenericAndSpecific(t *testing.T) {
	expect(t, told(t, source("f.xml", []byte(genericML)), intake.Options{}), "3 SEX=F indicator=new multiplier=3 period=2019 status=E value=1.5")
	expect(t, told(t, source("f.xml", []byte(specificML)), intake.Options{}),
		"2 SEX=F action=Replace indicator=new multiplier=0 period=2019 unit=PS value=1.5", "3 SEX=M action=Replace indicator=new multiplier=0 period=2019 value=2.5")
}

const seriesJSON = `{"data":{"dataSets":[{"action":"Information","series":{"0:1":{"attributes":[0],"observations":{"0":["1.5",null],"1":[2,0]}}}}],
"structure":{"dimensions":{"series":[{"id":"INDICATOR","values":[{"id":"new"}]},{"id":"SEX","values":[{"id":"F"},{"id":"M"}]}],"observation":[{"id":"TIME_PERIOD","values":[{"id":"2019"},{"id":"2020"}]}]},
"attributes":{"series":[{"id":"UNIT_MEASURE","values":[{"id":"PS"}]}],"observation":[{"id":"OBS_STATUS","values":[{"id":"E"}]}]}}}}`

const flatJSON = `{"data":{"structures":[{"dimensions":{"observation":[{"id":"INDICATOR","values":[{"id":"new"}]},{"id":"TIME_PERIOD","values":[{"value":"2019"}]}]},
"measures":{"observation":[{"id":"OBS_VALUE"}]},"attributes":{"observation":[{"id":"NOTE_EN"}]}}],"dataSets":[{"structure":0,"observations":{"0:0":[1.5,"a note"]}}]}}`

func TestSDMXJSONIsReadBySeriesAndFlat(t *testing.T) {
	expect(t, told(t, source("f.json", []byte(seriesJSON)), intake.Options{}),
		"1 SEX=M action=Information indicator=new period=2019 unit=PS value=1.5", "2 SEX=M action=Information indicator=new period=2020 status=E unit=PS value=2")
	expect(t, told(t, source("f.json", []byte(flatJSON)), intake.Options{}), "1 indicator=new note=a note period=2019 value=1.5")
}

func openSDG() fstest.MapFS {
	file := func(body string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(body)} }
	return fstest.MapFS{
		"data/indicator_1-1-1.csv":   file("\ufeffYear,Sex,Units,Value\n2019,,Per 1000,5\n2003-05,Women,Per 1000,4\n"),
		"meta/1-1-1.md":              file("---\nindicator_name: titles.1-1-1\nnational_indicator_description: <p>Who is poor</p>\n---\nBody"),
		"data/DSD.xml":               file("<Structure/>"),
		"data/more.xml":              file(specificML),
		"translations/ru/titles.yml": file("1-1-1: Бедность\n"),
		"translations/en/titles.yml": file("1-1-1: Poverty\n"),
		"translations/ru/data.yml":   file("Women: Женщины\n"),
	}
}

func TestAnOpenSDGFolderIsReadWithItsNames(t *testing.T) {
	src := intake.Source{Name: "folder", Folder: openSDG()}
	expect(t, told(t, src, intake.Options{}),
		"data/indicator_1-1-1.csv:2 indicator=1-1-1 period=2019 unit=Per 1000 value=5", "data/indicator_1-1-1.csv:3 Sex=Women indicator=1-1-1 period=2003-05 unit=Per 1000 value=4",
		"data/more.xml:2 SEX=F action=Replace indicator=new multiplier=0 period=2019 unit=PS value=1.5", "data/more.xml:3 SEX=M action=Replace indicator=new multiplier=0 period=2019 value=2.5")
	reading, err := intake.Read(src, intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := reading.Names; n["indicator:1-1-1"]["ru"] != "Бедность" || n["text:Women"]["ru"] != "Женщины" || n["definition:1-1-1"]["en"] != "Who is poor" {
		t.Errorf("the names are %v", n)
	}
}

func TestWhatCannotBeReadIsRefusedWithWords(t *testing.T) {
	deep := strings.Repeat("<Series>", 100)
	for name, c := range map[string]struct{ body, key string }{
		"nothing":             {"", "import.empty"},
		"a picture":           {"\x89PNG\x00\x00", "import.format"},
		"other XML":           {"<html/>", "import.no_data_message"},
		"entities":            {`<!DOCTYPE x [<!ENTITY a "b">]><GenericData/>`, "import.entity"},
		"deep XML":            {"<GenericData>" + deep, "import.too_deep"},
		"half an XML":         {"<GenericData><DataSet>", "import.broken"},
		"other JSON":          {`{"a":1}`, "import.no_data_message"},
		"half a JSON":         {`{"data":{"structure":`, "import.broken"},
		"deep JSON":           {`{"a":` + strings.Repeat("[", 100), "import.too_deep"},
		"one column":          {"a\nb\n", "import.no_head"},
		"a huge cell":         {"indicator,value\nx," + strings.Repeat("9", 1<<17) + "\n", "import.cell_too_large"},
		"a quote without end": {"indicator,value\nx,\"" + strings.Repeat("9\n", 4<<20), "import.cell_too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			reading, err := intake.Read(source("f", []byte(c.body)), intake.Options{})
			if err == nil {
				for _, e := range reading.Rows {
					err = e
				}
			}
			if fault.KindOf(err) != fault.Invalid || fault.KeyOf(err) != c.key {
				t.Errorf("got %v (%s), want %s", err, fault.KeyOf(err), c.key)
			}
		})
	}
	if _, err := intake.Read(intake.Source{Folder: fs.FS(fstest.MapFS{})}, intake.Options{}); fault.KeyOf(err) != "import.no_data_folder" {
		t.Errorf("an empty folder: %v", err)
	}
}
