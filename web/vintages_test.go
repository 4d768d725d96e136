package web

import (
	"net/http"
	"strings"
	"testing"

	"gcm/internal/i18n"
)

func TestWhoBroughtAValueIsSaidInTheReadersLanguage(t *testing.T) {
	o := officeOf(t, country.SQLite(t))
	for lang, words := range map[string][]string{
		"kk": {"<td>елдің деректер жинағы</td>", "<td>елдің деректер жинағы KAZ</td>"},
		"ru": {"<td>набор данных страны</td>", "<td>набор данных страны KAZ</td>"},
		"en": {"<td>country pack</td>", "<td>country pack KAZ</td>"},
	} {
		w := o.coordinator.get("/work/indicators/refugees-registered/values?lang=" + lang)
		must(t, w, http.StatusOK, words...)
		if strings.Contains(w.Body.String(), "<td>pack KAZ</td>") {
			t.Errorf("%s: the note of the program is shown as it is stored", lang)
		}
	}
}

func TestOnlyNotesOfTheProgramArePutIntoWords(t *testing.T) {
	p, err := i18n.New("en")
	if err != nil {
		t.Fatal(err)
	}
	r := &request{p: p}
	for noted, want := range map[string]string{
		"pack KAZ": "country pack KAZ", "entry E-1, E-2": "entry E-1, E-2", "vanished E-1": "vanished E-1",
		"pack of lies": "pack of lies", "pack ": "pack ", "a person's reason": "a person's reason", "": "",
	} {
		if got := r.noted(noted); got != want {
			t.Errorf("%q is shown as %q, not %q", noted, got, want)
		}
	}
	for name, want := range map[string]string{"country pack": "country pack", "Aliya": "Aliya", "": ""} {
		if got := r.actorName(name); got != want {
			t.Errorf("%q is named %q, not %q", name, got, want)
		}
	}
}
