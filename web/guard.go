package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"maps"
	"net/http"
	"strings"
)

// maxBody is the largest body that a route reads which asks for no more.
const maxBody = 64 << 10

// policy lets a page load from this host alone, and no inline style or script.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// carried is what every answer says to browsers. All answers share it.
var carried = http.Header{
	"Content-Security-Policy":    {policy},
	"X-Content-Type-Options":     {"nosniff"},
	"Referrer-Policy":            {"same-origin"},
	"Permissions-Policy":         {"camera=(), geolocation=(), microphone=()"},
	"Cross-Origin-Opener-Policy": {"same-origin"},
}

// guard stands outside the router: what every answer carries, whatever it is.
func (s *site) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := newRequestID()
		h := w.Header()
		h.Set("X-Request-Id", id)
		maps.Copy(h, carried)
		if r.TLS != nil || strings.HasPrefix(s.BaseURL, "https://") {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		if forMachines(r.URL.Path) { // it is public, and a browser sends no cookie with it
			r.URL.Path, r.URL.RawPath = unslashed(r.URL.Path), unslashed(r.URL.RawPath)
			h.Set("Access-Control-Allow-Origin", "*")
			h.Set("Access-Control-Expose-Headers", "ETag, Link, Retry-After, X-Request-Id")
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), idKey{}, id)))
	})
}

// unslashed is a path without the slash with which programs that put addresses
// together end them.
func unslashed(path string) string {
	if len(path) > len(sdmxPath) {
		return strings.TrimSuffix(path, "/")
	}
	return path
}

type idKey struct{}

func newRequestID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails, by its documentation
	return hex.EncodeToString(b[:])
}

// requestID returns the id that guard gave.
func requestID(r *http.Request) string {
	id, _ := r.Context().Value(idKey{}).(string)
	return id
}
