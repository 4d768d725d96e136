package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
)

// sealer finishes fpdf's file on its way out: it compresses the pages, several
// at once, says the version of PDF that the file has, and names the file by a
// hash of its contents. fpdf hands a whole file over in one Write.
type sealer struct {
	w    io.Writer
	hash hash.Hash
	at   int // bytes written
}

var errForm = errors.New("pdf: fpdf wrote a file of another form than expected")

func (s *sealer) Write(file []byte) (int, error) {
	objects, trailer, err := dissect(file)
	if err != nil {
		return 0, err
	}
	compressAll(objects)
	s.hash = sha256.New()
	if err := s.put([]byte("%PDF-1.7\n%µ¶\n")); err != nil {
		return 0, err
	}
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = s.at
		if err := s.put(o); err != nil {
			return 0, err
		}
	}
	return len(file), s.finish(offsets, trailer)
}

func (s *sealer) put(b []byte) error {
	s.hash.Write(b)
	n, err := s.w.Write(b)
	s.at += n
	return err
}

// finish writes the table of offsets and the trailer with the file's name.
func (s *sealer) finish(offsets []int, trailer []byte) error {
	id := s.hash.Sum(nil)[:16]
	start := s.at
	var b bytes.Buffer
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n%s/ID [<%x><%x>]\n>>\nstartxref\n%d\n%%%%EOF\n", trailer, id, id, start)
	return s.put(b.Bytes())
}

// dissect finds a file's objects through its table of offsets. The trailer
// comes without its closing brackets.
func dissect(file []byte) (objects [][]byte, trailer []byte, err error) {
	at := bytes.LastIndex(file, []byte("\nxref\n"))
	if at < 0 {
		return nil, nil, errForm
	}
	table, rest, ok := bytes.Cut(file[at+len("\nxref\n"):], []byte("trailer\n"))
	end := bytes.LastIndex(rest, []byte(">>\nstartxref"))
	if !ok || end < 0 {
		return nil, nil, errForm
	}
	offsets, err := readOffsets(table, at)
	if err != nil {
		return nil, nil, err
	}
	ends := append(slices.Sorted(slices.Values(offsets)), at+1)
	for _, from := range offsets {
		next, _ := slices.BinarySearch(ends, from+1)
		objects = append(objects, file[from:ends[next]])
	}
	return objects, rest[:end], nil
}

// readOffsets reads where each object begins, before the end of all.
func readOffsets(table []byte, end int) ([]int, error) {
	lines := bytes.Split(bytes.TrimRight(table, "\n"), []byte("\n"))
	if len(lines) < 3 {
		return nil, errForm
	}
	var offsets []int
	for _, line := range lines[2:] { // after the count and the free object
		offset, err := strconv.Atoi(string(line[:min(10, len(line))]))
		if err != nil || offset >= end {
			return nil, errForm
		}
		offsets = append(offsets, offset)
	}
	return offsets, nil
}

// compressAll replaces plain streams by compressed ones. Each stream is
// compressed by itself, so that the bytes don't depend on the number of workers.
func compressAll(objects [][]byte) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			var out bytes.Buffer
			z := zlib.NewWriter(&out)
			for {
				i := int(next.Add(1)) - 1
				if i >= len(objects) {
					return
				}
				objects[i] = compress(objects[i], z, &out)
			}
		})
	}
	workers.Wait()
}

// compress returns an object with its stream compressed; an object without a
// plain stream stays as it is.
func compress(object []byte, z *zlib.Writer, out *bytes.Buffer) []byte {
	head, rest, _ := bytes.Cut(object, []byte("\n"))
	if !bytes.HasPrefix(rest, []byte("<</Length ")) {
		return object
	}
	dict, data, ok := bytes.Cut(rest, []byte(">>\nstream\n"))
	if !ok || bytes.IndexByte(dict[2:], '/') != bytes.LastIndexByte(dict[2:], '/') {
		return object
	}
	data = bytes.TrimSuffix(data, []byte("\nendstream\nendobj\n"))
	out.Reset()
	z.Reset(out)
	z.Write(data) // into memory
	z.Close()
	sealed := make([]byte, 0, len(head)+out.Len()+80)
	sealed = fmt.Appendf(sealed, "%s\n<</Filter /FlateDecode /Length %d>>\nstream\n", head, out.Len())
	sealed = append(sealed, out.Bytes()...)
	return append(sealed, "\nendstream\nendobj\n"...)
}
