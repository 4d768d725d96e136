package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

var dates = []progress.Deadline{
	{Day: "2030-01-15", Cycle: "2030", CycleName: i18n.Text{"kk": "2030 жыл", "en": "2030"},
		Milestone: progress.CycleMilestone{Code: "agencies", Name: i18n.Text{"kk": "Органдар мәліметтерін жібереді", "ru": "Органы направляют сведения", "en": "Agencies, submit; all"}}},
	{Day: "2030-02-28", Cycle: "2030", CycleName: i18n.Text{"kk": "2030 жыл"}, Requests: []i18n.Text{
		{"kk": strings.Repeat("Халықты тіркеу жөніндегі ақпараттық жүйені жаңғырту ", 8)}, {"en": "a\r\nEND:VCALENDAR\r\n b; c, d\\"}}},
}

// read parses a calendar after it checked that its lines are those of RFC 5545.
func read(t *testing.T, file []byte) *ics.Calendar {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSuffix(string(file), "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	c, err := ics.ParseCalendar(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func value(e *ics.VEvent, property ics.ComponentProperty) string {
	if p := e.GetProperty(property); p != nil {
		return p.Value
	}
	return ""
}

func TestCalendarIsReadBackAsItWasMeant(t *testing.T) {
	for _, lang := range i18n.Languages {
		p, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		file := calendarOf(p, dates, "gcm.example", "https://gcm.example/work", now())
		events := read(t, file).Events()
		if len(events) != 2 {
			t.Fatalf("%d events", len(events))
		}
		for i, e := range events {
			title, detail := dateWords(p, dates[i])
			if value(e, ics.ComponentPropertySummary) != title || value(e, ics.ComponentPropertyDescription) != detail {
				t.Errorf("%s: reads %q, %q", lang, value(e, ics.ComponentPropertySummary), value(e, ics.ComponentPropertyDescription))
			}
			start, err := e.GetAllDayStartAt()
			if err != nil || start.Format(time.DateOnly) != dates[i].Day {
				t.Errorf("begins on %v: %v", start, err)
			}
			end, err := e.GetAllDayEndAt()
			if err != nil || end.Sub(start) != 24*time.Hour {
				t.Errorf("ends on %v: %v", end, err)
			}
			if stamp := value(e, ics.ComponentPropertyDtstamp); stamp != "20300102T030405Z" {
				t.Errorf("stamped %s", stamp)
			}
		}
		if events[0].Id() != "milestone-2030-agencies@gcm.example" || events[1].Id() != "requests-2030-2030-02-28@gcm.example" {
			t.Errorf("identities %s, %s", events[0].Id(), events[1].Id())
		}
		if !strings.Contains(string(file), "DTSTART;VALUE=DATE:20300115\r\n") {
			t.Error("the day is not a DATE")
		}
	}
}

func TestLongListOfRequestsIsCutShortInADate(t *testing.T) {
	p, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	_, detail := dateWords(p, progress.Deadline{Requests: make([]i18n.Text, namedInDate+3)})
	if lines := strings.Split(detail, "\n"); len(lines) != namedInDate+1 || lines[namedInDate] != "and 3 more" {
		t.Errorf("%q", detail)
	}
}

// openDated opens a round with one milestone.
func openDated(t *testing.T, app *App) {
	t.Helper()
	opened := now()
	c := progress.Cycle{Code: "2030", Name: i18n.Text{"kk": "2030 жыл"}, Cutoff: "2030-12-31", CutoffBasis: objectives.Stated, OpenedAt: &opened,
		Milestones: []progress.CycleMilestone{{Code: "agencies", Name: i18n.Text{"kk": "Органдар"}, Due: "2030-02-15"}}}
	if err := app.site.DB.Create(&c).Error; err != nil {
		t.Fatal(err)
	}
}

func TestCalendarProgramReadsTheDatesUntilTheLinkIsEnded(t *testing.T) {
	onEach(t, func(t *testing.T, app *App) {
		openDated(t, app)
		var log bytes.Buffer
		app.site.Log = slog.New(slog.NewTextHandler(&log, nil))
		as := person(t, app, "mia", auth.Contributor)
		if w := as.get("/work/calendar.ics"); w.Code != http.StatusOK || len(read(t, w.Body.Bytes()).Events()) != 1 {
			t.Errorf("the file answers %d", w.Code)
		}
		if w := as.post("/work/calendar/link", ""); w.Code != http.StatusSeeOther {
			t.Fatalf("answers %d", w.Code)
		}
		link := regexp.MustCompile(`http://example.com(/calendar/([A-Z2-7]+)\.ics)`).FindStringSubmatch(as.get("/work/calendar").Body.String())
		if link == nil {
			t.Fatal("the page does not show the link")
		}
		if strings.Contains(as.get("/work/calendar").Body.String(), link[1]) {
			t.Error("the link is shown twice")
		}
		w := get(app, link[1], "Accept-Language", "en")
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/calendar; charset=utf-8" || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("the program gets %d, %v", w.Code, w.Header())
		}
		if e := read(t, w.Body.Bytes()).Events(); len(e) != 1 || !strings.Contains(value(e[0], ics.ComponentPropertySummary), "Органдар") {
			t.Errorf("the program reads %v", e)
		}
		if strings.Contains(log.String(), link[2]) || !strings.Contains(log.String(), "/calendar/…") {
			t.Error("the log tells the secret")
		}
		for _, path := range []string{"/calendar/x.ics", "/calendar/.ics", strings.TrimSuffix(link[1], ".ics")} {
			if w := get(app, path); w.Code != http.StatusNotFound {
				t.Errorf("%s answers %d", path, w.Code)
			}
		}
		if err := app.site.DB.Model(&as.user).Update("disabled_at", now()).Error; err != nil {
			t.Fatal(err)
		}
		if w := get(app, link[1]); w.Code != http.StatusNotFound {
			t.Errorf("a disabled person's dates answer %d", w.Code)
		}
		if err := app.site.DB.Model(&as.user).Update("disabled_at", nil).Error; err != nil {
			t.Fatal(err)
		}
		if w := as.post("/work/calendar/unlink", ""); w.Code != http.StatusSeeOther {
			t.Errorf("ending answers %d", w.Code)
		}
		if w := get(app, link[1]); w.Code != http.StatusNotFound {
			t.Errorf("an ended link answers %d", w.Code)
		}
	})
}
