package app

import (
	"context"
	"strconv"

	"clientele/app/exporting"
	"clientele/app/importing"
	"clientele/data"
)

// contactColumns are the columns of an exported list of contacts. The names of fields that clients have too are theirs.
var contactColumns = []struct {
	name  string
	value func(r *data.ContactRow) string
}{
	{importing.ID.Key(), func(r *data.ContactRow) string { return strconv.FormatInt(r.ID, 10) }},
	{"Client ID", func(r *data.ContactRow) string { return strconv.FormatInt(r.ClientID, 10) }},
	{"Client Name", func(r *data.ContactRow) string { return r.ClientName }},
	{importing.FirstName.Key(), func(r *data.ContactRow) string { return r.FirstName }},
	{importing.LastName.Key(), func(r *data.ContactRow) string { return r.LastName }},
	{importing.CompanyName.Key(), func(r *data.ContactRow) string { return r.Company }},
	{importing.Email.Key(), func(r *data.ContactRow) string { return r.Email }},
	{importing.Address1.Key(), func(r *data.ContactRow) string { return r.Address1 }},
	{importing.Address2.Key(), func(r *data.ContactRow) string { return r.Address2 }},
	{importing.City.Key(), func(r *data.ContactRow) string { return r.City }},
	{importing.State.Key(), func(r *data.ContactRow) string { return r.State }},
	{importing.Postcode.Key(), func(r *data.ContactRow) string { return r.Postcode }},
	{importing.Country.Key(), func(r *data.ContactRow) string { return r.Country }},
	{importing.PhoneNumber.Key(), func(r *data.ContactRow) string { return r.Phone }},
	{importing.TaxID.Key(), func(r *data.ContactRow) string { return r.TaxID }},
	{"General Emails", func(r *data.ContactRow) string { return tick(r.MailGeneral) }},
	{"Invoice Emails", func(r *data.ContactRow) string { return tick(r.MailInvoice) }},
	{"Support Emails", func(r *data.ContactRow) string { return tick(r.MailSupport) }},
	{"Product Emails", func(r *data.ContactRow) string { return tick(r.MailProduct) }},
	{"Domain Emails", func(r *data.ContactRow) string { return tick(r.MailDomain) }},
	{"Default Billing Contact", func(r *data.ContactRow) string { return tick(r.Billing) }},
}

// ContactHeader are the names of the columns of an exported list of contacts.
func (s *Exports) ContactHeader() []string {
	header := make([]string, len(contactColumns))
	for i, c := range contactColumns {
		header[i] = c.name
	}
	return header
}

// EachContact gives the rows of an export of all contacts, by their clients. All are of one moment.
func (s *Exports) EachContact(ctx context.Context) exporting.Rows {
	return func(yield func([]string, error) bool) {
		stop := false
		row := make([]string, len(contactColumns))
		err := known(s.store.LongSnapshot(ctx, func(tx *data.Tx) error {
			return tx.EachContact(func(rs []data.ContactRow) error {
				for i := range rs {
					for j, col := range contactColumns {
						row[j] = col.value(&rs[i])
					}
					if !yield(row, nil) {
						stop = true
						return errNoMore
					}
				}
				return ctx.Err()
			})
		}))
		if err != nil && !stop {
			yield(nil, err)
		}
	}
}

// Contacts writes all contacts to a file, whole or not at all, and tells how many.
func (s *Exports) Contacts(ctx context.Context, path string, format exporting.Format, p Progress) (int, error) {
	err := s.read(ctx, func(tx *data.Tx) error {
		n, err := tx.CountContacts()
		p.SetTotal(n)
		return err
	})
	if err != nil {
		return 0, err
	}
	return writeList(ctx, path, format, s.ContactHeader(), watched(s.EachContact(ctx), p))
}

// watched tells the progress of each row that is taken.
func watched(rows exporting.Rows, p Progress) exporting.Rows {
	return func(yield func([]string, error) bool) {
		for row, err := range rows {
			p.Add(1)
			if !yield(row, err) {
				return
			}
		}
	}
}
