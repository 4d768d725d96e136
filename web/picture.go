package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gcm/indicators"
	"gcm/internal/chart"
)

// pictureForm is how a reader chooses the picture of an indicator.
type pictureForm struct {
	Path    string
	Views   []option
	Chosen  string
	Series  []pick
	Most    int
	Compare string // where the chosen series can be compared with other indicators
}

// pick is a box of a list that may be ticked.
type pick struct {
	option
	Ticked bool
}

// totalName stands in addresses for the breakdown of the total.
const totalName = "total"

func cellName(b indicators.Breakdown) string {
	if len(b) == 0 {
		return totalName
	}
	return b.String()
}

// pictureParameters are those of the query that choose a picture.
var pictureParameters = []string{"view", "s"}

// view reads the picture that the address asks for, as far as there is one, with
// what is wrong with it.
func (r *request) view(ind indicators.Indicator) (indicators.View, []string) {
	var v indicators.View
	var problems []string
	query := r.Request.URL.Query()
	if name := query.Get("view"); name != "" {
		views := ind.Views()
		n := slices.IndexFunc(views, func(one indicators.View) bool { return one.String() == name })
		if n < 0 {
			return v, []string{r.T("filter.unknown", r.T("picture.view"), name)}
		}
		v = views[n]
	}
	if v.Kind != "" && v.Kind != chart.Line { // the series are those of another picture
		return v, nil
	}
	cells := ind.CellsOverTime()
	for _, name := range query["s"] {
		n := slices.IndexFunc(cells, func(b indicators.Breakdown) bool { return cellName(b) == name })
		switch {
		case n < 0:
			problems = append(problems, r.T("filter.unknown", r.T("picture.series"), name))
		case slices.ContainsFunc(v.Cells, func(b indicators.Breakdown) bool { return cellName(b) == name }):
		default:
			v.Kind, v.Cells = chart.Line, append(v.Cells, cells[n])
		}
	}
	if len(v.Cells) > indicators.MostSeries {
		v.Cells = v.Cells[:indicators.MostSeries]
		problems = append(problems, r.T("picture.most", strconv.Itoa(indicators.MostSeries)))
	}
	return v, problems
}

// viewQuery is the address of a view, which view reads again.
func viewQuery(v indicators.View) url.Values {
	query := url.Values{}
	if v.Kind != "" {
		query.Set("view", v.String())
	}
	for _, b := range v.Cells {
		query.Add("s", cellName(b))
	}
	return query
}

// pictureForm is the form with what v chose; nil where there is nothing to choose.
func (r *request) pictureForm(ind indicators.Indicator, v indicators.View) *pictureForm {
	if v.Kind == "" {
		v = ind.DefaultView()
	}
	if v.Kind == chart.Line && len(v.Cells) == 0 {
		if d := ind.DefaultView(); d.Kind == chart.Line {
			v.Cells = d.Cells
		}
	}
	f := pictureForm{Path: r.url("/indicators/" + ind.Code), Chosen: v.String(), Most: indicators.MostSeries}
	for _, one := range ind.Views() {
		f.Views = append(f.Views, option{one.String(), r.viewName(ind, one)})
	}
	cells := ind.CellsOverTime()
	for n, b := range cells {
		ticked := slices.ContainsFunc(v.Cells, func(c indicators.Breakdown) bool { return c.String() == b.String() })
		if len(v.Cells) == 0 && v.Kind == chart.Line { // as it is drawn
			ticked = n < indicators.MostSeries
		}
		f.Series = append(f.Series, pick{option{cellName(b), ind.BreakdownLabel(r.p, b)}, ticked})
	}
	if len(cells) > 0 {
		strand := indicators.Strand{Indicator: ind, Cell: cells[0]}
		if len(v.Cells) > 0 {
			strand.Cell = v.Cells[0]
		}
		f.Compare = r.url(comparePath) + "?" + url.Values{"i": {strandName(strand)}}.Encode()
	}
	return &f
}

// Choice reports whether there is more than one picture.
func (f pictureForm) Choice() bool { return len(f.Views) > 1 || len(f.Series) > 1 }

func (r *request) viewName(ind indicators.Indicator, v indicators.View) string {
	if v.Kind == chart.Line {
		return r.T("picture.view.time")
	}
	name := v.By
	for _, d := range ind.Dimensions {
		if d.Dimension.Code == v.By {
			name = r.in(d.Dimension.Name)
		}
	}
	return r.T("picture.view."+string(v.Kind), name, indicators.PeriodName(r.p, v.At))
}

// picture draws a view of an indicator as this State's pages show it.
func (r *request) picture(ind indicators.Indicator, v indicators.View) (chart.Chart, error) {
	c, err := indicators.Picture(r.p, ind, v)
	if c.Kind == chart.Map {
		c.Home, c.HomeName = r.country.Code, r.in(r.country.Name)
	}
	return c, err
}

// noPicture answers a file of a picture that there is not.
func noPicture() error { return &statusError{http.StatusBadRequest, "error.picture"} }

// files are the ways in which a picture can be taken along.
func pictureFiles(path string, query url.Values) []pictureFile {
	var list []pictureFile
	for _, f := range []struct{ ending, name string }{{".svg", "SVG"}, {".png", "PNG"}, {tableEnding, "CSV"}} {
		address := path + f.ending
		if len(query) > 0 {
			address += "?" + query.Encode()
		}
		list = append(list, pictureFile{f.name, address})
	}
	return list
}

// pictureFile is a file of a picture.
type pictureFile struct{ Name, URL string }

// tableEnding is that of the figures of a picture, as it shows them.
const tableEnding = ".chart.csv"
