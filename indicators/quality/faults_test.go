package quality

import (
	"fmt"
	"math"

	"gcm/indicators"
	"gcm/internal/i18n"
	"gcm/internal/period"
)

// spoil makes figures with a known fault of each kind.
func (c *corpus) spoil(times int) {
	for range times {
		for _, make := range []func(){
			c.wrongUnit, c.wrongWording, c.halfPerson, c.negative, c.overHundred, c.beyond, c.lostThousands, c.lostWords, c.extraDigit, c.spike, c.unmarkedBreak,
			c.copiedYear, c.copiedCell, c.partsTooMany, c.partTooLarge, c.sexWrong, c.ageWrong, c.sharesOver, c.sharesShort, c.foreignAverage, c.reversed,
			c.disagreeing, c.wrongGrowth, c.wrongShare, c.noValue, c.noYear, c.noMonth, c.old, c.ahead, c.noDate, c.twice, c.twiceInWords, c.overlapping, c.wrongSum, c.mixed,
			c.noBreakdown, c.breakdownEnded, c.wrongTarget, c.passedTarget, c.otherBaseline, c.stockFell,
		} {
			make()
		}
		c.rightGrowth()
		c.rightShare()
		c.agreeing()
	}
}

// inside is a place in the series that is not at its ends nor in the pandemic.
func (c *corpus) inside(s *specimen) *indicators.Observation {
	for {
		o := &s.obs[2+c.IntN(len(s.obs)-4)]
		if y := o.Period.First().Year(); y < 2019 || y > 2023 {
			return o
		}
	}
}

// any is a place anywhere in the series, its ends among them.
func (c *corpus) any(s *specimen) *indicators.Observation { return &s.obs[c.IntN(len(s.obs))] }

func at_(o *indicators.Observation) string {
	return Finding{Period: o.Period, Breakdown: o.Breakdown}.Place()
}

func (c *corpus) wrongUnit() {
	s := c.flow()
	o := c.any(s)
	o.Unit = indicators.Percent
	s.fault("unit-mismatch", at_(o))
}

func (c *corpus) wrongWording() {
	switch c.IntN(3) {
	case 0: // counts labelled percent
		s := c.indicator("number", indicators.Percent)
		for n := range 8 {
			s.put(yearAt(n, 8), "", 300+40*c.NormFloat64(), 0)
		}
		s.fault("unit-wording", "")
	case 1: // shares labelled persons
		s := c.indicator("share", indicators.Persons)
		for n := range 8 {
			s.put(yearAt(n, 8), "", 30+c.NormFloat64()*4, 0)
		}
		s.fault("unit-wording", "")
	default:
		s := c.flow()
		o := c.any(s)
		o.ValueText = fmt.Sprintf("%.0f %%", *o.Value)
		s.fault("unit-wording", at_(o))
	}
}

func (c *corpus) halfPerson() {
	s := c.flow()
	o := c.any(s)
	*o.Value += 0.5
	o.Decimals = 1
	s.fault("fraction-of-whole", at_(o))
}

func (c *corpus) negative() {
	s := c.flow()
	o := c.any(s)
	*o.Value = -*o.Value
	s.fault("impossible-value", at_(o))
}

func (c *corpus) overHundred() {
	s := c.indicator("share", indicators.Percent)
	for n := range 9 {
		s.put(yearAt(n, 9), "", 80+c.NormFloat64()*3, 1)
	}
	o := c.any(s)
	*o.Value = 108 + 10*c.Float64()
	s.fault("impossible-value", at_(o), "outlier", "jump")
}

func (c *corpus) beyond() {
	s := c.rate()
	lowest, highest := 0.0, 99.0
	s.ind.Lowest, s.ind.Highest = &lowest, &highest
	o := c.any(s)
	*o.Value = 140
	s.fault("impossible-value", at_(o), "outlier", "jump", "misplaced-scale")
}

func (c *corpus) lostThousands() {
	s := c.flow()
	s.all(func(o *indicators.Observation) { *o.Value = math.Round(*o.Value*100) + 5000 }) // of small counts nothing would be left
	o := c.any(s)
	*o.Value = math.Round(*o.Value / 1000)
	s.fault("misplaced-scale", at_(o), "impossible-value")
}

func (s *specimen) all(do func(*indicators.Observation)) {
	for n := range s.obs {
		do(&s.obs[n])
	}
}

func (c *corpus) lostWords() {
	s := c.thousands()
	o := c.any(s)
	*o.Value /= 1000
	o.Decimals = 1
	s.fault("text-against-value", at_(o), "misplaced-scale", "fraction-of-whole")
}

func (c *corpus) extraDigit() {
	s := c.stock()
	o := c.any(s)
	*o.Value *= 10
	s.fault("misplaced-scale", at_(o))
}

func (c *corpus) spike() {
	s := c.stock()
	o := c.inside(s)
	*o.Value = math.Round(*o.Value * []float64{2.2, 3, 4.5, 0.4, 0.25}[c.IntN(5)])
	s.fault("outlier", at_(o), "jump")
}

func (c *corpus) unmarkedBreak() {
	s := c.indicator("number", indicators.Persons)
	years := 10 + c.IntN(6)
	v, at, factor := c.level()*10, 3+c.IntN(3), 2.5+5*c.Float64()
	if c.IntN(2) == 0 {
		factor = 1 / factor
	}
	place := ""
	for n := range years {
		v *= math.Exp(c.NormFloat64() * 0.05)
		if n == at {
			v *= factor
			place = yearAt(n, years)
		}
		s.put(yearAt(n, years), "", v, 0)
	}
	s.fault("jump", place, "misplaced-scale")
}

func (c *corpus) copiedYear() {
	s := c.flow()
	s.all(func(o *indicators.Observation) { *o.Value = math.Round(*o.Value*17.3) + 1000 }) // small figures repeat by chance
	n := 1 + c.IntN(len(s.obs)-1)
	*s.obs[n].Value = *s.obs[n-1].Value
	s.fault("repeated-value", at_(&s.obs[n]))
}

func (c *corpus) copiedCell() {
	s := c.indicator("number", indicators.Persons)
	s.dimension("region", "A", "B", "C")
	for n := range 6 {
		for _, code := range []string{"A", "B"} {
			s.put(yearAt(n, 6), "region="+code, 2000+800*c.Float64(), 0)
		}
		s.put(yearAt(n, 6), "region=C", *s.obs[len(s.obs)-1].Value, 0)
	}
	s.fault("copied-series", "{region=C}")
}

// of picks an observation of a cell.
func (c *corpus) of(s *specimen, cell string) *indicators.Observation {
	for {
		if o := c.any(s); o.Breakdown.String() == cell {
			return o
		}
	}
}

func (c *corpus) partsTooMany() {
	s := c.countries(true)
	o := c.of(s, "")
	*o.Value = math.Round(*o.Value * 0.8)
	s.fault("parts-against-total", at_(o), "outlier", "jump")
}

func (c *corpus) partTooLarge() {
	s := c.countries(true)
	o := c.of(s, "citizenship=KG")
	*o.Value = math.Round(*o.Value*1.7 + 50)
	s.fault("parts-against-total", string(o.Period), "outlier", "jump")
}

func (c *corpus) sexWrong() {
	s := c.sexes()
	o := c.of(s, "sex=F")
	*o.Value = math.Round(*o.Value*1.08 + 9)
	s.fault("sex-age-sum", string(o.Period))
}

func (c *corpus) ageWrong() {
	s := c.ages(false)
	o := c.of(s, "age=Y25-64")
	*o.Value = math.Round(*o.Value*0.9 - 9)
	s.fault("sex-age-sum", string(o.Period))
}

func (c *corpus) sharesOver() {
	s := c.shares()
	o := c.of(s, "sector=trade")
	*o.Value += 6 + math.Round(8*c.Float64())
	s.fault("shares-against-100", string(o.Period))
}

func (c *corpus) sharesShort() {
	s := c.indicator("share", indicators.Percent)
	s.dimension("sector", "construction", "trade", "agriculture")
	for k, code := range []string{"construction", "trade", "agriculture"} {
		s.put("2023", "sector="+code, []float64{41, 20, 12}[k]+math.Round(c.NormFloat64()*2), 0)
	}
	s.fault("shares-against-100", "2023")
}

func (c *corpus) foreignAverage() {
	s := c.regions()
	o := c.of(s, "")
	*o.Value *= []float64{0.3, 2.5}[c.IntN(2)]
	o.Decimals = 2
	s.fault("average-outside-parts", at_(o), "outlier", "jump", "misplaced-scale")
}

func (c *corpus) reversed() {
	s := c.indicator("number", indicators.Persons)
	s.put("2022", "estimate_bound=lower", 5000, 0)
	s.put("2022", "estimate_bound=upper", 3000, 0)
	s.fault("bounds-reversed", "2022{estimate_bound=lower}")
}

// twin is a second indicator of the same thing from another source.
func (c *corpus) twin(s *specimen) *specimen {
	t := c.indicator("number", s.ind.Unit)
	t.ind.Objectives = s.ind.Objectives
	t.ind.Name = i18n.Text{}
	for lang, name := range s.ind.Name {
		t.ind.Name[lang] = name + " (B)"
	}
	return t
}

func (c *corpus) disagreeing() {
	s := c.flow()
	t := c.twin(s)
	for _, o := range s.obs {
		t.put(string(o.Period), "", math.Round(*o.Value*1.5+20), 0)
	}
	s.faults = append(s.faults, label{s.ind.Code, "2024", "disagreeing-sources"})
}

func (c *corpus) agreeing() {
	s := c.flow()
	t := c.twin(s)
	for _, o := range s.obs {
		t.put(string(o.Period), "", math.Round(*o.Value*(1+0.03*c.Float64())), 0)
	}
}

// growthOf states the growth of a series, off by so many points.
func (c *corpus) growthOf(off float64) (*specimen, string) {
	s := c.stock()
	g := c.indicator("growth", indicators.Percent)
	g.ind.Objectives = s.ind.Objectives
	g.ind.Name = i18n.Text{"kk": s.ind.Name["kk"] + " өсімі", "ru": "Прирост: " + s.ind.Name["ru"], "en": "Growth of the " + s.ind.Name["en"]}
	n := len(s.obs) - 1
	g.put(string(s.obs[n].Period), "", 100**s.obs[n].Value / *s.obs[n-1].Value - 100 + off, 1)
	return g, string(s.obs[n].Period)
}

func (c *corpus) rightGrowth() { c.growthOf(0) }

func (c *corpus) wrongGrowth() {
	g, at := c.growthOf(3 + 5*c.Float64())
	g.fault("growth-against-values", at)
}

// shareOf states the shares of a count by citizenship, off by so many points.
func (c *corpus) shareOf(off float64) (*specimen, string) {
	s := c.countries(true)
	g := c.indicator("share", indicators.Percent)
	g.ind.Objectives, g.ind.Dimensions = s.ind.Objectives, s.ind.Dimensions
	g.ind.Name = i18n.Text{"kk": s.ind.Name["kk"] + ", үлесі", "ru": "Доля: " + s.ind.Name["ru"], "en": "Share of the " + s.ind.Name["en"]}
	part := c.of(s, "citizenship=UZ")
	for _, o := range s.obs {
		if o.Period == part.Period && len(o.Breakdown) == 0 {
			g.put(string(o.Period), "citizenship=UZ", 100**part.Value / *o.Value + off, 1)
		}
	}
	return g, at_(part)
}

func (c *corpus) rightShare() { c.shareOf(0) }

func (c *corpus) wrongShare() {
	g, at := c.shareOf(4 + 6*c.Float64())
	g.fault("share-against-values", at)
}

func (c *corpus) noValue() {
	s := c.flow()
	o := c.any(s)
	o.Value, o.Qualifier, o.ObsStatus = nil, indicators.Missing, "O"
	s.fault("missing-value", at_(o))
}

// drop takes an observation out.
func (s *specimen) drop(n int) { s.obs = append(s.obs[:n], s.obs[n+1:]...) }

func (c *corpus) noYear() {
	s := c.flow()
	s.drop(1 + c.IntN(len(s.obs)-2))
	s.fault("missing-period", "")
}

func (c *corpus) noMonth() {
	s := c.months()
	s.drop(1 + c.IntN(len(s.obs)-2))
	s.fault("missing-period", "")
}

func (c *corpus) old() {
	s := c.flow()
	s.ind.Frequency = indicators.Annual
	s.obs = s.obs[:len(s.obs)-3]
	s.fault("stale", "")
}

func (c *corpus) ahead() {
	s := c.flow()
	last := s.obs[len(s.obs)-1]
	s.put("2025", "", *last.Value*1.05, 0)
	s.put("2026", "", *last.Value*1.1, 0)
	s.fault("future-period", "2026")
}

func (c *corpus) noDate() {
	s := c.indicator("number", indicators.Persons)
	s.put("", "", c.level(), 0)
	s.fault("undated", "")
}

func (c *corpus) twice() {
	s := c.sexes()
	o := c.of(s, "sex=F")
	s.put(string(o.Period), "sex=f", *o.Value*1.02+3, 0)
	s.fault("duplicate", at_(&s.obs[len(s.obs)-1]), "sex-age-sum", "parts-against-total")
}

func (c *corpus) twiceInWords() {
	s := c.flow()
	o := c.any(s)
	y := string(o.Period)
	s.put(y+"-01/"+y+"-12", "", *o.Value*1.02+3, 0)
	s.fault("duplicate", y+"-01/"+y+"-12")
}

func (c *corpus) overlapping() {
	s := c.indicator("number", indicators.Count)
	s.put("2018/2020", "", 40, 0)
	s.put("2020/2022", "", 51, 0)
	s.fault("overlapping-periods", "2020/2022")
}

func (c *corpus) wrongSum() {
	s := c.indicator("number", indicators.Persons)
	sum := 0.0
	for n := range 3 {
		v := math.Round(1000 + 500*c.Float64())
		sum += v
		s.put(yearAt(n, 3), "", v, 0)
	}
	s.put("2022/2024", "", math.Round(sum*1.2), 0)
	s.fault("overlapping-periods", "2022/2024")
}

func (c *corpus) mixed() {
	s := c.indicator("number", indicators.Persons)
	s.dimension("country", "DE", "TR", "US", "KR")
	for k, code := range []string{"TR", "US", "KR"} {
		s.put("2023", "country="+code, 400+111*float64(k), 0)
	}
	s.put("2021", "country=DE", 2803, 0)
	s.fault("mixed-periods", "2021{country=DE}", "missing-period")
}

func (c *corpus) noBreakdown() {
	s := c.flow()
	s.dimension("sex", "F", "M")
	s.ind.Dimensions[0].Expected = true
	s.fault("missing-breakdown", "")
}

func (c *corpus) breakdownEnded() {
	s := c.sexes()
	s.ind.Dimensions[0].Expected = true
	s.obs = s.obs[:len(s.obs)-2]
	s.fault("missing-breakdown", "2024")
}

func (c *corpus) wrongTarget() {
	s := c.aimed()
	s.ind.Targets[0].Value = *s.ind.BaselineValue / 2
	s.fault("target-side", "")
}

func (c *corpus) passedTarget() {
	s := c.aimed()
	last := *s.obs[len(s.obs)-1].Value
	base := math.Min(*s.ind.BaselineValue, last*0.5)
	s.ind.BaselinePeriod, s.ind.BaselineValue = "2000", &base
	s.ind.Targets[0].Value = last * 0.9
	s.fault("target-passed", "")
}

func (c *corpus) otherBaseline() {
	s := c.aimed()
	v := *s.ind.BaselineValue * 0.93
	s.ind.BaselineValue = &v
	s.fault("baseline-against-value", string(s.ind.BaselinePeriod))
}

func (c *corpus) stockFell() {
	s := c.indicator("number", indicators.Persons)
	s.ind.Name = i18n.Text{"ru": "Число лиц со статусом резидента " + district(c.n)["ru"], "en": "Persons with resident status in " + district(c.n)["en"]}
	s.put("2022", "", 5000, 0)
	s.put("2023", "", 4700, 0)
	f := c.indicator("number", indicators.Persons)
	f.ind.Objectives = s.ind.Objectives
	f.ind.Name = i18n.Text{"ru": "Итоги кампании", "en": "Results of the campaign"}
	f.dimension("outcome", "granted")
	f.ind.Dimensions[0].Dimension.Codes[0].Name = i18n.Text{"ru": "Присвоен статус резидента", "en": "Resident status granted"}
	f.put(string(period.Period("2022-07/2023-12")), "outcome=granted", 1500, 0)
	s.fault("stock-against-flow", "2023")
}
