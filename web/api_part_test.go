package web

import (
	"encoding/json"
	"net/http"
	"testing"
)

func TestListOfObservationsShowsWhatTheirIndicatorsDo(t *testing.T) {
	conn := country.SQLite(t)
	conn.NowFunc = now
	h := open(t, config(t, conn))
	type figures struct {
		Items []apiObservation
		Next  string
	}
	listed := map[string]int{}
	for next, first := "", true; first || next != ""; first = false {
		part := fetched[figures](t, h, apiPath+"/observations?limit=500&cursor="+next)
		for _, o := range part.Items {
			listed[o.Indicator]++
		}
		next = part.Next
	}
	list, err := h.site.indicators.Indicators(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, ind := range list {
		n := len(released(ind.Observations))
		total += n
		if listed[ind.Code] != n {
			t.Errorf("%s has %d observations and %d are listed", ind.Code, n, listed[ind.Code])
		}
	}
	if total < 100 {
		t.Errorf("only %d observations", total)
	}
	if w := get(h, apiPath+"/indicators/nonsense/observations"); w.Code != http.StatusNotFound || !json.Valid(w.Body.Bytes()) {
		t.Errorf("the observations of no indicator answer %d", w.Code)
	}
}
