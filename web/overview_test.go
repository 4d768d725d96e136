package web

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gcm/objectives"
)

func TestOverviewIsGroupedAsTheAddressAsks(t *testing.T) {
	h := loaded(t)
	for query, want := range map[string]string{"": "Round table 3", "?by=table": "Round table 3", "?by=principle": `href="/en/principles/f"`, "?by=agency": `href="/en/matrix"`} {
		w := get(h, "/en/"+query)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) || !strings.Contains(w.Body.String(), `class="tile`) {
			t.Errorf("%q: %d, without %s", query, w.Code, want)
		}
	}
	if body := get(h, "/en/?by=principle").Body.String(); strings.Contains(body, "Round table 3") {
		t.Error("two groupings at once")
	}
}

func TestBadParametersOfPagesAreNamedInTheReadersLanguage(t *testing.T) {
	h := loaded(t)
	for path, want := range map[string]struct {
		status int
		words  string
	}{
		"/ru/?by=colour":                        {400, "Группировка"},
		"/kk/timeline?cycle=1999-2003":          {400, "Төрт жылдық кезең"},
		"/ru/timeline?objective=24":             {400, "Цель"},
		"/en/timeline?agency=%27--":             {400, "Agency"},
		"/en/timeline?status=late":              {400, "Status of the measure"},
		"/en/timeline?page=99":                  {404, "Page not found"},
		"/en/timeline?page=9223372036854775807": {404, "Page not found"},
		"/ru/timeline?page=x":                   {404, "Страница не найдена"},
		"/kk/matrix?role=boss":                  {400, "Органның рөлі"},
		"/en/matrix?body=club":                  {400, "Kind of body"},
		"/ru/laws?kind=song":                    {400, "Вид"},
		"/en/laws/nope":                         {404, "Page not found"},
		"/kk/principles/z":                      {404, "Бет табылмады"},
		"/ru/objectives/5/actions/z":            {404, "Страница не найдена"},
		"/en/objectives/05/actions/d":           {404, "Page not found"},
		"/en/measures?page=-1":                  {404, "Page not found"},
		"/en/measures?page=2":                   {404, "Page not found"},
		"/en/glossary?text=%3Cscript%3Ex":       {200, "&lt;script&gt;x"},
		"/en/objectives/999999999999999999":     {404, "Page not found"},
		"/en/matrix?status=%FF":                 {400, "Status of the measure"},
		"/en/laws?text=%27%20OR%20%271":         {200, "0 of 27"},
		"/en/timeline?cycle=2022-2026&page=":    {200, "2022–2026"},
	} {
		w := get(h, path)
		if body := w.Body.String(); w.Code != want.status || !strings.Contains(body, want.words) || strings.Contains(body, "<script>x") {
			t.Errorf("%s answers %d, want %d with %q", path, w.Code, want.status, want.words)
		}
	}
}

func TestActionWithoutMeasureIsAWhiteSpot(t *testing.T) {
	h := loaded(t)
	white, served := 0, 0
	for _, letter := range "abcdefghij" {
		body := get(h, fmt.Sprintf("/en/objectives/5/actions/%c", letter)).Body.String()
		switch {
		case strings.Contains(body, "White spot"):
			white++
		case strings.Contains(body, `href="/en/measures/`):
			served++
		}
	}
	if white+served != 10 || served == 0 || white == 0 {
		t.Errorf("%d actions are white spots, %d are served", white, served)
	}
}

func TestMeasuresStandOnThePagesOfTheirPrinciples(t *testing.T) {
	conn := country.SQLite(t)
	err := conn.Exec(`INSERT INTO measure_principles (measure_id, principle_id, basis, rank, reason, quotes)
		SELECT m.id, p.id, 'inferred', '', '{"en":"It protects rights."}', '[]' FROM measures m, principles p WHERE m.code = 'e-visa' AND p.code = 'GP-f'`).Error
	if err != nil {
		t.Fatal(err)
	}
	h := open(t, config(t, conn))
	for path, want := range map[string]string{
		"/en/principles/f": `href="/en/measures/e-visa"`, "/en/principles": "in progress", "/en/?by=principle": "in progress", "/en/measures/e-visa": "It protects rights.",
	} {
		if body := get(h, path).Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s does not hold %s", path, want)
		}
	}
}

func TestAssessmentAppearsWhenItsReviewIsPublished(t *testing.T) {
	conn := country.SQLite(t)
	err := conn.Exec(`INSERT INTO assessments (review_id, objective_id, level, reason, evidence, challenges, support, version, changed_at, changed_by)
		SELECT r.id, o.id, 'partially_meets', '{"en":"Pathways grew."}', '[]', '{}', '{}', 1, '2026-01-01 00:00:00+00:00', 'test' FROM reviews r, objectives o WHERE o.number = 5`).Error
	if err != nil {
		t.Fatal(err)
	}
	shown := func() (n int) {
		h := open(t, config(t, conn))
		for _, path := range []string{"/en/", "/en/objectives/5", "/en/objectives/6"} {
			if strings.Contains(get(h, path).Body.String(), "Partially meets") {
				n++
			}
		}
		return n
	}
	if n := shown(); n != 0 {
		t.Errorf("a draft's assessment is on %d pages", n)
	}
	if err := conn.Exec("UPDATE reviews SET state = 'published'").Error; err != nil {
		t.Fatal(err)
	}
	if n := shown(); n != 2 {
		t.Errorf("a published assessment is on %d pages, want the overview and its objective", n)
	}
}

func TestPictureIsAFileOfItsOwn(t *testing.T) {
	h := loaded(t)
	for _, lang := range []string{"kk", "ru", "en"} {
		w := get(h, "/"+lang+"/objectives.svg")
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "image/svg+xml") || !strings.Contains(w.Header().Get("Content-Security-Policy"), "sandbox") {
			t.Fatalf("%d, %v", w.Code, w.Header())
		}
		numbers := map[string]bool{}
		for d := xml.NewDecoder(strings.NewReader(w.Body.String())); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if words, ok := token.(xml.CharData); ok {
				numbers[string(words)] = true
				if strings.Contains(string(words), "…") {
					t.Errorf("%s: %q is cut off", lang, words)
				}
			}
		}
		for n := range objectives.Total {
			if !numbers[fmt.Sprint(n+1)] {
				t.Errorf("%s: objective %d is not in the picture", lang, n+1)
			}
		}
		if strings.Contains(w.Body.String(), "class=") {
			t.Error("the file needs the stylesheet of pages")
		}
	}
}

func TestMatrixLeadsToAsManyMeasuresAsItCounts(t *testing.T) {
	h := loaded(t)
	cells := 0
	for n := range parse(t, get(h, "/en/matrix").Body.String()).Descendants() {
		if n.Data != "a" || !strings.HasPrefix(attr(n, "href"), "/en/measures?") {
			continue
		}
		cells++
		want := 0
		for digits := range strings.FieldsFuncSeq(text(n), func(r rune) bool { return r < '0' || r > '9' }) {
			var one int
			_, _ = fmt.Sscan(digits, &one)
			want += one
		}
		if body := get(h, attr(n, "href")).Body.String(); !strings.Contains(body, fmt.Sprintf("Shown: %d of 64", want)) {
			t.Errorf("%s does not list %d", attr(n, "href"), want)
		}
	}
	if cells < 20 {
		t.Errorf("only %d cells", cells)
	}
}

func TestTimelineRunsFromForumToForum(t *testing.T) {
	events, err := objectives.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for i, s := range spans(events) {
		codes = append(codes, s.Code)
		if i > 0 && !s.First.After(spans(events)[i-1].Last) {
			t.Errorf("%s begins before the last one ends", s.Code)
		}
	}
	if got := strings.Join(codes, " "); got != "2018-2022 2022-2026 2026-2030" {
		t.Errorf("cycles %s", got)
	}
	rows := func(path string) (n int) {
		for one := range parse(t, get(loaded(t), path).Body.String()).Descendants() {
			if one.Type == html.ElementNode && one.Data == "th" && strings.HasPrefix(attr(firstElement(one), "href"), "/en/measures/") {
				n++
			}
		}
		return n
	}
	if n := rows("/en/timeline"); n != 28 {
		t.Errorf("%d measures in the cycle of the review", n)
	}
	if n := rows("/en/timeline?cycle=2026-2030&status=completed"); n != 0 {
		t.Errorf("%d measures were completed in times to come", n)
	}
	body := get(loaded(t), "/en/timeline").Body.String()
	for _, want := range []string{"First International Migration Review Forum", `href="/en/reviews/2022"`, "not shown"} {
		if !strings.Contains(body, want) {
			t.Errorf("the timeline does not say %q", want)
		}
	}
}
