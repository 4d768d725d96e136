package countries_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"gcm/countries"
)

// FuzzRead puts any bytes in place of one file of a sound pack. The reader gives
// a pack or faults in single lines, never both and never a panic; what it lets
// through reads the same again.
func FuzzRead(f *testing.F) {
	names := []string{"pack.yaml", "agencies.yaml", "measures.yaml", "indicators.yaml", "dimensions.yaml", "questionnaire.yaml", "reviews/2030/en/key-messages.md", "sources/rapport.txt"}
	files := testland(f)
	for i, name := range names {
		f.Add(i, files[name].Data)
	}
	for i, text := range []string{
		"a: &a [*a]\n", "? [1, 2]\n: 3\n", "- {<<: {code: a}}\n", "- code: \"\\ud800\"\n", "\xff\xfe-\x00", strings.Repeat("[", 5000), "- mapping: [{objectives: [99999999999999999999]}]\n",
		"- code: a\n  observations: [{value: -0, qualifier: exact}, {value: 1.10, decimals: -3, qualifier: exact}]\n", "%YAML 1.1\n---\n- yes\n", "[^1] [^1]: [^2]:\n[^2]: count:x{a=b;c}\n",
	} {
		f.Add(i, []byte(text))
	}
	f.Fuzz(func(t *testing.T, which int, data []byte) {
		files := testland(t)
		files[names[(which%len(names)+len(names))%len(names)]] = &fstest.MapFile{Data: data}
		pack, err := countries.Read(files)
		var faults countries.Faults
		switch {
		case err == nil:
			if jsonOf(t, pack) != jsonOf(t, read(t, files)) {
				t.Error("the pack reads differently the second time")
			}
		case pack != nil || !errors.As(err, &faults) || len(faults) == 0:
			t.Errorf("got %v, %v", pack, err)
		}
		for _, fault := range faults {
			if strings.ContainsAny(fault.String(), "\n\r\x00\x1b") || fault.File == "" || fault.Problem == "" {
				t.Errorf("%q is no line that tells a fault", fault)
			}
		}
	})
}
