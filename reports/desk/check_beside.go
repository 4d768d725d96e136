package desk

import (
	"cmp"
	"slices"

	"gcm/reports"
)

// The rules for what is written beside a review: the notes for round tables, and
// the answers to the questionnaire. None of them keeps the review from its bodies.

// briefTexts are the notes that people wrote for round tables.
func (in *inspection) briefTexts() []reports.ReviewSection {
	var out []reports.ReviewSection
	for _, text := range in.Sections {
		if at := (Place{text.Section, text.Language}); at.brief() && text.Body != "" {
			out = append(out, text)
		}
	}
	slices.SortFunc(out, func(a, b reports.ReviewSection) int {
		return cmp.Or(cmp.Compare(a.Section, b.Section), cmp.Compare(a.Language, b.Language))
	})
	return out
}

// briefUnresolved finds directives in the notes for a round table that name nothing.
// The notes are no part of the review and keep it from nobody.
func briefUnresolved(in *inspection) error {
	for _, text := range in.briefTexts() {
		examined, err := in.living.Examine(text.Language, text.Body)
		if err != nil {
			return err
		}
		for _, fault := range examined.Unresolved {
			f := at(text)
			f.Passage, f.Detail = fault.Passage, fault.Err.Error()
			in.tell(f, f.Passage, fault.Err)
		}
	}
	return nil
}

// briefUntranslated finds round tables for which the notes of one language were
// written and those of another were not, or not since.
func briefUntranslated(in *inspection) error {
	texts := in.briefTexts()
	for i, text := range texts {
		if in.Outdated(text, in.living.Lead()) {
			in.tell(at(text), spoken(text.Language))
		}
		if i > 0 && texts[i-1].Section == text.Section {
			continue
		}
		for _, lang := range in.living.Languages() {
			if other := in.Section(text.Section, lang); other == nil || other.Body == "" {
				in.tell(Finding{Section: text.Section, Language: lang}, spoken(lang))
			}
		}
	}
	return nil
}

// readAnswers reads how the questionnaire is answered, once.
func (in *inspection) readAnswers() (err error) {
	for _, lang := range in.living.Languages() {
		if _, read := in.answers[lang]; !read && err == nil {
			in.answers[lang], err = in.living.Answers(lang)
		}
	}
	return err
}

// questionUnanswered finds questions of the questionnaire to which the review says
// nothing in any language.
func questionUnanswered(in *inspection) error {
	if err := in.readAnswers(); err != nil {
		return err
	}
	for n, q := range in.answers[in.living.Lead()] {
		silent := true
		for _, lang := range in.living.Languages() {
			silent = silent && in.answers[lang][n].Silent
		}
		if silent {
			in.tell(Finding{Section: q.Section(), Detail: q.Code}, q.Number, q.Text)
		}
	}
	return nil
}

// answerUntranslated finds own answers that one language has and another has not.
func answerUntranslated(in *inspection) error {
	if err := in.readAnswers(); err != nil {
		return err
	}
	for n, q := range in.answers[in.living.Lead()] {
		written := func(lang string) bool { return in.answers[lang][n].Own != nil }
		for _, lang := range in.living.Languages() {
			if !written(lang) && slices.ContainsFunc(in.living.Languages(), written) {
				in.tell(Finding{Section: q.Section(), Language: lang, Detail: q.Code}, q.Number, spoken(lang))
			}
		}
	}
	return nil
}

// answerUnresolved finds footnotes and directives of own answers that name nothing.
// Those of the review's texts are found there.
func answerUnresolved(in *inspection) error {
	if err := in.readAnswers(); err != nil {
		return err
	}
	for _, lang := range in.living.Languages() {
		for _, q := range in.answers[lang] {
			if q.Own == nil {
				continue
			}
			examined, err := in.living.Examine(lang, q.Own.Body)
			if err != nil {
				return err
			}
			for _, fault := range examined.Unresolved {
				in.tell(Finding{Section: q.Section(), Language: lang, Passage: fault.Passage, Detail: fault.Err.Error()}, q.Number, fault.Err)
			}
		}
	}
	return nil
}
