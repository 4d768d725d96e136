package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gcm/internal/auth"
	"gcm/internal/i18n"
	"gcm/internal/period"
	"gcm/objectives"
)

// usersPage is pages/users/list.html.
type usersPage struct {
	workPage
	Users []userLine
	Text  string // that was searched for
	Total int
}

// userLine is a person in the list.
type userLine struct {
	auth.User
	Agency i18n.Text
	State  string // active, invited, disabled, expired
}

// userPage is pages/users/form.html: a person, or one to be invited.
type userPage struct {
	workPage
	User     auth.User // zero for one to be invited
	State    string
	Details  auth.Details
	Version  int
	Expires  string // a day
	Scope    string // numbers
	Seen     string // codes of indicators
	Speaks   []string
	Roles    []roleChoice
	Agencies []objectives.Agency
	Open     int // entries that the person works on
	Problems problems
}

// roleChoice is a role that one may tick.
type roleChoice struct {
	Role auth.Role
	Held bool
}

// linkPage is pages/users/link.html: a link to hand over, shown once.
type linkPage struct {
	workPage
	User      auth.User
	Kind, URL string
	Mailed    bool
}

// listUsers lists the people who have an account.
func (s *site) listUsers(r *request) error {
	users, err := s.accounts.Users(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	agencies, err := s.objectives.Agencies(r.Request.Context())
	if err != nil {
		return err
	}
	page := usersPage{workPage: r.workPage(r.T("users.title")), Text: r.Query("q"), Total: len(users)}
	for _, u := range users {
		line := userLine{u, agencyOf(agencies, u.AgencyID).Name, stateOf(u, s.Now())}
		if line.matches(page.Text) {
			page.Users = append(page.Users, line)
		}
	}
	return r.render(http.StatusOK, "users/list", page)
}

// matches reports whether a text stands in the name, the address, or the agency.
func (u userLine) matches(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	among := []string{u.Name, u.Email}
	for _, name := range u.Agency {
		among = append(among, name)
	}
	return slices.ContainsFunc(among, func(s string) bool { return strings.Contains(strings.ToLower(s), text) })
}

func agencyOf(agencies []objectives.Agency, id *int64) objectives.Agency {
	i := slices.IndexFunc(agencies, func(a objectives.Agency) bool { return id != nil && a.ID == *id })
	if i < 0 {
		return objectives.Agency{}
	}
	return agencies[i]
}

func stateOf(u auth.User, now time.Time) string {
	switch {
	case u.DisabledAt != nil:
		return "disabled"
	case !u.Active(now):
		return "expired"
	case u.PasswordHash == "" && u.Subject == "":
		return "invited"
	}
	return "active"
}

// newUser asks whom to invite.
func (s *site) newUser(r *request) error {
	page, err := s.userPage(r, auth.User{Language: r.p.Lang()})
	if err != nil {
		return err
	}
	return r.render(http.StatusOK, "users/form", page)
}

// showUser shows a person's account.
func (s *site) showUser(r *request) error {
	user, err := s.user(r)
	if err != nil {
		return err
	}
	page, err := s.userPage(r, user)
	if err != nil {
		return err
	}
	return r.render(http.StatusOK, "users/form", page)
}

// user is the person whom the address names.
func (s *site) user(r *request) (auth.User, error) {
	id, err := strconv.ParseInt(r.Param("id"), 10, 64)
	if err != nil {
		return auth.User{}, notFound("no person %q", r.Param("id"))
	}
	return s.accounts.User(r.Request.Context(), r.actor, id)
}

func (s *site) userPage(r *request, u auth.User) (userPage, error) {
	ctx := r.Request.Context()
	title := r.T("users.invite")
	if u.ID != 0 {
		title = u.Name
	}
	page := userPage{
		workPage: r.workPage(title), User: u, State: stateOf(u, s.Now()), Version: u.Version, Speaks: r.languages(),
		Scope: scopeText(u.Scope), Seen: strings.Join(u.Scope.Indicators, ", "),
		Details: auth.Details{Email: u.Email, Name: u.Name, Language: u.Language, Scope: u.Scope, Roles: u.RoleList()},
	}
	if u.ExpiresAt != nil {
		page.Expires = lastDay(*u.ExpiresAt, s.Zone)
	}
	agencies, err := s.objectives.Agencies(ctx)
	if err != nil {
		return page, err
	}
	page.Details.Agency = agencyOf(agencies, u.AgencyID).Code
	page.Agencies = slices.DeleteFunc(agencies, func(a objectives.Agency) bool { return a.ArchivedAt != nil && a.Code != page.Details.Agency })
	page.Roles = roleChoices(page.Details.Roles)
	if u.ID != 0 {
		held, err := s.progress.InHand(ctx, r.actor, u.ID)
		if err != nil {
			return page, err
		}
		page.Open = len(held)
	}
	return page, nil
}

func roleChoices(held []auth.Role) []roleChoice {
	var list []roleChoice
	for _, role := range auth.Roles {
		list = append(list, roleChoice{role, slices.Contains(held, role)})
	}
	return list
}

// lastDay is the last day of an account that ends at a moment, which is the
// midnight after it.
func lastDay(end time.Time, zone *time.Location) string {
	return end.In(zone).Add(-time.Second).Format(time.DateOnly)
}

// detailsFrom reads the form. What is wrong with a day or a number is found when
// it is checked: an impossible day stands for the past, another number for 0.
func detailsFrom(form url.Values, zone *time.Location) auth.Details {
	d := auth.Details{Email: form.Get("email"), Name: form.Get("name"), Language: form.Get("language"), Agency: form.Get("agency")}
	for _, role := range form["roles"] {
		d.Roles = append(d.Roles, auth.Role(role))
	}
	last, _ := period.Day(form.Get("expires"))
	if day, err := time.ParseInLocation(time.DateOnly, last, zone); err == nil {
		end := day.AddDate(0, 0, 1).UTC()
		d.ExpiresAt = &end
	}
	for _, n := range parts(form.Get("scope")) {
		d.Scope.Objectives = append(d.Scope.Objectives, wholeNumber(n))
	}
	d.Scope.Agencies, d.Scope.Indicators = form["scope_agencies"], parts(form.Get("scope_indicators"))
	return d
}

// parts are the items of a list as people type it.
func parts(typed string) []string {
	return strings.FieldsFunc(typed, func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
}

// Names reports whether the person's scope names an agency.
func (p userPage) Names(agency string) bool { return slices.Contains(p.Details.Scope.Agencies, agency) }

func scopeText(scope auth.Scope) string {
	var list []string
	for _, n := range scope.Objectives {
		list = append(list, strconv.Itoa(n))
	}
	return strings.Join(list, ", ")
}

// userAgain shows the form once more with what was typed and what is wrong.
func (s *site) userAgain(r *request, u auth.User, form url.Values, err error) error {
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	page, err := s.userPage(r, u)
	if err != nil {
		return err
	}
	page.Problems, page.Details, page.Expires, page.Scope = wrong, detailsFrom(form, s.Zone), form.Get("expires"), form.Get("scope")
	page.Seen = form.Get("scope_indicators")
	page.Version, page.Roles = wholeNumber(form.Get("version")), roleChoices(page.Details.Roles)
	if u.ID != 0 {
		page.Details.Email = u.Email
	}
	return r.render(http.StatusUnprocessableEntity, "users/form", page)
}

// inviteUser makes an account and shows the link with which it is taken up.
func (s *site) inviteUser(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	user, secret, err := s.accounts.Invite(r.Request.Context(), r.actor, detailsFrom(form, s.Zone), s.letter())
	if err != nil {
		return s.userAgain(r, auth.User{}, form, err)
	}
	return s.showLink(r, user, auth.KindInvitation, secret)
}

func (s *site) showLink(r *request, user auth.User, kind, secret string) error {
	page := linkPage{r.workPage(r.T("users.link." + kind)), user, kind, r.absolute(linkPath(kind, secret)), s.sendsLetters()}
	return r.render(http.StatusOK, "users/link", page)
}

// changeUser writes what an administrator says of a person.
func (s *site) changeUser(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	user, err := s.user(r)
	if err != nil {
		return err
	}
	if _, err := s.accounts.Change(r.Request.Context(), r.actor, user.ID, wholeNumber(form.Get("version")), detailsFrom(form, s.Zone)); err != nil {
		return s.userAgain(r, user, form, err)
	}
	return r.to(userPath(user.ID), r.T("users.saved"))
}

func userPath(id int64) string { return "/work/users/" + strconv.FormatInt(id, 10) }

// makeLink makes an invitation or a reset to hand over.
func (s *site) makeLink(r *request) error {
	user, err := s.user(r)
	if err != nil {
		return err
	}
	kind, secret, err := s.accounts.MakeLink(r.Request.Context(), r.actor, user.ID, s.letter())
	if err != nil {
		return err
	}
	return s.showLink(r, user, kind, secret)
}

// resetFactor takes a lost second factor from a person.
func (s *site) resetFactor(r *request) error {
	return s.onUser(r, "users.factor.reset.done", s.accounts.ResetFactor)
}

// enableUser lets a person in again.
func (s *site) enableUser(r *request) error { return s.onUser(r, "users.enabled", s.accounts.Enable) }

// endSessionsOf signs a person out everywhere.
func (s *site) endSessionsOf(r *request) error {
	return s.onUser(r, "users.sessions.ended", func(ctx context.Context, actor auth.Actor, id int64) (auth.User, error) {
		return auth.User{ID: id}, s.accounts.EndSessions(ctx, actor, id)
	})
}

// disableUser keeps a person out; what is open on the person is handed over next.
func (s *site) disableUser(r *request) error {
	user, err := s.user(r)
	if err != nil {
		return err
	}
	ctx := r.Request.Context()
	if _, err := s.accounts.Disable(ctx, r.actor, user.ID); err != nil {
		return err
	}
	held, err := s.progress.InHand(ctx, r.actor, user.ID)
	if err != nil || len(held) == 0 {
		return r.to(userPath(user.ID), r.T("users.disabled"))
	}
	return r.to(userPath(user.ID)+"/handover", r.T("users.disabled"))
}

// onUser does something with the person whom the address names.
func (s *site) onUser(r *request, done string, do func(context.Context, auth.Actor, int64) (auth.User, error)) error {
	user, err := s.user(r)
	if err != nil {
		return err
	}
	if _, err := do(r.Request.Context(), r.actor, user.ID); err != nil {
		return err
	}
	return r.to(userPath(user.ID), r.T(done))
}
