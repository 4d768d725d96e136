package web

import (
	"slices"
	"time"

	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

// lately is something that became public.
type lately struct {
	ID     string // names it among all that became public
	Kind   string // of the entry, or "data"
	At     time.Time
	Date   period.Period // in the State
	What   string        // the kind, in words
	Title  i18n.Text
	URL    string
	Status objectives.Status // of a measure's progress; empty for others
	By     i18n.Text         // the agency; empty for what comes from the coordinator
}

// latelyShown is how much of it the overview shows.
const latelyShown = 8

// lately lists what became public last, the latest first.
func (r *request) lately() ([]lately, error) {
	list, err := r.latelyReleased("", latelyShown)
	if err != nil {
		return nil, err
	}
	data, err := r.latelyData()
	if err != nil {
		return nil, err
	}
	list = append(list, data...)
	slices.SortStableFunc(list, func(a, b lately) int { return b.At.Compare(a.At) })
	return list[:min(len(list), latelyShown)], nil
}

// latelyData lists the data releases that can be taken along.
func (r *request) latelyData() (list []lately, err error) {
	releases, err := r.releases()
	for _, one := range releases {
		if one.Packed() {
			list = append(list, r.at(lately{ID: "data:" + one.Code, Kind: "data", At: one.At, What: r.T("lately.data"), Title: one.Title, URL: r.url(one.Path())}))
		}
	}
	return list, err
}

// latelyReleased lists the entries that were released last, of one agency or of all.
func (r *request) latelyReleased(agency string, limit int) ([]lately, error) {
	entries, err := r.site.progress.Lately(r.Request.Context(), agency, limit)
	var list []lately
	for _, e := range entries {
		one := lately{ID: "entry:" + e.Code, Kind: string(e.Kind), At: e.ReleasedAt, What: r.T("lately." + string(e.Kind)), Title: e.Title, Status: e.Status, By: e.AgencyName, URL: r.url("/measures/" + e.Record)}
		if e.Kind == progress.KindValues {
			one.URL = r.url("/indicators/" + e.Record)
		}
		list = append(list, r.at(one))
	}
	return list, err
}

func (r *request) at(one lately) lately {
	one.Date = period.Period(one.At.In(r.site.Zone).Format(time.DateOnly))
	return one
}
