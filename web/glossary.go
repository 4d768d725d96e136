package web

import (
	"net/http"

	"gcm/internal/i18n"
	"gcm/objectives"
)

// glossaryPage is pages/glossary/show.html.
type glossaryPage struct {
	page
	Filter *filter
	Terms  []termLine
	Found  string
}

// termLine is a word of the glossary with its wordings in the other languages.
type termLine struct {
	objectives.Term
	Others []phrase
	Quotes []quote
}

func (s *site) showGlossary(r *request) error {
	all, err := s.objectives.Terms(r.Request.Context())
	if err != nil {
		return err
	}
	sources, err := r.sourcesByCode()
	if err != nil {
		return err
	}
	p := glossaryPage{page: r.page(r.T("more.glossary"), r.T("glossary.description")), Filter: r.filter()}
	i18n.Sort(r.p, all, func(t objectives.Term) string { return r.in(t.Term) })
	for _, t := range all {
		line := termLine{Term: t, Quotes: quotesOf(t.Quotes, sources)}
		words := ""
		for _, lang := range r.languages() {
			words += t.Term[lang] + " " + t.Definition[lang] + " "
			if lang != phraseLang(r.p, t.Term) && t.Term[lang] != "" {
				line.Others = append(line.Others, phrase{t.Term[lang], lang})
			}
		}
		if holds(words, p.Filter.Text) {
			p.Terms = append(p.Terms, line)
		}
	}
	p.Found = r.T("glossary.found", len(p.Terms), len(all))
	return r.render(http.StatusOK, "glossary/show", p)
}

// phraseLang is the language in which a reader of p sees a text.
func phraseLang(p *i18n.Printer, t i18n.Text) string {
	_, lang := t.Find(p.Lang(), "en")
	return lang
}
