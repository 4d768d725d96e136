package reports_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/reports"
)

// briefOf composes the brief of a round table.
func briefOf(t *testing.T, s reports.Stores, lang string, table int) reports.Document {
	t.Helper()
	return compose(t, s, lang, reports.BriefProfile(table))
}

// textOf are the words of a section and of those below it, without footnotes.
func textOf(s reports.Section) string {
	var b strings.Builder
	add := func(runs []reports.Run) {
		for _, r := range runs {
			b.WriteString(r.Text)
		}
		b.WriteString("\n")
	}
	walk([]reports.Section{s}, func(_ reports.Section, block reports.Block) {
		switch block := block.(type) {
		case reports.Paragraph:
			add(block.Runs)
		case reports.Table:
			for _, row := range block.Rows {
				for _, cell := range row.Cells {
					add(cell.Runs)
				}
			}
			add(block.Notes)
		}
	})
	return b.String()
}

func TestDrawnNotesAreSentencesOfTheReview(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	for _, lang := range languages {
		full := compose(t, s, lang, reports.Full)
		heard := 0
		for table := 1; table <= 4; table++ {
			notes := briefOf(t, s, lang, table).Sections[1]
			chapter := ""
			for _, b := range notes.Blocks {
				switch b := b.(type) {
				case reports.Paragraph:
					if number, _, ok := strings.Cut(b.Runs[0].Text, ".\u00a0"); ok && b.Style == reports.Label {
						n, err := strconv.Atoi(number)
						if err != nil {
							t.Fatal(err)
						}
						chapter = textOf(find(t, full, reports.ObjectiveSection(n)))
						heard++
					}
				case reports.List:
					for _, item := range b.Items {
						if said := item[0].(reports.Paragraph).Runs[0].Text; !strings.Contains(chapter, said) {
							t.Errorf("round table %d in %s says what its chapter does not: %q", table, lang, said)
						}
					}
				}
			}
			text := textOf(notes)
			for _, invited := range []string{"жұмыс тобына", "рабочей группе предлагается", "working group is invited", "(#"} {
				if strings.Contains(text, invited) {
					t.Errorf("round table %d in %s speaks of %q", table, lang, invited)
				}
			}
		}
		if heard != 23 {
			t.Errorf("the notes in %s speak of %d objectives", lang, heard)
		}
	}
}

func TestBriefStatesHowLongItsNotesLast(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	for table := 1; table <= 4; table++ {
		notes := briefOf(t, s, "en", table).Sections[1]
		words := 0
		for _, b := range notes.Blocks {
			if list, ok := b.(reports.List); ok {
				for _, item := range list.Items {
					words += len(strings.Fields(item[0].(reports.Paragraph).Runs[0].Text))
				}
			}
		}
		if said := textOf(notes); !strings.HasPrefix(said, fmt.Sprintf("About 3 min: %d words at 120 words a minute. Drawn from the review", words)) {
			t.Errorf("round table %d, %d words: %.90s", table, words, said)
		}
	}
}

func TestBriefIsNoPartOfOtherDocumentsAndLeadsNowhere(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	for table := 1; table <= 4; table++ {
		doc := briefOf(t, s, "kk", table)
		text, err := json.Marshal(doc)
		if err != nil || !doc.Short || len(doc.Sections) != 2 || len(doc.Cover.Notice) == 0 || strings.Contains(string(text), `"Link":"#`) {
			t.Errorf("%v, %+v", err, doc.Cover)
		}
	}
	if _, err := reports.Compose(t.Context(), s, "2022", "en", reports.BriefProfile(5)); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
	for name, want := range map[reports.Profile]int{"brief-1": 1, "brief-9": 9, "brief-0": 0, "brief-10": 0, "brief-": 0, "brief-1x": 0, "full": 0} {
		if table, ok := reports.BriefTable(name); table != want || ok != (want > 0) {
			t.Errorf("%s is of round table %d, %v", name, table, ok)
		}
	}
}

func TestBriefSaysWhereTheReviewIsSilent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		s := kazakhstan(t, g)
		if err := s.Reviews.PutSections(t.Context(), "2022", []reports.ReviewSection{
			{Section: "objective-09", Language: "en", State: reports.Draft}, {Section: "objective-10", Language: "en", State: reports.Draft, Body: "> The working group is invited to write."},
		}); err != nil {
			t.Fatal(err)
		}
		notes := textOf(briefOf(t, s, "en", 2).Sections[1])
		if n := strings.Count(notes, "On this objective the review says nothing in this language."); n != 2 {
			t.Errorf("%d objectives are silent:\n%s", n, notes)
		}
		position := textOf(briefOf(t, s, "en", 2).Sections[0])
		for _, want := range []string{
			"The review holds no measure, no figure and no challenge on this objective.", "The review assesses no objective on the four levels.",
			"stands in chapters 3.4, 3.8, 3.9, 3.10, 3.11, 3.13, 3.21 of the review",
		} {
			if !strings.Contains(position, want) {
				t.Errorf("%q is missing:\n%s", want, position)
			}
		}
	})
}

func TestBriefPrintsWhatPeopleJudgeAndPromise(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		s := kazakhstan(t, g)
		review, err := s.Reviews.ReviewByCycle(t.Context(), "2022")
		if err != nil {
			t.Fatal(err)
		}
		all, err := s.Objectives.Objectives(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		judged := reports.Assessment{ReviewID: review.ID, ObjectiveID: all[8].ID, Level: reports.Meets, Reason: i18n.Text{"en": "Twelve channels were stopped."},
			Challenges: i18n.Text{"en": "Cases cross borders."}, Support: i18n.Text{"en": "Training of investigators."}, Version: 1}
		promises := []reports.Promise{
			{Code: "2022-1", ReviewID: review.ID, Position: 1, ObjectiveID: &all[9].ID, Text: i18n.Text{"en": "Open a shelter."}, Due: "2024", Version: 1},
			{Code: "2022-2", ReviewID: review.ID, Position: 2, Text: i18n.Text{"en": "Report every year"}, Version: 1},
			{Code: "2022-3", ReviewID: review.ID, Position: 3, ObjectiveID: &all[0].ID, Text: i18n.Text{"en": "Count migrants"}, Version: 1},
		}
		for _, err := range []error{g.Omit("Objective").Create(&judged).Error, g.Omit("Objective", "Agency", "Outcomes").Create(&promises).Error} {
			if err != nil {
				t.Fatal(err)
			}
		}
		doc := briefOf(t, s, "en", 2)
		position, notes := textOf(doc.Sections[0]), textOf(doc.Sections[1])
		for _, want := range []string{"Assessment: ●●●○\u00a0Meets. Twelve channels were stopped.", "Assessment: not assessed.", "Challenges: Cases cross borders", "Support needed: Training of investigators."} {
			if !strings.Contains(position, want) {
				t.Errorf("%q is missing:\n%s", want, position)
			}
		}
		if !strings.Contains(notes, "Open a shelter (Objective 10, 2024).") || !strings.Contains(notes, "Report every year.") || strings.Contains(notes, "Count migrants") {
			t.Errorf("the promises are\n%s", notes)
		}
	})
}

func TestWrittenNotesStandInPlaceOfDrawnOnesAndChangeNothingElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		s := kazakhstan(t, g)
		before, err := reports.Freeze(t.Context(), s, "2022")
		if err != nil {
			t.Fatal(err)
		}
		own := "Chair, **thank you**.[^1]\n\n## Figures\n\n- We hosted {{figure indicator:refugees-registered@2020}}.\n- See [the chapter](#objective-07).\n\n{{table indicator:refugees-registered}}\n\n[^1]: measure:e-visa"
		if err := s.Reviews.PutSections(t.Context(), "2022", []reports.ReviewSection{{Section: reports.BriefSection(2), Language: "en", State: reports.Draft, Body: own}}); err != nil {
			t.Fatal(err)
		}
		after, err := reports.Freeze(t.Context(), s, "2022")
		if err != nil {
			t.Fatal(err)
		}
		_, one, _ := before.Seal()
		if _, other, _ := after.Seal(); one != other {
			t.Error("what the bodies sign is another with the notes")
		}
		for _, lang := range []string{"en", "kk"} {
			drawn := briefOf(t, s, lang, 2)
			spoken, err := reports.SpeakFrom(t.Context(), s, "2022", drawn, 2)
			if err != nil {
				t.Fatal(err)
			}
			a, b := textOf(drawn.Sections[1]), textOf(spoken.Sections[1])
			if lang == "kk" {
				if a != b {
					t.Error("notes in English replace those in Kazakh")
				}
				continue
			}
			if strings.Contains(a, "thank you") || !strings.Contains(b, "Written by the delegation") || !strings.Contains(b, "Chair, thank you.\n") || !strings.Contains(b, "We hosted 445\u00a0persons.") || strings.Contains(b, "Drawn from") {
				t.Errorf("the notes are\n%s", b)
			}
			if text, _ := json.Marshal(spoken.Sections[1]); strings.Contains(string(text), `"Note":[`) || strings.Contains(string(text), `"Link":"#`) || strings.Contains(string(text), `"table"`) {
				t.Errorf("what cannot be spoken is there: %s", text)
			}
		}
	})
}

func TestWrittenNotesThatHaveNoRoomAreCountedAsLeftOut(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	var paragraphs []string
	for i := range 60 {
		paragraphs = append(paragraphs, fmt.Sprintf("Point %d: %s.", i+1, strings.Repeat("word ", 40)))
	}
	if err := s.Reviews.PutSections(t.Context(), "2022", []reports.ReviewSection{{Section: reports.BriefSection(1), Language: "en", State: reports.Draft, Body: strings.Join(paragraphs, "\n\n")}}); err != nil {
		t.Fatal(err)
	}
	doc, err := reports.SpeakFrom(t.Context(), s, "2022", briefOf(t, s, "en", 1), 1)
	if err != nil {
		t.Fatal(err)
	}
	points := 0
	for _, b := range doc.Sections[1].Blocks {
		if p, ok := b.(reports.Paragraph); ok && strings.HasPrefix(p.Runs[0].Text, "Point ") {
			points++
			if want := fmt.Sprintf("Point %d:", points); !strings.HasPrefix(p.Runs[0].Text, want) {
				t.Errorf("%q stands where %s should", p.Runs[0].Text, want)
			}
		}
	}
	said := strings.ReplaceAll(textOf(doc.Sections[1]), ",", "")
	if want := fmt.Sprintf("%d words have no room on the page", (60-points)*43); points < 5 || points > 20 || !strings.Contains(said, want) {
		t.Errorf("%d points; %q is missing in %.200s", points, want, said)
	}
}

func TestFirstPointsAreThoseThatTheSourceStates(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	doc := briefOf(t, s, "en", 1)
	rows := doc.Sections[0].Blocks[0].(reports.Table).Rows
	i := slices.IndexFunc(rows, func(r reports.Row) bool { return strings.HasPrefix(r.Cells[0].Runs[0].Text, "5.") })
	var said string
	for _, r := range rows[i].Cells[1].Runs {
		said += r.Text
	}
	if !strings.HasPrefix(said, "Measures: ") || !strings.Contains(said, "and ") {
		t.Errorf("objective 5: %q", said)
	}
	for _, stated := range []string{"Improv", "visa"} { // the two of the four stated ones that come first
		if !strings.Contains(said, stated) {
			t.Errorf("%q is not among %q", stated, said)
		}
	}
}
