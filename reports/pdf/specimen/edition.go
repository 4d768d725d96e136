package specimen

import (
	"strings"

	"gcm/internal/i18n"
	"gcm/reports"
)

// Edition is Rich as a published edition: with its number and corrections, its
// imprint, lists of tables and figures, and attached data.
func Edition(lang string) reports.Document {
	p, doc := printer(lang), Rich(lang)
	doc.Terms.Tables, doc.Terms.Figures = p.T("review.list.tables"), p.T("review.list.figures")
	doc.Attachments = []reports.Attachment{
		{Name: "observations.csv", MIME: "text/csv", Description: p.T("review.attached.observations"), Data: []byte("indicator,period,value\n" + strings.Repeat("refugees,2021,1234\n", 40))},
		{Name: "шаралар (2).csv", MIME: "text/csv", Description: p.T("review.attached.measures"), Data: []byte("a,b\n1,2\n")},
	}
	doc.Publish(p, reports.Edition{Document: "review-2022-" + lang, Number: 2, Date: doc.Date, Snapshot: strings.Repeat("3fa9c01d", 8),
		URL: "https://gcm.example.org/" + lang + "/reviews/2022/editions/2", Erratum: heading(Prose(lang)[4]) + ".\n\n" + heading(Prose(lang)[5]) + "."})
	return doc
}

// Draft is Edition before it is published.
func Draft(lang string) reports.Document {
	doc := Rich(lang)
	doc.MarkDraft(printer(lang), doc.Date)
	return doc
}

func printer(lang string) *i18n.Printer {
	p, err := i18n.New(lang)
	if err != nil {
		panic(err) // one of Langs
	}
	return p
}
