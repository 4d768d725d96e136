package intake

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"gcm/internal/fault"
)

// The limits within which XML and JSON are read.
const (
	maxDepth  = 64
	maxGroups = 20_000
)

// ReadSDMXML reads a data message of SDMX-ML 2.1, generic or structure-specific,
// and the generic one of 2.0, which is still about.
func ReadSDMXML(file io.ReadSeeker, _ Options) (*Reading, error) {
	m := &sdmxMessage{file: file, columns: map[string]*Column{}}
	if err := m.rootOnly(); err != nil {
		return nil, err
	}
	return &Reading{Format: SDMXML, Rows: m.rows}, nil
}

// sdmxMessage is a data message on its way through the decoder.
type sdmxMessage struct {
	file    io.ReadSeeker
	columns map[string]*Column
	d       *xml.Decoder
	bounded *boundedReader

	atObservation string // what tells the observations of a series apart
	dataSet       []Field
	groups        []sdmxGroup
	series        []Field
	observation   []Field
	into          *[]Field // where a generic value belongs
	keyed         bool     // it is part of a key
	inTime        bool     // SDMX 2.0 has the period as text
	inSeries      bool
	inObservation bool
	inGroup       bool
	row           Row
}

// sdmxGroup holds what is said of all series with a partial key.
type sdmxGroup struct{ key, attributes []Field }

func (m *sdmxMessage) open() error {
	if _, err := m.file.Seek(0, io.SeekStart); err != nil {
		return unreadable(err)
	}
	m.bounded = &boundedReader{r: m.file, left: maxRecord}
	m.d = xml.NewDecoder(m.bounded)
	m.d.CharsetReader = func(charset string, input io.Reader) (io.Reader, error) {
		switch strings.ToLower(charset) {
		case "windows-1251":
			return charmap.Windows1251.NewDecoder().Reader(input), nil
		case "windows-1252", "iso-8859-1":
			return charmap.Windows1252.NewDecoder().Reader(input), nil
		}
		return nil, fault.New(fault.Invalid, "import.encoding", "XML in %q", charset)
	}
	m.atObservation = "TIME_PERIOD"
	m.dataSet, m.groups, m.series, m.observation = nil, nil, nil, nil
	m.inTime, m.inSeries, m.inObservation, m.inGroup, m.into = false, false, false, false, nil
	return nil
}

// token returns the next token; a declaration of entities is refused.
func (m *sdmxMessage) token() (xml.Token, error) {
	t, err := m.d.Token()
	m.bounded.left = maxRecord
	switch {
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case err != nil && fault.KindOf(err) == fault.Invalid:
		return nil, err
	case err != nil:
		return nil, fault.New(fault.Invalid, "import.broken", "read XML: %w", err)
	}
	if _, declares := t.(xml.Directive); declares {
		return nil, fault.New(fault.Invalid, "import.entity", "the file declares what XML of data need not")
	}
	return t, nil
}

// rootOnly looks whether the file is a message of data at all.
func (m *sdmxMessage) rootOnly() error {
	if err := m.open(); err != nil {
		return err
	}
	for {
		t, err := m.token()
		if errors.Is(err, io.EOF) {
			return fault.New(fault.Invalid, "import.empty", "there is no element")
		}
		if err != nil {
			return err
		}
		if e, begins := t.(xml.StartElement); begins {
			switch e.Name.Local {
			case "GenericData", "StructureSpecificData", "GenericTimeSeriesData", "StructureSpecificTimeSeriesData", "CompactData":
				return nil
			}
			return fault.New(fault.Invalid, "import.no_data_message", "the root is %s", e.Name.Local)
		}
	}
}

func (m *sdmxMessage) rows(yield func(*Row, error) bool) {
	if err := m.open(); err != nil {
		yield(nil, err)
		return
	}
	for depth := 0; ; {
		t, err := m.token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil {
			switch e := t.(type) {
			case xml.StartElement:
				if depth++; depth > maxDepth {
					err = fault.New(fault.Invalid, "import.too_deep", "elements within elements, %d deep", depth)
				} else {
					m.begin(e)
				}
			case xml.CharData:
				if m.inTime {
					m.observation = append(m.observation, Field{Column: m.column("TIME_PERIOD", true), Value: string(e)})
				}
			case xml.EndElement:
				depth--
				if !m.end(e, yield) {
					return
				}
			}
		}
		if err != nil {
			yield(nil, err)
			return
		}
	}
}

// begin takes in what an element's attributes say.
func (m *sdmxMessage) begin(e xml.StartElement) {
	switch e.Name.Local {
	case "Structure":
		if id := xmlAttribute(e, "dimensionAtObservation"); id != "" && id != "AllDimensions" {
			m.atObservation = id
		}
	case "DataSet":
		m.dataSet, m.groups, m.series = m.specific(nil, e, false), nil, nil
		if action := xmlAttribute(e, "action"); action != "" {
			m.dataSet = append(m.dataSet, Field{Column: m.column("ACTION", false), Value: action})
		}
	case "Group":
		m.inGroup = true
		m.observation = m.specific(m.observation[:0], e, true)
	case "Series":
		m.inSeries = true
		m.series = m.specific(m.series[:0], e, true)
	case "Obs":
		m.inObservation = true
		m.observation = m.specific(m.observation[:0], e, !m.inSeries)
	case "Value":
		m.generic(e)
	case "ObsDimension":
		id := xmlAttribute(e, "id")
		if id == "" {
			id = m.atObservation
		}
		m.observation = append(m.observation, Field{Column: m.column(id, true), Value: xmlAttribute(e, "value")})
	case "ObsValue":
		m.observation = append(m.observation, Field{Column: m.column("OBS_VALUE", false), Value: xmlAttribute(e, "value")})
	case "SeriesKey":
		m.keyed, m.into = true, &m.series
	case "ObsKey", "GroupKey":
		m.keyed, m.into = true, &m.observation
	case "Attributes":
		m.keyed = false
		switch {
		case m.inObservation || m.inGroup:
			m.into = &m.observation
		case m.inSeries:
			m.into = &m.series
		default:
			m.into = &m.dataSet
		}
	case "Time":
		m.inTime = true
	}
}

// specific takes the attributes of a structure-specific element, which are named
// by their concepts.
func (m *sdmxMessage) specific(into []Field, e xml.StartElement, keyed bool) []Field {
	for _, a := range e.Attr {
		if a.Name.Space != "" || a.Name.Local == "xmlns" || a.Name.Local == "action" || a.Name.Local == "REPORTING_YEAR_START_DAY" {
			continue
		}
		if e.Name.Local == "DataSet" && !upperCase(a.Name.Local) { // of the message, not of the data
			continue
		}
		if len(into) >= maxColumns {
			break
		}
		into = append(into, Field{Column: m.column(a.Name.Local, keyed || a.Name.Local == m.atObservation), Value: a.Value})
	}
	return into
}

func upperCase(s string) bool { return s == strings.ToUpper(s) }

// generic takes a value that names its concept.
func (m *sdmxMessage) generic(e xml.StartElement) {
	id := xmlAttribute(e, "id")
	if id == "" {
		id = xmlAttribute(e, "concept") // of SDMX 2.0
	}
	if m.into != nil && id != "" && len(*m.into) < maxColumns {
		*m.into = append(*m.into, Field{Column: m.column(id, m.keyed), Value: xmlAttribute(e, "value")})
	}
}

// column returns the column of a concept. What is no part of a key and has no
// known name is an attribute that the register has no place for.
func (m *sdmxMessage) column(id string, keyed bool) *Column {
	name := id
	if keyed {
		name = "*" + id
	}
	if c := m.columns[name]; c != nil {
		return c
	}
	c := sdmxColumn(id, keyed)
	if len(m.columns) < maxColumns*2 {
		m.columns[strings.Clone(name)] = c
	}
	return c
}

// sdmxColumn says what a concept of SDMX says.
func sdmxColumn(id string, keyed bool) *Column {
	c := columnOf(id)
	switch {
	case c.Role == Pivot, c.Role == Dimension && !keyed:
		c = Column{Name: id}
		if keyed {
			c.Role, c.Dimension = Dimension, id
		}
	}
	return &c
}

func (m *sdmxMessage) end(e xml.EndElement, yield func(*Row, error) bool) bool {
	switch e.Name.Local {
	case "SeriesKey", "GroupKey", "ObsKey", "Attributes":
		m.keyed, m.into = false, nil
	case "Group":
		m.inGroup = false
		m.endGroup()
	case "Series":
		m.inSeries, m.series = false, m.series[:0]
	case "Time":
		m.inTime = false
	case "Obs":
		m.inObservation = false
		line, _ := m.d.InputPos()
		m.row.Place.Row = line
		m.row.Fields = append(m.row.Fields[:0], m.observation...)
		m.row.Fields = m.inherit(m.row.Fields, m.series)
		for _, g := range m.groups {
			if g.holds(m.row.Fields) {
				m.row.Fields = m.inherit(m.row.Fields, g.attributes)
			}
		}
		m.row.Fields = m.inherit(m.row.Fields, m.dataSet)
		m.observation = m.observation[:0]
		return yield(&m.row, nil)
	}
	return true
}

// inherit adds what is said higher up and not said of the observation itself.
func (m *sdmxMessage) inherit(fields, from []Field) []Field {
	own := len(fields)
next:
	for _, f := range from {
		for _, there := range fields[:own] {
			if there.Column.Name == f.Column.Name {
				continue next
			}
		}
		fields = append(fields, f)
	}
	return fields
}

// endGroup parts what a group says into its key and the rest.
func (m *sdmxMessage) endGroup() {
	if len(m.groups) >= maxGroups {
		return
	}
	var g sdmxGroup
	for _, f := range m.observation {
		if f.Column.Role == Dimension || f.Column.Role == OfIndicator || f.Column.Role == OfSeries || f.Column.Role == OfArea || f.Column.Role == OfReportingType {
			g.key = append(g.key, f)
		} else {
			g.attributes = append(g.attributes, f)
		}
	}
	if len(g.attributes) > 0 {
		m.groups = append(m.groups, g)
	}
	m.observation = m.observation[:0]
}

func (g sdmxGroup) holds(fields []Field) bool {
next:
	for _, k := range g.key {
		for _, f := range fields {
			if f.Column.Name == k.Column.Name {
				if f.Value == k.Value {
					continue next
				}
				return false
			}
		}
		return false
	}
	return true
}

func xmlAttribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
