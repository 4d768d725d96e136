package specimen

import (
	"strings"

	"gcm/reports"
)

// Edition is Rich as a published edition: with its number and erratum, its
// imprint, lists of tables and figures, and attached data.
func Edition(lang string) reports.Document {
	w := editions[lang]
	doc := Rich(lang)
	doc.Terms.Tables, doc.Terms.Figures = w.tables, w.figures
	doc.Cover.Number, doc.Cover.Erratum = w.number, w.erratum
	doc.Imprint = &reports.Imprint{Document: "review-2022-" + lang, Edition: 2, Snapshot: strings.Repeat("3fa9c01d", 8),
		URL: "https://gcm.example.org/" + lang + "/reviews/2022/editions/2", Title: w.title, Text: []string{w.text},
		Facts: []reports.Fact{{Label: w.edition, Value: w.number}}, Hash: w.hash, Scan: w.scan}
	doc.Attachments = []reports.Attachment{
		{Name: "observations.csv", MIME: "text/csv", Description: w.tables, Data: []byte("indicator,period,value\n" + strings.Repeat("refugees,2021,1234\n", 40))},
		{Name: w.file, MIME: "text/csv", Description: w.figures, Data: []byte("a,b\n1,2\n")},
	}
	return doc
}

// Draft is Edition before it is published.
func Draft(lang string) reports.Document {
	doc := Edition(lang)
	doc.Imprint, doc.Cover.Number, doc.Cover.Erratum = nil, "", ""
	doc.Draft = editions[lang].draft
	return doc
}

// editionWords are the words around an edition in one language.
type editionWords struct {
	tables, figures, number, erratum, title, text, edition, hash, scan, file, draft string
}

var editions = map[string]editionWords{
	"kk": {
		tables: "Кестелер тізімі", figures: "Суреттер тізімі", number: "2-басылым · 2022 жылғы 29 сәуір", erratum: "1-басылымды түзетеді; түзетулер тізімі соңғы бөлімде берілген.",
		title: "Осы басылым туралы", text: "Құжаттың түпнұсқа екенін төмендегі мекенжайдағы бет растайды.", edition: "Басылым", hash: "Мазмұн бейнесінің хэші (SHA-256)",
		scan: "Құжатты тексеру үшін сканерлеңіз", file: "шаралар.csv", draft: "Жоба · 2022 жылғы 29 сәуір",
	},
	"ru": {
		tables: "Перечень таблиц", figures: "Перечень рисунков", number: "Издание 2 · 29 апреля 2022 года", erratum: "Исправляет издание 1; перечень исправлений помещён в последнем разделе.",
		title: "Об этом издании", text: "Подлинность документа подтверждает страница по указанному ниже адресу.", edition: "Издание", hash: "Хэш снимка содержания (SHA-256)",
		scan: "Отсканируйте, чтобы проверить документ", file: "меры.csv", draft: "Проект · 29 апреля 2022 года",
	},
	"en": {
		tables: "List of tables", figures: "List of figures", number: "Edition 2 · 29 April 2022", erratum: "Corrects edition 1; the corrections are listed in the last section.",
		title: "About this edition", text: "The page at the address below confirms that the document is the published one.", edition: "Edition", hash: "Hash of the contents (SHA-256)",
		scan: "Scan to check the document", file: "measures.csv", draft: "Draft · 29 April 2022",
	},
}
