package exporting_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clientele/app/date"
	"clientele/app/exporting"
	"clientele/app/importing"
	"clientele/app/sample"
)

// An export is the template of an import (IO-1, IO-3): clients in all scripts go out and come in, with no mapping by hand,
// as they were.
func TestClientsComeBack(t *testing.T) {
	const n = 3000
	g := sample.New(3, date.MustNew(2026, 6, 1))
	var header []string
	for _, f := range importing.Fields() {
		header = append(header, f.Key())
	}
	yes := func(b bool) string {
		if b {
			return "Yes"
		}
		return "No"
	}
	var file bytes.Buffer
	rows := func(yield func([]string, error) bool) {
		for i := range n {
			c := g.Client(i)
			values := map[importing.Field]string{
				importing.FirstName: c.FirstName, importing.LastName: c.LastName, importing.CompanyName: c.Company, importing.Email: c.Email,
				importing.Address1: c.Address1, importing.Address2: c.Address2, importing.City: c.City, importing.State: c.State,
				importing.Postcode: c.Postcode, importing.Country: c.Country, importing.PhoneNumber: c.Phone, importing.TaxID: c.TaxID,
				importing.Currency: c.Currency, importing.Language: c.Language, importing.ClientGroup: c.Group, importing.Status: c.Status,
				importing.CreationDate: c.Created.String(), importing.Notes: c.Notes, importing.TaxExempt: yes(c.TaxExempt),
				importing.SeparateInvoices: yes(c.SeparateInvoices), importing.NoLateFees: yes(c.NoLateFees),
				importing.NoOverdueEmails: yes(c.NoOverdueEmails), importing.MarketingOptIn: yes(c.MarketingOptIn),
			}
			var row []string
			for _, f := range importing.Fields() {
				row = append(row, values[f])
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	if _, err := exporting.Write(context.Background(), &file, exporting.FormatCSV, header, rows); err != nil {
		t.Fatal(err)
	}

	f, err := importing.Open(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	m := importing.Guess(f.Header)
	habits, err := f.Habits(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	in, err := f.Read(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	converter := importing.NewConverter(habits.Options(f, m))
	var row importing.Row
	for i := range n {
		if err := in.Next(&row); err != nil {
			t.Fatal(err)
		}
		r, problems := converter.Convert(&row)
		if problems != nil {
			t.Fatal(problems)
		}
		want := g.Client(i)
		got := sample.Client{
			FirstName: r.FirstName, LastName: r.LastName, Company: r.CompanyName, Email: r.Email, Address1: r.Address1, Address2: r.Address2,
			City: r.City, State: r.State, Postcode: r.Postcode, Country: r.Country, Phone: r.PhoneNumber, TaxID: r.TaxID,
			Currency: string(r.Currency), Language: r.Language, Group: r.ClientGroup, Status: r.Status, Created: r.CreationDate, Notes: r.Notes,
			TaxExempt: r.TaxExempt, SeparateInvoices: r.SeparateInvoices, NoLateFees: r.NoLateFees, NoOverdueEmails: r.NoOverdueEmails,
			MarketingOptIn: r.MarketingOptIn,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("client %d: -want +got\n%s", i, diff)
		}
	}
	if in.Done() != f.Size {
		t.Errorf("progress ends at %d of %d bytes", in.Done(), f.Size)
	}
}
