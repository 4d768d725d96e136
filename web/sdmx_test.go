package web

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

const (
	sdmxJSON = "application/vnd.sdmx.data+json;version=2.0.0"
	sdmxCSV  = "application/vnd.sdmx.data+csv;version=1.0.0"
)

// sdmxTable reads an SDMX-CSV answer: its head and its rows.
func sdmxTable(t *testing.T, query string) (head []string, rows [][]string) {
	t.Helper()
	w := get(loaded(t), "/sdmx/data/"+query, "Accept", sdmxCSV)
	if w.Code != http.StatusOK {
		t.Fatalf("%s answers %d %s", query, w.Code, w.Body)
	}
	all, err := csv.NewReader(w.Body).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[0], all[1:]
}

// column is the values of a column, each once.
func column(head []string, rows [][]string, name string) []string {
	at, values := slices.Index(head, name), []string{}
	for _, row := range rows {
		values = append(values, row[at])
	}
	slices.Sort(values)
	return slices.Compact(values)
}

func TestSDMXQuerySelectsWhatItNames(t *testing.T) {
	head, all := sdmxTable(t, "DF_GCM")
	dimensions := slices.Index(head, "TIME_PERIOD") - 1
	key := func(parts ...string) string {
		return strings.Join(parts, ".") + strings.Repeat(".", dimensions-len(parts))
	}
	_, one := sdmxTable(t, "KAZ_GCM,DF_GCM,latest/"+key("", "KAZ", "refugees-registered+kandas-arrivals")+"/KAZ_GCM")
	if got := column(head, one, "INDICATOR"); !slices.Equal(got, []string{"kandas-arrivals", "refugees-registered"}) || len(one) >= len(all) {
		t.Errorf("the key selects %v, %d of %d", got, len(one), len(all))
	}
	_, some := sdmxTable(t, "DF_GCM/all?startPeriod=2020&endPeriod=2020-Q4")
	for _, p := range column(head, some, "TIME_PERIOD") {
		if !strings.HasPrefix(p, "2020") {
			t.Errorf("the time selects %s", p)
		}
	}
	series := func(rows [][]string) (keys []string) {
		for _, row := range rows {
			keys = append(keys, strings.Join(row[1:1+dimensions], "."))
		}
		return keys
	}
	_, last := sdmxTable(t, "DF_GCM?lastNObservations=1")
	_, first := sdmxTable(t, "DF_GCM?firstNObservations=1")
	keys := series(last)
	if n := len(keys); n != len(slices.Compact(slices.Sorted(slices.Values(keys)))) || n != len(first) || n >= len(all) {
		t.Errorf("%d last and %d first ones of %d", n, len(first), len(all))
	}
	for _, detail := range []string{"serieskeysonly", "nodata"} {
		keyed, named := sdmxTable(t, "DF_GCM?detail="+detail)
		if got := series(named); slices.Contains(keyed, "TIME_PERIOD") || slices.Contains(keyed, "OBS_VALUE") || !slices.Equal(got, series(last)) {
			t.Errorf("%s has %v and %d series of %d", detail, keyed, len(got), len(keys))
		}
	}
	if head, _ := sdmxTable(t, "DF_GCM?detail=dataonly"); slices.Contains(head, "OBS_STATUS") || !slices.Contains(head, "OBS_VALUE") {
		t.Errorf("data only has %v", head)
	}
}

func TestSDMXMessagesHoldTheSameObservations(t *testing.T) {
	_, rows := sdmxTable(t, "DF_GCM")
	var flat, grouped struct {
		Data struct {
			DataSets []struct {
				Observations map[string]any
				Series       map[string]struct{ Observations map[string]any }
			}
		}
	}
	for dimension, into := range map[string]any{"AllDimensions": &flat, "TIME_PERIOD": &grouped} {
		w := get(loaded(t), "/sdmx/data/DF_GCM?dimensionAtObservation="+dimension, "Accept", sdmxJSON)
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for _, s := range grouped.Data.DataSets[0].Series {
		n += len(s.Observations)
	}
	var named struct {
		Data struct {
			DataSets []struct {
				Series map[string]struct{ Observations map[string]any }
			}
		}
	}
	if err := json.Unmarshal(get(loaded(t), "/sdmx/data/DF_GCM?detail=serieskeysonly", "Accept", sdmxJSON).Body.Bytes(), &named); err != nil {
		t.Fatal(err)
	}
	for key, s := range named.Data.DataSets[0].Series {
		if _, is := grouped.Data.DataSets[0].Series[key]; !is || len(s.Observations) > 0 {
			t.Errorf("the series %s alone has %d observations", key, len(s.Observations))
		}
	}
	counts := elementsOf(t, get(loaded(t), "/sdmx/data/DF_GCM?detail=serieskeysonly").Body)
	if n := len(grouped.Data.DataSets[0].Series); len(named.Data.DataSets[0].Series) != n || counts["Series"] != n || counts["Obs"] != 0 {
		t.Errorf("%d series, %d of them in JSON, in XML %v", n, len(named.Data.DataSets[0].Series), counts)
	}
	if len(flat.Data.DataSets[0].Observations) != len(rows) || n != len(rows) {
		t.Errorf("%d rows, %d flat, %d in series", len(rows), len(flat.Data.DataSets[0].Observations), n)
	}
	for query, element := range map[string]string{"": "Obs", "?dimensionAtObservation=AllDimensions": "Obs"} {
		w := get(loaded(t), "/sdmx/data/DF_GCM"+query)
		if got := elementsOf(t, w.Body)[element]; got != len(rows) || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/vnd.sdmx.genericdata+xml") {
			t.Errorf("SDMX-ML holds %d of %d, as %s", got, len(rows), w.Header().Get("Content-Type"))
		}
	}
}

// elementsOf counts the elements of an XML text.
func elementsOf(t *testing.T, r io.Reader) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for d := xml.NewDecoder(r); ; {
		token, err := d.Token()
		if err == io.EOF {
			return counts
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			counts[e.Name.Local]++
		}
	}
}

func TestSDMXStructuresComeWithWhatTheyReferTo(t *testing.T) {
	for query, want := range map[string]string{
		"dataflow": "Dataflow:1",
		"dataflow/KAZ_GCM/DF_GCM/latest?references=children": "Dataflow:1 DataStructure:1",
		"dataflow/KAZ_GCM/DF_GCM?references=descendants":     "Dataflow:1 DataStructure:1 ConceptScheme:1 Codelist:+",
		"dataflow/all/DF_GCM/latest?references=all":          "Dataflow:1 DataStructure:1 ConceptScheme:1 Codelist:+",
		"dataflow/all/all/latest?references=datastructure":   "Dataflow:1 DataStructure:1",
		"datastructure/KAZ_GCM/DSD_GCM?references=children":  "DataStructure:1 ConceptScheme:1 Codelist:+",
		"datastructure/KAZ_GCM/DSD_GCM?references=parents":   "Dataflow:1 DataStructure:1",
		"codelist/KAZ_GCM/CL_FREQ":                           "Codelist:1",
		"codelist/KAZ_GCM/CL_FREQ+CL_SEX?references=none":    "Codelist:2",
		"codelist/KAZ_GCM/CL_FREQ/latest?references=parents": "DataStructure:1 Codelist:1",
		"conceptscheme/KAZ_GCM/CS_GCM/all":                   "ConceptScheme:1",
		"agencyscheme/SDMX/AGENCIES/1.0":                     "AgencyScheme:1",
		"structure":                                          "AgencyScheme:1 Dataflow:1 DataStructure:1 ConceptScheme:1 Codelist:+",
	} {
		w := get(loaded(t), "/sdmx/"+query)
		counts := elementsOf(t, w.Body)
		var got []string
		for _, e := range []string{"AgencyScheme", "Dataflow", "DataStructure", "ConceptScheme", "Codelist"} {
			switch n := counts[e]; {
			case n > 3:
				got = append(got, e+":+")
			case n > 0:
				got = append(got, fmt.Sprint(e, ":", n))
			}
		}
		if strings.Join(got, " ") != want || w.Code != http.StatusOK {
			t.Errorf("%s answers %d: %v, not %s", query, w.Code, got, want)
		}
	}
	w := get(loaded(t), "/sdmx/codelist/KAZ_GCM/CL_FREQ", "Accept", "application/vnd.sdmx.structure+json;version=2.0.0")
	var message struct{ Data map[string][]any }
	if err := json.Unmarshal(w.Body.Bytes(), &message); err != nil || len(message.Data) != 1 || len(message.Data["codelists"]) != 1 {
		t.Errorf("%v, %v", message, err)
	}
}

func TestSDMXRefusesWhatTheStandardSays(t *testing.T) {
	h := loaded(t)
	for path, want := range map[string]int{
		"/sdmx/data/DF_GCM?startPeriod=x": 400, "/sdmx/data/DF_GCM?lastNObservations=0": 400, "/sdmx/data/DF_GCM?unheard=1": 400, "/sdmx/data/DF_GCM/A.B": 400,
		"/sdmx/data/DF_GCM?detail=some": 400, "/sdmx/data/DF_GCM?dimensionAtObservation=X": 400, "/sdmx/data/DF_GCM?updatedAfter=x": 400, "/sdmx/dataflow?references=x": 400,
		"/sdmx/data/OTHER": 404, "/sdmx/data/UN,DF_GCM": 404, "/sdmx/data/DF_GCM/all/UN": 404, "/sdmx/data/DF_GCM?startPeriod=2999": 404, "/sdmx/data/KAZ_GCM,DF_GCM,9.9": 404,
		"/sdmx/codelist/KAZ_GCM/CL_NONE": 404, "/sdmx/nonsense": 404, "/sdmx": 404, "/sdmx/data/DF_GCM/%00": 400, "/sdmx/codelist/%27/%22": 404,
		"/sdmx/data/DF_GCM?includeHistory=true": 501, "/sdmx/dataflow?detail=allstubs": 501,
	} {
		w := get(h, path, "Accept-Language", "en")
		if w.Code != want || w.Header().Get("Content-Type") != "application/problem+json; charset=utf-8" {
			t.Errorf("%s answers %d as %s", path, w.Code, w.Header().Get("Content-Type"))
		}
	}
	for accept, want := range map[string]int{
		"": 200, "*/*": 200, "text/html, application/vnd.sdmx.data+json;version=2.0.0;q=0.5": 200, "application/vnd.sdmx.data+json; version=1.0.0": 406, "text/html": 406,
		"application/vnd.sdmx.genericdata+xml;version=2.1": 200, "application/json": 200, "text/csv": 200, "application/vnd.sdmx.structurespecificdata+xml;version=2.1": 406, ";;;q=x": 200,
	} {
		if w := get(h, "/sdmx/data/DF_GCM/all?lastNObservations=1", "Accept", accept); w.Code != want {
			t.Errorf("%q is answered %d", accept, w.Code)
		}
	}
	if w := get(h, "/sdmx/data/DF_GCM/all/all/?startPeriod=2020"); w.Code != http.StatusOK {
		t.Errorf("a slash at the end answers %d", w.Code)
	}
	w := get(h, "/sdmx/dataflow")
	if again := get(h, "/sdmx/dataflow", "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("what has not changed is sent again: %d", again.Code)
	}
}
