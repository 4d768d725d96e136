package specimen

import "gcm/reports"

// vocabulary are the words of a specimen in one language.
type vocabulary struct {
	state, title, subtitle, edition, notice, running string
	table, year, share, region, measure              string
	chapters                                         []string
	regions                                          []string
	quote                                            reports.Run
	terms                                            reports.Terms
}

var words = map[string]vocabulary{
	"kk": {
		state: "Қазақстан Республикасы", title: "Көші-қон туралы жаһандық шартты іске асырудың екінші ұлттық шолуы",
		subtitle: "Қауіпсіз, тәртіпке келтірілген және заңды көші-қон туралы жаһандық шарт",
		edition:  "Толық нұсқа · 2021 жылғы 31 желтоқсандағы деректер", notice: "Бұл — баспа үлгісі: сандар ойдан алынған.",
		running: "Екінші ұлттық шолу", table: "Өңірлер бойынша көші-қон көрсеткіштері", year: "Жыл", share: "Үлесі, %", region: "Өңір", measure: "Шара",
		chapters: []string{"Негізгі тұжырымдар", "Ілгерілеу: көрсеткіштер мен шаралар", "Шаралар матрицасы", "Сілтемелер мен шектеулер"},
		regions:  []string{"Түркістан облысы", "Алматы облысы", "Маңғыстау облысы", "Шымкент қаласы", "Солтүстік Қазақстан облысы", "Жамбыл облысы", "Қызылорда облысы"},
		quote:    reports.Run{Text: "“orderly, safe, regular and responsible migration and mobility of people”", Italic: true, Lang: "en"},
		terms:    reports.Terms{Contents: "Мазмұны", Page: "%[2]d беттің %[1]d-беті", Table: "%s-кесте", Figure: "%s-сурет", Source: "Дереккөз", Note: "Ескертпе", Continued: "жалғасы", PageOf: "%d-бет"},
	},
	"ru": {
		state: "Республика Казахстан", title: "Второй национальный обзор выполнения Глобального договора о миграции",
		subtitle: "Глобальный договор о безопасной, упорядоченной и легальной миграции",
		edition:  "Полная версия · данные на 31 декабря 2021 года", notice: "Это — образец печати: числа вымышлены.",
		running: "Второй национальный обзор", table: "Показатели миграции по регионам", year: "Год", share: "Доля, %", region: "Регион", measure: "Мера",
		chapters: []string{"Основные выводы", "Прогресс: показатели и меры", "Матрица мер", "Ссылки и границы"},
		regions:  []string{"Туркестанская область", "Алматинская область", "Мангистауская область", "город Шымкент", "Северо-Казахстанская область", "Жамбылская область", "Кызылординская область"},
		quote:    reports.Run{Text: "«қауіпсіз, тәртіпке келтірілген және заңды көші-қон»", Italic: true, Lang: "kk"},
		terms:    reports.Terms{Contents: "Содержание", Page: "Страница %d из %d", Table: "Таблица %s", Figure: "Рисунок %s", Source: "Источник", Note: "Примечание", Continued: "продолжение", PageOf: "с. %d"},
	},
	"en": {
		state: "Republic of Kazakhstan", title: "Second national review of the implementation of the Global Compact for Migration",
		subtitle: "Global Compact for Safe, Orderly and Regular Migration",
		edition:  "Full profile · data as of 31 December 2021", notice: "This is a specimen of print: its numbers are made up.",
		running: "Second national review", table: "Migration indicators by region", year: "Year", share: "Share, %", region: "Region", measure: "Measure",
		chapters: []string{"Key messages", "Progress: indicators and measures", "Matrix of measures", "References and limits"},
		regions:  []string{"Turkistan Region", "Almaty Region", "Mangystau Region", "Shymkent city", "North Kazakhstan Region", "Jambyl Region", "Kyzylorda Region"},
		quote:    reports.Run{Text: "«қауіпсіз, тәртіпке келтірілген және заңды көші-қон»", Italic: true, Lang: "kk"},
		terms:    reports.Terms{Contents: "Contents", Page: "Page %d of %d", Table: "Table %s", Figure: "Figure %s", Source: "Source", Note: "Note", Continued: "continued", PageOf: "p. %d"},
	},
}
