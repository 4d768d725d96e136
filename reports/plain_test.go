package reports

import "testing"

func TestPlainTextHasTheWordsAlone(t *testing.T) {
	s := ReviewSection{Body: "## Кім *үйлестіреді*\n\nДереккөз **атамайды**[^1],\nбірақ [сілтейді](https://un.org).\n\n> Толтыру ұсынылады.\n\n- бір\n- екі\n\n[^1]: indicator:refugees\n"}
	if got, want := s.Plain(), "Кім үйлестіреді\nДереккөз атамайды, бірақ сілтейді.\nбір\n\nекі"; got != want {
		t.Errorf("%q", got)
	}
	if got := (&ReviewSection{}).Plain(); got != "" {
		t.Errorf("%q", got)
	}
}
