package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"gcm/reports"
	"gcm/reports/pdf/specimen"
)

// written is the rich specimen as a file.
func written(t *testing.T, lang string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), lang+".pdf")
	if err := os.WriteFile(path, drawn(t, specimen.Rich(lang)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func drawn(t *testing.T, doc reports.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, doc); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tool runs a program of poppler-utils or qpdf and returns what it says.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Fatalf("install it first: apt-get install poppler-utils qpdf (%v)", err)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// unbroken takes out spaces and soft hyphens, which depend on where lines end.
func unbroken(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00ad", "")), "")
}

func TestTextReadsBackAsWritten(t *testing.T) {
	for _, lang := range specimen.Langs {
		text := unbroken(tool(t, "pdftotext", "-raw", written(t, lang), "-"))
		sentences, found := 0, 0
		for _, paragraph := range specimen.Prose(lang)[:13] {
			for sentence := range strings.SplitSeq(paragraph, ". ") {
				sentences++
				if strings.Contains(text, unbroken(sentence)) {
					found++
				}
			}
		}
		if found*20 < sentences*19 { // a page's head and foot stand inside the others
			t.Errorf("%s: only %d of %d sentences can be read back", lang, found, sentences)
		}
		for _, want := range []string{"ӘәҒғҚқҢңӨөҰұҮүҺһІі", "№7", "₸", "−5≤x→", "й", "€₸₽$"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q can't be read back", lang, want)
			}
		}
	}
}

// lettered are letters that stand apart in every kind of text.
func lettered(letters string) reports.Document {
	return reports.Document{Lang: "kk", Title: letters, Sections: []reports.Section{{ID: "a", Title: "Әріптер", Blocks: []reports.Block{
		reports.Paragraph{Style: reports.Lead, Runs: reports.Text(letters)},
		reports.Para(letters),
		reports.Paragraph{Runs: []reports.Run{{Text: letters[:8], Bold: true}, {Text: letters[8:]}}},
		reports.Table{Columns: []reports.Column{{Title: "Әріптер"}, {Title: "Үлесі"}}, Rows: []reports.Row{{Cells: []reports.Cell{
			{Runs: reports.Text(letters)}, {Runs: reports.Text("5\u00a0%")}}}}},
	}}}}
}

func TestSpacesBetweenSingleLettersReadBack(t *testing.T) {
	const letters = "Ә Ғ Қ Ң Ө Ұ Ү Һ І"
	path := filepath.Join(t.TempDir(), "letters.pdf")
	if err := os.WriteFile(path, drawn(t, lettered(letters)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []string{"-raw", "-layout", "-nopgbrk"} { // the last is the default, without a mode
		text := tool(t, "pdftotext", mode, path, "-")
		if got := strings.Count(text, letters); got != 6 { // the cover, four texts, the running head
			t.Errorf("%s: %d of 6 lines of letters:\n%s", mode, got, text)
		}
		for _, want := range []string{"5 %", "2 / 3"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q", mode, want)
			}
		}
	}
}

func TestSpacesOfProseReadBack(t *testing.T) {
	for _, lang := range specimen.Langs {
		prose := specimen.Prose(lang)[:2] // one page: no head or foot stands inside a sentence
		path := filepath.Join(t.TempDir(), lang+".pdf")
		doc := reports.Document{Lang: lang, Sections: []reports.Section{{Title: "1", Blocks: []reports.Block{reports.Para(prose[0]), reports.Para(prose[1])}}}}
		if err := os.WriteFile(path, drawn(t, doc), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, mode := range []string{"-raw", "-nopgbrk"} {
			text := tool(t, "pdftotext", mode, path, "-")
			text = strings.Join(strings.Fields(strings.ReplaceAll(text, "\u00ad\n", "")), " ")
			for sentence := range strings.SplitSeq(strings.Join(prose, " "), ". ") {
				if !strings.Contains(sentence, "-") && !strings.Contains(text, sentence) { // the tool drops hyphens at lines' ends
					t.Errorf("%s %s: not as written: %s", lang, mode, sentence)
				}
			}
		}
	}
}

func TestFileIsSound(t *testing.T) {
	for _, lang := range specimen.Langs {
		path := written(t, lang)
		if out := tool(t, "qpdf", "--check", path); strings.Contains(strings.ToLower(out), "warning") {
			t.Errorf("%s: %s", lang, out)
		}
		info := tool(t, "pdfinfo", path)
		doc := specimen.Rich(lang)
		for _, want := range []string{doc.Title, doc.Author, "PDF version:     1.7", "Fri Apr 29 12:00:00 2022"} {
			if !strings.Contains(info, want) {
				t.Errorf("%s: pdfinfo does not say %q:\n%s", lang, want, info)
			}
		}
		if fonts := tool(t, "pdffonts", path); strings.Contains(fonts, " no ") && strings.Contains(fonts, "emb") && regexp.MustCompile(`Identity-H\s+no`).MatchString(fonts) {
			t.Errorf("%s: a font is not embedded:\n%s", lang, fonts)
		}
	}
}

func TestBookmarksLeadToTheirPages(t *testing.T) {
	doc := specimen.Rich("kk")
	c := compose(&doc)
	path := written(t, "kk")
	outline := tool(t, "qpdf", "--json", "--json-key=outlines", path)
	pages := regexp.MustCompile(`"destpageposfrom1": (\d+)`).FindAllStringSubmatch(outline, -1)
	if len(pages) != len(c.flow.marks) || len(pages) < 9 {
		t.Fatalf("%d bookmarks, want %d", len(pages), len(c.flow.marks))
	}
	got, want := map[string]int{}, map[string]int{}
	for i, m := range c.flow.marks {
		got[pages[i][1]]++
		want[strconv.Itoa(m.page+1)]++
	}
	for page, n := range want {
		if got[page] != n {
			t.Errorf("page %s has %d bookmarks, want %d", page, got[page], n)
		}
	}
}

func TestContentsNameThePageOfEachChapter(t *testing.T) {
	path := written(t, "ru")
	contents := tool(t, "pdftotext", "-f", "2", "-l", "2", "-layout", path, "-")
	for _, s := range specimen.Rich("ru").Sections {
		m := regexp.MustCompile(regexp.QuoteMeta(s.Title) + `\D*(\d+)`).FindStringSubmatch(contents)
		if m == nil {
			t.Errorf("%q is not in the contents:\n%s", s.Title, contents)
			continue
		}
		page := tool(t, "pdftotext", "-f", m[1], "-l", m[1], path, "-")
		if !strings.Contains(unbroken(page), unbroken(s.Title)) {
			t.Errorf("%q is not on page %s", s.Title, m[1])
		}
	}
}

func TestOnlySafeLinksAreWritten(t *testing.T) {
	doc := reports.Document{Lang: "en", Sections: []reports.Section{{ID: "a", Title: "A", Blocks: []reports.Block{
		reports.Paragraph{Runs: []reports.Run{
			{Text: "one ", Link: "https://example.org/қ?a=(b)"}, {Text: "two ", Link: "javascript:alert(1)"}, {Text: "three ", Link: "http://example.org"},
			{Text: "four ", Link: "#a"}, {Text: "five", Link: "#missing"}, {Text: "six", Link: "file:///etc/passwd"},
		}},
	}}}}
	c := compose(&doc)
	var got []string
	for _, p := range c.flow.pages[2:] {
		for _, l := range p.links {
			got = append(got, l.url+l.anchor)
		}
	}
	if want := "https://example.org/%D2%9B?a=(b) a"; strings.Join(got, " ") != want {
		t.Errorf("links %q, want %q", got, want)
	}
}

// drawHere makes the test binary draw an edition and end: a process of its own,
// with surroundings of its own.
const drawHere = "GCM_TEST_DRAW"

func TestMain(m *testing.M) {
	if lang := os.Getenv(drawHere); lang != "" {
		if err := Write(os.Stdout, specimen.Edition(lang)); err != nil {
			panic(err)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestAnyProcessGivesSameBytes(t *testing.T) {
	want := drawn(t, specimen.Edition("kk"))
	for _, around := range [][]string{
		{"GOMAXPROCS=1", "TZ=Asia/Almaty", "LC_ALL=kk_KZ.UTF-8", "LANG=kk_KZ.UTF-8"},
		{"GOMAXPROCS=8", "TZ=UTC", "LC_ALL=ru_RU.UTF-8", "LANG=ru_RU.UTF-8"},
		{"GOMAXPROCS=1", "TZ=UTC", "LC_ALL=C", "LANG=C"},
		{"GOMAXPROCS=8", "TZ=Asia/Almaty", "LC_ALL=en_US.UTF-8", "LANG=en_US.UTF-8", "GOGC=1"},
	} {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(around, drawHere+"=kk")
		got, err := cmd.Output()
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%v: %d bytes, want the same %d: %v", around, len(got), len(want), err)
		}
	}
}

func TestSameDocumentGivesSameBytes(t *testing.T) {
	doc := specimen.Edition("kk")
	want := drawn(t, doc)
	zone := time.Local
	defer func() { time.Local = zone }()
	for _, procs := range []int{1, 8} {
		for _, hours := range []int{-9, 5} {
			time.Local = time.FixedZone("there", hours*3600)
			before := runtime.GOMAXPROCS(procs)
			doc.Date = doc.Date.In(time.Local)
			if !bytes.Equal(drawn(t, doc), want) {
				t.Errorf("other bytes with %d processors, %d hours from Greenwich", procs, hours)
			}
			runtime.GOMAXPROCS(before)
		}
	}
}

func TestUndatedDocumentGivesSameBytes(t *testing.T) {
	one := drawn(t, reports.Document{Lang: "kk", Title: "Т"})
	time.Sleep(1100 * time.Millisecond) // a clock would show in the seconds
	if !bytes.Equal(one, drawn(t, reports.Document{Lang: "kk", Title: "Т"})) {
		t.Error("the clock is in the file")
	}
}

func TestFailedWriteIsReported(t *testing.T) {
	if err := Write(failing{}, specimen.Rich("en")); err == nil {
		t.Error("no error from a full disk")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestDrawingAtTheSameTimeIsSafe(t *testing.T) {
	want := drawn(t, specimen.Rich("ru"))
	got := make(chan []byte, 4)
	for range cap(got) {
		go func() {
			var b bytes.Buffer
			Write(&b, specimen.Rich("ru")) // a failure shows in the bytes
			got <- b.Bytes()
		}()
	}
	for range cap(got) {
		if !bytes.Equal(<-got, want) {
			t.Error("other bytes when drawn beside others")
		}
	}
}
