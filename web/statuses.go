package web

import (
	"gcm/indicators"
	"gcm/progress"
)

// statuses are the words for what is unusual about a figure: that it is
// estimated, or not for publication. What is normal goes without saying.
func (r *request) statuses(f progress.Figure) []string {
	return r.statusWords(f.ObsStatus, f.ConfStatus)
}

func (r *request) statusWords(obs string, conf indicators.ConfStatus) []string {
	var words []string
	lists := indicators.CodeLists()
	if c, known := lists.Obs.Named(obs); known && obs != "A" && obs != "O" {
		words = append(words, r.in(c.Name))
	}
	if c, known := lists.Conf.Named(string(conf)); known && conf != indicators.Free {
		words = append(words, r.in(c.Name))
	}
	return words
}
