package data_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"clientele/data"
	"clientele/data/datatest"
)

// contact is a contact with every field, told apart by n.
func contact(clientID int64, n int) data.Contact {
	word := func(field string) string { return fmt.Sprintf("%s%d", field, n) }
	return data.Contact{
		ClientID: clientID, FirstName: word("Kim"), LastName: word("Contact"), Company: word("Office"), Email: word("kim") + "@example.org",
		Address1: word("Street"), Address2: word("Floor"), City: word("City"), State: word("State"), Postcode: word("P"), Country: "DE",
		Phone: word("+49 30 555 "), TaxID: word("DE"), MailGeneral: true, MailSupport: true, MailDomain: n%2 == 0,
	}
}

// write runs one transaction that must succeed.
func write(t *testing.T, s *data.Store, f func(tx *data.Tx) error) {
	t.Helper()
	if err := s.Write(ctx, f); err != nil {
		t.Fatal(err)
	}
}

// found are the numbers of the clients that are found by a text, and a check that index and texts are in step.
func found(t *testing.T, s *data.Store, text string) []int64 {
	t.Helper()
	var ids []int64
	err := s.Read(ctx, func(tx *data.Tx) error {
		f, err := tx.Search(text, 50)
		for _, r := range f.Rows {
			ids = append(ids, r.ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func checkSearch(t *testing.T, s *data.Store) {
	t.Helper()
	err := s.Snapshot(ctx, func(tx *data.Tx) error {
		wrong, _, err := tx.CheckSearch(func(int) {})
		if len(wrong) > 0 {
			t.Errorf("search texts: %v", wrong)
		}
		counts, err2 := tx.CheckCounts()
		if len(counts) > 0 {
			t.Errorf("counts: %v", counts)
		}
		return errors.Join(err, err2)
	})
	if err != nil {
		t.Fatal(err)
	}
	if wrong, err := s.CheckSearchIndex(ctx); len(wrong) > 0 || err != nil {
		t.Errorf("index: %v (%v)", wrong, err)
	}
}

// CO-4, CL-2: a contact's life in its table and in the search, and nothing of it where somebody else was faster.
func TestContactsAreKeptAndFound(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		cs := datatest.Add(t, s, datatest.Client(1), datatest.Client(2))
		client := cs[0].ID
		k, other := contact(client, 1), contact(cs[1].ID, 2)
		write(t, s, func(tx *data.Tx) error { return errors.Join(tx.InsertContact(&k), tx.InsertContact(&other)) })
		var read data.Contact
		write(t, s, func(tx *data.Tx) (err error) {
			read, err = tx.Contact(k.ID)
			return err
		})
		if read != k || k.Version != 1 || k.CreatedAt != datatest.Now.UnixMilli() {
			t.Errorf("stored %+v, want %+v", read, k)
		}
		if got := found(t, s, "kim1 contact1 ORG"); !slices.Equal(got, []int64{client}) {
			t.Errorf("found %v by the contact", got)
		}
		edited := k
		edited.FirstName, edited.MailGeneral, edited.MailProduct = "Zoë", false, true
		write(t, s, func(tx *data.Tx) error { return tx.UpdateContact(k, &edited) })
		if err := s.Write(ctx, func(tx *data.Tx) error {
			late := k
			return tx.UpdateContact(k, &late)
		}); !errors.Is(err, data.ErrChanged) {
			t.Errorf("an edit of what was changed meanwhile ended with %v", err)
		}
		if err := s.Write(ctx, func(tx *data.Tx) error { return tx.DeleteContact(k) }); !errors.Is(err, data.ErrChanged) {
			t.Errorf("a deletion of what was changed meanwhile ended with %v", err)
		}
		write(t, s, func(tx *data.Tx) (err error) {
			read, err = tx.Contact(k.ID)
			return err
		})
		if read != edited || read.Version != 2 {
			t.Errorf("edited %+v, want %+v", read, edited)
		}
		if a, b := found(t, s, "kim1"), found(t, s, "zoe"); !slices.Equal(a, []int64{client}) || !slices.Equal(b, []int64{client}) {
			t.Errorf("found %v by the address and %v by the new name", a, b)
		}
		checkSearch(t, s)
		write(t, s, func(tx *data.Tx) error {
			return errors.Join(tx.SetBillingContact(client, &k.ID), tx.SetBillingContact(client, nil), tx.DeleteContact(edited))
		})
		if got := found(t, s, "zoe"); len(got) != 0 {
			t.Errorf("found %v by a contact that is gone", got)
		}
		write(t, s, func(tx *data.Tx) error { return tx.RestoreContact(edited) })
		list := []data.Contact(nil)
		write(t, s, func(tx *data.Tx) (err error) {
			next := contact(client, 3)
			if err := tx.InsertContact(&next); err != nil {
				return err
			}
			list, err = tx.Contacts(client)
			return err
		})
		if len(list) != 2 || list[0] != edited || list[1].ID <= other.ID {
			t.Errorf("contacts are %+v", list)
		}
		c := cs[0]
		write(t, s, func(tx *data.Tx) (err error) {
			before, err := tx.Client(client)
			if err != nil {
				return err
			}
			c = before
			c.City = "Aalborg"
			return tx.UpdateProfile(before, &c)
		})
		if got := found(t, s, "aalborg zoe contact3"); !slices.Equal(got, []int64{client}) {
			t.Errorf("after the client was edited, it is found as %v", got)
		}
		checkSearch(t, s)
	})
}

// Very many clients come in with their contacts, and are found by them as those that came one by one.
func TestClientsComeInWithTheirContacts(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		const n = 1203 // more than go into one statement
		before := contact(datatest.Add(t, s, datatest.Client(n))[0].ID, n)
		write(t, s, func(tx *data.Tx) error { return tx.InsertContact(&before) })
		cs, ks := make([]data.Client, n), make([][]data.Contact, n-1)
		for i := range cs {
			cs[i] = datatest.Client(i)
			if i < len(ks) {
				for j := range i % 3 {
					ks[i] = append(ks[i], contact(0, i*10+j))
				}
			}
		}
		write(t, s, func(tx *data.Tx) error {
			finish, err := tx.Bulk(n)
			if err != nil {
				return err
			}
			if err := tx.InsertClientsWith(cs, ks); err != nil {
				return err
			}
			return finish(func(int) {})
		})
		checkSearch(t, s)
		if got := found(t, s, "kim12010@example.org"); !slices.Equal(got, []int64{cs[1201].ID}) {
			t.Errorf("found %v, want client %d", got, cs[1201].ID)
		}
		var rows []data.ContactRow
		var count int64
		write(t, s, func(tx *data.Tx) (err error) {
			if err := tx.SetBillingContact(cs[5].ID, &ks[5][1].ID); err != nil {
				return err
			}
			count, err = tx.CountContacts()
			return errors.Join(err, tx.EachContact(func(some []data.ContactRow) error {
				rows = append(rows, some...)
				return nil
			}))
		})
		billing := 0
		for i, r := range rows {
			if r.Billing {
				billing++
				if r.ID != ks[5][1].ID || r.ClientName != "First5 Last5" || r.Contact != ks[5][1] {
					t.Errorf("the billing contact is %+v", r)
				}
			}
			if i > 0 && (rows[i-1].ClientID > r.ClientID || rows[i-1].ClientID == r.ClientID && rows[i-1].ID >= r.ID) {
				t.Fatalf("row %d is out of order", i)
			}
		}
		if int64(len(rows)) != count || billing != 1 || count != 1+1201 {
			t.Errorf("%d rows, %d counted, %d billing", len(rows), count, billing)
		}
	})
}

// The check finds a billing contact that is somebody else's.
func TestCheckFindsForeignBillingContact(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		cs := datatest.Add(t, s, datatest.Client(1), datatest.Client(2))
		k := contact(cs[0].ID, 1)
		write(t, s, func(tx *data.Tx) error {
			return errors.Join(tx.InsertContact(&k), tx.SetBillingContact(cs[1].ID, &k.ID))
		})
		write(t, s, func(tx *data.Tx) error {
			wrong, err := tx.CheckCounts()
			if len(wrong) != 1 {
				t.Errorf("the check says %v", wrong)
			}
			return err
		})
	})
}
