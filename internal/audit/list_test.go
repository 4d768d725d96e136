package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
)

// diary records acts of two people on two records, an hour apart from 2026-11-22 00:00.
func diary(t *testing.T, conn *db.DB) {
	t.Helper()
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	conn = conn.Session(&gorm.Session{NowFunc: func() time.Time { return at }})
	for i, c := range []Change{
		{Action: "create", Noun: "measure", Record: "e-visa", After: map[string]string{"title": "Электрондық виза"}},
		{Action: "create", Noun: "entry", Record: "x1"},
		{Action: "submit", Noun: "entry", Record: "x1"},
		{Action: "return", Noun: "entry", Record: "x1", Reason: "=100%_check"},
		{Action: "change", Noun: "measure", Record: "e-visa"},
	} {
		who := clerk
		if i >= 3 {
			who = Who{UserID: 8, Name: "Berik"}
		}
		if err := Transact(t.Context(), conn, who, func(_ *db.DB, log *Log) error { log.Add(c); return nil }); err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Hour)
	}
}

func TestListIsNarrowedAndPagedByNumber(t *testing.T) {
	hour := func(h int) time.Time { return time.Date(2026, 11, 22, h, 0, 0, 0, time.UTC) }
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		diary(t, conn)
		for _, c := range []struct {
			filter Filter
			want   string
		}{
			{Filter{}, "5 4 3 2 1"},
			{Filter{Limit: 2}, "5 4"},
			{Filter{Limit: 2, Before: 4}, "3 2"},
			{Filter{Noun: "entry"}, "4 3 2"},
			{Filter{Noun: "measure", Record: "e-visa"}, "5 1"},
			{Filter{Record: "x1", Action: "submit"}, "3"},
			{Filter{Noun: "entry", Except: "submit"}, "4 2"},
			{Filter{User: 8}, "5 4"},
			{Filter{From: hour(1), To: hour(3)}, "3 2"},
			{Filter{From: hour(3).In(time.FixedZone("", 5*3600))}, "5 4"},
			{Filter{Text: "bERIK"}, "5 4"},
			{Filter{Text: "виза"}, "1"},
			{Filter{Text: "100%_"}, "4"},
			{Filter{Text: "100_"}, ""},
			{Filter{Text: "виза", Noun: "entry"}, ""},
			{Filter{Text: `'; DROP TABLE audit_entries; --`}, ""},
		} {
			rows, err := List(t.Context(), conn, c.filter)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range rows {
				got = append(got, fmt.Sprint(e.Seq))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%+v: %v, want %s", c.filter, got, c.want)
			}
		}
		if _, err := ByNumber(t.Context(), conn, 6); fault.KindOf(err) != fault.NotFound {
			t.Errorf("entry 6: %v", err)
		}
	})
}

// TestExportedLinesCanBeVerifiedElsewhere hashes them anew by the recipe of the
// operator's guide, with nothing of this package.
func TestExportedLinesCanBeVerifiedElsewhere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		diary(t, conn)
		var out bytes.Buffer
		if err := Export(t.Context(), conn, &out, JSONLines, Filter{}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		previous := ""
		for _, line := range lines {
			var e map[string]any
			d := json.NewDecoder(strings.NewReader(line))
			d.UseNumber()
			if err := d.Decode(&e); err != nil {
				t.Fatal(err)
			}
			h := sha256.New()
			for _, name := range []string{"seq", "at", "user_id", "who", "agency", "origin", "request", "action", "noun", "record", "reason", "before", "after", "previous"} {
				field := ""
				if e[name] != nil {
					field = fmt.Sprint(e[name])
				}
				_ = binary.Write(h, binary.BigEndian, uint64(len(field)))
				h.Write([]byte(field))
			}
			if fmt.Sprintf("%x", h.Sum(nil)) != e["hash"] || e["previous"] != previous {
				t.Errorf("does not fit: %s", line)
			}
			previous = e["hash"].(string)
		}
		if head, err := ReadHead(t.Context(), conn); err != nil || len(lines) != 5 || previous != head.Hash {
			t.Errorf("%d lines end with %s, the head is %s", len(lines), previous, head.Hash)
		}
	})
}

func TestExportedTableHoldsNoFormula(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		diary(t, conn)
		var out bytes.Buffer
		if err := Export(t.Context(), conn, &out, CSV, Filter{Noun: "entry"}); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil || len(rows) != 4 || rows[0][0] != "seq" || rows[3][0] != "4" || rows[3][10] != "'=100%_check" {
			t.Errorf("%q, %v", rows, err)
		}
	})
}
