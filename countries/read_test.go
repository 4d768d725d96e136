package countries_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"gcm/countries"
	"gcm/internal/fault"
	"gcm/objectives"
)

// testland returns the files of the fictional pack, to be changed at will.
func testland(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	dir := os.DirFS("testdata/testland")
	err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(dir, name)
		files[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// edit replaces old, which must be there, in a file of the pack.
func edit(t testing.TB, files fstest.MapFS, name, old, new string) {
	t.Helper()
	if files[name] == nil {
		t.Fatalf("there is no %s", name)
	}
	text := string(files[name].Data)
	if !strings.Contains(text, old) {
		t.Fatalf("%s holds no %q", name, old)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, new, 1))}
}

func read(t testing.TB, files fs.FS) *countries.Pack {
	t.Helper()
	p, err := countries.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func kazakhstan(t testing.TB) *countries.Pack {
	t.Helper()
	files, ok := countries.Embedded("kazakhstan")
	if !ok {
		t.Fatal("the program carries no pack of Kazakhstan")
	}
	return read(t, files)
}

func TestKazakhstanIsWhole(t *testing.T) {
	p := kazakhstan(t)
	observations, codes := 0, 0
	for _, i := range p.Indicators {
		observations += len(i.Observations)
	}
	for _, d := range p.Dimensions {
		codes += len(d.Codes)
	}
	for what, n := range map[string][2]int{
		"measures": {len(p.Measures), 64}, "indicators": {len(p.Indicators), 70}, "observations": {observations, 140},
		"challenges": {len(p.Challenges), 67}, "agencies": {len(p.Agencies), 44}, "legal instruments": {len(p.LegalInstruments), 27},
		"terms": {len(p.Terms), 51}, "dimensions": {len(p.Dimensions), 15}, "dimension codes": {codes, 55},
		"sources": {len(p.Sources), 1}, "cycles": {len(p.Cycles), 1}, "reviews": {len(p.Reviews), 1},
		"quotes": {len(quotes(p)), 44 + 27 + 6 + 64 + 28 + 11 + 67 + 15 + 51 + 140},
	} {
		if n[0] != n[1] {
			t.Errorf("%d %s, want %d", n[0], what, n[1])
		}
	}
	stated := 0
	for _, m := range p.Measures {
		if m.Mapping[0].Basis == string(objectives.Stated) {
			stated++
		}
	}
	if stated != 11 {
		t.Errorf("%d measures are mapped by the source itself, want 11", stated)
	}
}

func TestEveryQuoteOfKazakhstanStandsInItsSource(t *testing.T) {
	p := kazakhstan(t)
	text := []rune(p.Sources[0].Body)
	for _, q := range quotes(p) {
		end := q.Offset + len([]rune(q.Text))
		if q.Source != p.Sources[0].Code || q.Offset < 0 || end > len(text) || string(text[q.Offset:end]) != q.Text {
			t.Errorf("%q does not stand at %d of %s", q.Text, q.Offset, q.Source)
		}
	}
}

// quotes returns all quotes of the pack, those of mappings too.
func quotes(p *countries.Pack) objectives.Quotes {
	var all objectives.Quotes
	ofLinks := func(links []countries.Link) {
		for _, l := range links {
			all = append(all, l.Quotes...)
		}
	}
	for _, a := range p.Agencies {
		all = append(all, a.Quotes...)
	}
	for _, l := range p.LegalInstruments {
		all = append(all, l.Quotes...)
	}
	for _, m := range p.Measures {
		all = append(all, m.Quotes...)
		ofLinks(m.Mapping)
	}
	for _, c := range p.Challenges {
		all = append(all, c.Quotes...)
		ofLinks(c.Mapping)
	}
	for _, i := range p.Indicators {
		ofLinks(i.Mapping)
		for _, o := range i.Observations {
			all = append(all, o.Quotes...)
		}
	}
	for _, term := range p.Terms {
		all = append(all, term.Quotes...)
	}
	return all
}

func TestPackSaysTheSameHoweverItsLinksAreGrouped(t *testing.T) {
	files := testland(t)
	edit(t, files, "indicators.yaml", "- measures: [bridge, ferry]\n      basis: inferred\n      rank: primary",
		"- measures: [ferry]\n      basis: inferred\n      rank: primary\n    - measures: [bridge]\n      rank: primary\n      basis: inferred")
	if got, want := jsonOf(t, read(t, files)), jsonOf(t, read(t, testland(t))); got != want {
		t.Error(firstDifference(got, want))
	}
}

func TestValueKeepsTheDigitsItIsShownWith(t *testing.T) {
	o := read(t, testland(t)).Indicators[0].Observations
	if o[0].Value != "1200" || o[1].Value != "-0.50" || o[1].Decimals != nil || o[2].Value != "33.333" || *o[2].Decimals != 1 || o[3].Value != "" {
		t.Errorf("got %+v", o)
	}
}

func TestFolderIsReadFromTheDisk(t *testing.T) {
	p, err := countries.ReadFolder("testdata/testland")
	if err != nil || p.Country.Code != "TST" {
		t.Fatalf("%v, %v", p, err)
	}
}

func TestTemplateIsAPackToBeginWith(t *testing.T) {
	p, err := countries.ReadFolder("template")
	if err != nil || len(p.Indicators) != 1 || len(p.Measures) != 1 || len(p.Dimensions) != 2 {
		t.Fatalf("%+v, %v", p, err)
	}
	whole, err := os.ReadFile("template/indicators.yaml")
	if err != nil {
		t.Fatal(err)
	}
	// What it only hints at is right too.
	files := fstest.MapFS{"indicators.yaml": {Data: []byte(strings.ReplaceAll(string(whole), "  # ", "  "))}}
	for _, name := range []string{"pack.yaml", "agencies.yaml", "dimensions.yaml", "measures.yaml"} {
		b, err := os.ReadFile("template/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: b}
	}
	if i := read(t, files).Indicators[0]; i.Baseline == nil || len(i.Targets) != 1 || len(i.Breaks) != 1 || i.Scope != "proxy" || i.Limits["en"] == "" {
		t.Errorf("%+v", i)
	}
}

func TestWhatIsNoPackIsSaidPlainly(t *testing.T) {
	empty, file, broken := t.TempDir(), filepath.Join(t.TempDir(), "pack.yaml"), t.TempDir()
	for _, name := range []string{file, filepath.Join(broken, "measures.yaml")} {
		if err := os.WriteFile(name, []byte("code: KAZ\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for dir, want := range map[string]string{
		empty:              "pack.yaml: is missing: a country pack is a folder with this file",
		broken:             "pack.yaml: is missing",
		file:               "is a file: a country pack is a folder with pack.yaml",
		empty + "/nowhere": "there is no folder",
		"":                 "there is no folder",
	} {
		p, err := countries.ReadFolder(dir)
		if p != nil || fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q gives %v, %v; want %q", dir, p, err, want)
		}
	}
}

func TestNoLinkLeadsOutOfAPack(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, testland(t)); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(t.TempDir(), "secret.yaml")
	if err := os.WriteFile(secret, []byte("- code: secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "challenges.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, "challenges.yaml")); err != nil {
		t.Fatal(err)
	}
	_, err := countries.ReadFolder(dir)
	if err == nil || !strings.Contains(err.Error(), "challenges.yaml: is a link that leads out") || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}

func TestFaultNamesFileLineRecordAndField(t *testing.T) {
	files := testland(t)
	edit(t, files, "measures.yaml", "lead_agency: lake-board", "lead_agency: nobody")
	edit(t, files, "pack.yaml", "fr: Testlande", "de: Testland")
	edit(t, files, "reviews/2030/en/key-messages.md", "measure:bridge", "measure:tunnel")
	_, err := countries.Read(files)
	var faults countries.Faults
	if !errors.As(err, &faults) {
		t.Fatalf("got %v", err)
	}
	want := []string{
		"measures.yaml:12: bridge: lead_agency: there is no nobody in agencies.yaml",
		"pack.yaml:5: name.fr: is missing: the text is needed in en, fr",
		"pack.yaml:6: name.de: is no language of this pack, which has en, fr",
		"reviews/2030/en/key-messages.md:5: measure:tunnel: there is no such record",
	}
	if got := err.Error(); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}
