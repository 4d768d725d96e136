package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gcm/internal/auth"
	"gcm/internal/period"
	"gcm/objectives"
	"gcm/progress"
)

// invitationsPath is where a coordinator invites partners to comment.
const invitationsPath = "/work/invitations"

// invitableShown is how many accepted entries are offered, the latest first.
const invitableShown = 200

// invitationsPage is pages/invitations/list.html.
type invitationsPage struct {
	workPage
	Lines          []invitationLine
	Form           sheet
	Partner, About selectField
}

// invitationLine is an invitation with where it leads.
type invitationLine struct {
	progress.Invited
	URL   string // of what it is for; empty when that is out of reach
	What  string // "Objective 5", else empty
	Until string // the last day, in words
}

func (r *request) invitationLines(list []progress.Invited) (lines []invitationLine) {
	for _, i := range list {
		line := invitationLine{Invited: i}
		switch {
		case i.Objective != 0:
			line.What, line.URL = r.T("objective.n", i.Objective), r.url("/objectives/"+strconv.Itoa(i.Objective))
		case i.Entry != "":
			line.URL = "/work/entries/" + i.Entry
		}
		if i.Invitation.Until != "" {
			line.Until = r.p.Period(period.Period(i.Invitation.Until))
		}
		lines = append(lines, line)
	}
	return lines
}

// listInvitations shows who is invited to comment on what, and the form.
func (s *site) listInvitations(r *request) error {
	return r.showInvitations(http.StatusOK, url.Values{"about": {r.Query("about")}}, nil)
}

func (r *request) showInvitations(status int, values url.Values, wrong problems) error {
	ctx, store := r.Request.Context(), r.site.progress
	list, err := store.Invitations(ctx, r.actor)
	if err != nil {
		return err
	}
	guests, err := store.Guests(ctx, r.actor)
	if err != nil {
		return err
	}
	var partners []option
	for _, u := range guests {
		partners = append(partners, option{Value: strconv.FormatInt(u.ID, 10), Label: u.Name + ", " + u.Email})
	}
	about, err := r.invitable(values.Get("about"))
	if err != nil {
		return err
	}
	form := sheet{Values: values, p: r.p, labels: "invite.field.", Problems: wrong}
	return r.render(status, "invitations/list", invitationsPage{
		workPage: r.workPage(r.T("invite.title")), Lines: r.invitationLines(list), Form: form,
		Partner: selectField{form.Control("partner"), []optionGroup{{Options: partners}}}, About: selectField{form.Control("about"), about},
	})
}

// invitable are the objectives and the accepted entries, among them the one that
// was chosen.
func (r *request) invitable(chosen string) ([]optionGroup, error) {
	ctx, store := r.Request.Context(), r.site.progress
	numbers, err := r.objectiveOptions()
	if err != nil {
		return nil, err
	}
	for i := range numbers {
		numbers[i].Value = "objective/" + numbers[i].Value
	}
	accepted, err := store.Shown(ctx, r.actor, progress.Showing{State: objectives.Accepted, Latest: true, Limit: invitableShown})
	if err != nil {
		return nil, err
	}
	if code, isEntry := strings.CutPrefix(chosen, "entry/"); isEntry && !slices.ContainsFunc(accepted, func(e progress.Shown) bool { return e.Code == code }) {
		one, err := store.Shown(ctx, r.actor, progress.Showing{Code: code, Limit: 1})
		if err != nil {
			return nil, err
		}
		accepted = append(one, accepted...)
	}
	var entries []option
	for _, e := range accepted {
		entries = append(entries, option{Value: "entry/" + e.Code, Label: r.in(e.Title) + " – " + r.T("entry.kind."+string(e.Kind)) + ", " + r.in(e.AgencyName)})
	}
	return []optionGroup{{r.T("invite.entries"), entries}, {r.T("nav.objectives"), numbers}}, nil
}

// invite invites a partner to comment.
func (s *site) invite(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	asked := progress.Invite{Until: form.Get("until"), Note: form.Get("note")}
	asked.UserID, _ = strconv.ParseInt(form.Get("partner"), 10, 64) // nobody has the id 0
	switch kind, which, _ := strings.Cut(form.Get("about"), "/"); kind {
	case "entry":
		asked.Entry = which
	case "objective":
		asked.Objective, _ = strconv.Atoi(which) // none has the number 0
	}
	if err := s.progress.Invite(r.Request.Context(), r.actor, asked); err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.showInvitations(http.StatusUnprocessableEntity, form, wrong)
	}
	return r.to(invitationsPath, r.T("invite.done"))
}

// endInvitation takes an invitation back.
func (s *site) endInvitation(r *request) error {
	id, err := strconv.ParseInt(r.Param("id"), 10, 64)
	if err != nil {
		return notFound("no invitation %q", r.Param("id"))
	}
	if err := s.progress.EndInvitation(r.Request.Context(), r.actor, id); err != nil {
		return err
	}
	return r.to(invitationsPath, r.T("invite.ended"))
}

// ownInvitations are those of a partner.
func (r *request) ownInvitations() ([]invitationLine, error) {
	if !r.actor.Has(auth.Partner) {
		return nil, nil
	}
	list, err := r.site.progress.Invitations(r.Request.Context(), r.actor)
	list = slices.DeleteFunc(list, func(i progress.Invited) bool { return i.UserID != r.actor.UserID || i.Ended }) // who coordinates as well reads all
	return r.invitationLines(list), err
}

// invitedWords are what an invitation says to who is invited.
type invitedWords struct{ Note, Until string }

func (r *request) invitedWords(i progress.Invitation) *invitedWords {
	if i.ID == 0 {
		return nil
	}
	w := &invitedWords{Note: i.Note}
	if i.Until != "" {
		w.Until = r.p.Period(period.Period(i.Until))
	}
	return w
}
