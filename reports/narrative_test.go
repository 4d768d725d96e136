package reports

import (
	"strings"
	"testing"
)

// told reads Markdown with footnotes that repeat their definition.
func told(source string) narrative {
	n := &narrator{
		source: []byte(source), lang: "en", invite: "Invitation",
		expand: func(s string) ([]Run, error) { return Text(s), nil },
		living: func(d Directive) ([]Run, error) { return Text(d.String()), nil },
		alone:  func(_ int, d Directive) ([]Block, error) { return []Block{Para(d.String())}, nil },
		failed: func(error) {},
	}
	return n.read()
}

func TestNarrativeIsReadInParts(t *testing.T) {
	n := told("First.\n\n## Part\n\nSecond with **bold**, *italic* and [a link](#objective-05).\n\n> Write this.\n\n- one\n- two\n")
	if len(n.Lead) != 1 || plain(n.Lead[0].(Paragraph).Runs) != "First." {
		t.Errorf("lead: %v", n.Lead)
	}
	if len(n.Parts) != 1 || n.Parts[0].Title != "Part" || len(n.Parts[0].Blocks) != 3 {
		t.Fatalf("parts: %v", n.Parts)
	}
	bold, italic, link := false, false, ""
	for _, r := range n.Parts[0].Blocks[0].(Paragraph).Runs {
		bold, italic = bold || r.Bold && r.Text == "bold", italic || r.Italic && r.Text == "italic"
		link += r.Link
	}
	if !bold || !italic || link != "#objective-05" {
		t.Errorf("bold %v, italic %v, link %q", bold, italic, link)
	}
	if c := n.Parts[0].Blocks[1].(Callout); c.Tone != Invite || c.Title != "Invitation" {
		t.Errorf("a block quote is %v", c)
	}
	if l := n.Parts[0].Blocks[2].(List); len(l.Items) != 2 || l.Ordered {
		t.Errorf("a list is %v", l)
	}
}

func TestFootnoteStandsWhereItsMarkStands(t *testing.T) {
	runs := told("A figure[^1]. Another.[^2]\n\n[^1]: indicator:a_b@2020{estimate_bound=lower}\n[^2]: measure:x\n").Lead[0].(Paragraph).Runs
	var got []string
	for _, r := range runs {
		if r.Note != nil {
			got = append(got, "["+plain(r.Note)+"]")
		} else {
			got = append(got, r.Text)
		}
	}
	if s := strings.Join(got, ""); s != "A figure[indicator:a_b@2020{estimate_bound=lower}]. Another.[measure:x]" {
		t.Error(s)
	}
}

func TestMarkupOutsideTheLanguageIsPlainText(t *testing.T) {
	for _, source := range []string{"<script>alert(1)</script>", "text <b>bold</b> ![x](http://a/b.png)", "| a | b |\n|---|---|\n| 1 | 2 |", "```\ncode\n```", "    code", "***", "# Title"} {
		n := told(source)
		for _, b := range n.Lead {
			if p, ok := b.(Paragraph); ok {
				for _, r := range p.Runs {
					if strings.HasPrefix(r.Link, "http://a") {
						t.Errorf("%q became a link", source)
					}
				}
			}
		}
	}
}

func TestSpacesThatMustNotBreakAreSet(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"kk", "33 700 адам", "33\u00a0700 адам"}, {"ru", "1 234 567 тенге", "1\u00a0234\u00a0567 тенге"},
		{"ru", "83,3 %", "83,3\u00a0%"}, {"ru", "Это — факт", "Это\u00a0— факт"}, {"en", "290.2 billion tenge", "290.2\u00a0billion tenge"},
		{"en", "a – b", "a – b"}, {"kk", "№ 5", "№\u00a05"},
	} {
		if got := typography(c.lang, c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}

func FuzzNarrative(f *testing.F) {
	f.Add("Text.[^1]\n\n> q\n\n1. a\n   - b\n\n[^1]: measure:e-visa")
	f.Add("[^1]: [^1]\n[^1]")
	f.Fuzz(func(t *testing.T, source string) { told(source) })
}
