//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"clientele/app/date"
	"clientele/app/email"
	"clientele/app/sample"
	"clientele/data"
)

// day is when the made-up clients live, so that all runs measure the same data.
var day = date.MustNew(2026, time.November, 20)

// fixture is a database with made-up clients.
type fixture struct {
	path   string
	store  *data.Store
	filled time.Duration // the processor time of filling it, or 0 where it was there
	// changed: it is no longer what the next run expects and is removed at the end.
	changed bool
}

func (b *bench) path(name string) string {
	return filepath.Join(b.dir, fmt.Sprintf("%d-%s", b.n, name))
}

func openFixture(ctx context.Context, b *bench) (*fixture, error) {
	f := &fixture{path: b.path("clients.db")}
	s, err := openStore(ctx, f.path)
	if err != nil {
		return nil, err
	}
	f.store = s
	var have int64
	err = s.Read(ctx, func(tx *data.Tx) (err error) {
		have, _, err = tx.CountClients(data.ClientFilter{})
		return err
	})
	if err == nil && have == 0 {
		f.filled, err = fill(ctx, s, b.n)
	} else if err == nil && have != int64(b.n) {
		err = fmt.Errorf("%s holds %d clients, not %d", f.path, have, b.n)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return f, nil
}

func openStore(ctx context.Context, path string) (*data.Store, error) {
	return data.Open(ctx, data.Options{Path: path, Now: time.Now})
}

func (f *fixture) close() error {
	err := f.store.Close()
	if f.changed {
		removeDatabase(f.path)
	}
	return err
}

func removeDatabase(path string) {
	for _, end := range []string{"", "-wal", "-shm"} {
		os.Remove(path + end)
	}
}

// fill imports n made-up clients as the program imports a file, and tells the processor time of the store's share: making the
// clients up is not counted.
func fill(ctx context.Context, s *data.Store, n int) (time.Duration, error) {
	const batch = 500
	made := sample.New(1, day)
	start, making := cpu(), time.Duration(0)
	err := s.LongWrite(ctx, func(tx *data.Tx) error {
		finish, err := tx.Bulk(int64(n))
		if err != nil {
			return err
		}
		for from := 0; from < n; from += batch {
			begun := cpu()
			cs := make([]data.Client, min(batch, n-from))
			for i := range cs {
				cs[i] = client(made, from+i)
			}
			making += cpu() - begun
			if err := tx.InsertClients(cs); err != nil {
				return err
			}
		}
		return finish(func(int) {})
	})
	return cpu() - start - making, err
}

// client makes client i up. Services and credit are given to some, so that the list's sorts by them have something to sort.
func client(made *sample.Generator, i int) data.Client {
	m := made.Client(i)
	c := data.Client{
		FirstName: m.FirstName, LastName: m.LastName, Company: m.Company, Email: m.Email, EmailKey: email.Key(m.Email),
		Address1: m.Address1, Address2: m.Address2, City: m.City, State: m.State, Postcode: m.Postcode, Country: m.Country,
		Phone: m.Phone, TaxID: m.TaxID, Currency: m.Currency, Language: m.Language, Status: data.Status(m.Status),
		MarketingOptIn: m.MarketingOptIn, MailGeneral: true, MailInvoice: true, MailSupport: true, MailProduct: true, MailDomain: true,
		Notes: m.Notes, Created: m.Created,
	}
	c.ServicesActive, c.ServicesTotal = int64(i%7), int64(i%9)
	if i%5 == 0 {
		c.Credit = int64(i%20_000) * 5
	}
	return c
}
