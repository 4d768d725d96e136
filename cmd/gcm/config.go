package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // machines without zones know them too

	"github.com/spf13/cobra"

	"gcm/indicators"
	"gcm/internal/db"
	"gcm/internal/notify"
	"gcm/migrations"
	"gcm/objectives"
	"gcm/reports"
)

// config is what the operator decides: flags first, then the environment, then
// the default.
type config struct {
	env func(string) string

	databaseURL string
	addr        string
	baseURL     string
	filesDir    string
	mailServer  string // no flag: the help and the list of processes show flags, and it may hold a password
	mailFrom    string
	zone        string
	idle        string
	lifetime    string
	proxies     string
	apiRate     string
	factor      string
	issuer      string
	clientID    string
	clientKey   string // no flag either
	logLevel    string
	logFormat   string
	metricsAddr string
}

// setting is one value of the configuration.
type setting struct {
	flag, env, fallback, help string
	value                     *string
}

func (c *config) settings() []setting {
	return []setting{
		{"database", "GCM_DATABASE_URL", "sqlite:gcm.db", "sqlite:PATH or postgres://USER@HOST/NAME", &c.databaseURL},
		{"addr", "GCM_ADDR", "127.0.0.1:8080", "address that the web application listens on", &c.addr},
		{"base-url", "GCM_BASE_URL", "", "public address, for example https://gcm.example", &c.baseURL},
		{"files", "GCM_FILES_DIR", "gcm-files", "folder for the files that the program makes", &c.filesDir},
		{"mail-from", "GCM_MAIL_FROM", "", "sender of mail, for example \"GCM <gcm@example.org>\"; the server is GCM_SMTP_URL", &c.mailFrom},
		{"timezone", "GCM_TIMEZONE", "Asia/Almaty", "where days begin and end", &c.zone},
		{"session-idle", "GCM_SESSION_IDLE", "30m", "how long one stays signed in without asking for a page", &c.idle},
		{"session-lifetime", "GCM_SESSION_LIFETIME", "12h", "how long one stays signed in altogether", &c.lifetime},
		{"trusted-proxies", "GCM_TRUSTED_PROXIES", "", "addresses or networks, by commas, whose X-Forwarded-For is believed", &c.proxies},
		{"api-rate", "GCM_API_RATE", "600", "how many questions a minute a program may ask of the API from one address or with one token; 0 for no limit", &c.apiRate},
		{"second-factor", "GCM_SECOND_FACTOR", "required", "required or optional, for people who decide or administer", &c.factor},
		{"oidc-issuer", "GCM_OIDC_ISSUER", "", "identity provider by which people may sign in, for example https://id.example", &c.issuer},
		{"oidc-client-id", "GCM_OIDC_CLIENT_ID", "", "our name there; the secret is GCM_OIDC_CLIENT_SECRET", &c.clientID},
		{"metrics-addr", "GCM_METRICS_ADDR", "", "address of this machine on which /metrics is answered, for example 127.0.0.1:9090; none without", &c.metricsAddr},
		{"log-level", "GCM_LOG_LEVEL", "info", "debug, info, warn or error", &c.logLevel},
		{"log-format", "GCM_LOG_FORMAT", "text", "text or json", &c.logFormat},
	}
}

// flags declares every setting as a flag of all commands.
func (c *config) flags(root *cobra.Command) {
	c.mailServer, c.clientKey = c.env("GCM_SMTP_URL"), c.env("GCM_OIDC_CLIENT_SECRET")
	for _, s := range c.settings() {
		fallback := s.fallback
		if v := c.env(s.env); v != "" {
			fallback = v
		}
		root.PersistentFlags().StringVar(s.value, s.flag, fallback, fmt.Sprintf("%s (%s)", s.help, s.env))
	}
	root.PersistentPreRunE = func(*cobra.Command, []string) error { return c.check() }
}

// location is the State's time zone.
func (c *config) location() (*time.Location, error) {
	zone, err := time.LoadLocation(c.zone)
	if err != nil {
		return nil, fmt.Errorf("--timezone: %w", err)
	}
	return zone, nil
}

// check names every wrong value at once.
func (c *config) check() error {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	if !strings.HasPrefix(c.databaseURL, "sqlite:") && !strings.HasPrefix(c.databaseURL, "postgres://") && !strings.HasPrefix(c.databaseURL, "postgresql://") {
		say("--database (GCM_DATABASE_URL): use sqlite:PATH or postgres://USER@HOST/NAME")
	}
	if _, _, err := net.SplitHostPort(c.addr); err != nil {
		say("--addr (GCM_ADDR): %q is not HOST:PORT", c.addr)
	}
	if u, err := url.Parse(c.baseURL); c.baseURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		say("--base-url (GCM_BASE_URL): %q is not http://HOST or https://HOST", c.baseURL)
	}
	if host, _, err := net.SplitHostPort(c.metricsAddr); c.metricsAddr != "" && (err != nil || host != "localhost" && !net.ParseIP(host).IsLoopback()) {
		say("--metrics-addr (GCM_METRICS_ADDR): %q is not an address of this machine alone, for example 127.0.0.1:9090", c.metricsAddr)
	}
	if _, err := c.post(); err != nil {
		say("GCM_SMTP_URL, GCM_MAIL_FROM: %v", err)
	} else if c.mailServer != "" && c.baseURL == "" {
		say("--base-url (GCM_BASE_URL): mail needs it for its links")
	}
	if _, err := time.LoadLocation(c.zone); err != nil || c.zone == "" || c.zone == "Local" {
		say("--timezone (GCM_TIMEZONE): %q is not a zone, for example Asia/Almaty", c.zone)
	}
	for _, s := range []setting{{flag: "session-idle", env: "GCM_SESSION_IDLE", value: &c.idle}, {flag: "session-lifetime", env: "GCM_SESSION_LIFETIME", value: &c.lifetime}} {
		if d, err := time.ParseDuration(*s.value); err != nil || d < time.Minute {
			say("--%s (%s): %q is not a time of at least a minute, for example 30m", s.flag, s.env, *s.value)
		}
	}
	for _, proxy := range c.trustedProxies() {
		if _, err := netip.ParsePrefix(proxy); err != nil && net.ParseIP(proxy) == nil {
			say("--trusted-proxies (GCM_TRUSTED_PROXIES): %q is not an address or a network, for example 10.0.0.0/8", proxy)
		}
	}
	if n, err := strconv.Atoi(c.apiRate); err != nil || n < 0 {
		say("--api-rate (GCM_API_RATE): %q is not a whole number, for example 600", c.apiRate)
	}
	if c.factor != "required" && c.factor != "optional" {
		say("--second-factor (GCM_SECOND_FACTOR): %q is not required or optional", c.factor)
	}
	if u, err := url.Parse(c.issuer); c.issuer != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		say("--oidc-issuer (GCM_OIDC_ISSUER): %q is not https://HOST", c.issuer)
	}
	if c.issuer != "" && (c.clientID == "" || c.clientKey == "") {
		say("GCM_OIDC_ISSUER needs GCM_OIDC_CLIENT_ID and GCM_OIDC_CLIENT_SECRET")
	}
	var level slog.Level
	if level.UnmarshalText([]byte(c.logLevel)) != nil {
		say("--log-level (GCM_LOG_LEVEL): %q is not debug, info, warn or error", c.logLevel)
	}
	if c.logFormat != "text" && c.logFormat != "json" {
		say("--log-format (GCM_LOG_FORMAT): %q is not text or json", c.logFormat)
	}
	if len(wrong) > 0 {
		return usage("%s", strings.Join(wrong, "; "))
	}
	return nil
}

// base is the public address without a trailing slash.
func (c *config) base() string { return strings.TrimSuffix(c.baseURL, "/") }

// post returns the mail server, nil when there is none.
func (c *config) post() (*notify.Post, error) {
	if c.mailServer == "" {
		return nil, nil
	}
	return notify.NewPost(c.mailServer, c.mailFrom, c.base())
}

// trustedProxies are the addresses and networks of the setting.
func (c *config) trustedProxies() []string {
	return strings.FieldsFunc(c.proxies, func(r rune) bool { return r == ',' || r == ' ' })
}

// duration reads a time that was checked at start.
func duration(s string) time.Duration {
	d, _ := time.ParseDuration(s)
	return d
}

// number reads a whole number that was checked at start.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// logger writes to w as the operator asked for.
func (c *config) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.logLevel)) // checked at start
	options := &slog.HandlerOptions{Level: level}
	if c.logFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// open opens the database; with migrate it is brought to the newest schema first.
func (c *config) open(ctx context.Context, migrate bool) (*db.DB, error) {
	if !migrate {
		if err := db.Exists(c.databaseURL); err != nil {
			return nil, err
		}
	}
	g, err := db.Open(ctx, c.databaseURL)
	if err != nil {
		return nil, err
	}
	m, err := migrations.New(db.Pool(g), db.IsPostgres(g))
	if err == nil && migrate {
		_, err = m.Up(ctx)
		err = db.Fault(err, "bring the database to the newest schema")
	}
	if err == nil {
		err = current(ctx, m)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close(g))
	}
	return g, nil
}

// current says what to do about a database that is not at the program's schema.
func current(ctx context.Context, m *migrations.Migrator) error {
	at, newest, err := m.Status(ctx)
	if err != nil {
		return db.Fault(err, "read the schema's version")
	}
	if at > newest {
		return fmt.Errorf("the database is at schema %d and this program knows %d: use the newer program that wrote it", at, newest)
	}
	if at < newest {
		return fmt.Errorf("the database is at schema %d of %d: run `gcm migrate up`", at, newest)
	}
	return nil
}

// stores returns the stores on an open database.
func stores(g *db.DB) reports.Stores {
	return reports.Stores{Objectives: objectives.NewStore(g), Indicators: indicators.NewStore(g), Reviews: reports.NewStore(g)}
}
