package audit

import (
	"context"

	"gcm/internal/db"
)

// Kind says in which way the log is not what was written.
type Kind string

// The kinds of finding.
const (
	RowChanged    Kind = "changed"   // the row's fields do not give its hash
	RowMoved      Kind = "moved"     // the row was written under another number
	RowInserted   Kind = "inserted"  // the chain leads past the row
	RowUnlinked   Kind = "unlinked"  // the row follows on another one than stands before it
	RowsMissing   Kind = "missing"   // rows between two others are gone
	TailCut       Kind = "cut"       // the newest rows are gone
	RowsUncounted Kind = "uncounted" // rows newer than the head
	HeadForged    Kind = "head"      // the head is not the newest row's hash
	LogRewritten  Kind = "rewritten" // whole in itself, but not the log whose head was noted
)

// Kinds lists the kinds of finding.
var Kinds = []Kind{RowChanged, RowMoved, RowInserted, RowUnlinked, RowsMissing, TailCut, RowsUncounted, HeadForged, LogRewritten}

// Finding is one place where the log is not what was written.
type Finding struct {
	Kind Kind  `json:"kind"`
	Seq  int64 `json:"seq"`
	// Other is the number under which a moved row was written, and the last of
	// several rows that are missing or uncounted; else 0.
	Other int64 `json:"other,omitempty"`
	// At, Noun and Record are those of the row, or of the last one before missing ones.
	At     string `json:"at,omitempty"`
	Noun   string `json:"noun,omitempty"`
	Record string `json:"record,omitempty"`
}

// Report is what a verification found.
type Report struct {
	Count    int64     `json:"count"` // rows that were read
	Head     Head      `json:"head"`  // as it stands
	Findings []Finding `json:"findings,omitempty"`
	More     int       `json:"more,omitempty"` // further findings, which are only counted
}

// Whole reports whether nothing was found.
func (r Report) Whole() bool { return len(r.Findings) == 0 }

// Entries is Count as pages count.
func (r Report) Entries() int { return int(r.Count) }

// Total is how many findings there are.
func (r Report) Total() int { return len(r.Findings) + r.More }

const (
	rowsAtOnce   = 1000
	findingsKept = 100
)

// Verify walks through the whole log and checks every row against its hash, its
// neighbours and the head. Who rewrites all rows and the head leaves a log that
// is whole in itself: heads that were noted elsewhere show that too. People may
// go on writing meanwhile.
func Verify(ctx context.Context, conn *db.DB, noted ...Head) (Report, error) {
	q := conn.WithContext(ctx)
	w := walk{noted: noted, place: func(hash string) int64 {
		var row Entry
		q.Select("seq").Where("hash = ?", hash).Limit(1).Find(&row) // without an answer the row counts as changed
		return row.Seq
	}}
	for {
		head, err := ReadHead(ctx, conn) // before the rows: it never counts one that cannot be read after it
		if err != nil {
			return Report{}, err
		}
		var rows []Entry
		if err := q.Where("seq > ?", w.last.Seq).Order("seq").Limit(rowsAtOnce).Find(&rows).Error; err != nil {
			return Report{}, db.Fault(err, "read the audit log")
		}
		for _, e := range rows {
			w.step(e)
		}
		if len(rows) == 0 {
			w.end(head)
			return w.Report, nil
		}
	}
}

// walk is a verification under way.
type walk struct {
	Report
	noted []Head
	place func(hash string) int64 // where a row with the hash stands; 0 for nowhere

	last  Entry
	older string // hash of the row before the last
	told  Kind   // what was found about the last row
}

// step checks the next row by number.
func (w *walk) step(e Entry) {
	w.Count++
	next := w.last.Seq + 1
	if e.Seq > next {
		w.find(RowsMissing, next, e.Seq-1, w.last)
	}
	follows := e.Seq != next || e.Previous == w.last.Hash // after a gap there is nothing to follow on
	past := !follows && next > 1 && e.Previous == w.older && w.told != RowMoved
	if past {
		w.find(RowInserted, w.last.Seq, 0, w.last)
	}
	before := w.told
	w.told = ""
	switch {
	case e.sum() != e.Hash:
		w.unfit(e)
	case !follows && !past && before == "":
		w.find(RowUnlinked, e.Seq, 0, e)
	}
	for _, n := range w.noted {
		if n.Seq == e.Seq && n.Hash != e.Hash {
			w.find(LogRewritten, e.Seq, 0, e)
		}
	}
	w.older, w.last = w.last.Hash, e
}

// unfit tells a row that stands at a wrong number from one that was changed.
func (w *walk) unfit(e Entry) {
	if len(w.Findings) < findingsKept {
		for _, seq := range []int64{e.Seq - 1, e.Seq + 1, w.place(e.Previous) + 1} {
			original := e
			original.Seq = seq
			if original.sum() == e.Hash {
				w.told = RowMoved
				w.find(RowMoved, e.Seq, seq, e)
				return
			}
		}
	}
	w.told = RowChanged
	w.find(RowChanged, e.Seq, 0, e)
}

// end compares the last row with the head, and with what was noted of it.
func (w *walk) end(head Head) {
	w.Head = head
	last := w.last.Seq
	switch {
	case head.Seq > last:
		w.find(TailCut, last+1, head.Seq, w.last)
	case head.ID != 0 && head.Seq < last:
		w.find(RowsUncounted, head.Seq+1, last, w.last)
	case head.ID == 0 || head.Hash != w.last.Hash:
		w.find(HeadForged, last, 0, w.last)
	}
	for _, n := range w.noted {
		if n.Seq > last {
			w.find(TailCut, last+1, n.Seq, w.last)
		}
	}
}

func (w *walk) find(kind Kind, seq, other int64, row Entry) {
	if len(w.Findings) == findingsKept {
		w.More++
		return
	}
	w.Findings = append(w.Findings, Finding{kind, seq, other, row.At, row.Noun, row.Record})
}
