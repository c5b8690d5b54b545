package app

import (
	"context"
	"errors"
	"math"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Removal is what deleting a client would do (DE-1).
type Removal struct {
	Client data.Client
	data.Possessions
	Invoiced money.Money // what the invoices come to that would go
	Unpaid   int64       // how many of them are open, and what is owed on them
	Owed     money.Money
	Drafts   int64
	Credit   money.Money // the balance that would go
	Kept     money.Money // what came in by the transactions that stay
	Refunded money.Money // what went out by them
	Card     string      // the one that would be wiped, as it may be shown; empty where none is stored
	// Backups still hold the client, the newest first. They are not touched.
	Backups []Backup
	// Server tells that the data lies on a server, so that no backup is made here before.
	Server bool
}

// Records is how many records go with the client, all kinds together.
func (r Removal) Records() int64 {
	var n int64
	if r.Card != "" {
		n++
	}
	n += r.Contacts + r.Services + r.Notes + r.Files + r.Mails + r.CreditMoves
	for _, s := range r.Invoices {
		n += s.N
	}
	return n
}

// DeletePreview tells what deleting a client would do.
func (s *Clients) DeletePreview(ctx context.Context, id int64) (r Removal, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) (err error) {
		if r.Client, err = tx.Client(id); err != nil {
			return err
		}
		if r.Possessions, err = tx.Possessions(id); err != nil {
			return err
		}
		if r.Card, err = cardName(tx, id); err != nil {
			return err
		}
		c := money.Currency(r.Client.Currency)
		invoiced, owed := int64(0), int64(0)
		for status, sum := range r.Invoices {
			invoiced += sum.Total
			switch status {
			case billing.Unpaid, billing.Collections:
				r.Unpaid += sum.N
				owed += sum.Balance
			case billing.Draft:
				r.Drafts += sum.N
			}
		}
		r.Invoiced, r.Owed, r.Credit = money.New(invoiced, c), money.New(owed, c), money.New(r.Client.Credit, c)
		r.Kept, r.Refunded = money.New(r.In, c), money.New(r.Out, c)
		return nil
	})
	if err != nil {
		return r, err
	}
	r.Server = !s.backups.Available()
	r.Backups, err = s.backups.holding(r.Client)
	return r, err
}

// Delete removes a client and everything of it except its transactions, which stay with the name as it was (DE-1). A backup is made before. version is that of the client as
// the preview was shown: Conflict says that it changed meanwhile, and nothing was done.
//
// Mails that wait go with the client and are not sent. The lines of the activity log stay, as it is append-only; the deletion is one more, with the name.
func (s *Clients) Delete(ctx context.Context, id, version int64, p Progress) error {
	if err := s.may(Deleting); err != nil {
		return err
	}
	if err := s.asShown(ctx, id, version); err != nil {
		return err // before a backup is made for nothing
	}
	if err := s.backups.before(ctx, BackupDelete, p); err != nil {
		return err
	}
	p.Step(i18n.T("Deleting the client"))
	var blobs []int64
	err := s.longWrite(ctx, func(tx *data.Tx, changes *[]Change) error {
		c, err := tx.ClientToChange(id)
		if err != nil {
			return err
		}
		if c.Version != version {
			return data.ErrChanged
		}
		if blobs, err = tx.RemoveClient(c); err != nil {
			return err
		}
		if err := s.scrubAfter(tx); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicClient, 0}, Change{TopicInvoices, 0}, Change{TopicTransactions, 0}, Change{TopicServices, 0}, Change{TopicMail, 0})
		return tx.AddActivity(s.entry(actClientDeleted, id, nameOf(c), ""))
	})
	if err != nil {
		return err
	}
	// The client is gone. What is left of contents now is swept away later.
	for _, blob := range blobs {
		if err := s.files.drop(context.WithoutCancel(ctx), blob, math.MaxInt64); err != nil {
			s.log.Warn("contents of a deleted client", "error", err)
			break
		}
	}
	s.scrub(ctx)
	return nil
}

// scrub sees to it that nothing is left in the files of what was removed. Where somebody reads just now it is done later.
func (c *core) scrub(ctx context.Context) {
	if _, err := c.store.Scrub(context.WithoutCancel(ctx)); err != nil {
		c.log.Warn("scrub", "error", err)
	}
}

// asShown refuses an act on a client that is not as it was shown any more.
func (s *Clients) asShown(ctx context.Context, id, version int64) error {
	return s.read(ctx, func(tx *data.Tx) error {
		c, err := tx.Client(id)
		if err == nil && c.Version != version {
			err = data.ErrChanged
		}
		return err
	})
}

// holding lists the backups in which a client still is: those made after the client was added.
func (s *Backups) holding(c data.Client) ([]Backup, error) {
	all, err := listBackups(s.folder)
	if err != nil {
		return nil, s.failed(err)
	}
	var holding []Backup
	for _, b := range all {
		if b.Made.UnixMilli() >= c.CreatedAt {
			holding = append(holding, b)
		}
	}
	return holding, nil
}

// MergedInto tells into which client one was merged that is no longer there; 0 where it was not.
func (s *Clients) MergedInto(ctx context.Context, id int64) (kept int64, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		m, err := tx.MergedInto(id)
		if errors.Is(err, data.ErrNotFound) {
			return nil
		}
		kept = m.KeptID
		return err
	})
	return kept, err
}
