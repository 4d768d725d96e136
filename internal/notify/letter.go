package notify

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"gcm/internal/i18n"
	"gcm/templates"
)

// Letter is what a mail says, in the words of its reader's language. What is
// empty is left out.
type Letter struct {
	Args       []any // of the subject's text
	Paragraphs []string
	Groups     []Group
	Action     Link   // the one button
	Why        string // why one gets it
	Settings   Link   // where one decides what one gets
}

// Group is a list of items under a heading.
type Group struct {
	Title string
	Items []Item
}

// Item is a line of a list; with a URL its text is a link.
type Item struct{ Text, Detail, URL string }

// Link is where something leads, and what is written on it.
type Link struct{ Label, URL string }

// letterPage is mail/letter.html.
type letterPage struct {
	Letter
	Lang, Site, Subject, CopyAddress string
}

var letterHTML = template.Must(template.ParseFS(templates.Mail(), "mail/letter.html"))

// Compose writes the letter as plain text and as HTML, both saying the same;
// subjectKey is its subject in the catalogue. The recipient and the key of the
// mail are the caller's to set.
func Compose(p *i18n.Printer, subjectKey string, l Letter) (Mail, error) {
	page := letterPage{
		Letter: l, Subject: oneLine(p.T(subjectKey, slices.Clone(l.Args)...)), // T prints numbers into its arguments
		Lang: p.Lang(), Site: p.T("site.name"), CopyAddress: p.T("mail.copy_address"),
	}
	var html bytes.Buffer
	if err := letterHTML.Execute(&html, page); err != nil {
		return Mail{}, fmt.Errorf("compose the letter %s: %w", subjectKey, err)
	}
	return Mail{Language: page.Lang, Subject: page.Subject, Plain: page.plain(), HTML: html.String()}, nil
}

// plain sets the letter for programs that show no HTML.
func (l letterPage) plain() string {
	var b strings.Builder
	part := func(lines ...string) {
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		for _, line := range lines {
			b.WriteString(line + "\n")
		}
	}
	for _, paragraph := range l.Paragraphs {
		part(paragraph)
	}
	for _, g := range l.Groups {
		part(g.lines()...)
	}
	if l.Action.URL != "" {
		part(l.Action.Label+":", l.Action.URL)
	}
	if l.Why != "" || l.Settings.URL != "" {
		part("-- ", strings.TrimSpace(l.Why+" "+l.Settings.Label), l.Settings.URL) // mail programs show what follows the dashes quietly
	}
	return b.String()
}

func (g Group) lines() []string {
	lines := []string{strings.ToUpper(g.Title)}
	for _, item := range g.Items {
		lines = append(lines, "* "+item.Text)
		for _, more := range []string{item.Detail, item.URL} {
			if more != "" {
				lines = append(lines, "  "+more)
			}
		}
	}
	return lines
}

// oneLine folds a text into one line: a line break in a subject would begin
// another header.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
