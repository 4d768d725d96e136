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
	list, err := r.latelyReleased("")
	if err != nil {
		return nil, err
	}
	releases, err := r.releases()
	if err != nil {
		return nil, err
	}
	for _, one := range releases {
		if one.Packed() {
			list = append(list, r.at(lately{At: one.At, What: r.T("lately.data"), Title: one.Title, URL: r.url(one.Path())}))
		}
	}
	slices.SortStableFunc(list, func(a, b lately) int { return b.At.Compare(a.At) })
	return list[:min(len(list), latelyShown)], nil
}

// latelyReleased lists the entries that were released last, of one agency or of all.
func (r *request) latelyReleased(agency string) ([]lately, error) {
	entries, err := r.site.progress.Lately(r.Request.Context(), agency, latelyShown)
	var list []lately
	for _, e := range entries {
		one := lately{At: e.ReleasedAt, What: r.T("lately." + string(e.Kind)), Title: e.Title, Status: e.Status, By: e.AgencyName, URL: r.url("/measures/" + e.Record)}
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
