package specimen

import (
	"fmt"
	"strings"

	"gcm/internal/chart"
	"gcm/reports"
)

// Rich is a short document with every kind of block and run.
func Rich(lang string) reports.Document {
	doc := frontMatter(lang)
	w, prose := words[lang], Prose(lang)
	doc.Sections = []reports.Section{
		{ID: "key", Number: "1", Title: w.chapters[0], NewPage: true, Blocks: opening(lang), Sections: []reports.Section{
			{ID: "key-lists", Number: "1.1", Title: heading(prose[2]), Blocks: lists(lang)},
			{ID: "key-boxes", Number: "1.2", Title: heading(prose[3]), Blocks: boxes(lang)},
		}},
		{ID: "progress", Number: "2", Title: w.chapters[1], Short: w.chapters[1][:strings.Index(w.chapters[1], ":")], NewPage: true,
			Blocks: []reports.Block{reports.Para(prose[4]), Figure(lang, "fig-1", "1"), reports.Para(prose[5]), reports.Para(prose[6])},
			Sections: []reports.Section{
				{ID: "progress-table", Number: "2.1", Title: heading(prose[7]), Blocks: []reports.Block{
					reports.Para(prose[7]), table(lang, "tab-1", "1", 34), reports.Para(prose[8]), Figure(lang, "fig-2", "2"),
					reports.Para(prose[9]), reports.Para(prose[10])},
					Sections: []reports.Section{{ID: "deep", Number: "2.1.1", Title: heading(prose[8]), Blocks: []reports.Block{reports.Para(prose[11])},
						Sections: []reports.Section{{ID: "deeper", Title: heading(prose[9]), Blocks: []reports.Block{reports.Para(prose[12])}}}}}},
			}},
		{ID: "matrix", Number: "3", Title: w.chapters[2], NewPage: true, Landscape: true, Blocks: []reports.Block{reports.Para(prose[13]), matrix(lang)}},
		{ID: "links", Number: "4", Title: w.chapters[3], NewPage: true, Blocks: references(lang)},
	}
	return doc
}

// opening has a lead, key numbers, mixed styles, notes and another language.
func opening(lang string) []reports.Block {
	w, prose := words[lang], Prose(lang)
	sentence := func(i int) string { return prose[i][:cut(prose[i], 500)] }
	return []reports.Block{
		reports.Paragraph{Style: reports.Lead, Runs: reports.Text(sentence(0))},
		reports.Facts{Items: []reports.Fact{
			{Value: "17 700", Label: w.regions[0] + ", 2019"}, {Value: "12,8 %", Label: w.share}, {Value: "1 234 567", Label: w.table}, {Value: "> 13 000", Label: w.regions[3]},
		}},
		reports.Paragraph{Runs: []reports.Run{
			{Text: prose[1] + " "}, {Text: w.chapters[0], Bold: true, Note: reports.Text(sentence(2))}, {Text: ": "},
			{Text: sentence(3), Italic: true}, {Text: " "}, w.quote, {Text: ". "},
			{Text: w.table, Link: "#tab-1"}, {Text: " ("}, {PageOf: "tab-1"}, {Text: "). −5 ≤ x → ₸ 100 № 7. "},
			{Text: sentence(4), Note: []reports.Run{{Text: sentence(5) + " "}, {Text: "https://www.un.org/en/migration2022/imrf", Link: "https://www.un.org/en/migration2022/imrf"}}},
		}},
		reports.Para(prose[2]),
		reports.Paragraph{Style: reports.Subhead, Runs: reports.Text(w.chapters[1])},
		reports.Para(prose[3]),
	}
}

func lists(lang string) []reports.Block {
	prose := Prose(lang)
	para := func(i int) []reports.Block { return []reports.Block{reports.Para(prose[i][:cut(prose[i], 420)])} }
	nested := reports.List{Ordered: true, Items: []reports.Blocks{para(4), para(5), append(para(6), reports.List{Items: []reports.Blocks{para(7), para(8)}})}}
	return []reports.Block{
		reports.Para(prose[9]),
		reports.List{Items: []reports.Blocks{para(10), append(para(11), nested), para(12)}},
		reports.Para(prose[13]),
	}
}

func boxes(lang string) []reports.Block {
	w, prose := words[lang], Prose(lang)
	long := reports.Callout{Tone: reports.Notice, Title: w.chapters[3]}
	for i := range 9 {
		long.Blocks = append(long.Blocks, reports.Para(prose[i]))
	}
	return []reports.Block{
		reports.Callout{Tone: reports.Gap, Title: w.chapters[0], Blocks: []reports.Block{reports.Para(prose[5])}},
		reports.Para(prose[6]),
		reports.Callout{Tone: reports.Invite, Blocks: []reports.Block{reports.Para(prose[7][:cut(prose[7], 400)])}},
		reports.Para(prose[8]), long, reports.Para(prose[9]),
	}
}

// Figure is a line chart of made-up numbers.
func Figure(lang, id, number string) reports.Figure {
	w := words[lang]
	f := reports.Figure{ID: id, Number: number, Caption: reports.Text(w.table), Alt: w.table, Source: reports.Text(w.state),
		Chart: chart.Chart{Kind: chart.Line, Lang: lang, Title: w.table, Unit: w.share}}
	for s := range 2 {
		series := chart.Series{Name: w.regions[s]}
		for year := 2015; year <= 2021; year++ {
			v := float64((year*7+s*13)%11) + float64(s*4)
			series.Points = append(series.Points, chart.Point{Label: fmt.Sprint(year), At: float64(year), Value: v, Text: fmt.Sprint(v)})
		}
		f.Chart.Series = append(f.Chart.Series, series)
	}
	return f
}

func table(lang, id, number string, rows int) reports.Table {
	w, prose := words[lang], Prose(lang)
	t := reports.Table{ID: id, Number: number, Caption: reports.Text(w.table), Source: reports.Text(w.state),
		Columns: []reports.Column{{Title: w.region, Weight: 3}, {Title: "2019", Weight: 1.2, Align: reports.Right}, {Title: "2020", Weight: 1.2, Align: reports.Right},
			{Title: w.share, Weight: 1.2, Align: reports.Right}, {Title: w.measure, Weight: 4}}}
	for i := range rows {
		if i%12 == 0 && rows > 12 {
			t.Rows = append(t.Rows, reports.Row{Head: true, Cells: []reports.Cell{{Runs: reports.Text(w.chapters[i/12%4])}}})
		}
		measure := reports.Run{Text: heading(prose[i%len(prose)])}
		if i == 3 && rows > 12 {
			measure.Note = reports.Text(prose[3][:cut(prose[3], 300)])
			measure.Link = "https://stat.gov.kz/kk/"
		}
		t.Rows = append(t.Rows, reports.Row{ID: fmt.Sprintf("%s-row-%d", id, i), Cells: []reports.Cell{
			{Runs: reports.Text(w.regions[i%len(w.regions)])}, {Runs: reports.Text(fmt.Sprintf("%d\u00a0%03d", 1+i*7%23, i*137%1000))},
			{Runs: reports.Text(fmt.Sprintf("%d\u00a0%03d", 2+i*5%19, i*211%1000))}, {Runs: reports.Text(fmt.Sprintf("%d,%d", i*3%60, i%10))},
			{Runs: []reports.Run{measure}}}})
	}
	if rows > 12 {
		t.Notes = reports.Text(prose[1][:cut(prose[1], 260)])
	}
	return t
}

// matrix is a wide table with turned heads.
func matrix(lang string) reports.Table {
	w, prose := words[lang], Prose(lang)
	t := reports.Table{ID: "tab-matrix", Number: "2", Caption: reports.Text(w.chapters[2]), Compact: true,
		Columns: []reports.Column{{Title: w.measure, Weight: 9}, {Title: w.region, Weight: 5}}}
	for i := range 12 {
		t.Columns = append(t.Columns, reports.Column{Title: fmt.Sprintf("%d. %s", i+1, w.regions[i%len(w.regions)]), Weight: 1, Align: reports.Center, Turned: true})
	}
	for i := range 26 {
		row := reports.Row{Cells: []reports.Cell{{Runs: reports.Text(prose[i%len(prose)][:cut(prose[i%len(prose)], 300)])}, {Runs: reports.Text(w.regions[i%len(w.regions)])}}}
		for j := range 12 {
			mark := ""
			if (i*5+j*3)%7 < 2 {
				mark = "●"
			}
			row.Cells = append(row.Cells, reports.Cell{Runs: reports.Text(mark)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// references links inside and outside, with a long address and rare letters.
func references(lang string) []reports.Block {
	prose := Prose(lang)
	return []reports.Block{
		reports.Para(prose[0]),
		reports.Paragraph{Runs: []reports.Run{
			{Text: "https://adilet.zan.kz/kaz/docs/P1700000602/very-long-address-that-does-not-fit-on-one-line-of-text?with=query&and=parameters", Link: "https://adilet.zan.kz/kaz/docs/P1700000602/very-long-address-that-does-not-fit-on-one-line-of-text?with=query&and=parameters"},
			{Text: " — "}, {Text: "1.2", Link: "#key-boxes"}, {Text: " ("}, {PageOf: "key-boxes"}, {Text: "), "}, {Text: "2.1", Link: "#progress-table"}, {Text: " ("}, {PageOf: "progress-table"}, {Text: ")."},
		}},
		reports.Paragraph{Style: reports.Small, Runs: reports.Text("ӘәҒғҚқҢңӨөҰұҮүҺһІі ЁёЩщЪъЭэ €₸₽$ ½ × ± ° № § “” «» … → ≥ ≤ − ● ☐ ✓ и\u0306 e\u0301 😀 \x00\xff")},
		reports.Paragraph{Lang: "en", Runs: reports.Text(Prose("en")[2])},
	}
}
