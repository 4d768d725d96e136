package intake_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"gcm/indicators/intake"
)

// largest is how much memory a reader may take, whatever it reads.
const largest = 512 << 20

// endless repeats a text after a head, so that a bomb need not be in memory to be
// thrown.
type endless struct {
	head, again string
	size        int64
}

func (e endless) ReadAt(p []byte, at int64) (int, error) {
	for i := range p {
		switch n := at + int64(i); {
		case n >= e.size:
			return i, io.EOF
		case n < int64(len(e.head)):
			p[i] = e.head[n]
		default:
			p[i] = e.again[(n-int64(len(e.head)))%int64(len(e.again))]
		}
	}
	return len(p), nil
}

func endlessSource(head, again string) intake.Source {
	e := endless{head, again, intake.MaxUpload}
	return intake.Source{Name: "bomb", File: io.NewSectionReader(e, 0, e.size), Size: e.size}
}

// zipped is an archive with one part that unpacks to very much of the same.
func zipped(t *testing.T, name, head, again string, size int, others ...string) intake.Source {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(others); i += 2 {
		w, err := z.Create(others[i])
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, others[i+1])
	}
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(w, head)
	many := strings.Repeat(again, 1+(1<<20)/max(1, len(again)))
	for n := 0; n < size; n += len(many) {
		_, _ = io.WriteString(w, many)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return source(name, b.Bytes())
}

func TestNoBombTakesTheMemoryOrTheTime(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100)) // as the program runs; tests may collect less often
	book := []string{
		"[Content_Types].xml", "<Types/>",
		"xl/workbook.xml", `<workbook><sheets><sheet name="a" r:id="r" xmlns:r="http://x/relationships"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r" Target="sheet.xml"/></Relationships>`,
	}
	for name, src := range map[string]func() intake.Source{
		"a quote without an end": func() intake.Source { return endlessSource("indicator,value\nx,\"", "9") },
		"one line":               func() intake.Source { return endlessSource("a,b\n", ",") },
		"very many rows":         func() intake.Source { return endlessSource("indicator,year,value,Sex\n", "new,2019,1,F\n") },
		"very many columns":      func() intake.Source { return endlessSource("", "a,") },
		"XML of one name":        func() intake.Source { return endlessSource("<GenericData ", "a") },
		"XML of one text":        func() intake.Source { return endlessSource("<GenericData>", "text ") },
		"XML of attributes":      func() intake.Source { return endlessSource("<GenericData><DataSet ", `A="" `) },
		"XML of attributes above observations": func() intake.Source {
			return endlessSource("<GenericData><DataSet "+strings.Repeat(`A="" `, 700_000)+">", "<Obs/>")
		},
		"JSON of dimensions above observations": func() intake.Source {
			return endlessSource(`{"structure":{"dimensions":{"dataSet":[`+strings.Repeat(`{"values":[{}]},`, 250_000)+`{}]}},"dataSets":[{"observations":{`, `"0":[1],`)
		},
		"XML of values": func() intake.Source {
			return endlessSource("<GenericData><DataSet><Series><SeriesKey>", `<Value id="A" value="b"/>`)
		},
		"XML of groups": func() intake.Source {
			return endlessSource("<StructureSpecificData><DataSet>", `<Group A="b" UNIT_MULT="1"/>`)
		},
		"JSON of one text":  func() intake.Source { return endlessSource(`{"a":"`, "a") },
		"JSON of structure": func() intake.Source { return endlessSource(`{"structure":{"dimensions":{"series":[{"values":[`, "{},") },
		"JSON of arrays": func() intake.Source {
			return endlessSource(`{"structure":{},"dataSets":[{"observations":{"0":[`, "[],")
		},
		"a workbook of one text": func() intake.Source {
			return zipped(t, "xl/sheet.xml", "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>", "a", 60<<20, book...)
		},
		"a workbook of rows": func() intake.Source {
			return zipped(t, "xl/sheet.xml", "<worksheet><sheetData>", "<row><c><v>1</v></c><c><v>2</v></c></row>", 60<<20, book...)
		},
		"a workbook of shared texts": func() intake.Source {
			return zipped(t, "xl/sharedStrings.xml", "<sst>", "<si><t>"+strings.Repeat("a", 500)+"</t></si>", 100<<20, book...)
		},
		"a workbook of styles": func() intake.Source {
			return zipped(t, "xl/styles.xml", "<styleSheet><cellXfs>", "<xf/>", 20<<20, book...)
		},
		"a workbook of sheets": func() intake.Source {
			return zipped(t, "xl/workbook.xml", "<workbook><sheets>", "<sheet/>", 20<<20, book[:2]...)
		},
		"a folder of one table": func() intake.Source {
			return zipped(t, "data/indicator_1-1-1.csv", "Year,Value\n", "2019,1\n", 100<<20)
		},
		"a folder of one page": func() intake.Source {
			return zipped(t, "meta/1-1-1.yml", "", "a: b\n", 20<<20, "data/1-1.csv", "Year,Value\n2019,1\n")
		},
		"folders within folders": func() intake.Source {
			var more []string
			for n := range 200 {
				more = append(more, fmt.Sprint("data/", n, "/", strings.Repeat("a/", 32000), "1-1.csv"), "")
			}
			return zipped(t, "data/1-1.csv", "Year,Value\n", "2019,1\n", 1, more...)
		},
		"a folder of laughs": func() intake.Source {
			return zipped(t, "meta/1-1-1.yml", laughs(), "", 0, "data/1-1.csv", "Year,Value\n2019,1\n")
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := src()
			debug.FreeOSMemory()
			peak, stop := watch()
			began := time.Now()
			readAll(t, s, intake.Options{})
			stop()
			if took := time.Since(began); took > time.Minute {
				t.Errorf("it took %v", took)
			}
			if most := peak(); most > largest {
				t.Errorf("it took %d MiB", most>>20)
			}
		})
	}
}

// laughs is a text that grows by ten with every line, for who follows it.
func laughs() string {
	text := "a0: &a0 [lol]\n"
	for i := range 12 {
		text += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i), 10), ","))
	}
	return text
}

// watch looks every few milliseconds at how much memory is in use.
func watch() (peak func() uint64, stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	var most uint64
	go func() {
		defer close(ended)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse+m.StackInuse)
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { return most }, func() { close(done); <-ended }
}
