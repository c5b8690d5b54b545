package mail

import (
	"errors"
	"net"
	"slices"
	"strings"

	"github.com/wneessen/go-mail/smtp"
)

var (
	// errNoStartTLS is a server that does not offer what the settings demand; there may be somebody in between.
	errNoStartTLS = errors.New("STARTTLS not offered")
	// errNoLogin is a server that takes no log-in on this port.
	errNoLogin = errors.New("AUTH not offered")
	// errNoSafeLogin is a server that would take the password only in a way that others can read or that we do
	// not know.
	errNoSafeLogin = errors.New("no usable AUTH mechanism")
)

// chooseLogin takes the strongest way to log in that the server offers. PLAIN and LOGIN show the password to
// everyone on the line, so they need an encrypted connection, or one that does not leave the machine.
func chooseLogin(client *smtp.Client, t target) (smtp.Auth, error) {
	offered, list := client.Extension("AUTH")
	if !offered {
		return nil, errNoLogin
	}
	mechanisms := strings.Fields(strings.ToUpper(list))
	has := func(name string) bool { return slices.Contains(mechanisms, name) }
	state, err := client.GetTLSConnectionState()
	encrypted := err == nil && state.HandshakeComplete
	readable := encrypted || isLoopback(t.host)

	switch {
	case encrypted && has("SCRAM-SHA-256-PLUS"):
		return smtp.ScramSHA256PlusAuth(t.user, t.password, state), nil
	case has("SCRAM-SHA-256"):
		return smtp.ScramSHA256Auth(t.user, t.password), nil
	case encrypted && has("SCRAM-SHA-1-PLUS"):
		return smtp.ScramSHA1PlusAuth(t.user, t.password, state), nil
	case has("SCRAM-SHA-1"):
		return smtp.ScramSHA1Auth(t.user, t.password), nil
	case has("CRAM-MD5"):
		return smtp.CRAMMD5Auth(t.user, t.password), nil
	case readable && has("PLAIN"):
		return smtp.PlainAuth("", t.user, t.password, t.host, true), nil
	case readable && has("LOGIN"):
		return smtp.LoginAuth(t.user, t.password, t.host, true), nil
	}
	return nil, errNoSafeLogin
}

// isLoopback goes by the name alone: what a name server says about another name is not to be trusted here.
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
