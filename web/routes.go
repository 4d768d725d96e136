package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"gcm/indicators/intake"
	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/progress"
)

// route is a line of the table below.
type route struct {
	method, path string
	permission   auth.Permission
	handle       handler
	limit        int64                                       // of the body in bytes; 0 for maxBody
	kept         bool                                        // answers are kept by the version of the data
	parameters   []string                                    // of the query, that make a difference to a kept answer
	form         func(*http.Request) string                  // of a kept answer, where the client chooses; nil for one
	ahead        func(*gin.Context) (progress.Showing, bool) // which entries signed-in people see there before the public does; nil for none
}

// reads is a route that is read.
func reads(path string, p auth.Permission, h handler) route {
	return route{method: http.MethodGet, path: path, permission: p, handle: h}
}

// takes is a route that takes a form.
func takes(path string, p auth.Permission, h handler) route {
	return route{method: http.MethodPost, path: path, permission: p, handle: h}
}

// upTo lets a route take a body of so many bytes.
func (r route) upTo(bytes int64) route {
	r.limit = bytes
	return r
}

// routes is the table of contents: every address with who may ask for it.
func (s *site) routes() []route {
	return append([]route{
		reads("/", auth.Public, s.redirectHome),
		reads("/healthz", auth.Public, s.health),
		reads("/readyz", auth.Public, s.ready),
		reads("/static/*file", auth.Public, s.static),
		reads("/robots.txt", auth.Public, s.robots).keptBy(),
		reads(sitemapPath, auth.Public, s.sitemap).keptBy(),
		reads(sitemapParts+":part", auth.Public, s.sitemapPart).keptBy(), // 1.xml

		// pages, with their language in the path
		reads("/:lang", auth.Public, s.redirectHome),
		reads("/:lang/", auth.Public, s.showDashboard).keptBy("by").aheadOf(everythingAhead),
		reads("/:lang/objectives", auth.Public, s.listObjectives).keptBy("text", "table", "agency", "without"),
		reads("/:lang/objectives/:number", auth.Public, s.showObjective).keptBy().aheadOf(objectiveAhead),
		reads("/:lang/objectives/:number/actions/:letter", auth.Public, s.showAction).keptBy(),
		reads("/:lang"+feedPath, auth.Public, s.feed).keptBy(),
		reads("/:lang"+sharePath, auth.Public, s.shareSite).keptBy(),
		reads("/:lang/objectives/:number"+sharePath, auth.Public, s.shareObjective).keptBy(),
		reads("/:lang/indicators/:code"+sharePath, auth.Public, s.shareIndicator).keptBy(),
		reads("/:lang/objectives.svg", auth.Public, s.downloadPicture).keptBy(),
		reads("/:lang/principles", auth.Public, s.listPrinciples).keptBy(),
		reads("/:lang/principles/:letter", auth.Public, s.showPrinciple).keptBy(),
		reads("/:lang/matrix", auth.Public, s.showPublicMatrix).keptBy("role", "status", "body"),
		reads("/:lang/timeline", auth.Public, s.showTimeline).keptBy("status", "cycle", "objective", "agency", "page"),
		reads("/:lang/laws", auth.Public, s.listLaws).keptBy("text", "kind", "standing"),
		reads("/:lang/laws/:code", auth.Public, s.showLaw).keptBy(),
		reads("/:lang/glossary", auth.Public, s.showGlossary).keptBy("text"),
		reads("/:lang/measures", auth.Public, s.listMeasures).keptBy("text", "status", "objective", "agency", "without", "kind", "action", "principle", "table", "basis", "page"),
		reads("/:lang/measures/:code", auth.Public, s.showMeasure).keptBy().aheadOf(measureAhead),
		reads("/:lang/indicators", auth.Public, s.listIndicators).keptBy("text", "objective", "trend", "fresh", "without", "type", "agency", "table", "page"),
		reads("/:lang/indicators/:code", auth.Public, s.showIndicator).keptBy(append([]string{"page"}, pictureParameters...)...).aheadOf(indicatorAhead), // also CODE.csv, .json, .svg
		reads("/:lang"+comparePath, auth.Public, s.compareIndicators).keptBy(compareParameter),
		reads("/:lang"+comparePath+".svg", auth.Public, s.downloadComparison(".svg")).keptBy(compareParameter),
		reads("/:lang"+comparePath+".png", auth.Public, s.downloadComparison(".png")).keptBy(compareParameter),
		reads("/:lang"+comparePath+tableEnding, auth.Public, s.downloadComparison(tableEnding)).keptBy(compareParameter),
		reads("/:lang/agencies", auth.Public, s.listAgencies).keptBy("text", "kind", "objective", "without"),
		reads("/:lang/agencies/:code", auth.Public, s.showAgency).keptBy(),
		reads("/:lang/reviews", auth.Public, s.listReviews).keptBy(),
		reads("/:lang/reviews/:cycle", auth.Public, s.showReview),
		reads("/:lang/reviews/:cycle/:file", auth.Public, s.downloadReview), // kk.pdf
		reads("/:lang/reviews/:cycle/errata", auth.Public, s.showErrata).keptBy(),
		reads("/:lang/reviews/:cycle/editions/:number", auth.Public, s.showEdition).keptBy(),
		takes("/:lang/reviews/:cycle/builds", auth.Public, s.startBuild),
		reads("/:lang/reviews/:cycle/builds/:edition", auth.Public, s.showBuild), // kk-full, kk-full.json
		reads("/:lang/data", auth.Public, s.showData).keptBy(),
		reads("/:lang/data/gaps", auth.Public, s.showGaps).keptBy("kind", "objective", "agency", "text"),
		reads("/:lang/data/gaps.xlsx", auth.Public, s.downloadGaps).keptBy("kind", "objective", "agency", "text"),
		reads("/:lang/data/releases/:code", auth.Public, s.showDataRelease).keptBy(),
		reads("/:lang/search", auth.Public, s.search),
		reads("/:lang/verify", auth.Public, s.askVerify),
		takes("/:lang/verify", auth.Public, s.takeVerify).upTo(maxVerified),
		reads("/:lang/about", auth.Public, s.showAbout).keptBy(),
		takes("/:lang/theme", auth.Public, s.chooseTheme),

		// the way in and out
		reads("/sign-in", auth.Public, s.askSignIn),
		takes("/sign-in", auth.Public, s.signIn),
		reads("/sign-in/factor", auth.Public, s.askCode),
		takes("/sign-in/factor", auth.Public, s.takeCode),
		reads("/sign-in/oidc", auth.Public, s.leadToProvider),
		reads("/sign-in/oidc/callback", auth.Public, s.returnFromProvider),
		takes("/sign-out", auth.SignedIn, s.signOut),
		reads("/setup", auth.Public, s.askSetUp),
		takes("/setup", auth.Public, s.setUp),
		reads("/invitation/:secret", auth.Public, s.keepLink),
		reads("/invitation", auth.Public, s.askNewPassword),
		takes("/invitation", auth.Public, s.takeNewPassword),
		reads("/reset/:secret", auth.Public, s.keepLink),
		reads("/reset", auth.Public, s.askNewPassword),
		takes("/reset", auth.Public, s.takeNewPassword),
		reads("/forgotten", auth.Public, s.askForgotten),
		takes("/forgotten", auth.Public, s.sendReset),

		// one's own account
		reads("/account", auth.SignedIn, s.showAccount),
		takes("/account", auth.SignedIn, s.changeProfile),
		takes("/account/password", auth.SignedIn, s.changePassword),
		takes("/account/sessions", auth.SignedIn, s.endSessions),
		reads("/account/totp", auth.SignedIn, s.showFactor),
		takes("/account/totp", auth.SignedIn, s.confirmFactor),
		reads("/account/totp.png", auth.SignedIn, s.drawFactor),
		takes("/account/totp/remove", auth.SignedIn, s.removeFactor),
		reads("/account/tokens", auth.SignedIn, s.showTokens),
		takes("/account/tokens", auth.SignedIn, s.makeToken),
		takes("/account/tokens/:id/end", auth.SignedIn, s.endToken),
		reads("/account/views", auth.SignedIn, s.showViews),
		takes("/account/views", auth.SignedIn, s.saveView),
		takes("/account/views/:id/drop", auth.SignedIn, s.dropView),
		takes("/account/totp/codes", auth.SignedIn, s.renewCodes),

		// the work, in the person's language
		reads("/work/forms", auth.UseForms, s.showForms),
		reads("/work/forms.xlsx", auth.UseForms, s.downloadForm),
		takes("/work/forms", auth.Enter, s.uploadForm).upTo(maxFormFile),
		reads("/work/forms/:upload", auth.Enter, s.showUpload),
		takes("/work/forms/:upload", auth.Enter, s.confirmUpload),
		reads("/work/accountability", auth.Account, s.showMatrix),
		reads("/work/accountability/timeliness", auth.Account, s.showTimeliness),
		reads("/work/accountability/white-spots", auth.Account, s.showWhiteSpots),
		reads("/work/accountability.xlsx", auth.Account, s.downloadAccountability),
		reads(qualityPath, auth.SeeHidden, s.showQuality),
		takes(qualityPath, auth.Coordinate, s.decideQuality),
		reads("/work", auth.SignedIn, s.showTasks),
		reads("/work/entries/:code/table", auth.Enter, s.showTable),
		takes("/work/entries/:code/table", auth.Enter, s.saveTable),
		reads("/work/indicators/:code/values", auth.SeeHidden, s.showValues),
		reads("/work/entries", auth.SeeEntries, s.listEntries),
		reads("/work/entries/new", auth.Enter, s.askEntry),
		takes("/work/entries/new", auth.Enter, s.startEntry),
		reads("/work/entries/:code", auth.SeeEntries, s.showEntry),
		takes("/work/entries/:code", auth.Enter, s.saveEntry).upTo(maxEntry),
		takes("/work/entries/:code/autosave", auth.Enter, s.autosaveEntry).upTo(maxEntry),
		takes("/work/entries/:code/comments", auth.Comment, s.addComment),
		reads("/work/entries/:code/evidence", auth.Enter, s.askEvidence),
		takes("/work/entries/:code/evidence", auth.Enter, s.addEvidence).upTo(maxUpload),
		reads("/work/entries/:code/evidence/:item", auth.SeeEntries, s.downloadEvidence),
		reads("/work/entries/:code/evidence/:item/remove", auth.Enter, s.askRemoveEvidence),
		takes("/work/entries/:code/evidence/:item/remove", auth.Enter, s.removeEvidence),
		reads("/work/entries/:code/discard", auth.Enter, s.askDiscard),
		takes("/work/entries/:code/discard", auth.Enter, s.stepEntry(progress.StepDiscard)),
		takes("/work/entries/:code/submit", auth.Enter, s.stepEntry(progress.StepSubmit)),
		takes("/work/entries/:code/withdraw", auth.Enter, s.stepEntry(progress.StepWithdraw)),
		takes("/work/entries/:code/approve", auth.Approve, s.stepEntry(progress.StepApprove)),
		takes("/work/entries/:code/return", auth.SeeQueue, s.stepEntry(progress.StepReturn)),
		takes("/work/entries/:code/accept", auth.Coordinate, s.stepEntry(progress.StepAccept)),
		takes("/work/entries/:code/release", auth.Coordinate, s.stepEntry(progress.StepRelease)),
		takes("/work/entries/:code/reopen", auth.Coordinate, s.stepEntry(progress.StepReopen)),
		reads("/work/users", auth.Administer, s.listUsers),
		takes("/work/users", auth.Administer, s.inviteUser),
		reads("/work/users/new", auth.Administer, s.newUser),
		reads("/work/users/:id", auth.Administer, s.showUser),
		takes("/work/users/:id", auth.Administer, s.changeUser),
		takes("/work/users/:id/link", auth.Administer, s.makeLink),
		takes("/work/users/:id/factor", auth.Administer, s.resetFactor),
		takes("/work/users/:id/sessions", auth.Administer, s.endSessionsOf),
		takes("/work/users/:id/disable", auth.Administer, s.disableUser),
		takes("/work/users/:id/enable", auth.Administer, s.enableUser),
		reads("/work/users/:id/handover", auth.Administer, s.showHandover),
		takes("/work/users/:id/handover", auth.Administer, s.handOver),
		reads("/work/notices", auth.SignedIn, s.listNotices),
		takes("/work/notices", auth.SignedIn, s.readNotices),
		takes("/work/notices/:id", auth.SignedIn, s.openNotice),
		reads("/work/calendar", auth.SignedIn, s.showCalendar),
		reads("/work/calendar.ics", auth.SignedIn, s.downloadCalendar),
		takes("/work/calendar/link", auth.SignedIn, s.linkCalendar),
		takes("/work/calendar/unlink", auth.SignedIn, s.unlinkCalendar),
		reads("/work/mail", auth.Administer, s.listMail),
		takes("/work/mail/:id/retry", auth.Administer, s.sendMailAgain),
		takes("/work/leads", auth.Coordinate, s.assignLead), // for several measures at once

		// what waits for a decision
		reads("/work/queue", auth.SeeQueue, s.listQueue),
		takes("/work/queue", auth.SeeQueue, s.decideQueue),
		reads("/work/entries/:code/changes", auth.SeeEntries, s.showChanges),

		// rounds, and what agencies are asked for in them
		reads("/work/rounds", auth.SeeEntries, s.listRounds),
		takes("/work/rounds", auth.Coordinate, s.createRound),
		reads("/work/rounds/new", auth.Coordinate, s.askRound),
		reads("/work/rounds/:code", auth.SeeEntries, s.showRound),
		takes("/work/rounds/:code", auth.Coordinate, s.changeRound),
		reads("/work/rounds/:code/edit", auth.Coordinate, s.editRound),
		takes("/work/rounds/:code/open", auth.Coordinate, s.openRound),
		takes("/work/rounds/:code/close", auth.Coordinate, s.closeRound),
		takes("/work/rounds/:code/reopen", auth.Coordinate, s.reopenRound),
		reads("/work/rounds/:code/ask", auth.Coordinate, s.showAsk),
		takes("/work/rounds/:code/ask", auth.Coordinate, s.ask).upTo(1 << 20),
		reads("/work/rounds/:code/release", auth.Coordinate, s.previewRelease),
		takes("/work/rounds/:code/release", auth.Coordinate, s.releaseRound).upTo(1 << 20),
		reads("/work/requests", auth.Account, s.listRequests),
		reads("/work/data/imports", auth.Coordinate, s.listImports),
		takes("/work/data/imports", auth.Coordinate, s.uploadImport).upTo(intake.MaxUpload + 1<<20),
		reads("/work/data/imports/:code", auth.Coordinate, s.askImport),
		takes("/work/data/imports/:code", auth.Coordinate, s.chooseImport).upTo(1 << 20),
		reads("/work/data/imports/:code/preview", auth.Coordinate, s.previewImport),
		takes("/work/data/imports/:code/preview", auth.Coordinate, s.confirmImport),
		takes("/work/data/imports/:code/discard", auth.Coordinate, s.discardImport),
		takes("/work/requests", auth.Coordinate, s.createRequest),
		reads("/work/requests/new", auth.Coordinate, s.askRequest),
		takes("/work/requests/:id/withdraw", auth.Coordinate, s.withdrawRequest),
		reads(invitationsPath, auth.Coordinate, s.listInvitations),
		takes(invitationsPath, auth.Coordinate, s.invite),
		takes(invitationsPath+"/:id/end", auth.Coordinate, s.endInvitation),
		reads("/work/data/gaps", auth.Account, s.listGaps),
		reads("/work/data/gaps.xlsx", auth.Account, s.downloadGaps),
		reads("/work/data/gaps/:gap", auth.Coordinate, s.askPlan),
		takes("/work/data/gaps/:gap", auth.Coordinate, s.takePlan),
		reads("/work/indicators/:code/trend", auth.Coordinate, s.showTrend),
		takes("/work/indicators/:code/trend", auth.Coordinate, s.judgeTrend),
		// data releases
		reads("/work/data/releases", auth.Coordinate, s.listDataReleases),
		takes("/work/data/releases", auth.Coordinate, s.makeDataRelease),
		takes("/work/data/releases/:code/archive", auth.Coordinate, s.packDataRelease),

		// the way of a review over its bodies to its editions
		reads("/work/reviews/:cycle/clearance", auth.SeeReview, s.showClearance),
		takes("/work/reviews/:cycle/clearance/chain", auth.EditReview, s.setChain),
		takes("/work/reviews/:cycle/clearance/lay", auth.EditReview, s.layBefore),
		takes("/work/reviews/:cycle/clearance/sign", auth.Sign, s.sign),
		takes("/work/reviews/:cycle/clearance/recall", auth.EditReview, s.recall),
		reads("/work/reviews/:cycle/clearance/differences", auth.SeeReview, s.showDifferences),
		reads("/work/reviews/:cycle/clearance/transmission", auth.SeeReview, s.showTransmission),
		reads("/work/reviews/:cycle/snapshots/:hash/:file", auth.SeeReview, s.readSnapshot), // kk.html, kk.pdf
		reads("/work/reviews/:cycle/publish", auth.SeeReview, s.showPublish),
		takes("/work/reviews/:cycle/publish", auth.EditReview, s.publish),
		takes("/work/reviews/:cycle/correct", auth.EditReview, s.correct),

		// a review at work
		reads(deskPath, auth.SeeReview, s.listDesk),
		takes(deskPath, auth.EditReview, s.createReview),
		reads("/work/reviews/new", auth.EditReview, s.askReview),
		reads("/work/reviews/:cycle", auth.SeeReview, s.showDesk),
		reads("/work/reviews/:cycle/outline", auth.SeeReview, s.showOutline),
		reads("/work/reviews/:cycle/briefs", auth.SeeReview, s.listBriefs),
		reads("/work/reviews/:cycle/briefs/:file", auth.SeeReview, s.sendBrief), // kk-brief-2.pdf
		reads("/work/reviews/:cycle/check", auth.SeeReview, s.showCheck),
		reads("/work/reviews/:cycle/figures", auth.SeeReview, s.showFigures),
		takes("/work/reviews/:cycle/figures", auth.EditReview, s.confirmFigures).upTo(1 << 20),
		reads("/work/reviews/:cycle/figures.json", auth.SeeReview, s.searchFigures),
		reads("/work/reviews/:cycle/assessments", auth.SeeReview, s.listAssessments),
		reads("/work/reviews/:cycle/assessments/:number", auth.SeeReview, s.showAssessment),
		takes("/work/reviews/:cycle/assessments/:number", auth.Assess, s.saveAssessment),
		reads("/work/reviews/:cycle/promises", auth.SeeReview, s.listPromises),
		reads("/work/reviews/:cycle/promises/:code", auth.Assess, s.showPromise), // or new
		takes("/work/reviews/:cycle/promises/:code", auth.Assess, s.savePromise),
		takes("/work/reviews/:cycle/outline", auth.EditReview, s.changeOutline).upTo(maxTexts),
		reads("/work/reviews/:cycle/questionnaire", auth.SeeReview, s.showQuestionnaire),
		reads("/work/reviews/:cycle/questionnaire/questions", auth.EditReview, s.showQuestions),
		takes("/work/reviews/:cycle/questionnaire/questions", auth.EditReview, s.changeQuestions).upTo(maxTexts),
		reads("/work/reviews/:cycle/questionnaire/files/:file", auth.SeeReview, s.downloadQuestionnaire), // kk.pdf
		reads("/work/reviews/:cycle/sections/:section", auth.SeeReview, s.showDeskSection),
		takes("/work/reviews/:cycle/sections/:section", auth.EditReview, s.writeSection).upTo(maxTexts),
		takes("/work/reviews/:cycle/sections/:section/draft", auth.EditReview, s.keepDraft).upTo(maxTexts),
		takes("/work/reviews/:cycle/sections/:section/preview", auth.EditReview, s.previewSection).upTo(maxTexts),
		reads("/work/reviews/:cycle/sections/:section/versions", auth.SeeReview, s.showVersions),
		takes("/work/reviews/:cycle/sections/:section/versions", auth.EditReview, s.restoreVersion),
		takes("/work/reviews/:cycle/sections/:section/comments", auth.SeeReview, s.addRemark),
		takes("/work/reviews/:cycle/comments/:id", auth.SeeReview, s.actOnThread), // answers, closes, opens

		// what was done
		reads("/work/audit", auth.SeeAudit, s.listAudit),
		reads("/work/audit.jsonl", auth.SeeAudit, s.downloadAudit(audit.JSONLines, "application/jsonl; charset=utf-8")),
		reads("/work/audit.csv", auth.SeeAudit, s.downloadAudit(audit.CSV, "text/csv; charset=utf-8")),
		reads("/work/audit/verify", auth.SeeAudit, s.showVerification),
		takes("/work/audit/verify", auth.SeeAudit, s.verifyAudit),
		reads("/work/audit/:noun/*record", auth.SeeAudit, s.showAuditRecord),
		reads("/work/entries/:code/history", auth.SeeEntries, s.showEntryHistory),
		takes("/work/entries/:code/history", auth.Enter, s.restoreEntry),

		// what other sites show within their pages
		reads(embedPath+"indicators/:code", auth.Public, s.embedIndicator).keptBy(embedParameters...),
		reads(embedPath+"objectives/:number", auth.Public, s.embedObjective).keptBy(embedParameters...),

		// for programs; the operations stand in api_operations.go
		reads(apiPath+"/openapi.json", auth.Public, s.showDescription).keptBy("lang"),
		reads(apiPath+"/docs", auth.Public, s.leadToAPIPage),
		reads("/api", auth.Public, s.leadToAPIPage),
		reads("/:lang/api", auth.Public, s.showAPIPage).keptBy(),
		reads("/:lang/api/try", auth.Public, s.tryAPI),

		// files, without
		reads("/reviews/:cycle/:file", auth.Public, s.downloadReview),
		reads("/reviews/:cycle/editions/:number", auth.Public, s.leadToEdition), // as it is printed in its files
		reads("/reviews/:cycle/editions/:number/:file", auth.Public, s.downloadEdition),
		reads("/indicators/:code", auth.Public, s.downloadIndicator).keptBy(pictureParameters...),
		reads("/data/current/:file", auth.Public, s.downloadData).keptBy(),
		reads("/data/releases/:code", auth.Public, s.downloadRelease), // CODE.zip
		reads("/data/releases/:code/:file", auth.Public, s.downloadReleaseFile),
		reads("/evidence/:item", auth.Public, s.publicEvidence),
		reads(calendarFeed, auth.Public, s.feedCalendar), // SECRET.ics
	}, slices.Concat(s.registers(), s.api.routes, s.sdmxRoutes())...)
}

// router registers the routes. A route without a permission is refused.
func (s *site) router(routes []route) (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false // it would lead to pages that do not exist, and where X-Forwarded-Prefix says
	engine.RedirectFixedPath = false
	engine.RemoteIPHeaders = []string{"X-Forwarded-For"}
	if err := engine.SetTrustedProxies(s.TrustedProxies); err != nil {
		return nil, fmt.Errorf("web: trusted proxies: %w", err)
	}
	s.table = routes
	for _, r := range routes {
		if !r.permission.Named() {
			return nil, fmt.Errorf("web: the route %s %s names no permission", r.method, r.path)
		}
		engine.Handle(r.method, r.path, s.adapt(r))
		if r.method == http.MethodGet {
			engine.Handle(http.MethodHead, r.path, s.adapt(r))
		} else if _, read := s.reading(r.path); !read {
			for _, method := range []string{http.MethodGet, http.MethodHead} { // else a wider GET route would answer
				engine.Handle(method, r.path, s.adapt(reads(r.path, auth.Public, s.noMethod)))
			}
		}
	}
	engine.NoRoute(s.adapt(reads("", auth.Public, s.noRoute)))
	engine.NoMethod(s.adapt(reads("", auth.Public, s.noMethod)))
	return engine, nil
}

// reading returns the route that shows a path of the table.
func (s *site) reading(path string) (route, bool) {
	i := slices.IndexFunc(s.table, func(r route) bool { return r.method == http.MethodGet && r.path == path })
	if i < 0 {
		return route{}, false
	}
	return s.table[i], true
}

// methods returns what the address of a path takes, as the Allow header says it.
func (s *site) methods(path string) string {
	var allowed []string
	best := -1
	for _, r := range s.table {
		switch fit := fit(r.path, path); {
		case fit < 0 || fit < best:
		case fit > best:
			best, allowed = fit, []string{r.method}
		default:
			allowed = append(allowed, r.method)
		}
	}
	return strings.Replace(strings.Join(append(allowed, http.MethodOptions), ", "), http.MethodGet, "GET, HEAD", 1)
}

// fit tells how closely a route's pattern describes a path: how many of its
// parts are the same, -1 when it does not fit.
func fit(pattern, path string) int {
	parts, same := strings.Split(path, "/"), 0
	for i, want := range strings.Split(pattern, "/") {
		switch {
		case strings.HasPrefix(want, "*"):
			return same
		case i >= len(parts):
			return -1
		case want == parts[i]:
			same++
		case !strings.HasPrefix(want, ":") || parts[i] == "":
			return -1
		}
	}
	if len(strings.Split(pattern, "/")) != len(parts) {
		return -1
	}
	return same
}
