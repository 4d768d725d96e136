package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"golang.org/x/sync/errgroup"
)

// encodings are the forms in which an answer is kept, the best first; plain is
// the form of those whom neither is sent, and of what does not shrink.
var encodings = []string{"br", "gzip"}

const plain = ""

// plainKept is how large an answer for programs may be to be kept plain as well:
// many of them take nothing else, and unpacking costs ten times what sending does.
// Browsers take all encodings, so that pages are not.
const plainKept = 64 << 10

// readyAnswer is a whole answer, compressed once and ready to be sent to many.
type readyAnswer struct {
	forms map[string]encoded // by encoding; plain has no body where it is unpacked for the few who want it; nil when too large to be kept
}

// encoded is an answer in one encoding.
type encoded struct {
	header http.Header
	body   []byte
}

// newAnswer makes an answer with status 200 of its header and its body, in all
// encodings.
func newAnswer(header http.Header, body []byte) (*readyAnswer, error) {
	return answerIn(encodings, header, body)
}

// answerTo makes an answer for one request alone, in the form that it gets.
func answerTo(r *http.Request, header http.Header, body []byte) (*readyAnswer, error) {
	for i, encoding := range encodings {
		if accepts(r.Header.Values("Accept-Encoding"), encoding) {
			return answerIn(encodings[i:i+1], header, body)
		}
	}
	return answerIn(nil, header, body)
}

func answerIn(encodings []string, header http.Header, body []byte) (*readyAnswer, error) {
	sum := sha256.Sum256(body)
	tag := hex.EncodeToString(sum[:12])
	a := &readyAnswer{map[string]encoded{}}
	if !shrinks(header.Get("Content-Type")) {
		a.forms[plain] = newEncoded(header, plain, tag, body)
		return a, nil
	}
	header = header.Clone()
	header.Set("Vary", strings.Join(append(header.Values("Vary"), "Accept-Encoding"), ", "))
	packed := make([][]byte, len(encodings))
	var packing errgroup.Group
	for i, encoding := range encodings {
		packing.Go(func() (err error) {
			packed[i], err = pack(encoding, body)
			return err
		})
	}
	if err := packing.Wait(); err != nil {
		return nil, err
	}
	for i, encoding := range encodings {
		a.forms[encoding] = newEncoded(header, encoding, tag, packed[i])
	}
	whole := newEncoded(header, plain, tag, body)
	if slices.Contains(encodings, "gzip") && (len(body) > plainKept || strings.HasPrefix(header.Get("Content-Type"), "text/html")) {
		whole.body = nil
	}
	a.forms[plain] = whole
	return a, nil
}

func newEncoded(header http.Header, encoding, tag string, body []byte) encoded {
	header = maps.Clone(header)
	if encoding != plain {
		tag += "-" + encoding
		header.Set("Content-Encoding", encoding)
	}
	header.Set("ETag", `"`+tag+`"`)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	return encoded{header, body}
}

// shrinks reports whether a medium is text, which compression makes small.
func shrinks(media string) bool {
	media, _, _ = strings.Cut(media, ";")
	return strings.HasPrefix(media, "text/") || slices.Contains([]string{"application/json", "application/xml", "image/svg+xml", "text/javascript"}, media) ||
		strings.HasSuffix(media, "+json") || strings.HasSuffix(media, "+csv") || strings.HasSuffix(media, "+xml")
}

func pack(encoding string, body []byte) ([]byte, error) {
	var b bytes.Buffer
	var w io.WriteCloser = brotli.NewWriterLevel(&b, brotli.DefaultCompression)
	if encoding == "gzip" {
		w = gzip.NewWriter(&b)
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	err := w.Close()
	return slices.Clip(b.Bytes()), err
}

// size is how much memory the answer takes, roughly.
func (a *readyAnswer) size() int {
	size := 1 << 10 // headers
	for _, f := range a.forms {
		size += len(f.body)
	}
	return size
}

// send answers a GET or a HEAD in the best form that the client takes, or with
// 304 when it has that already.
func (a *readyAnswer) send(w http.ResponseWriter, r *http.Request) error {
	f := a.forms[plain]
	for _, encoding := range encodings {
		if packed, ok := a.forms[encoding]; ok && accepts(r.Header.Values("Accept-Encoding"), encoding) {
			f = packed
			break
		}
	}
	header := w.Header()
	maps.Copy(header, f.header)
	if matches(r.Header.Values("If-None-Match"), header.Get("ETag")) {
		header.Del("Content-Type")
		header.Del("Content-Length")
		header.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	if f.body == nil {
		packed, err := gzip.NewReader(bytes.NewReader(a.forms["gzip"].body))
		if err == nil {
			_, err = io.Copy(w, packed)
		}
		return err
	}
	_, err := w.Write(f.body)
	return err
}

// accepts reports whether Accept-Encoding names an encoding and does not refuse it.
func accepts(header []string, encoding string) bool {
	for _, line := range header {
		for part := range strings.SplitSeq(line, ",") {
			name, weight, _ := strings.Cut(part, ";")
			if strings.EqualFold(strings.TrimSpace(name), encoding) {
				if weight == "" {
					return true
				}
				q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
				return err != nil || q > 0
			}
		}
	}
	return false
}

// matches reports whether If-None-Match names an ETag.
func matches(header []string, tag string) bool {
	for _, line := range header {
		for part := range strings.SplitSeq(line, ",") {
			if part = strings.TrimSpace(part); part == "*" || strings.TrimPrefix(part, "W/") == tag {
				return true
			}
		}
	}
	return false
}
