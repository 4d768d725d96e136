package web

import (
	"bytes"
	"maps"
	"net/http"

	"github.com/gin-gonic/gin"
)

// recorder takes the place of the client while an answer is made. What grows too
// large to be kept goes to the client as it comes.
type recorder struct {
	gin.ResponseWriter // what is not recorded: it is the client's
	header             http.Header
	status             int
	written            bool // the status can no longer be another one
	body               bytes.Buffer
	head               bool // the client wants the header alone
	passing            bool // the client gets what is written
}

func newRecorder(client gin.ResponseWriter, head bool) *recorder {
	return &recorder{ResponseWriter: client, header: http.Header{}, status: http.StatusOK, head: head}
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) {
	if !r.written {
		r.status = status
	}
}

func (r *recorder) WriteHeaderNow() { r.written = true }

func (r *recorder) Write(b []byte) (int, error) {
	r.WriteHeaderNow()
	if r.body.Len()+len(b) <= largestKept && !r.passing {
		return r.body.Write(b)
	}
	if !r.passing {
		if err := r.send(); err != nil {
			return 0, err
		}
		r.passing, r.body = true, bytes.Buffer{}
	}
	if r.head {
		return len(b), nil
	}
	return r.ResponseWriter.Write(b)
}

func (r *recorder) WriteString(s string) (int, error) {
	return r.Write([]byte(s))
}

func (r *recorder) Flush()        { r.WriteHeaderNow() }
func (r *recorder) Status() int   { return r.status }
func (r *recorder) Size() int     { return r.body.Len() }
func (r *recorder) Written() bool { return r.written }

// send hands on what was recorded, unless the client has it already.
func (r *recorder) send() error {
	if r.passing {
		return nil
	}
	maps.Copy(r.ResponseWriter.Header(), r.header)
	r.ResponseWriter.WriteHeader(r.status)
	if r.head || r.body.Len() == 0 {
		return nil
	}
	_, err := r.ResponseWriter.Write(r.body.Bytes())
	return err
}
