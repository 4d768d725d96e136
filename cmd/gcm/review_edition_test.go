package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"gcm/countries"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/internal/i18n"
	"gcm/reports"
	"gcm/reports/desk"
	"gcm/reports/pdf"
)

// publishes clears and publishes the review of 2022 in a loaded database as people
// of the moment at would, and returns the edition.
func publishes(t *testing.T, g *db.DB, at time.Time) desk.Edition {
	t.Helper()
	g.NowFunc = func() time.Time { return at }
	ctx, store := t.Context(), desk.NewStore(g, stores(g))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	zone, err := time.LoadLocation("Asia/Almaty")
	must(err)
	accounts := auth.NewStore(g).In(zone)
	editor, err := take(ctx, accounts, auth.Details{Email: "e@gov.example", Name: "Редактор", Language: "ru", Roles: []auth.Role{auth.Editor}}, "төрт атты күйме")
	must(err)
	signatory, err := take(ctx, accounts, auth.Details{Email: "s@gov.example", Name: "Қол қоюшы", Language: "kk", Agency: "mfa", Roles: []auth.Role{auth.Signatory}}, "төрт атты күйме")
	must(err)
	must(store.SetChain(ctx, editor, "2022", []desk.Link{{Agency: "mfa", Step: 1}}))
	hash, err := store.LayBefore(ctx, editor, "2022")
	must(err)
	must(store.Sign(ctx, signatory, "2022", hash, desk.Signed, ""))
	e, err := store.Publish(ctx, editor, "2022", "https://gcm.example", program(), press)
	must(err)
	return e
}

// flipped is a file with one bit changed.
func flipped(file []byte, place int, bit byte) []byte {
	other := slices.Clone(file)
	other[place] ^= 1 << bit
	return other
}

func TestPublishedReviewIsTheSameBytesEverywhereAndAnyChangeIsNoticed(t *testing.T) {
	t.Parallel()
	var lock sync.Mutex
	sums := map[string]string{} // of the files, whatever database they were published from
	dbtest.EachURL(t, func(t *testing.T, url string) {
		env := map[string]string{"GCM_DATABASE_URL": url}
		if code, _, stderr := gcm(t, env, "load", "kazakhstan"); code != exitDone {
			t.Fatal(stderr)
		}
		g, err := db.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close(g)
		e := publishes(t, g, time.Date(2022, 4, 28, 21, 30, 0, 123456789, time.UTC))
		store := desk.NewStore(g, stores(g))
		if len(e.Files) != 3*(2+4) { // a brief for each round table beside the two profiles
			t.Fatalf("%d files", len(e.Files))
		}
		lock.Lock()
		for _, f := range e.Files {
			if known := sums[f.Name]; known != "" && known != f.SHA256 {
				t.Errorf("%s is other bytes from another database", f.Name)
			}
			sums[f.Name] = f.SHA256
		}
		lock.Unlock()
		kept, err := store.EditionFile(t.Context(), e.ID, "review-2022-kk.pdf")
		if err != nil {
			t.Fatal(err)
		}

		// drawn again by another process, with other processors, zone and locale
		dir := t.TempDir()
		for _, around := range map[bool][][]string{
			false: {{"GOMAXPROCS=1", "TZ=Asia/Almaty", "LC_ALL=kk_KZ.UTF-8", "LANG=kk_KZ.UTF-8"}},
			true:  {{"GOMAXPROCS=8", "TZ=UTC", "GCM_TIMEZONE=UTC", "LC_ALL=ru_RU.KOI8-R", "LANG=ru_RU.KOI8-R"}, {"GOMAXPROCS=8", "TZ=Asia/Almaty", "LC_ALL=C", "LANG=C"}},
		}[db.IsPostgres(g)] {
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(around, "HOME="+dir, "GCM_DATABASE_URL="+url, "GCM_TEST_ARGUMENTS=review build 2022 --edition 1 --lang kk,ru --out "+dir)
			out, err := cmd.CombinedOutput()
			again, _ := os.ReadFile(filepath.Join(dir, "review-2022-kk.pdf"))
			if err != nil || strings.Count(string(out), "pdf\n") != 2 || !bytes.Equal(again, kept.Body) {
				t.Fatalf("%v: %v, %s: %d bytes, published %d", around, err, out, len(again), len(kept.Body))
			}
		}
		if code, _, stderr := gcm(t, env, "review", "build", "2022", "--edition", "2", "--out", dir); code != exitFailed {
			t.Errorf("an edition that is not there: %d %s", code, stderr)
		}

		if code, _, stderr := gcm(t, env, "review", "build", "2022", "--edition", "1", "--lang", "kk", "--format", "md", "--out", dir); code != exitDone {
			t.Error(stderr)
		}
		if text, err := os.ReadFile(filepath.Join(dir, "review-2022-kk.edition-1.md")); err != nil || !bytes.Contains(text, []byte("көшірме; түпнұсқасы – жарияланған PDF")) || !bytes.Contains(text, []byte("29\u00a0сәуір")) {
			t.Errorf("the copy says %.300s, %v", text, err)
		}
		file := filepath.Join(dir, "review-2022-kk.pdf")
		if code, stdout, stderr := gcm(t, env, "review", "verify", file); code != exitDone || !strings.Contains(stdout, "edition 1 of the review of 2022") {
			t.Errorf("%d %s%s", code, stdout, stderr)
		}
		judge := func(body []byte) desk.Standing {
			t.Helper()
			v, err := store.Verify(t.Context(), bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			return v.Standing
		}
		places := []int{0, len(kept.Body) - 1, bytes.Index(kept.Body, []byte("<?xpacket begin"))}
		random := rand.New(rand.NewPCG(1, 2)) // the same places each time
		for range 60 {
			places = append(places, random.IntN(len(kept.Body)))
		}
		for _, place := range places {
			if got := judge(flipped(kept.Body, place, byte(place%8))); got == desk.IsPublished {
				t.Errorf("a bit changed at %d is not noticed", place)
			}
		}
		if got := judge(flipped(kept.Body, len(kept.Body)-1, 0)); got != desk.IsChanged {
			t.Errorf("a file with the marks of an edition is %s", got)
		}
		cutOffIsTold(t, store, e)
		if err := os.WriteFile(file, flipped(kept.Body, 5000, 3), 0o600); err != nil {
			t.Fatal(err)
		}
		code, _, stderr := gcm(t, env, "review", "verify", file)
		if code != exitFailed {
			t.Errorf("a changed file exits %d", code)
		}
		oneLine(t, stderr, "was changed", "edition 1")
		for name, body := range map[string]string{"empty": "", "no PDF": "Шолу"} {
			if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
				t.Fatal(err)
			}
			if code, _, stderr := gcm(t, env, "review", "verify", file); code != exitFailed || !strings.Contains(stderr, "unknown") {
				t.Errorf("%s: %d %s", name, code, stderr)
			}
		}
		staysAsItWas(t, g, env)
	})
}

// cutOffIsTold cuts each file of an edition, in its length and in its first bytes.
func cutOffIsTold(t *testing.T, store *desk.Store, e desk.Edition) {
	t.Helper()
	for _, f := range e.Files {
		kept, err := store.EditionFile(t.Context(), e.ID, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		for length, want := range map[int]desk.Standing{
			0: desk.IsUnknown, 9: desk.IsUnknown, 1023: desk.IsUnknown,
			1024: desk.IsChanged, 1025: desk.IsChanged, 4096: desk.IsChanged, min(50_000, len(kept.Body)-2): desk.IsChanged, len(kept.Body) / 2: desk.IsChanged, len(kept.Body) - 1: desk.IsChanged,
		} {
			v, err := store.Verify(t.Context(), bytes.NewReader(kept.Body[:length]))
			if err != nil || v.Standing != want || want == desk.IsChanged && length > 8192 && v.File.Name != f.Name {
				t.Errorf("%s cut to %d bytes is %s, %s, %v", f.Name, length, v.Standing, v.File.Name, err)
			}
		}
		again, err := store.Verify(t.Context(), bytes.NewReader(flipped(kept.Body[:20_000], 19_999, 0)))
		if err != nil || again.Standing != desk.IsChanged {
			t.Errorf("%s cut off and changed is %s, %v", f.Name, again.Standing, err)
		}
	}
}

// runsEveryCommand runs all commands at the same time, among them the loading of a
// pack whose review says something else. The server is tried by its routes, and the
// demonstration has a database of its own; who takes the schema back takes away
// what stands in it.
func runsEveryCommand(t *testing.T, env map[string]string, figures string) {
	t.Helper()
	dir := t.TempDir()
	files, _ := countries.Embedded("kazakhstan")
	pack := filepath.Join(dir, "pack")
	if err := os.CopyFS(pack, files); err != nil {
		t.Fatal(err)
	}
	texts, err := filepath.Glob(filepath.Join(pack, "reviews", "2022", "kk", "*.md"))
	if err != nil || len(texts) == 0 {
		t.Fatal(texts, err)
	}
	for _, text := range texts {
		body, err := os.ReadFile(text)
		if err == nil {
			err = os.WriteFile(text, append([]byte("Мүлде басқа мәтін.\n\n"), body...), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	arguments := map[string][]string{
		"load": {pack}, "migrate up": {}, "migrate status": {}, "version": {},
		"data import": {figures}, "data check": {}, "data export": {"--out", filepath.Join(dir, "data.zip")},
		"review build": {"2022", "--out", dir, "--format", "md"}, "review check": {"2022"}, "review verify": {figures}, "review questionnaire": {"2022", "--out", dir},
		"audit verify": {}, "audit export": {"--out", filepath.Join(dir, "audit.jsonl")},
		"user add": {"new@gov.example", "--name", "Жаңа", "--role", "editor"}, "user list": {}, "user role": {"e@gov.example", "--add", "coordinator"},
		"user disable": {"s@gov.example"}, "user reset-password": {"e@gov.example"},
	}
	elsewhere := []string{"serve", "demo", "migrate down"}
	var running sync.WaitGroup
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			walk(sub)
		}
		name := strings.TrimPrefix(c.CommandPath(), "gcm ")
		if c.HasSubCommands() || slices.Contains(elsewhere, name) {
			return
		}
		args, known := arguments[name]
		if !known {
			t.Errorf("say how gcm %s is run over a published review", name)
			return
		}
		running.Go(func() {
			if code, _, stderr := gcm(t, env, append(strings.Fields(name), args...)...); code == exitUsage {
				t.Errorf("gcm %s: %s", name, stderr)
			}
		})
	}
	walk(rootCommand(func(string) string { return "" }))
	running.Wait()
	if code, out, stderr := gcm(t, env, "load", pack); code != exitDone { // so that it is not refused as a whole
		t.Errorf("the changed pack is not loaded: %s%s", out, stderr)
	}
}

// staysAsItWas loads the pack and figures over a published review.
func staysAsItWas(t *testing.T, g *db.DB, env map[string]string) {
	t.Helper()
	state := func() [32]byte {
		t.Helper()
		var all bytes.Buffer
		for _, table := range []string{"reviews", "review_sections", "review_snapshots", "signatures", "editions", "edition_files"} {
			var rows []map[string]any
			if err := g.Table(table).Order(map[bool]string{true: "name", false: "id"}[table == "edition_files"]).Find(&rows).Error; err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				for _, key := range slices.Sorted(maps.Keys(row)) {
					_, _ = all.WriteString(key + "=" + fmt.Sprint(row[key]) + ";")
				}
			}
		}
		return sha256.Sum256(all.Bytes())
	}
	before := state()
	if code, stdout, stderr := gcm(t, env, "load", "kazakhstan"); code != exitDone || !strings.Contains(stdout, "nothing changed") {
		t.Errorf("%d %s%s", code, stdout, stderr)
	}
	figures := filepath.Join(t.TempDir(), "figures.csv")
	if err := os.WriteFile(figures, []byte("indicator,period,value\nrefugees-registered,2021,99999\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := gcm(t, env, "data", "import", figures); code != exitDone {
		t.Errorf("%d %s%s", code, stdout, stderr)
	}
	if state() != before {
		t.Error("loading a pack or figures changed the published review")
	}
	runsEveryCommand(t, env, figures)
	if state() != before {
		t.Error("a command changed the published review")
	}
	store := desk.NewStore(g, stores(g))
	if code, _, stderr := gcm(t, env, "review", "build", "2022", "--edition", "1", "--lang", "en", "--profile", "compact", "--out", t.TempDir()); code != exitDone {
		t.Errorf("is not drawn as it was after the figures changed: %s", stderr)
	}
	now, err := draft(t.Context(), stores(g), "2022", "en", reports.Full, time.Unix(0, 0))
	if err != nil || now.Draft == "" || now.Imprint != nil {
		t.Errorf("the draft is marked %q, %v", now.Draft, err)
	}
	var drawn bytes.Buffer
	if err := pdf.Write(&drawn, now); err != nil {
		t.Fatal(err)
	}
	if v, err := store.Verify(t.Context(), bytes.NewReader(drawn.Bytes())); err != nil || v.Standing != desk.IsUnknown {
		t.Errorf("a draft is %s, %v", v.Standing, err)
	}
	if err := store.Correct(t.Context(), auth.Actor{}, "2022", i18n.Text{}); err == nil {
		t.Error("anybody corrects")
	}
}
