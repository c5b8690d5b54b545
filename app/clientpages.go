package app

import (
	"context"
	"errors"
	"io"

	"clientele/app/billing"
	"clientele/data"
)

// ClientHome is what a client sees first (CA-3).
type ClientHome struct {
	Open  []data.Invoice // open invoices, earliest due first
	Files []data.File    // those that are not Admin Only, newest first
}

// homeFiles is how many files the first page lists.
const homeFiles = 500

// Home reads what the visitor sees first.
func (s *ClientArea) Home(ctx context.Context, v Visitor) (h ClientHome, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		if h.Open, err = tx.OpenInvoices(v.Client.ID); err != nil {
			return err
		}
		h.Files, err = tx.FilesForClient(v.Client.ID, homeFiles)
		return err
	})
	return h, err
}

// Invoices reads up to n invoices of the visitor, newest first: those made before the one with the number before, or the newest where that is 0.
func (s *ClientArea) Invoices(ctx context.Context, v Visitor, before int64, n int) (all []data.Invoice, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		all, err = tx.InvoicesForClient(v.Client.ID, before, n)
		return err
	})
	return all, err
}

// Invoice reads an invoice of the visitor. A draft, and one of somebody else, is not there.
func (s *ClientArea) Invoice(ctx context.Context, v Visitor, id int64) (i Invoicing, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		if err := ofVisitor(tx.Invoice(id))(v); err != nil {
			return err
		}
		i, err = invoicing(tx, id)
		return err
	})
	return i, err
}

// ofVisitor checks that an invoice is there for a visitor.
func ofVisitor(i data.Invoice, err error) func(Visitor) error {
	return func(v Visitor) error {
		if err == nil && (i.ClientID != v.Client.ID || i.Status == billing.Draft) {
			return data.ErrNotFound
		}
		return err
	}
}

// InvoicePaper prepares an invoice of the visitor as PDF.
func (s *ClientArea) InvoicePaper(ctx context.Context, v Visitor, id int64) (Paper, error) {
	if err := s.read(ctx, func(tx *data.Tx) error { return ofVisitor(tx.Invoice(id))(v) }); err != nil {
		return Paper{}, err
	}
	return s.documents.Invoice(ctx, id)
}

// File reads what is known of a file of the visitor. One that is Admin Only, and one of somebody else, is not there.
func (s *ClientArea) File(ctx context.Context, v Visitor, id int64) (f data.File, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		f, err = tx.File(id)
		if err == nil && (f.ClientID != v.Client.ID || f.AdminOnly) {
			return data.ErrNotFound
		}
		return err
	})
	if err != nil {
		return data.File{}, err
	}
	return f, nil
}

// Download writes the contents of a file that File gave, a piece at a time. An error means that what was written is not the file.
func (s *ClientArea) Download(ctx context.Context, f data.File, w io.Writer) error {
	return s.files.download(ctx, f, func(r io.Reader) error {
		_, err := io.Copy(w, r)
		return err
	})
}

// Contacts lists the contacts of the visitor, the oldest first (CA-4).
func (s *ClientArea) Contacts(ctx context.Context, v Visitor) (all []data.Contact, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		all, err = tx.Contacts(v.Client.ID)
		return err
	})
	return all, err
}

// Contact reads a contact of the visitor. One of somebody else is not there.
func (s *ClientArea) Contact(ctx context.Context, v Visitor, id int64) (k data.Contact, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		k, err = tx.Contact(id)
		if err == nil && k.ClientID != v.Client.ID {
			return data.ErrNotFound
		}
		return err
	})
	if err != nil {
		return data.Contact{}, err
	}
	return k, nil
}

// mostContacts is how many contacts a client can add alone.
const mostContacts = 200

// AddContact adds a contact to the visitor (CO-7).
func (s *ClientArea) AddContact(ctx context.Context, v Visitor, n NewContact) (int64, error) {
	all, err := s.Contacts(ctx, v)
	if err != nil {
		return 0, err
	}
	if len(all) >= mostContacts {
		return 0, &Error{Code: NotAllowed, Err: errors.New("app: too many contacts")}
	}
	return s.contactsOf(v).Add(ctx, v.Client.ID, n)
}

// ChangeContact writes a contact of the visitor as it was edited. See Contacts.Update.
func (s *ClientArea) ChangeContact(ctx context.Context, v Visitor, id, version int64, d ContactDetails) error {
	if _, err := s.Contact(ctx, v, id); err != nil {
		return err
	}
	return s.contactsOf(v).Update(ctx, id, version, d)
}

// RemoveContact removes a contact of the visitor. An admin can bring it back.
func (s *ClientArea) RemoveContact(ctx context.Context, v Visitor, id int64) error {
	if _, err := s.Contact(ctx, v, id); err != nil {
		return err
	}
	_, err := s.contactsOf(v).Delete(ctx, id)
	return err
}

func (s *ClientArea) contactsOf(v Visitor) *Contacts { return &Contacts{core: s.as(v.who())} }
