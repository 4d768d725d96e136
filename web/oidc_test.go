package web

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"gcm/internal/auth"
	"gcm/internal/db/dbtest"
)

// provider is a small identity provider that says what a test wants.
type provider struct {
	*httptest.Server
	key       *rsa.PrivateKey
	claims    map[string]any // of the next token
	algorithm string
	challenge string // of the request under way
	verified  bool   // the verifier that came fits the challenge
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{key: key}
	mux := http.NewServeMux()
	answer := func(path string, value func(r *http.Request) any) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(value(r))
		})
	}
	answer("/.well-known/openid-configuration", func(*http.Request) any {
		return map[string]any{
			"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"}, "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
		}
	})
	answer("/keys", func(*http.Request) any {
		return map[string]any{"keys": []any{map[string]any{
			"kty": "RSA", "kid": "1", "use": "sig", "alg": "RS256",
			"n": segment(key.N.Bytes()), "e": segment(big.NewInt(int64(key.E)).Bytes()),
		}}}
	})
	answer("/token", func(r *http.Request) any {
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		p.verified = segment(sum[:]) == p.challenge
		return map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": p.token(t)}
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func segment(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// token signs the claims.
func (p *provider) token(t *testing.T) string {
	parts := make([]string, 2)
	for i, value := range []any{map[string]any{"alg": p.algorithm, "kid": "1", "typ": "JWT"}, p.claims} {
		b, err := json.Marshal(value)
		if err != nil {
			t.Error(err)
		}
		parts[i] = segment(b)
	}
	signed := strings.Join(parts, ".")
	if p.algorithm == "none" {
		return signed + "."
	}
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(nil, p.key, crypto.SHA256, sum[:])
	if err != nil {
		t.Error(err)
	}
	return signed + "." + segment(signature)
}

// ASVS 6.8.2, 10.2.1, 10.5.1, 10.5.4
func TestIdentityProviderIsBelievedOnlyWhenAllIsRight(t *testing.T) {
	p := newProvider(t)
	stranger := newProvider(t)
	c := config(t, dbtest.SQLite(t))
	c.BaseURL, c.Identity = "https://gcm.example", IdentityProvider{p.URL, "gcm", "s3cret"}
	app := open(t, c)
	member(t, app, "a@gov.example")
	for _, attempt := range []struct {
		name  string
		spoil func(query url.Values)
		want  int
	}{
		{"another state", func(q url.Values) { q.Set("state", "x") }, http.StatusForbidden},
		{"no state", func(q url.Values) { q.Del("state") }, http.StatusForbidden},
		{"another nonce", func(url.Values) { p.claims["nonce"] = "x" }, http.StatusForbidden},
		{"no nonce", func(url.Values) { delete(p.claims, "nonce") }, http.StatusForbidden},
		{"another audience", func(url.Values) { p.claims["aud"] = "other" }, http.StatusForbidden},
		{"another issuer", func(url.Values) { p.claims["iss"] = stranger.URL }, http.StatusForbidden},
		{"a token of yesterday", func(url.Values) { p.claims["exp"] = now().Unix() - 86400 }, http.StatusForbidden},
		{"no signature", func(url.Values) { p.algorithm = "none" }, http.StatusForbidden},
		{"a symmetric signature", func(url.Values) { p.algorithm = "HS256" }, http.StatusForbidden},
		{"an address that is not verified", func(url.Values) { p.claims["email_verified"] = false }, http.StatusForbidden},
		{"somebody without an account", func(url.Values) { p.claims["email"] = "stranger@gov.example" }, http.StatusForbidden},
		{"all right", func(url.Values) {}, http.StatusSeeOther},
		{"all right, and bound before", func(url.Values) { delete(p.claims, "email_verified") }, http.StatusSeeOther},
		{"another identity of the same address", func(url.Values) { p.claims["sub"] = "2" }, http.StatusForbidden},
	} {
		b := newVisitor(t, app)
		w := b.get("/sign-in/oidc?next=/account")
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), p.URL+"/authorize?") {
			t.Fatalf("leads to %d %s", w.Code, w.Header().Get("Location"))
		}
		to, err := url.Parse(w.Header().Get("Location"))
		if err != nil {
			t.Fatal(err)
		}
		sent := to.Query()
		if sent.Get("code_challenge_method") != "S256" || sent.Get("redirect_uri") != "https://gcm.example/sign-in/oidc/callback" {
			t.Errorf("sends %v", sent)
		}
		p.challenge, p.algorithm, p.verified = sent.Get("code_challenge"), "RS256", false
		p.claims = map[string]any{
			"iss": p.URL, "aud": "gcm", "sub": "1", "email": "A@gov.example", "email_verified": true,
			"nonce": sent.Get("nonce"), "iat": now().Unix(), "exp": now().Unix() + 300,
		}
		query := url.Values{"state": {sent.Get("state")}, "code": {"x"}}
		attempt.spoil(query)
		w = b.get("/sign-in/oidc/callback?" + query.Encode())
		if w.Code != attempt.want {
			t.Errorf("%s answers %d", attempt.name, w.Code)
		}
		in := b.get("/account").Code == http.StatusOK
		if in != (attempt.want == http.StatusSeeOther) || in && (!p.verified || w.Header().Get("Location") != "/account") {
			t.Errorf("%s: signed in %v, verifier %v, to %q", attempt.name, in, p.verified, w.Header().Get("Location"))
		}
		if again := b.get("/sign-in/oidc/callback?" + query.Encode()); again.Code != http.StatusForbidden {
			t.Errorf("%s: the same answer again answers %d", attempt.name, again.Code)
		}
	}
}

func TestIdentityProviderDoesNotReplaceTheSecondFactor(t *testing.T) {
	app := strict(t, dbtest.SQLite(t))
	user := member(t, app, "a@gov.example", auth.Coordinator)
	if err := app.site.DB.Model(&user).Update("totp_secret", "JBSWY3DPEHPK3PXP").Error; err != nil {
		t.Fatal(err)
	}
	user.TOTPSecret = "JBSWY3DPEHPK3PXP"
	handler, err := app.site.router([]route{reads("/sign-in/oidc/callback", auth.Public, func(r *request) error { return r.proceed(user, "/work") }), reads("/work", auth.SignedIn, app.site.showTasks)})
	if err != nil {
		t.Fatal(err)
	}
	b := newVisitor(t, app.site.guard(app.site.remember(handler)))
	expect(t, b.get("/sign-in/oidc/callback"), http.StatusSeeOther, "/sign-in/factor")
	expect(t, b.get("/work"), http.StatusSeeOther, "/sign-in?next=%2Fwork")
}

func TestProviderThatIsAwayIsSaidToBe(t *testing.T) {
	c := config(t, dbtest.SQLite(t))
	c.Identity = IdentityProvider{"http://127.0.0.1:1", "gcm", "x"}
	app := open(t, c)
	expect(t, get(app, "/sign-in/oidc"), http.StatusServiceUnavailable, "")
	if !strings.Contains(get(app, "/sign-in").Body.String(), `href="/sign-in/oidc?next=`) {
		t.Error("the way through the provider is not offered")
	}
	expect(t, get(bare(t), "/sign-in/oidc"), http.StatusNotFound, "")
}
