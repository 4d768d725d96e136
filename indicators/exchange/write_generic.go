package exchange

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

const genericMessage = `<?xml version="1.0" encoding="UTF-8"?>
<mes:GenericData xmlns:mes="%[1]smessage" xmlns:gen="%[1]sdata/generic" xmlns:com="%[1]scommon">
<mes:Header><mes:ID>%[2]s</mes:ID><mes:Test>false</mes:Test><mes:Prepared>%[3]s</mes:Prepared><mes:Sender id="%[4]s"/><mes:Structure structureID="%[5]s" dimensionAtObservation="%[6]s"><com:Structure><Ref agencyID="%[4]s" id="%[5]s" version="%[7]s" class="DataStructure" package="datastructure"/></com:Structure></mes:Structure></mes:Header>
<mes:DataSet structureRef="%[5]s" action="Replace">
`

// writeGeneric writes an SDMX-ML 2.1 message of generic data: series with their
// observations by time, or each observation with all of its dimensions.
func writeGeneric(w io.Writer, s Set) error {
	at := allDimensions
	if s.ByTime {
		at = timePeriod
	}
	out := &xmlWriter{bufio.NewWriterSize(w, 1<<16)}
	fmt.Fprintf(out.w, genericMessage, namespace, s.messageID(), s.At.UTC().Format(time.RFC3339), s.Agency, StructureID, at, s.Version)
	series := ""
	err := s.dated(func(r Row) error {
		if key := s.series(r); s.ByTime && key != series {
			if series != "" {
				out.raw("</gen:Series>\n")
			}
			series = key
			out.raw("<gen:Series><gen:SeriesKey>")
			out.values(s.keyed(), r)
			out.raw("</gen:SeriesKey>\n")
		}
		if s.KeysOnly {
			return nil
		}
		out.raw("<gen:Obs>")
		if s.ByTime {
			out.raw(`<gen:ObsDimension value="`).text(s.component(timePeriod).of(r)).raw(`"/>`)
		} else {
			out.raw("<gen:ObsKey>")
			out.values(s.Dimensions, r)
			out.raw("</gen:ObsKey>")
		}
		if r.Value != nil {
			out.raw(`<gen:ObsValue value="`).text(Digits(r.Observation)).raw(`"/>`)
		}
		if !s.DataOnly {
			out.raw("<gen:Attributes>")
			out.values(s.Attributes, r)
			out.raw("</gen:Attributes>")
		}
		out.raw("</gen:Obs>\n")
		return nil
	})
	if err != nil {
		return err
	}
	if series != "" {
		out.raw("</gen:Series>\n")
	}
	out.raw("</mes:DataSet>\n</mes:GenericData>\n")
	return out.w.Flush()
}

// xmlWriter writes XML by hand; the writer below keeps its first failure.
type xmlWriter struct{ w *bufio.Writer }

func (x *xmlWriter) raw(s string) *xmlWriter { _, _ = x.w.WriteString(s); return x }

func (x *xmlWriter) text(s string) *xmlWriter { _ = xml.EscapeText(x.w, []byte(s)); return x }

// values writes the values that a row has of components.
func (x *xmlWriter) values(components []Component, r Row) {
	for _, c := range components {
		if v := c.of(r); v != "" {
			x.raw(`<gen:Value id="`).text(c.ID).raw(`" value="`).text(v).raw(`"/>`)
		}
	}
}
