package intake

import (
	"strconv"
	"strings"

	"gcm/indicators"
)

// unitWords are what files call the units of the register.
var unitWords = map[string]indicators.Unit{}

func init() {
	for unit, words := range map[indicators.Unit]string{
		indicators.Percent: "pt,percent,per cent,percentage,percentage (%),percentage (%) ,%,pct,процент,проценты,процентов,пайыз,prozent",
		indicators.Persons: "ps,persons,person,people,number of people,number of persons,individuals,человек,чел.,чел,адам",
		indicators.Count:   "number,num,nb,nr,count,units,item,единиц,ед.,штук,количество,саны,бірлік,anzahl",
		indicators.Years:   "years,year,yr,лет,жыл",
		indicators.Months:  "months,month,mo,месяцев,ай",
		indicators.Days:    "days,day,da,дней,күн",
		indicators.Hours:   "hours,hour,hr,часов,сағат",
		indicators.Ratio:   "ratio,ra,times,раз,есе",
		indicators.Rank:    "rank,место,орын",
		indicators.Other:   "other",
	} {
		unitWords[string(unit)] = unit
		for word := range strings.SplitSeq(words, ",") {
			unitWords[strings.TrimSpace(word)] = unit
		}
	}
}

// readUnit returns the unit that a file's word means; indicators.Other, and not
// known, for a unit that the register has no name for.
func readUnit(word string) (unit indicators.Unit, known bool) {
	word = strings.TrimSpace(word)
	if u := indicators.Unit(word); u.Currency() && unitWords[strings.ToLower(word)] == "" && currencies[word] {
		return u, true
	}
	if unit, known = unitWords[strings.ToLower(word)]; known {
		return unit, true
	}
	return indicators.Other, false
}

// currencies are the codes of ISO 4217 that files use for amounts; other words of
// three capitals ("PCT", "TON") are none.
var currencies = map[string]bool{}

func init() {
	for code := range strings.FieldsSeq("USD EUR GBP CHF JPY CNY RUB KZT KGS UZS TJS TMT AZN GEL AMD BYN UAH MDL TRY INR PKR CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BGN " +
		"BRL ARS CLP COP PEN MXN UYU PYG BOB ZAR EGP MAD TND NGN GHS KES RWF UGX TZS ETB XOF XAF XDR SAR AED QAR KWD ILS IRR IQD KRW THB VND PHP IDR MYR SGD HKD LKR BDT NPR MNT AFN") {
		currencies[code] = true
	}
}

// multipliers are what files call powers of ten.
var multipliers = map[string]int{
	"": 0, "units": 0, "unit": 0, "not applicable": 0, "thousands": 3, "thousand": 3, "тысяч": 3, "тыс.": 3, "мың": 3,
	"millions": 6, "million": 6, "миллионов": 6, "млн": 6, "billions": 9, "billion": 9, "миллиардов": 9, "млрд": 9,
	"trillions": 12, "trillion": 12, "трлн": 12, "hundreds": 2, "tens": 1,
}

// readMultiplier reads a power of ten, as a digit or a word.
func readMultiplier(text string) (int, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if power, known := multipliers[text]; known {
		return power, true
	}
	power, err := strconv.Atoi(strings.TrimSuffix(text, ".0"))
	return power, err == nil && power >= -15 && power <= 15
}

// statuses are the codes of SDMX CL_OBS_STATUS and what files call them.
var statuses = map[string]string{
	"normal value": "A", "normal": "A", "estimated value": "E", "estimate": "E", "estimated": "E", "provisional value": "P", "provisional": "P",
	"forecast value": "F", "forecast": "F", "imputed value": "I", "time series break": "B", "break in time series": "B", "series break": "B", "break": "B",
	"definition differs": "D", "low reliability": "U", "missing value": "M", "missing": "M", "missing data": "M", "undefined": "A", "experimental value": "G", "not significant": "N",
	"suppressed": "Q", "data cannot exist": "M", "data exist but were not collected": "L", "holiday or weekend": "H",
}

// statusCodes are the letters of the code list.
const statusCodes = "ABDEFGHIJKLMNOPQSTUVWX"

func readStatus(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if len(text) == 1 && strings.Contains(statusCodes, strings.ToUpper(text)) {
		return strings.ToUpper(text), true
	}
	first := ""
	for part := range strings.SplitSeq(strings.ToLower(text), ";") { // a break goes before all else
		code, known := statuses[strings.TrimSpace(part)]
		if !known {
			return "", false
		}
		if first == "" || code == "B" {
			first = code
		}
	}
	return first, true
}

// missingStatuses are those that say that there is no value.
const missingStatuses = "HJKLMOQ"

var confidences = map[string]indicators.ConfStatus{
	"free": indicators.Free, "free (free for publication)": indicators.Free, "not for publication": indicators.NotForPublication, "confidential": indicators.Confidential,
	"confidential statistical information": indicators.Confidential,
}

func readConfidence(text string) (indicators.ConfStatus, bool) {
	text = strings.TrimSpace(text)
	switch c := indicators.ConfStatus(strings.ToUpper(text)); c {
	case indicators.Free, indicators.NotForPublication, indicators.Confidential, indicators.SecondaryByUs, indicators.SecondaryBySender, indicators.SmallCount:
		return c, true
	}
	c, known := confidences[strings.ToLower(text)]
	return c, known
}

var qualifiers = map[string]indicators.Qualifier{
	"exact": indicators.Exact, "approximate": indicators.Approximate, "more_than": indicators.MoreThan, "less_than": indicators.LessThan, "missing": indicators.Missing,
}
