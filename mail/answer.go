package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"clientele/app"
	"clientele/app/i18n"
)

// maxAnswer bounds an answer in bytes; a server may say as much as it likes.
const maxAnswer = 600

// errStopped is a cancelled context.
var errStopped = errors.New("sending was stopped")

// teller puts what happened into one line for a person, without the password.
type teller struct {
	host string
	hide *strings.Replacer
}

// newTeller knows the password in each form in which it crosses the line, because a server may quote what it got.
func newTeller(s app.MailServer) teller {
	var pairs []string
	if s.Password != "" {
		for _, form := range []string{
			base64.StdEncoding.EncodeToString([]byte("\x00" + s.User + "\x00" + s.Password)),
			base64.StdEncoding.EncodeToString([]byte(s.Password)),
			s.Password,
		} {
			pairs = append(pairs, form, "•••")
		}
	}
	return teller{host: strings.TrimSpace(s.Host), hide: strings.NewReplacer(pairs...)}
}

// failed is the attempt that ended with err at this stage.
func (t teller) failed(ctx context.Context, at stage, err error) app.Attempt {
	delivery, code := classify(at, err)
	return app.Attempt{Delivery: delivery, Code: code, Answer: t.line(t.explain(ctx, at, err))}
}

// line makes text one line without the password and without control characters.
func (t teller) line(text string) string {
	text = t.hide.Replace(text)
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	// Joining the words may complete a password that the server broke over two lines.
	text = t.hide.Replace(strings.Join(strings.Fields(text), " "))
	if len(text) <= maxAnswer {
		return text
	}
	cut := maxAnswer
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

// explain gives the server's own words, or says in ours what happened to the connection.
func (t teller) explain(ctx context.Context, at stage, err error) string {
	var (
		reply *textproto.Error
		dns   *net.DNSError
	)
	switch {
	case errors.As(err, &reply):
		return wordsOf(reply)
	case errors.Is(err, errNoStartTLS):
		return i18n.T("The mail server %s does not offer STARTTLS. Nothing was sent. Choose another encryption in the mail settings, or check the server and the port.", t.host)
	case errors.Is(err, errNoLogin):
		return i18n.T("The mail server %s takes no log-in on this port. Nothing was sent. Check the port in the mail settings.", t.host)
	case errors.Is(err, errNoSafeLogin):
		return i18n.T("The mail server %s offers no safe way to log in. The password was not sent. Choose STARTTLS or TLS in the mail settings.", t.host)
	case isUntrusted(err):
		return i18n.T("The certificate of the mail server %s is not trusted: %s. Nothing was sent.", t.host, err)
	case at == ending:
		return i18n.T("The connection to the mail server %s broke after the message was handed over. It may or may not have arrived.", t.host)
	case errors.Is(err, errStopped) || errors.Is(ctx.Err(), context.Canceled):
		return i18n.T("Sending was stopped before the message was handed over.")
	case errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(ctx.Err(), context.DeadlineExceeded):
		return i18n.T("The mail server %s did not answer in time.", t.host)
	case errors.As(err, &dns):
		return i18n.T("There is no mail server by the name of %s, or the network is down.", t.host)
	case errors.Is(err, syscall.ECONNREFUSED):
		return i18n.T("The mail server %s refused the connection.", t.host)
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE):
		return i18n.T("The mail server %s closed the connection.", t.host)
	case at == securing:
		return i18n.T("No secure connection to the mail server %s could be made: %s.", t.host, err)
	case at == loggingIn:
		return i18n.T("The log-in at the mail server %s failed: %s.", t.host, err)
	}
	return i18n.T("The conversation with the mail server %s failed: %s.", t.host, err)
}

// wordsOf is what the server said. Error of a textproto.Error would put it into quotation marks.
func wordsOf(reply *textproto.Error) string { return strconv.Itoa(reply.Code) + " " + reply.Msg }
