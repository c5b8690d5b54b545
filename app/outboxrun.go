package app

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"time"

	"clientele/app/i18n"
	"clientele/data"
)

// outboxRun is one run over the outbox.
type outboxRun struct {
	*Outbox
	set      Settings
	server   MailServer
	progress Progress

	mu    sync.Mutex
	open  int // connections that work
	total Sent
	err   error
}

func (r *outboxRun) result() Sent {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.total
}

// stop ends the run: the other connections finish the mail they are at.
func (r *outboxRun) stop(blocked, waiting string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.over() {
		r.total.Blocked, r.total.Waiting, r.err = blocked, waiting, err
	}
}

func (r *outboxRun) over() bool {
	return r.total.Blocked != "" || r.total.Waiting != "" || r.err != nil
}

func (r *outboxRun) stopped() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.over()
}

// all sends over one connection, or over several where many mails are due. The others are opened once the first one works, so that a
// log-in that is refused is tried once.
func (r *outboxRun) all(ctx context.Context, due int64) error {
	session := r.connect(ctx)
	if session == nil {
		return r.end(ctx)
	}
	var wg sync.WaitGroup
	wg.Go(func() { r.connection(ctx, session) })
	if due > manyMails {
		for range sessions - 1 {
			wg.Go(func() {
				if s := r.connect(ctx); s != nil {
					r.connection(ctx, s)
				}
			})
		}
	}
	wg.Wait()
	return r.end(ctx)
}

func (r *outboxRun) end(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return r.err
	}
	return ctx.Err()
}

// connect opens a connection. Where that fails the run ends, unless others still work: many servers allow only a few at once.
func (r *outboxRun) connect(ctx context.Context) MailSession {
	session, attempt := r.mailer.Connect(ctx, r.server)
	r.mu.Lock()
	if session != nil {
		r.open++
	}
	others := r.open > 0
	r.mu.Unlock()
	switch {
	case session != nil || ctx.Err() != nil:
	case attempt.Delivery == Blocked:
		r.stop(attempt.Answer, "", nil)
	case !others:
		r.stop("", attempt.Answer, nil)
		r.giveUp(ctx, attempt.Answer)
	}
	return session
}

func (r *outboxRun) disconnect(session MailSession) {
	_ = session.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open--
}

// connection sends mails over one connection until none is due, and opens another where the first one broke.
func (r *outboxRun) connection(ctx context.Context, session MailSession) {
	for ctx.Err() == nil && !r.stopped() {
		m, ok := r.claim(ctx)
		if !ok {
			break
		}
		attempt := r.send(ctx, session, m)
		if err := r.settle(ctx, m, attempt); err != nil {
			r.stop("", "", err)
			break
		}
		r.progress.Add(1)
		if !attempt.dead() {
			continue
		}
		r.disconnect(session)
		if session = r.connect(ctx); session == nil {
			return
		}
	}
	r.disconnect(session)
}

// giveUp marks mails as failed that waited longer than patience while the server was tried again and again; the others wait on.
func (r *outboxRun) giveUp(ctx context.Context, answer string) {
	if r.Outbox.failed() < len(waits) {
		return
	}
	failed := 0
	err := r.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		ms, err := tx.GiveUp(r.config.Installation, tx.Now().Add(-patience), answer)
		if err != nil {
			return err
		}
		failed = len(ms)
		lines := make([]data.Activity, len(ms))
		for i, m := range ms {
			lines[i] = r.entry(actMailFailed, clientOf(m), m.Subject, answer)
			*changes = append(*changes, Change{TopicMail, clientOf(m)})
		}
		return tx.AddActivity(lines...)
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.total.Failed += failed; r.err == nil {
		r.err = err
	}
}

// claim takes the next mail that is due. ok is false where there is none.
func (r *outboxRun) claim(ctx context.Context) (m data.Mail, ok bool) {
	for {
		var ms []data.Mail
		var due int64
		err := r.write(ctx, func(tx *data.Tx, _ *[]Change) (err error) {
			if ms, err = tx.ClaimDue(r.config.Installation, 1); err != nil || len(ms) > 0 {
				return err
			}
			due, err = tx.CountDue(r.config.Installation)
			return err
		})
		switch {
		case err != nil:
			if ctx.Err() == nil {
				r.stop("", "", err)
			}
			return data.Mail{}, false
		case len(ms) > 0:
			return ms[0], true
		case due == 0 || r.stopped():
			return data.Mail{}, false
		}
		// Another connection was faster with this one, and there are more.
	}
}

// send hands one mail over, after a last look at whether it should still go.
func (r *outboxRun) send(ctx context.Context, session MailSession, m data.Mail) Attempt {
	if why := r.outdated(ctx, m); why != "" {
		return Attempt{Delivery: withdrawn, Answer: why}
	}
	secrets, err := r.openSecrets(m.MessageID, m.Secrets)
	if err != nil {
		return Attempt{Delivery: Refused, Answer: i18n.T("The password in this mail cannot be opened any more. Send the client a new one instead.")}
	}
	if len(secrets) > 0 && r.server.Security == SecurityNone && !r.set.PlainPasswordsAllow && !loopback(r.server.Host) {
		return Attempt{Delivery: Refused, Answer: i18n.T("The connection to the mail server is not encrypted, and this mail holds a password, so it was not sent. Choose STARTTLS or TLS in Settings.")}
	}
	to, err := m.RecipientList()
	if err != nil || len(to) == 0 {
		return Attempt{Delivery: Refused, Answer: i18n.T("This mail has no recipient.")}
	}
	files, err := r.attachments(ctx, m.ID)
	if err == nil && m.Encloses && m.InvoiceID != nil {
		var invoice Attachment
		invoice, err = r.invoiceOf(ctx, *m.InvoiceID)
		files = append([]Attachment{invoice}, files...)
	}
	if err != nil && ctx.Err() != nil {
		return Attempt{Delivery: interrupted, Answer: m.Answer}
	}
	if err != nil {
		return Attempt{Delivery: Unreadable, Answer: i18n.T("The attachments of this mail could not be read: %s", Explain(err))}
	}
	message := Message{
		MessageID: m.MessageID, Attachments: files, From: Address{r.set.MailFromName, r.set.MailFrom}, ReplyTo: Address{Email: r.set.MailReplyTo},
		Subject: reveal(m.Subject, secrets, false), Text: reveal(m.BodyText, secrets, false), HTML: reveal(m.BodyHTML, secrets, true),
	}
	if message.From.Name == "" {
		message.From.Name = r.set.BusinessName
	}
	for _, rcpt := range to {
		a := Address{rcpt.Name, rcpt.Email}
		if rcpt.Copy {
			message.CC = append(message.CC, a)
		} else {
			message.To = append(message.To, a)
		}
	}
	return session.Send(ctx, message)
}

const (
	// withdrawn is the delivery of a mail that must not go any more.
	withdrawn Delivery = "withdrawn"
	// interrupted is that of one that was not handed over, since the program is being closed: it waits as before.
	interrupted Delivery = "interrupted"
)

// dead tells whether the connection cannot be used after an attempt.
func (a Attempt) dead() bool {
	const closing = 421 // the server says goodbye
	return a.Delivery == Uncertain || a.Delivery == Unreadable || (a.Delivery == Deferred && (a.Code == 0 || a.Code == closing))
}

// settle writes what became of a mail. It is done even where the program is being stopped: the server may have the mail.
func (r *outboxRun) settle(ctx context.Context, m data.Mail, a Attempt) error {
	var o outcome
	err := r.write(context.WithoutCancel(ctx), func(tx *data.Tx, changes *[]Change) error {
		o = judge(m, a, tx.Now())
		*changes = append(*changes, Change{TopicMail, clientOf(m)})
		err := tx.SettleMail(m.ID, o.state, o.next, a.Answer, o.wipe)
		if errors.Is(err, data.ErrNotFound) {
			return nil // its client was deleted meanwhile, and the mail with it
		}
		if err != nil || o.act == "" {
			return err
		}
		return tx.AddActivity(r.entry(o.act, clientOf(m), m.Subject, a.Answer))
	})
	if err != nil {
		return err
	}
	if a.Delivery == Blocked {
		r.stop(a.Answer, "", nil)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch o.state {
	case data.MailSent:
		r.total.Sent++
	case data.MailFailed:
		r.total.Failed++
	case data.MailQueued, data.MailUncertain:
		r.total.Deferred++
	}
	return nil
}

// outcome is what an attempt makes of a mail.
type outcome struct {
	state data.MailState
	next  time.Time // when it is tried again; zero where it is not
	wipe  bool      // its secret is needed no more
	act   string    // the line in the activity log; empty for none
}

// judge decides what an attempt makes of a mail. m is as it was before the attempt.
func judge(m data.Mail, a Attempt, now time.Time) outcome {
	tired := now.Sub(data.Instant(m.CreatedAt)) >= patience && int(m.Attempts) >= len(waits)
	switch {
	case a.Delivery == Delivered:
		return outcome{state: data.MailSent, wipe: true, act: actMailSent}
	case a.Delivery == withdrawn:
		return outcome{state: data.MailSuppressed, wipe: true}
	case a.Delivery == Blocked, a.Delivery == interrupted:
		return outcome{state: m.State, next: now}
	case a.Delivery == Uncertain && m.State != data.MailUncertain:
		return outcome{state: data.MailUncertain, next: now.Add(uncertainWait)}
	case a.Delivery == Deferred && !tired:
		return outcome{state: m.State, next: now.Add(pause(int(m.Attempts), a.Code))}
	}
	// Refused, not to be read, deferred for too long, or uncertain twice. A secret is kept, so that the admin can try again.
	return outcome{state: data.MailFailed, act: actMailFailed}
}

// pause is how long a mail rests after a try. attempts is how many came before it.
func pause(attempts, code int) time.Duration {
	d := waits[min(attempts, len(waits)-1)]
	// A spread, so that a hundred mails do not come back in one moment; nothing secret hangs on it.
	d += rand.N(d*2/5) - d/5 //nolint:gosec // see above
	if code == 450 {
		d = max(d, greylistWait)
	}
	return d
}

func loopback(host string) bool {
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
