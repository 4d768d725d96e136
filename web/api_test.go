package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"gcm/internal/i18n"
)

// fetched asks the API and reads the answer.
func fetched[T any](t *testing.T, h http.Handler, path string, headers ...string) (answer T) {
	t.Helper()
	w := get(h, path, headers...)
	if w.Code != http.StatusOK {
		t.Fatalf("%s answers %d: %s", path, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// codedList is what the tests read of a list.
type codedList struct {
	Items []struct {
		Code, Status string
		Title        i18n.Text
	}
	Next  string
	Total int
}

func (c codedList) codes() (codes []string) {
	for _, i := range c.Items {
		codes = append(codes, i.Code)
	}
	return codes
}

// The schema is that of the OpenAPI Initiative (Apache-2.0), edition 2025-11-23.
func TestDescriptionIsOpenAPIInEachLanguage(t *testing.T) {
	schema, err := os.ReadFile("testdata/openapi-3.1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	of := func(b []byte) any {
		t.Helper()
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if err := c.AddResource("openapi", of(schema)); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("openapi")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Languages {
		w := get(loaded(t), apiPath+"/openapi.json?lang="+lang)
		if err := compiled.Validate(of(w.Body.Bytes())); err != nil || w.Header().Get("Content-Language") != lang {
			t.Errorf("%s: %v", lang, err)
		}
		if body := w.Body.String(); strings.Contains(body, `"api.`) {
			t.Errorf("%s: a key has no words", lang)
		}
		if p, err := i18n.New(lang); err != nil || !strings.Contains(w.Body.String(), `"description":"`+p.T("api.field.hidden")+`"`) {
			t.Errorf("%s: a field is not described (%v)", lang, err)
		}
	}
	for _, at := range []string{"/openapi.json", "/openapi.json?lang=kk"} {
		w := get(loaded(t), apiPath+at, "Accept-Language", "kk")
		if varies := strings.Contains(strings.Join(w.Header().Values("Vary"), ", "), "Accept-Language"); varies == strings.Contains(at, "lang") || w.Header().Get("Content-Language") != "kk" {
			t.Errorf("%s: %v", at, w.Header())
		}
	}
	if w := get(loaded(t), apiPath+"/openapi.json?lang=xx"); w.Code != http.StatusBadRequest {
		t.Errorf("an unknown language answers %d", w.Code)
	}
}

func TestEveryOperationAndParameterIsNamedInEveryLanguage(t *testing.T) {
	d := shared.site.api.OpenAPI()
	var keys []string
	for _, item := range d.Paths {
		keys = append(keys, "api.op."+item.Get.OperationID)
		for _, p := range item.Get.Parameters {
			keys = append(keys, "api.param."+p.Name)
		}
		for status := range item.Get.Responses {
			keys = append(keys, "api.status."+status)
		}
	}
	for _, lang := range i18n.Languages {
		p, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if !p.Has(key) {
				t.Errorf("%s is not said in %s", key, lang)
			}
		}
	}
}

func TestPagesOfAListAreTheWholeListOnce(t *testing.T) {
	h := loaded(t)
	for _, list := range []string{"/measures?sort=-starts&", "/measures?", "/indicators?", "/challenges?objective=5&", "/glossary?", "/actions?"} {
		whole := fetched[codedList](t, h, apiPath+list+"limit=500")
		var parts []string
		next := ""
		for first := true; first || next != ""; first = false {
			part := fetched[codedList](t, h, apiPath+list+"limit=7&cursor="+next)
			if len(part.Items) > 7 || part.Total != whole.Total {
				t.Fatalf("%s: %d items of %d", list, len(part.Items), part.Total)
			}
			parts, next = append(parts, part.codes()...), part.Next
		}
		if !slices.Equal(parts, whole.codes()) || len(parts) != whole.Total {
			t.Errorf("%s in parts is another list: %d, %d", list, len(parts), whole.Total)
		}
	}
	type figures struct {
		Items []map[string]any
		Next  string
	}
	var all []string
	for next, first := "", true; first || next != ""; first = false {
		part := fetched[figures](t, h, apiPath+"/observations?limit=60&from=2019&cursor="+next)
		for _, o := range part.Items {
			b, _ := json.Marshal([]any{o["indicator"], o["period"], o["breakdown"]}) // texts
			all = append(all, string(b))
		}
		next = part.Next
	}
	if sorted := slices.Sorted(slices.Values(all)); len(slices.Compact(sorted)) != len(all) || len(all) < 70 {
		t.Errorf("%d observations in parts, some twice", len(all))
	}
}

func TestCursorOfAnotherQuestionOrChangedIsRefused(t *testing.T) {
	h := loaded(t)
	next := fetched[codedList](t, h, apiPath+"/measures?limit=2").Next
	changed := []byte(next)
	changed[len(changed)-3]++
	for _, path := range []string{
		"/measures?cursor=" + string(changed), "/measures?status=completed&cursor=" + next, "/indicators?cursor=" + next, "/measures?cursor=%20", "/observations?cursor=e30", "/entries?cursor=AAAA",
	} {
		w := get(h, apiPath+path, "Accept-Language", "ru")
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "Курсор") {
			t.Errorf("%s answers %d %s", path, w.Code, w.Body)
		}
	}
	if link := get(h, apiPath+"/measures?limit=2").Header().Get("Link"); !strings.Contains(link, next) || !strings.HasSuffix(link, `rel="next"`) {
		t.Errorf("the next part is linked as %q", link)
	}
}

func TestFieldsAndLanguagesAreChosen(t *testing.T) {
	h := loaded(t)
	one := fetched[map[string]json.RawMessage](t, h, apiPath+"/measures/e-visa?fields=code,title&lang=ru")
	var title i18n.Text
	if err := json.Unmarshal(one["title"], &title); err != nil || len(one) != 2 || len(title) != 1 || title["ru"] == "" {
		t.Errorf("%s, %v", one, err)
	}
	if whole := fetched[codedList](t, h, apiPath+"/measures?limit=1"); len(whole.Items[0].Title) != 3 {
		t.Errorf("without a choice there are %v", whole.Items[0].Title)
	}
	w := get(h, apiPath+"/measures/e-visa?fields=nonsense", "Accept-Language", "kk")
	if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "legal_instruments") {
		t.Errorf("a field that is not there answers %d %s", w.Code, w.Body)
	}
	var described struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Name   string
				Schema struct {
					Items    struct{ Enum []string }
					Examples []any
				}
			}
		}
	}
	if err := json.Unmarshal(get(h, apiPath+"/openapi.json").Body.Bytes(), &described); err != nil {
		t.Fatal(err)
	}
	for path, methods := range described.Paths {
		for _, p := range methods["get"].Parameters {
			if p.Name == "fields" && (len(p.Schema.Items.Enum) == 0 || len(p.Schema.Examples) != 1 || fmt.Sprint(p.Schema.Examples[0]) != "["+p.Schema.Items.Enum[0]+"]") {
				t.Errorf("%s does not say which fields there are, with an example of them: %+v", path, p.Schema)
			}
			if p.Name == "fields" && path == apiPath+"/measures" && !slices.Contains(p.Schema.Items.Enum, "legal_instruments") {
				t.Errorf("%s has the fields %v", path, p.Schema.Items.Enum)
			}
		}
	}
}

func TestFiltersOfTheAPIFilter(t *testing.T) {
	h := loaded(t)
	for path, check := range map[string]func(codedList) bool{
		"/measures?status=completed&limit=500": func(c codedList) bool {
			return !slices.ContainsFunc(c.Items, func(i struct {
				Code, Status string
				Title        i18n.Text
			}) bool {
				return i.Status != "completed"
			})
		},
		"/measures?agency=mia":    func(c codedList) bool { return c.Total < fetched[codedList](t, h, apiPath+"/measures").Total },
		"/indicators?objective=5": func(c codedList) bool { return c.Total < fetched[codedList](t, h, apiPath+"/indicators").Total },
		"/agencies?kind=ministry": func(c codedList) bool { return slices.Contains(c.codes(), "mia") },
	} {
		if c := fetched[codedList](t, h, apiPath+path); c.Total == 0 || !check(c) {
			t.Errorf("%s finds %d", path, c.Total)
		}
	}
	type figures struct{ Items []apiObservation }
	for _, o := range fetched[figures](t, h, apiPath+"/observations?from=2020&to=2020-12&limit=500").Items {
		if !strings.HasPrefix(string(o.Period), "2020") {
			t.Errorf("%s of %s is not of 2020", o.Indicator, o.Period)
		}
	}
	if some := fetched[figures](t, h, apiPath+"/observations?indicator=refugees-registered&breakdown=citizenship=AF").Items; len(some) != 1 {
		t.Errorf("%d values of one cell", len(some))
	}
	if none := fetched[figures](t, h, apiPath+"/observations?updated_since=2999-01-01T00:00:00Z").Items; len(none) > 0 {
		t.Errorf("%d values come from the future", len(none))
	}
}

func TestOtherSitesMayReadTheAPIAndNothingElse(t *testing.T) {
	h := loaded(t)
	w := get(h, apiPath+"/measures", "Origin", "https://elsewhere.example")
	if w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("another site gets %v", w.Header())
	}
	if w = ask(h, http.MethodOptions, apiPath+"/measures"); w.Code != http.StatusNoContent || w.Header().Get("Allow") != "GET, HEAD, OPTIONS" || w.Header().Get("Access-Control-Allow-Methods") == "" {
		t.Errorf("OPTIONS answers %d %v", w.Code, w.Header())
	}
	for _, path := range []string{"/en/measures", "/account", "/api"} {
		if w = get(h, path, "Origin", "https://elsewhere.example"); w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("another site may read %s", path)
		}
	}
	head := ask(h, http.MethodHead, apiPath+"/measures/e-visa")
	if got := get(h, apiPath+"/measures/e-visa"); head.Code != http.StatusOK || head.Header().Get("ETag") != got.Header().Get("ETag") || head.Header().Get("Content-Length") == "" {
		t.Errorf("HEAD answers %d %v", head.Code, head.Header())
	}
	if w = post(h, apiPath+"/measures", ""); w.Code != http.StatusMethodNotAllowed || w.Header().Get("Content-Type") != "application/problem+json; charset=utf-8" {
		t.Errorf("POST answers %d %v", w.Code, w.Header())
	}
}

func TestWhoAsksTooMuchIsToldWhenToGoOn(t *testing.T) {
	c := config(t, country.SQLite(t))
	c.APIRate = 3
	app := open(t, c)
	for i := range 4 {
		w := get(app, apiPath+"/principles", "Accept-Language", "en")
		if limited := i == 3; limited != (w.Code == http.StatusTooManyRequests) || limited != (w.Header().Get("Retry-After") == "56") {
			t.Errorf("question %d answers %d, %q", i, w.Code, w.Header().Get("Retry-After"))
		}
	}
	if w := get(app, "/en/measures"); w.Code != http.StatusOK {
		t.Errorf("a page answers %d", w.Code)
	}
}
