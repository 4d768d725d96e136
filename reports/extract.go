package reports

import (
	"context"
	"strconv"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/objectives"
)

// ComposeObjective returns what the registers hold on one objective as a document
// of its own, as of the cut-off of a cycle's review. Neither the narrative nor an
// assessment is in it: those are the review's.
func ComposeObjective(ctx context.Context, stores Stores, cycle, lang string, number int) (Document, error) {
	c, err := extracting(ctx, stores, cycle, lang)
	if err != nil {
		return Document{}, err
	}
	o, ok := record(c.objectives, strconv.Itoa(number), func(o objectives.Objective) string { return strconv.Itoa(o.Number) })
	if !ok {
		return Document{}, fault.New(fault.NotFound, "", "there is no objective %d", number)
	}
	for _, i := range c.indicatorsOf(number) {
		c.home[i.Code] = number
		if _, ok := indicators.ChartOf(c.p, i); ok {
			c.figures[i.Code] = strconv.Itoa(len(c.figures) + 1)
		}
	}
	blocks := []Block{c.standing(o)}
	blocks = append(blocks, c.measureBlocks(o)...)
	blocks = append(blocks, c.indicatorBlocks(o)...)
	blocks = append(blocks, c.challengeBlocks(o)...)
	title := c.p.T("review.objective", strconv.Itoa(number)) + ". " + c.in(o.Title)
	return c.extract(title, Section{ID: ObjectiveSection(number), Title: title, Short: c.in(o.ShortTitle), NewPage: true, Blocks: blocks}), nil
}

// ComposeIndicator returns one indicator with its chart, its values and where
// they come from as a document of its own, as of the cut-off of a cycle's review.
func ComposeIndicator(ctx context.Context, stores Stores, cycle, lang, code string) (Document, error) {
	c, err := extracting(ctx, stores, cycle, lang)
	if err != nil {
		return Document{}, err
	}
	i, ok := record(c.indicators, code, func(i indicators.Indicator) string { return i.Code })
	if !ok {
		return Document{}, fault.New(fault.NotFound, "", "there is no indicator %q", code)
	}
	var blocks []Block
	if meaning := c.foreign(i.Definition); meaning.Text != "" {
		blocks = append(blocks, Paragraph{Style: Lead, Runs: []Run{meaning}})
	}
	if _, ok := indicators.ChartOf(c.p, i); ok {
		c.figures[i.Code] = "1"
		blocks = append(blocks, c.figure(i))
	}
	blocks = append(blocks, c.seriesTable(i))
	if gaps := c.gapsOf(i); len(gaps) > 0 {
		blocks = append(blocks, Paragraph{Style: Label, Runs: Text(c.p.T("review.column.gap"))})
		list := List{}
		for _, gap := range gaps {
			list.Items = append(list.Items, Blocks{Para(gap)})
		}
		blocks = append(blocks, list)
	}
	title := c.in(i.Name)
	return c.extract(title, Section{ID: "indicator-" + i.Code, Title: title, NewPage: true, Blocks: blocks}), nil
}

// extracting is a composer of a part.
func extracting(ctx context.Context, stores Stores, cycle, lang string) (*composer, error) {
	m, err := gather(ctx, stores, cycle)
	if err != nil {
		return nil, err
	}
	p, err := m.printerFor(lang)
	if err != nil {
		return nil, err
	}
	return &composer{material: m, p: p, profile: Full, home: map[string]int{}, figures: map[string]string{}, charts: map[toldChart]string{}}, nil
}

// extract is a document of one section. Links that lead to other parts of the
// review are plain text in it.
func (c *composer) extract(title string, s Section) Document {
	known := map[string]bool{s.ID: true}
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case Table:
			known[b.ID] = true
		case Figure:
			known[b.ID] = true
		}
	}
	s.Blocks = mapped(s.Blocks, func(b Block) Block { return withRuns(b, func(runs []Run) []Run { return unlinked(runs, known) }) })
	doc := c.apart(title)
	doc.Sections = []Section{s}
	return doc
}

// apart is a document of its own, without sections, that is made of what the
// review is made of.
func (c *composer) apart(title string) Document {
	return Document{
		Lang: c.p.Lang(), Title: title, Author: c.in(c.review.Author), Subject: c.p.T("review.subject"),
		Keywords: []string{"GCM", "A/RES/73/195", c.in(c.country.Name)}, Date: c.cutoff,
		Running: c.p.T("review.running", c.in(c.country.Name), c.review.Cycle.Code), Terms: c.words(),
		Cover: Cover{
			State: c.in(c.country.Name), Title: title, Subtitle: c.p.T("review.compact.name"),
			Edition: c.p.T("extract.edition", c.p.Period(c.review.Cycle.Cutoff)), Notice: paragraphs(c.in(c.review.Notice)),
		},
	}
}
