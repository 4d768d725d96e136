package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"gorm.io/gorm"

	"gcm/progress"
)

// valuesOf reads the form of a page as a browser would send it.
func valuesOf(t *testing.T, body string) url.Values {
	t.Helper()
	form := url.Values{}
	for n := range parse(t, body).Descendants() {
		name := attr(n, "name")
		switch {
		case n.Type != html.ElementNode || name == "":
		case n.Data == "textarea":
			form.Add(name, text(n))
		case n.Data == "input":
			box := attr(n, "type") == "checkbox" || attr(n, "type") == "radio"
			if !box || has(n, "checked") {
				form.Add(name, attr(n, "value"))
			}
		}
	}
	return form
}

func TestAgenciesAreAskedForWhatTheyLead(t *testing.T) {
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		o := officeOf(t, db)
		form := valuesOf(t, o.coordinator.get("/work/rounds/2029/ask").Body.String())
		if form.Get("due") != "2030-01-15" || len(form["ask"]) != 4 {
			t.Fatalf("the form holds %v", form)
		}
		form.Set("note", "Қысқаша жазыңыз")
		if w := o.coordinator.post("/work/rounds/2029/ask", form.Encode()); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/work/requests?round=2029" {
			t.Fatalf("asking answers %d to %s", w.Code, w.Header().Get("Location"))
		}
		list, n, err := o.store.Requests(t.Context(), o.as(o.contributor), progress.Filter{})
		if err != nil || n != 2 || list[0].Note != "Қысқаша жазыңыз" || list[0].Due != "2030-01-15" {
			t.Errorf("%+v, %v", list, err)
		}
		again := valuesOf(t, o.coordinator.get("/work/rounds/2029/ask").Body.String())
		if len(again["ask"]) != 0 {
			t.Errorf("what was asked is suggested again: %v", again["ask"])
		}
	})
}

func TestWrongRequestsKeepWhatWasChosen(t *testing.T) {
	o := officeOf(t, country.SQLite(t))
	value := "mia/progress/stateless-identification-campaign"
	w := o.coordinator.post("/work/rounds/2029/ask", url.Values{"due": {"2030-02-31"}, "ask": {value}}.Encode())
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `id="due-error"`) || valuesOf(t, w.Body.String()).Get("ask") != value {
		t.Errorf("answers %d", w.Code)
	}
	if w := o.coordinator.post("/work/rounds/2029/ask", "due=2030-01-15"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), inKazakh(t, "ask.none")) {
		t.Errorf("nothing chosen answers %d", w.Code)
	}
	if w := o.coordinator.post("/work/rounds/2029/ask", "due=2030-01-15&ask=mia%2Fmood%2Fx"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a kind that there is not answers %d", w.Code)
	}
}

func TestOneRequestIsMadeAndWithdrawnForAReason(t *testing.T) {
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		o := officeOf(t, db)
		wrong := o.coordinator.post("/work/requests", "round=2029&agency=&record=&due=2030-01-20")
		if wrong.Code != http.StatusUnprocessableEntity || !strings.Contains(wrong.Body.String(), `id="agency-error"`) || !strings.Contains(wrong.Body.String(), `id="record-error"`) {
			t.Errorf("an empty form answers %d", wrong.Code)
		}
		if w := o.coordinator.post("/work/requests", "round=2029&agency=mia&record=values/refugees-registered&due=2030-01-20"); w.Code != http.StatusSeeOther {
			t.Fatalf("answers %d", w.Code)
		}
		list, _, err := o.store.Requests(t.Context(), o.as(o.contributor), progress.Filter{})
		o.must(err)
		path := "/work/requests/" + strconv.FormatInt(list[0].ID, 10) + "/withdraw"
		if w := o.coordinator.post(path, "reason="); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("without a reason it answers %d", w.Code)
		}
		if w := o.coordinator.post(path, "back=//evil.example&reason="+url.QueryEscape("Қате сұралған")); w.Header().Get("Location") != "/work/requests" {
			t.Errorf("leads to %s", w.Header().Get("Location"))
		}
		if w := o.coordinator.post(path, "reason=x"); w.Code != http.StatusNotFound {
			t.Errorf("withdrawing it again answers %d", w.Code)
		}
	})
}

func TestAgencySeesItsOwnRequestsAlone(t *testing.T) {
	o, _, _, _, _ := busy(t, country.SQLite(t))
	body := o.contributor.get("/work/requests").Body.String()
	if !strings.Contains(body, "Азаматтығы белгісіз адамдарды") || strings.Contains(body, "Маусымдық") || strings.Contains(body, "/withdraw") {
		t.Error("the ministry sees others' requests, or may withdraw them")
	}
	if late := o.coordinator.get("/work/requests?overdue=yes").Body.String(); strings.Count(late, `/withdraw"`) != 1 || strings.Contains(late, "Маусымдық") {
		t.Error("the filter of overdue requests shows others, or none")
	}
}
