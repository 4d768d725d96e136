package reports_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/reports"
)

// answered composes the questionnaire of 2022.
func answered(t *testing.T, s reports.Stores, lang string) reports.Document {
	t.Helper()
	doc, err := reports.ComposeQuestionnaire(t.Context(), s, "2022", lang)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// wordsOf are the words of a question's section.
func wordsOf(t *testing.T, doc reports.Document, code string) string {
	t.Helper()
	for _, s := range doc.Words() {
		if s.ID == "question-"+code {
			return s.Text
		}
	}
	t.Fatalf("question %s is not asked", code)
	return ""
}

func TestQuestionsAreAnsweredFromTheReviewInEachLanguage(t *testing.T) {
	stores := kazakhstan(t, dbtest.SQLite(t))
	for _, lang := range languages {
		p, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		doc := answered(t, stores, lang)
		asked, err := stores.Reviews.Questionnaire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var numbers []string
		kinds := map[string]int{}
		walk(doc.Sections, func(s reports.Section, b reports.Block) {
			if b == nil {
				if s.Number != "" {
					numbers = append(numbers, s.Number)
				}
				return
			}
			kinds[reflect.TypeOf(b).Name()]++
			if box, ok := b.(reports.Callout); ok && box.Tone == reports.Invite {
				t.Errorf("%s: an invitation to write stands as an answer to %s", lang, s.Title)
			}
		})
		if len(doc.Sections) != 6 || strings.Join(numbers, " ") != "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18" {
			t.Errorf("%s: %d parts, questions %v", lang, len(doc.Sections), numbers)
		}
		for i, q := range asked.Asked() {
			if s := find(t, doc, q.Section()); s.Title != q.Text[lang] || s.Number != numbers[i] {
				t.Errorf("%s: question %s is %q", lang, q.Code, s.Title)
			}
		}
		if kinds["Table"] != 8 || kinds["Figure"] != 0 || kinds["List"] == 0 {
			t.Errorf("%s: %v", lang, kinds)
		}
		// the text of the sections, the measures, the figures and the challenges of the registers
		compared := compose(t, stores, lang, reports.Full)
		var review strings.Builder
		for _, s := range compared.Words() {
			review.WriteString(s.Text + "\n")
		}
		for _, code := range []string{"preparation", "progress-4", "means"} {
			lines := strings.Split(wordsOf(t, doc, code), "\n")
			if said := lines[len(lines)/2]; len(said) < 80 || !strings.Contains(review.String(), said) {
				t.Errorf("%s: %s says what the review does not: %q", lang, code, said)
			}
		}
		if words := wordsOf(t, doc, "measures-1"); !strings.Contains(words, p.T("objective.title", 5, find(t, compared, "objective-05").Short[strings.Index(find(t, compared, "objective-05").Short, ". ")+2:])) || !strings.Contains(words, p.T("questionnaire.without_measure", "2")) {
			t.Errorf("%s: %.600s", lang, words)
		}
		// nobody has judged yet: the questionnaire says so
		if words := wordsOf(t, doc, "support"); words != p.T("questionnaire.silence")+"\n"+p.T("questionnaire.silence.support") {
			t.Errorf("%s: %q", lang, words)
		}
		if notice := strings.Join(doc.Cover.Notice, "\n"); !strings.HasPrefix(notice, p.T("questionnaire.wording.own")) || len(doc.Cover.Notice) < 2 {
			t.Errorf("%s: the cover says %q", lang, notice)
		}
		followLinks(t, doc)
	}
}

func TestEveryTableOfAQuestionnaireHasItsOwnNameAndNumber(t *testing.T) {
	doc := answered(t, kazakhstan(t, dbtest.SQLite(t)), "en")
	seen := map[string]bool{}
	walk(doc.Sections, func(_ reports.Section, b reports.Block) {
		if table, ok := b.(reports.Table); ok {
			if seen[table.ID] || seen["No "+table.Number] {
				t.Errorf("%s, number %s, stands twice", table.ID, table.Number)
			}
			seen[table.ID], seen["No "+table.Number] = true, true
		}
	})
}

func TestOwnAnswerStandsInsteadAndLeavesTheReviewAsItIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		stores := kazakhstan(t, g)
		before := compose(t, stores, "ru", reports.Full)
		own := "Поддержка нужна с данными, см. [главу](#objective-01).[^1]\n\n{{table indicator:remittance-inflow}}\n\n[^1]: measure:e-visa\n"
		err := stores.Reviews.PutSections(t.Context(), "2022", []reports.ReviewSection{{Section: "question-support", Language: "ru", Body: own, State: reports.Draft}})
		if err != nil {
			t.Fatal(err)
		}
		doc := answered(t, stores, "ru")
		if words := wordsOf(t, doc, "support"); !strings.HasPrefix(words, "Поддержка нужна с данными, см. главу. [") || strings.Contains(words, "Необходимая") {
			t.Errorf("it says %q", words)
		}
		if text, err := json.Marshal(doc); err != nil || strings.Contains(string(text), "#objective-01") {
			t.Error("a link leads into the review", err)
		}
		if words := wordsOf(t, answered(t, stores, "en"), "support"); strings.Contains(words, "Поддержка") {
			t.Errorf("in English it says %q", words)
		}
		if after := compose(t, stores, "ru", reports.Full); !reflect.DeepEqual(before, after) {
			t.Error("the answer has changed the review")
		}
		// of a published review only what is cleared stands
		if err := g.Exec("UPDATE reviews SET state = 'published'").Error; err != nil {
			t.Fatal(err)
		}
		if words := wordsOf(t, answered(t, stores, "ru"), "support"); strings.Contains(words, "Поддержка нужна") {
			t.Error("what nobody has cleared stands in the questionnaire of a published review")
		}
		if err := g.Exec("UPDATE review_sections SET state = 'cleared' WHERE section = 'question-support'").Error; err != nil {
			t.Fatal(err)
		}
		if words := wordsOf(t, answered(t, stores, "ru"), "support"); !strings.Contains(words, "Поддержка нужна") {
			t.Error("a cleared answer does not stand")
		}
	})
}

func TestAssessmentsAndPromisesAnswerQuestions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		stores := kazakhstan(t, g)
		r, err := stores.Reviews.ReviewByCycle(t.Context(), "2022")
		if err != nil {
			t.Fatal(err)
		}
		all, err := stores.Objectives.Objectives(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		support, reason := i18n.Text{"kk": "Мамандар", "ru": "Специалисты", "en": "Experts"}, i18n.Text{"kk": "Негіз", "ru": "Основание", "en": "Because of this"}
		for _, row := range []any{
			&reports.Assessment{ReviewID: r.ID, ObjectiveID: all[4].ID, Level: reports.Meets, Reason: reason, Support: support, Version: 1},
			&reports.Promise{Code: "2022-1", ReviewID: r.ID, Position: 1, ObjectiveID: &all[4].ID, Text: i18n.Text{"en": "We will"}, Version: 1},
		} {
			if err := g.Omit("Objective", "Agency", "Outcomes").Create(row).Error; err != nil {
				t.Fatal(err)
			}
		}
		doc := answered(t, stores, "en")
		for code, want := range map[string]string{"support": "Objective 5: ", "progress-1": "Because of this", "next-steps": "We will"} {
			if words := wordsOf(t, doc, code); !strings.Contains(words, want) {
				t.Errorf("%s says %q", code, words)
			}
		}
		if words := wordsOf(t, doc, "progress-2"); strings.Contains(words, "Because of this") || !strings.Contains(words, "assesses none") {
			t.Error("other objectives are assessed")
		}
	})
}

func TestQuestionsThatAreNotAskedAreNotAnswered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		stores := kazakhstan(t, g)
		ctx := t.Context()
		if err := g.Exec("UPDATE questions SET archived_at = '2022-01-01 00:00:00+00:00' WHERE code <> 'means' AND code <> 'support'").Error; err != nil {
			t.Fatal(err)
		}
		official := reports.Questionnaire{Title: i18n.Text{"en": "Form"}, Wording: reports.OfficialWording, Source: i18n.Text{"en": "a commission, 2026"}, Note: i18n.Text{"en": "One.\n\nTwo."}}
		if err := stores.Reviews.PutQuestions(ctx, []reports.Questionnaire{official}, nil); err != nil {
			t.Fatal(err)
		}
		doc := answered(t, stores, "en")
		if len(doc.Sections) != 1 || len(doc.Sections[0].Sections) != 2 || doc.Sections[0].Sections[0].Number != "1" || doc.Title != "Form" || strings.Join(doc.Cover.Notice[:3], "|") != "Official form: a commission, 2026.|One.|Two." {
			t.Errorf("%+v", doc.Cover)
		}
		if err := g.Exec("UPDATE questions SET archived_at = '2022-01-01 00:00:00+00:00'").Error; err != nil {
			t.Fatal(err)
		}
		if _, err := reports.ComposeQuestionnaire(ctx, stores, "2022", "en"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("got %v", err)
		}
		if _, err := reports.ComposeQuestionnaire(ctx, stores, "2023", "en"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("got %v", err)
		}
		if _, err := reports.ComposeQuestionnaire(ctx, stores, "2022", "de"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("got %v", err)
		}
	})
}

func TestWhatAnOwnAnswerNamesInVainIsNamed(t *testing.T) {
	stores := kazakhstan(t, dbtest.SQLite(t))
	own := []reports.ReviewSection{{Section: "question-support", Language: "en", Body: "See.[^1]\n\n[^1]: measure:none\n", State: reports.Draft}}
	if err := stores.Reviews.PutSections(t.Context(), "2022", own); err != nil {
		t.Fatal(err)
	}
	if _, err := reports.ComposeQuestionnaire(t.Context(), stores, "2022", "en"); err == nil || !strings.Contains(err.Error(), `section question-support in en`) || !strings.Contains(err.Error(), "none") {
		t.Errorf("got %v", err)
	}
	if _, err := reports.Compose(t.Context(), stores, "2022", "en", reports.Full); err != nil {
		t.Errorf("it spoils the review: %v", err)
	}
}

func TestAnswerIsPreviewedAsTheQuestionnairePrintsIt(t *testing.T) {
	stores := kazakhstan(t, dbtest.SQLite(t))
	v, err := reports.ReadPreviewer(t.Context(), stores, "2022")
	if err != nil {
		t.Fatal(err)
	}
	for body, want := range map[string]string{"": "The review does not say", "Own words.": "Own words."} {
		out, err := v.Preview("question-support", "en", body)
		doc := reports.Document{Sections: []reports.Section{out.Section}}
		if err != nil || out.Section.Number != "17" || !strings.Contains(wordsOf(t, doc, "support"), want) {
			t.Errorf("%q is previewed as %+v, %v", body, out.Section, err)
		}
	}
	if _, err := v.Preview("question-none", "en", ""); fault.KindOf(err) != fault.NotFound {
		t.Errorf("got %v", err)
	}
}

func TestBaselessAnswersAreKnown(t *testing.T) {
	bare, full := reports.Question{}, reports.Question{Objectives: reports.ObjectiveNumbers{1}, Sections: objectives.Strings{"means"}}
	for _, kind := range reports.AnswerKinds {
		if bare.Baseless(kind) == (kind == reports.AnswerPromises) || full.Baseless(kind) {
			t.Errorf("%s", kind)
		}
	}
	if q := (reports.Question{Indicators: objectives.Strings{"x"}}); q.Baseless(reports.AnswerFigures) || !q.Baseless(reports.AnswerText) {
		t.Error("figures can be taken from indicators alone")
	}
}
