package web

import (
	"slices"
	"time"

	"gcm/indicators"
	"gcm/indicators/exchange"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/reports"
)

// apiCycle is a reporting cycle that a review presents.
type apiCycle struct {
	Code        string        `json:"code"`
	Name        i18n.Text     `json:"name"`
	Covers      period.Period `json:"covers,omitempty"`
	Cutoff      period.Period `json:"cutoff"`
	CutoffBasis string        `json:"cutoff_basis" enum:"stated,inferred"`
}

// apiReview is a review with its editions.
type apiReview struct {
	Cycle    apiCycle     `json:"cycle"`
	Title    i18n.Text    `json:"title"`
	Author   i18n.Text    `json:"author,omitempty"`
	Notice   i18n.Text    `json:"notice,omitempty"`
	State    string       `json:"state"`
	Editions []apiEdition `json:"editions"`
}

// apiEdition is a review in one language, whole or compact.
type apiEdition struct {
	Language string `json:"language"`
	Profile  string `json:"profile" enum:"full,compact"`
	URL      string `json:"url"`
}

func shownCycle(v reports.Review) apiCycle {
	c := v.Cycle
	return apiCycle{c.Code, c.Name, c.Covers, c.Cutoff, string(c.CutoffBasis)}
}

func (r *request) shownReview(v reports.Review) apiReview {
	shown := apiReview{shownCycle(v), v.Title, v.Author, v.Notice, string(v.State), nil}
	for _, profile := range profiles {
		for _, lang := range r.languages() {
			file := lang + ".pdf"
			if profile != string(reports.Full) {
				file = lang + "-" + profile + ".pdf"
			}
			shown.Editions = append(shown.Editions, apiEdition{lang, profile, r.absolute("/reviews/" + v.Cycle.Code + "/" + file)})
		}
	}
	return shown
}

func (r *request) publicReviews() ([]reports.Review, error) {
	list, _, err := r.site.publicReviews(r.Request.Context())
	return list, err
}

func byCycle(v reports.Review) listPlace { return listPlace{"", v.Cycle.Code} }

func listAPICycles(r *request, in *struct {
	Choice
	Paging
}) (apiList[apiCycle], error) {
	all, err := r.publicReviews()
	if err != nil {
		return apiList[apiCycle]{}, err
	}
	return listOf(r, in.Paging, "", all, byCycle, shownCycle)
}

func listAPIReviews(r *request, in *struct {
	Choice
	Paging
}) (apiList[apiReview], error) {
	all, err := r.publicReviews()
	if err != nil {
		return apiList[apiReview]{}, err
	}
	return listOf(r, in.Paging, "", all, byCycle, r.shownReview)
}

func showAPIReview(r *request, in *struct {
	Choice
	Cycle string `path:"cycle" maxLength:"41" example:"2022"`
}) (apiReview, error) {
	all, err := r.publicReviews()
	i := slices.IndexFunc(all, func(v reports.Review) bool { return v.Cycle.Code == in.Cycle })
	if err != nil || i < 0 {
		return apiReview{}, orNotFound(err, "review of cycle %q", in.Cycle)
	}
	return r.shownReview(all[i]), nil
}

// apiRelease is a data release: figures frozen under a code.
type apiRelease struct {
	Code         string    `json:"code"`
	Title        i18n.Text `json:"title"`
	Note         i18n.Text `json:"note,omitempty"`
	At           time.Time `json:"released_at"`
	Observations int       `json:"observations"`
	SHA256       string    `json:"sha256"`
	URL          string    `json:"url,omitempty"`
	Files        []apiFile `json:"files,omitempty"` // of one release alone
}

// apiFile is a file of a release.
type apiFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	URL    string `json:"url"`
}

func (r *request) shownRelease(l releaseLine) apiRelease {
	shown := apiRelease{Code: l.Code, Title: l.Title, Note: l.Note, At: l.At.UTC(), Observations: l.Observations, SHA256: l.SHA256}
	if l.Packed() {
		shown.URL = r.absolute(l.ZIP())
	}
	return shown
}

func listAPIReleases(r *request, in *struct {
	Choice
	Paging
	UpdatedSince time.Time `query:"updated_since" example:"2026-01-31T00:00:00Z"`
}) (apiList[apiRelease], error) {
	all, err := r.releases()
	if err != nil {
		return apiList[apiRelease]{}, err
	}
	var rows []releaseLine
	for _, l := range all {
		if !l.At.Before(in.UpdatedSince) {
			rows = append(rows, l)
		}
	}
	return listOf(r, in.Paging, "", rows, func(l releaseLine) listPlace { return listPlace{l.At.UTC().Format("20060102T150405.000000"), l.Code} }, r.shownRelease)
}

func showAPIRelease(r *request, in *struct {
	Choice
	Coded
}) (apiRelease, error) {
	ctx := r.Request.Context()
	one, err := r.site.indicators.ReleaseByCode(ctx, in.Code)
	if err != nil {
		return apiRelease{}, err
	}
	archives, err := r.site.indicators.Archives(ctx)
	if err != nil {
		return apiRelease{}, err
	}
	line := releaseLine{Release: one, Archive: archives[one.ID]}
	shown := r.shownRelease(line)
	if !line.Packed() {
		return shown, nil
	}
	return shown, r.filesOf(line.Release, &shown)
}

// filesOf adds the files in the archive of a release.
func (r *request) filesOf(one indicators.Release, to *apiRelease) error {
	line, archive, err := r.archive(one.Code)
	if err != nil {
		return err
	}
	files, err := exchange.Files(archive)
	for _, f := range files {
		to.Files = append(to.Files, apiFile{f.Name, f.Size, f.SHA256, r.absolute(line.Path() + "/" + f.Name)})
	}
	return err
}
