package main

import (
	"strings"
	"time"

	"github.com/pquerna/otp/totp"
)

// official is somebody who takes part in the scripted round.
type official struct {
	login, agency, language, role string
	factor                        bool // the role needs a second factor
}

// officials are twelve people of six agencies, and those who are of none.
var officials = []official{
	{"aigerim", "mia", "kk", "contributor", false}, {"bolat", "mia", "kk", "approver", true},
	{"vera", "mlspp", "ru", "contributor", false}, {"gleb", "mlspp", "ru", "approver", true},
	{"dana", "mfa", "en", "contributor", false}, {"erlan", "mfa", "kk", "approver", true},
	{"zhanna", "moj", "ru", "contributor", false}, {"igor", "moj", "ru", "approver", true},
	{"kairat", "national-bank", "kk", "contributor", false}, {"lara", "national-bank", "en", "approver", true},
	{"madina", "local-executive-bodies", "kk", "contributor", false}, {"nikita", "local-executive-bodies", "ru", "approver", true},
	{"oraz", "", "kk", "coordinator", true}, {"paul", "", "en", "partner", false}, {"raisa", "", "ru", "auditor", true},
}

// key is the password of everybody; each account has another address.
const key = "a long walk by the Ishim"

func (o official) email() string { return o.login + "@round.example" }

// setUp makes the first administrator with the code that the program printed.
func (p *tab) setUp(code string) {
	p.Helper()
	p.open("/setup?lang=en")
	p.fill("code", code, "name", "Sara Admin", "email", "sara@round.example", "password", key)
	p.press(`form[action="/setup"] button`)
	p.signIn("sara@round.example")
	p.enrol()
}

// signIn gives address and password on the page that is open.
func (p *tab) signIn(email string) {
	p.Helper()
	p.fill("email", email, "password", key)
	p.press(`form[action="/sign-in"] button`)
}

// enrol takes a second factor, as the page asks for, and returns a recovery code.
func (p *tab) enrol() (recovery string) {
	p.Helper()
	code, err := totp.GenerateCode(p.eval(`document.querySelector(".factor .secret").textContent.trim()`), time.Now())
	if err != nil {
		p.fail(err)
	}
	p.fill("present", key, "code", code)
	p.press(`form[action="/account/totp"] button`)
	recovery = p.eval(`document.querySelector(".secret li").textContent`)
	p.press(`main a.button`)
	return recovery
}

// invite makes an account for the official and returns the path of the
// invitation.
func (p *tab) invite(o official) string {
	p.Helper()
	p.open("/work/users/new?lang=en")
	p.fill("email", o.email(), "name", strings.ToUpper(o.login[:1])+o.login[1:], "language", o.language, "agency", o.agency)
	if o.role == "partner" {
		p.fill("expires", time.Now().AddDate(1, 0, 0).Format(time.DateOnly))
	}
	p.choose(`#role-` + o.role)
	p.press(`form[action="/work/users"].fields button`)
	return strings.TrimPrefix(p.eval(`"/" + document.querySelector(".secret").textContent.trim().split("/").slice(3).join("/")`), p.base)
}

// arrive takes up an invitation and signs in.
func (p *tab) arrive(o official, invitation string) {
	p.Helper()
	p.open(invitation)
	p.fill("password", key)
	p.press(`form[action="/invitation"] button`)
	p.signIn(o.email())
	if !o.factor {
		return
	}
	recovery := p.enrol()
	if o.login != "bolat" {
		return
	}
	p.press(`form[action="/sign-out"] button`) // and in again, with both
	p.open("/sign-in")
	p.signIn(o.email())
	p.fill("code", recovery)
	p.press(`form[action="/sign-in/factor"] button`)
}
