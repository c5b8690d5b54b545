package app

import (
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

// demoAccounts is how many clients of the sample data have services, invoices and payments: enough to look around in, and few enough to be made by the rules
// themselves, one act after the other.
const demoAccounts = 400

// demoProducts is what the made-up studio sells: a name, and its price a month in whole units of any currency. One time and yearly prices follow from it.
var demoProducts = []struct {
	name  string
	price int64
}{{"Website care", 49}, {"Newsletter", 19}, {"Web hosting", 12}, {"Bookkeeping", 129}, {"Design day", 480}}

// demoMoney gives the first clients of the sample data services, and a year of invoices: most of them paid, some late, a few overpaid or cancelled.
func (a *App) demoMoney(tx *data.Tx, n int, today date.Date, p Progress) error {
	set, err := settingsOf(tx)
	if err != nil {
		return err
	}
	for _, r := range []data.TaxRule{{Name: "VAT", Country: "GB", Rate: int64(money.PercentOf(20))}, {Name: "MwSt.", Country: "DE", Rate: int64(money.PercentOf(19))}} {
		if err := tx.SaveTaxRule(&r); err != nil {
			return err
		}
	}
	products := make([]data.Product, len(demoProducts))
	for i, x := range demoProducts {
		products[i] = data.Product{Name: x.name, Taxed: true}
		prices := []data.ProductPrice{demoPrice(x.price, "GBP", billing.Monthly), demoPrice(x.price*10, "GBP", billing.Annually), demoPrice(x.price, "EUR", billing.Monthly)}
		if err := tx.SaveProduct(&products[i], prices); err != nil {
			return err
		}
	}
	ids, err := tx.ClientIDs(data.ClientFilter{}, 0, min(n, demoAccounts))
	if err != nil {
		return err
	}
	p.SetTotal(int64(len(ids)))
	for i, id := range ids {
		acc, err := a.account(tx, id)
		if err != nil {
			return err
		}
		if err := acc.demo(set, i, products, today); err != nil {
			return err
		}
		p.Add(1)
	}
	return nil
}

func demoPrice(units int64, c money.Currency, cycle billing.Cycle) data.ProductPrice {
	return data.ProductPrice{Currency: string(c), Cycle: string(cycle), Price: inMinor(units, c)}
}

// inMinor is a whole amount in the minor unit of a currency.
func inMinor(units int64, c money.Currency) int64 {
	for range c.Exponent() {
		units *= 10
	}
	return units
}

// demo makes the account of the i-th client.
func (a *account) demo(set Settings, i int, products []data.Product, today date.Date) error {
	at := i % len(products)
	c := a.currency()
	due := today.AddDays(i%28 - 13)
	v := data.Service{
		ClientID: a.client.ID, ProductID: &products[at].ID, Description: products[at].Name, Quantity: int64(billing.One), Currency: string(c), Amount: inMinor(demoProducts[at].price, c),
		Taxed: true, Cycle: string(billing.Monthly), NextDue: due, AnchorDay: int64(due.Day()), Status: data.ServiceActive, Started: due.AddMonths(-12, due.Day()),
	}
	if a.client.Status == data.Inactive || a.client.Status == data.Closed {
		v.Status = data.ServiceCancelled
	}
	if err := a.tx.AddService(&v); err != nil {
		return err
	}
	for month := i%4 + 1; month >= 1; month-- {
		if err := a.demoInvoice(set, v, due.AddMonths(-month, due.Day()), i+month); err != nil {
			return err
		}
	}
	return nil
}

// demoInvoice writes and publishes an invoice as it would have been on its day, and settles it in one of several ways.
func (a *account) demoInvoice(set Settings, v data.Service, due date.Date, way int) error {
	a.today = due.AddDays(-set.InvoiceDueDays)
	period := billing.Monthly.Period(due, due.Day())
	w, err := a.draft(set, data.Invoice{ClientID: a.client.ID, Status: billing.Draft, CreatedBy: a.who()}, InvoiceDraft{Due: due, Lines: []InvoiceLine{{
		Line: billing.Line{Description: v.Description, Quantity: billing.Quantity(v.Quantity), UnitPrice: a.money(v.Amount), Taxed: v.Taxed},
		Kind: data.LineService, ServiceID: v.ID, Period: period,
	}}})
	if err != nil {
		return err
	}
	if err := a.tx.AddInvoice(&w); err != nil {
		return err
	}
	inv, err := a.publish(set, w.Invoice)
	if err != nil {
		return err
	}
	if err := a.tx.UpdateInvoice(w.Invoice, &inv); err != nil {
		return err
	}
	const late, cancelled, over = 7, 11, 13
	owed := inv.Balance()
	switch {
	case owed == 0 || way%late == 0:
		return nil
	case way%cancelled == 0:
		after, err := a.cancel(inv)
		if err != nil {
			return err
		}
		return a.tx.UpdateInvoice(inv, &after)
	case way%over == 0:
		owed += inMinor(10, a.currency())
	}
	a.today = due.AddDays(way%9 - 4)
	_, err = a.pay(NewPayment{Date: a.today, Amount: a.money(owed), Fees: a.money(0), Method: PaymentMethods[1+way%(len(PaymentMethods)-1)], Invoices: []int64{inv.ID}})
	return err
}
