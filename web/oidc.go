package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"gcm/internal/auth"
)

// IdentityProvider is where people can sign in elsewhere, by OpenID Connect.
type IdentityProvider struct{ Issuer, ClientID, ClientSecret string }

// identity is the provider as it described itself. It is asked when somebody
// first wants to sign in there: the program starts without it.
type identity struct {
	mu       sync.Mutex
	provider *oidc.Provider
}

// patience is how long the provider may take for an answer.
const patience = 10 * time.Second

// provider returns the provider's description and our settings there.
func (s *site) provider(ctx context.Context, r *request) (*oidc.Provider, *oauth2.Config, error) {
	if s.Identity.Issuer == "" {
		return nil, nil, notFound("no identity provider is set")
	}
	s.identity.mu.Lock()
	defer s.identity.mu.Unlock()
	if s.identity.provider == nil {
		// the keys are fetched later, in the background: not with this request's end
		lasting := oidc.ClientContext(context.WithoutCancel(ctx), &http.Client{Timeout: patience})
		provider, err := oidc.NewProvider(lasting, s.Identity.Issuer)
		if err != nil {
			r.log.Error("identity provider", "id", r.id, "error", err)
			return nil, nil, &statusError{http.StatusServiceUnavailable, "error.provider"}
		}
		s.identity.provider = provider
	}
	return s.identity.provider, &oauth2.Config{
		ClientID: s.Identity.ClientID, ClientSecret: s.Identity.ClientSecret, Endpoint: s.identity.provider.Endpoint(),
		RedirectURL: r.absolute("/sign-in/oidc/callback"), Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}, nil
}

// leadToProvider sends one to the identity provider with what it has to bring
// back.
func (s *site) leadToProvider(r *request) error {
	ctx := r.Request.Context()
	_, settings, err := s.provider(ctx, r)
	if err != nil {
		return err
	}
	state, nonce, verifier := rand.Text(), rand.Text(), oauth2.GenerateVerifier()
	s.sessions.Put(ctx, "oidc state", state)
	s.sessions.Put(ctx, "oidc nonce", nonce)
	s.sessions.Put(ctx, "oidc verifier", verifier)
	s.sessions.Put(ctx, "next", next(r.Query("next")))
	r.Redirect(http.StatusSeeOther, settings.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)))
	return nil
}

// errProvider is the answer to whatever the provider sent that is not right.
var errProvider = &statusError{http.StatusForbidden, "error.provider_answer"}

// returnFromProvider lets in whom the provider vouches for, when there is such
// an account.
func (s *site) returnFromProvider(r *request) error {
	ctx := r.Request.Context()
	id, err := s.vouched(r)
	if err != nil {
		return err
	}
	to := s.sessions.GetString(ctx, "next")
	user, err := s.accounts.ByIdentity(ctx, r.who(), id)
	if err != nil {
		return err
	}
	return r.proceed(user, to)
}

// vouched checks what came back and returns whom it is about.
func (s *site) vouched(r *request) (auth.Identity, error) {
	ctx := r.Request.Context()
	provider, settings, err := s.provider(ctx, r)
	if err != nil {
		return auth.Identity{}, err
	}
	state, nonce, verifier := s.sessions.PopString(ctx, "oidc state"), s.sessions.PopString(ctx, "oidc nonce"), s.sessions.PopString(ctx, "oidc verifier")
	refused := func(why error) (auth.Identity, error) {
		r.log.Warn("sign-in refused", "id", r.id, "origin", r.ClientIP(), "error", why)
		return auth.Identity{}, errProvider
	}
	if state == "" || subtle.ConstantTimeCompare([]byte(r.Query("state")), []byte(state)) != 1 {
		return refused(fmt.Errorf("the state is another"))
	}
	ctx = oidc.ClientContext(ctx, &http.Client{Timeout: patience})
	token, err := settings.Exchange(ctx, r.Query("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		return refused(fmt.Errorf("exchange the code: %w", err))
	}
	raw, _ := token.Extra("id_token").(string)
	proof, err := provider.Verifier(&oidc.Config{ClientID: s.Identity.ClientID, Now: s.Now}).Verify(ctx, raw)
	if err != nil {
		return refused(fmt.Errorf("verify the token: %w", err))
	}
	if subtle.ConstantTimeCompare([]byte(proof.Nonce), []byte(nonce)) != 1 {
		return refused(fmt.Errorf("the nonce is another"))
	}
	var claims struct {
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	if err := proof.Claims(&claims); err != nil {
		return refused(fmt.Errorf("read the claims: %w", err))
	}
	return auth.Identity{Subject: proof.Subject, Email: claims.Email, Verified: claims.Verified}, nil
}
