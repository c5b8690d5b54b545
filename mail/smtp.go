// Package mail hands messages to an SMTP server. It implements app.Mailer.
//
// The conversation is done by the low-level client of go-mail, step by step, because the outbox has to know at
// which step something went wrong: before the content a mail can be tried again without risk, after it nobody
// knows whether the server has it. A connection is kept for many messages and costs four replies for each.
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"strconv"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"clientele/app"
)

// Options are the settings of SMTP that are no setting of the office.
type Options struct {
	// Now gives the Date of each message. It is required.
	Now func() time.Time
	// ConnectTimeout is how long opening a connection may take, from looking up the name to the end of the
	// log-in. Zero means 30 seconds.
	ConnectTimeout time.Duration
	// ReplyTimeout is how long the server may take for any one reply once the connection is open. Zero means ten
	// minutes, as the standard wants, so that a slow virus scanner does not make mails go out twice.
	ReplyTimeout time.Duration
	// CloseTimeout is how long Close waits for the goodbye of the server. Zero means five seconds.
	CloseTimeout time.Duration
	// RootCAs are the certificate authorities to trust; nil means those of the operating system.
	RootCAs *x509.CertPool
}

// SMTP reaches mail servers. It holds no connection itself and is safe for concurrent use.
type SMTP struct{ options Options }

var _ app.Mailer = (*SMTP)(nil)

// New returns an SMTP with these options.
func New(o Options) *SMTP {
	if o.Now == nil {
		panic("mail: Options.Now is missing")
	}
	if o.ConnectTimeout <= 0 {
		o.ConnectTimeout = 30 * time.Second
	}
	if o.ReplyTimeout <= 0 {
		o.ReplyTimeout = 10 * time.Minute
	}
	if o.CloseTimeout <= 0 {
		o.CloseTimeout = 5 * time.Second
	}
	return &SMTP{options: o}
}

// Connect opens a connection, secures it as the settings demand and logs in. Cancelling ctx gives up at once; it
// has no effect on the session afterwards.
func (s *SMTP) Connect(ctx context.Context, server app.MailServer) (app.MailSession, app.Attempt) {
	words := newTeller(server)
	target, err := readTarget(server)
	if err != nil {
		return nil, app.Attempt{Delivery: app.Blocked, Answer: words.line(err.Error())}
	}
	ctx, cancel := context.WithTimeout(ctx, s.options.ConnectTimeout)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", target.address())
	if err != nil {
		return nil, words.failed(ctx, dialling, err)
	}
	// The client below knows nothing of contexts: closing the connection is what ends its waiting.
	release := context.AfterFunc(ctx, func() { _ = conn.Close() })
	client, at, err := s.converse(ctx, conn, target)
	if !release() && err == nil {
		at, err = loggingIn, net.ErrClosed
	}
	if err != nil {
		_ = conn.Close()
		return nil, words.failed(ctx, at, err)
	}
	session := &session{options: s.options, client: client, conn: conn, words: words}
	return session, app.Attempt{Delivery: app.Delivered, Code: 250, Answer: words.line(client.HelloResponse())}
}

// converse speaks the opening: greeting, TLS, log-in. On error it says at which stage it ended; closing conn is
// left to the caller.
func (s *SMTP) converse(ctx context.Context, conn net.Conn, t target) (*smtp.Client, stage, error) {
	secure := &tls.Config{ServerName: t.host, MinVersion: tls.VersionTLS12, RootCAs: s.options.RootCAs}
	if t.security == app.SecurityTLS {
		wrapped := tls.Client(conn, secure)
		if err := wrapped.HandshakeContext(ctx); err != nil {
			return nil, securing, err
		}
		conn = wrapped
	}
	client, err := smtp.NewClient(conn, t.host)
	if err != nil {
		return nil, dialling, err
	}
	if err := client.Hello(t.hello); err != nil {
		return nil, dialling, err
	}
	if t.security == app.SecurityStartTLS {
		if offered, _ := client.Extension("STARTTLS"); !offered {
			return nil, securing, errNoStartTLS
		}
		if err := client.StartTLS(secure); err != nil {
			return nil, securing, err
		}
	}
	if t.user == "" {
		return client, dialling, nil
	}
	method, err := chooseLogin(client, t)
	if err != nil {
		return nil, loggingIn, err
	}
	return client, loggingIn, client.Auth(method)
}

// target is a checked app.MailServer.
type target struct {
	host, hello    string
	port           int
	security       app.Security
	user, password string
}

func (t target) address() string { return net.JoinHostPort(t.host, strconv.Itoa(t.port)) }
