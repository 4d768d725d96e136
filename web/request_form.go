package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gcm/internal/i18n"
	"gcm/progress"
)

// requestPage is pages/requests/form.html.
type requestPage struct {
	workPage
	Form             sheet
	Rounds, Agencies []option
	Groups           []optionGroup
}

// optionGroup is a part of a long select.
type optionGroup struct {
	Label   string
	Options []option
}

// askRequest brings the form for one request.
func (s *site) askRequest(r *request) error {
	return r.showRequestForm(http.StatusOK, r.requestSheet(url.Values{}, nil))
}

func (r *request) showRequestForm(status int, form sheet) error {
	p := requestPage{workPage: r.workPage(r.T("requests.new")), Form: form}
	rounds, err := r.site.progress.Cycles(r.Request.Context())
	if err != nil {
		return err
	}
	for _, c := range rounds {
		if c.Open() {
			p.Rounds = append(p.Rounds, option{c.Code, r.in(c.Name), c.Code == form.Get("round")})
		}
	}
	if p.Agencies, err = r.agencyOptions(); err != nil {
		return err
	}
	choose(p.Agencies, form.Get("agency"))
	if p.Groups, err = r.recordOptions(form.Get("record")); err != nil {
		return err
	}
	return r.render(status, "requests/form", p)
}

func choose(list []option, value string) {
	for i := range list {
		list[i].Chosen = list[i].Value == value
	}
}

// recordOptions are the measures and indicators that can be asked for, by name.
func (r *request) recordOptions(chosen string) ([]optionGroup, error) {
	measures, figures, err := r.site.progress.Askable(r.Request.Context(), r.actor)
	group := func(label string, list []progress.Suggested) optionGroup {
		var options []option
		for _, s := range list {
			options = append(options, option{Value: string(s.Kind) + "/" + s.Record, Label: r.in(s.Title)})
		}
		i18n.Sort(r.p, options, func(o option) string { return o.Label })
		choose(options, chosen)
		return optionGroup{label, options}
	}
	return []optionGroup{group(r.T("nav.measures"), measures), group(r.T("nav.indicators"), figures)}, err
}

// createRequest sends one request.
func (s *site) createRequest(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	round := form.Get("round")
	form.Set("ask", form.Get("agency")+"/"+form.Get("record"))
	asks := asksOf(form)
	n, err := s.progress.Ask(r.Request.Context(), r.actor, round, asks)
	if err != nil {
		problems, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.showRequestForm(http.StatusUnprocessableEntity, r.requestSheet(form, fieldsOfAsk(problems)))
	}
	return r.to("/work/requests?"+url.Values{"round": {round}}.Encode(), r.T("ask.done", n))
}

// fieldsOfAsk names the fields of a single form, in which there is no list.
func fieldsOfAsk(list problems) problems {
	for i := range list {
		if at := strings.LastIndex(list[i].Field, "."); at >= 0 {
			list[i].Field = list[i].Field[at+1:]
		}
	}
	return list
}

// withdrawRequest takes a request back, for a reason.
func (s *site) withdrawRequest(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(r.Param("id"), 10, 64)
	if err != nil {
		return notFound("no request %q", r.Param("id"))
	}
	if err := s.progress.WithdrawRequest(r.Request.Context(), r.actor, id, form.Get("reason")); err != nil {
		return err
	}
	back := form.Get("back")
	if !localPath(back) || !strings.HasPrefix(back, "/work/requests") {
		back = "/work/requests"
	}
	return r.to(back, r.T("request.withdrawn"))
}
