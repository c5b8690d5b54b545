package app

import (
	"context"
	"time"

	"github.com/alexedwards/argon2id"

	"clientele/app/vault"
	"clientele/data"
)

// realCost is what a hash costs outside of tests.
var realCost = passwordCost

// RealLockCost is what a try at the lock costs outside of tests.
var RealLockCost = *lockCost

// CheapPasswords makes hashing quick, for tests that add many clients.
func CheapPasswords() {
	lockCost = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	passwordCost = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// The limits of the outbox, for tests that move the clock by them.
const (
	Patience      = patience
	UncertainWait = uncertainWait
	MaxWait       = maxWait
	GreylistWait  = greylistWait
)

// QueueAbout queues a mail of a kind about an invoice and a transaction of a client; 0 is none.
func (a *App) QueueAbout(ctx context.Context, kind string, client, invoice, transaction int64) (id int64, err error) {
	k, _ := kindNamed(kind)
	err = a.write(ctx, func(tx *data.Tx, _ *[]Change) error {
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		c, err := tx.Client(client)
		if err != nil {
			return err
		}
		var about mailAbout
		if invoice != 0 {
			i, err := tx.Invoice(invoice)
			if err != nil {
				return err
			}
			about.Invoice = &i
		}
		if transaction != 0 {
			t, err := tx.Transaction(transaction)
			if err != nil {
				return err
			}
			about.Transaction = &t
		}
		id, err = a.Mails.queueAbout(tx, set, k, c, about)
		return err
	})
	return id, err
}

// Verified tells how many passwords were compared with a hash so far.
func Verified() int64 { return verified.Load() }

// CheapPassphrases makes the passphrases of backups quick to try.
func CheapPassphrases() { workFactor = 4 }

// Opened counts the cards of clients that a hash opens, without a try being counted.
func Opened(a *App, clients []int64, h vault.Hash) (n int, err error) {
	err = a.read(context.Background(), func(tx *data.Tx) error {
		keys, err := tx.CardKeys()
		if err != nil {
			return err
		}
		for _, id := range clients {
			c, err := tx.Card(id)
			if err != nil {
				return err
			}
			for _, k := range keys {
				if c.KeyID != nil && k.KeyID == *c.KeyID {
					if _, err := h.Open(bindingOf(k, c), c.Sealed); err == nil {
						n++
					}
				}
			}
		}
		return nil
	})
	return n, err
}

// Sealed is the sealed number of a client's card.
func Sealed(a *App, client int64) (sealed []byte, err error) {
	err = a.read(context.Background(), func(tx *data.Tx) error {
		c, err := tx.Card(client)
		sealed = c.Sealed
		return err
	})
	return sealed, err
}

// MoveCard moves a card as a merge does.
func MoveCard(a *App, from, to int64, keep bool) error {
	return a.write(context.Background(), func(tx *data.Tx, changes *[]Change) error { return a.moveCard(tx, changes, from, to, keep) })
}

// Look is one look of the schedule.
func (s *Daily) Look(ctx context.Context, first bool, start func(DailyCause)) {
	s.look(ctx, first, start)
}

// Superfluous are the backups that can go, of a list with the newest first.
func Superfluous(all []Backup, now time.Time) []Backup { return superfluous(all, now, time.Local) }
