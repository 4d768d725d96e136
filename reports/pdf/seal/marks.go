package seal

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// Marks are what a file says of itself as an edition. Anybody can write them into
// a file: what is true stands in the register of editions.
type Marks struct {
	Document string // "review-2022-kk"
	Edition  int    // from 1; 0 when the file is no published edition
	Snapshot string // hash of the contents that it was made of
	URL      string // of the page that confirms it
}

// namespace is that of the marks in a file's metadata.
const namespace = "urn:gcm:edition:1"

// Bounds of reading a stranger's file.
const (
	mostRead   = 256 << 20 // bytes of a file that are looked at
	mostPacket = 64 << 10  // bytes of one packet of metadata
	mostMark   = 2000      // bytes of one mark
	mostTries  = 100       // beginnings of packets
)

// ErrNoMarks says that a file has no marks of an edition where this program
// writes them.
var ErrNoMarks = errors.New("pdf: the file says nothing of an edition")

var packetBegin, packetEnd = []byte("<?xpacket begin"), []byte("<?xpacket end")

// ReadMarks finds the marks in any file, whatever it is, without taking it for a
// sound PDF: it looks for packets of metadata, which this program leaves
// uncompressed near the file's beginning. It reads no more than it needs.
func ReadMarks(r io.Reader) (Marks, error) {
	r = io.LimitReader(r, mostRead)
	buf := make([]byte, 0, 2*mostPacket)
	for tries := 0; ; {
		n, err := io.ReadFull(r, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		ended := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !ended {
			return Marks{}, err
		}
		rest := buf
		for at := bytes.Index(rest, packetBegin); at >= 0; at = bytes.Index(rest, packetBegin) {
			rest = rest[at:]
			end := bytes.Index(rest[:min(len(rest), mostPacket)], packetEnd)
			if end < 0 && !ended && len(rest) < mostPacket {
				break // the packet goes on in what is not read yet
			}
			if tries++; tries > mostTries {
				return Marks{}, ErrNoMarks
			}
			if end >= 0 {
				if m, ok := parseMarks(rest[:end]); ok {
					return m, nil
				}
			}
			rest = rest[len(packetBegin):]
		}
		if ended {
			return Marks{}, ErrNoMarks
		}
		keep := len(packetBegin) - 1 // a beginning may be cut in two
		if bytes.HasPrefix(rest, packetBegin) {
			keep = len(rest)
		}
		buf = buf[:copy(buf, rest[max(len(rest)-keep, 0):])]
	}
}

// parseMarks reads a packet's elements of the namespace, each in one piece of
// text.
func parseMarks(packet []byte) (Marks, bool) {
	var m Marks
	var field string
	d := xml.NewDecoder(bytes.NewReader(packet))
	for {
		token, err := d.Token()
		if err != nil {
			return m, m.Edition > 0 && m.Snapshot != ""
		}
		switch token := token.(type) {
		case xml.StartElement:
			field = ""
			if token.Name.Space == namespace {
				field = token.Name.Local
			}
		case xml.EndElement:
			field = ""
		case xml.CharData:
			if len(token) <= mostMark {
				m.set(field, strings.TrimSpace(string(token)))
			}
		}
	}
}

func (m *Marks) set(field, value string) {
	switch field {
	case "document":
		m.Document = value
	case "edition":
		if n, err := strconv.Atoi(value); err == nil && n > 0 {
			m.Edition = n
		}
	case "snapshot":
		m.Snapshot = value
	case "url":
		m.URL = value
	}
}
