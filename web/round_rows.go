package web

import "net/url"

// maxMilestones bounds the rows of the form.
const maxMilestones = 20

// milestones counts the rows of the form: a day is sent even when it is empty.
func milestones(form url.Values) int {
	n := 0
	for n < maxMilestones && form.Has(milestoneRow(n)+".due") {
		n++
	}
	return n
}

// tidyMilestones takes out rows in which nothing was entered and those that are
// to be dropped, and moves the others up: a problem then names the row that the
// page shows.
func (s sheet) tidyMilestones() {
	kept := 0
	for i := range milestones(s.Values) {
		from, to := milestoneRow(i), milestoneRow(kept)
		if s.Get(from+".drop") != "" || !s.Holds(from+".due", from+".name", from+".note") {
			s.drop(from)
			continue
		}
		s.move(from, to)
		kept++
	}
}
