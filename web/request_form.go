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
	Form                  sheet
	Open                  bool // there is a round in which one can be asked
	Round, Agency, Record selectField
}

// selectField is a field in which one of many is chosen.
type selectField struct {
	control
	Groups []optionGroup
}

// optionGroup is a part of a long select; the label is empty when it is the whole.
type optionGroup struct {
	Label   string
	Options []option
}

// askRequest brings the form for one request.
func (s *site) askRequest(r *request) error {
	return r.showRequestForm(http.StatusOK, r.requestSheet(url.Values{}, nil))
}

func (r *request) showRequestForm(status int, form sheet) error {
	rounds, err := r.site.progress.Cycles(r.Request.Context())
	if err != nil {
		return err
	}
	var open []option
	for _, c := range rounds {
		if c.Open() {
			open = append(open, option{Value: c.Code, Label: r.in(c.Name)})
		}
	}
	agencies, err := r.agencyOptions()
	if err != nil {
		return err
	}
	records, err := r.recordOptions()
	if err != nil {
		return err
	}
	return r.render(status, "requests/form", requestPage{
		workPage: r.workPage(r.T("requests.new")), Form: form, Open: len(open) > 0, Round: selectField{form.Control("round"), []optionGroup{{Options: open}}},
		Agency: selectField{form.Control("agency"), []optionGroup{{Options: agencies}}}, Record: selectField{form.Control("record"), records},
	})
}

// recordOptions are the measures and indicators that can be asked for, by name.
func (r *request) recordOptions() ([]optionGroup, error) {
	measures, figures, err := r.site.progress.Askable(r.Request.Context(), r.actor)
	group := func(label string, list []progress.Suggested) optionGroup {
		var options []option
		for _, s := range list {
			options = append(options, option{Value: string(s.Kind) + "/" + s.Record, Label: r.in(s.Title)})
		}
		i18n.Sort(r.p, options, func(o option) string { return o.Label })
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
	n, err := s.progress.Ask(r.Request.Context(), r.actor, round, asksOf(form))
	if err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.showRequestForm(http.StatusUnprocessableEntity, r.requestSheet(form, fieldsOfAsk(wrong)))
	}
	return r.to("/work/requests?"+url.Values{"round": {round}}.Encode(), r.T("ask.done", n))
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
