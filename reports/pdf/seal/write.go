package seal

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"slices"
)

// Writer seals what fpdf writes to it, in one piece, and writes the finished
// file to w.
func Writer(w io.Writer, f *File) io.Writer { return &sealer{File: f, w: w, hash: sha256.New()} }

// sealer builds the finished file around fpdf's pages.
type sealer struct {
	*File
	objects objects
	w       io.Writer
	hash    hash.Hash
	at      int // bytes written
}

func (s *sealer) Write(file []byte) (int, error) {
	d, err := dissect(file, len(s.Pages))
	if err != nil {
		return 0, err
	}
	catalog, info := s.build(d)
	streams, places := s.objects.packed()
	compressAll(streams)
	if err := s.put([]byte("%PDF-1.7\n%µ¶\n")); err != nil {
		return 0, err
	}
	var b bytes.Buffer
	for i := range streams {
		places[streams[i].number] = place{kind: 1, a: s.at}
		b.Reset()
		streams[i].write(&b)
		streams[i].data = nil
		if err := s.put(b.Bytes()); err != nil {
			return 0, err
		}
	}
	return len(file), s.finish(places, catalog, info)
}

// build lists all objects of the file.
func (s *sealer) build(d drawn) (catalog, info int) {
	s.objects = make(objects, pageNumber(len(s.Pages))-1)
	s.objects.set(1, "%s", d.tree)
	metadata := s.objects.addStream(s.xmp(), "/Type/Metadata/Subtype/XML")
	s.objects[metadata-1].plain = true
	tree, annots := s.structure()
	for i := range s.Pages {
		n := pageNumber(i)
		page := fmt.Appendf(slices.Clip(d.pages[i]), "/StructParents %d/Tabs/S", i)
		if len(annots[i]) > 0 {
			page = fmt.Appendf(page, "/Annots[%s]", annots[i])
		}
		s.objects.set(n, "%s>>", page)
		s.objects[n] = object{data: d.contents[i], stream: true}
	}
	s.objects.set(2, "<</Font<<%s>>>>", s.fonts())
	info = s.objects.add("%s", d.info)
	return s.catalog(metadata, tree), info
}

func (s *sealer) catalog(metadata, tree int) int {
	b := fmt.Appendf(nil, "<</Type/Catalog/Pages 1 0 R/PageLayout/OneColumn/Metadata %d 0 R/Lang%s"+
		"/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/ViewerPreferences<</DisplayDocTitle true>>"+
		"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile %d 0 R>>]",
		metadata, words(s.Lang), tree, s.objects.addStream(profile(), "/N 3"))
	if outline := s.outline(); outline > 0 {
		b = fmt.Appendf(b, "/Outlines %d 0 R/PageMode/UseOutlines", outline)
	}
	return s.objects.add("%s%s>>", b, s.attach())
}

func (s *sealer) put(b []byte) error {
	s.hash.Write(b)
	n, err := s.w.Write(b)
	s.at += n
	return err
}

// finish writes the cross-reference stream with the file's name, which is a hash
// of all that stands before it.
func (s *sealer) finish(places []place, catalog, info int) error {
	id := s.hash.Sum(nil)[:16]
	start, number := s.at, len(places)
	places = append(places, place{kind: 1, a: start})
	table := make([]byte, 0, 7*len(places))
	for i, p := range places {
		if i == 0 {
			p.b = 0xFFFF
		}
		table = append(table, byte(p.kind), byte(p.a>>24), byte(p.a>>16), byte(p.a>>8), byte(p.a), byte(p.b>>8), byte(p.b))
	}
	xref := []numbered{{number: number, object: object{stream: true, data: table,
		text: fmt.Appendf(nil, "/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%x><%x>]", len(places), catalog, info, id, id)}}}
	compressAll(xref)
	var b bytes.Buffer
	xref[0].write(&b)
	fmt.Fprintf(&b, "startxref\n%d\n%%%%EOF\n", start)
	return s.put(b.Bytes())
}
