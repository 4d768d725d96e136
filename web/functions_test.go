package web

import "testing"

func TestShortHyphenatedWordsStayOnOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"көші-қон саясаты": `<span class="nb">көші-қон</span> саясаты`,
		"2019-2020":        "2019-2020",
		"a <b-c> & d":      `a &lt;<span class="nb">b-c</span>&gt; &amp; d`,
		"":                 "",
	} {
		if got := string(unbroken(text)); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}
