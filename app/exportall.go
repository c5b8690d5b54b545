package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"clientele/app/billing"
	"clientele/app/exporting"
	"clientele/app/filename"
	"clientele/app/i18n"
	"clientele/data"
)

// Mails lists all mails with what became of them. Passwords in them are asterisks. All rows are of one moment.
func (s *Exports) Mails(ctx context.Context) Table {
	header := []string{"ID", "Client ID", "Date", "Kind", "Category", "To", "Subject", "State", "Sent", "Answer", "By", "Text"}
	return table(ctx, s, header, func(tx *data.Tx, each func([]data.Mail) error) error { return tx.EachMail(each) }, func(m data.Mail) []string {
		client, sent := "", ""
		if m.ClientID != nil {
			client = id(*m.ClientID)
		}
		if m.SentAt != nil {
			sent = instant(*m.SentAt)
		}
		return []string{
			id(m.ID), client, instant(m.CreatedAt), m.Kind, m.Category, m.ToLine, mask(m.Subject), string(m.State), sent, m.Answer, m.Who, mask(m.BodyText),
		}
	})
}

func (s *Exports) notes(ctx context.Context) Table {
	return table(ctx, s, []string{"ID", "Client ID", "Sticky", "Written", "By", "Changed", "Changed By", "Text"}, func(tx *data.Tx, each func([]data.Note) error) error { return tx.EachNote(each) },
		func(n data.Note) []string {
			return []string{id(n.ID), id(n.ClientID), tick(n.Sticky), instant(n.CreatedAt), n.CreatedBy, instant(n.UpdatedAt), n.UpdatedBy, n.Body}
		})
}

func (s *Exports) lines(ctx context.Context) Table {
	header := []string{"ID", "Invoice ID", "Position", "Kind", "Service ID", "Description", "Quantity", "Unit Price", "Discount %", "Taxed", "Net", "Tax", "Gross", "From", "To"}
	// The amounts of a line are in its invoice's currency, which is read with the first line of each.
	invoice, currency := int64(0), ""
	return table(ctx, s, header, func(tx *data.Tx, each func([]data.InvoiceLine) error) error {
		return tx.EachInvoiceLine(func(ls []data.InvoiceLine) error {
			for _, l := range ls {
				if l.InvoiceID != invoice {
					i, err := tx.Invoice(l.InvoiceID)
					if err != nil {
						return err
					}
					invoice, currency = i.ID, i.Currency
				}
				if err := each([]data.InvoiceLine{l}); err != nil {
					return err
				}
			}
			return nil
		})
	}, func(l data.InvoiceLine) []string {
		service := ""
		if l.ServiceID != nil {
			service = id(*l.ServiceID)
		}
		const percent = 10_000
		return []string{
			id(l.ID), id(l.InvoiceID), id(l.Position), string(l.Kind), service, l.Description, billing.Quantity(l.Quantity).FormatPlain(), plain(l.UnitPrice, currency),
			strings.TrimRight(strings.TrimRight(fmt.Sprintf("%d.%04d", l.Discount/percent, l.Discount%percent), "0"), "."), tick(l.Taxed), plain(l.Net, currency), plain(l.Tax, currency), plain(l.Gross, currency),
			l.PeriodFrom.String(), l.PeriodTo.String(),
		}
	})
}

func (s *Exports) payments(ctx context.Context) Table {
	// As with lines of invoices.
	transaction, currency := int64(0), ""
	return table(ctx, s, []string{"ID", "Transaction ID", "Invoice ID", "Currency", "Amount"}, func(tx *data.Tx, each func([]data.Payment) error) error {
		return tx.EachPayment(func(ps []data.Payment) error {
			for _, p := range ps {
				if p.TransactionID != transaction {
					t, err := tx.Transaction(p.TransactionID)
					if err != nil {
						return err
					}
					transaction, currency = t.ID, t.Currency
				}
				if err := each([]data.Payment{p}); err != nil {
					return err
				}
			}
			return nil
		})
	}, func(p data.Payment) []string {
		return []string{id(p.ID), id(p.TransactionID), id(p.InvoiceID), currency, plain(p.Amount, currency)}
	})
}

func (s *Exports) fileList(ctx context.Context) Table {
	header := []string{"ID", "Client ID", "Title", "Name", "Bytes", "Admin Only", "Uploaded", "By", "Saved As"}
	return table(ctx, s, header, func(tx *data.Tx, each func([]data.File) error) error { return tx.EachFile(each) }, func(f data.File) []string {
		return []string{id(f.ID), id(f.ClientID), f.Title, f.Name, id(f.Size), tick(f.AdminOnly), instant(f.UploadedAt), f.UploadedBy, savedAs(f)}
	})
}

// savedAs is where the contents of a file lie within an export of everything.
func savedAs(f data.File) string {
	return fmt.Sprintf("%s/%d/%d-%s", exportedFiles, f.ClientID, f.ID, filename.Clean(f.Name))
}

const exportedFiles = "files"

func instant(ms int64) string { return data.Instant(ms).Format(time.RFC3339) }

// ExportedList is a list that was written to a file.
type ExportedList struct {
	File string
	Rows int
}

// All writes everything that can be read without this program into a new folder: each list as CSV, and the clients' files as they are. The folder is there whole
// or not at all; one that is there already must be empty. Passwords and card numbers are never written.
func (s *Exports) All(ctx context.Context, dir string, p Progress) (all []ExportedList, err error) {
	if err := free(dir); err != nil {
		return nil, err
	}
	part, err := os.MkdirTemp(filepath.Dir(filepath.Clean(dir)), ".clientele-export-")
	if err != nil {
		return nil, notSaved(err, dir)
	}
	defer func() { _ = os.RemoveAll(part) }() // after it was renamed, nothing is there
	clients := Table{s.ClientHeader(), s.EachClient(ctx, data.ClientFilter{}, nil)}
	contacts := Table{s.ContactHeader(), s.EachContact(ctx)}
	for _, list := range []struct {
		name  string
		table Table
	}{
		{"clients", clients},
		{"contacts", contacts},
		{"services", s.Services(ctx, data.ServiceFilter{})},
		{"invoices", s.Invoices(ctx, data.InvoiceFilter{})},
		{"invoice-lines", s.lines(ctx)},
		{"transactions", s.Transactions(ctx, data.TransactionFilter{})},
		{"payments", s.payments(ctx)},
		{"credit", s.Credit(ctx)},
		{"notes", s.notes(ctx)},
		{"mail", s.Mails(ctx)},
		{"files", s.fileList(ctx)},
	} {
		file := list.name + ".csv"
		p.Step(i18n.T("Writing %s", file))
		n, err := exporting.File(ctx, filepath.Join(part, file), exporting.FormatCSV, list.table.Header, watched(list.table.Rows, p))
		if err != nil {
			return nil, notSaved(err, dir)
		}
		all = append(all, ExportedList{file, n})
	}
	n, err := s.activity.Export(ctx, filepath.Join(part, "activity.csv"), exporting.FormatCSV, LogFilter{}, p)
	if err != nil {
		return nil, notSaved(err, dir)
	}
	all = append(all, ExportedList{"activity.csv", n})
	if err := s.contents(ctx, part, p); err != nil {
		return nil, err
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, notSaved(err, dir)
	}
	return all, notSaved(os.Rename(part, dir), dir)
}

// contents writes what is in the clients' files.
func (s *Exports) contents(ctx context.Context, dir string, p Progress) error {
	var files []data.File
	err := s.read(ctx, func(tx *data.Tx) error {
		return tx.EachFile(func(some []data.File) error { files = append(files, some...); return ctx.Err() })
	})
	if err != nil || len(files) == 0 {
		return err
	}
	p.Step(i18n.T("Writing the files of clients"))
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(savedAs(f)))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return notSaved(err, path)
		}
		if err := s.files.SaveTo(ctx, f.ID, path, Quiet{}); err != nil && CodeOf(err) != NotFound { // it was deleted meanwhile
			return err
		}
	}
	return nil
}

// free tells whether a folder can be written anew: it is not there, or empty.
func free(dir string) error {
	switch entries, err := os.ReadDir(dir); {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return notSaved(err, dir)
	case len(entries) > 0:
		return &Error{Code: NotAllowed, Message: i18n.T("The folder “%s” is not empty, so nothing was written. Name a new one.", dir)}
	}
	return nil
}
