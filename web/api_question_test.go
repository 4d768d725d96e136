package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"gcm/internal/db"
)

// questions are how many random questions the API is asked; more in long runs.
func questions(t testing.TB) int {
	t.Helper()
	text := os.Getenv("GCM_QUESTIONS")
	if text == "" {
		return 400
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// ASVS 2.2.1
func TestNoQuestionGetsAnAnswerThatIsNotDescribed(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, conn *db.DB) {
		conn.NowFunc = now
		app := open(t, config(t, conn))
		q := newQuestioner(t, app)
		answered := map[string]map[int]bool{}
		for range questions(t) {
			op := q.ops[q.dice.IntN(len(q.ops))]
			address := q.address(op)
			w := get(app, address, "Accept-Language", []string{"kk", "ru", "en", "x", ""}[q.dice.IntN(5)])
			q.described(op, address, w)
			if answered[op.OperationID] == nil {
				answered[op.OperationID] = map[int]bool{}
			}
			answered[op.OperationID][w.Code] = true
			if etag := w.Header().Get("ETag"); w.Code == http.StatusOK && q.dice.IntN(3) == 0 {
				again := get(app, address, "If-None-Match", `"x", W/`+etag)
				if again.Code != http.StatusNotModified || again.Body.Len() > 0 || again.Header().Get("ETag") != etag {
					t.Errorf("%s is sent again: %d", address, again.Code)
				}
			}
		}
		for _, op := range q.ops {
			if !answered[op.OperationID][http.StatusOK] && op.OperationID != "showEntry" && op.OperationID != "showRelease" { // there are none in the pack
				t.Errorf("%s was never asked well: %v", op.OperationID, answered[op.OperationID])
			}
		}
	})
}

// questioner asks what the description says can be asked, and what it does not.
type questioner struct {
	t       testing.TB
	dice    *rand.Rand
	ops     []*huma.Operation
	schemas *jsonschema.Compiler
	known   map[string][]string // values of parameters that there are
}

const descriptionURL = "https://gcm.example/openapi.json"

func newQuestioner(t testing.TB, app *App) *questioner {
	t.Helper()
	q := &questioner{t: t, dice: rand.New(rand.NewPCG(5, 8)), schemas: jsonschema.NewCompiler()}
	var paths []string
	for path := range app.site.api.OpenAPI().Paths {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		q.ops = append(q.ops, app.site.api.OpenAPI().Paths[path].Get)
	}
	d, err := jsonschema.UnmarshalJSON(bytes.NewReader(app.site.api.described["en"]))
	if err != nil {
		t.Fatal(err)
	}
	q.schemas.AssertFormat()
	if err := q.schemas.AddResource(descriptionURL, d); err != nil {
		t.Fatal(err)
	}
	q.known = map[string][]string{
		"agency": {"mia", "mlspp"}, "category": {"law", "programme"}, "dimension": {"citizenship", "sex"}, "indicator": {"refugees-registered", "foreign-workers-by-sector,refugees-registered"},
		"measure": {"e-visa"}, "cycle": {"2022"}, "breakdown": {"citizenship=UZ", "total", "sex=F"}, "from": {"2019", "2020-02"}, "to": {"2021", "2021-12-31"},
		"updated_since":  {"2020-01-01T00:00:00Z"},
		"/measures/code": {"e-visa"}, "/indicators/code": {"refugees-registered", "foreign-workers-by-sector"}, "/agencies/code": {"mia"},
		"/legal-instruments/code": {q.code(app, "/legal-instruments")},
	}
	return q
}

// code is that of the first record of a list.
func (q *questioner) code(app *App, list string) string {
	q.t.Helper()
	var page struct{ Items []struct{ Code string } }
	w := get(app, apiPath+list+"?limit=1")
	if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil || len(page.Items) == 0 {
		q.t.Fatalf("%s answers %d, %v", list, w.Code, err)
	}
	return page.Items[0].Code
}

// address is a question to an operation: right, or strange in some of its parts.
func (q *questioner) address(op *huma.Operation) string {
	path, query := op.Path, url.Values{}
	spoil := q.dice.IntN(3) == 0
	for _, p := range op.Parameters {
		value := q.value(op, p)
		if spoil && q.dice.IntN(3) == 0 {
			value = strange[q.dice.IntN(len(strange))]
		}
		if p.In == "path" {
			path = strings.ReplaceAll(path, "{"+p.Name+"}", url.PathEscape(value))
		} else if q.dice.IntN(3) == 0 {
			query.Add(p.Name, value)
		}
	}
	if q.dice.IntN(20) == 0 {
		query.Set("unheard-of", "1")
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// value is a right one, as far as the description and the records tell.
func (q *questioner) value(op *huma.Operation, p *huma.Param) string {
	resource := strings.Split(strings.TrimPrefix(op.Path, apiPath), "/{")[0]
	for _, key := range []string{resource + "/" + p.Name, p.Name} {
		if list := q.known[key]; len(list) > 0 && q.dice.IntN(5) > 0 {
			return list[q.dice.IntN(len(list))]
		}
	}
	s := p.Schema
	if s.Items != nil {
		s = s.Items
	}
	switch {
	case len(s.Enum) > 0:
		return fmt.Sprint(s.Enum[q.dice.IntN(len(s.Enum))])
	case s.Type == huma.TypeInteger:
		return strconv.Itoa(int(*s.Minimum) + q.dice.IntN(int(*s.Maximum-*s.Minimum)+3) - 1)
	case p.Example != nil:
		return fmt.Sprint(p.Example)
	}
	return "nowhere"
}

// described fails when an answer is another one than the description says.
func (q *questioner) described(op *huma.Operation, address string, w *httptest.ResponseRecorder) {
	q.t.Helper()
	status := strconv.Itoa(w.Code)
	response := op.Responses[status]
	if response == nil || w.Code >= http.StatusInternalServerError {
		q.t.Errorf("%s answers %s, which is not described: %s", address, status, w.Body)
		return
	}
	media, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
	if response.Content[media] == nil {
		q.t.Errorf("%s answers %s as %q", address, status, media)
		return
	}
	pointer := strings.NewReplacer("~", "~0", "/", "~1")
	schema, err := q.schemas.Compile(descriptionURL + "#/paths/" + pointer.Replace(op.Path) + "/get/responses/" + status + "/content/" + pointer.Replace(media) + "/schema")
	if err != nil {
		q.t.Fatal(err)
	}
	answer, err := jsonschema.UnmarshalJSON(w.Body)
	if err == nil {
		err = schema.Validate(answer)
	}
	if err != nil {
		q.t.Errorf("%s answers what is not described: %v", address, err)
	}
}
