package search

import (
	"slices"
	"strings"
	"testing"
)

// texts is a small library in which the same is said in three languages.
func texts() *Index {
	return New([]Document{
		{Kind: "measure", Title: map[string]string{
			"kk": "Халықтың көші-қоны туралы заң", "ru": "Закон о миграции населения", "en": "Law on population migration",
		}, Text: map[string]string{
			"kk": "Қазақстан Республикасы шетелдіктердің жұмысын реттейді.", "ru": "Республика Казахстан регулирует труд иностранцев.", "en": "The Republic of Kazakhstan regulates the work of foreigners.",
		}},
		{Kind: "indicator", Title: map[string]string{
			"kk": "Тіркелген босқындар", "ru": "Зарегистрированные беженцы", "en": "Registered refugees",
		}, Text: map[string]string{"kk": "Сөздерінің мағынасы түсіндірілген.", "ru": "Обзор положения беженцев.", "en": "How many refugees stay."}},
		{Kind: "term", Title: map[string]string{"kk": "Сөз", "ru": "Слово", "en": "Word"}, Text: map[string]string{"ru": "Одно слово, и заявление о миграции."}},
		{Kind: "measure", Title: map[string]string{"kk": "E-Visa жобасы", "ru": "Проект E-Visa", "en": "The E-Visa project"}},
	})
}

// found are the kinds of what a query finds, the best first.
func found(x *Index, text string) string {
	var kinds []string
	for _, h := range x.Find(Query{Text: text, Lang: "kk", Limit: 10}).Hits {
		kinds = append(kinds, x.Document(h.Document).Kind)
	}
	return strings.Join(kinds, " ")
}

func TestWordsAreFoundInAnyFormAndSpelling(t *testing.T) {
	x := texts()
	for query, want := range map[string]string{
		// forms
		"сөз": "term indicator", "сөздер": "term indicator", "сөздерінің": "term indicator", "обзора": "indicator", "обзором": "indicator",
		"беженец": "indicator", "иностранец": "measure", "bezhenets": "indicator",
		"миграция": "measure term", "миграцией": "measure term", "миграционный": "measure", "босқындардың": "indicator", "босқын": "indicator",
		"refugee": "indicator", "migrations": "measure", "халқы": "measure", "заңына": "measure",
		// without Kazakh letters
		"соз": "term indicator", "создер": "term indicator", "коши-кон": "measure", "кошикон": "measure", "боскындар": "indicator", "шетелдиктер": "measure", "тиркелген": "indicator",
		// Latin letters
		"kazakstan": "measure", "qazaqstan": "measure", "kazakhstan": "measure", "Qazaqstanda": "measure", "qazaqstannyñ": "measure",
		"migratsiya": "measure term", "migraciya": "measure term", "migratsii": "measure term", "migrasia": "measure term", "koshi-qon": "measure", "kóshi-qon": "measure", "köşi-qon": "measure",
		"bosqyndar": "indicator", "boskyndar": "indicator", "sözder": "term indicator", "jumys": "measure", "zhumys": "measure", "bezhentsy": "indicator", "bejencev": "indicator",
		// slips
		"миграцыя": "measure term", "мигарция": "measure term", "refuges": "indicator", "refugeees": "indicator", "казахстн": "measure", "бсқындар": "indicator", "kazkhstan": "measure",
		// beginnings
		"респуб": "measure", "refug": "indicator", "зарег": "indicator",
		// hyphens
		"e-visa": "measure", "evisa": "measure", "E VISA": "measure",
		// all words, else some
		"закон миграция": "measure", "law refugees": "indicator measure",
		// nothing
		"слоненок": "", "qweqwe": "", "xyzzy": "", "dolor": "", "zhodz": "", "фывапр": "", "": "", "и": "", "және туралы": "", "the of": "", "!!! ???": "",
	} {
		if got := found(x, query); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestRussianWordMeetsItsFormsOfAnotherStem(t *testing.T) {
	for _, forms := range []string{
		"беженец беженца беженцы беженцев беженцами", "иностранец иностранцем", "рынок рынка рынков рынку", "проверок проверка проверки", "участок участков участка",
		"ребёнок ребёнка", "поток потока потоков", "человек человека", "европеец европейца", "месяц месяца месяцев",
		"гражданин гражданина граждане граждан гражданам", "ребёнок дети детей детьми", "человек люди людей людьми",
	} {
		var stem string
		for i, form := range strings.Fields(forms) {
			if got := stems(form, "ru")[0]; i == 0 {
				stem = got
			} else if got != stem {
				t.Errorf("%s is %q and not %q", form, got, stem)
			}
		}
	}
	for _, apart := range [][2]string{{"срок", "сырок"}, {"отец", "отц"}} {
		if stems(apart[0], "ru")[0] == stems(apart[1], "ru")[0] {
			t.Errorf("%s meets %s", apart[0], apart[1])
		}
	}
}

func TestResultSaysHowWordsWereTaken(t *testing.T) {
	x := texts()
	r := x.Find(Query{Text: "мигарция refugees и zzzzzz", Limit: 1})
	if !r.Some || len(r.Asked) != 3 || !slices.Contains(r.Asked[0].Taken, "миграции") || r.Asked[1].Taken != nil || r.Asked[2].Found {
		t.Errorf("%+v", r)
	}
	if r := x.Find(Query{Text: "закон миграции", Limit: 5}); r.Some || r.All != 1 {
		t.Errorf("%+v", r)
	}
}

func TestKindsAreCountedAndChosen(t *testing.T) {
	x := texts()
	r := x.Find(Query{Text: "миграция", Kind: "term", Lang: "ru", Limit: 10})
	if r.Total != 1 || r.All != 2 || r.Kinds["measure"] != 1 || r.Kinds["term"] != 1 || len(r.Hits) != 1 {
		t.Errorf("%+v", r)
	}
	for _, q := range []Query{{Text: "миграция", Offset: 5, Limit: 5}, {Text: "миграция", Offset: -1, Limit: -1}} {
		if r := x.Find(q); r.Total != 2 || len(r.Hits) != 0 {
			t.Errorf("%+v", r)
		}
	}
}

func TestTitleCountsMoreThanTextAndExactMoreThanLike(t *testing.T) {
	page := func(title, text string) Document {
		return Document{Kind: title, Title: map[string]string{"ru": title}, Text: map[string]string{"ru": text}}
	}
	x := New([]Document{
		page("посторонняя вещь", "про виза и другое дело"), page("виза", "про то и про другое дело"), page("визы", "про то и про другое дело"),
		page("вещь", "про вида и другое дело"), page("другое", "ещё одно дело"),
	})
	if got := found(x, "виза"); got != "виза визы посторонняя вещь" {
		t.Error(got)
	}
	if got := found(x, "дело виза"); !strings.HasPrefix(got, "виза") { // the rare word decides
		t.Error(got)
	}
}

func TestExtractShowsTheWordsInTheirPlace(t *testing.T) {
	long := strings.Repeat("слово за словом идёт длинный текст. ", 40)
	x := New([]Document{{
		Title: map[string]string{"ru": "О беженцах <b>"}, Text: map[string]string{"ru": long + " Здесь живут беженцы & мигранты. " + long},
	}})
	r := x.Find(Query{Text: "беженцы мигрант", Lang: "ru", Limit: 1})
	if len(r.Hits) != 1 {
		t.Fatalf("%+v", r)
	}
	if got := show(x.Title(r.Hits[0], "ru")); got != "О [беженцах] <b>" {
		t.Error(got)
	}
	e := x.Text(r.Hits[0], r.Hits[0].Lang, 100)
	if got := show(e); !strings.Contains(got, "Здесь живут [беженцы] & [мигранты]. слово") || !e.Before || !e.After || len([]rune(got)) > 120 {
		t.Error(got)
	}
	x = texts()
	h := x.Find(Query{Text: "беженцев", Lang: "en", Limit: 1}).Hits[0]
	if title, text := x.Title(h, "en"), x.Text(h, "en", 100); show(title) != "Registered refugees" || title.Lang != "en" || text.Lang != "ru" || show(text) != "Обзор положения [беженцев]." {
		t.Error(title, text)
	}
	x = New([]Document{{Title: map[string]string{"kk": "Көшіп-қонушы визасы", "ru": "Виза мигранта"}, Text: map[string]string{"kk": "Кезеңі белгісіз.", "ru": "Период неизвестен."}}})
	if text := x.Text(x.Find(Query{Text: "визасы", Lang: "ru", Limit: 1}).Hits[0], "ru", 100); text.Lang != "ru" || show(text) != "Период неизвестен." {
		t.Error("where no word stands in the text, it is the reader's:", text)
	}
	x = texts()
	h = x.Find(Query{Text: "e-visa", Lang: "en", Limit: 1}).Hits[0]
	if got := show(x.Title(h, "en")); got != "The [E-Visa] project" {
		t.Error(got)
	}
}

func show(e Extract) string {
	var b strings.Builder
	for _, p := range e.Pieces {
		if p.Marked {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestSkeletonIsTheSameInEverySpelling(t *testing.T) {
	for _, same := range []string{
		"Қазақстан Qazaqstan Kazakhstan Kazakstan kazahstan Казахстан", "көші kóshi köşi koshi коши", "қон qon kon кон", "миграция migratsiya migraciya migracia migratsia migrasia",
		"жұмыс jūmys zhumys jumys жумыс", "құжат qujat kuzhat құжат", "халық halyq khalyk xalıq халык", "шекара şekara shekara", "заң zañ zan zang", "Әйел äiel aiel aiyel",
	} {
		list := strings.Fields(strings.ToLower(same))
		for _, w := range list[1:] {
			if skeleton(w) != skeleton(list[0]) {
				t.Errorf("%s %s, %s %s", list[0], skeleton(list[0]), w, skeleton(w))
			}
		}
	}
}

func TestNoWordResemblesAnotherBySkeletonAlone(t *testing.T) {
	for _, c := range []struct {
		typed, word string
		want        bool
	}{
		{"xqzzyw", "қою", false}, {"qweqwe", "queue", false}, {"xyzzy", "кіші", false}, {"wxyz", "which", false}, {"dolor", "донор", false}, {"хоббит", "көбі", false}, {"nekyoeh", "неке", false},
		{"визв", "виза", true}, {"ивза", "виза", true}, {"биза", "виза", false}, {"refuges", "refugees", true}, {"мигарция", "миграция", true}, {"биграция", "миграция", true},
		{"боскындр", "босқындар", true}, {"kazkhstan", "қазақстан", true}, {"migratsya", "миграция", true}, {"zhumystar", "жұмыстан", true},
	} {
		if got := resemble(c.typed, c.word); got != c.want {
			t.Errorf("%s for %s: %v", c.typed, c.word, got)
		}
	}
}

func TestDistanceCountsSlips(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"abcd", "abcd", 0}, {"abcd", "abd", 1}, {"abcd", "abxcd", 1}, {"abcd", "acbd", 1}, {"abcd", "axyd", 2}, {"abcd", "wxyz", 3}, {"a", "abcd", 3}, {"", "ab", 2}} {
		if got := distance([]rune(c.a), []rune(c.b), 2); got != c.want {
			t.Errorf("%s %s: %d", c.a, c.b, got)
		}
	}
}
