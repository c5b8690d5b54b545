package mail

import (
	"errors"
	"net"
	"strings"

	"golang.org/x/net/idna"

	"clientele/app"
	"clientele/app/i18n"
)

// readTarget checks the settings before anything leaves the machine.
func readTarget(s app.MailServer) (target, error) {
	t := target{port: s.Port, security: s.Security, user: s.User, password: s.Password}
	usual := 0
	switch s.Security {
	case app.SecurityStartTLS:
		usual = 587
	case app.SecurityTLS:
		usual = 465
	case app.SecurityNone:
		usual = 25
	default:
		return target{}, errors.New(i18n.T("The mail settings do not say how the connection is secured. Choose none, STARTTLS or TLS."))
	}
	if t.port == 0 {
		t.port = usual
	}
	if t.port < 1 || t.port > 65535 {
		return target{}, errors.New(i18n.T("The port of the mail server must be between 1 and 65535."))
	}
	host := strings.TrimSpace(s.Host)
	if host == "" {
		return target{}, errors.New(i18n.T("No mail server is set. Enter its name in the mail settings."))
	}
	var err error
	if t.host, err = hostName(host); err != nil {
		return target{}, errors.New(i18n.T("“%s” is not the name of a mail server. Enter a name such as smtp.example.com.", host))
	}
	hello := strings.TrimSpace(s.HelloName)
	if hello == "" {
		hello = "localhost"
	}
	if t.hello, err = helloName(hello); err != nil {
		return target{}, errors.New(i18n.T("“%s” cannot be used as the name given to the mail server. Enter a name such as example.com or leave it empty.", hello))
	}
	return t, nil
}

// errName is any text that is neither a host name nor an IP address; the caller knows what it was for.
var errName = errors.New("not a host name")

// names is lenient about underscores, which some offices have in the names of their machines.
var names = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.VerifyDNSLength(true))

func hostName(s string) (string, error) {
	if bare := strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"); net.ParseIP(bare) != nil {
		return bare, nil
	}
	ascii, err := names.ToASCII(strings.TrimSuffix(s, "."))
	if err != nil || !onlyNameCharacters(ascii) {
		return "", errName
	}
	return ascii, nil
}

// helloName also takes an IP address, which EHLO wants in brackets.
func helloName(s string) (string, error) {
	name, err := hostName(s)
	if err != nil {
		return "", err
	}
	ip := net.ParseIP(name)
	switch {
	case ip == nil:
		return name, nil
	case ip.To4() != nil:
		return "[" + name + "]", nil
	}
	return "[IPv6:" + name + "]", nil
}

func onlyNameCharacters(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.'
	})
}
