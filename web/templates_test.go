package web

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/jba/templatecheck"

	"gcm/internal/i18n"
	"gcm/templates"
)

// pageStructs names the struct of every page.
var pageStructs = map[string]any{
	"accountability/matrix": matrixPage{}, "accountability/timeliness": timelinessPage{}, "accountability/white_spots": whiteSpotsPage{},
	"forms/list": formsPage{}, "forms/show": uploadPage{},
	"registers/list": registerList{}, "registers/form": registerPage{}, "registers/merge": mergePage{},
	"about/show": aboutPage{}, "agencies/list": agenciesPage{}, "agencies/show": agencyPage{},
	"audit/history": historyPage{}, "audit/list": auditPage{}, "audit/verify": verifyPage{},
	"dashboard/show": dashboardPage{}, "data/show": dataPage{}, "errors/show": errorPage{},
	"entries/clash": clashPage{}, "entries/discard": discardPage{}, "entries/edit": editPage{}, "entries/list": entriesPage{},
	"entries/new": newEntryPage{}, "entries/show": readPage{}, "entries/table": tablePage{}, "evidence/form": evidencePage{}, "evidence/remove": removeEvidencePage{},
	"indicators/list": indicatorsPage{}, "indicators/compare": comparePage{}, "indicators/show": indicatorPage{}, "indicators/values": valuesPage{}, "indicators/trend": trendPage{},
	"search/list": searchPage{}, "account/views": viewsPage{}, "account/tokens": tokensPage{}, "quality/list": qualityPage{}, "gaps/list": gapsPage{}, "gaps/show": gapsPublicPage{}, "gaps/form": gapPlanPage{},
	"data/release": dataReleasePage{}, "data/releases": dataReleasesPage{}, "imports/ask": askImportPage{}, "imports/list": importsPage{}, "imports/preview": previewPage{},
	"objectives/action": actionPage{}, "principles/list": principlesPage{}, "principles/show": principlePage{}, "laws/list": lawsPage{}, "laws/show": lawPage{},
	"glossary/show": glossaryPage{}, "matrix/show": matrixPublicPage{}, "timeline/show": timelinePage{},
	"measures/list": measuresPage{}, "measures/show": measurePage{},
	"objectives/list": objectivesPage{}, "objectives/show": objectivePage{},
	"embeds/indicator": embedIndicatorPage{}, "embeds/objective": embedObjectivePage{}, "embeds/error": embedErrorPage{},
	"entries/changes": changesPage{}, "queue/list": queuePage{},
	"requests/ask": askPage{}, "requests/form": requestPage{}, "requests/list": requestsPage{},
	"reviews/build": buildPage{}, "reviews/list": reviewsPage{}, "reviews/show": reviewPage{},
	"sign_in/show": signInPage{}, "sign_in/factor": codePage{}, "sign_in/password": passwordPage{},
	"sign_in/forgotten": forgottenPage{}, "sign_in/setup": setUpPage{}, "work/show": tasksPage{},
	"account/show": accountPage{}, "api/show": apiPage{}, "account/totp": factorPage{}, "account/codes": codesPage{},
	"users/list": usersPage{}, "users/form": userPage{}, "users/link": linkPage{}, "users/handover": handoverPage{},
	"calendar/show": calendarPage{}, "mail/list": mailPage{}, "notices/list": noticesPage{},
	"clearance/show": clearancePage{}, "clearance/read": snapshotPage{}, "clearance/differences": differencesPage{}, "clearance/transmission": transmissionPage{},
	"publish/show": publishPage{}, "editions/show": editionPage{}, "editions/errata": errataPage{}, "verify/show": verdictPage{},
	"desk/list": deskListPage{}, "desk/new": deskNewPage{}, "desk/show": deskPage{}, "desk/outline": outlinePage{}, "desk/questionnaire": questionnairePage{}, "desk/questions": questionsPage{}, "desk/section": deskSectionPage{},
	"desk/check": deskCheckPage{}, "desk/figures": deskFiguresPage{}, "desk/assessments": judgedPage{}, "desk/assessment": judgePage{}, "desk/promises": promisesPage{}, "desk/briefs": briefsPage{}, "desk/promise": promisePage{},
	"desk/preview": deskPreviewPage{}, "desk/clash": deskClashPage{}, "desk/versions": deskVersionsPage{},
	"invitations/list": invitationsPage{}, "rounds/form": roundFormPage{}, "rounds/list": roundsPage{}, "rounds/release": releasePage{}, "rounds/show": roundPage{},
}

func TestEveryPageFitsItsStruct(t *testing.T) {
	all, err := loadPages()
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range all.byLang["en"] {
		data, ok := pageStructs[name]
		if !ok {
			t.Errorf("the page %s has no struct in this test", name)
			continue
		}
		parsed, err := page()
		if err == nil {
			err = templatecheck.CheckHTML(parsed, data)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name := range pageStructs {
		for _, lang := range i18n.Languages {
			if all.byLang[lang][name] == nil {
				t.Errorf("there is no page %s in %s", name, lang)
			}
		}
	}
}

// On phones a remark stands in the line of what it explains, and is read on with it.
func TestRemarkIsAWordApart(t *testing.T) {
	joined := regexp.MustCompile(`(\}\}|</\w+>)<span class="why`)
	if err := fs.WalkDir(templates.Pages(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".html") {
			return err
		}
		b, err := fs.ReadFile(templates.Pages(), path)
		for _, found := range joined.FindAllString(string(b), -1) {
			t.Errorf("%s: no space in %s", path, found)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
