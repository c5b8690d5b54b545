package app

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"clientele/app/i18n"
	"clientele/data"
)

const (
	// patience is how long a mail is tried again before it counts as failed.
	patience = 4 * 24 * time.Hour
	// uncertainWait is how long a mail rests that the server may have; then it is repeated once, with the same Message-ID.
	uncertainWait = 15 * time.Minute
	// maxWait is the longest pause between two tries. Mails that are due later were parked by a wrong clock.
	maxWait = 75 * time.Minute
	// sessions is how many connections carry a large outbox; small ones need one.
	sessions     = 4
	manyMails    = 20
	greylistWait = 5 * time.Minute
)

// waits are the pauses after the first, second … try; the last one repeats.
var waits = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour}

// OutboxStatus is how the sending of mail stands as a whole.
type OutboxStatus struct {
	Sending bool
	// Blocked are the server's words where the settings are at fault: nothing goes out until they are mended.
	Blocked string
	// Waiting are the words where the server cannot be reached; the next try is at NextTry.
	Waiting string
	NextTry time.Time
}

// Sent is what one run over the outbox came to.
type Sent struct {
	Sent, Failed, Deferred int
	Blocked                string
	Waiting                string
}

// Outbox sends the mails that wait. One worker runs in each installation; several installations on one database share the work.
type Outbox struct {
	core
	settings *SettingsService
	mails    *Mails
	mailer   Mailer

	wake chan struct{}

	mu     sync.Mutex
	status OutboxStatus
	fails  int // connections that failed in a row
}

func newOutbox(c core, s *SettingsService, m *Mails, mailer Mailer) *Outbox {
	return &Outbox{core: c, settings: s, mails: m, mailer: mailer, wake: make(chan struct{}, 1)}
}

// ErrSendingElsewhere: another program of this installation is sending already.
var ErrSendingElsewhere = errors.New("app: another program is sending")

// Status tells how sending stands.
func (o *Outbox) Status() OutboxStatus {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.status
}

func (o *Outbox) setStatus(s OutboxStatus) {
	o.mu.Lock()
	changed := o.status != s
	o.status = s
	o.mu.Unlock()
	if changed {
		o.events.publish(Change{Topic: TopicOutbox})
	}
}

// SendNow has the worker try at once, also where it was blocked or waits for the server.
func (o *Outbox) SendNow() {
	s := o.Status()
	s.Blocked, s.Waiting, s.NextTry = "", "", time.Time{}
	o.setStatus(s)
	o.nudge()
}

func (o *Outbox) nudge() {
	select {
	case o.wake <- struct{}{}:
	default: // it is awake already
	}
}

// Run sends mails as they become due until ctx ends. It returns when nothing is being sent any more.
func (o *Outbox) Run(ctx context.Context) {
	defer o.events.Subscribe(func(c Change) {
		switch c.Topic {
		case TopicMail:
			o.nudge()
		case TopicSettings:
			o.SendNow()
		}
	})()
	for ctx.Err() == nil {
		wait := o.pass(ctx)
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-o.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// pass sends what is due and tells how long there is nothing to do.
func (o *Outbox) pass(ctx context.Context) time.Duration {
	const idle = time.Hour
	now := o.now()
	if s := o.Status(); s.Blocked != "" {
		return idle
	} else if s.Waiting != "" && s.NextTry.After(now) {
		return min(s.NextTry.Sub(now), idle)
	}
	if _, err := o.SendDue(ctx, Quiet{}); err != nil && ctx.Err() == nil {
		if !errors.Is(err, ErrSendingElsewhere) {
			o.log.Error("outbox", "error", err)
		}
		return time.Minute
	}
	if s := o.Status(); s.Blocked != "" || s.Waiting != "" {
		return o.untilNextTry()
	}
	var next time.Time
	err := o.read(ctx, func(tx *data.Tx) (err error) {
		next, err = tx.NextDueAt(o.config.Installation)
		return err
	})
	if err != nil || next.IsZero() {
		return idle
	}
	return max(0, min(next.Sub(o.now()), idle))
}

func (o *Outbox) untilNextTry() time.Duration {
	s := o.Status()
	if s.NextTry.IsZero() {
		return time.Hour
	}
	return max(time.Second, s.NextTry.Sub(o.now()))
}

// SendDue sends every mail that is due and returns when none is left, the server is out of reach, or its settings are at fault. It is what the
// window's worker and the command line run.
func (o *Outbox) SendDue(ctx context.Context, p Progress) (Sent, error) {
	release, ok, err := o.store.Lease(ctx, "outbox-"+o.config.Installation)
	if err != nil {
		return Sent{}, known(err)
	}
	if !ok {
		return Sent{}, ErrSendingElsewhere
	}
	defer release()
	if err := o.recoverMails(ctx); err != nil {
		return Sent{}, err
	}
	var due int64
	err = o.read(ctx, func(tx *data.Tx) (err error) {
		due, err = tx.CountDue(o.config.Installation)
		return err
	})
	if err != nil || due == 0 {
		return Sent{}, err
	}
	set, err := o.settings.Get(ctx)
	if err != nil {
		return Sent{}, err
	}
	if !set.MailReady() {
		words := i18n.T("No mail server is set up yet. The mails wait here until it is.")
		o.setStatus(OutboxStatus{Blocked: words})
		return Sent{Blocked: words}, nil
	}
	server, err := o.settings.MailServer(set)
	if err != nil {
		words := i18n.T("The keyring of this computer did not give the mail password. Unlock it, or enter the password again in Settings.")
		o.setStatus(OutboxStatus{Blocked: words})
		o.log.Error("keyring", "error", err)
		return Sent{Blocked: words}, nil
	}
	o.setStatus(OutboxStatus{Sending: true})
	p.SetTotal(due)
	run := &outboxRun{Outbox: o, set: set, server: server, progress: p}
	err = run.all(ctx, due)
	o.finish(run)
	return run.result(), err
}

// finish notes how the run ended and when to try again.
func (o *Outbox) finish(run *outboxRun) {
	status := OutboxStatus{}
	switch r := run.result(); {
	case r.Blocked != "":
		status.Blocked = r.Blocked
	case r.Waiting != "":
		status.Waiting = r.Waiting
		status.NextTry = o.now().Add(waits[min(o.fails, len(waits)-1)])
		o.fails++
	default:
		o.fails = 0
	}
	o.setStatus(status)
}

// recoverMails settles mails that were being sent when the program ended: the server may have them. It also brings back mails that a
// wrong clock parked.
func (o *Outbox) recoverMails(ctx context.Context) error {
	return o.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		ms, err := tx.Unsettled(o.config.Installation)
		if err != nil {
			return err
		}
		for _, m := range ms {
			words := i18n.T("The program ended while this mail was being sent, so the server may have it. It is repeated once.")
			if err := tx.SettleMail(m.ID, data.MailUncertain, tx.Now().Add(uncertainWait), words, false); err != nil {
				return err
			}
			*changes = append(*changes, Change{TopicMail, clientOf(m)})
		}
		return tx.ClampDue(tx.Now().Add(maxWait))
	})
}

// outboxRun is one run over the outbox.
type outboxRun struct {
	*Outbox
	set      Settings
	server   MailServer
	progress Progress

	sent, failed, deferred atomic.Int64

	mu      sync.Mutex
	blocked string
	waiting string
	err     error
}

func (r *outboxRun) result() Sent {
	r.mu.Lock()
	defer r.mu.Unlock()
	return Sent{Sent: int(r.sent.Load()), Failed: int(r.failed.Load()), Deferred: int(r.deferred.Load()), Blocked: r.blocked, Waiting: r.waiting}
}

// stop ends the run: the other connections finish the mail they are at.
func (r *outboxRun) stop(blocked, waiting string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.blocked == "" && r.waiting == "" && r.err == nil {
		r.blocked, r.waiting, r.err = blocked, waiting, err
	}
}

func (r *outboxRun) stopped() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.blocked != "" || r.waiting != "" || r.err != nil
}

func (r *outboxRun) all(ctx context.Context, due int64) error {
	n := 1
	if due > manyMails {
		n = sessions
	}
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { r.connection(ctx) })
	}
	wg.Wait()
	if r.err != nil {
		return r.err
	}
	return ctx.Err()
}

// connection sends mails over one connection until none is due, and opens another where the first one broke.
func (r *outboxRun) connection(ctx context.Context) {
	var session MailSession
	defer func() {
		if session != nil {
			session.Close()
		}
	}()
	for ctx.Err() == nil && !r.stopped() {
		if session == nil {
			var attempt Attempt
			session, attempt = r.mailer.Connect(ctx, r.server)
			if session == nil {
				r.cannotConnect(ctx, attempt)
				return
			}
		}
		m, ok := r.claim(ctx)
		if !ok {
			return
		}
		attempt := r.send(ctx, session, m)
		if err := r.settle(ctx, m, attempt); err != nil {
			r.stop("", "", err)
			return
		}
		r.progress.Add(1)
		if attempt.Delivery == Uncertain || (attempt.Delivery == Deferred && attempt.Code == 0) {
			session.Close()
			session = nil
		}
	}
}

// cannotConnect ends the run. Mails that waited longer than patience count as failed; the others wait on.
func (r *outboxRun) cannotConnect(ctx context.Context, a Attempt) {
	if ctx.Err() != nil {
		return
	}
	if a.Delivery == Blocked {
		r.stop(a.Answer, "", nil)
		return
	}
	r.stop("", a.Answer, nil)
	err := r.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		ids, err := tx.GiveUp(r.config.Installation, tx.Now().Add(-patience), a.Answer)
		for _, m := range ids {
			*changes = append(*changes, Change{TopicMail, clientOf(m)})
		}
		r.failed.Add(int64(len(ids)))
		return err
	})
	if err != nil {
		r.stop("", "", err)
	}
}

// claim takes the next mail that is due.
func (r *outboxRun) claim(ctx context.Context) (data.Mail, bool) {
	var ms []data.Mail
	err := r.write(ctx, func(tx *data.Tx, _ *[]Change) (err error) {
		ms, err = tx.ClaimDue(r.config.Installation, 1)
		return err
	})
	if err != nil {
		r.stop("", "", err)
	}
	if len(ms) == 0 {
		return data.Mail{}, false
	}
	return ms[0], true
}

// send hands one mail over, after a last look at whether it should still go.
func (r *outboxRun) send(ctx context.Context, session MailSession, m data.Mail) Attempt {
	gone := false
	if id := clientOf(m); id != 0 {
		err := r.read(ctx, func(tx *data.Tx) error {
			_, err := tx.Client(id)
			return err
		})
		gone = CodeOf(err) == NotFound
	}
	if gone {
		return Attempt{Delivery: withdrawn, Answer: i18n.T("The client was removed before this mail could go.")}
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
	message := Message{
		MessageID: m.MessageID, From: Address{r.set.MailFromName, r.set.MailFrom}, ReplyTo: Address{Email: r.set.MailReplyTo},
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

// withdrawn is the delivery of a mail that must not go any more.
const withdrawn Delivery = "withdrawn"

// settle writes what became of a mail. It is done even where the program is being stopped: the server may have the mail.
func (r *outboxRun) settle(ctx context.Context, m data.Mail, a Attempt) error {
	ctx = context.WithoutCancel(ctx)
	return r.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		*changes = append(*changes, Change{TopicMail, clientOf(m)})
		now := tx.Now()
		log := func(action string) error {
			return tx.AddActivity(r.entry(action, clientOf(m), m.Subject, a.Answer))
		}
		switch {
		case a.Delivery == Delivered:
			r.sent.Add(1)
			if err := tx.SettleMail(m.ID, data.MailSent, time.Time{}, a.Answer, true); err != nil {
				return err
			}
			return log(actMailSent)
		case a.Delivery == withdrawn:
			return tx.SettleMail(m.ID, data.MailSuppressed, time.Time{}, a.Answer, true)
		case a.Delivery == Blocked:
			r.deferred.Add(1)
			r.stop(a.Answer, "", nil)
			return tx.SettleMail(m.ID, data.MailQueued, now, a.Answer, false)
		case a.Delivery == Uncertain && m.State != data.MailUncertain:
			r.deferred.Add(1)
			return tx.SettleMail(m.ID, data.MailUncertain, now.Add(uncertainWait), a.Answer, false)
		case a.Delivery == Deferred && now.Sub(data.Instant(m.CreatedAt)) < patience:
			r.deferred.Add(1)
			return tx.SettleMail(m.ID, m.State, now.Add(pause(int(m.Attempts), a.Code)), a.Answer, false)
		}
		// Refused, deferred for too long, or uncertain twice. A secret is kept, so that the admin can try again.
		r.failed.Add(1)
		if err := tx.SettleMail(m.ID, data.MailFailed, time.Time{}, a.Answer, false); err != nil {
			return err
		}
		return log(actMailFailed)
	})
}

// pause is how long a mail rests after a try. attempts is how many came before it.
func pause(attempts, code int) time.Duration {
	d := waits[min(attempts, len(waits)-1)]
	if code == 450 && d < greylistWait {
		d = greylistWait // greylisting servers refuse anything sooner
	}
	return d + time.Duration((rand.Float64()*0.4-0.2)*float64(d)) // so that a hundred mails do not come back in one moment
}

func loopback(host string) bool {
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
