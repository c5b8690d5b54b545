package mail

import (
	"errors"
	"io"
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"clientele/app"
	"clientele/app/email"
	"clientele/app/i18n"
)

// errSender marks a fault in the addresses of the office itself.
var errSender = errors.New("sender")

// senderFault says the reason alone, and is errSender.
type senderFault struct{ error }

func (senderFault) Is(target error) bool { return target == errSender }

// letter is a message in the terms of SMTP.
type letter struct {
	from      string
	to        []string // each address once, copies included
	needsUTF8 bool
	content   *gomail.Msg
	files     []app.Attachment
	// onFile is called where the content of the next file belongs, while the message is being written.
	onFile func()
}

// compose checks a message and puts it into its form for the line. date is when it is sent.
func compose(m app.Message, date time.Time) (*letter, error) {
	if !validMessageID(m.MessageID) {
		return nil, errors.New(i18n.T("This mail has no valid Message-ID, so a repeat could not be recognised. It was not sent."))
	}
	l := &letter{}
	from, err := l.address(m.From)
	if err != nil {
		return nil, senderFault{errors.New(i18n.T("The sender in the mail settings cannot be used. %s", err))}
	}
	l.from = from.Address

	// No default user agent: which program an office uses is nobody's business.
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from)
	if m.ReplyTo != (app.Address{}) {
		replyTo, err := l.address(m.ReplyTo)
		if err != nil {
			return nil, senderFault{errors.New(i18n.T("The reply address in the mail settings cannot be used. %s", err))}
		}
		msg.ReplyToMailAddress(replyTo)
	}
	to, err := l.recipients(m.To)
	if err != nil {
		return nil, err
	}
	cc, err := l.recipients(m.CC)
	if err != nil {
		return nil, err
	}
	if len(l.to) == 0 {
		return nil, errors.New(i18n.T("This mail has no recipient. It was not sent."))
	}
	if len(to) > 0 {
		msg.ToMailAddress(to...)
	}
	if len(cc) > 0 {
		msg.CcMailAddress(cc...)
	}
	msg.SetMessageIDWithValue(m.MessageID)
	msg.SetDateWithValue(date)
	msg.Subject(headerText(m.Subject))
	l.content = msg
	l.body(m)
	l.attach(m.Attachments)
	return l, nil
}

func (l *letter) body(m app.Message) {
	switch {
	case m.HTML == "":
		l.content.SetBodyString(gomail.TypeTextPlain, bodyText(m.Text))
	case m.Text == "":
		l.content.SetBodyString(gomail.TypeTextHTML, bodyText(m.HTML))
	default:
		// The last alternative is the one that readers prefer.
		l.content.SetBodyString(gomail.TypeTextPlain, bodyText(m.Text))
		l.content.AddAlternativeString(gomail.TypeTextHTML, bodyText(m.HTML))
	}
}

// attach puts the files' headers into the message and leaves their contents out: the library would hold each of them in memory as a whole, encoded.
// They are written in their places when the message goes over the line.
func (l *letter) attach(files []app.Attachment) {
	l.files = files
	parts := make([]*gomail.File, len(files))
	for i, file := range files {
		contentType, disposition := attachmentHeaders(file.Name, file.ContentType)
		parts[i] = &gomail.File{Enc: gomail.EncodingB64, Header: map[string][]string{}, Writer: func(io.Writer) (int64, error) {
			l.onFile()
			return 0, nil
		}}
		parts[i].Header.Set("Content-Type", contentType)
		parts[i].Header.Set("Content-Disposition", disposition)
	}
	l.content.SetAttachments(parts)
}

// recipients turns a list into header addresses and adds each new one to the envelope.
func (l *letter) recipients(list []app.Address) ([]*netmail.Address, error) {
	var out []*netmail.Address
	for _, a := range list {
		address, err := l.address(a)
		if err != nil {
			return nil, err
		}
		out = append(out, address)
		if !l.has(address.Address) {
			l.to = append(l.to, address.Address)
		}
	}
	return out, nil
}

func (l *letter) has(address string) bool {
	for _, other := range l.to {
		if email.Key(other) == email.Key(address) {
			return true
		}
	}
	return false
}

func (l *letter) address(a app.Address) (*netmail.Address, error) {
	wire, err := email.Wire(a.Email)
	if err != nil {
		return nil, err
	}
	if strings.ContainsFunc(wire, func(r rune) bool { return r > 0x7e }) {
		l.needsUTF8 = true
	}
	return &netmail.Address{Name: displayName(a.Name), Address: wire}, nil
}

// validMessageID takes "left@right" in visible ASCII without brackets, short enough for one header line.
func validMessageID(id string) bool {
	left, right, found := strings.Cut(id, "@")
	return found && left != "" && right != "" && len(id) <= 250 &&
		!strings.ContainsFunc(id, func(r rune) bool {
			return r <= ' ' || r > '~' || strings.ContainsRune("<>()[]\\,;:\"", r)
		}) && !strings.Contains(right, "@")
}
