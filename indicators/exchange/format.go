package exchange

import (
	"io"
	"slices"
)

// Format is a format in which observations are written.
type Format struct {
	Code  string // as the command line and addresses name it: "sdmx-csv"
	File  string // what the file is called in a release: "data.sdmx.csv"
	Media string
	write func(w io.Writer, s Set) error
}

// tables are the formats of the figures and of their structure.
var tables = []Format{
	{"csv", "data.csv", "text/csv; charset=utf-8", writeCSV},
	{"xlsx", "data.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", writeXLSX},
	{"sdmx-csv", "data.sdmx-2.0.csv", "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8", writeSDMXCSV2},
	{"sdmx-csv-1.0", "data.sdmx-1.0.csv", "application/vnd.sdmx.data+csv; version=1.0.0; charset=utf-8", writeSDMXCSV1},
	{"sdmx-json", "data.sdmx.json", "application/vnd.sdmx.data+json; version=2.0.0; charset=utf-8", writeSDMXJSON},
	{"sdmx-structure", "structure.xml", "application/vnd.sdmx.structure+xml; version=2.1; charset=utf-8", writeStructureXML},
	{"sdmx-structure-json", "structure.json", "application/vnd.sdmx.structure+json; version=2.0.0; charset=utf-8", writeStructureJSON},
	{"datapackage", "datapackage.zip", "application/zip", writeDataPackage},
}

// messages are formats in which figures are sent and not kept.
var messages = []Format{
	{"sdmx-generic", "data.sdmx.xml", "application/vnd.sdmx.genericdata+xml; version=2.1; charset=utf-8", writeGeneric},
}

// Formats lists the formats in the order in which they are shown; the catalogue,
// which lists the others, comes last.
var Formats = append(slices.Clip(tables), Format{"dcat", "dcat.jsonld", "application/ld+json; charset=utf-8", writeDCAT})

// FormatOf finds a format by its code.
func FormatOf(code string) (Format, bool) {
	all := slices.Concat(Formats, messages)
	i := slices.IndexFunc(all, func(f Format) bool { return f.Code == code })
	if i < 0 {
		return Format{}, false
	}
	return all[i], true
}

// FormatOfFile finds a format by the name of its file.
func FormatOfFile(file string) (Format, bool) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.File == file })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}
