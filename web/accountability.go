package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// accountability is what its three pages share: the tabs and the round.
type accountability struct {
	workPage
	Tabs   []navLink
	File   string // address of the same as a spreadsheet
	Rounds []progress.Cycle
	Round  progress.Cycle // the one shown; without a code when there is none
	Action string         // the page itself
}

// accountabilityParts are the tabs: the part in the name of its file, its address.
var accountabilityParts = []struct{ part, path string }{
	{"matrix", "/work/accountability"},
	{"timeliness", "/work/accountability/timeliness"},
	{"white_spots", "/work/accountability/white-spots"},
}

// accountability fills in what the three pages share.
func (s *site) accountability(r *request, part string) (accountability, error) {
	a := accountability{}
	rounds, round, err := s.rounds(r)
	if err != nil {
		return a, err
	}
	a.Rounds, a.Round = rounds, round
	query := "?round=" + round.Code
	for _, tab := range accountabilityParts {
		a.Tabs = append(a.Tabs, navLink{r.T("accountability." + tab.part), tab.path + query, tab.part == part})
		if tab.part == part {
			a.Action = tab.path
		}
	}
	a.workPage = r.workPage(r.T("accountability." + part))
	a.File = "/work/accountability.xlsx" + query + "&part=" + part
	return a, nil
}

// rounds returns the reporting rounds, the newest first, and the one that is
// asked for: without a question the newest that is open, else the newest.
func (s *site) rounds(r *request) ([]progress.Cycle, progress.Cycle, error) {
	rounds, err := s.progress.Cycles(r.Request.Context())
	if err != nil {
		return nil, progress.Cycle{}, err
	}
	slices.Reverse(rounds)
	asked := r.Query("round")
	i := slices.IndexFunc(rounds, func(c progress.Cycle) bool { return c.Code == asked })
	if asked == "" {
		i = max(0, slices.IndexFunc(rounds, progress.Cycle.Open))
	}
	if i < 0 {
		return nil, progress.Cycle{}, notFound("no reporting round %q", asked)
	}
	if len(rounds) == 0 {
		return nil, progress.Cycle{}, nil
	}
	return rounds, rounds[i], nil
}

// matrixPage is pages/accountability/matrix.html.
type matrixPage struct {
	accountability
	Heads []string     // of the agencies' columns, in short
	Names []string     // of the agencies
	Lines []matrixLine // objectives, cross-cutting measures, all
}

// matrixLine is a row of the matrix.
type matrixLine struct {
	Number   int // of the objective; 0 for the last two
	Name     string
	Measures int
	Unled    int
	Cells    []progress.Tally // by agency
	Sum      progress.Tally
	All      bool
}

// showMatrix shows objectives against agencies.
func (s *site) showMatrix(r *request) error {
	a, err := s.accountability(r, "matrix")
	if err != nil {
		return err
	}
	page := matrixPage{accountability: a}
	if a.Round.Code != "" {
		var agencies []objectives.Agency
		if agencies, page.Lines, err = s.matrix(r, a.Round.Code); err != nil {
			return err
		}
		for _, agency := range agencies {
			page.Heads = append(page.Heads, r.shortName(agency))
			page.Names = append(page.Names, r.in(agency.Name))
		}
	}
	return r.render(http.StatusOK, "accountability/matrix", page)
}

// matrix reads the matrix: agencies that lead or enter first, then those that
// only take part, both in the reader's alphabet.
func (s *site) matrix(r *request, round string) ([]objectives.Agency, []matrixLine, error) {
	m, err := s.progress.Matrix(r.Request.Context(), r.actor, round)
	if err != nil {
		return nil, nil, err
	}
	i18n.Sort(r.p, m.Agencies, r.shortName)
	slices.SortStableFunc(m.Agencies, func(a, b objectives.Agency) int { return cmp.Compare(involved(m.All.Of(b)), involved(m.All.Of(a))) })
	var lines []matrixLine
	for _, row := range append(m.Rows, m.All) {
		line := matrixLine{Name: r.T("matrix.cross_cutting"), Measures: row.Measures, Unled: row.Unled, Sum: row.Sum, All: len(lines) == len(m.Rows)}
		switch {
		case row.Objective != nil:
			line.Number, line.Name = row.Objective.Number, r.in(row.Objective.ShortTitle)
		case line.All:
			line.Name = r.T("matrix.all")
		}
		for _, agency := range m.Agencies {
			line.Cells = append(line.Cells, row.Of(agency))
		}
		lines = append(lines, line)
	}
	return m.Agencies, lines, nil
}

// involved is 1 for an agency that leads measures or has to enter on them.
func involved(t progress.Tally) int { return min(1, t.Lead+t.Awaited+t.Entries()) }

// shortName is an agency's acronym in the reader's language, else its name.
func (r *request) shortName(a objectives.Agency) string {
	if short := a.Acronyms[r.p.Lang()]; len(short) > 0 {
		return short[0]
	}
	return r.in(a.Name)
}

// timelinessPage is pages/accountability/timeliness.html.
type timelinessPage struct {
	accountability
	Agencies []progress.Punctuality // of the round, by the agency's name
	Sum      progress.Punctuality
	ByRound  []progress.Punctuality // sums of all rounds, the newest first
}

// showTimeliness shows who kept the dates.
func (s *site) showTimeliness(r *request) error {
	a, err := s.accountability(r, "timeliness")
	if err != nil {
		return err
	}
	page := timelinessPage{accountability: a}
	if page.Agencies, page.Sum, page.ByRound, err = s.timeliness(r, a.Round.Code); err != nil {
		return err
	}
	return r.render(http.StatusOK, "accountability/timeliness", page)
}

func (s *site) timeliness(r *request, round string) (agencies []progress.Punctuality, sum progress.Punctuality, rounds []progress.Punctuality, err error) {
	list, err := s.progress.Timeliness(r.Request.Context(), r.actor, "", s.Zone)
	if err != nil {
		return nil, sum, nil, err
	}
	sum.Cycle = round
	for _, one := range list {
		if one.Cycle == round {
			agencies = append(agencies, one)
			sum = sum.Plus(one)
		}
		if last := len(rounds) - 1; last >= 0 && rounds[last].Cycle == one.Cycle {
			rounds[last] = rounds[last].Plus(one)
		} else {
			rounds = append(rounds, one)
		}
	}
	slices.Reverse(rounds)
	i18n.Sort(r.p, agencies, func(p progress.Punctuality) string { return r.in(p.Agency.Name) })
	return agencies, sum, rounds, nil
}

// whiteSpotsPage is pages/accountability/white_spots.html.
type whiteSpotsPage struct {
	accountability
	Groups []whiteSpots
}

// whiteSpots are the white spots of a kind.
type whiteSpots struct {
	Kind  string
	Title string
	Found string // how many of how many
	Spots []whiteSpot
	Open  bool // few enough to be shown at once
}

// whiteSpot is a record with its page.
type whiteSpot struct {
	progress.WhiteSpot
	URL string
}

// fewSpots is how many are shown without being asked for.
const fewSpots = 12

// showWhiteSpots shows what is missing.
func (s *site) showWhiteSpots(r *request) error {
	a, err := s.accountability(r, "white_spots")
	if err != nil {
		return err
	}
	page := whiteSpotsPage{accountability: a}
	if a.Round.Code != "" {
		if page.Groups, err = s.whiteSpots(r, a.Round.Code); err != nil {
			return err
		}
	}
	return r.render(http.StatusOK, "accountability/white_spots", page)
}

func (s *site) whiteSpots(r *request, round string) ([]whiteSpots, error) {
	found, err := s.progress.WhiteSpots(r.Request.Context(), r.actor, round)
	if err != nil {
		return nil, err
	}
	var groups []whiteSpots
	for _, f := range found {
		g := whiteSpots{Kind: f.Kind, Title: r.T("white_spots." + f.Kind), Found: r.T("white_spots.found", len(f.Spots), f.Of), Open: len(f.Spots) <= fewSpots}
		for _, spot := range f.Spots {
			g.Spots = append(g.Spots, whiteSpot{spot, r.pageOf(spot)})
		}
		groups = append(groups, g)
	}
	return groups, nil
}

// pageOf leads to the public page of a record; an action stands on that of its
// objective, whose paragraph is numbered 16 higher.
func (r *request) pageOf(spot progress.WhiteSpot) string {
	if spot.Noun == "action" {
		paragraph, _, _ := strings.Cut(spot.Code, "(")
		n, _ := strconv.Atoi(paragraph) // the Compact's own
		return r.url("/objectives/" + strconv.Itoa(n-16))
	}
	return r.url("/" + map[string]string{"objective": "objectives", "measure": "measures", "indicator": "indicators", "agency": "agencies"}[spot.Noun] + "/" + spot.Code)
}
