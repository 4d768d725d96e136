package db_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/objectives"
)

func TestUnusableURLSaysWhatToWriteInstead(t *testing.T) {
	dir := t.TempDir()
	for url, says := range map[string]string{
		"mysql://x":                             "use sqlite:PATH",
		"sqlite:":                               "name a file",
		"sqlite::memory:":                       "name a file",
		"sqlite:" + dir + "/nowhere/a.db":       "there is no folder",
		"sqlite:" + dir:                         "cannot be opened",
		"postgres://u@127.0.0.1:" + freePort(t): "does not answer",
	} {
		g, err := db.Open(t.Context(), url)
		if err == nil {
			_ = db.Close(g)
			t.Errorf("%s opens", url)
			continue
		}
		if !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %q does not say %q in one line", url, err, says)
		}
	}
}

// freePort returns a port on which nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port + "/x?connect_timeout=2"
}

func TestMissingFileIsNotMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gcm.db")
	if err := db.Exists("sqlite:" + file); fault.KindOf(err) != fault.NotFound {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("asking made the file")
	}
	if err := db.Exists("postgres://anywhere"); err != nil {
		t.Errorf("a server is asked when it is opened, got %v", err)
	}
}

func TestPathWithQuestionMarkIsAPath(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a?mode=memory#x%20.db")
	g, err := db.Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Exec("CREATE TABLE t (x INTEGER)").Error; err != nil {
		t.Fatal(err)
	}
	_ = db.Close(g)
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

func TestFailuresHaveTheirKindOnBothDatabases(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		agency := objectives.Agency{Code: "a", Kind: "ministry"}
		if err := g.Create(&agency).Error; err != nil {
			t.Fatal(err)
		}
		twice := objectives.Agency{Code: "a", Kind: "ministry"}
		wrong := objectives.Agency{Code: "b", Kind: "no such kind"}
		nowhere := int64(99)
		orphan := objectives.Agency{Code: "c", Kind: "ministry", SuccessorID: &nowhere}
		for name, err := range map[string]error{
			"a duplicate": g.Create(&twice).Error, "a broken check": g.Create(&wrong).Error, "a broken reference": g.Create(&orphan).Error,
		} {
			if fault.KindOf(db.Fault(err, "write")) != fault.Conflict {
				t.Errorf("%s is %v", name, err)
			}
		}
		child := objectives.Agency{Code: "d", Kind: "ministry", SuccessorID: &agency.ID}
		if err := g.Create(&child).Error; err != nil {
			t.Fatal(err)
		}
		if err := g.Delete(&agency).Error; fault.KindOf(db.Fault(err, "delete")) != fault.Conflict {
			t.Errorf("deleting what another record needs is %v", err)
		}
		if err := g.Where("code = 'zz'").Take(&objectives.Agency{}).Error; fault.KindOf(db.Fault(err, "read")) != fault.NotFound {
			t.Errorf("a missing record is %v", err)
		}
	})
}

func TestTransactionIsWrittenWholeOrNotAtAll(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		broken := errors.New("broken")
		err := db.Transact(t.Context(), g, func(tx *db.DB) error {
			if err := tx.Create(&objectives.Agency{Code: "a", Kind: "ministry"}).Error; err != nil {
				return err
			}
			return broken
		})
		var n int64
		g.Model(&objectives.Agency{}).Count(&n)
		if !errors.Is(err, broken) || n != 0 {
			t.Errorf("%v left %d rows", err, n)
		}
	})
}

func TestFiftyWritersAtOnceDoNotFail(t *testing.T) {
	g := dbtest.SQLite(t)
	done := make(chan error)
	for i := range 50 {
		go func() {
			done <- db.Transact(t.Context(), g, func(tx *db.DB) error {
				return tx.Create(&objectives.Agency{Code: string(rune('a'+i%26)) + time.Duration(i).String(), Kind: "ministry"}).Error
			})
		}()
	}
	for range 50 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestWritersOfSQLiteStandInLine(t *testing.T) {
	g := dbtest.SQLite(t)
	if err := g.Exec("CREATE TABLE marks (id INTEGER PRIMARY KEY)").Error; err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 20 { // each holds the database longer than a twentieth of what one may ask for
		all.Go(func() {
			err := db.Transact(t.Context(), g, func(tx *gorm.DB) error {
				time.Sleep(300 * time.Millisecond)
				return tx.Exec("INSERT INTO marks DEFAULT VALUES").Error
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	gone, cancel := context.WithCancel(t.Context())
	err := db.Transact(t.Context(), g, func(*gorm.DB) error {
		cancel()
		return db.Transact(gone, g, func(*gorm.DB) error { return nil })
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("one who leaves the line gets %v", err)
	}
}

func TestStatementOfOneWhoLeavesIsNoFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		if err := g.Exec("CREATE TABLE long (n INTEGER)").Error; err != nil {
			t.Fatal(err)
		}
		leaving, leave := context.WithCancel(t.Context())
		time.AfterFunc(100*time.Millisecond, leave)
		err := g.WithContext(leaving).Exec("WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 20000000) INSERT INTO long SELECT n FROM many").Error
		if err := db.Fault(err, "a long statement"); !errors.Is(err, context.Canceled) {
			t.Errorf("it is %v", err)
		}
	})
}

func TestTransactionOfOneWhoLeavesIsNoFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, g *gorm.DB) {
		if err := g.Exec("CREATE TABLE marks (id INTEGER PRIMARY KEY)").Error; err != nil {
			t.Fatal(err)
		}
		for name, after := range map[string]func(tx *gorm.DB) error{
			"before a statement":  func(tx *gorm.DB) error { return tx.Exec("INSERT INTO marks VALUES (2)").Error },
			"before it is closed": func(*gorm.DB) error { return nil },
		} {
			leaving, leave := context.WithCancel(t.Context())
			err := db.Transact(leaving, g, func(tx *gorm.DB) error {
				err := tx.Exec("INSERT INTO marks VALUES (1)").Error
				leave()
				time.Sleep(100 * time.Millisecond) // it is rolled back meanwhile
				return errors.Join(err, after(tx))
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s it is %v", name, err)
			}
		}
		var n int64
		if err := g.Table("marks").Count(&n).Error; err != nil || n > 0 {
			t.Errorf("%d marks are left, %v", n, err)
		}
	})
}
