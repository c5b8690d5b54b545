// Package email holds the rule of what an email address may look like, and how two addresses are compared.
//
// The rule is narrower than the standards: quoted local parts, comments and address literals are refused,
// because some mail software reads commands out of them. It is wide enough for every address that people have:
// any script in the local part, internationalised domains, plus signs.
package email

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"clientele/app/i18n"
)

const (
	// maxAddress is the longest address in bytes that fits an SMTP path (RFC 5321, 4.5.3.1.3, less the brackets).
	maxAddress = 254
	// maxLocal is the longest part before the @ in bytes (RFC 5321, 4.5.3.1.1).
	maxLocal = 64
	// special lists what would need quoting, or would end the address early in a command or a header.
	special = "\"<>()[]\\,;:"
)

// domains turns a domain into the form that DNS and SMTP take. It refuses what cannot be a host name:
// empty labels, a trailing dot, underscores, labels beyond 63 bytes.
var domains = idna.New(
	idna.MapForLookup(),
	idna.Transitional(false),
	idna.BidiRule(),
	idna.StrictDomainName(true),
	idna.VerifyDNSLength(true),
)

// Error says why a text is not an address, in words for the person who typed it.
type Error struct {
	// Address is the text as it was given.
	Address string
	reason  string
}

// Error is one whole sentence.
func (e *Error) Error() string { return e.reason }

// IsInvalid says whether err came from a text that is not an address.
func IsInvalid(err error) bool {
	var e *Error
	return errors.As(err, &e)
}

// Parse returns the address in s without the blanks around it and in Unicode normal form C, otherwise as it
// was typed: upper case and an internationalised domain are kept for people to read. The error is an *Error.
func Parse(s string) (string, error) {
	address, _, err := read(s)
	return address, err
}

// Wire returns the form of the address that goes to a mail server: the local part as it is, the domain in lower
// case and in punycode. The error is an *Error.
func Wire(s string) (string, error) {
	_, wire, err := read(s)
	return wire, err
}

// Key returns what two addresses have in common if they reach the same mailbox for all practical purposes: the
// whole address in lower case, the domain in punycode. It is for comparing and looking up, never for sending.
// A text that is no address has a key too, so that old records can be compared.
func Key(s string) string {
	s = lower(norm.NFC.String(strings.TrimSpace(s)))
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return s
	}
	domain, err := domains.ToASCII(s[at+1:])
	if err != nil {
		return s
	}
	return s[:at+1] + domain
}

// lower can leave a combining mark beside its letter, so that composing once more keeps keys stable.
func lower(s string) string { return norm.NFC.String(strings.ToLower(s)) }

func read(s string) (address, wire string, err error) {
	refuse := func(text string, args ...any) (string, string, error) {
		return "", "", &Error{Address: s, reason: i18n.T(text, args...)}
	}
	if !utf8.ValidString(s) {
		return refuse("The email address holds bytes that are not text. Type it again.")
	}
	address = norm.NFC.String(strings.TrimSpace(s))
	if address == "" {
		return refuse("Enter an email address.")
	}
	if r, found := unusable(address); found {
		if unicode.IsPrint(r) && r != ' ' {
			return refuse("The email address “%s” must not hold the character %s.", address, string(r))
		}
		return refuse("The email address must not hold blanks or invisible characters.")
	}
	local, domain, found := strings.Cut(address, "@")
	if !found {
		return refuse("The email address “%s” has no @.", address)
	}
	if strings.Contains(domain, "@") {
		return refuse("The email address “%s” has more than one @.", address)
	}
	if local == "" {
		return refuse("The email address “%s” has nothing before the @.", address)
	}
	if strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return refuse("The email address “%s” has a dot in a place where none may be.", address)
	}
	ascii, err := domains.ToASCII(domain)
	if err != nil || !hasTopLevel(ascii) {
		return refuse("The email address “%s” needs a domain such as example.com after the @.", address)
	}
	wire = local + "@" + ascii
	if len(local) > maxLocal || len(address) > maxAddress || len(wire) > maxAddress {
		return refuse("The email address “%s” is too long.", address)
	}
	return address, wire, nil
}

// unusable finds the first character that no part of an address may hold.
func unusable(s string) (rune, bool) {
	for _, r := range s {
		if strings.ContainsRune(special, r) || unicode.IsSpace(r) || unicode.IsControl(r) ||
			unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || r == utf8.RuneError {
			return r, true
		}
	}
	return 0, false
}

// hasTopLevel refuses "info@company", which is a slip of the fingers far more often than a host in the own network,
// and bare IP addresses.
func hasTopLevel(domain string) bool {
	dot := strings.LastIndexByte(domain, '.')
	if dot < 1 {
		return false
	}
	return strings.ContainsFunc(domain[dot+1:], func(r rune) bool { return r < '0' || r > '9' })
}
