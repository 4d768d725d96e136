package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// unexpected are values that no parameter expects.
var unexpected = []string{
	"", "0", "-1", "1.5", "NaN", "99999999999999999999", "' OR '1'='1", `"><script>alert(1)</script>`, "../../etc/passwd",
	"a\x00b", "\xff\xfe", "x\r\nSet-Cookie: stolen=1", "{{.}}%s%n${7*7}", "\u202eҒқ\ufeff", strings.Repeat("Ә", 3000),
}

// genuine are parts of addresses that are there, by the part before them, so that
// a hostile value is judged by what follows and not by what stands before it.
var genuine = map[string]string{
	"": "kk", "objectives": "5", "actions": "a", "principles": "f", "laws": "labour-code", "legal-instruments": "labour-code", "measures": "e-visa",
	"indicators": "remittance-inflow", "agencies": "mia", "reviews": "2022", "cycles": "2022", "builds": "kk-full", "current": "data.csv", "data": "DF_GCM", "DF_GCM": "all", "sdmx": "dataflow",
}

// genuinePath fills a pattern's parameters; the i-th part is the given one.
func genuinePath(pattern, lang string, i int, value string) string {
	parts := strings.Split(pattern, "/")
	for j, part := range parts {
		if !strings.HasPrefix(part, ":") && !strings.HasPrefix(part, "*") {
			continue
		}
		switch known, ok := genuine[parts[j-1]]; {
		case j == i:
			parts[j] = url.PathEscape(value)
		case part == ":lang":
			parts[j] = lang
		case ok:
			parts[j] = known
		default:
			parts[j] = "1"
		}
	}
	return strings.Join(parts, "/")
}

// asked are parameters of public addresses whose answers are not kept, or that
// no address has.
var asked = []string{
	"q", "kind", "page", "text", "lang", "by", "next", "from", "to", "status", "part", "code", "operation", "fields", "limit", "cursor", "sort", "objective",
	"breakdown", "updated_since", "format", "detail", "references", "startPeriod", "endPeriod", "dimensionAtObservation", "lastNObservations", "hash", "edition", "nothing",
}

func TestHostileValueGetsAClearAnswerFromEveryPublicAddress(t *testing.T) {
	t.Parallel()
	for n, r := range shared.site.table {
		if !r.permission.Anyone() {
			continue
		}
		lang := []string{"kk", "ru", "en"}[n%3]
		try := func(method, address string) {
			req := httptest.NewRequest(method, "/", nil)
			path, query, _ := strings.Cut(address, "?")
			req.URL.RawPath, req.URL.RawQuery = path, query
			req.URL.Path, _ = url.PathUnescape(path)
			req.Header.Set("Accept-Language", lang)
			w := httptest.NewRecorder()
			shared.ServeHTTP(w, req)
			for _, complaint := range unclear(w, lang) {
				t.Errorf("%s %.120q: %d, %s", method, address, w.Code, complaint)
			}
		}
		for i, part := range strings.Split(r.path, "/") {
			if strings.HasPrefix(part, ":") || strings.HasPrefix(part, "*") {
				for _, value := range unexpected {
					try(r.method, genuinePath(r.path, lang, i, value))
				}
			}
		}
		if r.method != http.MethodGet {
			continue
		}
		path := genuinePath(r.path, lang, -1, "")
		for i, name := range r.parameters {
			for _, value := range unexpected[(n+i)%10:][:5] { // the next addresses get the others
				try(r.method, path+"?"+url.Values{name: {value}}.Encode())
			}
		}
		names := asked
		if r.kept {
			names = r.parameters
		}
		for i, value := range unexpected {
			if i%3 != n%3 {
				continue // the next addresses get these
			}
			all := url.Values{}
			for _, name := range names {
				all[name] = []string{value, value}
			}
			try(r.method, path+"?"+all.Encode())
		}
		try(r.method, path+"?page=%zz&q=%&=&&;")
	}
}

// unclear returns what is wrong with an answer to a hostile value: whatever it says,
// it is no failure of ours, a refusal speaks the reader's language, and nothing of
// the value or from inside comes out.
func unclear(w *httptest.ResponseRecorder, lang string) (wrong []string) {
	body := w.Body.String()
	media, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
	if w.Code >= 500 && w.Code != http.StatusNotImplemented {
		wrong = append(wrong, "a failure of ours")
	}
	switch {
	case w.Code < 400:
		if to := w.Header().Get("Location"); to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//")) {
			wrong = append(wrong, "leads to "+to)
		}
	case media == "text/html":
		if !strings.Contains(body, fmt.Sprintf(`<html lang="%s"`, lang)) || !strings.Contains(body, "<h1") {
			wrong = append(wrong, "is no page in the reader's language")
		}
	case media != "application/problem+json":
		wrong = append(wrong, "is "+media)
	}
	if media == "text/html" && strings.Contains(body, "<script>alert") || w.Header().Get("Set-Cookie") != "" && strings.Contains(w.Header().Get("Set-Cookie"), "stolen") {
		wrong = append(wrong, "gives the value back as it is")
	}
	if i := slices.IndexFunc([]string{"gorm", "goroutine", "runtime error", "SQLSTATE", "no such table", "syntax error", "invalid memory"}, func(s string) bool { return strings.Contains(body, s) }); i >= 0 {
		wrong = append(wrong, "speaks of the inside")
	}
	return wrong
}
