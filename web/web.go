// Package web answers HTTP: routes, requests, pages and files. It stands above
// the domain rooms and puts their nouns on pages; it knows no SQL and no paper.
package web

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/alexedwards/scs/v2"

	"gcm/indicators"
	"gcm/indicators/quality"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/notify"
	"gcm/migrations"
	"gcm/objectives"
	"gcm/progress"
	"gcm/reports"
	"gcm/reports/desk"
)

// Config is what the application needs from outside.
type Config struct {
	DB  *db.DB
	Log *slog.Logger
	Now func() time.Time

	// BaseURL is the public address without a trailing slash, empty when unknown.
	// With https:// in it, browsers are told to keep to HTTPS.
	BaseURL string

	// Zone is where days begin and end for the State; nil for UTC.
	Zone *time.Location

	// SessionIdle and SessionLifetime are how long one stays signed in without
	// asking for a page, and altogether; 0 for half an hour and twelve hours.
	SessionIdle, SessionLifetime time.Duration

	// SecondFactorOptional lets people with guarded roles in without a second
	// factor.
	SecondFactorOptional bool

	// Identity is the provider by which people may sign in; none without issuer.
	Identity IdentityProvider

	// TrustedProxies are the addresses or networks whose X-Forwarded-For is
	// believed; none without.
	TrustedProxies []string

	// APIRate is how many questions a minute each program may ask; 0 for no limit.
	APIRate int

	// MailServer names the server that takes mail; empty without one.
	MailServer string

	// FilesDir keeps the reviews that were built.
	FilesDir string

	// BuildReview writes the review of a cycle as PDF. The profile is "full" or
	// "compact".
	BuildReview func(ctx context.Context, cycle, lang, profile string, w io.Writer) error

	// Draw writes a document as PDF.
	Draw func(w io.Writer, doc reports.Document) error

	// Press draws the files of an edition; Program names the program that does.
	Press   desk.Press
	Program string

	// Fingerprint stands for all that BuildReview would write now: it differs when
	// the data have changed since, and is not empty.
	Fingerprint func(ctx context.Context, cycle, lang, profile string) (string, error)
}

// site is the application: what handlers need, and nothing of a request.
type site struct {
	Config
	objectives *objectives.Store
	indicators *indicators.Store
	progress   *progress.Store
	quality    *quality.Store
	reports    *reports.Store
	desk       *desk.Store
	notices    *notify.Store
	versions   *versions
	schema     *migrations.Migrator
	metrics    *metrics
	keeper     *keeper
	spoken     atomic.Pointer[spokenAt]
	pages      *pages
	assets     *assets
	accounts   *auth.Store
	sessions   *scs.SessionManager
	builds     *builds
	libraries  kept[library]
	measures   kept[measureList]
	stood      kept[[]indicators.Standing]
	uploads    chan struct{} // one place for each that is read at once
	exports    chan struct{} // one place for each that is written at once
	identity   identity
	table      []route
	mapLimit   int // how many addresses a part of the map holds
	api        *api
	rate       rate
	origin     http.CrossOriginProtection
	verifying  sync.Mutex // held while the audit log is verified
}

// App is the application as a handler.
type App struct {
	http.Handler
	site *site
}

// Close ends the builds that run and returns when none uses the database or the
// folder of files any longer. Call it when requests are no longer answered.
func (a *App) Close() { a.site.builds.close() }

// Warm works out in advance what the first visitor would wait for: where each
// indicator stands. With a million observations that takes seconds.
func (a *App) Warm(ctx context.Context) {
	if _, err := a.site.standings(ctx); err != nil && ctx.Err() == nil {
		a.site.Log.Warn("where indicators stand is not worked out in advance", "error", err)
	}
}

// New returns the application. The database must be migrated. Files in the
// folder of built reviews that an earlier program left unfinished are removed.
func New(config Config) (*App, error) {
	switch {
	case config.DB == nil, config.Log == nil, config.Now == nil, config.BuildReview == nil, config.Fingerprint == nil, config.Draw == nil, config.Press == nil:
		return nil, fmt.Errorf("web: the database, the log, the clock, the review's builder, its fingerprint and what draws documents and editions are needed")
	case config.FilesDir == "":
		return nil, fmt.Errorf("web: a folder for built reviews is needed")
	}
	assets, err := loadAssets()
	if err != nil {
		return nil, err
	}
	config.BaseURL = strings.TrimSuffix(config.BaseURL, "/")
	config.Zone = cmp.Or(config.Zone, time.UTC)
	config.SessionIdle = cmp.Or(config.SessionIdle, 30*time.Minute)
	config.SessionLifetime = cmp.Or(config.SessionLifetime, 12*time.Hour)
	s := &site{
		Config:     config,
		objectives: objectives.NewStore(config.DB),
		indicators: indicators.NewStore(config.DB),
		reports:    reports.NewStore(config.DB),
		notices:    notify.NewStore(config.DB),
		versions:   newVersions(config.DB),
		keeper:     newKeeper(keptBytes),
		accounts:   auth.NewStore(config.DB).In(config.Zone),
		sessions:   newSessions(config),
		uploads:    make(chan struct{}, uploadsAtOnce),
		exports:    make(chan struct{}, exportsAtOnce),
		progress:   progress.NewStore(config.DB),
		quality:    quality.NewStore(config.DB),
		assets:     assets,
		mapLimit:   sitemapLimit,
		rate:       rate{limit: config.APIRate},
	}
	s.desk = desk.NewStore(config.DB, reports.Stores{Objectives: s.objectives, Indicators: s.indicators, Reviews: s.reports})
	if s.schema, err = migrations.New(db.Pool(config.DB), db.IsPostgres(config.DB)); err != nil {
		return nil, err
	}
	s.metrics = newMetrics(config.DB, s.notices, config.Log)
	if s.builds, err = newBuilds(config, s.metrics.built); err != nil {
		return nil, err
	}
	if s.pages, err = loadPages(); err != nil {
		return nil, err
	}
	if s.api, err = newAPI(config.BaseURL); err != nil {
		return nil, err
	}
	router, err := s.router(s.routes())
	if err != nil {
		return nil, err
	}
	return &App{s.guard(s.remember(router)), s}, nil
}

// NewServer returns a server with limits on how long a client may take.
func NewServer(addr string, handler http.Handler) *http.Server {
	return &http.Server{
		Addr: addr, Handler: handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      3 * time.Minute, // a review may have to be built first
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
}
