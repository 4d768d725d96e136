package notify

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"gcm/internal/fault"
)

// patience is how long one talk with the mail server may take.
const patience = 30 * time.Second

// Post is the mail server that takes our letters.
type Post struct {
	client   *mail.Client
	address  string // HOST:PORT, for the log
	from     netmail.Address
	settings string // where readers decide what they get; empty when unknown
}

// NewPost reads where the mail server is: smtp://USER:PASSWORD@HOST:PORT, which
// turns to TLS (always when there is a password to protect), or smtps://…, which
// begins with it. From is "Name <address>". Neither is repeated in an error.
func NewPost(server, from, baseURL string) (*Post, error) {
	sender, err := netmail.ParseAddress(from)
	if err != nil {
		return nil, fault.New(fault.Invalid, "", "the sender of mail is not an address such as \"GCM <gcm@example.org>\"")
	}
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, fault.New(fault.Invalid, "", "the mail server is not smtp://USER:PASSWORD@HOST:PORT or smtps://…")
	}
	client, err := mail.NewClient(u.Hostname(), clientOptions(u)...)
	if err != nil {
		return nil, fault.New(fault.Invalid, "", "the mail server cannot be used: check its host and port")
	}
	post := &Post{client: client, address: client.ServerAddr(), from: *sender}
	if baseURL != "" {
		post.settings = baseURL + "/account"
	}
	return post, nil
}

func clientOptions(u *url.URL) []mail.Option {
	options := []mail.Option{mail.WithTimeout(patience)}
	port, _ := strconv.Atoi(u.Port())
	password, secret := u.User.Password()
	switch {
	case u.Scheme == "smtps":
		options = append(options, mail.WithSSL())
		port = cmp.Or(port, 465)
	case secret:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case loopback(u.Hostname()): // a relay on this machine has no name that a certificate could prove
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	}
	if secret {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	return append(options, mail.WithPort(cmp.Or(port, 587)))
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// String names the server and no secret; it is empty without a server.
func (p *Post) String() string {
	if p == nil {
		return ""
	}
	return p.address
}

// talk is a connection to the mail server.
type talk struct {
	post   *Post
	server *smtp.Client
}

func (p *Post) dial(ctx context.Context) (*talk, error) {
	server, err := p.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "", "the mail server %s: %w", p, err)
	}
	return &talk{p, server}, nil
}

// end says goodbye.
func (t *talk) end() { _ = t.post.client.CloseWithSMTPClient(t.server) }

// breakOff ends the connection without a word: a goodbye in the middle of a
// letter would end the letter and have it delivered.
func (t *talk) breakOff() { _ = t.server.Close() }

// outcome is what became of a letter.
type outcome string

const (
	delivered outcome = "delivered" // the server took it
	refused   outcome = "refused"   // the server will never take it
	notYet    outcome = "not yet"   // the server did not take it now
	unknown   outcome = "unknown"   // the connection broke when it may have taken it
)

// send gives a letter to the server.
func (t *talk) send(m Mail, now time.Time) (outcome, error) {
	letter, err := t.post.letter(m, now)
	if err != nil {
		return refused, err
	}
	err = t.post.client.SendWithSMTPClient(t.server, letter)
	if letter.IsDelivered() { // what failed afterwards does not take it back
		return delivered, nil
	}
	var failed *mail.SendError
	switch {
	case !errors.As(err, &failed):
		return notYet, err
	case failed.ErrorCode() >= 500:
		return refused, err
	case failed.Reason == mail.ErrSMTPDataClose && failed.ErrorCode() == 0:
		return unknown, err
	}
	return notYet, err
}

// letter turns a mail of the queue into a message. Its Message-ID comes from the
// key, so that a letter that does arrive twice is seen to be one.
func (p *Post) letter(m Mail, now time.Time) (*mail.Msg, error) {
	to, err := netmail.ParseAddress(m.Recipient)
	if err != nil {
		return nil, fault.New(fault.Invalid, "", "the recipient is not an address")
	}
	letter := mail.NewMsg(mail.WithNoDefaultUserAgent())
	letter.FromMailAddress(&p.from)
	letter.ToMailAddress(&netmail.Address{Address: to.Address})
	letter.Subject(oneLine(m.Subject))
	letter.SetDateWithValue(now)
	letter.SetMessageIDWithValue(messageID(m.Key, p.from.Address))
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.SetGenHeader(mail.HeaderContentLang, oneLine(m.Language))
	if p.settings != "" && strings.HasPrefix(m.Key, digestKey) {
		letter.SetListUnsubscribe(p.settings)
	}
	letter.SetBodyString(mail.TypeTextPlain, m.Plain)
	if m.HTML != "" {
		letter.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	}
	return letter, nil
}

func messageID(key, from string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16]) + from[strings.LastIndex(from, "@"):]
}
