package audit

import (
	"slices"
	"testing"
)

func TestDifferencesNameTheFieldsThatChanged(t *testing.T) {
	for _, c := range []struct {
		name, before, after string
		want                []Difference
	}{
		{"nothing", `{"a":1}`, `{"a":1}`, nil},
		{"order of fields", `{"a":1,"b":2}`, `{"b":2,"a":1}`, nil},
		{"a text in one language", `{"progress":{"status":"planned","narrative":{"kk":"бір","ru":"один"}}}`, `{"progress":{"status":"planned","narrative":{"kk":"екі","ru":"один"}}}`,
			[]Difference{{"progress.narrative.kk", "бір", "екі"}}},
		{"fields in the order in which they stand", `{"z":1,"a":2}`, `{"z":3,"a":4,"m":5}`, []Difference{{"z", "1", "3"}, {"a", "2", "4"}, {"m", "", "5"}}},
		{"something new", "", `{"name":{"kk":"х"},"tags":["a","b"],"none":null,"empty":{}}`, []Difference{{"name.kk", "", "х"}, {"tags", "", "a, b"}}},
		{"something gone", `{"name":"x"}`, "", []Difference{{"name", "x", ""}}},
		{"a row taken out", `{"rows":[{"v":1},{"v":2},{"v":3}]}`, `{"rows":[{"v":1},{"v":3}]}`, []Difference{{"rows.2.v", "2", ""}}},
		{"a row put in", `{"rows":[{"v":1},{"v":3}]}`, `{"rows":[{"v":1},{"v":2},{"v":3}]}`, []Difference{{"rows.2.v", "", "2"}}},
		{"a row changed", `{"rows":[{"v":1},{"v":2},{"v":3}]}`, `{"rows":[{"v":1},{"v":9},{"v":3}]}`, []Difference{{"rows.2.v", "2", "9"}}},
		{"zero is not missing", `{"value":null}`, `{"value":0}`, []Difference{{"value", "", "0"}}},
		{"figures keep their digits", `{"v":1.10}`, `{"v":12345678901234567890}`, []Difference{{"v", "1.10", "12345678901234567890"}}},
		{"plain lists as one", `{"l":[1,2]}`, `{"l":[1,3]}`, []Difference{{"l", "1, 2", "1, 3"}}},
		{"another kind of value", `{"a":{"b":1}}`, `{"a":"x"}`, []Difference{{"a", "b: 1", "x"}}},
		{"no JSON", "{", "x", []Difference{{"", "{", "x"}}},
	} {
		if got := Differences(c.before, c.after); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzDifferences(f *testing.F) {
	f.Add(`{"a":[{"b":1},{"b":2}]}`, `{"a":[{"b":2}],"a":null}`)
	f.Add(`[1,{"x":[]}]`, `{]`)
	f.Fuzz(func(t *testing.T, before, after string) {
		if d := Differences(before, before); len(d) != 0 {
			t.Errorf("%q differs from itself: %q", before, d)
		}
		Differences(before, after)
	})
}
