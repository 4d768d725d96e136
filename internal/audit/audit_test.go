package audit

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/db/dbtest"
)

var clerk = Who{UserID: 7, Name: "Айгүл", Agency: "mia", Origin: "192.0.2.7", Request: "abc"}

// record puts n changes on record, each in a transaction of its own.
func record(t testing.TB, conn *db.DB, n int) {
	t.Helper()
	for i := range n {
		err := Transact(context.Background(), conn, clerk, func(_ *db.DB, log *Log) error {
			log.Add(Change{Action: "change", Noun: "measure", Record: fmt.Sprint("m-", i+1), Reason: "өйткені",
				Before: map[string]int{"n": i}, After: map[string]int{"n": i + 1}})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// whole fails unless the log is whole and has count entries.
func whole(t *testing.T, conn *db.DB, count int64) {
	t.Helper()
	report, err := Verify(t.Context(), conn)
	if err != nil || !report.Whole() || report.Count != count || report.Head.Seq != count {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestEntriesTellWhoDidWhatWhenAndFromWhere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		at := time.Date(2026, 11, 22, 10, 0, 0, 123456000, time.FixedZone("", 5*3600))
		conn = conn.Session(&gorm.Session{NowFunc: func() time.Time { return at }})
		record(t, conn, 1)
		e, err := ByNumber(t.Context(), conn, 1)
		if err != nil {
			t.Fatal(err)
		}
		user := clerk.UserID
		want := Entry{Seq: 1, At: "2026-11-22T05:00:00.123456Z", UserID: &user, Who: "Айгүл", Agency: "mia", Origin: "192.0.2.7", Request: "abc",
			Action: "change", Noun: "measure", Record: "m-1", Reason: "өйткені", Before: `{"n":0}`, After: `{"n":1}`}
		want.Hash = want.sum()
		if e.UserID == nil || *e.UserID != user || !e.Time().Equal(at) {
			t.Errorf("%+v", e)
		}
		e.UserID = want.UserID
		if e != want {
			t.Errorf("%+v, want %+v", e, want)
		}
	})
}

func TestNothingIsChangedWhenTheLogCannotBeWritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		record(t, conn, 1)
		if err := conn.Exec("UPDATE audit_heads SET seq = 0").Error; err != nil { // the next number is taken
			t.Fatal(err)
		}
		err := Transact(t.Context(), conn, clerk, func(tx *db.DB, log *Log) error {
			log.Add(Change{Action: "change", Noun: "measure", Record: "m-2"})
			return tx.Exec("INSERT INTO attempts (key, count, since) VALUES ('x', 1, '2026-11-22')").Error
		})
		if err == nil {
			t.Error("a change without its record is kept")
		}
		var rows int64
		if conn.Table("attempts").Count(&rows); rows != 0 {
			t.Error("the change was not rolled back")
		}
	})
}

func TestNothingIsRecordedWhenTheChangeFails(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		broken := errors.New("broken")
		err := Transact(t.Context(), conn, clerk, func(_ *db.DB, log *Log) error {
			log.Add(Change{Action: "change", Noun: "measure", Record: "m-1"})
			return broken
		})
		if !errors.Is(err, broken) {
			t.Error(err)
		}
		whole(t, conn, 0)
	})
}

func TestEightWritersAtOnceMakeOneChain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		var writers sync.WaitGroup
		for range 8 {
			writers.Go(func() { record(t, conn, 25) })
		}
		for range 10 {
			if report, err := Verify(t.Context(), conn); err != nil || !report.Whole() {
				t.Errorf("while others write: %+v, %v", report, err)
			}
		}
		writers.Wait()
		whole(t, conn, 200)
	})
}

func TestDatabaseRefusesToRewriteTheLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		record(t, conn, 2)
		orders := []string{
			"UPDATE audit_entries SET who = 'x' WHERE seq = 1",
			"UPDATE audit_entries SET who = who",
			"DELETE FROM audit_entries WHERE seq = 2",
			"DELETE FROM audit_entries",
			"INSERT INTO audit_entries SELECT seq, at, user_id, 'x', agency, origin, request, action, noun, record, reason, before, after, previous, hash FROM audit_entries WHERE seq = 1 ON CONFLICT (seq) DO UPDATE SET who = 'x'",
			"INSERT INTO audit_entries SELECT 0, at, user_id, who, agency, origin, request, action, noun, record, reason, before, after, previous, 'x' FROM audit_entries WHERE seq = 1",
		}
		if db.IsPostgres(conn) {
			orders = append(orders, "TRUNCATE audit_entries")
		} else {
			orders = append(orders, "REPLACE INTO audit_entries SELECT seq, at, user_id, 'x', agency, origin, request, action, noun, record, reason, before, after, previous, 'x' FROM audit_entries WHERE seq = 1")
		}
		for _, sql := range orders {
			if conn.Exec(sql).Error == nil {
				t.Errorf("carried out: %s", sql)
			}
		}
		whole(t, conn, 2)
	})
}

func TestClockThatGoesBackIsNoFinding(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, conn *gorm.DB) {
		at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
		conn = conn.Session(&gorm.Session{NowFunc: func() time.Time { at = at.Add(-time.Hour); return at }})
		record(t, conn, 3)
		whole(t, conn, 3)
	})
}

// unguard takes the triggers away, as somebody could who owns the database.
func unguard(t *testing.T, conn *db.DB) {
	t.Helper()
	orders := []string{"DROP TRIGGER audit_entries_not_changed", "DROP TRIGGER audit_entries_not_deleted", "DROP TRIGGER audit_entries_not_replaced"}
	if db.IsPostgres(conn) {
		orders = []string{"ALTER TABLE audit_entries DISABLE TRIGGER ALL"}
	}
	for _, sql := range orders {
		if err := conn.Exec(sql).Error; err != nil {
			t.Fatal(err)
		}
	}
}
