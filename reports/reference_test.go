package reports

import (
	"reflect"
	"strings"
	"testing"

	"gcm/indicators"
)

func TestFootnoteNamesItsRecords(t *testing.T) {
	none := indicators.Breakdown{}
	for text, want := range map[string][]Reference{
		"measure:e-visa":    {{Kind: RefMeasure, Code: "e-visa", Breakdown: none}},
		"law:labour-code":   {{Kind: RefLaw, Code: "labour-code", Breakdown: none}},
		"challenge:no-data": {{Kind: RefChallenge, Code: "no-data", Breakdown: none}},
		"indicator:refugees-registered@2021-09-01{citizenship=AF}": {
			{Kind: RefIndicator, Code: "refugees-registered", Period: "2021-09-01", Breakdown: indicators.Breakdown{"citizenship": "AF"}}},
		"indicator:growth{source_country=TR}": {
			{Kind: RefIndicator, Code: "growth", Breakdown: indicators.Breakdown{"source_country": "TR"}}},
		"indicator:arrivals@2016; indicator:arrivals@2018/2020": {
			{Kind: RefIndicator, Code: "arrivals", Period: "2016", Breakdown: none},
			{Kind: RefIndicator, Code: "arrivals", Period: "2018/2020", Breakdown: none}},
		"indicator:permits@2020{flow=arrivals;sector=mining};measure:e-visa": {
			{Kind: RefIndicator, Code: "permits", Period: "2020", Breakdown: indicators.Breakdown{"flow": "arrivals", "sector": "mining"}},
			{Kind: RefMeasure, Code: "e-visa", Breakdown: none}},
		"count:legal_instruments":      {{Kind: RefCount, Code: "legal_instruments", Breakdown: none}},
		"count:measures{basis=stated}": {{Kind: RefCount, Code: "measures", Breakdown: indicators.Breakdown{"basis": "stated"}}},
	} {
		got, err := ParseReferences(text)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q gives %+v, %v", text, got, err)
		}
	}
}

func TestWrongReferenceIsRefused(t *testing.T) {
	for _, text := range []string{
		"", "e-visa", "measure:", "measure:E-Visa", "measure:e_-visa", "page:5", "measure:e-visa;", "measure:e-visa measure:e-visa",
		"indicator:arrivals@", "indicator:arrivals@2019-13", "indicator:arrivals@2020/2019", "indicator:arrivals{}",
		"indicator:arrivals{flow}", "indicator:arrivals{flow=a", "indicator:arrivals{flow=a}@2019",
		"measure:e-visa@2019", "law:labour-code{a=b}", "count:measures@2019",
	} {
		if refs, err := ParseReferences(text); err == nil {
			t.Errorf("%q gives %v, want an error", text, refs)
		}
	}
}

func FuzzParseReferences(f *testing.F) {
	f.Add("indicator:refugees-registered@2021-09-01{citizenship=AF}; measure:e-visa")
	f.Add("count:measures{basis=stated}")
	f.Add("indicator:a{b=c;d=e}")
	f.Fuzz(func(t *testing.T, text string) {
		refs, err := ParseReferences(text)
		if err != nil {
			return
		}
		var parts []string
		for _, r := range refs {
			parts = append(parts, r.String())
		}
		again, err := ParseReferences(strings.Join(parts, "; "))
		if err != nil || !reflect.DeepEqual(again, refs) {
			t.Errorf("%q gives %v, and written again %v, %v", text, refs, again, err)
		}
	})
}
