package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// floors is the plan of the house, from the door down. A package may import
// what stands below it, and packages of its own room; never what stands above
// or beside.
var floors = [][]string{
	{"cmd/gcm"},
	{"web", "countries"},
	{"reports/pdf", "reports/html", "reports/docx", "reports/markdown", "reports/tables", "reports/desk", "progress/form"},
	{"reports"},
	{"progress"},
	{"indicators/intake"},
	{"indicators/exchange"},
	{"indicators/quality"},
	{"indicators"},
	{"objectives"},
	{"internal/notify", "internal/register"},
	{"internal/auth"},
	{"internal/audit", "internal/chart", "internal/sheet", "reports/pdf/seal", "templates"},
	{"internal/db", "internal/hyphen", "internal/i18n"},
	{"internal/cell", "internal/fault", "internal/period", "internal/search", "migrations", "reports/pdf/fonts"},
}

// homes says where a library may be imported: one home each.
var homes = map[string][]string{
	"github.com/gin-gonic/gin":        {"web"},
	"github.com/danielgtaylor/huma":   {"web"},
	"html/template":                   {"web", "internal/notify"},
	"codeberg.org/go-pdf/fpdf":        {"reports/pdf"},
	"github.com/boombuler/barcode":    {"reports/pdf"},
	"github.com/pdfcpu/pdfcpu":        {}, // reads PDF in tests
	"github.com/spf13/cobra":          {"cmd/gcm"},
	"github.com/pressly/goose/v3":     {"migrations"},
	"github.com/glebarez/sqlite":      {"internal/db"},
	"gorm.io/driver/postgres":         {"internal/db"},
	"gorm.io/gorm":                    {"internal/db", "internal/audit", "internal/auth", "internal/notify", "internal/register", "objectives", "indicators", "indicators/quality", "progress", "reports", "reports/desk"},
	"go.yaml.in/yaml/v3":              {"countries", "indicators/intake"}, // packs, and the words of Open SDG folders
	"github.com/jackc/pgx/v5":         {"internal/db"},
	"golang.org/x/image":              {"internal/chart"},
	"golang.org/x/text/encoding":      {"indicators/intake"},
	"github.com/yuin/goldmark":        {"reports"},
	"github.com/xuri/excelize/v2":     {"internal/sheet"},
	"golang.org/x/text/collate":       {"internal/i18n"},
	"golang.org/x/text/message":       {"internal/i18n"},
	"github.com/wneessen/go-mail":     {"internal/notify"},
	"github.com/arran4/golang-ical":   {"web"},
	"github.com/chromedp/chromedp":    {},
	"github.com/glebarez/go-sqlite":   {},
	"modernc.org/sqlite":              {},
	"github.com/alexedwards/scs":      {"web"},
	"github.com/alexedwards/argon2id": {"internal/auth"},
	"github.com/pquerna/otp":          {"internal/auth"},
	"github.com/coreos/go-oidc/v3":    {"web"},
	"golang.org/x/sync":               {"web"},
	"github.com/kljensen/snowball":    {"internal/search"},
	"github.com/andybalholm/brotli":   {"web"},
	"golang.org/x/oauth2":             {"web"},

	"github.com/prometheus/client_golang": {"web"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

// tools are for tests and measurements and no rooms: nothing of the product
// imports them, which TestToolsStayOutOfTheProduct holds.
var tools = []string{"internal/db/dbtest", "progress/progresstest", "internal/bench", "reports/pdf/specimen", "reports/pdf/rulestest", "web/browsertest"}

// packages reads the house as it stands, without the tools.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "gcm/...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		room := strings.TrimPrefix(p.ImportPath, "gcm/")
		if !slices.Contains(tools, room) {
			all[room] = p.Imports
		}
	}
}

func floorOf(room string) int {
	return slices.IndexFunc(floors, func(floor []string) bool { return slices.Contains(floor, room) })
}

func TestEveryArrowGoesDown(t *testing.T) {
	for room, imports := range packages(t) {
		at := floorOf(room)
		if at < 0 {
			t.Errorf("%s has no place in the plan of the house", room)
			continue
		}
		for _, imported := range imports {
			below, own := strings.CutPrefix(imported, "gcm/")
			if own && floorOf(below) <= at {
				t.Errorf("%s imports %s, which does not stand below it", room, below)
			}
		}
	}
}

func TestToolsStayOutOfTheProduct(t *testing.T) {
	for room, imports := range packages(t) {
		for _, tool := range tools {
			if slices.Contains(imports, "gcm/"+tool) {
				t.Errorf("%s imports %s", room, tool)
			}
		}
	}
}

func TestEveryRoomOfThePlanExists(t *testing.T) {
	all := packages(t)
	for _, floor := range floors {
		for _, room := range floor {
			if _, ok := all[room]; !ok {
				t.Errorf("the plan names %s, which does not exist", room)
			}
		}
	}
}

func TestEveryLibraryHasOneHome(t *testing.T) {
	for room, imports := range packages(t) {
		for _, imported := range imports {
			for library, rooms := range homes {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.Contains(rooms, room) {
					t.Errorf("%s imports %s, whose home is %v", room, imported, rooms)
				}
			}
		}
	}
}

func TestReadmeShowsThePlanAsItIs(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, plan, _ := strings.Cut(string(readme), "<!-- plan -->")
	plan, _, _ = strings.Cut(plan, "<!-- /plan -->")
	for _, floor := range floors {
		for _, room := range floor {
			if !strings.Contains(plan, "`"+room+"`") {
				t.Errorf("the README's plan does not show %s", room)
			}
		}
	}
}
