package app

import (
	"context"

	"clientele/app/i18n"
	"clientele/data"
)

// Announcement is the mail that can go with an act on an invoice.
type Announcement struct {
	Mail  Audience // who would receive it
	Send  bool     // whether it goes unless somebody decides otherwise
	Ready bool     // a mail server is set up
}

// Announcement tells of the confirmation that can go with a payment of a client, or with a refund.
func (s *Transactions) Announcement(ctx context.Context, clientID int64, refund bool) (a Announcement, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		c, err := tx.Client(clientID)
		if err != nil {
			return err
		}
		on := set.SendPayments
		if refund {
			on = set.SendRefunds
		}
		a, err = announcementTo(tx, set, c, on)
		return err
	})
	return a, err
}

func announcementTo(tx *data.Tx, set Settings, c data.Client, on bool) (Announcement, error) {
	contacts, err := tx.Contacts(c.ID)
	return Announcement{Mail: audience(c, contacts, Invoice), Send: on, Ready: set.MailReady()}, err
}

// announce tells a client of an invoice that just left Draft, in the same transaction. Where credit paid all of it, one mail says that it is paid, and none that
// it is to be paid.
func (s *Mails) announce(tx *data.Tx, set Settings, c data.Client, i data.Invoice) (int64, error) {
	kind := invoiceCreated
	if i.Credit > 0 && i.Balance() <= 0 {
		kind = invoicePaymentConfirmation
	}
	return s.queueAbout(tx, set, kind, c, mailAbout{Invoice: &i})
}

// confirm tells a client of a payment or a refund, in its transaction: one mail for each invoice that it is for. Money that went to credit alone has no invoice
// and no mail.
func (s *Mails) confirm(tx *data.Tx, kind mailKind, c data.Client, transactionID int64, toCredit bool, changes *[]Change) error {
	set, err := settingsOf(tx)
	if err != nil {
		return err
	}
	t, err := tx.Transaction(transactionID)
	if err != nil {
		return err
	}
	parts, err := tx.PaymentsOf(transactionID)
	if err != nil {
		return err
	}
	for _, p := range parts {
		i, err := tx.Invoice(p.InvoiceID)
		if err != nil {
			return err
		}
		if _, err := s.queueAbout(tx, set, kind, c, mailAbout{Invoice: &i, Transaction: &t, Amount: max(p.Amount, -p.Amount), ToCredit: toCredit}); err != nil {
			return err
		}
	}
	if len(parts) > 0 {
		*changes = append(*changes, Change{TopicMail, c.ID})
	}
	return nil
}

// RemindAccess is Client Area Details Reminder: it gives a client a new random password for the client area and mails it to them alone (PW-4). The password before
// opens nothing any more; the new one must be changed at the next log-in and runs out after a week. It returns the number of the mail.
func (s *Clients) RemindAccess(ctx context.Context, clientID int64) (mail int64, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return 0, err
	}
	password := GeneratePassword()
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		c, err := tx.ClientToChange(clientID)
		if err != nil {
			return err
		}
		if c.Status == data.Closed {
			return &Error{Code: NotAllowed, Message: i18n.T("This client is closed and cannot log in to the client area. Make the client Active first.")}
		}
		if err := tx.SetPassword(clientID, hash, true, s.now().Add(mailedPasswordLife).UnixMilli()); err != nil {
			return err
		}
		if err := tx.AddActivity(s.entry(actPasswordSet, clientID, nameOf(c), "")); err != nil {
			return err
		}
		mail, err = s.mails.queueAbout(tx, set, accessReminder, c, mailAbout{secrets: map[string]string{"client_password": password}})
		*changes = append(*changes, Change{TopicClient, clientID}, Change{TopicMail, clientID})
		return err
	})
	return mail, err
}
