package reports

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// annexes lists the annexes of the full profile, numbered in order.
func (c *composer) annexes() Section {
	intro := c.told("annexes", "", true)
	for i, annex := range []Section{
		c.indicatorAnnex(), c.matrixAnnex(), c.lawAnnex(), c.agencyAnnex(), c.indexAnnex(), c.consultedAnnex(),
		c.gapAnnex(), c.abbreviationAnnex(), c.glossaryAnnex(),
	} {
		annex.Title = c.p.T("review.annex", strconv.Itoa(i+1)) + ". " + annex.Title
		intro.Sections = append(intro.Sections, annex)
	}
	return intro
}

func (c *composer) annex(id string, blocks ...Block) Section {
	title := c.p.T("review.annex." + id)
	return Section{ID: id, Title: title, Short: title, NewPage: true, Blocks: blocks}
}

// indicatorAnnex holds every observation, under the objective that draws the
// indicator. The footnotes of the text lead here.
func (c *composer) indicatorAnnex() Section {
	t := c.table("all-indicators", c.p.T("review.table.all_indicators"),
		Column{Title: c.p.T("review.column.indicator"), Weight: 36}, Column{Title: c.p.T("review.column.breakdown"), Weight: 18},
		Column{Title: c.p.T("review.column.period"), Weight: 16}, Column{Title: c.p.T("review.column.worded"), Weight: 15},
		Column{Title: c.p.T("review.column.value"), Weight: 17, Align: Right})
	t.Compact = true
	for _, o := range c.objectives {
		headed := false
		for _, i := range c.indicators {
			if c.home[i.Code] != o.Number {
				continue
			}
			if !headed {
				t.Rows = append(t.Rows, Row{Head: true, Cells: []Cell{{Runs: Text(strconv.Itoa(o.Number) + ". " + c.in(o.ShortTitle))}}})
				headed = true
			}
			t.Rows = append(t.Rows, c.observationRows(i)...)
		}
	}
	t.Source = c.sourceTitle()
	return c.annex("indicators", Para(c.p.T("review.annex.indicators.text")), t)
}

func (c *composer) observationRows(i indicators.Indicator) []Row {
	name := c.in(i.Name) + ", " + indicators.UnitName(c.p, i.Unit)
	if i.FigureType != indicators.Statistic {
		name += " (" + c.p.T("indicator.figure_type."+string(i.FigureType)) + ")"
	}
	var rows []Row
	for n, o := range i.Observations {
		row := Row{Cells: []Cell{{}, {Runs: Text(c.breakdown(i, o.Breakdown))}, {Runs: Text(c.periodName(o))}, {Runs: []Run{c.worded(o)}}, {Runs: Text(indicators.Format(c.p, o))}}}
		if n == 0 {
			row.ID = "indicator-" + i.Code
			row.Cells[0].Runs = Text(name)
		}
		rows = append(rows, row)
	}
	return rows
}

// matrixAnnex sets the measures against the objectives: ● stated, ○ inferred.
func (c *composer) matrixAnnex() Section {
	columns := []Column{{Title: c.p.T("review.column.measure"), Weight: 44}}
	for _, o := range c.objectives {
		columns = append(columns, Column{Title: strconv.Itoa(o.Number), Weight: 4, Align: Center})
	}
	t := c.table("matrix", c.p.T("review.table.matrix"), columns...)
	t.Compact = true
	for _, m := range c.measures {
		row := Row{ID: "measure-" + m.Code, Cells: []Cell{{Runs: Text(c.in(m.Title))}}}
		for _, o := range c.objectives {
			link, ok := linkTo(m, o.Number)
			mark := ""
			if ok {
				mark = map[objectives.Basis]string{objectives.Stated: "●", objectives.Inferred: "○"}[link.Basis]
			}
			row.Cells = append(row.Cells, Cell{Runs: Text(mark)})
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = Text(c.p.T("review.note.matrix"))
	t.Source = c.sourceTitle()
	s := c.annex("matrix", t)
	s.Landscape = true
	return s
}

func (c *composer) lawAnnex() Section {
	t := c.table("laws", c.p.T("review.table.laws"),
		Column{Title: c.p.T("review.column.law"), Weight: 46}, Column{Title: c.p.T("review.column.kind"), Weight: 15},
		Column{Title: c.p.T("review.column.number_date"), Weight: 20}, Column{Title: c.p.T("review.column.status"), Weight: 19})
	for _, l := range c.laws {
		name := c.remarked(c.in(l.Name), l.Note)
		var numbered []string
		if l.Number != "" {
			numbered = append(numbered, "№\u00a0"+l.Number)
		}
		if l.Dated != "" {
			numbered = append(numbered, c.p.Period(l.Dated))
		}
		if len(l.Articles) > 0 {
			numbered = append(numbered, c.p.T("review.articles", strings.Join(l.Articles, ", ")))
		}
		if len(numbered) == 0 {
			numbered = []string{"—"}
		}
		t.Rows = append(t.Rows, Row{ID: "law-" + l.Code, Cells: []Cell{
			{Runs: name}, {Runs: Text(c.p.T("law.kind." + l.Kind))}, {Runs: Text(strings.Join(numbered, ", "))}, {Runs: Text(c.p.T("law.status." + l.Status))},
		}})
	}
	t.Source = c.sourceTitle()
	return c.annex("laws", t)
}

func (c *composer) agencyAnnex() Section {
	t := c.table("agencies", c.p.T("review.table.agencies"),
		Column{Title: c.p.T("review.column.agency"), Weight: 56}, Column{Title: c.p.T("review.column.acronym"), Weight: 20}, Column{Title: c.p.T("review.column.kind"), Weight: 24})
	for _, a := range c.agencies {
		short := strings.Join(a.Acronyms[c.p.Lang()], ", ")
		if short == "" {
			short = "—"
		}
		t.Rows = append(t.Rows, Row{ID: "agency-" + a.Code, Cells: []Cell{{Runs: []Run{{Text: c.in(a.Name), Bold: true}}}, {Runs: Text(short)}, {Runs: Text(c.p.T("agency.kind." + string(a.Kind)))}}})
	}
	t.Source = c.sourceTitle()
	return c.annex("agencies", Para(c.p.T("review.annex.agencies.text")), t)
}

// remarked is a name with the record's remark after it.
func (c *composer) remarked(name string, remark i18n.Text) []Run {
	runs := []Run{{Text: name, Bold: true}}
	if note := c.foreign(remark); note.Text != "" {
		runs = append(runs, Run{Text: ". "}, note)
	}
	return runs
}

func (c *composer) consultedAnnex() Section {
	s := c.annex("consulted", Callout{Tone: Invite, Title: c.p.T("review.invite"), Blocks: []Block{Para(c.p.T("review.annex.consulted.text"))}})
	s.NewPage = false
	return s
}

// gapAnnex lists what is missing by rule: missing values, values without a
// period, indicators without a stated origin, objectives without a record.
func (c *composer) gapAnnex() Section {
	t := c.table("gaps", c.p.T("review.table.gaps"),
		Column{Title: c.p.T("review.column.indicator"), Weight: 50}, Column{Title: c.p.T("review.column.gap"), Weight: 50})
	for _, i := range c.indicators {
		if gaps := c.gapsOf(i); len(gaps) > 0 {
			t.Rows = append(t.Rows, Row{Cells: []Cell{{Runs: []Run{{Text: c.in(i.Name), Link: "#indicator-" + i.Code}}}, {Runs: Text(strings.Join(gaps, "; "))}}})
		}
	}
	blocks := append([]Block{Para(c.p.T("review.annex.gaps.text")), c.emptyObjectives(), t}, c.gapRegister()...)
	return c.annex("gaps", blocks...)
}

func (c *composer) gapsOf(i indicators.Indicator) []string {
	var gaps []string
	undated, statistic := 0, i.FigureType == indicators.Statistic
	for _, o := range i.Observations {
		if o.Value == nil && !o.Hidden {
			gaps = append(gaps, c.p.T("review.gap.missing", c.valueWithPlace(i, o)))
		}
		if o.Period == "" && statistic {
			undated++
		}
	}
	if undated > 0 {
		gaps = append(gaps, c.p.T("review.gap.undated", undated))
	}
	if statistic && len(i.DataSource) == 0 {
		gaps = append(gaps, c.p.T("review.gap.origin"))
	}
	return gaps
}

// emptyObjectives names the objectives on which the data hold nothing, and those
// with figures or problems but no measure.
func (c *composer) emptyObjectives() List {
	var silent, unmeasured []string
	for _, o := range c.objectives {
		if len(c.measuresOf(o.Number)) > 0 {
			continue
		}
		if len(c.indicatorsOf(o.Number))+len(c.challengesOf(o.Number)) == 0 {
			silent = append(silent, strconv.Itoa(o.Number))
		} else {
			unmeasured = append(unmeasured, strconv.Itoa(o.Number))
		}
	}
	var out List
	for _, gap := range []struct {
		key     string
		numbers []string
	}{{"review.gap.silent", silent}, {"review.gap.unmeasured", unmeasured}} {
		if len(gap.numbers) > 0 {
			out.Items = append(out.Items, []Block{Para(c.p.T(gap.key, strings.Join(gap.numbers, ", ")))})
		}
	}
	return out
}

func (c *composer) abbreviationAnnex() Section {
	full := map[string]string{c.p.T("review.compact.short"): c.p.T("review.compact.name")}
	for _, a := range c.agencies {
		for _, short := range a.Acronyms[c.p.Lang()] {
			if full[short] == "" {
				full[short] = c.in(a.Name)
			}
		}
	}
	t := c.table("abbreviations", c.p.T("review.table.abbreviations"),
		Column{Title: c.p.T("review.column.acronym"), Weight: 22}, Column{Title: c.p.T("review.column.meaning"), Weight: 78})
	shorts := slices.Sorted(maps.Keys(full))
	i18n.Sort(c.p, shorts, func(s string) string { return s })
	for _, short := range shorts {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Runs: []Run{{Text: typography(c.p.Lang(), short), Bold: true}}}, {Runs: Text(full[short])}}})
	}
	return c.annex("abbreviations", t)
}

// glossaryAnnex lists the terms with their words in the country's other languages.
func (c *composer) glossaryAnnex() Section {
	t := c.table("glossary", c.p.T("review.table.glossary"), Column{Title: c.p.T("review.column.term"), Weight: 50})
	var others []string
	for _, lang := range c.country.Languages {
		if lang != c.p.Lang() {
			others = append(others, lang)
			t.Columns = append(t.Columns, Column{Title: c.p.T("language." + lang), Weight: 25})
		}
	}
	terms := slices.Clone(c.terms)
	i18n.Sort(c.p, terms, func(t objectives.Term) string { return c.in(t.Term) })
	for _, term := range terms {
		name := []Run{{Text: c.in(term.Term), Bold: true}}
		if definition := c.foreign(term.Definition); definition.Text != "" {
			name = append(name, Run{Text: ". "}, definition)
		}
		row := Row{Cells: []Cell{{Runs: name}}}
		for _, lang := range others {
			row.Cells = append(row.Cells, Cell{Runs: []Run{{Text: term.Term[lang], Lang: lang}}})
		}
		t.Rows = append(t.Rows, row)
	}
	t.Source = c.sourceTitle()
	return c.annex("glossary", t)
}
