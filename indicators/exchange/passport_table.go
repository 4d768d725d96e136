package exchange

import (
	"fmt"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/cell"
	"gcm/internal/i18n"
)

// passportTable lists the indicators' passports, one in a line, under names of
// columns that no language changes.
func (s Set) passportTable() [][]string {
	head := []string{"indicator"}
	texts := []struct {
		name string
		of   func(indicators.Indicator) i18n.Text
	}{
		{"name", func(i indicators.Indicator) i18n.Text { return i.Name }},
		{"definition", func(i indicators.Indicator) i18n.Text { return i.Definition }},
		{"computation", func(i indicators.Indicator) i18n.Text { return i.Computation }},
		{"data_source", func(i indicators.Indicator) i18n.Text { return i.DataSource }},
		{"limits", func(i indicators.Indicator) i18n.Text { return i.Limits }},
		{"scale_note", func(i indicators.Indicator) i18n.Text { return i.ScaleNote }},
		{"note", func(i indicators.Indicator) i18n.Text { return i.Note }},
	}
	for _, t := range texts {
		for _, lang := range s.Languages {
			head = append(head, t.name+"_"+lang)
		}
	}
	plain := []struct {
		name string
		of   func(indicators.Indicator) string
	}{
		{"unit", func(i indicators.Indicator) string { return string(i.Unit) }},
		{"figure_type", func(i indicators.Indicator) string { return string(i.FigureType) }},
		{"direction", func(i indicators.Indicator) string { return string(i.Direction) }},
		{"frequency", func(i indicators.Indicator) string { return string(i.Frequency) }},
		{"scope", func(i indicators.Indicator) string { return string(i.Scope) }},
		{"agency", agencyCode},
		{"dimensions", dimensionCodes},
		{"objectives", objectiveNumbers},
		{"sdg_targets", func(i indicators.Indicator) string { return strings.Join(i.SDGTargets, " ") }},
		{"sdg_indicators", func(i indicators.Indicator) string { return strings.Join(i.SDGIndicators, " ") }},
		{"baseline_period", func(i indicators.Indicator) string { return string(i.BaselinePeriod) }},
		{"baseline_value", func(i indicators.Indicator) string { return number(i.BaselineValue) }},
		{"targets", targets},
		{"breaks", breaks},
		{"lowest", func(i indicators.Indicator) string { return number(i.Lowest) }},
		{"highest", func(i indicators.Indicator) string { return number(i.Highest) }},
	}
	for _, p := range plain {
		head = append(head, p.name)
	}
	lines := [][]string{head}
	for _, ind := range s.Indicators {
		line := []string{ind.Code}
		for _, t := range texts {
			for _, lang := range s.Languages {
				line = append(line, cell.Harmless(t.of(ind)[lang]))
			}
		}
		for _, p := range plain {
			line = append(line, p.of(ind))
		}
		lines = append(lines, line)
	}
	return lines
}

func agencyCode(i indicators.Indicator) string {
	if i.Agency == nil {
		return ""
	}
	return i.Agency.Code
}

func dimensionCodes(i indicators.Indicator) string {
	var codes []string
	for _, d := range i.Dimensions {
		codes = append(codes, d.Dimension.Code)
	}
	return strings.Join(codes, " ")
}

func objectiveNumbers(i indicators.Indicator) string {
	var numbers []string
	for _, o := range i.Objectives {
		numbers = append(numbers, strconv.Itoa(o.Objective.Number))
	}
	return strings.Join(numbers, " ")
}

func targets(i indicators.Indicator) string {
	var all []string
	for _, t := range i.Targets {
		all = append(all, fmt.Sprintf("%s=%s", t.Period, number(&t.Value)))
	}
	return strings.Join(all, " ")
}

func breaks(i indicators.Indicator) string {
	var all []string
	for _, b := range i.Breaks {
		all = append(all, fmt.Sprintf("%s=%s", b.Period, b.Kind))
	}
	return strings.Join(all, " ")
}

func number(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// codeTable lists the codes of all lists with their names: those of the program
// and, beside them, those of SDMX.
func (s Set) codeTable() [][]string {
	head := []string{"list", "code", "sdmx_list", "sdmx_code"}
	for _, lang := range s.Languages {
		head = append(head, "name_"+lang)
	}
	lines := [][]string{head}
	for _, c := range s.Lists() {
		for _, code := range c.Codes {
			line := []string{columnOf(c), cell.Harmless(code.Ours), c.List(), code.ID}
			for _, lang := range s.Languages {
				line = append(line, cell.Harmless(code.Name[lang]))
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// columnOf is the column of the flat table in which a list's codes stand; empty
// when it has none.
func columnOf(c Component) string {
	if c.Register != "" {
		return dimensionColumn(c.Register)
	}
	return map[string]string{
		"INDICATOR": "indicator", "UNIT_MEASURE": "unit", "OBS_STATUS": "obs_status", "CONF_STATUS": "conf_status", "QUALIFIER": "qualifier",
	}[c.ID]
}
