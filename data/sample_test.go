package data_test

import (
	"time"

	"clientele/app/date"
	"clientele/app/email"
	"clientele/app/sample"
	"clientele/data"
)

// sampled makes believable clients up, the same ones each time.
func sampled() func(i int) data.Client {
	made := sample.New(1, date.MustNew(2026, time.November, 20))
	return func(i int) data.Client {
		m := made.Client(i)
		return data.Client{
			FirstName: m.FirstName, LastName: m.LastName, Company: m.Company, Email: m.Email, EmailKey: email.Key(m.Email),
			Address1: m.Address1, Address2: m.Address2, City: m.City, State: m.State, Postcode: m.Postcode, Country: m.Country,
			Phone: m.Phone, TaxID: m.TaxID, Currency: m.Currency, Language: m.Language, Status: data.Status(m.Status), TaxExempt: m.TaxExempt,
			MailGeneral: true, Notes: m.Notes, Created: m.Created,
		}
	}
}
