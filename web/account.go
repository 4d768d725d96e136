package web

import (
	"net/http"
	"net/url"
	"strconv"

	"gcm/internal/auth"
	"gcm/internal/fault"
	"gcm/internal/i18n"
)

// accountPage is pages/account/show.html.
type accountPage struct {
	workPage
	User       auth.User
	Agency     i18n.Text
	Profile    auth.Profile
	Version    int
	Substitute string // id of the colleague
	Speaks     []string
	Digests    []string
	Colleagues []auth.User
	Sessions   []sessionLine
	CodesLeft  int
	Problems   problems
}

// sessionLine is a browser in which one is signed in.
type sessionLine struct {
	auth.Session
	Seen    string // when it was used last
	Current bool
}

// showAccount shows a person what is known of him or her.
func (s *site) showAccount(r *request) error {
	page, err := s.accountPage(r)
	if err != nil {
		return err
	}
	return r.render(http.StatusOK, "account/show", page)
}

func (s *site) accountPage(r *request) (accountPage, error) {
	ctx := r.Request.Context()
	page := accountPage{workPage: r.workPage(r.T("account.title")), Speaks: r.languages(), Digests: auth.Digests}
	user, err := s.accounts.User(ctx, r.actor, r.actor.UserID)
	if err != nil {
		return page, err
	}
	page.User, page.Version, page.Profile = user, user.Version, profileOf(user)
	if user.SubstituteID != nil {
		page.Substitute = strconv.FormatInt(*user.SubstituteID, 10)
	}
	if page.Agency, err = s.agencyName(r, user.AgencyID); err != nil {
		return page, err
	}
	if page.Colleagues, err = s.accounts.Colleagues(ctx, user.ID); err != nil {
		return page, err
	}
	sessions, err := s.accounts.Sessions(ctx, r.actor)
	if err != nil {
		return page, err
	}
	for _, one := range sessions {
		page.Sessions = append(page.Sessions, sessionLine{one, r.moment(one.SeenAt), one.Hash == auth.VisitOf(ctx).Hash})
	}
	page.CodesLeft, err = s.accounts.CodesLeft(ctx, r.actor)
	return page, err
}

func profileOf(u auth.User) auth.Profile {
	return auth.Profile{Name: u.Name, Language: u.Language, Digest: u.Digest, LeaveFrom: u.LeaveFrom, LeaveUntil: u.LeaveUntil, SubstituteID: u.SubstituteID}
}

// agencyName returns the name of an agency, nothing for none.
func (s *site) agencyName(r *request, id *int64) (i18n.Text, error) {
	if id == nil {
		return nil, nil
	}
	agencies, err := s.objectives.Agencies(r.Request.Context())
	for _, a := range agencies {
		if a.ID == *id {
			return a.Name, nil
		}
	}
	return nil, err
}

// again shows the account once more when a form on it was wrong, with what was
// typed.
func (s *site) again(r *request, err error, typed func(*accountPage)) error {
	wrong, err := r.wrong(err)
	if err != nil {
		return err
	}
	page, err := s.accountPage(r)
	if err != nil {
		return err
	}
	page.Problems = wrong
	if typed != nil {
		typed(&page)
	}
	return r.render(http.StatusUnprocessableEntity, "account/show", page)
}

// changeProfile writes what a person says of himself or herself.
func (s *site) changeProfile(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	version, profile := wholeNumber(form.Get("version")), profileFrom(form)
	if err := s.accounts.ChangeProfile(r.Request.Context(), r.actor, version, profile); err != nil {
		return s.again(r, err, func(p *accountPage) {
			p.Profile, p.Version, p.Substitute = profile, version, form.Get("substitute")
		})
	}
	if profile.Language != r.actor.Language {
		r.keepLanguage("", -1)
		if p, err := i18n.New(profile.Language); err == nil {
			r.p = p
		}
	}
	return r.to("/account", r.T("account.saved"))
}

func profileFrom(form url.Values) auth.Profile {
	p := auth.Profile{
		Name: form.Get("name"), Language: form.Get("language"), Digest: form.Get("digest"),
		LeaveFrom: form.Get("leave_from"), LeaveUntil: form.Get("leave_until"),
	}
	if id, err := strconv.ParseInt(form.Get("substitute"), 10, 64); err == nil {
		p.SubstituteID = &id
	}
	return p
}

// wholeNumber reads a whole number that our own form holds; 0 for anything else.
func wholeNumber(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

// changePassword sets another password and ends the other sessions.
func (s *site) changePassword(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	ctx := r.Request.Context()
	if err := s.accounts.ChangePassword(ctx, r.actor, form.Get("present"), form.Get("password"), auth.VisitOf(ctx).Hash); err != nil {
		return s.again(r, err, nil)
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	return r.to("/account", r.T("account.password.changed"))
}

// endSessions signs the person out of one other browser, or of all others.
func (s *site) endSessions(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	ctx := r.Request.Context()
	if hash := form.Get("session"); hash != "" {
		err = s.accounts.EndSession(ctx, r.actor, hash)
	} else {
		err = s.accounts.EndOtherSessions(ctx, r.actor, auth.VisitOf(ctx).Hash)
	}
	if err != nil {
		return err
	}
	return r.to("/account", r.T("account.sessions.ended"))
}

// errNoFactor is the answer where a second factor would be needed to go on.
var errNoFactor = fault.New(fault.Conflict, "error.conflict", "there is no second factor to confirm")
