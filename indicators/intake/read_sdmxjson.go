package intake

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// ReadSDMXJSON reads a data message of SDMX-JSON 1.0, 2.0 or 2.1. The structure
// that its indexes point into may stand after the data, so it is looked for first.
func ReadSDMXJSON(file io.ReadSeeker, o Options) (*Reading, error) {
	m := &jsonMessage{file: file, names: Names{}, language: o.Language}
	if err := m.each(m.structurePart); err != nil {
		return nil, err
	}
	if len(m.structures) == 0 {
		return nil, fault.New(fault.Invalid, "import.no_data_message", "there is no structure")
	}
	return &Reading{Format: SDMXJSON, Rows: m.rows, Names: m.names}, nil
}

// jsonMessage is a message on its way through the decoder.
type jsonMessage struct {
	file       io.ReadSeeker
	d          *json.Decoder
	bounded    *boundedReader
	language   string
	names      Names
	structures []jsonStructure
	yield      func(*Row, error) bool
	row        Row
	count      int
}

// jsonStructure says what the indexes of a data set mean.
type jsonStructure struct {
	Dimensions jsonLevels `json:"dimensions"`
	Measures   jsonLevels `json:"measures"`
	Attributes jsonLevels `json:"attributes"`
}

type jsonLevels struct {
	DataSet     []jsonComponent `json:"dataSet"`
	Group       []jsonComponent `json:"dimensionGroup"`
	Series      []jsonComponent `json:"series"`
	Observation []jsonComponent `json:"observation"`
}

type jsonComponent struct {
	ID     string            `json:"id"`
	Name   string            `json:"name"`
	Names  map[string]string `json:"names"`
	Values []jsonValue       `json:"values"`
	column *Column
}

type jsonValue struct {
	ID    string            `json:"id"`
	Value any               `json:"value"`
	Name  string            `json:"name"`
	Names map[string]string `json:"names"`
}

// text is what the value is known by.
func (v jsonValue) text() string {
	if v.ID == "" && v.Value != nil {
		return jsonText(v.Value)
	}
	return v.ID
}

// errEnd ends the reading of a message when nobody wants more.
var errEnd = errors.New("enough was read")

// each goes through the members of the message, and of its data, by their names.
func (m *jsonMessage) each(part func(name string) error) error {
	if _, err := m.file.Seek(0, io.SeekStart); err != nil {
		return unreadable(err)
	}
	m.bounded = &boundedReader{r: withoutMark(m.file), left: maxRecord}
	m.d = json.NewDecoder(m.bounded)
	m.d.UseNumber()
	err := m.members(func(name string) error {
		if name == "data" {
			return m.members(part)
		}
		return part(name)
	})
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fault.New(fault.Invalid, "import.broken", "the JSON ends too early")
	}
	if err != nil && fault.KindOf(err) != fault.Invalid && !errors.Is(err, errEnd) {
		var syntax *json.SyntaxError
		var kind *json.UnmarshalTypeError
		if errors.As(err, &syntax) || errors.As(err, &kind) {
			return fault.New(fault.Invalid, "import.broken", "read JSON: %w", err)
		}
	}
	return err
}

// withoutMark leaves out the mark of an encoding that some programs write first.
func withoutMark(r io.ReadSeeker) io.Reader {
	mark := make([]byte, 3)
	if n, _ := io.ReadFull(r, mark); n < 3 || string(mark) != "\ufeff" {
		_, _ = r.Seek(0, io.SeekStart)
	}
	return r
}

func (m *jsonMessage) token() (json.Token, error) {
	t, err := m.d.Token()
	m.bounded.left = maxRecord
	return t, err
}

// open reads the delimiter of an object or array; false for null.
func (m *jsonMessage) open(delim json.Delim) (bool, error) {
	t, err := m.token()
	if err != nil || t == nil {
		return false, err
	}
	if t != delim {
		return false, fault.New(fault.Invalid, "import.broken", "%v where %v was expected, after %d bytes", t, delim, m.d.InputOffset())
	}
	return true, nil
}

// members calls do for each member of the object that follows; do reads its value.
func (m *jsonMessage) members(do func(name string) error) error {
	if there, err := m.open('{'); err != nil || !there {
		return err
	}
	for m.d.More() {
		t, err := m.token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		if err := do(name); err != nil {
			return err
		}
	}
	_, err := m.token()
	return err
}

// items calls do for each item of the array that follows.
func (m *jsonMessage) items(do func(n int) error) error {
	if there, err := m.open('['); err != nil || !there {
		return err
	}
	for n := 0; m.d.More(); n++ {
		if err := do(n); err != nil {
			return err
		}
	}
	_, err := m.token()
	return err
}

// skip passes over a value of any size.
func (m *jsonMessage) skip() error {
	for depth := 0; ; {
		t, err := m.token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > maxDepth {
				return fault.New(fault.Invalid, "import.too_deep", "values within values, %d deep", depth)
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

func (m *jsonMessage) structurePart(name string) error {
	m.bounded.left = maxRecord
	switch name {
	case "structure":
		var one jsonStructure
		if err := m.d.Decode(&one); err != nil {
			return err
		}
		m.structures = []jsonStructure{one}
	case "structures":
		if err := m.d.Decode(&m.structures); err != nil {
			return err
		}
	default:
		return m.skip()
	}
	for i := range m.structures {
		if n := m.structures[i].width(); n > maxColumns {
			return fault.New(fault.Invalid, "import.too_wide", "%d dimensions and attributes", n)
		}
		m.structures[i].name(m)
	}
	return nil
}

// width counts what an observation can say.
func (s *jsonStructure) width() (n int) {
	for _, l := range []jsonLevels{s.Dimensions, s.Measures, s.Attributes} {
		n += len(l.DataSet) + len(l.Group) + len(l.Series) + len(l.Observation)
	}
	return n
}

// name finds out what each component says, and keeps the names of its values.
func (s *jsonStructure) name(m *jsonMessage) {
	for _, level := range [][]jsonComponent{s.Dimensions.DataSet, s.Dimensions.Series, s.Dimensions.Observation} {
		for i := range level {
			level[i].settle(m, true)
		}
	}
	for _, level := range [][]jsonComponent{s.Attributes.DataSet, s.Attributes.Group, s.Attributes.Series, s.Attributes.Observation, s.Measures.Observation} {
		for i := range level {
			level[i].settle(m, false)
		}
	}
}

func (c *jsonComponent) settle(m *jsonMessage, keyed bool) {
	c.column = sdmxColumn(c.ID, keyed)
	m.name("text:"+c.ID, c.Name, c.Names)
	for _, v := range c.Values {
		m.name("code:"+c.ID+":"+v.ID, v.Name, v.Names)
	}
}

func (m *jsonMessage) name(key, name string, names map[string]string) {
	if len(names) == 0 && name != "" {
		names = map[string]string{m.language: name}
	}
	if len(names) > 0 {
		m.names[key] = i18n.Text(names)
	}
}

func (m *jsonMessage) rows(yield func(*Row, error) bool) {
	m.yield, m.count = yield, 0
	err := m.each(func(name string) error {
		if name != "dataSets" {
			return m.skip()
		}
		return m.items(func(int) error { return m.dataSet() })
	})
	if err != nil && !errors.Is(err, errEnd) {
		yield(nil, err)
	}
}

// dataSet reads one data set. Its attributes and structure must stand before its
// values, as all programs write them.
func (m *jsonMessage) dataSet() error {
	structure := m.structures[0]
	var own []Field
	return m.members(func(name string) error {
		switch name {
		case "structure":
			var n int
			if err := m.d.Decode(&n); err != nil {
				return err
			}
			if n < 0 || n >= len(m.structures) {
				return fault.New(fault.Invalid, "import.broken", "there is no structure %d", n)
			}
			structure = m.structures[n]
			return nil
		case "action":
			var action string
			if err := m.d.Decode(&action); err != nil {
				return err
			}
			own = append(own, Field{Column: sdmxColumn("ACTION", false), Value: action})
			return nil
		case "attributes":
			fields, err := m.attributes(structure.Attributes.DataSet)
			own = append(own, fields...)
			return err
		case "series":
			return m.members(func(key string) error { return m.series(structure, key, structure.whole(own)) })
		case "observations":
			return m.members(func(key string) error {
				fields, err := keyFields(structure.Dimensions.Observation, key, structure.whole(own))
				if err != nil {
					return err
				}
				return m.observation(structure, fields)
			})
		}
		return m.skip()
	})
}

// whole adds the dimensions that have one value in all of a data set.
func (s jsonStructure) whole(own []Field) []Field {
	for _, c := range s.Dimensions.DataSet {
		if len(c.Values) == 1 {
			own = append(own[:len(own):len(own)], Field{Column: c.column, Value: c.Values[0].text(), Label: c.Values[0].Name})
		}
	}
	return own
}

func (m *jsonMessage) series(structure jsonStructure, key string, own []Field) error {
	fields, err := keyFields(structure.Dimensions.Series, key, own)
	if err != nil {
		return err
	}
	return m.members(func(name string) error {
		switch name {
		case "attributes":
			said, err := m.attributes(structure.Attributes.Series)
			fields = append(fields, said...)
			return err
		case "observations":
			return m.members(func(key string) error {
				all, err := keyFields(structure.Dimensions.Observation, key, fields)
				if err != nil {
					return err
				}
				return m.observation(structure, all)
			})
		}
		return m.skip()
	})
}

// keyFields reads a key, "0:3:1", as the values that it points to.
func keyFields(components []jsonComponent, key string, own []Field) ([]Field, error) {
	fields := own[:len(own):len(own)]
	if len(components) == 0 {
		return fields, nil
	}
	for i, index := range strings.Split(key, ":") {
		n, err := strconv.Atoi(index)
		if i >= len(components) || err != nil || n < 0 || n >= len(components[i].Values) {
			return nil, fault.New(fault.Invalid, "import.broken", "the key %q points to nothing", key)
		}
		v := components[i].Values[n]
		fields = append(fields, Field{Column: components[i].column, Value: v.text(), Label: v.Name})
	}
	return fields, nil
}

// attributes reads an array of indexes, or of values where none are listed.
func (m *jsonMessage) attributes(components []jsonComponent) ([]Field, error) {
	var fields []Field
	err := m.items(func(n int) error {
		var said any
		if err := m.d.Decode(&said); err != nil {
			return err
		}
		if n < len(components) {
			fields = components[n].say(fields, said)
		}
		return nil
	})
	return fields, err
}

// say adds what an attribute says.
func (c jsonComponent) say(fields []Field, said any) []Field {
	if number, is := said.(json.Number); is && len(c.Values) > 0 {
		if n, err := strconv.Atoi(number.String()); err == nil && n >= 0 && n < len(c.Values) {
			return append(fields, Field{Column: c.column, Value: c.Values[n].text(), Label: c.Values[n].Name})
		}
	}
	if names, is := said.(map[string]any); is { // a text in several languages
		for lang, word := range names {
			column := *c.column
			column.Language = lang
			fields = append(fields, Field{Column: &column, Value: jsonText(word)})
		}
		return fields
	}
	if said == nil {
		return fields
	}
	return append(fields, Field{Column: c.column, Value: jsonText(said)})
}

func jsonText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case []any:
		if len(v) == 1 {
			return jsonText(v[0])
		}
	}
	b, _ := json.Marshal(v)
	return string(b)
}

// observation reads an observation: its value, then its attributes.
func (m *jsonMessage) observation(structure jsonStructure, fields []Field) error {
	fields = fields[:len(fields):len(fields)]
	measures := max(1, len(structure.Measures.Observation))
	err := m.items(func(n int) error {
		var said any
		if err := m.d.Decode(&said); err != nil {
			return err
		}
		switch at := n - measures; {
		case n == 0:
			fields = append(fields, Field{Column: valueColumn, Value: jsonNumber(said)})
		case at >= 0 && at < len(structure.Attributes.Observation):
			fields = structure.Attributes.Observation[at].say(fields, said)
		}
		return nil
	})
	if err != nil {
		return err
	}
	m.count++
	m.row.Place.Row, m.row.Fields = m.count, fields
	if !m.yield(&m.row, nil) {
		return errEnd
	}
	return nil
}

var valueColumn = &Column{Name: "OBS_VALUE", Role: OfValue}

func jsonNumber(v any) string {
	if v == nil {
		return ""
	}
	return jsonText(v)
}
