package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"gcm/internal/fault"
)

// The limits within which a stranger's file is read.
const (
	MaxFile    = 20 << 20  // bytes of the file
	maxUnzip   = 200 << 20 // bytes of all its parts
	maxParts   = 2000
	maxRows    = 20_000 // of a sheet, with something in them
	maxColumns = 200
	maxTexts   = 32 << 20 // bytes of the texts that cells share
)

// Limits are those within which a workbook is read.
type Limits struct {
	File, Unzip, Texts   int64 // bytes of the file, of all its parts, of the texts that cells share
	Parts, Rows, Columns int
}

// ofForms are the limits of forms that people fill in; OfData those of tables of data.
var (
	ofForms = Limits{MaxFile, maxUnzip, maxTexts, maxParts, maxRows, maxColumns}
	OfData  = Limits{File: 64 << 20, Unzip: 768 << 20, Texts: 48 << 20, Parts: 2000, Rows: 1_100_000, Columns: 2000}
)

// Workbook is a file that was opened.
type Workbook struct {
	limits  Limits
	parts   map[string]*zip.File
	sheets  []string          // names in order
	paths   map[string]string // name of a sheet → its part
	texts   []string          // that cells share
	dates   []bool            // by number of a style: it shows a date
	since04 bool              // days are counted from 1904
}

// Open opens a workbook that a person sent. What is no workbook, is protected by
// a password, damaged, too large or reaches for other files is a fault.Invalid
// whose key says which.
func Open(body []byte) (*Workbook, error) {
	return OpenWithin(bytes.NewReader(body), int64(len(body)), ofForms)
}

// OpenWithin is Open with limits of the caller's, of a file that need not be in
// memory.
func OpenWithin(file io.ReaderAt, size int64, limits Limits) (*Workbook, error) {
	head := make([]byte, 8)
	n, _ := file.ReadAt(head, 0)
	switch head = head[:n]; {
	case size > limits.File:
		return nil, fault.New(fault.Invalid, "sheet.too_large", "a workbook of %d bytes", size)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		body, err := io.ReadAll(io.NewSectionReader(file, 0, size))
		if err != nil {
			return nil, broken("read: %w", err)
		}
		return nil, oldOrEncrypted(body)
	case !bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil, fault.New(fault.Invalid, "sheet.not_a_workbook", "the file does not begin as a workbook")
	}
	z, err := zip.NewReader(file, size)
	if err != nil {
		return nil, broken("unzip: %w", err)
	}
	w := &Workbook{limits: limits, parts: map[string]*zip.File{}, paths: map[string]string{}}
	if err := w.inspect(z); err != nil {
		return nil, err
	}
	for _, read := range []func() error{w.readBook, w.readTexts, w.readStyles} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// Sheets returns the names of the sheets, hidden ones too, in order.
func (w *Workbook) Sheets() []string { return w.sheets }

// oldOrEncrypted tells a workbook of Excel 97 from one with a password: both are
// compound files.
func oldOrEncrypted(body []byte) error {
	name := []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
	if bytes.Contains(body, name) {
		return fault.New(fault.Invalid, "sheet.encrypted", "the workbook has a password")
	}
	return fault.New(fault.Invalid, "sheet.old_format", "a compound file that is no encrypted workbook")
}

func broken(format string, args ...any) error {
	for _, a := range args { // what is too large stays so
		if err, is := a.(error); is && fault.KindOf(err) == fault.Invalid {
			return err
		}
	}
	return fault.New(fault.Invalid, "sheet.broken", format, args...)
}

// inspect unpacks every part once, which shows its true size whatever the
// directory of the archive says, and refuses declarations with which XML names
// entities of its own or other files.
func (w *Workbook) inspect(z *zip.Reader) error {
	if len(z.File) > w.limits.Parts {
		return fault.New(fault.Invalid, "sheet.too_large", "a workbook of %d parts", len(z.File))
	}
	left := w.limits.Unzip
	for _, f := range z.File {
		part := &meter{left: left}
		if err := unpack(f, part); err != nil {
			return err
		}
		left = part.left
		w.parts[strings.TrimPrefix(f.Name, "/")] = f
	}
	return nil
}

func unpack(f *zip.File, into io.Writer) error {
	r, err := f.Open()
	if err != nil {
		return broken("open %s: %w", f.Name, err)
	}
	defer r.Close()
	if _, err := io.Copy(into, r); err != nil {
		if fault.KindOf(err) == fault.Invalid {
			return err
		}
		return broken("unpack %s: %w", f.Name, err)
	}
	return nil
}

// meter counts what is unpacked and looks for declarations, also across the
// borders of what it is given.
type meter struct {
	left int64
	tail []byte
}

func (m *meter) Write(b []byte) (int, error) {
	if m.left -= int64(len(b)); m.left < 0 {
		return 0, fault.New(fault.Invalid, "sheet.too_large", "the parts of the workbook are larger than what is read")
	}
	window := append(m.tail, b...)
	for _, declaration := range []string{"<!DOCTYPE", "<!ENTITY"} {
		if bytes.Contains(window, []byte(declaration)) {
			return 0, fault.New(fault.Invalid, "sheet.entity", "the workbook declares %s", declaration)
		}
	}
	m.tail = bytes.Clone(window[max(0, len(window)-len("<!DOCTYPE")):])
	return len(b), nil
}

// each reads a part as XML and hands over every element that begins. A part that
// is missing has none.
func (w *Workbook) each(part string, element func(d *xml.Decoder, e xml.StartElement) error) error {
	f, ok := w.parts[part]
	if !ok {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return broken("open %s: %w", part, err)
	}
	defer r.Close()
	stretch := &stretch{r: r}
	d := xml.NewDecoder(stretch)
	for {
		token, err := d.Token()
		stretch.read = 0
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && fault.KindOf(err) == fault.Invalid {
			return err
		}
		if err != nil {
			return broken("read %s: %w", part, err)
		}
		if e, begins := token.(xml.StartElement); begins {
			if err := element(d, e); err != nil {
				return err
			}
		}
	}
}

// maxStretch is how many bytes a row, or anything else that is read as one, may have.
const maxStretch = 16 << 20

// stretch refuses to read on when one thing does not end.
type stretch struct {
	r    io.Reader
	read int
}

func (s *stretch) Read(p []byte) (int, error) {
	if s.read > maxStretch {
		return 0, fault.New(fault.Invalid, "sheet.too_large", "a row of more than %d bytes", maxStretch)
	}
	n, err := s.r.Read(p)
	s.read += n
	return n, err
}

// readBook finds the sheets and their parts.
func (w *Workbook) readBook() error {
	const book = "xl/workbook.xml"
	targets := map[string]string{}
	err := w.each("xl/_rels/workbook.xml.rels", func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			targets[attribute(e, "Id")] = strings.TrimPrefix(target, "/")
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = w.each(book, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			w.since04 = isTrue(attribute(e, "date1904"))
		case "sheet":
			if len(w.sheets) >= w.limits.Parts {
				return fault.New(fault.Invalid, "sheet.too_large", "a workbook of more than %d sheets", w.limits.Parts)
			}
			name := attribute(e, "name")
			w.sheets = append(w.sheets, name)
			w.paths[name] = targets[relation(e)]
		}
		return nil
	})
	if err == nil && len(w.sheets) == 0 {
		return fault.New(fault.Invalid, "sheet.not_a_workbook", "the archive holds no sheets")
	}
	return err
}

// relation returns an element's r:id, whose namespace differs in strict files.
func relation(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && strings.HasSuffix(a.Name.Space, "/relationships") {
			return a.Value
		}
	}
	return ""
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" }

// readTexts reads the texts that cells share.
func (w *Workbook) readTexts() error {
	size := int64(0)
	return w.each("xl/sharedStrings.xml", func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := plain(d)
		if err != nil {
			return err
		}
		if size += int64(len(text)) + 16; size > w.limits.Texts {
			return fault.New(fault.Invalid, "sheet.too_large", "the texts of the workbook are larger than %d bytes", w.limits.Texts)
		}
		w.texts = append(w.texts, text)
		return nil
	})
}

// plain reads the text of the element that has begun, in all its differently
// formatted runs, without the readings of Japanese text.
func plain(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for depth, inText, aside := 1, false, 0; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return "", broken("read a text: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			if t.Name.Local == "rPh" {
				aside = depth
			}
			inText = t.Name.Local == "t" && aside == 0
		case xml.EndElement:
			if depth == aside {
				aside = 0
			}
			depth, inText = depth-1, false
		case xml.CharData:
			if inText {
				b.Write(t)
			}
		}
	}
	return unescape(b.String()), nil
}
