package reports_test

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/countries"
	"gcm/indicators"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/reports"
)

var languages = []string{"kk", "ru", "en"}

// kazakhstan returns stores on a database with the built-in pack.
func kazakhstan(t *testing.T, g *gorm.DB) reports.Stores {
	t.Helper()
	files, _ := countries.Embedded("kazakhstan")
	pack, err := countries.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := countries.Load(t.Context(), g, pack); err != nil {
		t.Fatal(err)
	}
	return reports.Stores{Objectives: objectives.NewStore(g), Indicators: indicators.NewStore(g), Reviews: reports.NewStore(g)}
}

func compose(t *testing.T, s reports.Stores, lang string, profile reports.Profile) reports.Document {
	t.Helper()
	doc, err := reports.Compose(t.Context(), s, "2022", lang, profile)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// walk visits every section with its blocks, callouts and lists opened.
func walk(sections []reports.Section, visit func(s reports.Section, b reports.Block)) {
	var open func(s reports.Section, blocks []reports.Block)
	open = func(s reports.Section, blocks []reports.Block) {
		for _, b := range blocks {
			visit(s, b)
			switch b := b.(type) {
			case reports.Callout:
				open(s, b.Blocks)
			case reports.List:
				for _, item := range b.Items {
					open(s, item)
				}
			}
		}
	}
	for _, s := range sections {
		visit(s, nil)
		open(s, s.Blocks)
		walk(s.Sections, visit)
	}
}

// runs lists all runs of a block, those of notes included.
func runs(b reports.Block) []reports.Run {
	var all []reports.Run
	var add func(list []reports.Run)
	add = func(list []reports.Run) {
		for _, r := range list {
			all = append(all, r)
			add(r.Note)
		}
	}
	switch b := b.(type) {
	case reports.Paragraph:
		add(b.Runs)
	case reports.Table:
		add(slices.Concat(b.Caption, b.Notes, b.Source))
		for _, row := range b.Rows {
			for _, cell := range row.Cells {
				add(cell.Runs)
			}
		}
	case reports.Figure:
		add(slices.Concat(b.Caption, b.Notes, b.Source))
	}
	return all
}

func find(t *testing.T, doc reports.Document, id string) (found reports.Section) {
	t.Helper()
	walk(doc.Sections, func(s reports.Section, b reports.Block) {
		if b == nil && s.ID == id {
			found = s
		}
	})
	if found.ID == "" {
		t.Fatalf("there is no section %s", id)
	}
	return found
}

func TestEveryObjectiveHasItsChapterAndTitle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		s := kazakhstan(t, g)
		list, err := s.Objectives.Objectives(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range languages {
			doc := compose(t, s, lang, reports.Full)
			for _, o := range list {
				chapter := find(t, doc, "objective-"+twoDigits(o.Number))
				if strings.ReplaceAll(chapter.Title, "\u00a0", " ") != o.Title[lang] || len(chapter.Blocks) == 0 {
					t.Errorf("%s: chapter %d is headed %q", lang, o.Number, chapter.Title)
				}
			}
		}
	})
}

func twoDigits(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }

func TestCompactReviewHasARowForEveryObjective(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	for _, lang := range languages {
		rows := 0
		walk(compose(t, s, lang, reports.Compact).Sections, func(_ reports.Section, b reports.Block) {
			if table, ok := b.(reports.Table); ok && table.ID == "table-overview" {
				for _, row := range table.Rows {
					rows++
					text := ""
					for _, r := range row.Cells[3].Runs {
						text += r.Text
					}
					if len(text) < 40 || !strings.HasSuffix(strings.TrimSpace(text), ".") {
						t.Errorf("%s: row %s says %q", lang, row.ID, text)
					}
				}
			}
		})
		if rows != objectives.Total {
			t.Errorf("%s has %d rows", lang, rows)
		}
	}
}

func TestReviewIsTheSameInAllLanguages(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	shape := func(lang string) (out []string) {
		walk(compose(t, s, lang, reports.Full).Sections, func(section reports.Section, b reports.Block) {
			line := section.ID
			if b != nil {
				line += " " + reflect.TypeOf(b).Name()
				for _, r := range runs(b) {
					if r.Note != nil {
						line += " note"
					}
				}
			}
			if table, ok := b.(reports.Table); ok {
				line += " " + table.Number + " " + strconv.Itoa(len(table.Rows)*(1+len(table.Columns)))
			}
			out = append(out, line)
		})
		return out
	}
	// The abbreviations and their number are each language's own.
	apart := func(lines []string) []string {
		return slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "abbreviations Table") })
	}
	want := apart(shape("kk"))
	for _, lang := range languages[1:] {
		got := apart(shape(lang))
		if len(got) != len(want) {
			t.Errorf("%s has %d blocks, kk %d", lang, len(got), len(want))
		}
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Fatalf("block %d is %q in %s and %q in kk", i, got[i], lang, want[i])
			}
		}
	}
}

func TestSameDataGiveTheSameDocument(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	if !reflect.DeepEqual(compose(t, s, "kk", reports.Full), compose(t, s, "kk", reports.Full)) {
		t.Error("two runs differ")
	}
}

func TestBothDatabasesGiveTheSameDocument(t *testing.T) {
	var first *reports.Document
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		doc := compose(t, kazakhstan(t, g), "ru", reports.Full)
		if first == nil {
			first = &doc
		} else if !reflect.DeepEqual(*first, doc) {
			t.Error("SQLite and PostgreSQL give two documents")
		}
	})
}

func TestEveryInternalLinkHasItsTarget(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	for _, profile := range []reports.Profile{reports.Full, reports.Compact} {
		if n := followLinks(t, compose(t, s, "en", profile)); n < 8 {
			t.Errorf("%s: only %d links", profile, n)
		}
	}
}

func TestWhatTheNarrativeCitesStaysCitedWhenItIsOutOfUse(t *testing.T) {
	g := dbtest.SQLite(t)
	s := kazakhstan(t, g)
	for _, table := range []string{"measures", "challenges", "legal_instruments", "indicators"} {
		if err := g.Table(table).Where("id % 2 = 0").Update("archived_at", g.NowFunc()).Error; err != nil {
			t.Fatal(err)
		}
	}
	followLinks(t, compose(t, s, "en", reports.Full))
}

// followLinks checks that each link of a document leads somewhere, and returns
// how many there are.
func followLinks(t *testing.T, doc reports.Document) int {
	t.Helper()
	targets, links := map[string]int{}, map[string]bool{}
	walk(doc.Sections, func(section reports.Section, b reports.Block) {
		switch b := b.(type) {
		case nil:
			targets[section.ID]++
		case reports.Table:
			targets[b.ID]++
			for _, row := range b.Rows {
				if row.ID != "" {
					targets[row.ID]++
				}
				if !row.Head && len(row.Cells) != len(b.Columns) {
					t.Errorf("table %s has a row of %d cells and %d columns", b.ID, len(row.Cells), len(b.Columns))
				}
			}
		case reports.Figure:
			targets[b.ID]++
		}
		for _, r := range runs(b) {
			if strings.HasPrefix(r.Link, "#") {
				links[r.Link[1:]] = true
			}
			if r.PageOf != "" {
				links[r.PageOf] = true
			}
		}
	})
	for link := range links {
		if targets[link] != 1 {
			t.Errorf("#%s has %d targets", link, targets[link])
		}
	}
	return len(links)
}

func TestSilentObjectivesSaySo(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	for _, lang := range languages {
		doc := compose(t, s, lang, reports.Full)
		for _, id := range []string{"objective-08", "objective-13"} {
			gaps := 0
			for _, b := range find(t, doc, id).Blocks {
				if c, ok := b.(reports.Callout); ok && c.Tone == reports.Gap {
					gaps++
				}
			}
			if gaps != 3 { // no measure, no indicator, no challenge
				t.Errorf("%s in %s says %d times that there is nothing", id, lang, gaps)
			}
		}
	}
}

// statedMarks are the mappings that the source makes itself.
var statedMarks = map[string][]int{
	"labour-code-equal-pay-amendment": {17}, "cis-crime-programme-2019-2023": {9, 10}, "anti-trafficking-plan-2018-2020": {9, 10},
	"belarus-migration-cooperation-agreement": {23}, "kyrgyzstan-migration-cooperation-agreement": {23}, "egov-migration-information": {3},
	"migration-legislation-improvement": {4, 5, 9, 12}, "visa-regime-simplification": {4, 5, 9, 12},
	"invitation-entry-registration-simplification": {4, 5, 9, 12}, "visa-migration-portal-modernisation": {4, 5, 9, 12},
}

func TestMeasuresAreMarkedStatedOnlyWhereTheSourceSaysSo(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	p, _ := i18n.New("en")
	doc := compose(t, s, "en", reports.Full)
	for number := 1; number <= objectives.Total; number++ {
		for _, b := range find(t, doc, "objective-"+twoDigits(number)).Blocks {
			table, ok := b.(reports.Table)
			if !ok || !strings.HasPrefix(table.ID, "table-measures-") {
				continue
			}
			for _, row := range table.Rows {
				code := strings.TrimPrefix(row.Cells[0].Runs[0].Link, "#measure-")
				mark := row.Cells[len(row.Cells)-1].Runs[0].Text
				want := p.T("mapping.basis.inferred")
				if slices.Contains(statedMarks[code], number) {
					want = p.T("mapping.basis.stated")
				}
				if !strings.HasPrefix(mark, want) {
					t.Errorf("%s in objective %d is marked %q, want %q", code, number, mark, want)
				}
			}
		}
	}
}

func TestMissingRemittancesAreAGapAndKoreaStays(t *testing.T) {
	doc := compose(t, kazakhstan(t, dbtest.SQLite(t)), "en", reports.Full)
	var gap, korea bool
	walk(doc.Sections, func(_ reports.Section, b reports.Block) {
		table, ok := b.(reports.Table)
		if !ok || table.ID != "table-all-indicators" {
			return
		}
		in := false
		for _, row := range table.Rows {
			if row.ID != "" {
				in = row.ID == "indicator-remittance-inflow"
			}
			if !in || row.Head {
				continue
			}
			line := ""
			for _, cell := range row.Cells {
				for _, r := range cell.Runs {
					line += r.Text + "|"
				}
			}
			gap = gap || strings.Contains(line, "2020|") && strings.HasSuffix(line, "no data|") && !strings.Contains(line, "Korea")
			korea = korea || strings.Contains(line, "Korea") && strings.Contains(line, "2020|") && strings.Contains(line, "56.8")
		}
	})
	if !gap || !korea {
		t.Errorf("gap of 2020 shown: %v, Korea's 2020 shown: %v", gap, korea)
	}
}

func TestForeignAndLegalFiguresAreNotDrawn(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	list, err := s.Indicators.Indicators(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]indicators.FigureType{}
	for _, i := range list {
		kinds[i.Code] = i.FigureType
	}
	drawn := 0
	walk(compose(t, s, "kk", reports.Full).Sections, func(_ reports.Section, b reports.Block) {
		if f, ok := b.(reports.Figure); ok {
			drawn++
			if kind := kinds[strings.TrimPrefix(f.ID, "figure-")]; kind != indicators.Statistic {
				t.Errorf("%s is drawn and is a %s", f.ID, kind)
			}
		}
	})
	if drawn < 8 {
		t.Errorf("only %d figures", drawn)
	}
}

func TestEveryFigureHasItsTable(t *testing.T) {
	doc := compose(t, kazakhstan(t, dbtest.SQLite(t)), "ru", reports.Full)
	figures, tables := map[string]bool{}, map[string]bool{}
	walk(doc.Sections, func(_ reports.Section, b reports.Block) {
		switch b := b.(type) {
		case reports.Figure:
			if figures[b.ID] {
				t.Errorf("%s is drawn twice", b.ID)
			}
			figures[b.ID] = true
		case reports.Table:
			tables[b.ID] = true
		}
	})
	for id := range figures {
		if !tables["table-series-"+strings.TrimPrefix(id, "figure-")] {
			t.Errorf("%s has no table", id)
		}
	}
}

func TestDelayedIsJudgedAtTheCutoffOfTheCycle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		s := kazakhstan(t, g)
		p, _ := i18n.New("en")
		status := func() string {
			for _, b := range find(t, compose(t, s, "en", reports.Full), "objective-10").Blocks {
				if table, ok := b.(reports.Table); ok && table.ID == "table-measures-10" {
					for _, row := range table.Rows {
						if row.Cells[0].Runs[0].Link == "#measure-cis-crime-programme-2019-2023" {
							return row.Cells[2].Runs[0].Text
						}
					}
				}
			}
			return ""
		}
		if got := status(); !strings.HasPrefix(got, p.T("measure.status.in_progress")) {
			t.Errorf("in the review of 2022 the CIS programme is %q", got)
		}
		if err := g.Exec("UPDATE cycles SET cutoff = '2024-01-01'").Error; err != nil {
			t.Fatal(err)
		}
		if got := status(); !strings.HasPrefix(got, p.T("measure.status.delayed")) {
			t.Errorf("at a cut-off after its end it is %q", got)
		}
	})
}

func TestCrossCuttingMeasuresStandOnceAndAreNotCounted(t *testing.T) {
	doc := compose(t, kazakhstan(t, dbtest.SQLite(t)), "en", reports.Full)
	places := map[string][]string{}
	walk(doc.Sections, func(s reports.Section, b reports.Block) {
		if table, ok := b.(reports.Table); ok && strings.HasPrefix(table.ID, "table-measures-") {
			for _, row := range table.Rows {
				places[row.Cells[0].Runs[0].Link] = append(places[row.Cells[0].Runs[0].Link], s.ID)
			}
		}
	})
	for _, code := range []string{"gcm-objectives-integration", "second-national-review-2022"} {
		if got := places["#measure-"+code]; !slices.Equal(got, []string{"objectives"}) {
			t.Errorf("%s stands in %v", code, got)
		}
	}
}

func TestCoverSaysThatItIsADemonstration(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	for lang, says := range map[string]string{"kk": "Үкіметінің құжаты емес", "ru": "не документ Правительства", "en": "not a document of the Government"} {
		if notice := strings.Join(compose(t, s, lang, reports.Compact).Cover.Notice, " "); !strings.Contains(notice, says) {
			t.Errorf("%s: %q", lang, notice)
		}
	}
}

func TestSectionThatNobodyWroteInvitesToWriteIt(t *testing.T) {
	g := dbtest.SQLite(t)
	s := kazakhstan(t, g)
	if err := g.Exec("DELETE FROM review_sections WHERE section = 'means' AND language = 'ru'").Error; err != nil {
		t.Fatal(err)
	}
	blocks := find(t, compose(t, s, "ru", reports.Full), "means").Blocks
	if len(blocks) != 1 || blocks[0].(reports.Callout).Tone != reports.Invite {
		t.Errorf("got %v", blocks)
	}
}

func TestUnresolvedReferencesAreAllNamedAtOnce(t *testing.T) {
	g := dbtest.SQLite(t)
	s := kazakhstan(t, g)
	body := "One.[^1] Two.[^2]\n\n[^1]: indicator:no-such@2020\n[^2]: measure:nor-this\n"
	if err := g.Exec("UPDATE review_sections SET body = ? WHERE section = 'means' AND language = 'en'", body).Error; err != nil {
		t.Fatal(err)
	}
	_, err := reports.Compose(t.Context(), s, "2022", "en", reports.Full)
	if err == nil || !strings.Contains(err.Error(), "no-such") || !strings.Contains(err.Error(), "nor-this") {
		t.Errorf("got %v", err)
	}
}

func TestUnknownCycleIsNotFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		_, err := reports.Compose(t.Context(), kazakhstan(t, g), "1999", "en", reports.Full)
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("got %v", err)
		}
	})
}

// number finds figures that a reader would want a source for: shares, and
// numbers of four digits and more that are no year.
var number = regexp.MustCompile(`\d+(?:[\x{00a0}.,]\d+)*(?:\x{00a0}?%)?`)

// TestEveryFigureInTheTextHasItsSource reads each paragraph of the narrative and
// looks for every figure in the footnotes of the same paragraph.
func TestEveryFigureInTheTextHasItsSource(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	for _, lang := range languages {
		checked := 0
		walk(compose(t, s, lang, reports.Full).Sections, func(section reports.Section, b reports.Block) {
			p, ok := b.(reports.Paragraph)
			if !ok || p.Style != reports.Body {
				return
			}
			var text, notes string
			for _, r := range p.Runs {
				text += r.Text
				for _, n := range r.Note {
					notes += n.Text
				}
			}
			if notes == "" && section.ID != "methodology-4" {
				return // an item of a list of challenges, or a frame sentence without figures
			}
			for _, figure := range number.FindAllString(text, -1) {
				digits := strings.Map(func(r rune) rune {
					if r < '0' || r > '9' {
						return -1
					}
					return r
				}, figure)
				if len(digits) < 5 && !strings.HasSuffix(figure, "%") { // a year, an article, a count: read by people
					continue
				}
				checked++
				if !strings.Contains(notes, figure) {
					t.Errorf("%s in %s: %q has no source in its paragraph", section.ID, lang, figure)
				}
			}
		})
		if checked < 50 {
			t.Errorf("%s: only %d figures were looked at", lang, checked)
		}
	}
}
