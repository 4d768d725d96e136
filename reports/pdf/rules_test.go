package pdf

import (
	"bytes"
	"strings"
	"testing"

	"gcm/reports"
	"gcm/reports/pdf/rulestest"
	"gcm/reports/pdf/seal"
	"gcm/reports/pdf/specimen"
)

func TestSpecimensFollowTheStandards(t *testing.T) {
	for _, lang := range specimen.Langs {
		t.Run(lang, func(t *testing.T) {
			for name, doc := range map[string]reports.Document{"edition": specimen.Edition(lang), "draft": specimen.Draft(lang)} {
				t.Run(name, func(t *testing.T) {
					file := drawn(t, doc)
					rulestest.Readers(t, file)
					rulestest.Check(t, file)
				})
			}
		})
	}
}

// bent draws a small document whose structure was spoilt on its way to the file.
func bent(t *testing.T, doc reports.Document, spoil func(*composer)) []byte {
	t.Helper()
	c := compose(&doc)
	spoil(c)
	var b bytes.Buffer
	if err := emit(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// each changes the elements of a role.
func each(r role, change func(*seal.Element)) func(*composer) {
	return func(c *composer) {
		for i := range c.tree {
			if c.tree[i].Role == r {
				change(&c.tree[i])
			}
		}
	}
}

func TestRulesNoticeWhatBreaksThem(t *testing.T) {
	doc := specimen.Edition("en")
	doc.Sections = doc.Sections[2:3] // tables, figures and notes
	for clause, spoil := range map[string]func(*composer){
		"UA 7.1, 02-001":   each(roleCaption, func(e *seal.Element) { e.Role = "Legend" }),
		"UA 7.2, 09-004":   each(roleTableBody, func(e *seal.Element) { e.Role = roleDiv }),
		"UA 7.2, 11-001":   each(roleTable, func(e *seal.Element) { e.Lang = "not a language" }),
		"UA 7.3, 13-004":   each(roleFigure, func(e *seal.Element) { e.Alt = "" }),
		"UA 7.4.2, 14-002": each("H2", func(e *seal.Element) { e.Role = "H3" }),
		"UA 7.4.4, 14-006": each("H1", func(e *seal.Element) { e.Role = "H" }),
		"UA 7.5, 15-003":   each(roleHead, func(e *seal.Element) { e.Attr = "" }),
		"UA 7.5, 15-003: each table": each(roleCell, func(e *seal.Element) { // the last name is that of the row
			if i := strings.LastIndex(e.Attr, "("); i > 0 {
				e.Attr = e.Attr[:i] + "]"
			}
		}),
		"UA 7.5: all rows": each(roleHead, func(e *seal.Element) { e.Attr = strings.Replace(e.Attr, "ColSpan 5", "ColSpan 4", 1) }),
		"UA 7.18.5, 28-011": func(c *composer) {
			c.tree = append(c.tree, seal.Element{Role: roleLink, Parent: 1})
			c.flow.pages[1].items = append(c.flow.pages[1].items, &box{place: place{elem: element(len(c.tree) - 1)}, w: 1, h: 1, fill: new(color)})
		},
		"UA 7.18.5, 28-012":                 func(c *composer) { c.flow.pages[1].links[0].says = " " },
		"places in the file that links and": func(c *composer) { c.flow.marks[0].title = " " },
	} {
		found := ""
		for name, says := range rulestest.Breaches(t, bent(t, doc, spoil)) {
			if strings.HasPrefix(name, clause) {
				found = says
			}
		}
		if found == "" {
			t.Errorf("%s is broken and not noticed", clause)
		}
	}
}
