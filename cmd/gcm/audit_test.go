package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gcm/internal/audit"
	"gcm/internal/db"
)

// order runs SQL on the database of an environment.
func order(t *testing.T, env map[string]string, sql ...string) {
	t.Helper()
	conn, err := db.Open(t.Context(), env["GCM_DATABASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(conn)
	for _, s := range sql {
		if err := conn.Exec(s).Error; err != nil {
			t.Fatal(err)
		}
	}
}

// unguarded takes the log's triggers away.
func unguarded(env map[string]string) []string {
	if strings.HasPrefix(env["GCM_DATABASE_URL"], "postgres") {
		return []string{"ALTER TABLE audit_entries DISABLE TRIGGER ALL"}
	}
	return []string{"DROP TRIGGER audit_entries_not_changed", "DROP TRIGGER audit_entries_not_deleted"}
}

func TestAuditLogIsVerifiedAgainstItselfAndANotedHead(t *testing.T) {
	loaded(t, func(t *testing.T, env map[string]string) {
		code, stdout, stderr := gcm(t, env, "audit", "verify")
		head := regexp.MustCompile(`whole: (\d+) entries, head (\d+:[0-9a-f]{64})\n$`).FindStringSubmatch(stdout)
		if code != exitDone || head == nil || head[1] == "0" {
			t.Fatalf("exits %d: %s%s", code, stdout, stderr)
		}
		if code, _, stderr := gcm(t, env, "audit", "verify", "--head", head[2]); code != exitDone {
			t.Errorf("exits %d: %s", code, stderr)
		}
		code, stdout, stderr = gcm(t, env, "audit", "verify", "--head", "1:"+strings.Repeat("0", 64), "--head", "999999:"+strings.Repeat("0", 64))
		if code != exitFailed || strings.Count(stdout, "\n") != 2 || !strings.Contains(stdout, "rewritten") || !strings.Contains(stdout, "cut off up to 999999") {
			t.Errorf("exits %d: %s", code, stdout)
		}
		oneLine(t, stderr, "backup")
		order(t, env, append(unguarded(env), "UPDATE audit_entries SET who = 'nobody' WHERE seq = 2", "DELETE FROM audit_entries WHERE seq = 4")...)
		code, stdout, stderr = gcm(t, env, "audit", "verify")
		lines := strings.Split(strings.TrimSpace(stdout), "\n")
		if code != exitFailed || len(lines) != 2 || !strings.HasPrefix(lines[0], "2\t20") || !strings.Contains(lines[0], "changed") || !strings.HasPrefix(lines[1], "4\t20") || !strings.Contains(lines[1], "missing up to 4") {
			t.Errorf("exits %d: %s", code, stdout)
		}
		oneLine(t, stderr, "not what was written")
	})
}

func TestEveryKindOfFindingHasItsWords(t *testing.T) {
	for _, kind := range audit.Kinds {
		line := findingLines(audit.Report{Findings: []audit.Finding{{Kind: kind, Seq: 3, Other: 4}}})[0]
		if !strings.HasPrefix(line, "3\t-\t-\t") || strings.Contains(line, "%") || len(line) < 20 {
			t.Errorf("%s: %q", kind, line)
		}
	}
	if lines := findingLines(audit.Report{More: 7}); lines[0] != "and 7 more" {
		t.Error(lines)
	}
}

func TestAuditLogIsExported(t *testing.T) {
	loaded(t, func(t *testing.T, env map[string]string) {
		dir := t.TempDir()
		table := filepath.Join(dir, "log.csv")
		if code, _, stderr := gcm(t, env, "audit", "export", "--format", "csv", "--out", table, "--noun", "measure", "--record", "e-visa"); code != exitDone {
			t.Fatal(stderr)
		}
		f, err := os.Open(table)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil || len(rows) != 2 || rows[1][9] != "e-visa" {
			t.Errorf("%q, %v", rows, err)
		}
		if info, err := f.Stat(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("others may read it: %v, %v", info.Mode(), err)
		}
		lines := filepath.Join(dir, "log.jsonl")
		for _, c := range []struct {
			args  []string
			whole bool
		}{{nil, true}, {[]string{"--from", "2020-01-01"}, true}, {[]string{"--to", "2020-01-01"}, false}} {
			if code, _, stderr := gcm(t, env, append([]string{"audit", "export", "--out", lines}, c.args...)...); code != exitDone {
				t.Fatal(stderr)
			}
			if b, err := os.ReadFile(lines); err != nil || strings.HasPrefix(string(b), `{"seq":1,`) != c.whole {
				t.Errorf("%v: %d bytes, %v", c.args, len(b), err)
			}
		}
	})
}
