package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"gcm/indicators/exchange"
	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/period"
)

// sdmxPath is where the web services of SDMX begin: SDMX 2.1 REST.
const sdmxPath = "/sdmx"

// sdmxRoutes are queries of data and of structures. Parts that are left out stand
// for all.
func (s *site) sdmxRoutes() []route {
	data := func(path string) route {
		return reads(sdmxPath+"/data/:flow"+path, auth.Public, s.sdmxData).keptBy(sdmxDataParameters...).negotiating(sdmxForm(sdmxDataMedia))
	}
	structure := func(path string) route {
		return reads(sdmxPath+"/:resource"+path, auth.Public, s.sdmxStructure).keptBy(sdmxStructureParameters...).negotiating(sdmxForm(sdmxStructureMedia))
	}
	return []route{data(""), data("/:key"), data("/:key/:provider"), structure(""), structure("/:agency"), structure("/:agency/:id"), structure("/:agency/:id/:version")}
}

// The parameters that queries take.
var (
	sdmxDataParameters      = []string{"startPeriod", "endPeriod", "updatedAfter", "firstNObservations", "lastNObservations", "dimensionAtObservation", "detail", "includeHistory", "format"}
	sdmxStructureParameters = []string{"references", "detail", "format"}
)

// sdmxForm names the form in which a question is answered; empty for none.
func sdmxForm(offered []sdmxMedia) func(*http.Request) string {
	return func(r *http.Request) string {
		f, _ := wanted(cmp.Or(r.URL.Query().Get("format"), r.Header.Get("Accept")), offered)
		return f.Code
	}
}

// sdmxMedia is a form of an answer: what asks for it and how it is written.
type sdmxMedia struct {
	media, version string
	format         string // of the exchange
}

var (
	sdmxDataMedia = []sdmxMedia{
		{"application/vnd.sdmx.genericdata+xml", "2.1", "sdmx-generic"}, // the one that is given without a wish
		{"application/vnd.sdmx.data+json", "2.0.0", "sdmx-json"},
		{"application/vnd.sdmx.data+csv", "1.0.0", "sdmx-csv-1.0"},
		{"application/vnd.sdmx.data+csv", "2.0.0", "sdmx-csv"},
		{"application/json", "", "sdmx-json"}, {"text/csv", "", "sdmx-csv-1.0"}, {"application/xml", "", "sdmx-generic"}, {"text/xml", "", "sdmx-generic"},
	}
	sdmxStructureMedia = []sdmxMedia{
		{"application/vnd.sdmx.structure+xml", "2.1", "sdmx-structure"},
		{"application/vnd.sdmx.structure+json", "2.0.0", "sdmx-structure-json"},
		{"application/json", "", "sdmx-structure-json"}, {"application/xml", "", "sdmx-structure"}, {"text/xml", "", "sdmx-structure"},
	}
)

// wish is a media type that a program accepts.
type wish struct {
	media, version string
	q              float64
}

func wishes(accept string) []wish {
	var list []wish
	for part := range strings.SplitSeq(accept, ",") {
		fields := strings.Split(part, ";")
		w := wish{media: strings.ToLower(strings.TrimSpace(fields[0])), q: 1}
		for _, f := range fields[1:] {
			name, value, _ := strings.Cut(strings.TrimSpace(f), "=")
			switch value = strings.Trim(value, `"`); strings.ToLower(name) {
			case "version":
				w.version = value
			case "q":
				w.q, _ = strconv.ParseFloat(value, 64) // what is no number is not wanted
			}
		}
		if w.media != "" {
			list = append(list, w)
		}
	}
	slices.SortStableFunc(list, func(a, b wish) int { return cmp.Compare(b.q, a.q) })
	return list
}

// wanted is the form that a program wants of those that there are; false when none
// of them will do.
func wanted(accept string, offered []sdmxMedia) (exchange.Format, bool) {
	list := wishes(accept)
	if len(list) == 0 {
		list = []wish{{media: "*/*", q: 1}}
	}
	for _, w := range list {
		for _, o := range offered {
			kind, _, _ := strings.Cut(o.media, "/")
			fits := w.media == "*/*" || w.media == kind+"/*" || w.media == o.media && (w.version == "" || o.version == "" || strings.HasPrefix(o.version, strings.TrimSuffix(w.version, ".0")))
			if w.q > 0 && fits {
				return exchange.FormatOf(o.format)
			}
		}
	}
	return exchange.Format{}, false
}

var (
	errNotAcceptable  = &statusError{http.StatusNotAcceptable, "error.bad_request"}
	errNotImplemented = &statusError{http.StatusNotImplemented, "error.bad_request"}
)

// sdmxWords are the parameters of queries with what they take.
func sdmxWords(q url.Values, known ...string) error {
	var wrong fault.Problems
	for name, values := range q {
		switch {
		case !slices.Contains(known, name):
			wrong.Add(name, "api.wrong.unknown")
		case len(values) > 1 || len(values[0]) > 200:
			wrong.Add(name, "api.wrong.value")
		}
	}
	return asBadRequest(wrong)
}

// asBadRequest is what is wrong with a question, nil when nothing is.
func asBadRequest(wrong fault.Problems) error {
	if len(wrong) == 0 {
		return nil
	}
	slices.SortFunc(wrong, func(a, b fault.Problem) int { return cmp.Compare(a.Field, b.Field) })
	return badRequest{wrong}
}

// sdmxData answers a query of data.
func (s *site) sdmxData(r *request) error {
	asked := r.Request.URL.Query()
	if err := sdmxWords(asked, sdmxDataParameters...); err != nil {
		return err
	}
	q, byTime, err := sdmxQuery(asked, r.Param("key"))
	if err != nil {
		return err
	}
	if asked.Get("includeHistory") == "true" {
		return errNotImplemented
	}
	f, ok := wanted(cmp.Or(asked.Get("format"), r.GetHeader("Accept")), sdmxDataMedia)
	if !ok {
		return errNotAcceptable
	}
	ctx, stores := r.Request.Context(), s.figures()
	return r.sendSDMX(f, func() (exchange.Set, error) {
		about, err := exchange.Described(ctx, stores, s.BaseURL)
		if err != nil {
			return about, err
		}
		provider := r.Param("provider")
		if !about.Names(r.Param("flow")) || provider != "" && provider != "all" && provider != about.Agency && !strings.HasSuffix(provider, ","+about.Agency) {
			return about, notFound("no dataflow %q of %q", r.Param("flow"), provider)
		}
		set, err := exchange.Selected(ctx, stores, about, q)
		switch {
		case errors.Is(err, exchange.ErrKey):
			return set, badRequest{fault.Problems{{Field: "key", Key: "api.wrong.key"}}}
		case err == nil && set.Count == 0:
			return set, notFound("no observations")
		}
		switch asked.Get("detail") {
		case "serieskeysonly", "nodata": // all attributes are those of observations
			byTime, set.DataOnly, set.KeysOnly = true, true, true
		case "dataonly":
			set.DataOnly = true
		}
		set.ByTime = byTime
		return set, err
	})
}

// sdmxQuery reads the parameters of a query of data.
func sdmxQuery(asked url.Values, key string) (q exchange.Query, byTime bool, err error) {
	var wrong fault.Problems
	q.Key = key
	at := func(name string) (p period.Period) {
		if text := asked.Get(name); text != "" {
			var err error
			if p, err = exchange.PeriodOf(text); err != nil || p == "" {
				wrong.Add(name, "api.wrong.form", "2024, 2024-Q2, 2024-S1, 2024-06, 2024-06-30")
			}
		}
		return p
	}
	count := func(name string) int {
		text := asked.Get(name)
		n, err := strconv.Atoi(text)
		if text != "" && (err != nil || n < 1 || n > 1_000_000) {
			wrong.Add(name, "api.wrong.range", "1", "1000000")
		}
		return n
	}
	q.Start, q.End, q.FirstN, q.LastN = at("startPeriod"), at("endPeriod"), count("firstNObservations"), count("lastNObservations")
	if text := asked.Get("updatedAfter"); text != "" {
		if q.Since, err = time.Parse(time.RFC3339, text); err != nil {
			wrong.Add("updatedAfter", "api.wrong.form", "2026-01-31T00:00:00Z")
		}
	}
	if d := asked.Get("detail"); !slices.Contains([]string{"", "full", "dataonly", "serieskeysonly", "nodata"}, d) {
		wrong.Add("detail", "api.wrong.enum", "full, dataonly, serieskeysonly, nodata")
	}
	dimension := asked.Get("dimensionAtObservation")
	if !slices.Contains([]string{"", "TIME_PERIOD", "AllDimensions"}, dimension) {
		wrong.Add("dimensionAtObservation", "api.wrong.enum", "TIME_PERIOD, AllDimensions")
	}
	return q, dimension != "AllDimensions", asBadRequest(wrong)
}

// sdmxStructure answers a query of structures.
func (s *site) sdmxStructure(r *request) error {
	asked := r.Request.URL.Query()
	if err := sdmxWords(asked, sdmxStructureParameters...); err != nil {
		return err
	}
	ask := exchange.Asking{
		Resource: r.Param("resource"), Agency: cmp.Or(r.Param("agency"), "all"), ID: cmp.Or(r.Param("id"), "all"),
		Version: cmp.Or(r.Param("version"), "latest"), References: cmp.Or(asked.Get("references"), "none"),
	}
	if !slices.Contains(exchange.Resources, ask.Resource) {
		return notFound("no resource %q", ask.Resource)
	}
	var wrong fault.Problems
	if !slices.Contains(exchange.References, ask.References) && !slices.Contains(exchange.Resources, ask.References) {
		wrong.Add("references", "api.wrong.enum", strings.Join(append(slices.Clone(exchange.References), exchange.Resources...), ", "))
	}
	detail := asked.Get("detail")
	if !slices.Contains([]string{"", "full", "allstubs", "referencestubs", "referencepartial", "allcompletestubs", "referencecompletestubs"}, detail) {
		wrong.Add("detail", "api.wrong.enum", "full, referencepartial")
	}
	if err := asBadRequest(wrong); err != nil {
		return err
	}
	if strings.HasSuffix(detail, "stubs") {
		return errNotImplemented
	}
	f, ok := wanted(cmp.Or(asked.Get("format"), r.GetHeader("Accept")), sdmxStructureMedia)
	if !ok {
		return errNotAcceptable
	}
	return r.sendSDMX(f, func() (exchange.Set, error) {
		set, err := exchange.Described(r.Request.Context(), s.figures(), s.BaseURL)
		if err != nil {
			return set, err
		}
		found, any := set.Find(ask)
		if set.Only = found; !any {
			return set, notFound("no %s %s:%s(%s)", ask.Resource, ask.Agency, ask.ID, ask.Version)
		}
		return set, nil
	})
}

// sendSDMX sends a message. It is written whole first, under its hash, so that a
// reader gets all of it, nothing of it because he has it, or a failure.
func (r *request) sendSDMX(f exchange.Format, set func() (exchange.Set, error)) error {
	select {
	case r.site.exports <- struct{}{}:
		defer func() { <-r.site.exports }()
	case <-r.Request.Context().Done():
		return r.Request.Context().Err()
	}
	s, err := set()
	if err != nil {
		return err
	}
	file, err := os.CreateTemp("", "gcm-sdmx-*")
	if err != nil {
		return fmt.Errorf("write a message: %w", err)
	}
	defer func() { _, _ = file.Close(), os.Remove(file.Name()) }() // it was sent, or the error says why not
	sum := sha256.New()
	if err := exchange.Write(io.MultiWriter(file, sum), f, s); err != nil {
		return err
	}
	r.Header("Content-Type", f.Media)
	r.Header("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:18])+`"`)
	r.Header("Cache-Control", "no-cache")
	r.Header("Vary", "Accept, Authorization")
	http.ServeContent(r.Writer, r.Request, "", time.Time{}, file)
	return nil
}
