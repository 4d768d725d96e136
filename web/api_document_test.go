package web

import (
	"net/http"
	"os"
	"regexp"
	"testing"
)

func TestExamplesOfTheDocumentAreAnswered(t *testing.T) {
	document, err := os.ReadFile("../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := regexp.MustCompile(`curl -s (?:-H 'Accept: ([^']*)' )?'https://gcm\.example([^']*)'`).FindAllSubmatch(document, -1)
	if len(examples) < 9 {
		t.Fatalf("only %d examples", len(examples))
	}
	for _, e := range examples {
		if w := get(loaded(t), string(e[2]), "Accept", string(e[1])); w.Code != http.StatusOK {
			t.Errorf("%s answers %d %s", e[2], w.Code, w.Body)
		}
	}
}

func TestPageOfTheAPILeadsToItsAnswers(t *testing.T) {
	h := loaded(t)
	for path, want := range map[string]string{
		"/ru/api/try?operation=showMeasure&code=e-visa&lang=ru&fields=": apiPath + "/measures/e-visa?lang=ru", "/en/api/try?operation=showMeasure&code=a%2Fb": apiPath + "/measures/a%2Fb",
		"/en/api/try?operation=nonsense": "/en/api", "/en/api/try": "/en/api", "/api": "/kk/api", apiPath + "/docs": "/kk/api",
	} {
		if got := get(h, path).Header().Get("Location"); got != want {
			t.Errorf("%s leads to %s, not %s", path, got, want)
		}
	}
}
