package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// apiPage is pages/api/show.html.
type apiPage struct {
	page
	Groups  []apiGroup
	Address string // where the API begins
	SDMX    string
}

// apiGroup are the operations of one kind.
type apiGroup struct {
	Tag, Name  string
	Operations []apiOperation
}

// apiOperation is an operation as the page shows it, with a form that asks it.
type apiOperation struct {
	ID, Path, Summary string
	Parameters        []apiParameter
}

// apiParameter is a field of the form.
type apiParameter struct {
	Name, About, Example string
	Required             bool
	Values               []string // to choose from; nil when free
}

// showAPIPage shows what programs can ask, and lets people try it.
func (s *site) showAPIPage(r *request) error {
	p := apiPage{page: r.page(r.T("api.title"), r.T("api.about")), Address: r.absolute(apiPath), SDMX: r.absolute(sdmxPath)}
	for _, tag := range apiTags {
		group := apiGroup{Tag: tag, Name: r.T("api.tag." + tag)}
		for _, op := range s.api.operations() {
			if op.Tags[0] == tag {
				group.Operations = append(group.Operations, r.apiOperation(op))
			}
		}
		p.Groups = append(p.Groups, group)
	}
	return r.render(http.StatusOK, "api/show", p)
}

// operations are those of the API, by path.
func (a *api) operations() []*huma.Operation {
	var list []*huma.Operation
	for _, item := range a.OpenAPI().Paths {
		list = append(list, item.Get)
	}
	slices.SortFunc(list, func(a, b *huma.Operation) int { return strings.Compare(a.Path, b.Path) })
	return list
}

func (r *request) apiOperation(op *huma.Operation) apiOperation {
	shown := apiOperation{ID: op.OperationID, Path: op.Path, Summary: r.T("api.op." + op.OperationID)}
	for _, p := range op.Parameters {
		field := apiParameter{Name: p.Name, About: r.T("api.param." + p.Name), Required: p.In == "path"}
		if p.Example != nil {
			field.Example = strings.Trim(fmt.Sprint(p.Example), "[]")
		}
		s := p.Schema
		if s.Items != nil {
			s = s.Items
		}
		for _, v := range s.Enum {
			field.Values = append(field.Values, fmt.Sprint(v))
		}
		if p.Name == "fields" { // several are chosen, by commas
			field.About, field.Values = field.About+" "+strings.Join(field.Values, ", "), nil
		}
		shown.Parameters = append(shown.Parameters, field)
	}
	slices.SortStableFunc(shown.Parameters, func(a, b apiParameter) int {
		if a.Required == b.Required {
			return 0
		} else if a.Required {
			return -1
		}
		return 1
	})
	return shown
}

// tryAPI leads from the form of an operation to its answer: the address is put
// together here, so that the form needs no script.
func (s *site) tryAPI(r *request) error {
	asked := r.Request.URL.Query()
	for _, op := range s.api.operations() {
		if op.OperationID != asked.Get("operation") {
			continue
		}
		path, query := op.Path, url.Values{}
		for _, p := range op.Parameters {
			switch value := asked.Get(p.Name); {
			case p.In == "path":
				path = strings.ReplaceAll(path, "{"+p.Name+"}", url.PathEscape(value))
			case value != "":
				query.Set(p.Name, value)
			}
		}
		if len(query) > 0 {
			path += "?" + query.Encode()
		}
		r.Redirect(http.StatusSeeOther, path)
		return nil
	}
	r.Redirect(http.StatusSeeOther, r.url("/api"))
	return nil
}

// leadToAPIPage leads to the page in the reader's language.
func (s *site) leadToAPIPage(r *request) error {
	r.vary()
	r.Header("Cache-Control", "no-cache")
	r.Redirect(http.StatusFound, r.url("/api"))
	return nil
}
