package web

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"gcm/internal/auth"
)

// route is a line of the table below.
type route struct {
	method, path string
	permission   auth.Permission
	handle       handler
}

// routes is the table of contents: every address with who may ask for it.
func (s *site) routes() []route {
	get, post := http.MethodGet, http.MethodPost
	return []route{
		{get, "/", auth.Public, s.redirectHome},
		{get, "/healthz", auth.Public, s.health},
		{get, "/static/*file", auth.Public, s.static},

		// pages, with their language in the path
		{get, "/:lang", auth.Public, s.redirectHome},
		{get, "/:lang/", auth.Public, s.showDashboard},
		{get, "/:lang/objectives", auth.Public, s.listObjectives},
		{get, "/:lang/objectives/:number", auth.Public, s.showObjective},
		{get, "/:lang/measures", auth.Public, s.listMeasures},
		{get, "/:lang/measures/:code", auth.Public, s.showMeasure},
		{get, "/:lang/indicators", auth.Public, s.listIndicators},
		{get, "/:lang/indicators/:code", auth.Public, s.showIndicator}, // also CODE.csv, .json, .svg
		{get, "/:lang/agencies", auth.Public, s.listAgencies},
		{get, "/:lang/agencies/:code", auth.Public, s.showAgency},
		{get, "/:lang/reviews", auth.Public, s.listReviews},
		{get, "/:lang/reviews/:cycle", auth.Public, s.showReview},
		{get, "/:lang/reviews/:cycle/:file", auth.Public, s.downloadReview}, // kk.pdf
		{post, "/:lang/reviews/:cycle/builds", auth.Public, s.startBuild},
		{get, "/:lang/reviews/:cycle/builds/:edition", auth.Public, s.showBuild}, // kk-full, kk-full.json
		{get, "/:lang/data", auth.Public, s.showData},
		{get, "/:lang/about", auth.Public, s.showAbout},
		{post, "/:lang/theme", auth.Public, s.chooseTheme},

		// files, without
		{get, "/reviews/:cycle/:file", auth.Public, s.downloadReview},
		{get, "/indicators/:code", auth.Public, s.downloadIndicator},
	}
}

// router registers the routes. A route without a permission is refused.
func (s *site) router(routes []route) (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false // it would lead to pages that do not exist, and where X-Forwarded-Prefix says
	engine.RedirectFixedPath = false
	for _, r := range routes {
		if !r.permission.Named() {
			return nil, fmt.Errorf("web: the route %s %s names no permission", r.method, r.path)
		}
		engine.Handle(r.method, r.path, s.adapt(r.permission, r.handle))
		if r.method == http.MethodGet {
			engine.Handle(http.MethodHead, r.path, s.adapt(r.permission, r.handle))
			continue
		}
		for _, method := range []string{http.MethodGet, http.MethodHead} { // else a wider GET route would answer
			engine.Handle(method, r.path, s.adapt(auth.Public, s.noMethod))
		}
	}
	engine.NoRoute(s.adapt(auth.Public, s.noRoute))
	engine.NoMethod(s.adapt(auth.Public, s.noMethod))
	return engine, nil
}
