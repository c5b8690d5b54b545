package invoice

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/facts"
	"clientele/views/invoices"
	"clientele/views/kit"
	"clientele/views/theme"
)

// view shows an invoice that was published.
type view struct {
	page *Page
	d    *desk.Desk
	of   app.Invoicing

	title   *kit.Para
	pill    *kit.Pill
	due     *kit.Para
	client  *kit.Button
	actions *fyne.Container
	grid    *kit.Grid
	sums    *sums
	paid    *payments
	dates   *facts.List
	billed  *facts.List
	notes   *kit.Para
	noted   *kit.Card
	side    fyne.CanvasObject
	object  fyne.CanvasObject
}

func newView(p *Page) *view {
	v := &view{
		page: p, d: p.d, title: kit.NewHeading(""), pill: kit.NewPill("", theme.Plain), due: kit.NewLine("", theme.Muted), actions: kit.NewActions(),
		sums: newSums(), dates: facts.New(), billed: facts.New(), notes: kit.NewPara("", theme.Plain),
	}
	v.paid = newPayments(v)
	v.client = kit.NewQuiet("", icons.Client, func() { v.d.Go.Client(v.of.ClientID) })
	v.grid = kit.NewGrid(p.d.Run,
		kit.Column{Key: "description", Title: i18n.T("Description"), Width: 160, Grow: true},
		kit.Column{Key: "quantity", Title: i18n.T("Quantity"), Kind: kit.NumberColumn, Width: 72},
		kit.Column{Key: "price", Title: i18n.T("Unit price"), Kind: kit.NumberColumn, Width: 92},
		kit.Column{Key: "discount", Title: i18n.T("Discount"), Kind: kit.NumberColumn, Width: 76},
		kit.Column{Key: "tax", Title: i18n.T("Tax"), Kind: kit.NumberColumn, Width: 84},
		kit.Column{Key: "amount", Title: i18n.T("Amount"), Kind: kit.NumberColumn, Width: 100},
	)
	v.noted = kit.NewCard(i18n.T("Notes"), v.notes)
	v.side = scrolledSide(container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap),
		kit.NewCard(i18n.T("Totals"), v.sums.object), v.paid.card,
		kit.NewCard(i18n.T("Invoice"), v.dates), kit.NewCard(i18n.T("Billed to"), v.billed), v.noted))
	line := kit.Border(nil, nil, container.NewHBox(container.NewCenter(v.pill), v.client), nil, container.New(&insetMiddle{}, v.due))
	top := kit.NewHeadLine(v.title, container.New(&insetMiddle{}, v.title), v.actions)
	head := container.New(layout.NewCustomPaddedLayout(theme.Unit, 2*theme.Unit, 0, 0), container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit), top, line))
	v.object = frame(head, v.grid, v.side)
	return v
}

// show puts an invoice into the view.
func (v *view) show(l loaded) {
	v.of = l.Invoicing
	locale, today := i18n.CurrentLocale(), date.Today(v.d.App.Now())
	v.title.Set(title(l), theme.Plain)
	v.pill.Set(invoices.Status(l.Status, l.Due, today))
	v.client.SetText(clipped(l.Client.Name()))
	v.due.Set(v.standing(today), theme.Muted)
	v.actions.Objects = v.buttons()
	v.actions.Refresh()
	v.sums.set(v.amounts())
	v.paid.show()
	v.dates.Set(
		facts.Fact{Label: i18n.T("Issued"), Value: day(l.Issued)},
		facts.Fact{Label: i18n.T("Due"), Value: day(l.Due)},
		facts.Fact{Label: i18n.T("Paid on"), Value: day(l.PaidOn)},
		facts.Fact{Label: i18n.T("Method"), Value: app.PaymentMethodWords(l.PaymentMethod)},
	)
	v.billed.Set(address(l.Billing)...)
	v.notes.Set(l.Notes, theme.Plain)
	if l.Notes == "" {
		v.noted.Hide()
	} else {
		v.noted.Show()
	}
	rows := make(kit.Rows, len(l.Lines))
	for i, line := range l.Lines {
		discount := ""
		if line.Discount != 0 {
			discount = money.Rate(line.Discount).Format(locale) + "%"
		}
		rows[i] = &kit.Row{Cells: []string{
			line.Description, billing.Quantity(line.Quantity).Format(locale), v.plain(line.UnitPrice), discount, v.plain(line.Tax), v.plain(storedAmount(line, l.TaxMode)),
		}}
	}
	v.grid.SetSource(rows)
	v.side.Refresh()
	v.object.Refresh()
}

// clipped is a name short enough for a button; the card has the whole of it.
func clipped(name string) string {
	const most = 60
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}

// standing says in words how the invoice stands.
func (v *view) standing(today date.Date) string {
	l := i18n.CurrentLocale()
	switch {
	case v.of.Overdue(today):
		return i18n.N(int64(today.DaysSince(v.of.Due)), "%s was due one day ago", "%s was due %d days ago", v.amount(v.of.Balance()))
	case v.of.Status == billing.Unpaid || v.of.Status == billing.Collections:
		return i18n.T("%s due on %s", v.amount(v.of.Balance()), v.of.Due.Format(l))
	case v.of.Status == billing.Paid && !v.of.PaidOn.IsZero():
		return i18n.T("Paid on %s", v.of.PaidOn.Format(l))
	}
	return ""
}

// storedAmount is what stands at the end of a stored line; see lineAmount.
func storedAmount(l data.InvoiceLine, mode string) int64 {
	if mode == string(billing.Inclusive) {
		return l.Gross
	}
	return l.Net
}

func (v *view) money(minor int64) money.Money { return money.New(minor, money.Currency(v.of.Currency)) }

// amount is an amount of the invoice in words; plain is without its currency.
func (v *view) amount(minor int64) string { return v.money(minor).Format(i18n.CurrentLocale()) }

func (v *view) plain(minor int64) string { return v.money(minor).FormatNumber(i18n.CurrentLocale()) }

// amounts are the block of totals: what it comes to, what was taken off, and what is owed.
func (v *view) amounts() []sum {
	t := billing.Totals{
		Subtotal: v.money(v.of.Subtotal), Discount: v.money(v.of.Discount), Tax: v.money(v.of.Tax), Total: v.money(v.of.Total),
	}
	for _, x := range v.of.Taxes {
		t.Taxes = append(t.Taxes, billing.TaxTotal{
			TaxRate: billing.TaxRate{Name: x.Name, Rate: money.Rate(x.Rate)}, Base: v.money(x.Base), Tax: v.money(x.Tax),
		})
	}
	all := totalSums(t, billing.TaxMode(v.of.TaxMode))
	if v.of.TaxExempt {
		all = append(all, sum{label: i18n.T("The client is exempt from tax."), tone: theme.Muted})
	}
	if v.of.Credit != 0 {
		all = append(all, sum{label: i18n.T("Credit applied"), amount: v.amount(-v.of.Credit)})
	}
	if v.of.Paid != 0 {
		all = append(all, sum{label: i18n.T("Payments"), amount: v.amount(-v.of.Paid)})
	}
	if off := app.TakenOff(v.of.Invoice); off != 0 {
		words := i18n.T("No longer charged")
		if v.of.Status == billing.Cancelled {
			words = i18n.T("Cancelled")
		}
		all = append(all, sum{label: words, amount: v.amount(-off)})
	}
	return append(all, sum{label: i18n.T("Balance due"), amount: v.amount(app.StillDue(v.of.Invoice)), strong: true})
}

// address lists whose name and address the invoice carries.
func address(b app.BillingAddress) []facts.Fact {
	lines := ""
	for _, line := range b.Postal() {
		if lines != "" {
			lines += "\n"
		}
		lines += line
	}
	return []facts.Fact{
		{Label: app.FieldLabel(app.FieldCompany), Value: b.Company},
		{Label: i18n.T("Name"), Value: b.Name},
		{Label: i18n.T("Address"), Value: lines},
		{Label: app.FieldLabel(app.FieldTaxID), Value: b.TaxID},
		{Label: app.FieldLabel(app.FieldEmail), Value: b.Email},
	}
}

func day(d date.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Format(i18n.CurrentLocale())
}
