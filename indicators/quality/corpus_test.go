package quality

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// asOf is the day on which the labelled set is checked.
var asOf = time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC)

// specimen is an indicator with what is wrong in it.
type specimen struct {
	ind     indicators.Indicator
	obs     []indicators.Observation
	faults  []label
	follows []string // rules that may speak of the fault as well
}

// label is a fault that somebody knows of.
type label struct{ indicator, place, rule string }

// corpus makes specimens from a seed.
type corpus struct {
	*rand.Rand
	all []*specimen
	n   int
}

// subjects are what figures are of, in three languages and each in its own words.
var subjects = []i18n.Text{
	{"kk": "Тіркелген еңбекші көшіп-қонушылар", "ru": "зарегистрированных трудовых мигрантов", "en": "registered labour migrants"},
	{"kk": "Шетелден келген студенттер", "ru": "студентов из-за рубежа", "en": "students from abroad"},
	{"kk": "Берілген уақытша тұру рұқсаттары", "ru": "выданных разрешений на временное проживание", "en": "temporary residence permits issued"},
	{"kk": "Баспана сұраған тұлғалар", "ru": "лиц, ищущих убежища", "en": "asylum seekers"},
	{"kk": "Еріктi түрде оралғандар", "ru": "добровольно вернувшихся", "en": "voluntary returnees"},
	{"kk": "Отбасымен қосылған адамдар", "ru": "воссоединившихся членов семей", "en": "family members reunited"},
	{"kk": "Маусымдық жұмыскерлер", "ru": "сезонных рабочих", "en": "seasonal workers"},
	{"kk": "Адам саудасының құрбандары", "ru": "жертв торговли людьми", "en": "victims of trafficking"},
	{"kk": "Мектепке барған көшіп келген балалар", "ru": "детей мигрантов, посещающих школу", "en": "migrant children at school"},
	{"kk": "Консулдық көмек алған азаматтар", "ru": "граждан, получивших консульскую помощь", "en": "citizens given consular assistance"},
	{"kk": "Тілдік курстардан өткендер", "ru": "прошедших языковые курсы", "en": "graduates of language courses"},
	{"kk": "Танылған шетелдік дипломдар", "ru": "признанных иностранных дипломов", "en": "foreign diplomas recognised"},
}

// district invents a district for each specimen, so that no two are of one thing.
func district(n int) i18n.Text {
	letters := func(consonants, vowels string) string {
		c, v := []rune(consonants), []rune(vowels)
		first, second := n%(len(c)*len(v)), n/(len(c)*len(v))
		return string([]rune{c[first/len(v)], v[first%len(v)], c[second/len(v)%len(c)], v[second%len(v)]})
	}
	name := letters("бгджзклмнпрст", "аеиоу")
	return i18n.Text{"kk": name + "қала ауданы", "ru": name + "ринский район", "en": letters("bgdjzklmnprst", "aeiou") + "ville district"}
}

// indicator begins a specimen. kinds of name: "number", "share", "rate", "growth",
// "value".
func (c *corpus) indicator(kind string, unit indicators.Unit) *specimen {
	words := map[string][3]string{
		"number": {"%s саны, %s", "Число %s, %s", "Number of %s, %s"},
		"share":  {"%s үлесі, %s", "Доля %s, %s", "Share of %s, %s"},
		"rate":   {"%s деңгейі, %s", "Уровень %s, %s", "Rate of %s, %s"},
		"growth": {"%s санының өсімі, %s", "Прирост числа %s, %s", "Growth in the number of %s, %s"},
		"value":  {"%s шығыстары, %s", "Расходы на %s, %s", "Spending on %s, %s"},
	}[kind]
	what, where := subjects[c.n%len(subjects)], district(c.n)
	name := i18n.Text{}
	for n, lang := range []string{"kk", "ru", "en"} {
		name[lang] = fmt.Sprintf(words[n], what[lang], where[lang])
	}
	s := &specimen{ind: indicators.Indicator{
		Code: fmt.Sprintf("i%04d", c.n), Name: name, Unit: unit, FigureType: indicators.Statistic, Direction: indicators.Neutral,
		Objectives: []indicators.IndicatorObjective{{Objective: objectives.Objective{Number: c.n%23 + 1}}},
	}}
	c.n++
	c.all = append(c.all, s)
	return s
}

// put adds a value.
func (s *specimen) put(at string, cell string, v float64, decimals int) *indicators.Observation {
	b, err := indicators.ParseBreakdown(cell)
	if err != nil {
		panic(err)
	}
	scale := math.Pow10(decimals)
	v = math.Round(v*scale) / scale
	s.obs = append(s.obs, indicators.Observation{Period: period.Period(at), Breakdown: b, Value: &v, Decimals: decimals, Unit: s.ind.Unit, Qualifier: indicators.Exact, ObsStatus: "A", ConfStatus: indicators.Free})
	return &s.obs[len(s.obs)-1]
}

func (s *specimen) fault(rule, place string, follows ...string) {
	s.faults = append(s.faults, label{s.ind.Code, place, rule})
	s.follows = append(s.follows, follows...)
}

// level is a size that figures of a State have: dozens to a million.
func (c *corpus) level() float64 { return math.Pow(10, 2+4*c.Float64()) }

// course is a yearly series as they are: a trend, noise, often the pandemic.
func (c *corpus) course(years int, level, noise float64) []float64 {
	trend, pandemic := c.NormFloat64()*0.05, c.Float64() < 0.6
	depth := 0.15 + 0.75*c.Float64()
	values := make([]float64, years)
	log := math.Log(level)
	for n := range values {
		y := 2024 - years + 1 + n
		log += trend
		v := log + c.NormFloat64()*noise
		if pandemic {
			switch y {
			case 2020:
				v += math.Log(depth)
			case 2021:
				v += math.Log(depth) * 0.6
			case 2022:
				v += math.Log(depth) * 0.2
			}
		}
		values[n] = math.Exp(v)
	}
	return values
}

func yearAt(n, years int) string { return fmt.Sprint(2024 - years + 1 + n) }

// flow is a count of persons over years.
func (c *corpus) flow() *specimen {
	s := c.indicator("number", indicators.Persons)
	years := 8 + c.IntN(10)
	for n, v := range c.course(years, c.level(), 0.03+0.12*c.Float64()) {
		s.put(yearAt(n, years), "", v, 0)
	}
	return s
}

// stock changes little from year to year.
func (c *corpus) stock() *specimen {
	s := c.indicator("number", indicators.Persons)
	years, v := 12+c.IntN(8), c.level()*10
	for n := range years {
		v *= math.Exp(0.01 + c.NormFloat64()*0.02)
		s.put(yearAt(n, years), "", v, 0)
	}
	return s
}

// few is a small count.
func (c *corpus) few() *specimen {
	s := c.indicator("number", indicators.Count)
	mean, years := 2+30*c.Float64(), 8+c.IntN(8)
	for n := range years {
		s.put(yearAt(n, years), "", math.Max(0, mean+c.NormFloat64()*math.Sqrt(mean)), 0)
	}
	return s
}

// rate is a percentage that moves slowly.
func (c *corpus) rate() *specimen {
	s := c.indicator("rate", indicators.Percent)
	v, years := 3+60*c.Float64(), 8+c.IntN(10)
	for n := range years {
		v = math.Max(1, math.Min(97, v+c.NormFloat64()*0.6))
		s.put(yearAt(n, years), "", v, 1)
	}
	return s
}

// money is an amount given in millions.
func (c *corpus) money() *specimen {
	s := c.indicator("value", "KZT")
	years := 8 + c.IntN(8)
	for n, v := range c.course(years, 1e8*c.level(), 0.1) {
		s.put(yearAt(n, years), "", math.Round(v/1e6)*1e6, 0)
	}
	return s
}

// thousands is a count given in hundreds.
func (c *corpus) thousands() *specimen {
	s := c.indicator("number", indicators.Persons)
	years := 8 + c.IntN(8)
	for n, v := range c.course(years, 2e4+1e5*c.Float64(), 0.12) {
		o := s.put(yearAt(n, years), "", math.Round(v/100)*100, 0)
		o.ValueText = fmt.Sprintf("%.1f мың", *o.Value/1000)
	}
	return s
}

// months is a seasonal monthly series.
func (c *corpus) months() *specimen {
	s := c.indicator("number", indicators.Persons)
	s.ind.Frequency = indicators.Monthly
	level, swing := c.level()*3, 0.2+0.6*c.Float64()
	for n := range 48 {
		s.put(fmt.Sprintf("%d-%02d", 2021+n/12, n%12+1), "", level*math.Exp(swing*math.Sin(float64(n%12)/12*2*math.Pi)+c.NormFloat64()*0.08), 0)
	}
	for n := range 4 {
		s.put(fmt.Sprintf("2025-%02d", n+1), "", level*math.Exp(swing*math.Sin(float64(n)/12*2*math.Pi)+c.NormFloat64()*0.08), 0)
	}
	return s
}

// broken steps to another level, and says so.
func (c *corpus) broken() *specimen {
	s := c.indicator("number", indicators.Persons)
	years := 10 + c.IntN(6)
	values := c.course(years, c.level()*5, 0.08)
	at, factor := 3+c.IntN(years-5), 2+8*c.Float64()
	for n, v := range values {
		if n >= at {
			v *= factor
		}
		o := s.put(yearAt(n, years), "", v, 0)
		if n == at && c.IntN(2) == 0 {
			o.ObsStatus = "B"
		} else if n == at {
			s.ind.Breaks = []indicators.Break{{Period: o.Period, Kind: indicators.SeriesBreak}}
		}
	}
	return s
}

// sexes is a count by sex that adds up.
func (c *corpus) sexes() *specimen {
	s := c.indicator("number", indicators.Persons)
	s.dimension("sex", "F", "M")
	years, part := 6+c.IntN(6), 0.3+0.4*c.Float64()
	for n, v := range c.course(years, c.level()*3, 0.08) {
		women := math.Round(v * (part + c.NormFloat64()*0.01))
		men := math.Round(v) - women
		s.put(yearAt(n, years), "", women+men, 0)
		s.put(yearAt(n, years), "sex=F", women, 0)
		s.put(yearAt(n, years), "sex=M", men, 0)
	}
	return s
}

// ages is a count by bands of age; with overlapping ones it does not add up, as it
// should not.
func (c *corpus) ages(overlapping bool) *specimen {
	s := c.indicator("number", indicators.Persons)
	bands := []string{"Y0-14", "Y15-24", "Y25-64", "Y65+"}
	parts := []float64{0.2, 0.25, 0.45, 0.1}
	if overlapping {
		bands, parts = []string{"Y0-17", "Y15-24", "Y18-59", "Y60+"}, []float64{0.27, 0.24, 0.6, 0.15}
	}
	s.dimension("age", bands...)
	years := 5 + c.IntN(5)
	for n, v := range c.course(years, c.level()*3, 0.06) {
		sum := 0.0
		for k, band := range bands {
			part := math.Round(v * parts[k])
			sum += part
			s.put(yearAt(n, years), "age="+band, part, 0)
		}
		if overlapping {
			sum = math.Round(v)
		}
		s.put(yearAt(n, years), "", sum, 0)
	}
	return s
}

// countries is a total with its largest parts; complete with the rest as a part.
func (c *corpus) countries(complete bool) *specimen {
	s := c.indicator("number", indicators.Persons)
	codes := []string{"UZ", "KG", "TJ", "CN", "RU"}
	s.dimension("citizenship", append(codes, "other")...)
	years := 4 + c.IntN(6)
	for n, v := range c.course(years, c.level()*5, 0.1) {
		left := math.Round(v)
		for k, code := range codes {
			part := math.Round(v * []float64{0.4, 0.2, 0.12, 0.08, 0.05}[k] * math.Exp(c.NormFloat64()*0.05))
			left -= part
			s.put(yearAt(n, years), "citizenship="+code, part, 0)
		}
		if complete {
			s.put(yearAt(n, years), "citizenship=other", math.Max(0, left), 0)
		}
		s.put(yearAt(n, years), "", math.Round(v)+math.Max(0, -left), 0)
	}
	return s
}

// shares are percentages of one whole.
func (c *corpus) shares() *specimen {
	s := c.indicator("share", indicators.Percent)
	codes := []string{"construction", "trade", "agriculture", "services", "other"}
	s.dimension("sector", codes...)
	years := 1 + c.IntN(5)
	for n := range years {
		left := 1000.0
		for k, code := range codes {
			part := math.Round([]float64{400, 220, 130, 110, 90}[k] * math.Exp(c.NormFloat64()*0.05))
			if k == len(codes)-1 {
				part = left
			}
			left -= part
			s.put(yearAt(n, years), "sector="+code, part/10, 1)
		}
	}
	return s
}

// answers are percentages of people who named several things: they make more than
// a hundred, as they should.
func (c *corpus) answers() *specimen {
	s := c.indicator("share", indicators.Percent)
	codes := []string{"housing", "language", "work", "documents", "health"}
	s.dimension("need", codes...)
	for n := range 3 {
		for k, code := range codes {
			s.put(yearAt(n, 3), "need="+code, []float64{71, 64, 58, 47, 33}[k]+c.NormFloat64()*3, 1)
		}
	}
	return s
}

// regions is a rate of the whole and of its regions.
func (c *corpus) regions() *specimen {
	s := c.indicator("rate", indicators.Percent)
	codes := []string{"R1", "R2", "R3", "R4", "R5", "R6"}
	s.dimension("region", codes...)
	mean, years := 8+40*c.Float64(), 2+c.IntN(5)
	for n := range years {
		sum := 0.0
		for k, code := range codes {
			v := mean + (float64(k)-2.5)*1.3 + c.NormFloat64()*0.3
			sum += v
			s.put(yearAt(n, years), "region="+code, v, 1)
		}
		s.put(yearAt(n, years), "", sum/6, 1)
	}
	return s
}

// surveys is a figure of each second or fifth year.
func (c *corpus) surveys() *specimen {
	s := c.indicator("rate", indicators.Percent)
	step, v := []int{2, 3, 5}[c.IntN(3)], 20+40*c.Float64()
	for n := range 4 {
		v += c.NormFloat64() * 3
		s.put(fmt.Sprint(2023-(3-n)*step), "", v, 1)
	}
	return s
}

// centres is a count of a few things that hardly changes.
func (c *corpus) centres() *specimen {
	s := c.indicator("number", indicators.Count)
	v, years := 3+c.IntN(40), 8+c.IntN(6)
	for n := range years {
		if c.IntN(3) == 0 {
			v += c.IntN(3)
		}
		s.put(yearAt(n, years), "", float64(v), 0)
	}
	return s
}

// changes is a growth that can be below nothing and over a hundred.
func (c *corpus) changes() *specimen {
	s := c.indicator("growth", indicators.Percent)
	years := 8 + c.IntN(6)
	for n := range years {
		v := c.NormFloat64() * 12
		switch yearAt(n, years) {
		case "2020":
			v = -60
		case "2021":
			v = 110 + 30*c.Float64()
		}
		s.put(yearAt(n, years), "", v, 1)
	}
	return s
}

// aimed is a figure with a baseline and a target in good order.
func (c *corpus) aimed() *specimen {
	s := c.stock()
	s.ind.Direction = indicators.IncreaseGood
	base := s.obs[0]
	s.ind.BaselinePeriod, s.ind.BaselineValue = base.Period, base.Value
	s.ind.Targets = []indicators.Target{{Period: "2030", Value: *s.obs[len(s.obs)-1].Value * 1.5}}
	return s
}

// dated is a figure that is up to date by its frequency.
func (c *corpus) dated() *specimen {
	s := c.flow()
	s.ind.Frequency = indicators.Annual
	return s
}

// inflow is a true jump of which nothing is said: people fled a war.
func (c *corpus) inflow() *specimen {
	s := c.indicator("number", indicators.Persons)
	for n, v := range c.course(12, c.level()*2, 0.08) {
		if n >= 9 {
			v *= 2.2
		}
		s.put(yearAt(n, 12), "", v, 0)
	}
	return s
}

func (s *specimen) dimension(code string, codes ...string) {
	d := indicators.Dimension{Code: code, Name: i18n.Text{"en": code}}
	for _, one := range codes {
		d.Codes = append(d.Codes, indicators.DimensionCode{Code: one, Name: i18n.Text{"en": one}})
	}
	s.ind.Dimensions = append(s.ind.Dimensions, indicators.IndicatorDimension{Dimension: d})
}

// clean makes figures in which nothing is wrong.
func (c *corpus) clean(times int) {
	for range times {
		for _, make := range []func() *specimen{c.flow, c.flow, c.stock, c.few, c.rate, c.money, c.thousands, c.months, c.broken, c.sexes, c.shares, c.answers, c.regions, c.surveys, c.centres, c.changes, c.aimed, c.dated} {
			make()
		}
		c.ages(false)
		c.ages(true)
		c.countries(true)
		c.countries(false)
	}
	for range times / 10 {
		c.inflow()
	}
}
