package web

import (
	"encoding/json"
	"net/http"
	"strconv"

	"gcm/internal/fault"
)

// apiProblem is a failure as programs read it (RFC 9457), in the reader's language.
type apiProblem struct {
	Type      string     `json:"type" required:"true" example:"about:blank"`
	Title     string     `json:"title" required:"true"`
	Status    int        `json:"status" required:"true"`
	Detail    string     `json:"detail,omitempty"`
	RequestID string     `json:"request_id,omitempty"`
	Errors    []apiWrong `json:"errors,omitempty"`
}

// apiWrong is what is wrong with one parameter.
type apiWrong struct {
	Parameter string `json:"parameter"`
	Detail    string `json:"detail"`
}

// refuse answers a program with a problem.
func (r *request) refuse(status int, cause error) {
	if status == http.StatusUnprocessableEntity { // there is no form: what is wrong is the question
		status = http.StatusBadRequest
	}
	key := strconv.Itoa(status)
	p := apiProblem{Type: "about:blank", Title: r.T("api.status." + key), Status: status, RequestID: r.id}
	if r.p.Has("api.advice." + key) {
		p.Detail = r.T("api.advice." + key)
	}
	for _, one := range fault.ProblemsOf(cause) {
		p.Errors = append(p.Errors, apiWrong{one.Field, r.T(one.Key, one.Args...)})
	}
	body, err := json.Marshal(p)
	if err != nil {
		http.Error(r.Writer, http.StatusText(status), status)
		return
	}
	if status == http.StatusUnauthorized {
		r.Header("WWW-Authenticate", `Bearer realm="gcm", error="invalid_token"`)
	}
	r.Header("Content-Language", r.p.Lang())
	r.Header("Vary", "Accept-Language, Authorization")
	r.Data(status, "application/problem+json; charset=utf-8", body)
}
