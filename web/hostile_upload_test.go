package web

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode"

	"gcm/progress"
)

// besieged is a round on SQLite alone: what is refused does not reach a database.
func besieged(t *testing.T) (r *round, entry string) {
	t.Helper()
	conn := country.SQLite(t)
	r = roundUnderWay(t, open(t, config(t, conn)))
	return r, r.contributor.begin(t, progress.KindProgress, "e-visa")
}

// oneFile is an archive of one file, packed as given and said to be of the size.
func oneFile(t testing.TB, name string, packed []byte, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	f, err := archive.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(size)})
	if err == nil {
		_, err = f.Write(packed)
	}
	if err == nil {
		err = archive.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// gigabyte is a gigabyte of zeros in a megabyte.
func gigabyte(t testing.TB) []byte {
	t.Helper()
	var part bytes.Buffer
	w, err := flate.NewWriter(&part, flate.BestCompression)
	if err == nil {
		_, err = w.Write(make([]byte, 8<<20))
	}
	if err == nil {
		err = w.Flush() // ends at a byte, so that the part can be repeated
	}
	if err != nil {
		t.Fatal(err)
	}
	return append(bytes.Repeat(part.Bytes(), 128), 1, 0, 0, 0xff, 0xff)
}

// overlapping is an archive in which a file is listed many times, each time the
// same bytes.
func overlapping(t testing.TB, times int) []byte {
	t.Helper()
	body := oneFile(t, "[Content_Types].xml", gigabyte(t)[:64<<10], 64<<20)
	end := bytes.LastIndex(body, []byte("PK\x05\x06"))
	from := binary.LittleEndian.Uint32(body[end+16:])
	listed, tail := body[from:end], bytes.Clone(body[end:])
	binary.LittleEndian.PutUint16(tail[8:], uint16(times))
	binary.LittleEndian.PutUint16(tail[10:], uint16(times))
	binary.LittleEndian.PutUint32(tail[12:], uint32(times*len(listed)))
	return append(append(bytes.Clone(body[:from]), bytes.Repeat(listed, times)...), tail...)
}

// ASVS 5.2.2, 5.2.3
func TestArchiveThatIsNoDocumentIsRefusedAtBothDoors(t *testing.T) {
	r, entry := besieged(t)
	for name, body := range map[string][]byte{
		"a gigabyte of zeros":                     oneFile(t, "[Content_Types].xml", gigabyte(t), 1<<30),
		"a gigabyte said to be a thousand bytes":  oneFile(t, "[Content_Types].xml", gigabyte(t), 1000),
		"one file listed a thousand times":        overlapping(t, 1000),
		"a bomb within an archive":                nested(t, bomb(t)),
		"an archive cut in the middle":            bomb(t)[:1000],
		"an archive with a path outside":          oneFile(t, "../../../etc/passwd", []byte{1, 0, 0, 0xff, 0xff}, 0),
		"a workbook that is an old compound file": []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and nothing else"),
	} {
		begun := time.Now()
		for door, w := range map[string]*httptest.ResponseRecorder{
			"evidence": r.contributor.upload(t, entry+"/evidence", "table.xlsx", body, described...),
			"forms":    r.contributor.sendFile("/work/forms", "file", "table.xlsx", body),
		} {
			if w.Code != http.StatusUnprocessableEntity {
				t.Errorf("%s answers %d at %s", name, w.Code, door)
			}
		}
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("%s takes %s", name, took)
		}
	}
	r.keeps(t, 0)
}

func nested(t testing.TB, inner []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.DefaultCompression)
	if err == nil {
		_, err = w.Write(inner)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return oneFile(t, "xl/embeddings/inner.xlsx", packed.Bytes(), len(inner))
}

// keeps fails unless there are so many pieces of evidence and files, and nothing
// waits to be confirmed.
func (r *round) keeps(t *testing.T, pieces int64) {
	t.Helper()
	for table, want := range map[string]int64{"evidence": pieces, "evidence_files": pieces, "uploads": 0} {
		var n int64
		if err := r.site.DB.Table(table).Count(&n).Error; err != nil || n != want {
			t.Errorf("%s holds %d rows, want %d, %v", table, n, want, err)
		}
	}
}

// ASVS 5.2.2
func TestFileThatLiesAboutItselfIsRefused(t *testing.T) {
	r, entry := besieged(t)
	script := `<script>alert(1)</script>`
	for name, c := range map[string]struct{ file, body string }{
		"a page as a PDF":                    {"report.pdf", "<!doctype html>" + script},
		"a page as a text":                   {"report.txt", "\ufeff \n<html>" + script},
		"a page as a table":                  {"report.csv", "a;b\n" + script},
		"an SVG as a picture":                {"map.png", `<svg xmlns="http://www.w3.org/2000/svg">` + script + `</svg>`},
		"an SVG with a head as a text":       {"map.txt", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">` + script + `</svg>`},
		"an archive as a PDF":                {"report.pdf", "PK\x03\x04"},
		"a PDF as a picture":                 {"photo.jpg", string(smallPDF)},
		"a picture and a page at once":       {"photo.html", "\x89PNG\r\n\x1a\n" + script},
		"a PDF that is a program by name":    {"report.pdf.exe", string(smallPDF)},
		"a picture of another kind":          {"photo.gif", "GIF89a/*" + script},
		"a text of another encoding":         {"report.txt", "\xff\xfe<\x00s\x00c\x00r\x00i\x00p\x00t\x00"},
		"a text with a byte that is nothing": {"report.txt", "a\x00b"},
	} {
		if w := r.contributor.upload(t, entry+"/evidence", c.file, []byte(c.body), described...); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", name, w.Code)
		}
	}
	r.keeps(t, 0)
	polyglot := append(bytes.Clone(smallPDF), script+"\nPK\x03\x04"...)
	must(t, r.contributor.upload(t, entry+"/evidence", "report.pdf", polyglot, described...), http.StatusSeeOther)
	w := r.given(t, entry)
	if w.Header().Get("Content-Type") != "application/pdf" || w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Content-Security-Policy") != "default-src 'none'; sandbox" || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment;") {
		t.Errorf("a PDF that is a page too comes back as %v", w.Header())
	}
	r.keeps(t, 1)
}

// given downloads the newest piece of evidence of an entry.
func (r *round) given(t *testing.T, entry string) *httptest.ResponseRecorder {
	t.Helper()
	files := regexp.MustCompile(entry+`/evidence/[a-z0-9]+"`).FindAllString(r.contributor.get(entry).Body.String(), -1)
	if len(files) == 0 {
		t.Fatal("the entry shows no file")
	}
	return r.contributor.get(strings.TrimSuffix(files[len(files)-1], `"`))
}

// ASVS 5.3.2, 5.4.2
func TestFileNameLosesAllThatCouldMislead(t *testing.T) {
	r, entry := besieged(t)
	for i, name := range []string{
		"../../есеп.pdf", "/etc/есеп.pdf", `C:\\есеп.pdf`, "..\\\\..\\\\есеп.pdf", "есеп\u202efdp.pdf", "есеп\u200b\u2066.pdf", "...есеп.pdf",
		"есеп\t.pdf", "есеп|<script>.pdf", strings.Repeat("ұ", 4000) + ".pdf",
		"x.pdf\"; filename*=utf-8''%0d%0aSet-Cookie:%20a=b%0d%0a%00есеп.pdf; x=\"", "x.pdf\"; filename*=utf-8''..%2f..%2fесеп.pdf; x=\"", "есеп\x00.pdf",
	} {
		body := append(bytes.Clone(smallPDF), fmt.Sprint(i)...)
		w := r.contributor.upload(t, entry+"/evidence", name, body, described...)
		if w.Code == http.StatusBadRequest || w.Code == http.StatusUnprocessableEntity {
			continue // refused, which is as good
		}
		must(t, w, http.StatusSeeOther)
		header := r.given(t, entry).Header()
		_, params, err := mime.ParseMediaType(header.Get("Content-Disposition"))
		kept := params["filename"]
		if err != nil || !strings.HasSuffix(kept, ".pdf") || len([]rune(kept)) > 130 || strings.ContainsAny(kept, `/\:<>|"`) || strings.HasPrefix(kept, ".") ||
			strings.ContainsFunc(kept, func(c rune) bool { return !unicode.IsPrint(c) }) || header.Get("Set-Cookie") != "" && strings.Contains(header.Get("Set-Cookie"), "a=b") {
			t.Errorf("%q comes back as %q, %v", name, kept, err)
		}
	}
}

// zeros is a body without an end.
type zeros struct{ sent *atomic.Int64 }

func (z zeros) Read(b []byte) (int, error) {
	z.sent.Add(int64(len(b)))
	clear(b)
	return len(b), nil
}

// ASVS 5.2.1
func TestEndlessUploadsAreCutAndFillNoMemory(t *testing.T) {
	r, entry := besieged(t)
	server := httptest.NewServer(r.App)
	defer server.Close()
	const senders, most = 8, uploadsAtOnce * 5 * progress.LargestFile // of those that are read at once: the body as it grows
	defer debug.SetGCPercent(debug.SetGCPercent(20))                  // else what is no longer used counts too
	peak, stop := watchMemory()
	var sent atomic.Int64
	var all sync.WaitGroup
	for i := range senders {
		path := []string{entry + "/evidence", "/work/forms"}[i%2]
		all.Go(func() {
			head := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n"
			body := io.MultiReader(strings.NewReader(head), io.LimitReader(zeros{&sent}, 1<<30))
			q, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, body)
			if err != nil {
				t.Error(err)
				return
			}
			q.Header.Set("Content-Type", "multipart/form-data; boundary=b")
			q.Header.Set("Cookie", r.contributor.cookie)
			res, err := http.DefaultClient.Do(q)
			if err != nil {
				return // the line was cut while it was still sending
			}
			defer res.Body.Close()
			if res.StatusCode != http.StatusRequestEntityTooLarge {
				t.Errorf("%s answers %d", path, res.StatusCode)
			}
		})
	}
	all.Wait()
	stop()
	if got := peak.Load(); got > most {
		t.Errorf("%d endless uploads at once take %d MB", senders, got>>20)
	}
	if got := sent.Load(); got > senders*64<<20 {
		t.Errorf("%d MB were read before the line was cut", got>>20)
	}
	t.Logf("%d endless uploads at once: %d MB of memory at most, %d MB sent", senders, peak.Load()>>20, sent.Load()>>20)
	r.keeps(t, 0)
	must(t, r.contributor.upload(t, entry+"/evidence", "report.pdf", smallPDF, described...), http.StatusSeeOther)
}

func TestFileThatIsVerifiedStandsInMemoryOnce(t *testing.T) {
	r, _ := besieged(t)
	head := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n"
	body := head + strings.Repeat("x", maxVerified-1<<10) + "\r\n--b--\r\n"
	q := httptest.NewRequest(http.MethodPost, "/en/verify", strings.NewReader(body))
	q.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	w := httptest.NewRecorder()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r.ServeHTTP(w, q)
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; w.Code != http.StatusOK || took > 3*maxVerified/2 {
		t.Errorf("a file of %d MB takes %d MB and answers %d", maxVerified>>20, took>>20, w.Code)
	}
}

// watchMemory notes how much more memory is in use at most than at its start.
func watchMemory() (peak *atomic.Int64, stop func()) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, peak, end := int64(m.HeapInuse), new(atomic.Int64), make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		for {
			select {
			case <-end:
				return
			case <-time.After(5 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak.Store(max(peak.Load(), int64(m.HeapInuse)-before))
			}
		}
	})
	return peak, func() { close(end); watching.Wait() }
}
