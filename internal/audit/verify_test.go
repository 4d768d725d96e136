package audit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/db/dbtest"
)

// rewrite gives the rows from a number on the hashes that fit them now, and the
// last one's to the head.
func rewrite(t *testing.T, conn *db.DB, from int64) {
	t.Helper()
	var rows []Entry
	if err := conn.Where("seq >= ?", from-1).Order("seq").Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	previous := ""
	for _, e := range rows {
		if e.Seq >= from {
			e.Previous = previous
			e.Hash = e.sum()
			run(t, conn, "UPDATE audit_entries SET previous = ?, hash = ? WHERE seq = ?", e.Previous, e.Hash, e.Seq)
		}
		previous = e.Hash
	}
	run(t, conn, "UPDATE audit_heads SET seq = ?, hash = ?", rows[len(rows)-1].Seq, previous)
}

func run(t *testing.T, conn *db.DB, order string, args ...any) {
	t.Helper()
	if err := conn.Exec(order, args...).Error; err != nil {
		t.Fatal(order, err)
	}
}

// copyRow slips in a row at a number like another one, with a hash that fits it
// and the row before it.
func copyRow(t *testing.T, conn *db.DB, at, like int64) {
	t.Helper()
	e, err := ByNumber(t.Context(), conn, like)
	if err != nil {
		t.Fatal(err)
	}
	var before Entry
	conn.Where("seq = ?", at-1).Limit(1).Find(&before)
	e.Seq, e.Who, e.Previous = at, "nobody", before.Hash
	e.Hash = e.sum()
	if err := conn.Create(&e).Error; err != nil {
		t.Fatal(err)
	}
}

// shift makes room at a number, or closes the gap there.
func shift(t *testing.T, conn *db.DB, after int64, by int) {
	t.Helper()
	run(t, conn, "UPDATE audit_entries SET seq = seq + 1000 WHERE seq > ?", after)
	run(t, conn, "UPDATE audit_entries SET seq = seq - 1000 + ? WHERE seq > 1000", by)
}

func TestTamperingShowsWhereItWasDone(t *testing.T) {
	type step = func(t *testing.T, conn *db.DB)
	order := func(s string) step { return func(t *testing.T, conn *db.DB) { run(t, conn, s) } }
	cases := []struct {
		name   string
		tamper step
		want   string // kind, number, other number
	}{
		{"a changed row", order("UPDATE audit_entries SET after = '{}' WHERE seq = 4"), "changed 4"},
		{"a changed row with the hash that fits it", func(t *testing.T, conn *db.DB) {
			e, _ := ByNumber(t.Context(), conn, 4)
			e.Who = "nobody"
			run(t, conn, "UPDATE audit_entries SET who = ?, hash = ? WHERE seq = 4", e.Who, e.sum())
		}, "unlinked 5"},
		{"a changed newest row with the hash that fits it", func(t *testing.T, conn *db.DB) {
			e, _ := ByNumber(t.Context(), conn, 9)
			e.Who = "nobody"
			run(t, conn, "UPDATE audit_entries SET who = ?, hash = ? WHERE seq = 9", e.Who, e.sum())
		}, "head 9"},
		{"a deleted row", order("DELETE FROM audit_entries WHERE seq = 4"), "missing 4 4"},
		{"the first rows deleted", order("DELETE FROM audit_entries WHERE seq < 4"), "missing 1 3"},
		{"rows deleted in two places", order("DELETE FROM audit_entries WHERE seq IN (2, 3, 7)"), "missing 2 3, missing 7 7"},
		{"a deleted row and a closed gap", func(t *testing.T, conn *db.DB) {
			run(t, conn, "DELETE FROM audit_entries WHERE seq = 7")
			shift(t, conn, 7, -1)
		}, "moved 7 8, moved 8 9, cut 9 9"},
		{"a row put in", func(t *testing.T, conn *db.DB) {
			shift(t, conn, 6, 1)
			copyRow(t, conn, 7, 2)
			run(t, conn, "UPDATE audit_heads SET seq = 10")
		}, "inserted 7, moved 8 7, moved 9 8, moved 10 9"},
		{"a row put in place of another", func(t *testing.T, conn *db.DB) {
			run(t, conn, "DELETE FROM audit_entries WHERE seq = 7")
			copyRow(t, conn, 7, 2)
		}, "unlinked 8"},
		{"a row added at the end", func(t *testing.T, conn *db.DB) { copyRow(t, conn, 10, 2) }, "uncounted 10 10"},
		{"two neighbours swapped", func(t *testing.T, conn *db.DB) {
			run(t, conn, "UPDATE audit_entries SET seq = 99 WHERE seq = 4")
			run(t, conn, "UPDATE audit_entries SET seq = 4 WHERE seq = 5")
			run(t, conn, "UPDATE audit_entries SET seq = 5 WHERE seq = 99")
		}, "moved 4 5, moved 5 4"},
		{"two rows far apart swapped", func(t *testing.T, conn *db.DB) {
			run(t, conn, "UPDATE audit_entries SET seq = 99 WHERE seq = 2")
			run(t, conn, "UPDATE audit_entries SET seq = 2 WHERE seq = 8")
			run(t, conn, "UPDATE audit_entries SET seq = 8 WHERE seq = 99")
		}, "moved 2 8, moved 8 2"},
		{"a cut tail", order("DELETE FROM audit_entries WHERE seq > 6"), "cut 7 9"},
		{"everything deleted", order("DELETE FROM audit_entries"), "cut 1 9"},
		{"a forged head", order("UPDATE audit_heads SET hash = '" + strings.Repeat("0", 64) + "'"), "head 9"},
		{"a head put back", order("UPDATE audit_heads SET seq = 8, hash = (SELECT hash FROM audit_entries WHERE seq = 8)"), "uncounted 9 9"},
		{"a head taken away", order("DELETE FROM audit_heads"), "head 9"},
	}
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		unguard(t, conn)
		record(t, conn, 9)
		var kept []Entry
		conn.Order("seq").Find(&kept)
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				c.tamper(t, conn)
				report, err := Verify(t.Context(), conn)
				if err != nil {
					t.Fatal(err)
				}
				if got := told(report); got != c.want {
					t.Errorf("found %q, want %q", got, c.want)
				}
				for _, f := range report.Findings {
					if f.Seq > 1 && (f.At == "" || f.Noun != "measure" || f.Record == "") { // before the first row there is none to name
						t.Errorf("does not say where: %+v", f)
					}
				}
				run(t, conn, "DELETE FROM audit_entries")
				run(t, conn, "DELETE FROM audit_heads")
				conn.Create(&kept)
				conn.Create(&Head{1, 9, kept[8].Hash})
				whole(t, conn, 9)
			})
		}
	})
}

// told is a report's findings in short.
func told(report Report) string {
	var all []string
	for _, f := range report.Findings {
		s := fmt.Sprint(f.Kind, " ", f.Seq)
		if f.Other != 0 {
			s += fmt.Sprint(" ", f.Other)
		}
		all = append(all, s)
	}
	return strings.Join(all, ", ")
}

func TestLogThatIsWholeInItselfShowsAgainstANotedHead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		record(t, conn, 5)
		noted, err := ReadHead(t.Context(), conn)
		if err != nil {
			t.Fatal(err)
		}
		record(t, conn, 3)
		if report, err := Verify(t.Context(), conn, noted); err != nil || !report.Whole() {
			t.Errorf("a log that only grew: %+v, %v", report, err)
		}
		unguard(t, conn)
		run(t, conn, "UPDATE audit_entries SET who = 'nobody' WHERE seq = 3")
		rewrite(t, conn, 3)
		whole(t, conn, 8)
		if report, err := Verify(t.Context(), conn, noted); err != nil || told(report) != "rewritten 5" {
			t.Errorf("a log written anew: %+v, %v", report, err)
		}
		run(t, conn, "DELETE FROM audit_entries WHERE seq > 2")
		rewrite(t, conn, 2)
		whole(t, conn, 2)
		if report, err := Verify(t.Context(), conn, noted); err != nil || told(report) != "cut 3 5" {
			t.Errorf("a log cut with its head: %+v, %v", report, err)
		}
	})
}

func TestVerificationWalksInBatchesAndTellsNoMoreThanAHundredFindings(t *testing.T) {
	conn := dbtest.SQLite(t)
	var log []Change
	for range 2 * rowsAtOnce {
		log = append(log, Change{Action: "change", Noun: "measure", Record: "m"})
	}
	err := Transact(t.Context(), conn, clerk, func(_ *db.DB, l *Log) error { l.Add(log...); return nil })
	if err != nil {
		t.Fatal(err)
	}
	whole(t, conn, 2*rowsAtOnce)
	unguard(t, conn)
	run(t, conn, "UPDATE audit_entries SET who = 'nobody' WHERE seq > 500")
	report, err := Verify(t.Context(), conn)
	if err != nil || len(report.Findings) != findingsKept || report.More != 1500-findingsKept {
		t.Errorf("%d findings and %d more, %v", len(report.Findings), report.More, err)
	}
}

// FuzzChangedByteIsFound changes one byte of one field of one of three rows.
func FuzzChangedByteIsFound(f *testing.F) {
	for field := range uint8(15) {
		f.Add("Айгүл", "{}", int64(3), uint8(1), field, uint16(0), uint8(1))
	}
	f.Fuzz(func(t *testing.T, text, content string, user int64, at, field uint8, place uint16, flip uint8) {
		var rows []Entry
		head := Head{ID: 1}
		for seq := range int64(3) {
			e := Entry{Seq: seq + 1, At: "2026-11-22T05:00:00.000000Z", UserID: &user, Who: text, Agency: text, Origin: text, Request: text,
				Action: text, Noun: text, Record: text, Reason: text, Before: content, After: content, Previous: head.Hash}
			e.Hash = e.sum()
			head.Seq, head.Hash = e.Seq, e.Hash
			rows = append(rows, e)
		}
		if report := walked(rows, head); !report.Whole() {
			t.Fatalf("found where nothing is: %s", told(report))
		}
		if e := &rows[at%3]; spoil(e, int(field%15), int(place), flip) {
			slices.SortFunc(rows, func(a, b Entry) int { return int(a.Seq - b.Seq) })
			if walked(rows, head).Whole() {
				t.Errorf("field %d changed unseen: %+v", field%15, rows)
			}
		}
	})
}

// spoil changes a byte of a field, and reports whether there was one to change.
func spoil(e *Entry, field, place int, flip uint8) bool {
	texts := []*string{&e.At, &e.Who, &e.Agency, &e.Origin, &e.Request, &e.Action, &e.Noun, &e.Record, &e.Reason, &e.Before, &e.After, &e.Previous, &e.Hash}
	if field < len(texts) {
		if flip == 0 || *texts[field] == "" {
			return false
		}
		b := []byte(*texts[field])
		b[place%len(b)] ^= flip
		*texts[field] = string(b)
		return true
	}
	if field == len(texts) {
		e.UserID = nil
		return true
	}
	e.Seq += int64(flip)
	return flip != 0
}

func walked(rows []Entry, head Head) Report {
	w := walk{place: func(string) int64 { return 0 }}
	for _, e := range rows {
		w.step(e)
	}
	w.end(head)
	return w.Report
}
