package web

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"

	"gcm/indicators"
	"gcm/internal/cell"
	"gcm/internal/chart"
	"gcm/internal/i18n"
	"gcm/objectives"
)

// fileName splits "code.csv"; a name without a known ending is no file.
func fileName(name string) (code, ending string, ok bool) {
	ending = path.Ext(name)
	switch ending {
	case ".csv", ".json", ".svg":
		return strings.TrimSuffix(name, ending), ending, true
	}
	return "", "", false
}

// downloadIndicator answers CODE.csv, CODE.json and CODE.svg.
func (s *site) downloadIndicator(r *request) error {
	code, ending, ok := fileName(r.Param("code"))
	if !ok {
		return notFound("no file %q", r.Param("code"))
	}
	ind, err := r.indicator(code)
	if err != nil {
		return err
	}
	r.Header("Content-Language", r.p.Lang())
	r.vary()
	if ending == ".svg" {
		return r.sendSVG(ind)
	}
	r.Header("Content-Security-Policy", "default-src 'none'; sandbox")
	r.Header("Content-Disposition", `attachment; filename="`+ind.Code+ending+`"`)
	if ending == ".json" {
		r.JSON(http.StatusOK, fileOf(ind))
		return nil
	}
	return r.sendCSV(ind)
}

func (r *request) sendSVG(ind indicators.Indicator) error {
	c, ok := indicators.ChartOf(r.p, ind)
	if !ok {
		return notFound("indicator %s is not charted", ind.Code)
	}
	r.Header("Content-Security-Policy", "default-src 'none'; sandbox")
	r.Data(http.StatusOK, "image/svg+xml; charset=utf-8", []byte(chart.StandaloneSVG(c.Draw(wideChart, chart.NotoSans), c.Title, inWords(c))))
	return nil
}

// sendCSV writes one line per observation: codes, not labels, so that files of
// all languages read alike; the note is in the reader's language.
func (r *request) sendCSV(ind indicators.Indicator) error {
	r.Header("Content-Type", "text/csv; charset=utf-8")
	w := csv.NewWriter(r.Writer)
	head := []string{"indicator", "period"}
	for _, d := range ind.BrokenDownBy() {
		head = append(head, d.Dimension.Code)
	}
	err := w.Write(append(head, "value", "unit", "qualifier", "obs_status", "value_text", "note"))
	for _, o := range ind.Observations {
		row := []string{ind.Code, string(o.Period)}
		for _, d := range ind.BrokenDownBy() {
			row = append(row, o.Breakdown[d.Dimension.Code])
		}
		row = append(row, plain(o), string(o.Unit), string(o.Qualifier), o.ObsStatus, cell.Harmless(o.ValueText), cell.Harmless(r.in(o.Note)))
		if err == nil {
			err = w.Write(row)
		}
	}
	w.Flush()
	if err == nil {
		err = w.Error()
	}
	if err != nil {
		return fmt.Errorf("write %s.csv: %w", ind.Code, err)
	}
	return nil
}

// plain prints a value in digits with a point; empty for a missing one.
func plain(o indicators.Observation) string {
	if o.Value == nil {
		return ""
	}
	return strconv.FormatFloat(*o.Value, 'f', o.Decimals, 64)
}

// indicatorFile is CODE.json.
type indicatorFile struct {
	Code       string                `json:"code"`
	Name       i18n.Text             `json:"name"`
	Definition i18n.Text             `json:"definition,omitempty"`
	Unit       indicators.Unit       `json:"unit"`
	ScaleNote  i18n.Text             `json:"scale_note,omitempty"`
	FigureType indicators.FigureType `json:"figure_type"`
	Direction  indicators.Direction  `json:"direction"`
	DataSource i18n.Text             `json:"data_source,omitempty"`
	SDGTargets []string              `json:"sdg_targets,omitempty"`
	Objectives []int                 `json:"objectives"`
	passportFile
	Observations []observationFile `json:"observations"`
}

type observationFile struct {
	Period    string               `json:"period"`
	Breakdown indicators.Breakdown `json:"breakdown"`
	Value     *float64             `json:"value"`
	ValueText string               `json:"value_text"`
	Unit      indicators.Unit      `json:"unit"`
	Qualifier indicators.Qualifier `json:"qualifier"`
	ObsStatus string               `json:"obs_status"`
	Note      i18n.Text            `json:"note,omitempty"`
	Quotes    objectives.Quotes    `json:"quotes,omitempty"`
}

func fileOf(ind indicators.Indicator) indicatorFile {
	f := indicatorFile{
		Code: ind.Code, Name: ind.Name, Definition: ind.Definition, Unit: ind.Unit, ScaleNote: ind.ScaleNote,
		FigureType: ind.FigureType, Direction: ind.Direction, DataSource: ind.DataSource, SDGTargets: ind.SDGTargets,
		passportFile: passportFileOf(ind),
	}
	for _, o := range ind.Objectives {
		f.Objectives = append(f.Objectives, o.Objective.Number)
	}
	for _, o := range ind.Observations {
		f.Observations = append(f.Observations, observationFile{
			string(o.Period), o.Breakdown, o.Value, o.ValueText, o.Unit, o.Qualifier, o.ObsStatus, o.Note, o.Quotes,
		})
	}
	return f
}
