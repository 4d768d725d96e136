package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gcm/progress"
)

// releasePage is pages/rounds/release.html.
type releasePage struct {
	workPage
	Round    progress.Cycle
	Groups   []releaseGroup
	Total    int
	Problems []string
}

// releaseGroup is what changes for the public through entries of one kind.
type releaseGroup struct {
	Kind     progress.Kind
	Outcomes []outcomeLine
}

// outcomeLine is what one entry changes.
type outcomeLine struct{ progress.Outcome }

// Changes reports whether a measure's status changes; a new measure has none
// before.
func (l outcomeLine) Changes() bool { return l.Before != l.After && l.Kind == progress.KindProgress }

// SameFigures reports whether the figures say what is known already.
func (l outcomeLine) SameFigures() bool {
	return l.Kind == progress.KindValues && l.New+l.Replaced == 0
}

// numbers prints numbers of objectives: "1, 5, 23".
func numbers(list []int) string {
	var words []string
	for _, n := range list {
		words = append(words, strconv.Itoa(n))
	}
	return strings.Join(words, ", ")
}

// previewRelease shows what the public will see changed by the release of all
// that is accepted in a round.
func (s *site) previewRelease(r *request) error { return r.showRelease(http.StatusOK, nil) }

func (r *request) showRelease(status int, problems []string) error {
	round, err := r.site.progress.Cycle(r.Request.Context(), r.Param("code"))
	if err != nil {
		return err
	}
	outcomes, err := r.site.progress.Preview(r.Request.Context(), r.actor, round.Code)
	if err != nil {
		return err
	}
	p := releasePage{workPage: r.workPage(r.T("release.title")), Round: round, Total: len(outcomes), Problems: problems}
	for _, kind := range progress.Kinds {
		group := releaseGroup{Kind: kind}
		for _, o := range outcomes {
			if o.Kind == kind {
				group.Outcomes = append(group.Outcomes, outcomeLine{o})
			}
		}
		if len(group.Outcomes) > 0 {
			p.Groups = append(p.Groups, group)
		}
	}
	return r.render(status, "rounds/release", p)
}

// releaseRound releases what the preview showed, all of it or nothing.
func (s *site) releaseRound(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	chosen := chosenOf(form)
	if len(chosen) == 0 {
		return r.showRelease(http.StatusUnprocessableEntity, []string{r.T("queue.none_chosen")})
	}
	refusals, err := s.progress.ReleaseAll(r.Request.Context(), r.actor, chosen)
	if err != nil {
		return err
	}
	if len(refusals) > 0 {
		return r.showRelease(http.StatusUnprocessableEntity, r.refusedRelease(refusals))
	}
	return r.to("/work/rounds/"+r.Param("code"), r.T("queue.done.release", len(chosen)))
}

// refusedRelease says that nothing was released, and why.
func (r *request) refusedRelease(refusals []progress.Refusal) []string {
	list := []string{r.T("queue.refused")}
	for _, one := range refusals {
		if reason := r.reason(one.Err); !slices.Contains(list, reason) {
			list = append(list, reason)
		}
	}
	return list
}
