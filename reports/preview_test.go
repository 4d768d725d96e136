package reports_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"gcm/internal/db/dbtest"
	"gcm/internal/fault"
	"gcm/reports"
)

func TestPreviewIsWhatTheReviewPrints(t *testing.T) {
	s := kazakhstan(t, dbtest.SQLite(t))
	review, err := s.Reviews.ReviewByCycle(t.Context(), "2022")
	if err != nil {
		t.Fatal(err)
	}
	v, err := reports.ReadPreviewer(t.Context(), s, "2022")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"kk", "en"} {
		doc, err := reports.Compose(t.Context(), s, "2022", lang, reports.Full)
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range doc.Sections {
			text := review.Section(section.ID, lang)
			if text == nil || section.ID == reports.SectionObjectives || section.ID == reports.SectionAnnexes || section.ID == "key-messages" || section.ID == "methodology" {
				continue
			}
			got, err := v.Preview(section.ID, lang, text.Body)
			if err != nil || len(got.Faults) > 0 {
				t.Fatalf("%s: %v %v", section.ID, err, got.Faults)
			}
			section.NewPage = false
			if !reflect.DeepEqual(got.Section, section) {
				t.Errorf("%s in %s is previewed as something else", section.ID, lang)
			}
		}
	}
	namesWhatIsWrong(t, v)
}

// namesWhatIsWrong previews texts that cannot stand in the review.
func namesWhatIsWrong(t *testing.T, v *reports.Previewer) {
	t.Helper()
	got, err := v.Preview("objective-05", "ru", "Новый текст {{figure indicator:none@2021}}.\n\n## Часть\n\nДальше[^1]\n\n[^1]: measure:none")
	if err != nil || len(got.Faults) != 2 || !strings.HasSuffix(got.Section.Number, ".5") || len(got.Section.Blocks) != 3 {
		t.Errorf("got %+v, %v", got, err)
	}
	again, err := v.Preview("objective-05", "ru", "")
	if err != nil || len(again.Section.Blocks) != 1 || slices.Contains(again.Faults, nil) {
		t.Errorf("without a text it is %+v, %v", again.Section.Blocks, err)
	}
	if _, err := v.Preview("none", "ru", ""); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an unknown section gives %v", err)
	}
	if _, err := v.Preview("means", "de", ""); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an unknown language gives %v", err)
	}
}
