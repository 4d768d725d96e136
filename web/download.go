package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"gcm/indicators"
	"gcm/indicators/exchange"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/reports"
)

// endings are the files that there are of an indicator; those with a format of
// the exchange are written by it.
var endings = []struct{ ending, format string }{
	{".sdmx.csv", "sdmx-csv"}, {".sdmx.json", "sdmx-json"}, {tableEnding, ""}, {".csv", "csv"}, {".xlsx", "xlsx"}, {".json", ""}, {".svg", ""}, {".png", ""}, {".pdf", ""},
}

// fileName splits "code.csv"; a name without a known ending is no file.
func fileName(name string) (code, ending, format string, ok bool) {
	for _, e := range endings {
		if code, ok := strings.CutSuffix(name, e.ending); ok {
			return code, e.ending, e.format, true
		}
	}
	return "", "", "", false
}

// downloadIndicator answers CODE.csv, CODE.xlsx, CODE.json, CODE.pdf and the SDMX messages, and
// the picture that the query chooses as CODE.svg, CODE.png and CODE.chart.csv.
func (s *site) downloadIndicator(r *request) error {
	code, ending, format, ok := fileName(r.Param("code"))
	if !ok {
		return notFound("no file %q", r.Param("code"))
	}
	ind, err := r.indicator(code)
	if err != nil {
		return err
	}
	r.Header("Content-Language", r.p.Lang())
	r.vary()
	if f, ok := exchange.FormatOf(format); ok {
		return r.sendExport(f, ind.Code+ending, func() (exchange.Set, error) {
			return exchange.Of(r.Request.Context(), s.figures(), ind, s.BaseURL)
		})
	}
	if ending == ".pdf" {
		return r.sendExtract(ind.Code, func(ctx context.Context, stores reports.Stores, cycle, lang string) (reports.Document, error) {
			return reports.ComposeIndicator(ctx, stores, cycle, lang, ind.Code)
		})
	}
	if slices.Contains(pictureEndings, ending) {
		return r.sendIndicator(ind, ending)
	}
	r.download(ind.Code+ending, "application/json; charset=utf-8")
	r.JSON(http.StatusOK, fileOf(ind))
	return nil
}

// sendIndicator sends the picture that the query chooses.
func (r *request) sendIndicator(ind indicators.Indicator, ending string) error {
	if ind.DefaultView().Kind == "" {
		return notFound("indicator %s is not charted", ind.Code)
	}
	v, wrong := r.view(ind)
	if len(wrong) > 0 {
		return noPicture()
	}
	c, err := r.picture(ind, v)
	if err != nil {
		return err
	}
	remarks := r.remarks(c)
	if source := r.in(ind.DataSource); source != "" {
		remarks = append(remarks, r.T("picture.source", source))
	}
	return r.sendPicture(ind.Code, ending, c, append(remarks, r.cite(ind)))
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
