package web

import (
	"bytes"
	"net/http"

	spreadsheet "gcm/internal/sheet"
	"gcm/progress"
)

// xlsx is the media type of a spreadsheet.
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// sendSheet sends a spreadsheet under a name of ours.
func (r *request) sendSheet(name string, write func(*bytes.Buffer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	r.Header("Content-Security-Policy", "default-src 'none'; sandbox")
	r.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	r.Header("Content-Language", r.p.Lang())
	r.Data(http.StatusOK, xlsx, b.Bytes())
	return nil
}

// downloadAccountability answers one of the three pages as a spreadsheet.
func (s *site) downloadAccountability(r *request) error {
	_, round, err := s.rounds(r)
	if err != nil {
		return err
	}
	part := r.Query("part")
	lay := map[string]func(*request, string) (spreadsheet.Sheet, error){"matrix": s.matrixSheet, "timeliness": s.timelinessSheet, "white_spots": s.whiteSpotsSheet}[part]
	if lay == nil || round.Code == "" {
		return notFound("no part %q of accountability", part)
	}
	table, err := lay(r, round.Code)
	if err != nil {
		return err
	}
	table.Name = r.T("accountability." + part)
	title := table.Name + " — " + r.roundName(round)
	table.Rows = append([][]spreadsheet.Cell{{{Value: title, Kind: spreadsheet.Title}}}, table.Rows...)
	table.Head = 2
	return r.sendSheet(part+"-"+round.Code+"-"+r.p.Lang()+".xlsx", func(b *bytes.Buffer) error {
		return spreadsheet.Write(b, spreadsheet.Book{Title: title, Language: r.p.Lang(), Made: s.Now(), Sheets: []spreadsheet.Sheet{table}})
	})
}

// heads is a row of headings with the columns' widths.
type heads struct {
	columns []spreadsheet.Column
	cells   []spreadsheet.Cell
}

func (h *heads) add(width float64, name string) {
	h.columns = append(h.columns, spreadsheet.Column{Width: width})
	h.cells = append(h.cells, spreadsheet.Cell{Value: name, Kind: spreadsheet.Heading})
}

// counts are the columns of a tally: each with its word and its count.
var counts = []struct {
	word string
	of   func(progress.Tally) int
}{
	{"lead", func(t progress.Tally) int { return t.Lead }},
	{"partner", func(t progress.Tally) int { return t.Partner }},
	{"awaited", func(t progress.Tally) int { return t.Awaited }},
	{"draft", func(t progress.Tally) int { return t.Draft }},
	{"submitted", func(t progress.Tally) int { return t.Submitted }},
	{"approved", func(t progress.Tally) int { return t.Approved }},
	{"accepted", func(t progress.Tally) int { return t.Accepted }},
	{"released", func(t progress.Tally) int { return t.Released }},
}

// matrixSheet has one row for each objective and agency that have something in
// common, which can be sorted and summed, unlike a cell with eight counts.
func (s *site) matrixSheet(r *request, round string) (spreadsheet.Sheet, error) {
	agencies, lines, err := s.matrix(r, round)
	if err != nil {
		return spreadsheet.Sheet{}, err
	}
	var h heads
	h.add(8, r.T("matrix.number"))
	h.add(44, r.T("matrix.objective"))
	h.add(50, r.T("matrix.agency"))
	for _, c := range counts {
		h.add(13, r.T("matrix.column."+c.word))
	}
	rows := [][]spreadsheet.Cell{h.cells}
	for _, line := range lines {
		for i, tally := range append(line.Cells, line.Sum) {
			kind, agency := spreadsheet.Text, r.T("matrix.all_agencies")
			if i < len(agencies) {
				agency = r.in(agencies[i].Name)
			} else {
				kind = spreadsheet.Label
			}
			if tally != (progress.Tally{}) || i == len(agencies) {
				rows = append(rows, tallyRow(kind, line, agency, tally))
			}
		}
	}
	return spreadsheet.Sheet{Columns: h.columns, Rows: rows, Fixed: 3}, nil
}

func tallyRow(kind spreadsheet.Kind, line matrixLine, agency string, tally progress.Tally) []spreadsheet.Cell {
	row := []spreadsheet.Cell{{Kind: kind}, {Value: line.Name, Kind: kind}, {Value: agency, Kind: kind}}
	if line.Number > 0 {
		row[0].Value = line.Number
	}
	for _, c := range counts {
		row = append(row, spreadsheet.Cell{Value: c.of(tally), Kind: kind})
	}
	return row
}

func (s *site) timelinessSheet(r *request, round string) (spreadsheet.Sheet, error) {
	agencies, sum, _, err := s.timeliness(r, round)
	if err != nil {
		return spreadsheet.Sheet{}, err
	}
	var h heads
	h.add(60, r.T("matrix.agency"))
	for _, word := range []string{"asked", "on_time", "late", "missed", "not_due"} {
		h.add(18, r.T("timeliness."+word))
	}
	rows := [][]spreadsheet.Cell{h.cells}
	add := func(kind spreadsheet.Kind, name string, p progress.Punctuality) {
		row := []spreadsheet.Cell{{Value: name, Kind: kind}}
		for _, n := range []int{p.Asked, p.OnTime, p.Late, p.Missed, p.NotDue} {
			row = append(row, spreadsheet.Cell{Value: n, Kind: kind})
		}
		rows = append(rows, row)
	}
	for _, one := range agencies {
		add(spreadsheet.Text, r.in(one.Agency.Name), one)
	}
	add(spreadsheet.Label, r.T("matrix.all_agencies"), sum)
	return spreadsheet.Sheet{Columns: h.columns, Rows: rows, Fixed: 1}, nil
}

func (s *site) whiteSpotsSheet(r *request, round string) (spreadsheet.Sheet, error) {
	groups, err := s.whiteSpots(r, round)
	if err != nil {
		return spreadsheet.Sheet{}, err
	}
	var h heads
	h.add(40, r.T("white_spots.kind"))
	h.add(24, r.T("spreadsheet.column.code"))
	h.add(80, r.T("white_spots.name"))
	h.add(50, r.T("matrix.agency"))
	rows := [][]spreadsheet.Cell{h.cells}
	for _, g := range groups {
		for _, spot := range g.Spots {
			rows = append(rows, []spreadsheet.Cell{{Value: g.Title}, {Value: spot.Code}, {Value: r.in(spot.Name)}, {Value: r.in(spot.Agency)}})
		}
	}
	return spreadsheet.Sheet{Columns: h.columns, Rows: rows}, nil
}

// roundName names a round, by its code when it has no name.
func (r *request) roundName(c progress.Cycle) string {
	if name := r.in(c.Name); name != "" {
		return name
	}
	return c.Code
}
