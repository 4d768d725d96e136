package reports

import (
	"bytes"
	"encoding/csv"
	"strconv"

	"gcm/indicators"
	"gcm/internal/cell"
)

// attached are the figures and measures of the full review, as tables that
// a program can read. What its annexes do not show is not in them either.
func (c *composer) attached() []Attachment {
	return []Attachment{
		{Name: "observations.csv", MIME: "text/csv", Description: c.p.T("review.attached.observations"), Data: c.observationsCSV()},
		{Name: "measures.csv", MIME: "text/csv", Description: c.p.T("review.attached.measures"), Data: c.measuresCSV()},
	}
}

func (c *composer) observationsCSV() []byte {
	rows := [][]string{{"indicator", "name", "unit", "breakdown", "period", "qualifier", "value", "note"}}
	for _, i := range c.indicators {
		if c.home[i.Code] == 0 { // the annex does not list it
			continue
		}
		for _, o := range i.Observations {
			value := ""
			if o.Value != nil && !o.Hidden {
				value = strconv.FormatFloat(*o.Value, 'f', -1, 64)
			}
			note := ""
			if value == "" {
				note = indicators.Format(c.p, o)
			}
			rows = append(rows, []string{i.Code, c.in(i.Name), string(i.Unit), o.Breakdown.String(), string(o.Period), string(o.Qualifier), value, note})
		}
	}
	return table(rows)
}

func (c *composer) measuresCSV() []byte {
	rows := [][]string{{"measure", "title", "status", "lead_agency", "objectives"}}
	for _, m := range c.measures {
		lead, numbers := "", ""
		if m.LeadAgency != nil {
			lead = m.LeadAgency.Code
		}
		for _, o := range c.objectives {
			if _, ok := linkTo(m, o.Number); ok {
				if numbers != "" {
					numbers += " "
				}
				numbers += strconv.Itoa(o.Number)
			}
		}
		rows = append(rows, []string{m.Code, c.in(m.Title), string(m.StatusAt(c.cutoff)), lead, numbers})
	}
	return table(rows)
}

// table writes rows as CSV with a mark by which spreadsheets know the letters.
func table(rows [][]string) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	for _, row := range rows {
		for i := range row {
			row[i] = cell.Harmless(row[i])
		}
		w.Write(row) // into memory
	}
	w.Flush()
	return b.Bytes()
}
