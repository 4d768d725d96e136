package web

import (
	"slices"
	"time"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/objectives"
	"gcm/progress"
)

// releasedRound is what was released of a measure's progress in one round by one
// agency.
type releasedRound struct {
	Cycle    i18n.Text
	Agency   objectives.Agency
	Status   objectives.Status
	Texts    []releasedText
	Evidence []evidenceLine
	At       *time.Time // when it was released
}

// releasedText is a text with the key of its label.
type releasedText struct {
	Key  string
	Text i18n.Text
}

// releasedRounds are what was released of a measure's progress, the latest round
// first.
func (r *request) releasedRounds(m objectives.Measure) ([]releasedRound, error) {
	ctx, store := r.Request.Context(), r.site.progress
	entries, err := store.Released(ctx, m.ID)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	cycles, err := store.Cycles(ctx)
	if err != nil {
		return nil, err
	}
	agencies, err := r.site.objectives.Agencies(ctx)
	if err != nil {
		return nil, err
	}
	var rounds []releasedRound
	for _, e := range entries {
		round := releasedRound{Status: e.Status, At: e.ReleasedAt}
		if i := slices.IndexFunc(cycles, func(c progress.Cycle) bool { return c.ID == e.CycleID }); i >= 0 {
			round.Cycle = cycles[i].Name
		}
		if i := slices.IndexFunc(agencies, func(a objectives.Agency) bool { return a.ID == e.AgencyID }); i >= 0 {
			round.Agency = agencies[i]
		}
		for _, t := range textsOf(e.Content) {
			if r.in(*t.Text) != "" {
				round.Texts = append(round.Texts, releasedText{t.Name, *t.Text})
			}
		}
		if round.Evidence, err = r.publicEvidenceOf(e.Code); err != nil {
			return nil, err
		}
		rounds = append(rounds, round)
	}
	return rounds, nil
}

// publicEvidenceOf lists the evidence that was released with an entry.
func (r *request) publicEvidenceOf(code string) ([]evidenceLine, error) {
	lines, err := r.evidenceFor(auth.Actor{}, code)
	for i := range lines {
		lines[i].Path = "/evidence/" + lines[i].Code
	}
	return lines, err
}
