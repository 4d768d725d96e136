package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"gcm/internal/fault"
)

// MaxUpload is how many bytes an uploaded file may have.
const MaxUpload = 64 << 20

// Read opens a source in the format that the options name, or that its content shows.
func Read(src Source, o Options) (*Reading, error) {
	format := o.Format
	if format == "" {
		var err error
		if format, err = Detect(src); err != nil {
			return nil, err
		}
	}
	if o.Language == "" {
		o.Language = "en"
	}
	switch {
	case format == OpenSDG:
		folder := src.Folder
		if folder == nil {
			archive, err := openArchive(src)
			if err != nil {
				return nil, err
			}
			folder = archive
		}
		return ReadOpenSDG(folder, o)
	case src.File == nil:
		return nil, fault.New(fault.Invalid, "import.folder", "a folder is not read as %s", format)
	}
	switch format {
	case CSV, SDMXCSV, UNSDG:
		reading, err := ReadCSV(src.File, o)
		if err == nil {
			reading.Format = format
		}
		return reading, err
	case XLSX:
		return ReadXLSX(src.File, src.Size, o)
	case SDMXML:
		return ReadSDMXML(src.File, o)
	case SDMXJSON:
		return ReadSDMXJSON(src.File, o)
	}
	return nil, fault.New(fault.Invalid, "import.format", "there is no format %q", format)
}

// Detect tells the format of a source by its content.
func Detect(src Source) (Format, error) {
	if src.Folder != nil {
		return OpenSDG, nil
	}
	head := make([]byte, 4096)
	n, err := src.File.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", unreadable(err)
	}
	head = head[:n]
	bare := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case len(bare) == 0:
		return "", fault.New(fault.Invalid, "import.empty", "the file is empty")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return inArchive(src)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")):
		return XLSX, nil // whose reader says what is wrong with it
	case bare[0] == '<':
		return SDMXML, nil
	case bare[0] == '{':
		return SDMXJSON, nil
	case bytes.IndexByte(head, 0) >= 0 && !bytes.HasPrefix(head, []byte("\xff\xfe")) && !bytes.HasPrefix(head, []byte("\xfe\xff")):
		return "", fault.New(fault.Invalid, "import.format", "the file is none of the formats")
	}
	return ofTable(string(head)), nil
}

// ofTable tells tables in text by the names in their head.
func ofTable(head string) Format {
	first, _, _ := strings.Cut(strings.TrimPrefix(head, "\ufeff"), "\n")
	names := strings.FieldsFunc(strings.ToUpper(first), func(r rune) bool { return strings.ContainsRune(",;\t\"\r", r) })
	has := func(name string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return n == name || strings.HasPrefix(n, name+":") })
	}
	switch {
	case has("SERIESCODE") && has("GEOAREACODE"):
		return UNSDG
	case has("DATAFLOW") || has("STRUCTURE"):
		return SDMXCSV
	}
	return CSV
}

// inArchive tells a workbook from an archive of a folder.
func inArchive(src Source) (Format, error) {
	z, err := zip.NewReader(src.File, src.Size)
	if err != nil {
		return "", unreadable(err)
	}
	for _, f := range z.File {
		if f.Name == "[Content_Types].xml" || strings.HasPrefix(f.Name, "xl/") {
			return XLSX, nil
		}
	}
	return OpenSDG, nil
}

// maxUnpacked is how many bytes the files of an archive may have together.
const maxUnpacked = 512 << 20

// maxName is how many bytes the name of a file of an archive may have: each folder
// in it is one more to look through.
const maxName = 1000

// openArchive opens an archive of a folder, within limits; what its directory says
// of sizes is checked again by the reading of each file.
func openArchive(src Source) (*zip.Reader, error) {
	z, err := zip.NewReader(src.File, src.Size)
	if err != nil {
		return nil, unreadable(err)
	}
	var all uint64
	longest := 0
	for _, f := range z.File {
		all += min(f.UncompressedSize64, maxUnpacked+1) // two sizes of half of all numbers make none
		longest = max(longest, len(f.Name))
	}
	if all > maxUnpacked || longest > maxName || len(z.File) > 2*maxFolderFiles {
		return nil, fault.New(fault.Invalid, "import.too_large", "an archive of %d files and %d bytes", len(z.File), all)
	}
	return z, nil
}
