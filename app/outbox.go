package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"clientele/app/i18n"
	"clientele/data"
)

const (
	// patience is how long a mail is tried again before it counts as failed, given that it was tried a few times: the computer may have
	// been off meanwhile, or its clock wrong.
	patience = 4 * 24 * time.Hour
	// uncertainWait is how long a mail rests that the server may have; then it is repeated once, with the same Message-ID.
	uncertainWait = 15 * time.Minute
	// maxWait is the longest pause between two tries. Mails that are due later were parked by a wrong clock.
	maxWait = 75 * time.Minute
	// sessions is how many connections carry a large outbox; small ones need one.
	sessions  = 4
	manyMails = 20
	// greylistWait is the shortest pause after a reply 450: greylisting servers refuse anything sooner.
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
	settings  *SettingsService
	documents *Documents
	mailer    Mailer

	wake chan struct{}

	mu     sync.Mutex
	status OutboxStatus
	fails  int // runs in a row that could not reach the server
}

func newOutbox(c core, s *SettingsService, mailer Mailer) *Outbox {
	return &Outbox{core: c, settings: s, mailer: mailer, wake: make(chan struct{}, 1)}
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
	o.setFails(0)
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
	} else if wait := s.NextTry.Sub(now); s.Waiting != "" && wait > 0 && wait <= maxWait { // a longer wait is that of a wrong clock
		return min(wait, idle)
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
		status.NextTry = o.now().Add(waits[min(o.failed(), len(waits)-1)])
		o.setFails(o.failed() + 1)
	default:
		o.setFails(0)
	}
	o.setStatus(status)
}

// failed tells how many runs in a row could not reach the server.
func (o *Outbox) failed() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.fails
}

func (o *Outbox) setFails(n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.fails = n
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
