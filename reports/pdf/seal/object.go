package seal

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"unicode/utf16"
)

// object is one numbered object: a dictionary's text, or a stream with it.
type object struct {
	text   []byte // of a stream: the entries of its dictionary, without brackets
	data   []byte
	stream bool
	plain  bool // the stream is not compressed: every reader finds it
}

// objects are the file's, the first has the number 1.
type objects []object

// reserve takes the next number.
func (o *objects) reserve() int {
	*o = append(*o, object{})
	return len(*o)
}

// add appends an object and returns its number.
func (o *objects) add(format string, args ...any) int {
	n := o.reserve()
	o.set(n, format, args...)
	return n
}

func (o objects) set(n int, format string, args ...any) {
	o[n-1] = object{text: fmt.Appendf(nil, format, args...)}
}

// addStream appends a stream with the entries of its dictionary.
func (o *objects) addStream(data []byte, format string, args ...any) int {
	n := o.add(format, args...)
	(*o)[n-1].data, (*o)[n-1].stream = data, true
	return n
}

// perStream is how many objects stand in one object stream.
const perStream = 200

// packed puts the objects that are no streams into object streams. It returns
// the file's streams by their numbers, and where each packed object stands.
func (o objects) packed() (streams []numbered, places []place) {
	places = make([]place, len(o)+1)
	var batch []int
	flush := func() {
		if len(batch) > 0 {
			streams = append(streams, numbered{object: o.pack(batch), members: batch})
			batch = nil
		}
	}
	for i, ob := range o {
		if ob.stream {
			streams = append(streams, numbered{object: ob, number: i + 1})
			continue
		}
		if batch = append(batch, i+1); len(batch) == perStream {
			flush()
		}
	}
	flush()
	next := len(o)
	for i := range streams {
		if streams[i].number > 0 {
			continue
		}
		next++
		streams[i].number = next
		places = append(places, place{})
		for at, n := range streams[i].members {
			places[n] = place{kind: 2, a: next, b: at}
		}
	}
	return streams, places
}

// place is an entry of the cross-reference stream (ISO 32000-1, 7.5.8.3).
type place struct{ kind, a, b int }

type numbered struct {
	object
	number  int
	members []int
}

// pack makes an object stream of some objects.
func (o objects) pack(members []int) object {
	var index, body bytes.Buffer
	for _, n := range members {
		fmt.Fprintf(&index, "%d %d ", n, body.Len())
		body.Write(o[n-1].text)
		body.WriteByte('\n')
	}
	head := fmt.Appendf(nil, "/Type/ObjStm/N %d/First %d", len(members), index.Len())
	return object{text: head, data: append(index.Bytes(), body.Bytes()...), stream: true}
}

// compressAll compresses streams, several at once, each by itself, so that the
// bytes don't depend on the number of workers.
func compressAll(streams []numbered) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			z := zlib.NewWriter(nil)
			for i := int(next.Add(1)) - 1; i < len(streams); i = int(next.Add(1)) - 1 {
				if s := &streams[i]; !s.plain {
					s.compress(z)
				}
			}
		})
	}
	workers.Wait()
}

func (o *object) compress(z *zlib.Writer) {
	var out bytes.Buffer
	z.Reset(&out)
	z.Write(o.data) // into memory
	z.Close()
	o.data = out.Bytes()
	o.text = append(slices.Clip(o.text), "/Filter/FlateDecode"...)
}

// write is a stream object as it stands in the file.
func (n *numbered) write(b *bytes.Buffer) {
	fmt.Fprintf(b, "%d 0 obj\n<<%s/Length %d>>\nstream\n", n.number, n.text, len(n.data))
	b.Write(n.data)
	b.WriteString("\nendstream\nendobj\n")
}

// literal writes bytes as a string of PDF.
func literal(s []byte) []byte {
	out := make([]byte, 0, len(s)+2)
	out = append(out, '(')
	for _, c := range s {
		switch c {
		case '(', ')', '\\':
			out = append(out, '\\', c)
		case '\r':
			out = append(out, '\\', 'r')
		default:
			out = append(out, c)
		}
	}
	return append(out, ')')
}

// words writes a text as a string of PDF: in ASCII, or else in UTF-16.
func words(s string) []byte {
	if !slices.ContainsFunc([]byte(s), func(c byte) bool { return c < ' ' || c > '~' }) {
		return literal([]byte(s))
	}
	b := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return literal(b)
}

// name writes a name of PDF, with what names may not have as #xx.
func name(s string) []byte {
	out := []byte{'/'}
	for i := range len(s) {
		if c := s[i]; '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '-' || c == '.' || c == '+' {
			out = append(out, c)
		} else {
			out = fmt.Appendf(out, "#%02X", c)
		}
	}
	return out
}

// appendNumber writes a length to a hundredth of a point.
func appendNumber(b []byte, v float64) []byte {
	return strconv.AppendFloat(b, float64(int64(v*100+1000000.5)-1000000)/100, 'f', -1, 64)
}

// rectangle writes four numbers in brackets.
func rectangle(values ...float64) []byte {
	b := []byte{'['}
	for i, v := range values {
		if i > 0 {
			b = append(b, ' ')
		}
		b = appendNumber(b, v)
	}
	return append(b, ']')
}
