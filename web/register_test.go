package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/objectives"
)

// registerForm reads the values of the register's form on a page.
func registerForm(t *testing.T, body string) url.Values {
	t.Helper()
	values := url.Values{}
	for n := range parse(t, body).Descendants() {
		if n.Type != html.ElementNode || attr(n, "name") == "" {
			continue
		}
		switch name := attr(n, "name"); n.Data {
		case "input":
			if attr(n, "type") == "checkbox" && !has(n, "checked") {
				continue
			}
			values.Add(name, attr(n, "value"))
		case "textarea":
			values.Set(name, verbatim(n))
		case "select":
			values.Set(name, selected(n))
		}
	}
	values.Del("reason")
	return values
}

// verbatim is a text as it stands, with its no-break spaces.
func verbatim(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return n.FirstChild.Data
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func selected(n *html.Node) string {
	first, seen := "", false
	for o := range n.Descendants() {
		if o.Data != "option" {
			continue
		}
		if has(o, "selected") {
			return attr(o, "value")
		}
		if !seen {
			first, seen = attr(o, "value"), true
		}
	}
	return first
}

// actions returns what the audit log says people did, as "action noun record".
func actions(t *testing.T, app *App) []string {
	t.Helper()
	var entries []audit.Entry
	if err := app.site.DB.Where("user_id IS NOT NULL").Order("seq").Find(&entries).Error; err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, e := range entries {
		lines = append(lines, e.Action+" "+e.Noun+" "+e.Record)
	}
	return lines
}

func TestFormSentBackUnchangedChangesNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, app *App) {
		as := person(t, app, "", auth.Coordinator)
		for _, list := range []string{"agencies", "measures", "indicators", "laws", "challenges"} {
			codes := 0
			for n := range parse(t, as.get("/work/"+list).Body.String()).Descendants() {
				path := attr(n, "href")
				if !strings.HasPrefix(path, "/work/"+list+"/") || strings.HasSuffix(path, "/new") || codes == 12 {
					continue
				}
				codes++
				page := as.get(path)
				if w := as.post(path, registerForm(t, page.Body.String()).Encode()); page.Code != http.StatusOK || w.Code != http.StatusSeeOther {
					t.Errorf("%s answers %d, then %d", path, page.Code, w.Code)
				}
			}
			if codes < 10 {
				t.Errorf("%s lists %d records", list, codes)
			}
		}
		if lines := actions(t, app); len(lines) != 0 {
			t.Errorf("the log says %q", lines)
		}
	})
}

func TestMeasureIsEnteredWithRowsAndShownToThePublic(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		as := person(t, app, "", auth.Coordinator)
		form := registerForm(t, as.get("/work/measures/new").Body.String())
		form.Set("title.kk", "Көшіп келушілерге арналған бірыңғай терезе")
		form.Set("objectives.0.number", "3")
		form.Set("milestones.0.name.kk", "Порталды іске қосу")
		form.Set("milestones.0.due", "2027-13")
		form.Set("budgets.0.amount", "1 250 000,5")
		form.Set("budgets.0.currency", "kzt")
		form.Set("budgets.0.fund", "republican_budget")
		form.Set("actions.4.ref", "") // a blank row is none
		w := as.post("/work/measures", form.Encode())
		if body := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#milestones.0.due"`) ||
			!strings.Contains(body, `aria-describedby="milestones.0.due-error"`) || !strings.Contains(body, `value="1 250 000,5"`) {
			t.Fatalf("%d: %s", w.Code, body)
		}
		form.Set("milestones.0.due", "12.2027") // as people write
		w = as.post("/work/measures", form.Encode())
		code := strings.TrimPrefix(w.Header().Get("Location"), "/work/measures/")
		if w.Code != http.StatusSeeOther || code != "koship-kelushilerge-arnalgan-biryngghai-tereze" && code == "" {
			t.Fatalf("%d to %q", w.Code, code)
		}
		body := get(app, "/kk/measures/"+code).Body.String()
		for _, want := range []string{"Порталды іске қосу", "1 250 000,50", "KZT", "республикалық бюджет"} {
			if !strings.Contains(strings.ReplaceAll(body, "\u00a0", " "), want) {
				t.Errorf("the public page lacks %q", want)
			}
		}
	})
}

func TestRowIsAddedAndTakenOutWithoutAScript(t *testing.T) {
	app := open(t, config(t, sqlite(t)))
	as := person(t, app, "", auth.Coordinator)
	form := registerForm(t, as.get("/work/measures/e-visa").Body.String())
	rows := strings.Count(form.Encode(), ".number=")
	form.Set("add", "objectives")
	more := as.post("/work/measures/e-visa", form.Encode())
	if got := registerForm(t, more.Body.String()); more.Code != http.StatusOK || strings.Count(got.Encode(), ".number=") != rows+1 {
		t.Errorf("%d, %s", more.Code, got.Encode())
	}
	form.Del("add")
	form.Set("remove", "objectives.0")
	less := as.post("/work/measures/e-visa", form.Encode())
	if got := registerForm(t, less.Body.String()); less.Code != http.StatusOK || strings.Count(got.Encode(), ".number=") != rows-1 {
		t.Errorf("%d, %s", less.Code, got.Encode())
	}
	if lines := actions(t, app); len(lines) != 0 {
		t.Errorf("the log says %q", lines)
	}
}

func TestWhoWasOvertakenSeesWhatChanged(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		first, second := person(t, app, "", auth.Coordinator), person(t, app, "", auth.Coordinator)
		mine := registerForm(t, first.get("/work/measures/e-visa").Body.String())
		theirs := registerForm(t, second.get("/work/measures/e-visa").Body.String())
		theirs.Set("title.ru", "Название коллеги")
		if w := second.post("/work/measures/e-visa", theirs.Encode()); w.Code != http.StatusSeeOther {
			t.Fatalf("answers %d", w.Code)
		}
		mine.Set("title.ru", "Моё название")
		w := first.post("/work/measures/e-visa", mine.Encode())
		body := w.Body.String()
		if w.Code != http.StatusConflict || !strings.Contains(body, "<td data-label=\"Қазір сақталғаны\">Название коллеги</td>") || !strings.Contains(body, `value="Моё название"`) {
			t.Fatalf("%d: %s", w.Code, body)
		}
		if w := first.post("/work/measures/e-visa", registerForm(t, body).Encode()); w.Code != http.StatusSeeOther {
			t.Errorf("saving again answers %d", w.Code)
		}
		if m, err := app.site.objectives.MeasureByCode(t.Context(), "e-visa"); err != nil || m.Title["ru"] != "Моё название" {
			t.Errorf("%+v, %v", m.Title, err)
		}
	})
}

func TestLikelyDuplicateIsShownBeforeItIsWritten(t *testing.T) {
	app := open(t, config(t, sqlite(t)))
	as := person(t, app, "", auth.Coordinator)
	m, err := app.site.objectives.MeasureByCode(t.Context(), "e-visa")
	if err != nil {
		t.Fatal(err)
	}
	form := registerForm(t, as.get("/work/measures/new").Body.String())
	form.Set("title.kk", m.Title["kk"])
	w := as.post("/work/measures", form.Encode())
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `href="/work/measures/e-visa"`) {
		t.Fatalf("%d: %s", w.Code, w.Body.String())
	}
	if w := as.post("/work/measures", registerForm(t, w.Body.String()).Encode()); w.Code != http.StatusSeeOther {
		t.Errorf("saving all the same answers %d", w.Code)
	}
}

func TestArchivedMeasureLeavesTheListsAndItsPageLeadsOn(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		as := person(t, app, "", auth.Coordinator)
		if w := as.post("/work/measures/e-visa/merge", "into=visa-free-regime&reason="); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("without a reason: %d", w.Code)
		}
		var other string
		if err := app.site.DB.Table("measures").Where("code <> 'e-visa'").Order("id").Limit(1).Pluck("code", &other).Error; err != nil {
			t.Fatal(err)
		}
		if w := as.post("/work/measures/e-visa/merge", "into="+other+"&reason=x"); w.Code != http.StatusSeeOther {
			t.Fatalf("answers %d: %s", w.Code, w.Body.String())
		}
		if body := get(app, "/kk/measures").Body.String(); strings.Contains(body, `/kk/measures/e-visa"`) {
			t.Error("the public list still has it")
		}
		w := get(app, "/kk/measures/e-visa")
		if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, "Мұрағатта") || !strings.Contains(body, `href="/kk/measures/`+other+`"`) {
			t.Errorf("its page answers %d: %s", w.Code, body)
		}
		if body := as.get("/work/measures?archived=1").Body.String(); !strings.Contains(body, `/work/measures/e-visa"`) {
			t.Error("the archive lacks it")
		}
		if w := as.post("/work/measures/e-visa/restore", "reason=back"); w.Code != http.StatusSeeOther {
			t.Errorf("restoring answers %d", w.Code)
		}
		if w := as.post("/work/measures/e-visa/archive", "reason=again"); w.Code != http.StatusSeeOther {
			t.Errorf("archiving answers %d", w.Code)
		}
	})
}

func TestMeasuresWithoutALeadAreListedAndAssigned(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		as := person(t, app, "", auth.Coordinator)
		const without = "/work/measures?agency=" + objectives.NoOwner
		form := url.Values{"lead_agency": {"mia"}, "back": {without}}
		for n := range parse(t, as.get(without).Body.String()).Descendants() {
			if attr(n, "name") == "code" {
				form.Add("code", attr(n, "value"))
			}
		}
		if len(form["code"]) < 10 {
			t.Fatalf("%d measures are without a lead", len(form["code"]))
		}
		wrong := url.Values{"lead_agency": {"nobody"}, "code": form["code"]}
		if w := as.post("/work/leads", wrong.Encode()); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("to nobody: %d", w.Code)
		}
		if w := as.post("/work/leads", form.Encode()); w.Code != http.StatusSeeOther || w.Header().Get("Location") != without {
			t.Fatalf("%d to %q", w.Code, w.Header().Get("Location"))
		}
		if got := actions(t, app); len(got) != len(form["code"]) {
			t.Errorf("%d entries for %d measures", len(got), len(form["code"]))
		}
	})
}

func TestBodyThatBecameAnotherLeadsToIt(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		as := person(t, app, "", auth.Admin)
		form := registerForm(t, as.get("/work/agencies/new?from=mia").Body.String())
		form.Set("name.en", "Agency for Migration")
		form.Set("name.kk", "Көші-қон агенттігі")
		form.Set("reason", "Жарлық")
		w := as.post("/work/agencies", form.Encode())
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/work/agencies/agency-for-migration" {
			t.Fatalf("%d to %q: %s", w.Code, w.Header().Get("Location"), w.Body.String())
		}
		if body := get(app, "/kk/agencies/mia").Body.String(); !strings.Contains(body, `href="/kk/agencies/agency-for-migration"`) || !strings.Contains(body, "Мұрағатта") {
			t.Errorf("the old page does not lead on: %s", body)
		}
		if body := get(app, "/kk/agencies/agency-for-migration").Body.String(); !strings.Contains(body, `href="/kk/agencies/mia"`) {
			t.Error("the new page does not name the old body")
		}
	})
}

func TestOnlyThoseWhoMayOpenTheRegisters(t *testing.T) {
	app := open(t, config(t, sqlite(t)))
	for role, may := range map[auth.Role]map[string]int{
		auth.Contributor: {"/work/measures": 403, "/work/agencies": 403}, auth.Auditor: {"/work/measures": 403, "/work/agencies": 200, "/work/agencies/new": 403},
		auth.Admin: {"/work/agencies/new": 200, "/work/measures/new": 403}, auth.Coordinator: {"/work/agencies/new": 200, "/work/laws/new": 200},
	} {
		as := person(t, app, "mia", role)
		for path, want := range may {
			if w := as.get(path); w.Code != want {
				t.Errorf("%s gets %d from %s", role, w.Code, path)
			}
		}
	}
	auditor := person(t, app, "", auth.Auditor)
	if body := auditor.get("/work/agencies/mia").Body.String(); !strings.Contains(body, "<fieldset class=\"bare\" disabled>") {
		t.Error("who may only look finds a form to fill in")
	}
	if w := auditor.post("/work/agencies/mia", ""); w.Code != http.StatusForbidden {
		t.Errorf("and gets %d for it", w.Code)
	}
}

// sqlite returns a database with Kazakhstan in it.
func sqlite(t *testing.T) *db.DB {
	t.Helper()
	conn := country.SQLite(t)
	return conn
}
