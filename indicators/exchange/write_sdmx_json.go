package exchange

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"gcm/internal/i18n"
)

// message is a message of SDMX-JSON 2.0 but for its data.
type message struct {
	Schema string `json:"$schema,omitempty"`
	Meta   meta   `json:"meta"`
	Data   any    `json:"data,omitempty"`
}

type meta struct {
	Schema    string   `json:"schema,omitempty"`
	ID        string   `json:"id"`
	Test      bool     `json:"test"`
	Prepared  string   `json:"prepared"`
	Languages []string `json:"contentLanguages"`
	Sender    named    `json:"sender"`
}

// named is anything with an id and names.
type named struct {
	ID    string    `json:"id"`
	Name  string    `json:"name,omitempty"`
	Names i18n.Text `json:"names,omitempty"`
}

func (s Set) named(id string, name i18n.Text) named {
	if len(name) == 0 {
		return named{id, id, nil}
	}
	return named{id, s.name(name), name}
}

func (s Set) meta(schema string) meta {
	return meta{Schema: schema, ID: s.messageID(), Prepared: s.At.UTC().Format(time.RFC3339), Languages: s.Languages, Sender: s.named(s.Agency, s.Country.Name)}
}

// messageID names the message: the release, or that the figures stand now.
func (s Set) messageID() string {
	if s.Release != nil {
		return CodeID(s.Release.Code)
	}
	return "CURRENT"
}

// The parts of the structure in a data message.
type (
	jsonStructure struct {
		Name       string                     `json:"name"`
		Names      i18n.Text                  `json:"names"`
		Links      []jsonLink                 `json:"links"`
		Dimensions map[string][]jsonComponent `json:"dimensions"`
		Measures   map[string][]jsonComponent `json:"measures"`
		Attributes map[string][]jsonComponent `json:"attributes,omitempty"`
	}
	jsonLink struct {
		URN string `json:"urn"`
		Rel string `json:"rel"`
	}
	jsonComponent struct {
		named
		KeyPosition *int              `json:"keyPosition,omitempty"`
		Roles       []string          `json:"roles,omitempty"`
		Relation    any               `json:"relationship,omitempty"`
		Format      map[string]string `json:"format,omitempty"`
		Values      any               `json:"values,omitempty"`
	}
	timeValue struct {
		Value string `json:"value"`
	}
)

const dataSchema = "https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json"

// writeSDMXJSON writes an SDMX-JSON 2.0 data message, flat: each observation under
// the places of its dimensions' values. Codes are told by their place in the
// lists, words as they are. The structure stands before the data, so that a
// reader need not keep these.
func writeSDMXJSON(w io.Writer, s Set) error {
	places, structure := s.jsonStructure()
	m, err := json.Marshal(s.meta(dataSchema))
	if err != nil {
		return err
	}
	head, err := json.Marshal(structure)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	link, err := json.Marshal(structure.Links)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, `{"$schema":%q,"meta":%s,"data":{"structures":[%s],"dataSets":[{"structure":0,"action":"Replace","links":%s,%q:{`, dataSchema, m, head, link, map[bool]string{true: "series", false: "observations"}[s.ByTime])
	var line []byte
	first, series := true, ""
	err = s.dated(func(r Row) error {
		line = line[:0]
		if key := s.series(r); s.ByTime && key != series {
			if line, err = s.jsonSeries(line, places, r, series != ""); err != nil {
				return err
			}
			first, series = true, key
		}
		if !s.KeysOnly {
			if !first {
				line = append(line, ',')
			}
			first = false
			if line, err = s.jsonObservation(append(line, '\n', '"'), places, r); err != nil {
				return err
			}
		}
		_, err := out.Write(line)
		return err
	})
	if err != nil {
		return err
	}
	if series != "" {
		fmt.Fprint(out, "}}")
	}
	fmt.Fprint(out, "\n}}]}}\n")
	return out.Flush()
}

// places tells where the values of each component stand in its list; of those
// without a list there is nothing.
type places map[string]map[string]int

func (s Set) jsonStructure() (places, jsonStructure) {
	at := places{}
	structure := jsonStructure{
		Name: s.Structure.Name.In("en"), Names: s.Structure.Name,
		Links: []jsonLink{{"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=" + s.reference(DataflowID), "dataflow"}},
	}
	for i, d := range s.Dimensions {
		c := jsonComponent{named: s.named(d.ID, d.Name), KeyPosition: &i}
		if d.Codes == nil {
			c.Roles, c.Values = []string{timePeriod}, s.timeValues(at)
		} else {
			c.Values = s.jsonCodes(d, at)
		}
		structure.Dimensions = add(structure.Dimensions, c, s.ByTime && d.ID != timePeriod)
	}
	structure.Measures = add(nil, jsonComponent{named: s.named(Measure.ID, Measure.Name), Format: map[string]string{"dataType": dataTypes[Measure.Kind]}}, false)
	for _, a := range s.attributes() {
		c := jsonComponent{named: s.named(a.ID, a.Name), Relation: map[string]any{"observation": struct{}{}}}
		if a.Codes != nil {
			c.Values = s.jsonCodes(a, at)
		} else {
			c.Format = map[string]string{"dataType": dataTypes[a.Kind]}
		}
		structure.Attributes = add(structure.Attributes, c, false)
	}
	return at, structure
}

// dataTypes are the names of the kinds in SDMX.
var dataTypes = map[Kind]string{Words: "String", Whole: "Integer", Moment: "ObservationalTimePeriod", Numeric: "Double"}

// add puts a component at the observations, or at their series.
func add(to map[string][]jsonComponent, c jsonComponent, atSeries bool) map[string][]jsonComponent {
	if to == nil {
		to = map[string][]jsonComponent{}
	}
	level := "observation"
	if atSeries {
		level = "series"
	}
	to[level] = append(to[level], c)
	return to
}

// jsonSeries adds the beginning of a series to a line: `"0:1:2":{"observations":{`.
func (s Set) jsonSeries(line []byte, at places, r Row, further bool) ([]byte, error) {
	if further {
		line = append(line, "}},"...)
	}
	line, err := s.jsonPlaces(append(line, '\n', '"'), at, s.keyed(), r)
	return append(line, `":{"observations":{`...), err
}

// jsonPlaces adds the places of a row's values in the lists of its dimensions.
func (s Set) jsonPlaces(line []byte, at places, dimensions []Component, r Row) ([]byte, error) {
	for i, d := range dimensions {
		place, known := at[d.ID][d.of(r)]
		if !known {
			return nil, fmt.Errorf("%s of %s %s is not in its list: %q", d.ID, r.Indicator, r.Period, d.of(r))
		}
		if i > 0 {
			line = append(line, ':')
		}
		line = strconv.AppendInt(line, int64(place), 10)
	}
	return line, nil
}

func (s Set) timeValues(at places) []timeValue {
	values := []timeValue{}
	at[timePeriod] = map[string]int{}
	for i, p := range s.periods {
		values = append(values, timeValue{p})
		at[timePeriod][p] = i
	}
	return values
}

func (s Set) jsonCodes(c Component, at places) []named {
	values := []named{}
	at[c.ID] = map[string]int{}
	for i, code := range c.Codes {
		values = append(values, s.named(code.ID, code.Name))
		at[c.ID][code.ID] = i
	}
	return values
}

// jsonObservation adds `0:1:2":[12.5,0,"words"]` to a line.
func (s Set) jsonObservation(line []byte, at places, r Row) ([]byte, error) {
	dimensions := s.Dimensions
	if s.ByTime {
		dimensions = []Component{s.component(timePeriod)}
	}
	line, err := s.jsonPlaces(line, at, dimensions, r)
	if err != nil {
		return nil, err
	}
	line = append(line, `":[`...)
	if r.Value == nil {
		line = append(line, "null"...)
	} else {
		line = append(line, Digits(r.Observation)...)
	}
	values := make([][]byte, len(s.attributes()))
	for i, a := range s.attributes() {
		var err error
		if values[i], err = jsonValue(a, at[a.ID], a.of(r)); err != nil {
			return nil, err
		}
	}
	for len(values) > 0 && slices.Equal(values[len(values)-1], null) { // what is not there at the end is left out
		values = values[:len(values)-1]
	}
	for _, v := range values {
		line = append(append(line, ','), v...)
	}
	return append(line, ']'), nil
}

var null = []byte("null")

func jsonValue(c Component, at map[string]int, text string) ([]byte, error) {
	switch {
	case text == "":
		return null, nil
	case c.Kind == Whole && c.Codes == nil:
		return []byte(text), nil
	case c.Codes == nil:
		return json.Marshal(text)
	}
	place, known := at[text]
	if !known {
		return nil, fmt.Errorf("%s %q is not in its list", c.ID, text)
	}
	return strconv.AppendInt(nil, int64(place), 10), nil
}
