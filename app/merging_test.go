package app_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
)

// ME-2: of clients with random accounts one random pair after another is merged, and each time the sums of credit, invoices, payments and transactions are equal before and after.
// CLIENTELE_MERGES sets how many; CLIENTELE_SEED repeats a run.
func TestMergeKeepsSums(t *testing.T) {
	merges := number(t, "CLIENTELE_MERGES", 6)
	seed := number(t, "CLIENTELE_SEED", 1)
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		t.Logf("%d merges, seed %d", merges, seed)
		r := rand.New(rand.NewPCG(uint64(seed), 11))
		l := &ledgerRun{t: t, o: o, r: r, m: &model{credit: map[int64]int64{}}}
		for range merges + 2 {
			l.newClient()
		}
		for range merges * 20 {
			if name, ok := l.act(l.clients[r.IntN(len(l.clients))]); !ok || t.Failed() {
				t.Fatalf("%s, of seed %d", name, seed)
			}
		}
		sums := func(ids ...int64) (all data.AccountSums) {
			err := o.Store.Read(ctx, func(tx *data.Tx) error {
				for _, id := range ids {
					s, err := tx.AccountSums(id)
					if err != nil {
						return err
					}
					all = all.Plus(s)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		for n := range merges {
			r.Shuffle(len(l.clients), func(i, j int) { l.clients[i], l.clients[j] = l.clients[j], l.clients[i] })
			keep, gone := l.clients[0], l.clients[1]
			before, whole := sums(keep, gone), sums(l.clients...)
			p, err := o.Clients.MergePreview(ctx, keep, gone)
			if err != nil {
				t.Fatal(err)
			}
			err = o.Clients.Merge(ctx, app.Merge{Keep: keep, Discard: gone, KeepVersion: p.Kept.Version, DiscardVersion: p.Gone.Version}, app.Quiet{})
			if err != nil {
				t.Fatal(err)
			}
			l.clients = slices.Delete(l.clients, 1, 2)
			after := sums(keep)
			if before != after || sums(l.clients...) != whole {
				t.Fatalf("merge %d of seed %d: %+v before, %+v after", n, seed, before, after)
			}
			if p.After.Credit.Minor != after.Credit || p.After.Owed.Minor != after.Owed || p.After.Invoiced.Minor != after.Invoiced || p.After.In.Minor != after.In {
				t.Errorf("the preview said %+v, and it is %+v", p.After, after)
			}
		}
		o.Sound(t)
	})
}

// ME-1, ME-3: what cannot be merged is refused in words, and nothing is changed.
func TestMergeRefuses(t *testing.T) {
	o := apptest.Open(t)
	a := o.Add(t, "a@example.com", nil)
	euro := o.Add(t, "b@example.com", func(n *app.NewClient) { n.Currency = "EUR" })
	for _, pair := range [][2]int64{{a, a}, {a, euro}, {euro, a}} {
		if _, err := o.Clients.MergePreview(ctx, pair[0], pair[1]); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("%v: %v", pair, err)
		}
		m := app.Merge{Keep: pair[0], Discard: pair[1], KeepVersion: o.Get(t, pair[0]).Version, DiscardVersion: o.Get(t, pair[1]).Version}
		if err := o.Clients.Merge(ctx, m, app.Quiet{}); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("%v: %v", pair, err)
		}
	}
	b := o.Add(t, "c@example.com", nil)
	if err := o.Clients.Merge(ctx, app.Merge{Keep: a, Discard: b, KeepVersion: 99, DiscardVersion: 1}, app.Quiet{}); app.CodeOf(err) != app.Conflict {
		t.Errorf("a client that changed: %v", err)
	}
	o.Sound(t)
}

// The address that would be lost becomes a contact; contacts with one address become one; blank fields are proposed to be filled.
func TestMergeContactsAndFields(t *testing.T) {
	o := apptest.Open(t)
	keep := o.Add(t, "keep@example.com", func(n *app.NewClient) { n.Notes = "ours" })
	gone := o.Add(t, "gone@example.com", func(n *app.NewClient) { n.Phone, n.City, n.Notes = "+44 20 7946 0000", "Bath", "theirs" })
	for id, wants := range map[int64]app.Category{keep: app.Invoice, gone: app.Support} {
		d := app.ContactDetails{FirstName: "Jo", LastName: "Both", Email: "jo@example.com", Gets: map[app.Category]bool{wants: true}}
		if _, err := o.Contacts.Add(ctx, id, app.NewContact{ContactDetails: d}); err != nil {
			t.Fatal(err)
		}
	}
	p, err := o.Clients.MergePreview(ctx, keep, gone)
	if err != nil || !p.NewContact || !slices.Equal(p.United, []string{"jo@example.com"}) {
		t.Fatalf("%+v, %v", p, err)
	}
	if p.Lost(false) != "gone@example.com" || p.Lost(true) != "keep@example.com" {
		t.Errorf("the address that becomes a contact is %q, or %q where the other is taken", p.Lost(false), p.Lost(true))
	}
	var fill []string
	for _, f := range p.Fields {
		if f.Fill {
			fill = append(fill, f.Key)
		}
	}
	if !slices.Equal(fill, []string{app.FieldCity, app.FieldPhone}) {
		t.Errorf("to be filled: %q", fill)
	}
	m := app.Merge{Keep: keep, Discard: gone, KeepVersion: p.Kept.Version, DiscardVersion: p.Gone.Version, Take: []string{app.FieldPhone, app.FieldEmail}}
	if err := o.Clients.Merge(ctx, m, app.Quiet{}); err != nil {
		t.Fatal(err)
	}
	c := o.Get(t, keep)
	if c.Email != "gone@example.com" || c.Phone != "+44 20 7946 0000" || c.City != "" || len(c.Contacts) != 2 {
		t.Errorf("%+v", c)
	}
	for _, k := range c.Contacts {
		switch k.Email {
		case "jo@example.com":
			if !k.MailInvoice || !k.MailSupport || k.MailGeneral {
				t.Errorf("%+v", k)
			}
		case "keep@example.com":
			if k.MailInvoice || k.MailGeneral {
				t.Errorf("the lost address gets mail: %+v", k)
			}
		default:
			t.Errorf("a contact %s", k.Email)
		}
	}
	o.Sound(t)
}

// Duplicates are found for each reason, once with all their reasons, and those that are merged are no more.
func TestDuplicates(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		add := func(email string, change func(*app.NewClient)) int64 { return o.Add(t, email, change) }
		person := func(n *app.NewClient) { n.FirstName, n.LastName, n.Postcode = "Grace", "Hopper", "N1 9GU" }
		a := add("1@example.com", func(n *app.NewClient) { person(n); n.Company = "Acme Ltd." })
		b := add("2@example.com", func(n *app.NewClient) { person(n); n.Postcode = "n19gu" })
		c := add("3@example.com", func(n *app.NewClient) {
			n.FirstName, n.LastName, n.Postcode = "C", "Lovelace", "x 1"
			n.Phone = "+44 20 7946 0123"
			n.Company = "ACME, Inc"
		})
		d := add("4@example.com", func(n *app.NewClient) {
			n.FirstName, n.LastName, n.Postcode = "C", "Lovelace", "X1"
			n.Phone = "+442079460123"
		})
		add("5@example.com", func(n *app.NewClient) { n.FirstName = "E"; n.Company = "Acme Consulting Ltd" })
		if _, err := o.Contacts.Add(ctx, d, app.NewContact{ContactDetails: app.ContactDetails{FirstName: "X", LastName: "Y", Email: "1@Example.com"}}); err != nil {
			t.Fatal(err)
		}
		found, err := o.Clients.Duplicates(ctx, app.Quiet{})
		if err != nil || found.More {
			t.Fatal(err)
		}
		var got []string
		for _, g := range found.Groups {
			ids := g.WhyAlike()
			for _, r := range g.Clients {
				ids += fmt.Sprint(" ", r.ID)
			}
			got = append(got, ids)
		}
		want := []string{fmt.Sprint("Same email ", a, " ", d), fmt.Sprint("Same phone, Same name and postcode ", c, " ", d), fmt.Sprint("Same name and postcode ", a, " ", b), fmt.Sprint("Similar company ", a, " ", c)}
		if !slices.Equal(got, want) {
			t.Errorf("%q, not %q", got, want)
		}
	})
}
