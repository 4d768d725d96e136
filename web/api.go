package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"gcm/internal/auth"
	"gcm/internal/fault"
)

// apiPath is where the API begins. It reads and never writes.
const apiPath = "/api/v1"

// machinePaths are read by programs: their failures are answered as problems (RFC 9457), and any
// site may read them.
var machinePaths = []string{"api", "sdmx"}

// forMachines reports whether a path is read by programs.
func forMachines(path string) bool {
	_, ok := pathLanguage(path, machinePaths)
	return ok && path != "/api"
}

// api is the description of the API, made from the types of its operations, and
// the routes that answer them. It hands these to the one table of routes instead
// of a router of its own.
type api struct {
	huma.API
	routes    []route
	described map[string][]byte // the description by language
}

// newAPI returns the API with all its operations.
func newAPI(base string) (*api, error) {
	a := &api{}
	config := huma.DefaultConfig("gcm", "1")
	config.OpenAPIPath, config.DocsPath, config.SchemasPath, config.CreateHooks = "", "", "", nil
	config.FieldsOptionalByDefault = true // any may be left out by "fields"
	config.AllowAdditionalPropertiesByDefault = false
	config.RejectUnknownQueryParameters = true
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.Transformers = []huma.Transformer{chosenParts}
	a.API = huma.NewAPI(config, a)
	a.register()
	return a, a.describe(base)
}

// Handle puts an operation into the table of routes; huma asks for it.
func (a *api) Handle(op *huma.Operation, handle func(huma.Context)) {
	path := regexp.MustCompile(`\{(\w+)\}`).ReplaceAllString(op.Path, ":$1")
	var parameters []string
	for _, p := range op.Parameters {
		if p.In == "query" {
			parameters = append(parameters, p.Name)
		}
	}
	a.routes = append(a.routes, reads(path, auth.Public, func(r *request) error { return r.operate(op, handle) }).keptBy(parameters...))
}

// ServeHTTP is never called: the one router serves.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }

type humaContext = huma.Context

// answer is what an operation is about to answer, held back until it is whole.
type answer struct {
	humaContext
	ctx     context.Context
	request *request
	status  int
	body    bytes.Buffer
	failure error // of the program's own, which is answered as everywhere
}

type answerKey struct{}

func (a *answer) Context() context.Context    { return context.WithValue(a.ctx, answerKey{}, a) }
func (a *answer) SetStatus(code int)          { a.status = code }
func (a *answer) Status() int                 { return a.status }
func (a *answer) SetHeader(string, string)    {} // they are set when it is sent
func (a *answer) AppendHeader(string, string) {}
func (a *answer) BodyWriter() io.Writer       { return &a.body }
func answerOf(ctx context.Context) *answer    { a, _ := ctx.Value(answerKey{}).(*answer); return a }

// body is how huma wants an answer.
type body[T any] struct{ Body T }

// operation registers what answers a path of the API.
func operation[I, O any](a *api, op huma.Operation, ask func(r *request, in *I) (O, error)) {
	op.Method, op.Path = http.MethodGet, apiPath+op.Path
	op.Responses = a.answers(&op)
	huma.Register(a.API, op, func(ctx context.Context, in *I) (*body[O], error) {
		out := answerOf(ctx)
		content, err := ask(out.request, in)
		if err != nil {
			out.failure = err
			return nil, huma.NewError(http.StatusInternalServerError, "")
		}
		return &body[O]{content}, nil
	})
	a.nameFields(op.Path, fieldsOf(itemOf(reflect.TypeFor[O]())))
}

// operate answers an operation: what it found, or what was wrong with the
// question, each parameter in the reader's language.
func (r *request) operate(op *huma.Operation, handle func(huma.Context)) error {
	out := &answer{humaContext: humagin.NewContext(op, r.Context), ctx: r.Request.Context(), request: r}
	handle(out)
	switch {
	case fault.ProblemsOf(out.failure) != nil:
		return badRequest{fault.ProblemsOf(out.failure)}
	case out.failure != nil:
		return out.failure
	case out.status == http.StatusUnprocessableEntity:
		return wrongParameters(op, out.body.Bytes())
	case out.status >= http.StatusBadRequest:
		return errors.New("the answer could not be written: " + out.body.String())
	}
	return r.sendAPI("application/json; charset=utf-8", out.body.Bytes())
}

// sendAPI sends an answer under its hash, and nothing to who has it already.
func (r *request) sendAPI(media string, body []byte) error {
	sum := sha256.Sum256(body)
	r.Header("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:18])+`"`)
	r.Header("Cache-Control", "no-cache") // an edit shows at once
	if r.token != nil {                   // it may be more than everybody sees
		r.Header("Cache-Control", "private, no-store")
	}
	r.Writer.Header().Add("Vary", "Authorization")
	if r.holds() {
		r.Status(http.StatusNotModified)
		r.Writer.WriteHeaderNow()
		return nil
	}
	r.Header("Content-Length", strconv.Itoa(len(body)))
	r.Data(http.StatusOK, media, body)
	return nil
}

// holds reports whether who asks has what the ETag names.
func (r *request) holds() bool {
	etag := r.Writer.Header().Get("ETag")
	for _, has := range strings.Split(r.GetHeader("If-None-Match"), ",") {
		if has = strings.TrimSpace(has); has == "*" || strings.TrimPrefix(has, "W/") == etag {
			return true
		}
	}
	return false
}

// wrongParameters says of each parameter that was refused what it takes. huma
// says where; what it takes stands in the description.
func wrongParameters(op *huma.Operation, refusal []byte) error {
	var said struct {
		Errors []struct{ Location string }
	}
	if err := json.Unmarshal(refusal, &said); err != nil {
		return err
	}
	var wrong fault.Problems
	for _, e := range said.Errors {
		in, name, _ := strings.Cut(e.Location, ".")
		name, _, _ = strings.Cut(name, "[")
		if slices.ContainsFunc(wrong, func(p fault.Problem) bool { return p.Field == name }) {
			continue
		}
		i := slices.IndexFunc(op.Parameters, func(p *huma.Param) bool { return p.In == in && p.Name == name })
		if i < 0 {
			wrong.Add(name, "api.wrong.unknown")
			continue
		}
		wrong = append(wrong, takenBy(name, op.Parameters[i].Schema))
	}
	return badRequest{wrong}
}

// badRequest is what is wrong with the question itself.
type badRequest struct{ fault.Problems }

// Unwrap lets the problems be found.
func (b badRequest) Unwrap() error { return b.Problems }

// takenBy says what a parameter takes.
func takenBy(name string, s *huma.Schema) fault.Problem {
	if s.Items != nil {
		s = s.Items
	}
	switch {
	case len(s.Enum) > 0:
		var values []string
		for _, v := range s.Enum {
			values = append(values, fmt.Sprint(v))
		}
		return fault.Problem{Field: name, Key: "api.wrong.enum", Args: []any{strings.Join(values, ", ")}}
	case s.Type == huma.TypeInteger && s.Maximum != nil:
		return fault.Problem{Field: name, Key: "api.wrong.range", Args: []any{strconv.Itoa(int(*s.Minimum)), strconv.Itoa(int(*s.Maximum))}}
	case len(s.Examples) > 0:
		return fault.Problem{Field: name, Key: "api.wrong.form", Args: []any{s.Examples[0]}}
	}
	return fault.Problem{Field: name, Key: "api.wrong.value"}
}
