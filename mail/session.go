package mail

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/wneessen/go-mail/smtp"

	"clientele/app"
	"clientele/app/i18n"
)

const (
	// chunk is how much content is written under one time limit.
	chunk = 64 << 10
	// keepBuffer is the largest buffer in bytes that is kept from one message to the next.
	keepBuffer = 1 << 20
	// serviceClosing is the reply after which the server hangs up.
	serviceClosing = 421
)

// session is an open connection.
type session struct {
	options Options
	client  *smtp.Client
	conn    net.Conn // the bare connection under client, with TLS or not
	words   teller
	// content is the message without the contents of its files, and cuts are the places in it where those go.
	content bytes.Buffer
	cuts    []int
	dead    bool
}

// Send hands one message over. It goes to all its recipients or to none: if the server refuses one of them the
// message is taken back, because a repeat would reach the others twice. The answer then names each refused
// recipient, and one refusal for good outweighs those that are for now.
//
// Cancelling ctx cuts the connection: Uncertain if the end of the message may have left, Deferred otherwise. After
// a reply 421 the session is dead too, since the server hangs up.
func (s *session) Send(ctx context.Context, m app.Message) app.Attempt {
	if s.dead {
		return s.words.failed(ctx, addressing, net.ErrClosed)
	}
	if ctx.Err() != nil {
		s.drop()
		return s.words.failed(ctx, addressing, errStopped)
	}
	l, err := compose(m, s.options.Now())
	if err == nil {
		err = s.prepare(l)
	}
	if err != nil {
		return s.unsendable(err)
	}
	release := context.AfterFunc(ctx, func() { _ = s.conn.Close() })
	attempt := s.transact(ctx, l)
	if !release() {
		s.drop()
	}
	return attempt
}

// prepare writes the message into the buffer, all but the contents of its files, and checks what the server said about itself. Doing so before
// MAIL means that no fault in composing can end the content early, where the rest would look like a complete message.
func (s *session) prepare(l *letter) error {
	s.content.Reset()
	if s.content.Cap() > keepBuffer {
		s.content = bytes.Buffer{}
	}
	s.cuts = s.cuts[:0]
	l.onFile = func() { s.cuts = append(s.cuts, s.content.Len()) }
	if _, err := l.content.WriteTo(&s.content); err != nil {
		return err
	}
	size := int64(s.content.Len())
	for _, file := range l.files {
		size += encodedSize(file.Size)
	}
	if _, words := s.client.Extension("SIZE"); words != "" {
		limit, err := strconv.ParseInt(words, 10, 64)
		if err == nil && limit > 0 && size > limit {
			return errors.New(i18n.T("The message has %d kB, but the mail server %s takes at most %d kB. Send fewer or smaller attachments.",
				size/1000+1, s.words.host, limit/1000))
		}
	}
	utf8Offered, _ := s.client.Extension("SMTPUTF8")
	if l.needsUTF8 && !utf8Offered {
		return errors.New(i18n.T("The mail server %s takes no addresses with letters outside of the English alphabet before the @.", s.words.host))
	}
	// The flag makes a server further on reject the message if it does not know it, so it is set only where needed.
	s.client.SkipSMTPUTF8(!l.needsUTF8)
	return nil
}

// unsendable is a message that never reached the line. A fault in the sender comes from the settings and would
// meet every message.
func (s *session) unsendable(err error) app.Attempt {
	delivery := app.Refused
	if errors.Is(err, errSender) {
		delivery = app.Blocked
	}
	return app.Attempt{Delivery: delivery, Answer: s.words.line(err.Error())}
}

func (s *session) transact(ctx context.Context, l *letter) app.Attempt {
	if err := s.step(func() error { return s.client.Mail("<" + l.from + ">") }); err != nil {
		return s.rejected(ctx, err)
	}
	if attempt, refused := s.recipients(ctx, l.to); refused {
		return attempt
	}
	var writer io.WriteCloser
	err := s.step(func() (err error) { writer, err = s.client.Data(); return err })
	if err != nil {
		return s.rejected(ctx, err)
	}
	if err := s.write(writer, l.files); err != nil {
		// Hanging up in place of the dot makes the server throw away what it has.
		s.drop()
		var fault *fileFault
		if errors.As(err, &fault) && ctx.Err() == nil {
			return app.Attempt{Delivery: app.Unreadable, Answer: s.words.line(fault.Error())}
		}
		return s.words.failed(ctx, writing, err)
	}
	err = s.step(writer.Close)
	if err == nil {
		closer, _ := writer.(*smtp.DataCloser)
		return app.Attempt{Delivery: app.Delivered, Code: 250, Answer: s.words.line("250 " + closer.ServerResponse())}
	}
	attempt := s.words.failed(ctx, ending, err)
	if attempt.Code == 0 || attempt.Code == serviceClosing || attempt.Delivery == app.Uncertain {
		s.drop()
	}
	return attempt
}

// recipients names all recipients to the server. All are asked even if one is refused, so that the answer names
// each that is wrong.
func (s *session) recipients(ctx context.Context, to []string) (app.Attempt, bool) {
	var answers []string
	var first error
	for _, address := range to {
		err := s.step(func() error { return s.client.Rcpt("<" + address + ">") })
		if err == nil {
			continue
		}
		var reply *textproto.Error
		if !errors.As(err, &reply) || reply.Code == serviceClosing {
			return s.rejected(ctx, err), true
		}
		answers = append(answers, address+": "+wordsOf(reply))
		if isFinal, wasFinal := reply.Code >= 500, first != nil && codeOf(first) >= 500; first == nil || isFinal && !wasFinal {
			first = err
		}
	}
	if first == nil {
		return app.Attempt{}, false
	}
	attempt := s.rejected(ctx, first)
	attempt.Answer = s.words.line(strings.Join(answers, "; "))
	return attempt, true
}

// rejected ends the transaction before its content and keeps the connection if it can be used again.
func (s *session) rejected(ctx context.Context, err error) app.Attempt {
	attempt := s.words.failed(ctx, addressing, err)
	unexpected := attempt.Code < 400
	if unexpected || attempt.Code == serviceClosing || s.step(s.client.Reset) != nil {
		s.drop()
	}
	return attempt
}

// step gives the server the full time for one reply.
func (s *session) step(do func() error) error {
	if err := s.client.UpdateDeadline(s.options.ReplyTimeout); err != nil {
		return err
	}
	return do()
}

// drop cuts the connection. Saying QUIT here would be wrong: inside the content it would first write the dot that
// makes half a message a whole one.
func (s *session) drop() {
	s.dead = true
	_ = s.conn.Close()
}

// Close says goodbye. What the server makes of that is no error: all that was accepted is accepted.
func (s *session) Close() error {
	if s.dead {
		return nil
	}
	if s.client.UpdateDeadline(s.options.CloseTimeout) == nil {
		_ = s.client.Quit()
	}
	s.drop()
	return nil
}

func codeOf(err error) int {
	var reply *textproto.Error
	if errors.As(err, &reply) {
		return reply.Code
	}
	return 0
}
