package web

import (
	"net/http"
	"strings"

	"gcm/internal/audit"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/internal/i18n"
	"gcm/internal/notify"
)

// passwordPage is pages/sign_in/password.html: a link was followed.
type passwordPage struct {
	workPage
	Kind     string // invitation, reset
	User     auth.User
	Problems problems
}

// forgottenPage is pages/sign_in/forgotten.html.
type forgottenPage struct {
	workPage
	Sends, Sent bool
}

// keepLink moves the secret of a link out of the address, where histories and
// logs would keep it. The session has its hash, which opens nothing elsewhere. Of
// a link that opens nothing there is nothing to keep.
func (s *site) keepLink(r *request) error {
	ctx, hash := r.Request.Context(), auth.HashOf(r.Param("secret"))
	if _, _, err := s.accounts.LinkOwner(ctx, hash); err != nil {
		return err
	}
	head, _ := pathLanguage(r.Request.URL.Path, secretHeads)
	s.sessions.Put(ctx, "link", hash)
	return r.to("/"+head, "")
}

// link returns the hash of the link that was followed.
func (r *request) link() string { return r.site.sessions.GetString(r.Request.Context(), "link") }

// who is a visitor, for the record.
func (r *request) who() audit.Who { return audit.Who{Origin: r.ClientIP(), Request: r.id} }

// askNewPassword asks for the password of who followed a link.
func (s *site) askNewPassword(r *request) error {
	user, kind, err := s.accounts.LinkOwner(r.Request.Context(), r.link())
	if err != nil {
		return err
	}
	return r.render(http.StatusOK, "sign_in/password", passwordPage{r.workPage(r.T("link." + kind + ".title")), kind, user, nil})
}

// takeNewPassword sets it. One signs in with it then, second factor and all.
func (s *site) takeNewPassword(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	ctx := r.Request.Context()
	user, kind, err := s.accounts.LinkOwner(ctx, r.link())
	if err != nil {
		return err
	}
	if _, err := s.accounts.UseLink(ctx, r.who(), r.link(), form.Get("password")); err != nil {
		wrong, err := r.wrong(err)
		if err != nil {
			return err
		}
		return r.render(http.StatusUnprocessableEntity, "sign_in/password", passwordPage{r.workPage(r.T("link." + kind + ".title")), kind, user, wrong})
	}
	s.sessions.Remove(ctx, "link")
	if err := r.knowBrowser(user.ID); err != nil { // who reads the person's letters is no stranger
		return err
	}
	return r.to("/sign-in", r.T("link.done"))
}

// askForgotten asks whose password is forgotten.
func (s *site) askForgotten(r *request) error {
	return r.render(http.StatusOK, "sign_in/forgotten", forgottenPage{r.workPage(r.T("forgotten.title")), s.sendsLetters(), false})
}

// sendReset sends a link, and says the same whether there is such a person or not.
func (s *site) sendReset(r *request) error {
	form, err := r.form()
	if err != nil {
		return err
	}
	if !s.sendsLetters() {
		return s.askForgotten(r)
	}
	if err := s.accounts.RequestReset(r.Request.Context(), r.who(), form.Get("email"), s.letter()); err != nil {
		return err
	}
	return r.render(http.StatusOK, "sign_in/forgotten", forgottenPage{r.workPage(r.T("forgotten.title")), true, true})
}

// sendsLetters reports whether links can be mailed: somebody sends, and knows
// the address that they begin with.
func (s *site) sendsLetters() bool { return s.MailServer != "" && s.BaseURL != "" }

// letter queues links by mail; nil when they cannot be mailed.
func (s *site) letter() auth.Letter {
	if !s.sendsLetters() {
		return nil
	}
	return func(tx *db.DB, to auth.User, kind, secret string) error {
		p, err := i18n.New(to.Language)
		if err != nil {
			return err
		}
		url := s.BaseURL + linkPath(kind, secret)
		mail, err := notify.Compose(p, "mail."+kind+".subject", notify.Letter{
			Paragraphs: []string{p.T("mail.greeting", to.Name), p.T("mail." + kind + ".text")},
			Action:     notify.Link{Label: p.T("mail." + kind + ".action"), URL: url},
			Why:        p.T("mail." + kind + ".why"),
		})
		if err != nil {
			return err
		}
		mail.Key, mail.Recipient = kind+":"+auth.HashOf(secret), to.Email
		return notify.Enqueue(tx, mail)
	}
}

func linkPath(kind, secret string) string { return "/" + kind + "/" + secret }

// absolute is the whole address of a path, to be handed over.
func (r *request) absolute(path string) string {
	if r.site.BaseURL != "" {
		return r.site.BaseURL + path
	}
	scheme := "http"
	if r.Request.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + strings.TrimSuffix(r.Request.Host, "/") + path
}
