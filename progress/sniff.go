package progress

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// How much a file of evidence takes.
const (
	LargestFile  = 20 << 20 // bytes
	longestName  = 120      // characters
	mostZipped   = 10_000   // files in one that is an archive
	mostUnzipped = 500 << 20
	mostRatio    = 200
)

// fileTypes are the types of file that evidence may have, by their extensions.
var fileTypes = map[string]string{
	".pdf":  "application/pdf",
	".png":  "image/png",
	".jpg":  "image/jpeg",
	".jpeg": "image/jpeg",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".odt":  "application/vnd.oasis.opendocument.text",
	".ods":  "application/vnd.oasis.opendocument.spreadsheet",
	".csv":  "text/csv; charset=utf-8",
	".txt":  "text/plain; charset=utf-8",
}

// sniff returns the type of a file by its content, which its name has to agree
// with. The key says why it is refused.
func sniff(name string, body []byte) (mediaType, problem string) {
	want, known := fileTypes[strings.ToLower(path.Ext(name))]
	switch {
	case len(body) == 0:
		return "", "evidence.error.empty"
	case len(body) > LargestFile:
		return "", "evidence.error.large"
	case !known:
		return "", "evidence.error.type"
	}
	found, problem := contentType(body)
	if problem != "" {
		return "", problem
	}
	if found == fileTypes[".txt"] && want == fileTypes[".csv"] {
		found = want // plain text says no more than that
	}
	if found != want {
		return "", "evidence.error.extension"
	}
	return found, ""
}

func contentType(body []byte) (mediaType, problem string) {
	switch found := http.DetectContentType(body); {
	case found == "application/pdf", found == "image/png", found == "image/jpeg":
		return found, ""
	case found == "application/zip":
		return zipType(body)
	case found == "text/plain; charset=utf-8" && utf8.Valid(body) && !bytes.ContainsRune(body, 0) && !markup(body):
		return found, ""
	}
	return "", "evidence.error.type"
}

// markup reports whether a text would be read as a page by a browser or a
// reader of XML: SVG without its usual head is plain text to the sniffer.
func markup(body []byte) bool {
	start := bytes.ToLower(bytes.TrimLeftFunc(body[:min(len(body), 4096)], func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' }))
	return bytes.HasPrefix(start, []byte("<")) || bytes.Contains(start, []byte("<svg")) || bytes.Contains(start, []byte("<script"))
}

// zipType tells office documents apart by the mark that each carries inside,
// looking no further than is safe.
func zipType(body []byte) (mediaType, problem string) {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return "", "evidence.error.broken"
	}
	if tooMuch(archive, len(body)) {
		return "", "evidence.error.bomb"
	}
	mark := readZipped(archive, "mimetype")
	for _, ext := range []string{".odt", ".ods"} {
		if mark == fileTypes[ext] {
			return mark, ""
		}
	}
	types := readZipped(archive, "[Content_Types].xml")
	for _, ext := range []string{".docx", ".xlsx", ".pptx"} {
		if strings.Contains(types, `"`+fileTypes[ext]+`.main+xml"`) && !strings.Contains(types, "vbaProject") {
			return fileTypes[ext], ""
		}
	}
	return "", "evidence.error.type"
}

// tooMuch reports whether unpacking an archive would yield out of all proportion
// to what it says it is.
func tooMuch(archive *zip.Reader, size int) bool {
	var packed, unpacked uint64
	for _, f := range archive.File {
		if f.UncompressedSize64 > mostUnzipped || f.CompressedSize64 > uint64(size) {
			return true
		}
		packed, unpacked = packed+f.CompressedSize64, unpacked+f.UncompressedSize64
	}
	return len(archive.File) > mostZipped || unpacked > mostUnzipped || unpacked > mostRatio*uint64(size) || packed > uint64(size)
}

// readZipped returns the beginning of a file in an archive.
func readZipped(archive *zip.Reader, name string) string {
	at := slices.IndexFunc(archive.File, func(f *zip.File) bool { return f.Name == name })
	if at < 0 {
		return ""
	}
	r, err := archive.File[at].Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, 1<<20)) // a broken one names no type
	return string(b)
}

// safeName returns the last part of a file's name without what could mislead a
// reader or a program: no path, no characters that are not seen.
func safeName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`"<>|:*?`, r) {
			return -1
		}
		return r
	}, norm.NFC.String(name))
	name = strings.Trim(name, ". ")
	ext := path.Ext(name)
	stem := []rune(strings.TrimSuffix(name, ext))
	if room := longestName - utf8.RuneCountInString(ext); room > 0 && len(stem) > room {
		stem = stem[:room]
	}
	return string(stem) + ext
}
