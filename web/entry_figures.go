package web

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/fault"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/progress"
)

// figures reads the rows of figures in which something was entered.
func (f entryForm) figures(lang string, problems *fault.Problems) []progress.Figure {
	var list []progress.Figure
	for _, row := range f.rows("values.rows") {
		if f.idle(row) {
			continue
		}
		figure := progress.Figure{
			Period:    f.period(row+".period", problems),
			Qualifier: indicators.Qualifier(f.Get(row + ".qualifier")),
			Breakdown: f.breakdown(row + ".breakdown").String(),
			ObsStatus: f.Get(row + ".obs_status"), ConfStatus: indicators.ConfStatus(f.Get(row + ".conf_status")),
			Source: f.text(row + ".source"), Note: f.text(row + ".note"),
		}
		if text := strings.TrimSpace(f.Get(row + ".value")); text != "" {
			value, decimals, ok := parseNumber(lang, text)
			if !ok {
				*problems = append(*problems, fault.Problem{Field: row + ".value", Key: "entry.error.number"})
			}
			figure.Value, figure.Decimals = &value, decimals
		}
		list = append(list, figure)
	}
	return list
}

// idle reports whether nothing was entered in a row of figures: that a cell of
// the breakdown stands there says nothing yet.
func (f entryForm) idle(row string) bool {
	return strings.TrimSpace(f.Get(row+".period")) == "" && strings.TrimSpace(f.Get(row+".value")) == "" &&
		f.Get(row+".qualifier") != string(indicators.Missing) && f.text(row+".note") == nil && f.text(row+".source") == nil
}

// breakdown reads the choices below a name, one for each dimension.
func (f entryForm) breakdown(name string) indicators.Breakdown {
	b := indicators.Breakdown{}
	for field := range f.Values {
		if dim, ok := strings.CutPrefix(field, name+"."); ok && f.Get(field) != "" {
			b[dim] = f.Get(field)
		}
	}
	return b
}

// period reads a date as precise as it was typed: 2026, 2026-05, 31.05.2026,
// 2024–2026. What cannot be read is named.
func (f entryForm) period(name string, problems *fault.Problems) period.Period {
	p, err := period.Parse(strings.TrimSpace(f.Get(name)))
	if err != nil {
		*problems = append(*problems, fault.Problem{Field: name, Key: "entry.error.period"})
	}
	return p
}

var (
	plainNumber = regexp.MustCompile(`^-?\d{1,15}([.,]\d{1,9})?$`)
	thousands   = regexp.MustCompile(`^-?\d{1,3}(,\d{3})+$`) // 13,000: a decimal comma in one language, thousands in another
	spaces      = strings.NewReplacer(" ", "", "\u00a0", "", "\u2009", "", "\u202f", "", "\u2212", "-")
)

// parseNumber reads a number with a decimal comma or point and with or without
// spaces between thousands. In English 13,000 could be meant either way and is
// refused.
func parseNumber(lang, text string) (value float64, decimals int, ok bool) {
	text = spaces.Replace(text)
	if !plainNumber.MatchString(text) || lang == "en" && thousands.MatchString(text) {
		return 0, 0, false
	}
	text = strings.Replace(text, ",", ".", 1)
	if i := strings.IndexByte(text, '.'); i >= 0 {
		decimals = len(text) - i - 1
	}
	value, err := strconv.ParseFloat(text, 64)
	return value, decimals, err == nil && !math.IsInf(value, 0)
}

// typed is a number as a reader of p would type it.
func typed(p *i18n.Printer, v float64, decimals int) string {
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	if p.Lang() != "en" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}
