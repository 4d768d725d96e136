package web

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"gcm/progress"
)

// smallPDF is the smallest thing that is one by its content.
var smallPDF = []byte("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")

// upload sends the form for a piece of evidence, given as name, value, with a
// file as its last part; no file without a name.
func (c *client) upload(t testing.TB, path, name string, body []byte, pairs ...string) *httptest.ResponseRecorder {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := form.WriteField(pairs[i], pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreatePart(map[string][]string{
		"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}, "Content-Type": {"application/pdf"},
	})
	if err == nil {
		_, err = part.Write(body)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Cookie", c.cookie)
	w := httptest.NewRecorder()
	c.app.ServeHTTP(w, r)
	return w
}

// described are the fields of a piece of evidence beside the file or the link.
var described = []string{"title", "Жылдық есеп", "kind", "report", "language", "kk", "dated", "31.12.2029", "source", "ІІМ"}

// bomb is a spreadsheet of a hundred bytes a line that unpacks to much more.
func bomb(t testing.TB) []byte {
	t.Helper()
	zeros := bytes.Repeat([]byte{0}, 64<<20)
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err == nil {
		_, err = w.Write(zeros)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml"} {
		f, err := archive.CreateRaw(&zip.FileHeader{
			Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(zeros), CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(zeros)),
		})
		if err == nil {
			_, err = f.Write(packed.Bytes())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ASVS 5.2.1, 5.2.2, 5.2.3
func TestFileThatIsNotWhatItSaysIsRefused(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa") + "/evidence"
		for name, c := range map[string]struct {
			file  string
			body  []byte
			words string
		}{
			"an empty file":        {"report.pdf", nil, "Файл бос"},
			"no file":              {"", nil, "Файл бос"},
			"a program":            {"report.pdf", []byte("MZ\x90\x00\x03\x00\x00\x00"), "мұндай файл қабылданбайды"},
			"a picture as a PDF":   {"report.pdf", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "кеңейтімі"},
			"an SVG with a script": {"map.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "мұндай файл қабылданбайды"},
			"an SVG as a text":     {"map.txt", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "мұндай файл қабылданбайды"},
			"a page":               {"page.html", []byte("<!doctype html><script>alert(1)</script>"), "мұндай файл қабылданбайды"},
			"a zip bomb":           {"table.xlsx", bomb(t), "шамадан тыс"},
		} {
			w := r.contributor.upload(t, path, c.file, c.body, described...)
			body := w.Body.String()
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(strings.ToLower(body), strings.ToLower(c.words)) || !strings.Contains(body, `value="Жылдық есеп"`) {
				t.Errorf("%s answers %d: %s", name, w.Code, regexp.MustCompile(`error-text"[^<]*>[^<]*`).FindString(body))
			}
		}
	})
}

// ASVS 5.2.1
func TestFileThatIsTooLargeLeavesThePageUsable(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa") + "/evidence"
		for size, want := range map[int]int{progress.LargestFile + 1: http.StatusUnprocessableEntity, maxUpload + 1: http.StatusRequestEntityTooLarge} {
			w := r.contributor.upload(t, path, "report.pdf", append(bytes.Clone(smallPDF), make([]byte, size-len(smallPDF))...), described...)
			must(t, w, want, `value="Жылдық есеп"`, `value="ІІМ"`, `id="file-error"`)
		}
		must(t, r.contributor.upload(t, path, "report.pdf", smallPDF, described...), http.StatusSeeOther)
	})
}

// ASVS 5.3.2, 5.4.2, 3.2.1
func TestFileIsGivenBackHarmlessAndToThoseInReachAlone(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		must(t, r.contributor.upload(t, path+"/evidence", `..\\..\\etc/Есеп 2029.pdf`, smallPDF, described...), http.StatusSeeOther)
		body := must(t, r.contributor.get(path), http.StatusOK, "Есеп 2029.pdf")
		file := regexp.MustCompile(path + `/evidence/[a-z0-9]+`).FindString(body)
		w := r.contributor.get(file)
		got, _ := io.ReadAll(w.Body)
		if w.Code != http.StatusOK || !bytes.Equal(got, smallPDF) {
			t.Fatalf("the file comes back as %d %q", w.Code, got)
		}
		for name, want := range map[string]string{
			"Content-Type": "application/pdf", "Content-Disposition": "attachment; filename*=utf-8''%D0%95%D1%81%D0%B5%D0%BF%202029.pdf", "X-Content-Type-Options": "nosniff",
			"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		public := "/evidence/" + file[strings.LastIndexByte(file, '/')+1:]
		for name, w := range map[string]*httptest.ResponseRecorder{
			"another agency": r.stranger.get(file), "the coordinator": r.coordinator.get(file), "a partner": r.partner.get(file), "anybody": get(r, public), "the contributor in public": r.contributor.get(public),
		} {
			if w.Code != http.StatusNotFound {
				t.Errorf("%s gets %d for the file of a draft", name, w.Code)
			}
		}
		must(t, r.contributor.send(path, append(filled(1), "step", "submit")...), http.StatusSeeOther)
		must(t, r.approver.send(path+"/approve", "version", "3"), http.StatusSeeOther)
		must(t, r.coordinator.send(path+"/accept", "version", "4"), http.StatusSeeOther)
		must(t, get(r, public), http.StatusNotFound)
		must(t, r.coordinator.send(path+"/release", "version", "5"), http.StatusSeeOther)
		must(t, get(r, "/kk/measures/e-visa"), http.StatusOK, public)
		if w := get(r, public); w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), smallPDF) {
			t.Errorf("what was released answers %d", w.Code)
		}
	})
}

func TestEvidenceIsALinkOrAFile(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		for _, address := range []string{"javascript:alert(1)", "ftp://gov.example/x", "http://", "gov.example"} {
			must(t, r.contributor.upload(t, path+"/evidence", "", nil, append(described, "url", address)...), http.StatusUnprocessableEntity, `id="url-error"`)
		}
		must(t, r.contributor.upload(t, path+"/evidence", "a.pdf", smallPDF, append(described, "url", "https://gov.example/a")...), http.StatusUnprocessableEntity, `id="url-error"`)
		must(t, r.contributor.upload(t, path+"/evidence", "", nil, append(described, "url", "https://gov.example/a?b=1&c")...), http.StatusSeeOther)
		must(t, r.contributor.get(path), http.StatusOK, `href="https://gov.example/a?b=1&amp;c"`)
		must(t, r.contributor.upload(t, path+"/evidence", "", nil, append(described, "url", "https://gov.example/a?b=1&c")...), http.StatusUnprocessableEntity)
		if w := r.contributor.post(path+"/evidence", "title=x"); w.Code != http.StatusBadRequest {
			t.Errorf("a form that is no upload answers %d", w.Code)
		}
	})
}

func TestEvidenceIsRemovedAfterAQuestion(t *testing.T) {
	inRound(t, func(t *testing.T, r *round) {
		path := r.contributor.begin(t, progress.KindProgress, "e-visa")
		must(t, r.contributor.upload(t, path+"/evidence", "report.pdf", smallPDF, described...), http.StatusSeeOther)
		file := regexp.MustCompile(path + `/evidence/[a-z0-9]+`).FindString(r.contributor.get(path).Body.String())
		must(t, r.contributor.get(file+"/remove"), http.StatusOK, "Жылдық есеп", `action="`+file+`/remove"`)
		if w := r.stranger.post(file+"/remove", ""); w.Code != http.StatusNotFound {
			t.Errorf("another agency removes it: %d", w.Code)
		}
		must(t, r.contributor.post(file+"/remove", ""), http.StatusSeeOther)
		must(t, r.contributor.get(file), http.StatusNotFound)
	})
}
