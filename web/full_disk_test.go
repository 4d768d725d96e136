package web

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/progress"
)

// disk is a small one, with a database on it.
type disk struct {
	t    *testing.T
	conn *db.DB
	dir  string
	real bool // a file system of its own; else only the database may not grow
}

// newDisk makes a small disk with Kazakhstan on it. Where mounting one is not allowed, the database is
// kept from growing, at which it fails in the same way.
func newDisk(t *testing.T) *disk {
	t.Helper()
	d := &disk{t: t, dir: t.TempDir()}
	if err := syscall.Mount("tmpfs", d.dir, "tmpfs", 0, "size=32m"); err == nil {
		d.real = true
		t.Cleanup(func() { _ = syscall.Unmount(d.dir, syscall.MNT_DETACH) })
	}
	file := filepath.Join(d.dir, "gcm.db")
	err := country.File(file)
	if err == nil {
		d.conn, err = db.Open(context.Background(), "sqlite:"+file)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close(d.conn) })
	return d
}

func (d *disk) filler() string { return filepath.Join(d.dir, "filler") }

// fill leaves no room.
func (d *disk) fill() {
	d.t.Helper()
	d.do("PRAGMA wal_checkpoint(TRUNCATE)") // what is written next has to find room
	if !d.real {
		db.Pool(d.conn).SetMaxOpenConns(1) // the limit is the connection's
		d.do("PRAGMA max_page_count = 1")  // it is raised to what there is
		return
	}
	f, err := os.Create(d.filler())
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size > 0; {
		if _, err := f.Write(make([]byte, size)); err != nil {
			size /= 2
		}
	}
}

// empty makes room again.
func (d *disk) empty() {
	d.t.Helper()
	if !d.real {
		d.do("PRAGMA max_page_count = 1000000")
	} else if err := os.Remove(d.filler()); err != nil {
		d.t.Fatal(err)
	}
}

func (d *disk) do(pragma string) {
	d.t.Helper()
	if err := d.conn.Exec(pragma).Error; err != nil {
		d.t.Fatal(err)
	}
}

func TestFullDiskSaysWhatToDoAndNothingIsHalfWritten(t *testing.T) {
	d := newDisk(t)
	c := config(t, d.conn)
	r := roundUnderWay(t, open(t, c))
	entry := r.contributor.begin(t, progress.KindProgress, "e-visa")
	must(t, r.contributor.send(entry, filled(1)...), http.StatusSeeOther)
	file := append([]byte(smallPDF), make([]byte, 2<<20)...)
	long := []string{"version", "2", "progress.status", "in_progress", "progress.narrative.kk", strings.Repeat("Ұзақ мәтін. ", 800)}
	d.fill()
	at(d.conn, now().Add(2*touchedEvery)) // a session that is used again is written
	for try := range 3 {
		for name, w := range map[string]int{
			"a file":        r.contributor.upload(t, entry+"/evidence", "report.pdf", file, described...).Code,
			"a text":        r.contributor.send(entry, long...).Code,
			"a page's save": r.contributor.send(entry+"/autosave", long...).Code,
		} {
			if w != http.StatusServiceUnavailable {
				t.Errorf("%d: %s answers %d", try, name, w)
			}
		}
	}
	must(t, r.contributor.upload(t, entry+"/evidence", "report.pdf", file, described...), http.StatusServiceUnavailable, inKazakh(t, "error.full"), inKazakh(t, "error.advice.full"))
	must(t, r.contributor.get(entry), http.StatusOK, "Виза енді онлайн беріледі") // what is there can be read
	r.untouched(t, d, entry)
	d.empty()
	must(t, r.contributor.upload(t, entry+"/evidence", "report.pdf", file, described...), http.StatusSeeOther)
	must(t, r.contributor.send(entry, long...), http.StatusSeeOther)
	r.keeps(t, 1)
	t.Logf("on a disk of its own: %v", d.real)
}

// touchedEvery is how often the use of a session is written at most.
const touchedEvery = time.Minute

// untouched fails unless the entry is as it was saved and all is whole.
func (r *round) untouched(t *testing.T, d *disk, entry string) {
	t.Helper()
	r.keeps(t, 0)
	var version int
	if err := d.conn.Table("entries").Where("code = ?", filepath.Base(entry)).Select("version").Take(&version).Error; err != nil || version != 2 {
		t.Errorf("the entry is at version %d, %v", version, err)
	}
	report, err := audit.Verify(t.Context(), d.conn)
	if err != nil || !report.Whole() {
		t.Errorf("the audit log: %+v, %v", report.Findings, err)
	}
	var said string
	if err := d.conn.Raw("PRAGMA integrity_check").Scan(&said).Error; err != nil || said != "ok" {
		t.Errorf("the database file: %s, %v", said, err)
	}
}
