package app

import (
	"context"

	"clientele/app/date"
	"clientele/data"
)

// How much of each kind an overview has at most. Of files and notes there is one more than is shown, so that it can be told whether there are others.
const (
	OverviewMails = 5
	OverviewFiles = 5
	OverviewNotes = 3
)

// Overview is what the page of a client shows first (SU-1), all of one moment.
type Overview struct {
	Client
	Billing BillingSummary
	Mails   []data.Mail // the newest, without their bodies; at most OverviewMails
	Files   []data.File // the newest, at most OverviewFiles + 1
	Notes   []data.Note // the newest, at most OverviewNotes + 1
	Sticky  []data.Note // the newest sticky ones, at most StickyLimit
}

// Overview reads a client with what the page shows first. However much belongs to the client, it reads a fixed number of statements and rows, except that all
// contacts are read.
func (s *Clients) Overview(ctx context.Context, id int64) (o Overview, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) (err error) {
		if o.Client, err = clientWith(tx, id); err != nil {
			return err
		}
		if o.Billing, err = billingSummary(tx, o.Client.Client, date.Today(s.now())); err != nil {
			return err
		}
		if o.Mails, err = tx.Mails(data.MailFilter{ClientID: id}, 0, OverviewMails); err != nil {
			return err
		}
		if o.Files, err = tx.Files(id, 0, OverviewFiles+1); err != nil {
			return err
		}
		if o.Notes, err = tx.Notes(id, 0, OverviewNotes+1); err != nil {
			return err
		}
		o.Sticky, err = tx.StickyNotes(id, StickyLimit)
		return err
	})
	return o, err
}
