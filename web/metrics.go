package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gcm/internal/db"
	"gcm/internal/notify"
)

// metrics is what the application counts of itself, in the words of Prometheus.
// Labels are routes, never addresses: they name nobody and stay few.
type metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec   // by method, route, status
	durations *prometheus.HistogramVec // by route, in seconds
	kept      *prometheus.CounterVec   // by what became of a request for a kept page
	builds    *prometheus.CounterVec   // of reviews, by how they ended
}

// What becomes of a request for an answer that may be kept.
const (
	keptFound    = "hit"
	keptMade     = "made"
	keptShared   = "shared"   // another one made it meanwhile
	keptBypassed = "bypassed" // its query names what means nothing, or the version is unknown
)

func newMetrics(conn *db.DB, notices *notify.Store, log *slog.Logger) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "gcm_http_requests_total", Help: "Requests answered, by method, route and status.",
		}, []string{"method", "route", "status"}),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "gcm_http_request_duration_seconds", Help: "How long answers took, by route.",
			Buckets: []float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60},
		}, []string{"route"}),
		kept: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "gcm_kept_pages_total", Help: "Requests for pages that are kept by the version of the data: hit, made, shared with who asked first, bypassed.",
		}, []string{"result"}),
		builds: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "gcm_review_builds_total", Help: "Builds of reviews that ended: done, failed, stopped with the program.",
		}, []string{"result"}),
	}
	for _, result := range []string{keptFound, keptMade, keptShared, keptBypassed} {
		m.kept.WithLabelValues(result)
	}
	for _, result := range []string{builtDone, builtFailed, builtStopped} {
		m.builds.WithLabelValues(result)
	}
	m.registry.MustRegister(m.requests, m.durations, m.kept, m.builds, letters{notices, log},
		collectors.NewDBStatsCollector(db.Pool(conn), "gcm"),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// answered counts a request. One that leads nowhere has no route.
func (m *metrics) answered(method, route string, status int, took time.Duration) {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions:
	default:
		method = "other" // a client may send any word
	}
	if route == "" {
		route = "none"
	}
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Inc()
	m.durations.WithLabelValues(route).Observe(took.Seconds())
}

// How a build of a review may end.
const (
	builtDone    = "done"
	builtFailed  = "failed"
	builtStopped = "stopped"
)

// built counts a build by how it ended.
func (m *metrics) built(err error) {
	switch {
	case err == nil:
		m.builds.WithLabelValues(builtDone).Inc()
	case errors.Is(err, context.Canceled):
		m.builds.WithLabelValues(builtStopped).Inc()
	default:
		m.builds.WithLabelValues(builtFailed).Inc()
	}
}

// letters counts the queue of mail when somebody asks.
type letters struct {
	notices *notify.Store
	log     *slog.Logger
}

var lettersDesc = prometheus.NewDesc("gcm_mail_letters", "Letters in the queue of mail, by state.", []string{"state"}, nil)

// Describe implements prometheus.Collector.
func (l letters) Describe(to chan<- *prometheus.Desc) { to <- lettersDesc }

// Collect implements prometheus.Collector. While the database does not answer the
// numbers are missing, and nothing else.
func (l letters) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), readyTimeout)
	defer cancel()
	counts, err := l.notices.QueueLength(ctx)
	if err != nil {
		l.log.Warn("letters not counted", "error", err)
		return
	}
	for _, state := range notify.MailStates {
		to <- prometheus.MustNewConstMetric(lettersDesc, prometheus.GaugeValue, float64(counts[state]), state)
	}
}

// Metrics answers /metrics in the text format of Prometheus. It asks for no
// permission: serve it where the operator's machines alone reach it.
func (a *App) Metrics() http.Handler {
	m := a.site.metrics
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(a.site.Log.Handler(), slog.LevelWarn), ErrorHandling: promhttp.ContinueOnError,
	}))
	return mux
}
