package desk_test

import (
	"strings"
	"testing"

	"gcm/internal/audit"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/reports"
	"gcm/reports/desk"
)

// inAll is a text in the languages of the house.
func inAll(s string) i18n.Text { return i18n.Text{"kk": s + " kk", "ru": s + " ru", "en": s + " en"} }

// asks writes two questions and returns the questionnaire as it stands.
func (h *house) asks() reports.Questionnaire {
	h.t.Helper()
	h.must(h.SetQuestionnaire(h.t.Context(), h.editor, 0, reports.Questionnaire{Title: inAll("Form"), Wording: reports.OwnWording, Questions: []reports.Question{
		{Text: inAll("Means?"), Answers: objectives.Strings{"text"}, Sections: objectives.Strings{"means"}},
		{Text: inAll("Measures?"), Part: inAll("Part"), Answers: objectives.Strings{"measures"}, Objectives: reports.ObjectiveNumbers{5}},
	}}))
	return h.asked()
}

func (h *house) asked() reports.Questionnaire {
	h.t.Helper()
	q, err := h.stores.Reviews.Questionnaire(h.t.Context())
	if err != nil || q == nil {
		h.t.Fatalf("%v, %v", q, err)
	}
	return *q
}

func TestQuestionsAreChangedAddedOrderedAndArchived(t *testing.T) {
	each(t, func(h *house) {
		ctx := t.Context()
		q := h.asks()
		if q.Version != 1 || len(q.Questions) != 2 || q.Questions[0].Code != "own-1" || q.Questions[1].Position != 1 {
			t.Fatalf("%+v", q)
		}
		h.refused(h.SetQuestionnaire(ctx, h.coordinator, 1, q), fault.Forbidden)
		h.must(h.SetQuestionnaire(ctx, h.editor, 1, q))
		if again := h.asked(); again.Version != 1 {
			t.Error("the same questions again are a change")
		}
		first, second := q.Questions[0], q.Questions[1]
		second.Text = inAll("Which measures?")
		added := reports.Question{Text: inAll("Promises?"), Answers: objectives.Strings{"promises"}}
		q.Questions = []reports.Question{second, added}
		h.must(h.SetQuestionnaire(ctx, h.editor, 1, q))
		h.refused(h.SetQuestionnaire(ctx, h.second, 1, q), fault.Conflict)
		now := h.asked()
		list := now.Asked()
		if now.Version != 2 || len(list) != 2 || list[0].Code != "own-2" || list[0].Text["en"] != "Which measures? en" || list[1].Code != "own-3" || len(now.Questions) != 3 {
			t.Fatalf("%+v", now)
		}
		now.Questions = append(list, first)
		h.must(h.SetQuestionnaire(ctx, h.editor, 2, now))
		now = h.asked()
		if back := now.Asked(); len(back) != 3 || back[2].Code != "own-1" || back[2].Position != 2 {
			t.Errorf("%+v", back)
		}
		acts, err := audit.List(ctx, h.db, audit.Filter{Noun: "question", Limit: 20})
		h.must(err)
		var said []string
		for _, act := range acts {
			said = append(said, act.Action+" "+act.Record)
		}
		if got := strings.Join(said, ", "); got != "restore own-1, archive own-1, create own-3, change own-2, create own-2, create own-1" {
			t.Errorf("on record is %s", got)
		}
	})
}

func TestWhatIsWrongWithQuestionsIsNamed(t *testing.T) {
	each(t, func(h *house) {
		q := reports.Questionnaire{Title: i18n.Text{"kk": "Нысан"}, Wording: reports.OfficialWording, Questions: []reports.Question{
			{Text: inAll("?")},
			{Code: "stranger", Text: inAll("?"), Answers: objectives.Strings{"text", "songs"}, Sections: objectives.Strings{"nowhere"}},
			{Text: inAll("?"), Part: i18n.Text{"en": "Part"}, Answers: objectives.Strings{"figures", "measures"}, Objectives: reports.ObjectiveNumbers{0}, Indicators: objectives.Strings{"none"}},
			{Text: inAll(strings.Repeat("?", 1001)), Answers: objectives.Strings{"measures", "assessments", "challenges", "support", "figures", "text"}},
		}}
		problems := fault.ProblemsOf(h.SetQuestionnaire(t.Context(), h.editor, 0, q))
		found := map[string]bool{}
		for _, p := range problems {
			found[p.Field+" "+p.Key] = true
		}
		for _, want := range []string{
			"title.ru desk.error.needed", "source.kk desk.error.needed", "items.0.answers desk.error.answers", "items.1 desk.error.question", "items.1.answers desk.error.answers",
			"items.1.sections desk.error.section", "items.2.part.kk desk.error.needed", "items.2.objectives desk.error.objectives", "items.2.indicators desk.error.indicator",
			"items.3.answers desk.error.baseless.measures", "items.3.answers desk.error.baseless.text", "items.3.answers desk.error.baseless.figures", "items.3.answers desk.error.baseless.support",
		} {
			if !found[want] {
				t.Errorf("%s is not named in %v", want, problems)
			}
		}
		if none, err := h.stores.Reviews.Questionnaire(t.Context()); none != nil || err != nil {
			t.Errorf("%v, %v", none, err)
		}
	})
}

func TestOwnAnswersAreWrittenAtAnyTimeAndMakeNoSignatureVoid(t *testing.T) {
	each(t, func(h *house) {
		ctx := t.Context()
		h.asks()
		at := desk.Place{Section: "question-own-1", Language: "en"}
		_, err := h.SaveText(ctx, h.coordinator, "2026", at, 0, "No.")
		h.refused(err, fault.Forbidden)
		_, err = h.SaveText(ctx, h.editor, "2026", desk.Place{Section: "question-own-9", Language: "en"}, 0, "No.")
		h.refused(err, fault.NotFound)
		for n, state := range []reports.ReviewState{reports.Drafting, reports.Clearance, reports.SignedOff, reports.Published} {
			h.must(h.db.Table("reviews").Where("1 = 1").Update("state", state).Error)
			text, err := h.SaveText(ctx, h.editor, "2026", at, 2*n, strings.Repeat("Yes. ", n+1))
			h.must(err)
			if text, err = h.SetTextState(ctx, h.editor, "2026", at, text.Version, reports.Cleared); err != nil || text.State != reports.Cleared {
				t.Errorf("%s: %+v, %v", state, text, err)
			}
			if now := h.review("2026"); now.State != state {
				t.Errorf("an answer brings a review from %s to %s", state, now.State)
			}
		}
		_, err = h.SaveText(ctx, h.editor, "2026", desk.Place{Section: "means", Language: "en"}, 0, "A text.")
		h.refused(err, fault.Conflict)
		q := h.asked()
		q.Questions = q.Questions[1:]
		h.must(h.SetQuestionnaire(ctx, h.editor, 1, q))
		_, err = h.SaveText(ctx, h.editor, "2026", at, 8, "Archived.")
		h.refused(err, fault.NotFound)
	})
}

func TestCheckNamesQuestionsWithoutAnswersAndBlocksNothing(t *testing.T) {
	each(t, func(h *house) {
		ctx := t.Context()
		if len(h.found("question-unanswered"))+len(h.found("answer-untranslated"))+len(h.found("answer-unresolved")) > 0 {
			t.Error("without questions there are findings")
		}
		blocked := len(desk.Block(h.all()))
		h.asks()
		found := h.found("question-unanswered")
		if len(found) != 1 || found[0].Path("2026") != "/work/reviews/2026/sections/question-own-1" || found[0].Severity != desk.Advisory {
			t.Fatalf("%+v", found)
		}
		p, err := i18n.New("en")
		h.must(err)
		if said := found[0].Message(p); said != "Question 1: Means? en" {
			t.Errorf("it says %q", said)
		}
		at := desk.Place{Section: "question-own-1", Language: "ru"}
		_, err = h.SaveText(ctx, h.editor, "2026", at, 0, "Да.[^1]\n\n[^1]: measure:none")
		h.must(err)
		untranslated, unresolved := h.found("answer-untranslated"), h.found("answer-unresolved")
		if len(h.found("question-unanswered")) != 0 || len(untranslated) != 2 || untranslated[0].Path("2026") != "/work/reviews/2026/sections/question-own-1#text-kk" {
			t.Errorf("%+v", untranslated)
		}
		if len(unresolved) != 1 || unresolved[0].Passage != 1 || unresolved[0].Language != "ru" {
			t.Errorf("%+v", unresolved)
		}
		if now := len(desk.Block(h.all())); now != blocked {
			t.Errorf("%d findings block, %d did before", now, blocked)
		}
		h.wrote(desk.Place{Section: "means", Language: "kk"}, "Қаражат.")
		if len(h.found("question-unanswered")) != 0 {
			t.Error("what the review says is no answer")
		}
	})
}

// all runs the check.
func (h *house) all() []desk.Finding {
	h.t.Helper()
	all, err := h.Check(h.t.Context(), "2026")
	h.must(err)
	return all
}
