package rulestest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// Readers has programs of three other makers read a file; none may complain.
func Readers(t *testing.T, pdf []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if out := tool(t, "qpdf", "--check", path); !strings.Contains(out, "No syntax or stream encoding errors found") {
		t.Errorf("qpdf: %s", out)
	}
	told := tool(t, "mutool", "draw", "-q", "-F", "stext", "-o", os.DevNull, path)
	if told = strings.ReplaceAll(told, "warning: ICC support is not available\n", ""); told != "" { // Debian's is built without it
		t.Errorf("mutool: %s", told)
	}
	model.ConfigPath = "disable" // it would keep settings in the user's folder
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationStrict
	err := api.Validate(bytes.NewReader(pdf), conf)
	if err != nil && strings.Contains(err.Error(), "entry=AFRelationship: unsupported in version 1.7") { // PDF/A-3 has it there
		conf.ValidationMode = model.ValidationRelaxed
		err = api.Validate(bytes.NewReader(pdf), conf)
	}
	if err != nil {
		t.Errorf("pdfcpu: %v", err)
	}
}

func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v (is it installed? `make install` does it)\n%s", name, err, out)
	}
	return string(out)
}
