package intake

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"gcm/internal/fault"
)

// ReadCSV reads a table in text: parted by commas, semicolons or tabs, in UTF-8,
// UTF-16 or Windows' Cyrillic and Western letters.
func ReadCSV(file io.ReadSeeker, o Options) (*Reading, error) {
	t, decimal, err := csvTable(Place{}, file, o)
	if err != nil {
		return nil, err
	}
	columns, err := t.columnsFor(o)
	if err != nil {
		return nil, err
	}
	return &Reading{Format: CSV, Header: t.header, Columns: columns, table: t, Rows: t.rows(columns), decimal: decimal}, nil
}

// csvTable opens a table in text and finds its head, and what parts decimals.
func csvTable(place Place, file io.ReadSeeker, o Options) (*table, string, error) {
	text, err := newText(file, o.Encoding)
	if err != nil {
		return nil, "", err
	}
	decimal := o.Decimal
	if decimal == "" && text.comma == ';' {
		decimal = preferComma
	}
	t, err := newTable(place, text.lines)
	return t, decimal, err
}

// textFile is a file of text whose encoding and separator are known.
type textFile struct {
	file    io.ReadSeeker
	decoder transform.Transformer // nil for UTF-8
	comma   rune
}

func newText(file io.ReadSeeker, encoding string) (*textFile, error) {
	t := &textFile{file: file}
	if encoding == "" {
		var err error
		if encoding, err = encodingOf(file); err != nil {
			return nil, err
		}
	}
	switch encoding {
	case "utf-8":
	case "utf-16":
		t.decoder = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case "windows-1251":
		t.decoder = charmap.Windows1251.NewDecoder()
	case "windows-1252":
		t.decoder = charmap.Windows1252.NewDecoder()
	default:
		return nil, fault.New(fault.Invalid, "import.encoding", "there is no encoding %q", encoding)
	}
	r, err := t.open()
	if err != nil {
		return nil, err
	}
	head, err := bufio.NewReaderSize(r, 1<<16).Peek(1 << 16)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(err)
	}
	t.comma = separatorOf(head)
	return t, nil
}

// open starts the text anew.
func (t *textFile) open() (io.Reader, error) {
	if _, err := t.file.Seek(0, io.SeekStart); err != nil {
		return nil, unreadable(err)
	}
	var r io.Reader = t.file
	if t.decoder != nil {
		t.decoder.Reset()
		r = transform.NewReader(r, t.decoder)
	}
	b := bufio.NewReaderSize(r, 1<<16)
	if mark, _ := b.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = b.Discard(3)
	}
	return b, nil
}

func unreadable(err error) error { return fault.New(fault.Invalid, "import.broken", "read: %w", err) }

// encodingOf reads the whole file: what is not UTF-8 may come late.
func encodingOf(file io.ReadSeeker) (string, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", unreadable(err)
	}
	r := bufio.NewReaderSize(file, 1<<16)
	if mark, _ := r.Peek(2); bytes.Equal(mark, []byte("\xff\xfe")) || bytes.Equal(mark, []byte("\xfe\xff")) {
		return "utf-16", nil
	}
	buf := make([]byte, 1<<16)
	kept, valid, pairs, high := 0, true, 0, 0
	var before byte
	for {
		n, err := r.Read(buf[kept:])
		chunk := buf[:kept+n]
		for _, c := range chunk[kept:] {
			if c >= 0x80 {
				high++
				if before >= 0x80 {
					pairs++
				}
			}
			before = c
		}
		if kept = 0; valid {
			for len(chunk) > 0 {
				letter, size := utf8.DecodeRune(chunk)
				if letter == utf8.RuneError && size == 1 {
					if err == nil && !utf8.FullRune(chunk) {
						break
					}
					valid = false
				}
				chunk = chunk[size:]
			}
			kept = copy(buf, chunk)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", unreadable(err)
		}
	}
	switch {
	case valid:
		return "utf-8", nil
	case pairs*2 > high: // Cyrillic words are of nothing but high bytes
		return "windows-1251", nil
	}
	return "windows-1252", nil
}

// separatorOf returns which separator parts the first rows most evenly.
func separatorOf(head []byte) rune {
	best, most := ',', 0
	for _, comma := range []rune{',', ';', '\t', '|'} {
		r := csv.NewReader(bytes.NewReader(head))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
		counts := map[int]int{}
		for range 30 {
			cells, err := r.Read()
			if err != nil {
				break
			}
			counts[len(cells)]++
		}
		for width, n := range counts {
			if score := (width - 1) * n; score > most {
				best, most = comma, score
			}
		}
	}
	return best
}

// lines yields the rows of the text.
func (t *textFile) lines(yield func(line, error) bool) {
	r, err := t.open()
	if err != nil {
		yield(line{}, err)
		return
	}
	bounded := &boundedReader{r: r, left: maxRecord}
	c := csv.NewReader(bounded)
	c.Comma, c.FieldsPerRecord, c.ReuseRecord, c.LazyQuotes = t.comma, -1, true, true
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil {
			err = checkCells(cells)
		}
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				err = unreadable(err)
			}
			yield(line{}, err)
			return
		}
		bounded.left = maxRecord
		at, _ := c.FieldPos(0)
		if !yield(line{at, cells}, nil) {
			return
		}
	}
}

// maxRecord is how many bytes one row of a text may have.
const maxRecord = 4 << 20

func checkCells(cells []string) error {
	for _, cell := range cells {
		if len(cell) > maxCell {
			return fault.New(fault.Invalid, "import.cell_too_large", "a cell of %d bytes", len(cell))
		}
		if strings.ContainsRune(cell, 0) {
			return fault.New(fault.Invalid, "import.not_text", "a cell holds NUL")
		}
	}
	return nil
}

// boundedReader fails when more is read at a stretch than one row may have.
type boundedReader struct {
	r    io.Reader
	left int
}

func (b *boundedReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fault.New(fault.Invalid, "import.cell_too_large", "a row of more than %d bytes", maxRecord)
	}
	n, err := b.r.Read(p)
	b.left -= n
	return n, err
}
