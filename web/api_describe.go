package web

import (
	"cmp"
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gcm/internal/i18n"
)

// apiTags are the groups of operations in the order in which they are shown.
var apiTags = []string{"state", "compact", "measures", "figures", "rounds"}

// schemaName names a type in the description: apiMeasure is Measure.
func schemaName(t reflect.Type, hint string) string {
	return strings.TrimPrefix(strings.ReplaceAll(huma.DefaultSchemaNamer(t, hint), "Api", ""), "api")
}

// answers lists what an operation may answer besides what was asked for.
func (a *api) answers(op *huma.Operation) map[string]*huma.Response {
	problem := a.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[apiProblem](), true, "Problem")
	statuses := []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable}
	if strings.Contains(op.Path, "{") {
		statuses = append(statuses, http.StatusNotFound)
	}
	responses := map[string]*huma.Response{"304": {Headers: headers("ETag")}, "200": {Headers: headers("ETag", "Link")}}
	for _, status := range statuses {
		r := &huma.Response{Content: map[string]*huma.MediaType{"application/problem+json": {Schema: problem}}}
		switch status {
		case http.StatusTooManyRequests:
			r.Headers = headers("Retry-After")
		case http.StatusUnauthorized:
			r.Headers = headers("WWW-Authenticate")
		}
		responses[strconv.Itoa(status)] = r
	}
	return responses
}

func headers(names ...string) map[string]*huma.Param {
	all := map[string]*huma.Param{}
	for _, name := range names {
		all[name] = &huma.Param{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	return all
}

// describe writes the description in each language.
func (a *api) describe(base string) error {
	d := a.OpenAPI()
	schemas := d.Components.Schemas.Map()
	delete(schemas, "ErrorModel") // huma's own failures are never answered
	delete(schemas, "ErrorDetail")
	d.Servers = []*huma.Server{{URL: cmp.Or(base, "/")}}
	d.Info.Contact = &huma.Contact{Name: "gcm", URL: cmp.Or(base, "/")}
	d.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	d.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	d.Security = []map[string][]string{{}, {"token": {}}} // none is needed for what is public
	for _, name := range apiTags {
		d.Tags = append(d.Tags, &huma.Tag{Name: name})
	}
	a.described = map[string][]byte{}
	for _, lang := range i18n.Languages {
		p, err := i18n.New(lang)
		if err != nil {
			return err
		}
		a.inWords(p)
		if a.described[lang], err = json.Marshal(d); err != nil {
			return err
		}
	}
	return nil
}

// inWords says in one language what everything is.
func (a *api) inWords(p *i18n.Printer) {
	d := a.OpenAPI()
	d.Info.Title, d.Info.Description = p.T("api.title"), p.T("api.about")
	d.Components.SecuritySchemes["token"].Description = p.T("api.token.how")
	for _, t := range d.Tags {
		t.Description = p.T("api.tag." + t.Name)
	}
	for _, item := range d.Paths {
		op := item.Get
		op.Summary = p.T("api.op." + op.OperationID)
		op.Description = p.T("api.reads")
		for _, param := range op.Parameters {
			param.Description = p.T("api.param." + param.Name)
		}
		for status, response := range op.Responses {
			response.Description = p.T("api.status." + status)
			for name, h := range response.Headers {
				h.Description = p.T("api.header." + name)
			}
		}
	}
	for _, s := range d.Components.Schemas.Map() {
		for name, property := range s.Properties {
			if key := "api.field." + name; p.Has(key) {
				property.Description = p.T(key)
			}
		}
	}
}

// showDescription answers openapi.json.
func (s *site) showDescription(r *request) error {
	lang := r.Query("lang")
	if lang == "" {
		lang = r.p.Lang()
		r.Header("Vary", "Accept-Language")
	}
	described, ok := s.api.described[lang]
	if !ok {
		return &statusError{http.StatusBadRequest, "error.bad_request"}
	}
	r.Header("Content-Language", lang)
	return r.sendAPI("application/json; charset=utf-8", described)
}
