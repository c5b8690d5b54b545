package app

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
)

var (
	// campaignBatch is how many clients are looked at in one transaction. Tests change it.
	campaignBatch = 200
	// campaignAhead is how many mails of a mail to many wait in the outbox at most. They go out though it is paused or stopped, so they are few; and other mails,
	// such as a new password, get through between them. Tests change it.
	campaignAhead = int64(20)
)

const (
	// mostChosen is how many clients can be chosen one by one; beyond, a filter chooses them.
	mostChosen = 20_000
	// campaignsListed is how many mails to many are listed.
	campaignsListed = 100
)

// Campaigns are mails to many clients (ML-6). One program at a time writes them, a batch in a transaction with how far it is, so that each client has the mail once
// whatever happens between.
type Campaigns struct {
	core
	mails *Mails
	wake  chan struct{}
}

func newCampaigns(c core, m *Mails) *Campaigns {
	return &Campaigns{core: c, mails: m, wake: make(chan struct{}, 1)}
}

// ToMany is a mail to many clients as it is written.
type ToMany struct {
	// Filter says to whom: the clients of a list, or those that were chosen in it.
	Filter        data.ClientFilter
	Template      string // the kind of the template that it was begun from; empty for a new message
	Category      Category
	Subject, Body string
	// Everyone has it go to those too who did not agree to marketing: for what every client must know. Whether they want the category counts all the same.
	Everyone bool
	Key      string
}

// Reach is how many clients a mail to many would go to.
type Reach struct {
	Clients int64 // that the filter leaves
	Agreed  int64 // of these agreed to marketing
}

// wanted tells whether a client is to have a mail to many at all.
func (m ToMany) wanted(c data.Client) bool { return m.Everyone || c.MarketingOptIn }

// Reach tells how many clients a mail would go to. Whether they want its category shows as it is written.
func (s *Campaigns) Reach(ctx context.Context, f data.ClientFilter) (r Reach, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		r = Reach{}
		if len(f.IDs) > 0 {
			for after := int64(0); ; {
				some, err := tx.ClientsAfter(f, after, campaignBatch)
				if err != nil || len(some) == 0 {
					return err
				}
				for _, c := range some {
					if r.Clients++; c.MarketingOptIn {
						r.Agreed++
					}
					after = c.ID
				}
			}
		}
		if r.Clients, _, err = tx.CountClients(f); err != nil {
			return err
		}
		r.Agreed, err = tx.CountAgreed(f)
		return err
	})
	return r, err
}

// Sample is the first clients whom a mail would go to, for its preview.
func (s *Campaigns) Sample(ctx context.Context, m ToMany, n int) (some []data.Client, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		some = nil
		for after := int64(0); len(some) < n; {
			cs, err := tx.ClientsAfter(m.Filter, after, campaignBatch)
			if err != nil || len(cs) == 0 {
				return err
			}
			for _, c := range cs {
				if after = c.ID; m.wanted(c) && len(some) < n {
					some = append(some, c)
				}
			}
			if after > int64(n*10*campaignBatch) && len(some) > 0 {
				return nil
			}
		}
		return nil
	})
	return some, err
}

// Compose begins a mail to many as one to a client begins, by a template or without one, in the language of a client whom it goes to. What differs from one client to
// the next is a merge field.
func (s *Campaigns) Compose(ctx context.Context, client int64, template string) (Draft, error) {
	return s.mails.Compose(ctx, Manual{ClientID: client, Template: template, toMany: true})
}

// Begin stores a mail to many and begins to write it. What is wrong with it comes back by its fields; of one that is wrong nothing is stored.
func (s *Campaigns) Begin(ctx context.Context, m ToMany) (id int64, err error) {
	if len(m.Filter.IDs) > mostChosen {
		return 0, &Error{Code: Invalid, Message: i18n.T("At most %s clients can be chosen one by one. Choose them by a filter of the list instead.", i18n.FormatInt(mostChosen))}
	}
	reach, err := s.Reach(ctx, m.Filter)
	if err != nil {
		return 0, err
	}
	total := reach.Clients
	if !m.Everyone {
		total = reach.Agreed
	}
	if total == 0 {
		return 0, &Error{Code: NotAllowed, Message: i18n.T("None of these clients agreed to marketing mail, so it would go to nobody.")}
	}
	filter, err := json.Marshal(m.Filter)
	if err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if done, ref, err := doneBefore(tx, m.Key); done || err != nil {
			id = ref
			return err
		}
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		o := m.outgoing(set, data.Client{}, date.Today(s.now()))
		if err := o.textProblems().or(); err != nil {
			return err
		}
		c := data.Campaign{
			Kind: o.kind.name, Category: string(o.kind.category), Subject: o.text.subject, Body: o.text.body, Filter: string(filter), Agreed: !m.Everyone,
			State: data.CampaignRunning, Total: total, Who: s.who(),
		}
		if err := tx.AddCampaign(&c); err != nil {
			return err
		}
		id = c.ID
		*changes = append(*changes, Change{Topic: TopicCampaigns})
		if err := tx.AddActivity(s.entry(actCampaignBegun, 0, c.Subject, i18n.N(total, "To %d client", "To %d clients"))); err != nil {
			return err
		}
		return recordDone(tx, m.Key, id)
	})
	return id, err
}

// outgoing is the mail to a client.
func (m ToMany) outgoing(set Settings, c data.Client, today date.Date) outgoing {
	o := outgoing{kind: newMessage, client: c}
	if m.Template != "" {
		o.kind = kindOf(m.Template, General)
	}
	o.kind.category = General
	if m.Category != "" {
		o.kind.category = m.Category
	}
	o.text = mailText{subject: oneLine(typedText(m.Subject)), body: typedText(m.Body)}.ourNames(o.kind)
	o.values = clientValues(set, c, today)
	for _, f := range o.kind.fields {
		if _, ok := o.values[f]; !ok {
			o.values[f] = ""
		}
	}
	return o
}

// Preview shows the mail as a client would have it.
func (s *Campaigns) Preview(ctx context.Context, m ToMany, client int64) (p Preview, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		c, err := tx.Client(client)
		if err != nil {
			return err
		}
		o := m.outgoing(set, c, date.Today(s.now()))
		if err := o.textProblems().or(); err != nil {
			return err
		}
		if p.Audience, err = o.audience(tx); err != nil {
			return err
		}
		r, err := o.text.render(o.kind, o.values, nil)
		p.Subject, p.Text = r.subject, r.text
		return err
	})
	return p, err
}

// Campaign is a mail to many with what became of its mails.
type Campaign struct {
	data.Campaign
	Mails map[data.MailState]int64
}

// List lists mails to many, newest first.
func (s *Campaigns) List(ctx context.Context) (all []Campaign, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		rows, err := tx.Campaigns(campaignsListed)
		all = make([]Campaign, len(rows))
		for i, c := range rows {
			if err == nil {
				all[i].Campaign = c
				all[i].Mails, err = tx.CampaignMails(c.ID)
			}
		}
		return err
	})
	return all, err
}

// Pause stops a mail to many until it is resumed. Mails that are in the outbox already still go: a batch at most.
func (s *Campaigns) Pause(ctx context.Context, id int64) error {
	return s.become(ctx, id, data.CampaignPaused, data.CampaignRunning)
}

// Resume goes on with one that was paused.
func (s *Campaigns) Resume(ctx context.Context, id int64) error {
	return s.become(ctx, id, data.CampaignRunning, data.CampaignPaused)
}

// Stop ends one for good.
func (s *Campaigns) Stop(ctx context.Context, id int64) error {
	return s.become(ctx, id, data.CampaignStopped, data.CampaignRunning, data.CampaignPaused)
}

func (s *Campaigns) become(ctx context.Context, id int64, to data.CampaignState, from ...data.CampaignState) error {
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		c, err := tx.CampaignToChange(id)
		if err != nil {
			return err
		}
		for _, f := range from {
			if c.State == f {
				c.State = to
				*changes = append(*changes, Change{Topic: TopicCampaigns})
				if err := tx.UpdateCampaign(c); err != nil {
					return err
				}
				return tx.AddActivity(s.entry(actCampaignState, 0, c.Subject, string(to)))
			}
		}
		return &Error{Code: NotAllowed, Message: i18n.T("This mail to many clients is done or was stopped meanwhile.")}
	})
}

// Run writes mails to many until ctx ends, also those that were being written when the program ended.
func (s *Campaigns) Run(ctx context.Context) {
	defer s.events.Subscribe(func(c Change) {
		if c.Topic == TopicCampaigns || c.Topic == TopicMail {
			select {
			case s.wake <- struct{}{}:
			default: // it is awake already
			}
		}
	})()
	const idle = time.Minute
	for ctx.Err() == nil {
		more, err := s.Step(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.Error("campaigns", "error", err)
		}
		if more && err == nil {
			continue
		}
		timer := time.NewTimer(idle)
		select {
		case <-ctx.Done():
		case <-s.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// Step writes one batch of each mail to many whose mails before have gone. One that fails does not hold up the others. more is false where there is nothing to
// do now.
func (s *Campaigns) Step(ctx context.Context) (more bool, err error) {
	var ids []int64
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		ids, err = tx.RunningCampaigns()
		return err
	})
	for _, id := range ids {
		did, failed := s.batch(ctx, id)
		err = errors.Join(err, failed)
		more = more || did
	}
	return more, err
}

// batch writes the next batch of one. did is false where it waits for the outbox.
func (s *Campaigns) batch(ctx context.Context, id int64) (did bool, err error) {
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		did = false
		c, err := tx.CampaignToChange(id)
		if err != nil || c.State != data.CampaignRunning {
			return err
		}
		waiting, err := tx.CampaignWaiting(id)
		if err != nil || waiting > campaignAhead/2 {
			return err
		}
		m := ToMany{Template: c.Kind, Category: Category(c.Category), Subject: c.Subject, Body: c.Body, Everyone: !c.Agreed}
		if c.Kind == newMessage.name {
			m.Template = ""
		}
		if err := json.Unmarshal([]byte(c.Filter), &m.Filter); err != nil {
			return err
		}
		clients, err := tx.ClientsAfter(m.Filter, c.LastClient, campaignBatch)
		if err != nil {
			return err
		}
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		whole := len(clients) < campaignBatch
		for i, client := range clients {
			queued, err := s.toOne(tx, set, m, client, id)
			if err != nil {
				return err
			}
			if c.LastClient = client.ID; queued {
				c.Queued++
				waiting++
			} else {
				c.Skipped++
			}
			if waiting >= campaignAhead {
				whole = whole && i == len(clients)-1
				break
			}
		}
		did = waiting <= campaignAhead/2
		*changes = append(*changes, Change{Topic: TopicMail}, Change{Topic: TopicCampaigns})
		if whole {
			c.State, did = data.CampaignDone, false
		}
		return tx.UpdateCampaign(c)
	})
	if errors.Is(err, data.ErrNotFound) {
		return false, nil
	}
	return did, err
}

// toOne puts the mail to a client into the outbox, unless they do not want it: then nothing is stored, since a mail to many would else leave thousands of those.
func (s *Campaigns) toOne(tx *data.Tx, set Settings, m ToMany, c data.Client, campaign int64) (queued bool, err error) {
	if !m.wanted(c) {
		return false, nil
	}
	o := m.outgoing(set, c, date.Today(s.now()))
	o.campaign = campaign
	a, err := o.audience(tx)
	if err != nil || len(a.To) == 0 {
		return false, err
	}
	_, err = s.mails.queue(tx, set, o)
	return err == nil, err
}
