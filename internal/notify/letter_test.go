package notify

import (
	"strings"
	"testing"

	"github.com/jba/templatecheck"
	"golang.org/x/net/html"

	"gcm/internal/i18n"
)

func printer(t *testing.T, lang string) *i18n.Printer {
	t.Helper()
	p, err := i18n.New(lang)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var sample = Letter{
	Paragraphs: []string{"First, a & b.", "Second."},
	Groups:     []Group{{Title: "Overdue", Items: []Item{{Text: "E-visa <b>", Detail: "15 January", URL: "https://gcm.example/work/entries/x"}, {Text: "Plain"}}}},
	Action:     Link{"Open", "https://gcm.example/work?a=1&b=2"},
	Why:        "You work here.",
	Settings:   Link{"Settings", "https://gcm.example/account"},
}

func TestLetterFitsItsStruct(t *testing.T) {
	if err := templatecheck.CheckHTML(letterHTML, letterPage{}); err != nil {
		t.Error(err)
	}
}

func TestPlainTextAndHTMLSayTheSame(t *testing.T) {
	for _, lang := range i18n.Languages {
		p := printer(t, lang)
		mail, err := Compose(p, "site.name", sample)
		if err != nil {
			t.Fatal(err)
		}
		if mail.Language != lang || !strings.Contains(mail.HTML, `<html lang="`+lang+`">`) || mail.Subject != p.T("site.name") {
			t.Errorf("%s: language %q, subject %q", lang, mail.Language, mail.Subject)
		}
		shown := textOf(t, mail.HTML)
		for _, words := range []string{"First, a & b.", "Second.", "E-visa <b>", "15 January", "Plain", "Open", "You work here.", "Settings"} {
			if !strings.Contains(mail.Plain, words) || !strings.Contains(shown, words) {
				t.Errorf("%s: %q is not in both", lang, words)
			}
		}
		for _, address := range []string{"https://gcm.example/work/entries/x", "https://gcm.example/work?a=1&b=2", "https://gcm.example/account"} {
			if !strings.Contains(mail.Plain, address) || !strings.Contains(mail.HTML, strings.ReplaceAll(address, "&", "&amp;")) {
				t.Errorf("%s: %s is not in both", lang, address)
			}
		}
	}
}

func TestLetterLoadsNothingFromElsewhere(t *testing.T) {
	mail, err := Compose(printer(t, "kk"), "site.name", sample)
	if err != nil {
		t.Fatal(err)
	}
	for _, remote := range []string{"<img", "<link", "<script", "src=", "url(", "@import"} {
		if strings.Contains(mail.HTML, remote) {
			t.Errorf("the letter has %s", remote)
		}
	}
}

func TestAddressThatIsNoWebAddressLeadsNowhere(t *testing.T) {
	mail, err := Compose(printer(t, "en"), "site.name", Letter{Action: Link{"Open", "javascript:alert(1)"}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(mail.HTML, `href="javascript:`) {
		t.Error("a script hides behind the button")
	}
}

func TestSubjectIsOneLineWhateverItNames(t *testing.T) {
	mail, err := Compose(printer(t, "en"), "date.month", Letter{Args: []any{"May\r\nBcc: all@example.org", "2027"}})
	if err != nil {
		t.Fatal(err)
	}
	if mail.Subject != "May Bcc: all@example.org 2027" {
		t.Errorf("got %q", mail.Subject)
	}
}

func textOf(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}
