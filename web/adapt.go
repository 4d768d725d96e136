package web

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"gcm/internal/auth"
	"gcm/internal/fault"
)

// handler answers a request, or returns why it could not.
type handler func(*request) error

// statuses is the one table from kinds of failure to statuses of HTTP.
var statuses = map[fault.Kind]int{
	fault.Internal:    http.StatusInternalServerError,
	fault.NotFound:    http.StatusNotFound,
	fault.Conflict:    http.StatusConflict,
	fault.Forbidden:   http.StatusForbidden,
	fault.Invalid:     http.StatusUnprocessableEntity,
	fault.Unavailable: http.StatusServiceUnavailable,
}

// statusError is a failure of HTTP itself, which no domain room knows.
type statusError struct {
	status int
	key    string
}

func (e *statusError) Error() string { return http.StatusText(e.status) }

// adapt turns a route into a handler of gin's, and writes the log.
func (s *site) adapt(route route) gin.HandlerFunc {
	respond := s.respond
	if route.kept {
		respond = s.respondKept
	}
	return func(c *gin.Context) {
		start := time.Now()
		respond(c, route)
		took := time.Since(start)
		s.metrics.answered(c.Request.Method, route.path, c.Writer.Status(), took)
		if ctx, level := c.Request.Context(), level(c.Writer.Status()); s.Log.Enabled(ctx, level) {
			s.Log.LogAttrs(ctx, level, "request",
				slog.String("id", requestID(c.Request)), slog.String("method", c.Request.Method), slog.String("path", logged(c.Request.URL.Path)),
				slog.Int("status", c.Writer.Status()), slog.Duration("took", took))
		}
	}
}

// respond asks for permission, refuses what another site sends, and answers
// failures and panics with a page.
func (s *site) respond(c *gin.Context, route route) {
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, cmp.Or(route.limit, maxBody))
	r, err := s.begin(c)
	if r == nil {
		http.Error(c.Writer, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		s.Log.Error("request", "error", err)
		return
	}
	if err == nil {
		err = r.admit(route.permission)
	}
	if foreign := s.origin.Check(c.Request); foreign != nil {
		s.Log.Warn("request from another site", "id", r.id, "path", logged(c.Request.URL.Path), "origin", c.GetHeader("Origin"), "error", foreign)
		err = &statusError{http.StatusForbidden, "error.cross_site"}
	}
	if forMachines(c.Request.URL.Path) {
		if many := s.counted(c, r.asker()); many != nil {
			err = many
		}
	}
	if err == nil {
		err = protect(r, route.handle)
	}
	if err != nil && !r.leadOn(err) {
		r.fail(err)
	}
}

// secretHeads are the heads of the addresses that carry a secret.
var secretHeads = []string{"invitation", "reset", "calendar"}

// logged is a path as the log shows it: without a secret.
func logged(path string) string {
	if head, ok := pathLanguage(path, secretHeads); ok && path != "/"+head {
		return "/" + head + "/…"
	}
	return path
}

func level(status int) slog.Level {
	if status >= http.StatusInternalServerError {
		return slog.LevelError
	}
	return slog.LevelInfo
}

// protect turns a panic into a failure.
func protect(r *request, handle handler) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.log.Error("panic", "id", r.id, "value", p, "stack", string(debug.Stack()))
			err = errors.New("the handler panicked")
		}
	}()
	return handle(r)
}

// left reports whether an answer fails because its reader has left: nobody waits for
// it, and nothing went wrong.
func left(r *http.Request, err error) bool {
	return errors.Is(err, context.Canceled) && r.Context().Err() != nil
}

// fail answers with the error page. What went wrong inside goes to the log; the
// reader sees the kind and the request's id.
func (r *request) fail(err error) {
	if left(r.Request, err) {
		return
	}
	status, key := statusOf(err)
	if status >= http.StatusInternalServerError {
		r.log.Error("failure", "id", r.id, "error", err)
	}
	if r.Writer.Written() {
		return
	}
	if tooMany := new(auth.TooMany); errors.As(err, &tooMany) {
		r.Header("Retry-After", strconv.Itoa(int(tooMany.Wait.Seconds())+1))
	}
	if key == "" || !r.p.Has(key) {
		key = "error.internal"
	}
	r.Header("Cache-Control", "no-store")
	if forMachines(r.Request.URL.Path) {
		r.refuse(status, err)
		return
	}
	page := errorPage{page: r.page(r.T(key), ""), Status: status, Message: r.T(key), Advice: r.advice(key)}
	page.Head = nil
	show := func() error { return r.render(status, "errors/show", page) }
	if embedded(r.Request.URL.Path) {
		show = func() error { return r.failEmbedded(status, page.Message, page.Advice) }
	}
	if err := show(); err != nil {
		r.log.Error("failure", "id", r.id, "error", err)
		http.Error(r.Writer, http.StatusText(status), status)
	}
}

// advice says what to do about a failure.
func (r *request) advice(key string) string {
	if r.p.Has(key + ".advice") {
		return r.T(key + ".advice")
	}
	return r.T("error.advice." + strings.TrimPrefix(key, "error."))
}

func statusOf(err error) (status int, key string) {
	var tooLarge *http.MaxBytesError
	var known *statusError
	var tooMany *auth.TooMany
	var bad badRequest
	switch {
	case errors.As(err, &bad):
		return http.StatusBadRequest, "error.bad_request"
	case errors.As(err, &tooMany):
		return http.StatusTooManyRequests, "error.too_many"
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge, "error.too_large"
	case errors.As(err, &known):
		return known.status, known.key
	}
	status, key = statuses[fault.KindOf(err)], fault.KeyOf(err)
	if key == "" {
		key = map[int]string{http.StatusNotFound: "error.not_found", http.StatusServiceUnavailable: "error.unavailable"}[status]
	}
	return status, key
}

// errorPage is pages/errors/show.html.
type errorPage struct {
	page
	Status          int
	Message, Advice string
}
