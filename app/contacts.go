package app

import (
	"context"

	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/data"
)

// Contacts adds, changes and deletes the further persons at clients (CO-1 to CO-4). Those of a client are read with it, by Clients.Get.
type Contacts struct{ core }

// NewContact is what the form for a new contact gives.
type NewContact struct {
	ContactDetails
	// Key tells two presses of the same button from two contacts: the second does nothing and returns the first one's contact.
	Key string
}

// undoContact is a deleted contact in the journal.
const undoContact undoKind = "contact"

// deletedContact is what the journal keeps of one.
type deletedContact struct {
	Contact data.Contact
	Billing bool // it was the Default Billing Contact
}

// Add stores a new contact of a client and returns its number. All wrong fields come back together.
func (s *Contacts) Add(ctx context.Context, clientID int64, n NewContact) (int64, error) {
	c, err := n.contact()
	if err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if _, err := tx.ClientToChange(clientID); err != nil {
			return err
		}
		if n.Key != "" { // after the client was locked, so that the same press cannot come twice at once
			if id, done, err := tx.Act(n.Key); done || err != nil {
				c.ID = id
				return err
			}
		}
		if err := otherAddress(tx, clientID, c.Email, 0); err != nil {
			return err
		}
		c.ClientID = clientID
		if err := tx.InsertContact(&c); err != nil {
			return err
		}
		var d difference
		d.text(FieldLabel(FieldEmail), "", c.Email)
		if err := tx.AddActivity(s.entry(actContactAdded, clientID, contactName(c), d.String())); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicContacts, clientID})
		if n.Key != "" {
			return tx.RecordAct(n.Key, c.ID)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return c.ID, nil
}

// Update writes a contact as it was edited. version is that of the contact as it was read: Conflict says that somebody else changed it meanwhile, and
// nothing was written.
func (s *Contacts) Update(ctx context.Context, id, version int64, d ContactDetails) error {
	c, err := d.contact()
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		before, _, err := s.toChange(tx, id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return data.ErrChanged
		}
		changed := contactDifference(before, c)
		if len(changed.lines) == 0 {
			return nil
		}
		if email.Key(before.Email) != email.Key(c.Email) {
			if err := otherAddress(tx, before.ClientID, c.Email, id); err != nil {
				return err
			}
		}
		if err := tx.UpdateContact(before, &c); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicContacts, before.ClientID})
		return tx.AddActivity(s.entry(actContactChanged, before.ClientID, contactName(c), changed.String()))
	})
}

// Delete removes a contact and returns the number under which that can be undone. Where it was the Default Billing Contact, invoices are addressed to the
// client again (CO-6).
func (s *Contacts) Delete(ctx context.Context, id int64) (undo int64, err error) {
	if err := s.may(Deleting); err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		k, c, err := s.toChange(tx, id)
		if err != nil {
			return err
		}
		billing := c.BillingContactID != nil && *c.BillingContactID == id
		if undo, err = s.journal(tx, undoContact, c.ID, contactName(k), deletedContact{k, billing}, 0); err != nil {
			return err
		}
		var d difference
		d.text(FieldLabel(FieldEmail), k.Email, "")
		*changes = append(*changes, Change{TopicContacts, c.ID})
		if billing {
			if err := tx.SetBillingContact(c.ID, nil); err != nil {
				return err
			}
			d.text(FieldLabel(FieldBilling), contactName(k), i18n.T("the client"))
			*changes = append(*changes, Change{TopicClient, c.ID})
		}
		if err := tx.DeleteContact(k); err != nil {
			return err
		}
		return tx.AddActivity(s.entry(actContactDeleted, c.ID, contactName(k), d.String()))
	})
	return undo, err
}

// otherAddress is Duplicate where another contact of the client has an email address already: copies of a mail go to an address once. That of the client
// itself is allowed, since a person may stand for both.
func otherAddress(tx *data.Tx, clientID int64, address string, except int64) error {
	all, err := tx.Contacts(clientID)
	if err != nil {
		return err
	}
	for _, k := range all {
		if k.ID != except && email.Key(k.Email) == email.Key(address) {
			return Problems{{Code: Duplicate, Field: FieldEmail, Message: i18n.T("%s has this address already. Tick what that contact should receive as well, or enter another address.", contactName(k))}}
		}
	}
	return nil
}

// toChange reads a contact and its client, and keeps others from changing either until the transaction ends.
func (s *Contacts) toChange(tx *data.Tx, id int64) (data.Contact, data.Client, error) {
	k, err := tx.Contact(id)
	if err != nil {
		return k, data.Client{}, err
	}
	c, err := tx.ClientToChange(k.ClientID)
	if err != nil {
		return k, c, err
	}
	k, err = tx.Contact(id) // as it is now that nobody changes it any more
	return k, c, err
}

// restoreContact puts a contact back under the number that it had, and makes it the Default Billing Contact again where it was, unless another one was
// chosen since.
func restoreContact(_ *core, tx *data.Tx, u data.Undo, changes *[]Change) error {
	was, err := restored[deletedContact](u)
	if err != nil {
		return err
	}
	c, err := tx.ClientToChange(was.Contact.ClientID)
	if err != nil {
		return err
	}
	if err := tx.RestoreContact(was.Contact); err != nil {
		return err
	}
	*changes = append(*changes, Change{TopicContacts, c.ID})
	if was.Billing && c.BillingContactID == nil {
		*changes = append(*changes, Change{TopicClient, c.ID})
		return tx.SetBillingContact(c.ID, &was.Contact.ID)
	}
	return nil
}
