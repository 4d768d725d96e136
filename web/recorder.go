package web

import (
	"bytes"
	"maps"
	"net/http"

	"github.com/gin-gonic/gin"
)

// recorder takes the place of the client while an answer is made.
type recorder struct {
	gin.ResponseWriter // what is not recorded: it is the client's
	header             http.Header
	status             int
	written            bool // the status can no longer be another one
	body               bytes.Buffer
}

func newRecorder(client gin.ResponseWriter) *recorder {
	return &recorder{ResponseWriter: client, header: http.Header{}, status: http.StatusOK}
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
	return r.body.Write(b)
}

func (r *recorder) WriteString(s string) (int, error) {
	r.WriteHeaderNow()
	return r.body.WriteString(s)
}

func (r *recorder) Flush()        { r.WriteHeaderNow() }
func (r *recorder) Status() int   { return r.status }
func (r *recorder) Size() int     { return r.body.Len() }
func (r *recorder) Written() bool { return r.written }

// send hands on what was recorded.
func (r *recorder) send(method string) error {
	maps.Copy(r.ResponseWriter.Header(), r.header)
	r.ResponseWriter.WriteHeader(r.status)
	if method == http.MethodHead || r.body.Len() == 0 {
		return nil
	}
	_, err := r.ResponseWriter.Write(r.body.Bytes())
	return err
}
