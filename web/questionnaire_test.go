package web

import (
	"net/http"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/auth"
	"gcm/reports"
	"gcm/reports/desk"
)

const questionsPath = "/work/reviews/2022/questionnaire/questions"

func TestQuestionsAreChangedOnTheirPage(t *testing.T) {
	t.Parallel()
	country.Each(t, func(t *testing.T, db *gorm.DB) {
		o := officeOf(t, db)
		editor, second := o.drafter(), person(t, o.app, "", auth.Editor)
		must(t, editor.get("/work/reviews/2022/questionnaire"), http.StatusOK, questionsPath, "/work/reviews/2022/sections/question-preparation", "/work/reviews/2022/questionnaire/files/kk.pdf")
		must(t, person(t, o.app, "", auth.Coordinator).get(questionsPath), http.StatusForbidden)
		form := valuesOf(t, must(t, editor.get(questionsPath), http.StatusOK, `name="items.17.code"`))
		if form.Get("items.3.objectives") != "2, 5, 6, 12, 18" || form.Get("items.16.objectives") != allObjectives || form["items.4.answers"][1] != "figures" {
			t.Errorf("%v", form)
		}
		post := func(step string, status int, words ...string) string {
			form.Set("step", step)
			return must(t, editor.post(questionsPath, form.Encode()), status, words...)
		}
		form = valuesOf(t, post("add", http.StatusOK, `name="items.18.code" value=""`))
		form.Set("items.18.text.kk", "Жаңа сұрақ па?")
		form.Set("items.18.objectives", "1–3, 23")
		form["items.18.answers"] = []string{"measures"}
		form = valuesOf(t, post("up.18", http.StatusOK))
		if form.Get("items.17.text.kk") != "Жаңа сұрақ па?" || form.Get("items.17.objectives") != "1, 2, 3, 23" || form.Get("items.18.code") != "next-steps" {
			t.Error("moved up it stands elsewhere")
		}
		head := form.Get("items.0.part.en")
		form = valuesOf(t, post("drop.0", http.StatusOK, `value="back.preparation"`))
		if head == "" || form.Get("items.0.code") != "framework" || form.Get("items.0.part.en") != head {
			t.Errorf("the part loses its heading %q with its first question", head)
		}
		form = valuesOf(t, post("down.0", http.StatusOK))
		if form.Get("items.0.code") != "achievements" || form.Get("items.0.part.en") != head || form.Get("items.1.part.en") != "" {
			t.Error("the heading moves with the question")
		}
		form = valuesOf(t, post("up.1", http.StatusOK))
		post("save", http.StatusUnprocessableEntity, `id="items.16.text.ru-error"`, "Жаңа сұрақ па?")
		form.Set("items.16.text.ru", "Новый вопрос?")
		form.Set("items.16.text.en", "A new question?")
		form.Set("items.16.objectives", "24")
		post("save", http.StatusUnprocessableEntity, `id="items.16.objectives-error"`)
		form.Set("items.16.objectives", "23")
		post("back.nothing", http.StatusUnprocessableEntity)
		post("save", http.StatusSeeOther)
		must(t, second.post(questionsPath, form.Encode()), http.StatusConflict)
		body := must(t, editor.get("/work/reviews/2022/questionnaire?lang=ru"), http.StatusOK, "17. Новый вопрос?", "question-own-1")
		if strings.Contains(body, "question-preparation") {
			t.Error("an archived question is asked")
		}
		must(t, editor.get("/work/reviews/2022/sections/question-preparation"), http.StatusNotFound)
		form = valuesOf(t, must(t, editor.get(questionsPath), http.StatusOK, `value="back.preparation"`))
		form = valuesOf(t, post("back.preparation", http.StatusOK))
		post("save", http.StatusSeeOther)
		must(t, editor.get("/work/reviews/2022/questionnaire?lang=en"), http.StatusOK, "question-preparation", "19. Which body prepared")
	})
}

func TestOwnAnswerIsWrittenOnTheDesk(t *testing.T) {
	o := officeOf(t, country.SQLite(t))
	editor, auditor, path := o.drafter(), o.auditor, "/work/reviews/2022/sections/question-support"
	must(t, editor.get(path+"?lang=en"), http.StatusOK, "17. Which support does the State need from partners?", "The review does not say", "As the questionnaire prints it", "question-means", "question-next-steps")
	must(t, editor.send(path, "body.en", "We need **statisticians**.", "version.en", "0", "step", "checked.en"), http.StatusSeeOther)
	must(t, editor.get("/work/reviews/2022/questionnaire?lang=en"), http.StatusOK, "own answer", "checked")
	must(t, auditor.get("/work/reviews/2022/check?lang=en"), http.StatusOK, path+"#text-kk", "Question 17: no own answer")
	must(t, auditor.get("/work/reviews/2022/questionnaire/files/en.md"), http.StatusOK, "We need **statisticians**.", "Draft")
	must(t, auditor.get("/work/reviews/2022/questionnaire/files/de.md"), http.StatusNotFound)
	must(t, auditor.get("/work/reviews/2022/questionnaire/files/en.odt"), http.StatusNotFound)
	must(t, o.contributor.get("/work/reviews/2022/questionnaire/files/en.md"), http.StatusForbidden)
	if strings.Contains(get(o.app, "/reviews/2022/en.md").Body.String(), "statisticians") {
		t.Error("the review prints an answer of the questionnaire")
	}
}

func TestQuestionnaireIsPublicAsFarAsItsReviewIs(t *testing.T) {
	t.Parallel()
	o := officeOf(t, country.SQLite(t))
	must(t, get(o.app, "/en/reviews/2022"), http.StatusOK, "/reviews/2022/questionnaire-kk.pdf", "questionnaire-en.docx")
	for _, ending := range []string{"docx", "html", "md", "xlsx", "pdf"} {
		w := get(o.app, "/reviews/2022/questionnaire-ru."+ending)
		if w.Code != http.StatusOK || w.Header().Get("Content-Language") != "ru" || !strings.Contains(w.Header().Get("Content-Disposition"), `filename="questionnaire-2022-ru.`+ending) {
			t.Errorf("%s: %d %s", ending, w.Code, w.Header().Get("Content-Disposition"))
		}
	}
	must(t, get(o.app, "/reviews/2022/questionnaire-en.md"), http.StatusOK, "Draft")
	o.published()
	if w := get(o.app, "/reviews/2022/questionnaire-en.md"); w.Code != http.StatusOK || strings.Contains(w.Body.String(), "Draft") {
		t.Errorf("of a published review it answers %d, or as a draft", w.Code)
	}
	// what nobody has cleared since is not for everybody
	ctx, editor := t.Context(), o.as(o.drafter())
	_, err := o.app.site.desk.SaveText(ctx, editor, "2022", desk.Place{Section: "question-support", Language: "en"}, 0, unseenText)
	o.must(err)
	if strings.Contains(get(o.app, "/reviews/2022/questionnaire-en.md").Body.String(), unseenText) {
		t.Error("everybody reads a draft of an answer")
	}
	// nor is what a correction is written in
	if err := o.conn.Model(&reports.Review{}).Where("state = ?", reports.Published).Update("state", reports.Drafting).Error; err != nil {
		t.Fatal(err)
	}
	must(t, get(o.app, "/reviews/2022/questionnaire-en.md"), http.StatusNotFound)
	if strings.Contains(get(o.app, "/en/reviews/2022").Body.String(), "questionnaire-") {
		t.Error("the page leads to a questionnaire that is not there")
	}
}

func TestNumbersOfObjectivesAreReadAsPeopleWriteThem(t *testing.T) {
	for typed, want := range map[string]string{"": "", "5": "5", " 6; 5,5 ": "5, 6", "9-11, 2": "2, 9, 10, 11", "1–23": allObjectives, "five": "0", "3-1": "0", "1-99": "0", "22–24": "0", "-1": "0"} {
		if got := numberList(readNumbers(typed)); got != want {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}
