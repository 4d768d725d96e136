package web

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"gcm/web/browsertest"
)

// printed are the sheets of a page printed on A4, as texts.
func printed(t *testing.T, ctx context.Context, url string) []string {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
	pdf, err := chromedp.Call(ctx, cdppage.PrintToPDF, cdppage.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, pdf.Data, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("pdftotext", "-raw", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext, of the package poppler-utils: %v", err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
}

func TestPrintedPagesEndInTheirContents(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(loaded(t))
	t.Cleanup(server.Close)
	ctx := browsertest.Start(t)
	for _, path := range []string{"/kk/", "/ru/", "/en/", "/ru/indicators/refugees-registered", "/kk/indicators/remittance-inflow", "/en/objectives/5", "/ru/measures/e-visa", "/en/matrix", "/ru/timeline"} {
		sheets := printed(t, ctx, server.URL+path)
		if strings.Contains(sheets[len(sheets)-1], "A/RES/73/195.") || !strings.Contains(sheets[0], "A/RES/73/195") {
			t.Errorf("%s: the foot does not stand at the head of the first sheet", path)
		}
		for n, sheet := range sheets {
			if len(strings.Fields(sheet)) < 10 {
				t.Errorf("%s: sheet %d holds only %q", path, n+1, sheet)
			}
		}
	}
}

func TestOverviewIsPrintedWithItsPictureOnTheFirstSheet(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(loaded(t))
	t.Cleanup(server.Close)
	ctx := browsertest.Start(t)
	for lang, last := range map[string]string{"kk": "мәні жоқ", "ru": "нет значений", "en": "no values"} {
		if sheets := printed(t, ctx, server.URL+"/"+lang+"/"); !strings.Contains(unspaced(sheets[0]), unspaced(last)) || len(sheets) > 4 {
			t.Errorf("%s: of %d sheets the first holds %q", lang, len(sheets), sheets[0])
		}
	}
}

// unspaced takes out the spaces, which small letters of a picture do not always show.
func unspaced(text string) string { return strings.Join(strings.Fields(text), "") }
