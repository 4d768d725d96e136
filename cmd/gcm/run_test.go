package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gcm/internal/db"
	"gcm/internal/db/dbtest"
	"gcm/migrations"
)

// gcm runs the program as a person would and returns what it printed.
func gcm(t *testing.T, env map[string]string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, func(key string) string { return env[key] }, &out, &errs)
	return code, out.String(), errs.String()
}

// oneLine fails unless a failed command said one line that holds the words.
func oneLine(t *testing.T, stderr string, words ...string) {
	t.Helper()
	if strings.Count(stderr, "\n") != 1 || !strings.HasPrefix(stderr, "gcm: ") {
		t.Errorf("not one line: %q", stderr)
	}
	for _, w := range words {
		if !strings.Contains(stderr, w) {
			t.Errorf("%q does not say %q", stderr, w)
		}
	}
}

// loaded returns the environment of a database of each make with Kazakhstan in it.
func loaded(t *testing.T, test func(t *testing.T, env map[string]string)) {
	t.Helper()
	dbtest.EachURL(t, func(t *testing.T, url string) {
		env := map[string]string{"GCM_DATABASE_URL": url}
		if code, _, stderr := gcm(t, env, "load", "kazakhstan"); code != exitDone {
			t.Fatal(stderr)
		}
		test(t, env)
	})
}

func TestWrongUsageExitsTwoAndSaysWhatToDo(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"fly"}, "gcm --help"},
		{[]string{"review", "build", "2022", "--format", ""}, "use docx, html, md, pdf, xlsx"},
		{[]string{"load"}, "gcm load --help"},
		{[]string{"load", "a", "b"}, "gcm load --help"},
		{[]string{"demo", "now"}, "does not take"},
		{[]string{"serve", "--colour"}, "--help"},
		{[]string{"review", "build"}, "a cycle"},
		{[]string{"review", "build", "2022", "--profile", "huge"}, "not full, compact, brief"},
		{[]string{"review", "build", "2022", "--format", "odt"}, "use docx, html, md, pdf, xlsx"},
		{[]string{"review", "questionnaire"}, "a cycle"},
		{[]string{"review", "questionnaire", "2022", "--format", "odt"}, "use docx, html, md, pdf, xlsx"},
		{[]string{"migrate", "sideways"}, "does not take"},
		{[]string{"audit", "verify", "--head", "5"}, "SEQ:HASH"},
		{[]string{"audit", "export", "--format", "xml", "--out", "x"}, "jsonl or csv"},
		{[]string{"audit", "export"}, "--out"},
		{[]string{"audit", "export", "--out", "x", "--from", "yesterday"}, "--from"},
		{[]string{"audit", "export", "--out", "x", "--to", "2026-02-30"}, "--to"},
	} {
		code, _, stderr := gcm(t, nil, c.args...)
		if code != exitUsage {
			t.Errorf("%v exits %d", c.args, code)
		}
		oneLine(t, stderr, c.says)
	}
}

func TestEveryWrongSettingIsReportedAtOnce(t *testing.T) {
	env := map[string]string{"GCM_DATABASE_URL": "mysql://x", "GCM_ADDR": "8080", "GCM_LOG_LEVEL": "loud", "GCM_LOG_FORMAT": "xml", "GCM_SECOND_FACTOR": "no", "GCM_OIDC_ISSUER": "id", "GCM_SESSION_IDLE": "soon", "GCM_SESSION_LIFETIME": "1s", "GCM_TRUSTED_PROXIES": "10.0.0.0/8, proxy", "GCM_METRICS_ADDR": "0.0.0.0:9090"}
	code, _, stderr := gcm(t, env, "serve")
	if code != exitUsage {
		t.Errorf("exits %d", code)
	}
	oneLine(t, stderr, "GCM_DATABASE_URL", "GCM_ADDR", "GCM_LOG_LEVEL", "GCM_LOG_FORMAT", "GCM_SESSION_IDLE", "GCM_SESSION_LIFETIME", "GCM_SECOND_FACTOR", "GCM_OIDC_ISSUER", "GCM_OIDC_CLIENT_ID", "GCM_METRICS_ADDR", `"proxy"`)
}

func TestFlagWinsOverEnvironment(t *testing.T) {
	dir := t.TempDir()
	env := map[string]string{"GCM_DATABASE_URL": "sqlite:" + filepath.Join(dir, "no-such-folder", "a.db")}
	if code, _, stderr := gcm(t, env, "migrate", "up", "--database", "sqlite:"+filepath.Join(dir, "b.db")); code != exitDone {
		t.Error(stderr)
	}
}

func TestHelpIsThereForEverything(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"demo", "--help"}, {"serve", "--help"}, {"migrate", "up", "--help"}, {"load", "--help"}, {"review", "build", "--help"}, {"audit", "verify", "--help"}, {"audit", "export", "--help"}, {"version", "--help"}, {"completion", "bash"}} {
		if code, stdout, stderr := gcm(t, nil, args...); code != exitDone || stdout == "" {
			t.Errorf("%v exits %d: %s", args, code, stderr)
		}
	}
}

func TestVersionNamesTheSchema(t *testing.T) {
	code, stdout, _ := gcm(t, nil, "version")
	newest, err := migrations.Newest()
	if err != nil {
		t.Fatal(err)
	}
	if code != exitDone || !strings.Contains(stdout, fmt.Sprint("schema ", newest)) || !strings.Contains(stdout, "go1.") {
		t.Errorf("exits %d: %s", code, stdout)
	}
}

func TestLoadingTwiceChangesNothingAndSaysSo(t *testing.T) {
	loaded(t, func(t *testing.T, env map[string]string) {
		code, stdout, stderr := gcm(t, env, "load", "kazakhstan")
		if code != exitDone || !strings.Contains(stdout, "nothing changed") {
			t.Errorf("exits %d: %s%s", code, stdout, stderr)
		}
	})
}

func TestUnknownPackLanguageAndCycleSayWhatThereIs(t *testing.T) {
	loaded(t, func(t *testing.T, env map[string]string) {
		dir := t.TempDir()
		for _, c := range []struct {
			args []string
			says string
		}{
			{[]string{"load", filepath.Join(dir, "nowhere")}, "name a folder with a country pack"},
			{[]string{"review", "build", "2022", "--lang", "fr", "--out", dir}, "kk, ru, en"},
			{[]string{"review", "build", "2022", "--lang", "kk,de", "--out", dir}, "kk, ru, en"},
			{[]string{"review", "build", "1999", "--out", dir}, "use one of 2022"},
			{[]string{"review", "build", "2022", "--out", filepath.Join(dir, "nowhere")}, "nowhere"},
		} {
			code, _, stderr := gcm(t, env, c.args...)
			if code != exitFailed {
				t.Errorf("%v exits %d", c.args, code)
			}
			oneLine(t, stderr, c.says)
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%v was left half-written", left)
		}
	})
}

func TestNewerDatabaseIsLeftAlone(t *testing.T) {
	loaded(t, func(t *testing.T, env map[string]string) {
		g, err := db.Open(t.Context(), env["GCM_DATABASE_URL"])
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close(g)
		if err := g.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, ?)", true).Error; err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"load", "kazakhstan"}, {"review", "build", "2022", "--out", t.TempDir()}, {"serve", "--addr", "127.0.0.1:0"}} {
			code, _, stderr := gcm(t, env, args...)
			if code != exitFailed {
				t.Errorf("%v exits %d", args, code)
			}
			oneLine(t, stderr, "use the newer program")
		}
	})
}

func TestPackOfAnotherStateSaysWhichLanguagesAreOffered(t *testing.T) {
	env := map[string]string{"GCM_DATABASE_URL": "sqlite:" + filepath.Join(t.TempDir(), "gcm.db")}
	code, stdout, stderr := gcm(t, env, "load", "../../countries/testdata/testland")
	if code != exitDone || !strings.Contains(stdout, `does not speak "fr" yet`) {
		t.Errorf("exits %d: %s%s", code, stdout, stderr)
	}
	dir := t.TempDir()
	if code, stdout, stderr = gcm(t, env, "review", "build", "2030", "--out", dir); code != exitDone || stdout != filepath.Join(dir, "review-2030-en.pdf")+"\n" {
		t.Errorf("exits %d: %s%s", code, stdout, stderr)
	}
	code, _, stderr = gcm(t, env, "review", "build", "2030", "--lang", "kk", "--out", dir)
	if code != exitFailed {
		t.Errorf("exits %d", code)
	}
	oneLine(t, stderr, "use one of en")
}

func TestTakingBackAStepSaysSo(t *testing.T) {
	env := map[string]string{"GCM_DATABASE_URL": "sqlite:" + filepath.Join(t.TempDir(), "gcm.db")}
	if code, _, stderr := gcm(t, env, "migrate", "up"); code != exitDone {
		t.Fatal(stderr)
	}
	newest, err := migrations.Newest()
	if err != nil {
		t.Fatal(err)
	}
	if code, stdout, _ := gcm(t, env, "migrate", "down"); code != exitDone || !strings.Contains(stdout, fmt.Sprint("schema is now ", newest-1)) {
		t.Errorf("exits %d: %s", code, stdout)
	}
}

func TestAskingDoesNotMakeADatabase(t *testing.T) {
	dir := t.TempDir()
	env := map[string]string{"GCM_DATABASE_URL": "sqlite:" + filepath.Join(dir, "gcm.db")}
	for _, args := range [][]string{{"migrate", "status"}, {"migrate", "down"}, {"review", "build", "2022", "--out", dir}} {
		code, _, stderr := gcm(t, env, args...)
		if code != exitFailed {
			t.Errorf("%v exits %d", args, code)
		}
		oneLine(t, stderr, "there is no database", "gcm migrate up")
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%v was made", left)
	}
}

func TestReviewNeedsTheSchemaFirst(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		code, _, stderr := gcm(t, map[string]string{"GCM_DATABASE_URL": url}, "review", "build", "2022")
		if code != exitFailed {
			t.Errorf("exits %d", code)
		}
		oneLine(t, stderr, "gcm migrate up")
	})
}

func TestTakenPortIsToldBeforeAnyWork(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := filepath.Join(t.TempDir(), "demo")
	for _, args := range [][]string{{"demo", "--dir", dir}, {"serve", "--database", "sqlite:" + dir + ".db"}} {
		code, _, stderr := gcm(t, nil, append(args, "--addr", taken.Addr().String())...)
		if code != exitFailed {
			t.Errorf("%v exits %d", args, code)
		}
		oneLine(t, stderr, "--addr", taken.Addr().String())
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the demo began to work")
	}
}

func TestLockedDatabaseIsOneClearLine(t *testing.T) {
	t.Parallel()
	url := "sqlite:" + filepath.Join(t.TempDir(), "gcm.db")
	env := map[string]string{"GCM_DATABASE_URL": url}
	if code, _, stderr := gcm(t, env, "load", "kazakhstan"); code != exitDone {
		t.Fatal(stderr)
	}
	g, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(g)
	_ = db.Transact(context.Background(), g, func(*db.DB) error { // another program writes for a long time
		code, _, stderr := gcm(t, env, "load", "kazakhstan")
		if code != exitFailed {
			t.Errorf("exits %d", code)
		}
		oneLine(t, stderr, "locked")
		return nil
	})
}

// TestMain lets a test start the program as a process of its own: the test
// binary behaves as gcm when this variable holds arguments.
func TestMain(m *testing.M) {
	if args := os.Getenv("GCM_TEST_ARGUMENTS"); args != "" {
		os.Exit(run(context.Background(), strings.Fields(args), os.Getenv, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// process prepares the program as a process of its own. A test that runs as root,
// to whom every file is writable, makes it nobody's.
func process(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	binary := filepath.Join(dir, "gcm")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(self)
	if err == nil {
		err = os.WriteFile(binary, b, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GCM_TEST_ARGUMENTS="+strings.Join(args, " "))
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	return cmd
}

func TestReadOnlyDatabaseIsOneClearLine(t *testing.T) {
	dir, err := os.MkdirTemp("", "gcm-read-only") // below a folder that anyone may enter
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o755); _ = os.RemoveAll(dir) })
	url := "sqlite:" + filepath.Join(dir, "gcm.db")
	if code, _, stderr := gcm(t, map[string]string{"GCM_DATABASE_URL": url}, "migrate", "up"); code != exitDone {
		t.Fatal(stderr)
	}
	cmd := process(t, dir, "load", "kazakhstan", "--database", url)
	for _, file := range []string{"gcm.db", "gcm.db-wal", "gcm.db-shm"} {
		_ = os.Chmod(filepath.Join(dir, file), 0o444)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != exitFailed {
		t.Errorf("%v: %s", err, stderr.String())
	}
	oneLine(t, stderr.String(), "writable")
}

func TestFileThatIsNoDatabaseIsOneClearLine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gcm.db")
	if err := os.WriteFile(file, bytes.Repeat([]byte("not a database "), 100), 0o644); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := gcm(t, nil, "migrate", "status", "--database", "sqlite:"+file)
	if code != exitFailed {
		t.Errorf("exits %d", code)
	}
	oneLine(t, stderr, "not an SQLite database")
}
