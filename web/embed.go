package web

import (
	"cmp"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/i18n"
)

// embedPath is the head of what other sites may show within their pages.
const embedPath = "/embed/"

// embedPolicy is that of what other sites may show: no script, no form, and the
// only answers that a page of another site may hold. What looks through a page for
// its reader may ask this site, as for robots.txt.
const embedPolicy = "default-src 'none'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"

func embedded(path string) bool { return strings.HasPrefix(path, embedPath) }

// embedParameters are those of the query of what is embedded.
var embedParameters = []string{"lang", "theme"}

// embed is what embed.html shows around a piece of a page.
type embed struct {
	Lang, Title, Theme string
	Description        string
	State              i18n.Text
	Back               string // the whole page, absolute when the operator named an address
	Way                string // what the link to it says
	Canonical          string // empty on a page of an error
}

// Frame is how embed.html reaches these fields, whatever else is embedded.
func (e embed) Frame() embed { return e }

// embedFrame is what stands around a piece of a page, in the theme that the address
// names, with the way to the whole one.
func (r *request) embedFrame(title, path, way string) embed {
	e := embed{
		Lang: r.p.Lang(), Title: title, Description: r.described(title), State: r.country.Name,
		Back: r.site.BaseURL + r.url(path), Way: r.T(way),
	}
	if i := slices.Index(themes, r.Query("theme")); i > 0 {
		e.Theme = themes[i]
	}
	return e
}

// embed reads how the piece of a page is to look; a language or a theme that there
// is not gets an answer of its own.
func (r *request) embed(title, path string) (embed, error) {
	e := r.embedFrame(title, path, "embed.back")
	e.Canonical = e.Back
	lang, theme := r.Query("lang"), r.Query("theme")
	if lang != "" && !slices.Contains(r.languages(), lang) || theme != "" && !slices.Contains(themes, theme) {
		return e, &statusError{http.StatusBadRequest, "error.embed"}
	}
	return e, nil
}

// showEmbed sends a piece of a page for other sites. It depends on no cookie.
func (r *request) showEmbed(status int, name string, data any) error {
	r.Header("Content-Security-Policy", embedPolicy)
	return r.render(status, name, data)
}

// embedIndicatorPage is pages/embeds/indicator.html.
type embedIndicatorPage struct {
	embed
	indicators.Indicator
	Figure *figure
	Values []embedValue // of an indicator that is not charted
	Cite   string
}

// embedValue is a value with the words for its period and its category.
type embedValue struct {
	indicators.Observation
	Label string
}

func (s *site) embedIndicator(r *request) error {
	ind, err := r.indicator(r.Param("code"))
	if err != nil {
		return err
	}
	p := embedIndicatorPage{Indicator: ind, Cite: r.cite(ind)}
	if p.embed, err = r.embed(r.in(ind.Name), "/indicators/"+ind.Code); err != nil {
		return err
	}
	if p.Figure, err = r.figure(ind, indicators.View{}); err != nil {
		return err
	}
	if p.Figure == nil {
		for _, o := range ind.Observations {
			label := []string{ind.BreakdownLabel(r.p, o.Breakdown), indicators.PeriodName(r.p, o.Period)}
			label = slices.DeleteFunc(label, func(part string) bool { return part == "" })
			p.Values = append(p.Values, embedValue{o, cmp.Or(strings.Join(label, ", "), r.T("breakdown.total"))})
		}
	}
	return r.showEmbed(http.StatusOK, "embeds/indicator", p)
}

// embedObjectivePage is pages/embeds/objective.html.
type embedObjectivePage struct {
	embed
	objectiveLine
}

func (s *site) embedObjective(r *request) error {
	o, err := r.objective()
	if err != nil {
		return err
	}
	var p embedObjectivePage
	if p.embed, err = r.embed(r.T("objective.title", o.Number, r.in(o.ShortTitle)), "/objectives/"+strconv.Itoa(o.Number)); err != nil {
		return err
	}
	if p.objectiveLine, err = r.objectiveLine(o.Number); err != nil {
		return err
	}
	return r.showEmbed(http.StatusOK, "embeds/objective", p)
}

// embedErrorPage is pages/embeds/error.html: the frame of another site shows it.
type embedErrorPage struct {
	embed
	Message, Advice string
}

// failEmbedded answers a failure in the frame in which it happened.
func (r *request) failEmbedded(status int, message, advice string) error {
	if status == http.StatusNotFound { // there is no menu to choose from
		advice = r.T("error.embed.not_found")
	}
	return r.showEmbed(status, "embeds/error", embedErrorPage{r.embedFrame(message, "/", "embed.home"), message, advice})
}

// snippet is the code by which another site shows a piece of a page.
type snippet struct {
	Code string
	URL  string // what it shows
}

// snippet makes it. The height fits a chart with its words on a narrow page.
func (r *request) snippet(path, title string, height int) snippet {
	where := strings.TrimSuffix(embedPath, "/") + path + "?" + url.Values{"lang": {r.p.Lang()}}.Encode()
	return snippet{
		Code: `<iframe src="` + html.EscapeString(r.absolute(where)) + `" title="` + html.EscapeString(title) + `" width="100%" height="` + strconv.Itoa(height) + `" loading="lazy"></iframe>`,
		URL:  where,
	}
}
