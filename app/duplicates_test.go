package app_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"clientele/app/apptest"
	"clientele/app/date"
	"clientele/app/email"
	"clientele/app/sample"
	"clientele/data"
	"clientele/data/datatest"
)

// counted is a progress that counts, and calls each after every step.
type counted struct {
	total, done int64
	each        func()
}

func (c *counted) Step(string)      {}
func (c *counted) SetTotal(n int64) { c.total = n }
func (c *counted) Add(n int64)      { c.done += n; c.each() }

// The search for duplicates among very many clients tells how far it is and ends soon after it was stopped. How long it takes is logged; see docs/performance.md:
//
//	CLIENTELE_DUPLICATES=100000 go test -run TestDuplicatesAmongMany -v ./app
func TestDuplicatesAmongMany(t *testing.T) {
	n := number(t, "CLIENTELE_DUPLICATES", 2000)
	o := apptest.Open(t)
	made := sample.New(1, date.MustNew(2026, 11, 22))
	datatest.Fill(t, o.Store, n, func(i int) data.Client {
		m := made.Client(i)
		m.Phone = fmt.Sprintf("+44 20 %08d", i) // few are alike, or the search would end where it has found enough
		if m.Company != "" {
			m.Company += " " + strconv.Itoa(i)
		}
		return data.Client{
			FirstName: m.FirstName, LastName: m.LastName, Company: m.Company, Email: m.Email, EmailKey: email.Key(m.Email), Postcode: m.Postcode, Country: m.Country,
			Phone: m.Phone, Currency: m.Currency, Language: m.Language, Status: data.Status(m.Status), Created: m.Created,
		}
	})
	p := &counted{each: func() {}}
	began := time.Now()
	found, err := o.Clients.Duplicates(ctx, p)
	if err != nil || found.More || p.total < int64(n) || p.done > p.total || p.done < int64(n) {
		t.Fatalf("%d of %d were looked at, more: %v: %v", p.done, p.total, found.More, err)
	}
	t.Logf("%d clients: %d groups in %v", n, len(found.Groups), time.Since(began).Round(time.Millisecond))

	stopped, stop := context.WithCancel(ctx)
	defer stop()
	p = &counted{each: stop}
	if _, err := o.Clients.Duplicates(stopped, p); !errors.Is(err, context.Canceled) || p.done >= 3*int64(n)/2 {
		t.Errorf("stopped after the first step, it looked at %d: %v", p.done, err)
	}
}
