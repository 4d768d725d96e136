package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// plain is a file of one empty page in the form that fpdf writes.
func plain() []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(body string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	b.WriteString("%PDF-1.3\n")
	object("<</Type /Pages\n/Kids [3 0 R ]\n/Count 1\n/MediaBox [0 0 595.28 841.89]\n>>")
	object("<<\n/Font <<\n>>\n>>")
	object("<</Type /Page\n/Parent 1 0 R\n/Resources 2 0 R\n/Contents 4 0 R>>")
	object("<</Length 3>>\nstream\n2 J\nendstream")
	object("<<\n/CreationDate (D:20220429120000)\n>>")
	object("<<\n/Type /Catalog\n/Pages 1 0 R\n>>")
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<<\n/Size %d\n/Root 6 0 R\n/Info 5 0 R\n>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, at)
	return b.Bytes()
}

func onePage() *File {
	return &File{Title: "T", Lang: "kk", Date: time.Unix(0, 0), Elements: []Element{{}, {Role: "Document"}}, Pages: make([]Page, 1)}
}

func TestOnlyTheFormThatFpdfWritesIsSealed(t *testing.T) {
	var out bytes.Buffer
	if _, err := Writer(&out, onePage()).Write(plain()); err != nil || !bytes.HasPrefix(out.Bytes(), []byte("%PDF-1.7\n")) {
		t.Fatalf("%v: %.60q", err, out.Bytes())
	}
	for from, to := range map[string]string{
		"/Length 3": "/Length -3", "/Type /Pages": "/Type /Sheets", "/Type /Page\n": "/Type /Leaf\n", "endobj\n4": "endobj 4", "xref": "yref",
		"trailer": "other", "3 0 obj": "9 0 obj", "/CreationDate": "/Birthday", "\nendstream": "endstream",
	} {
		file := []byte(strings.Replace(string(plain()), from, to, 1))
		if bytes.Equal(file, plain()) {
			t.Fatalf("there is no %q", from)
		}
		if _, err := Writer(io.Discard, onePage()).Write(file); !errors.Is(err, errForm) {
			t.Errorf("with %q for %q: %v", to, from, err)
		}
	}
}

func TestOneBitChangesTheName(t *testing.T) {
	name := func(f *File) string {
		var out bytes.Buffer
		if _, err := Writer(&out, f).Write(plain()); err != nil {
			t.Fatal(err)
		}
		_, id, _ := strings.Cut(out.String(), "/ID[<")
		return id[:32]
	}
	other := onePage()
	other.Attachments = []Attachment{{Name: "a.csv", MIME: "text/csv", Data: []byte("1")}}
	third := onePage()
	third.Attachments = []Attachment{{Name: "a.csv", MIME: "text/csv", Data: []byte("3")}}
	if a, b, c := name(onePage()), name(other), name(third); a == b || b == c || a != name(onePage()) {
		t.Errorf("%s, %s, %s", a, b, c)
	}
}

// FuzzWriter seals anything: it may be refused, nothing may panic.
func FuzzWriter(f *testing.F) {
	f.Add(plain())
	f.Add([]byte("\nxref\n0 1\n0000000000 65535 f \n0000000000 00000 n \ntrailer\n"))
	f.Fuzz(func(t *testing.T, file []byte) { Writer(io.Discard, onePage()).Write(file) })
}

func FuzzNewFace(f *testing.F) {
	f.Add(make([]byte, 12))
	f.Fuzz(func(t *testing.T, file []byte) { NewFace("F", file) })
}
