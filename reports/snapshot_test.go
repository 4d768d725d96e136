package reports_test

import (
	"reflect"
	"slices"
	"testing"

	"gcm/internal/db/dbtest"
	"gcm/reports"
)

func TestSnapshotIsReadBackAsItWas(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	before, err := reports.Freeze(t.Context(), s, "2022")
	if err != nil {
		t.Fatal(err)
	}
	body, hash, err := before.Seal()
	if err != nil {
		t.Fatal(err)
	}
	after, err := reports.OpenSnapshot(body)
	if err != nil {
		t.Fatal(err)
	}
	again, same, err := after.Seal()
	if err != nil || hash != same || !slices.Equal(body, again) {
		t.Errorf("the hash was %s and is %s, %v", hash, same, err)
	}
	for _, lang := range languages {
		for _, profile := range reports.Profiles {
			want := compose(t, s, lang, profile)
			got, ok := after.Document(lang, profile)
			if !ok || !reflect.DeepEqual(plainSlices(want), plainSlices(got)) {
				t.Errorf("the %s document in %s is another one", profile, lang)
			}
		}
	}
	if len(after.Texts) < 90 {
		t.Errorf("%d texts are kept", len(after.Texts))
	}
}

// plainSlices is a document in which empty and no slices are told apart no more,
// as in JSON.
func plainSlices(d reports.Document) string {
	body, _, err := (&reports.Snapshot{Documents: []reports.Frozen{{Document: d}}}).Seal()
	if err != nil {
		panic(err)
	}
	return string(body)
}

func TestForeignSnapshotIsRefused(t *testing.T) {
	for _, body := range []string{"", "{", `{"Cycle":"x","More":1}`, `{"Documents":[{"Document":{"Sections":[{"Blocks":[{"Kind":"spell","Block":{}}]}]}}]}`} {
		if _, err := reports.OpenSnapshot([]byte(body)); err == nil {
			t.Errorf("%q is read", body)
		}
	}
}
