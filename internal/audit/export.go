package audit

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"

	"gcm/internal/cell"
	"gcm/internal/db"
)

// Format is a form in which the log is exported.
type Format string

// The formats. A line of JSON holds all that was hashed, so that the chain can
// be checked without this program; CSV is for reading.
const (
	JSONLines Format = "jsonl"
	CSV       Format = "csv"
)

// Formats lists the formats.
var Formats = []Format{JSONLines, CSV}

// Export writes the entries that pass the filter, the oldest first, without
// holding more than a few in memory. The filter's page is not looked at.
func Export(ctx context.Context, conn *db.DB, w io.Writer, format Format, f Filter) error {
	buffer := bufio.NewWriter(w)
	put, finish := json.NewEncoder(buffer).Encode, buffer.Flush
	if format == CSV {
		table := csv.NewWriter(w) // which buffers by itself
		if err := table.Write(columns); err != nil {
			return err
		}
		put = func(v any) error { return table.Write(cells(v.(Entry))) }
		finish = func() error { table.Flush(); return table.Error() }
	}
	for last := int64(0); ; {
		var rows []Entry
		if err := f.narrow(conn.WithContext(ctx)).Where("seq > ?", last).Order("seq").Limit(rowsAtOnce).Find(&rows).Error; err != nil {
			return db.Fault(err, "read the audit log")
		}
		if len(rows) == 0 {
			return finish()
		}
		for _, e := range rows {
			if err := put(e); err != nil {
				return err
			}
			last = e.Seq
		}
	}
}

var columns = []string{
	"seq", "at", "user_id", "who", "agency", "origin", "request", "action", "noun", "record", "reason", "before", "after", "previous", "hash",
}

// cells are the columns of an entry, none of which a spreadsheet takes for a formula.
func cells(e Entry) []string {
	row := []string{
		strconv.FormatInt(e.Seq, 10), e.At, e.user(), e.Who, e.Agency, e.Origin, e.Request,
		e.Action, e.Noun, e.Record, e.Reason, e.Before, e.After, e.Previous, e.Hash,
	}
	for i, text := range row {
		row[i] = cell.Harmless(text)
	}
	return row
}
