package seal

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

var errForm = errors.New("pdf: fpdf wrote a file of another form than expected")

// drawn are the parts of fpdf's file that stay: its pages with their contents,
// under the numbers that they have there, and what the file says about itself.
type drawn struct {
	pages    [][]byte // dictionaries, without the closing brackets
	contents [][]byte
	tree     []byte // of pages
	info     []byte
}

// fpdf numbers its objects so: 1 is the tree of pages, 2 their resources, then
// each page and its contents in turn.
func pageNumber(page int) int { return 3 + 2*page }

// dissect takes fpdf's file to pieces and accepts no other form than the one
// that fpdf writes without fonts, links and bookmarks.
func dissect(file []byte, pages int) (drawn, error) {
	var d drawn
	all, err := bodies(file)
	if err != nil {
		return d, err
	}
	if len(all) != 2+2*pages+2 { // and Info, Catalog
		return d, fmt.Errorf("%w: %d objects for %d pages", errForm, len(all), pages)
	}
	d.tree, d.info = all[0], all[len(all)-2]
	for i := range pages {
		page, isPage := bytes.CutSuffix(all[pageNumber(i)-1], []byte(">>"))
		content, isStream := stream(all[pageNumber(i)])
		if !isPage || !isStream || !bytes.HasPrefix(page, []byte("<</Type /Page\n")) {
			return d, fmt.Errorf("%w: page %d", errForm, i+1)
		}
		d.pages = append(d.pages, page)
		d.contents = append(d.contents, content)
	}
	if !bytes.HasPrefix(d.tree, []byte("<</Type /Pages")) || !bytes.Contains(d.info, []byte("/CreationDate")) {
		return d, errForm
	}
	return d, nil
}

// stream is the data of an uncompressed stream object.
func stream(body []byte) ([]byte, bool) {
	dict, data, ok := bytes.Cut(body, []byte(">>\nstream\n"))
	length, err := strconv.Atoi(string(bytes.TrimPrefix(dict, []byte("<</Length "))))
	if !ok || err != nil || length < 0 || length > len(data) || string(data[length:]) != "\nendstream" {
		return nil, false
	}
	return data[:length], true
}

// bodies finds a file's objects through its table of offsets.
func bodies(file []byte) ([][]byte, error) {
	at := bytes.LastIndex(file, []byte("\nxref\n"))
	if at < 0 {
		return nil, errForm
	}
	table, _, ok := bytes.Cut(file[at+len("\nxref\n"):], []byte("trailer\n"))
	if !ok {
		return nil, errForm
	}
	offsets, err := readOffsets(table, at)
	if err != nil {
		return nil, err
	}
	ends := append(slices.Sorted(slices.Values(offsets)), at+1)
	out := make([][]byte, len(offsets))
	for i, from := range offsets {
		next, _ := slices.BinarySearch(ends, from+1)
		body, begins := bytes.CutPrefix(file[from:ends[next]], fmt.Appendf(nil, "%d 0 obj\n", i+1))
		body, ended := bytes.CutSuffix(body, []byte("\nendobj\n"))
		if !begins || !ended {
			return nil, fmt.Errorf("%w: object %d", errForm, i+1)
		}
		out[i] = body
	}
	return out, nil
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
		if err != nil || offset < 0 || offset >= end {
			return nil, errForm
		}
		offsets = append(offsets, offset)
	}
	return offsets, nil
}
