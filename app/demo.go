package app

import (
	"context"
	"strconv"

	"clientele/app/date"
	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/app/sample"
	"clientele/data"
)

// Demo fills empty data with n made-up clients: the same ones for the same seed and day. It is refused where any client is there.
func (a *App) Demo(ctx context.Context, n int, seed uint64, p Progress) error {
	today := date.Today(a.now())
	gen := sample.New(seed, today)
	return a.longWrite(ctx, func(tx *data.Tx, changes *[]Change) error {
		have, _, err := tx.CountClients(data.ClientFilter{})
		if err != nil {
			return err
		}
		if have > 0 {
			return &Error{Code: NotAllowed, Message: i18n.N(have,
				"There is one client here already. Sample data is only put into empty data: choose another folder.",
				"There are %d clients here already. Sample data is only put into empty data: choose another folder.")}
		}
		for key, v := range map[string]string{
			"set_up": "true", "business_name": "Northwind Studio", "country": "GB", "currency": "GBP", "language": "en",
			"daily_at_start": "false", "daily_time": "", // whoever looks around finds what is due, and mails nobody by leaving the program open
		} {
			if err := tx.SetSetting(key, v); err != nil {
				return err
			}
		}
		groups, err := demoGroups(tx)
		if err != nil {
			return err
		}
		finish, err := tx.Bulk(int64(n))
		if err != nil {
			return err
		}
		p.Step(i18n.T("Making clients up"))
		p.SetTotal(int64(n))
		for from := 0; from < n; from += importBatch {
			if err := ctx.Err(); err != nil {
				return err
			}
			cs := make([]data.Client, min(importBatch, n-from))
			contacts := make([][]data.Contact, len(cs))
			for i := range cs {
				made := gen.Client(from + i)
				cs[i], contacts[i] = demoClient(made, groups), demoContacts(gen.Contacts(from+i, made))
				if cs[i].Credit, err = demoCredit(from+i, cs[i].Currency); err != nil {
					return err
				}
			}
			if err := tx.InsertClientsWith(cs, contacts); err != nil {
				return err
			}
			for i, c := range cs {
				if c.ID%demoBilled == 0 && len(contacts[i]) > 0 {
					if err := tx.SetBillingContact(c.ID, &contacts[i][0].ID); err != nil {
						return err
					}
				}
			}
			var moves []data.CreditMove
			for _, c := range cs {
				if c.Credit != 0 {
					moves = append(moves, data.CreditMove{ClientID: c.ID, Kind: data.CreditOpening, Date: today, Amount: c.Credit, Currency: c.Currency, Description: "Balance brought over", Who: a.who()})
				}
			}
			if err := tx.AddCreditMoves(moves); err != nil {
				return err
			}
			p.Add(int64(len(cs)))
		}
		p.Step(i18n.T("Making the clients searchable"))
		p.SetTotal(int64(n))
		if err := finish(func(n int) { p.Add(int64(n)) }); err != nil {
			return err
		}
		p.Step(i18n.T("Making services, invoices and payments up"))
		if err := a.demoMoney(tx, n, today, p); err != nil {
			return err
		}
		if err := demoFiles(tx, a.who()); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicClient}, Change{Topic: TopicGroups}, Change{Topic: TopicSettings})
		return tx.AddActivity(a.entry(actImported, 0, "", i18n.N(int64(n), "One client was made up", "%d clients were made up")))
	})
}

// demoBilled is how few of those who have contacts have their invoices addressed to one of them: one in so many.
const demoBilled = 10

func demoContacts(all []sample.Contact) []data.Contact {
	ks := make([]data.Contact, len(all))
	for i, k := range all {
		ks[i] = data.Contact{
			FirstName: k.FirstName, LastName: k.LastName, Company: k.Company, Email: k.Email, Address1: k.Address1, City: k.City, State: k.State,
			Postcode: k.Postcode, Country: k.Country, Phone: k.Phone,
			MailGeneral: k.General, MailInvoice: k.Invoice, MailSupport: k.Support, MailProduct: k.Product, MailDomain: k.Domain,
		}
	}
	return ks
}

// demoCredit gives one client in thirteen a round amount of credit.
func demoCredit(i int, currency string) (int64, error) {
	const every, amounts, step = 13, 37, 5
	if i%every != every-1 {
		return 0, nil
	}
	m, err := money.ParsePlain(strconv.Itoa((i%amounts+1)*step), money.Currency(currency))
	return m.Minor, err
}

func demoGroups(tx *data.Tx) (map[string]int64, error) {
	colours := []string{"#8a94a6", "#2f6fde", "#7a4fd0", "#1f9d61", "#d08a1c"}
	ids := map[string]int64{"": 0}
	for i, name := range sample.Groups {
		g := data.Group{Name: name, Colour: colours[i%len(colours)], DiscountBP: int64(i) * 250}
		if err := tx.SaveGroup(&g); err != nil {
			return nil, err
		}
		ids[name] = g.ID
	}
	return ids, nil
}

func demoClient(s sample.Client, groups map[string]int64) data.Client {
	c := data.Client{
		FirstName: s.FirstName, LastName: s.LastName, Company: s.Company, Email: s.Email, EmailKey: email.Key(s.Email), Address1: s.Address1,
		Address2: s.Address2, City: s.City, State: s.State, Postcode: s.Postcode, Country: s.Country, Phone: s.Phone, TaxID: s.TaxID,
		Currency: s.Currency, GroupID: groups[s.Group], Language: s.Language, Status: data.Status(s.Status), TaxExempt: s.TaxExempt,
		SeparateInvoices: s.SeparateInvoices, NoLateFees: s.NoLateFees, NoOverdueEmails: s.NoOverdueEmails, MarketingOptIn: s.MarketingOptIn,
		MailGeneral: true, MailInvoice: true, MailSupport: true, MailProduct: true, MailDomain: true, Notes: s.Notes, Created: s.Created,
	}
	if !i18n.ValidLanguage(c.Language) {
		c.Language = "en"
	}
	return c
}
