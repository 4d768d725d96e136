package exchange_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gcm/internal/cell"
)

var update = flag.Bool("update", false, "open the workbook in LibreOffice anew")

// The workbook of this test was opened by LibreOffice Calc 7 and saved as CSV. As
// the same figures give the same bytes, its sheet is known by a checksum; when it
// becomes another one, `go test ./indicators/exchange -run LibreOffice -update`
// opens that, which needs LibreOffice.
func TestWorkbookOpensInLibreOffice(t *testing.T) {
	all := rows(12, 60)
	for _, r := range all {
		if r.Value != nil { // LibreOffice saves numbers in 15 digits
			*r.Value, _ = strconv.ParseFloat(strconv.FormatFloat(*r.Value, 'g', 15, 64), 64)
		}
	}
	book := write(t, "xlsx", setOf(t, all))
	digest := sha256.Sum256(member(t, book, "xl/worksheets/sheet1.xml"))
	sum := hex.EncodeToString(digest[:])
	if *update {
		open(t, book, sum)
	}
	noted, err := os.ReadFile("testdata/libreoffice.sha256")
	if err != nil || strings.TrimSpace(string(noted)) != sum {
		t.Fatalf("the workbook is another one than LibreOffice opened: go test ./indicators/exchange -run LibreOffice -update (%v)", err)
	}
	saved, err := os.ReadFile("testdata/libreoffice.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(saved)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := flat(t, lines, cell.Bare)
	if len(got) != len(all) {
		t.Fatalf("LibreOffice sees %d of %d rows", len(got), len(all))
	}
	for i := range all {
		if say(got[i]) != say(all[i]) {
			t.Errorf("LibreOffice sees\n%s instead of\n%s", say(got[i]), say(all[i]))
		}
	}
}

// open saves the first sheet of a workbook as CSV, by LibreOffice.
func open(t *testing.T, book []byte, sum string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "data.xlsx"), book, 0o600); err != nil {
		t.Fatal(err)
	}
	// 44: comma, 34: quotes, 76: UTF-8, and values as they are, not as they are shown
	filter := `csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false`
	cmd := exec.Command("soffice", "--headless", "-env:UserInstallation=file://"+dir+"/profile", "--convert-to", filter, "--outdir", dir, filepath.Join(dir, "data.xlsx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	saved, err := os.ReadFile(filepath.Join(dir, "data.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{"testdata/libreoffice.csv": saved, "testdata/libreoffice.sha256": []byte(sum + "\n")} {
		if err := os.WriteFile(name, body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
