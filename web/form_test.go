package web

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
)

func TestBrokenFormIsTheClientsFault(t *testing.T) {
	db := country.SQLite(t)
	c := config(t, db)
	var log bytes.Buffer
	c.Log = slog.New(slog.NewTextHandler(&log, nil))
	h := open(t, c)
	for _, path := range []string{"/ru/theme", "/ru/reviews/2022/builds"} {
		for name, body := range map[string]io.Reader{
			"an escape that is none": strings.NewReader("language=%zz&theme=%zz"),
			"a body cut short":       io.MultiReader(strings.NewReader("theme="), iotest.ErrReader(io.ErrUnexpectedEOF)),
		} {
			r := httptest.NewRequest(http.MethodPost, path, body)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "Запрос повреждён") {
				t.Errorf("%s to %s answers %d", name, path, w.Code)
			}
		}
	}
	if got := log.String(); strings.Contains(got, "ERROR") || !strings.Contains(got, "invalid URL escape") || !strings.Contains(got, "unexpected EOF") {
		t.Errorf("the log says %s", got)
	}
}
