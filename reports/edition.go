package reports

import (
	"strconv"
	"strings"
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
)

// Edition is what makes a document that of a published edition.
type Edition struct {
	Document string        // its name in the register of editions: "review-2022-kk"
	Number   int           // from 1
	Date     time.Time     // when it was published
	Day      period.Period // of Date, as the State counts days
	Snapshot string        // hash of the frozen contents, in hexadecimal
	URL      string        // "https://…" of the page that confirms it
	Erratum  string        // what it puts right of the edition before, a paragraph each; empty when nothing
}

// Publish puts an edition on a document: its number on the cover, the imprint
// with the way to check it, and the corrections as its first section. It takes
// the mark of a draft away.
func (d *Document) Publish(p *i18n.Printer, e Edition) {
	number, date := strconv.Itoa(e.Number), p.Period(e.Day)
	d.Draft, d.Date = "", e.Date
	d.Cover.Number = p.T("edition.number", number, date)
	d.Imprint = &Imprint{
		Document: e.Document, Edition: e.Number, Snapshot: e.Snapshot, URL: e.URL,
		Title: p.T("edition.imprint"), Text: []string{p.T("edition.imprint.text")}, Hash: p.T("edition.hash"), Scan: p.T("edition.scan"),
		Facts: []Fact{{Label: p.T("edition.title"), Value: d.Title}, {Label: p.T("edition"), Value: d.Cover.Number}},
	}
	if d.Author != "" {
		d.Imprint.Facts = append(d.Imprint.Facts, Fact{Label: p.T("edition.author"), Value: d.Author})
	}
	d.correct(p, e)
}

// PublishCopy is Publish for a form beside the published files: it says on the
// cover and in the imprint that it is a copy, for the register confirms those files
// alone.
func (d *Document) PublishCopy(p *i18n.Printer, e Edition) {
	d.Publish(p, e)
	d.Cover.Number = p.T("edition.copy", d.Cover.Number)
	d.Imprint.Text = []string{p.T("edition.copy.text")}
}

// correct lists what an edition puts right of the one before. A short document has
// no room for the list and names the edition that has it.
func (d *Document) correct(p *i18n.Printer, e Edition) {
	told := paragraphs(e.Erratum)
	if len(told) == 0 {
		return
	}
	if d.Short {
		d.Cover.Erratum = p.T("edition.corrects.short", strconv.Itoa(e.Number-1))
		return
	}
	d.Cover.Erratum = p.T("edition.corrects", strconv.Itoa(e.Number-1))
	s := Section{ID: "erratum", Title: p.T("edition.erratum"), NewPage: true,
		Blocks: []Block{Para(p.T("edition.erratum.text", strconv.Itoa(e.Number), strconv.Itoa(e.Number-1)))}}
	var list List
	for _, t := range told {
		list.Items = append(list.Items, []Block{Para(typography(d.Lang, strings.Join(strings.Fields(t), " ")))})
	}
	s.Blocks = append(s.Blocks, list)
	d.Sections = append([]Section{s}, d.Sections...)
}

// MarkDraft prints on every page that the document is a draft of a day: that of
// the moment in the zone in which it comes.
func (d *Document) MarkDraft(p *i18n.Printer, on time.Time) {
	d.Draft = p.T("edition.draft", p.Period(period.Period(on.Format(time.DateOnly))))
}
