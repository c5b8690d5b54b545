package app

import (
	"context"
	"errors"
	"strconv"

	"clientele/app/exporting"
	"clientele/app/importing"
	"clientele/app/money"
	"clientele/data"
)

// Exports writes lists to files (IO-3).
type Exports struct {
	core
	files    *Files
	activity *Log
}

// clientColumns are the columns of an exported list of clients: those that an import understands, so that an export is also a template.
var clientColumns = []struct {
	field importing.Field
	value func(c *data.Client, group string) string
}{
	{importing.ID, func(c *data.Client, _ string) string { return strconv.FormatInt(c.ID, 10) }},
	{importing.FirstName, func(c *data.Client, _ string) string { return c.FirstName }},
	{importing.LastName, func(c *data.Client, _ string) string { return c.LastName }},
	{importing.CompanyName, func(c *data.Client, _ string) string { return c.Company }},
	{importing.Email, func(c *data.Client, _ string) string { return c.Email }},
	{importing.Address1, func(c *data.Client, _ string) string { return c.Address1 }},
	{importing.Address2, func(c *data.Client, _ string) string { return c.Address2 }},
	{importing.City, func(c *data.Client, _ string) string { return c.City }},
	{importing.State, func(c *data.Client, _ string) string { return c.State }},
	{importing.Postcode, func(c *data.Client, _ string) string { return c.Postcode }},
	{importing.Country, func(c *data.Client, _ string) string { return c.Country }},
	{importing.PhoneNumber, func(c *data.Client, _ string) string { return c.Phone }},
	{importing.TaxID, func(c *data.Client, _ string) string { return c.TaxID }},
	{importing.Currency, func(c *data.Client, _ string) string { return c.Currency }},
	{importing.Language, func(c *data.Client, _ string) string { return c.Language }},
	{importing.ClientGroup, func(_ *data.Client, group string) string { return group }},
	{importing.PaymentMethod, func(c *data.Client, _ string) string { return c.PaymentMethod }},
	{importing.Credit, func(c *data.Client, _ string) string {
		return money.New(c.Credit, money.Currency(c.Currency)).FormatPlain()
	}},
	{importing.Status, func(c *data.Client, _ string) string { return string(c.Status) }},
	{importing.CreationDate, func(c *data.Client, _ string) string { return c.Created.String() }},
	{importing.TaxExempt, func(c *data.Client, _ string) string { return tick(c.TaxExempt) }},
	{importing.SeparateInvoices, func(c *data.Client, _ string) string { return tick(c.SeparateInvoices) }},
	{importing.NoLateFees, func(c *data.Client, _ string) string { return tick(c.NoLateFees) }},
	{importing.NoOverdueEmails, func(c *data.Client, _ string) string { return tick(c.NoOverdueEmails) }},
	{importing.MarketingOptIn, func(c *data.Client, _ string) string { return tick(c.MarketingOptIn) }},
	{importing.Notes, func(c *data.Client, _ string) string { return c.Notes }},
}

func tick(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// ClientHeader are the names of the columns of an exported list of clients.
func (s *Exports) ClientHeader() []string {
	header := make([]string, len(clientColumns))
	for i, c := range clientColumns {
		header[i] = c.field.Key()
	}
	return header
}

// errNoMore ends a reading that nobody wants to go on.
var errNoMore = errors.New("no more is wanted")

// EachClient gives the rows of an export: clients that a filter leaves, in the order of their numbers, or, where ids are given, those
// alone. All are of one moment.
func (s *Exports) EachClient(ctx context.Context, f data.ClientFilter, ids []int64) exporting.Rows {
	return func(yield func([]string, error) bool) {
		stop := false
		row := make([]string, len(clientColumns))
		err := known(s.store.LongSnapshot(ctx, func(tx *data.Tx) error {
			gs, err := tx.Groups()
			if err != nil {
				return err
			}
			names := map[int64]string{}
			for _, g := range gs {
				names[g.ID] = g.Name
			}
			f.IDs = ids
			return tx.EachClient(f, func(cs []data.Client) error {
				for i := range cs {
					for j, col := range clientColumns {
						row[j] = col.value(&cs[i], names[cs[i].GroupID])
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

// Clients writes clients to a file, whole or not at all, and tells how many.
func (s *Exports) Clients(ctx context.Context, path string, format exporting.Format, f data.ClientFilter, ids []int64, p Progress) (int, error) {
	p.SetTotal(int64(len(ids)))
	if len(ids) == 0 {
		err := s.read(ctx, func(tx *data.Tx) error {
			n, _, err := tx.CountClients(f)
			p.SetTotal(n)
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	return writeList(ctx, path, format, s.ClientHeader(), watched(s.EachClient(ctx, f, ids), p))
}
