package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
)

// figures are the numbers at the top: what is owed, what of it is late, what is due soon, and what came in this month.
type figures struct {
	page                        *Page
	owed, overdue, soon, income *kit.Figure
	object                      *fyne.Container
}

func newFigures(p *Page) *figures {
	f := &figures{page: p}
	invoices := func(of func(currency string) data.InvoiceFilter) func() {
		return p.when(func(_ app.Standing, c app.CurrencyStanding) { p.d.Go.InvoicesBy(of(string(c.Currency))) })
	}
	f.owed = kit.NewFigure(i18n.T("Owed to you"), invoices(func(currency string) data.InvoiceFilter {
		return data.InvoiceFilter{Statuses: []data.InvoiceStatus{billing.Unpaid, billing.Collections}, Currency: currency}
	}))
	f.overdue = kit.NewFigure(i18n.T("Overdue"), invoices(func(currency string) data.InvoiceFilter {
		return data.InvoiceFilter{OverdueOn: p.stands.Today, Currency: currency}
	}))
	f.soon = kit.NewFigure(i18n.T("Due in the next %d days", app.SoonDays), invoices(func(currency string) data.InvoiceFilter {
		return unpaid(app.AgeSoon, *p.stands, currency)
	}))
	f.income = kit.NewFigure(i18n.T("Came in this month"), p.when(func(_ app.Standing, c app.CurrencyStanding) {
		p.d.Go.TransactionsBy(monthOf(c.ThisMonth(), c))
	}))
	f.object = container.New(&tiles{}, f.owed, f.overdue, f.soon, f.income)
	return f
}

// when does something with what is shown, and nothing before anything is.
func (p *Page) when(do func(app.Standing, app.CurrencyStanding)) func() {
	return func() {
		if p.stands != nil {
			do(*p.stands, p.chooser.chosen())
		}
	}
}

// unpaid are the unpaid invoices of an age.
func unpaid(age app.Age, st app.Standing, currency string) data.InvoiceFilter {
	from, to := age.Due(st.Today)
	return data.InvoiceFilter{Statuses: []data.InvoiceStatus{billing.Unpaid}, DueFrom: from, DueTo: to, Currency: currency}
}

// monthOf are the transactions of a month.
func monthOf(m app.MonthSum, c app.CurrencyStanding) data.TransactionFilter {
	return data.TransactionFilter{From: m.Month, To: m.Month.EndOfMonth(), Currency: string(c.Currency)}
}

func (f *figures) show(_ app.Standing, c app.CurrencyStanding) {
	set := func(to *kit.Figure, s app.InvoiceSum, tone theme.Tone) {
		if s.N == 0 {
			tone = theme.Plain
		}
		to.Set(s.Balance.Format(i18n.CurrentLocale()), tone, invoiceCount(s.N))
	}
	set(f.owed, c.Owed(), theme.Plain)
	set(f.overdue, c.Overdue(), theme.Danger)
	set(f.soon, c.Ages[app.AgeSoon], theme.Plain)
	month := c.ThisMonth()
	f.income.Set(month.In.Format(i18n.CurrentLocale()), theme.Plain, cameIn(month.TransactionSum))
}

// cameIn is what is said below what came in: of how many transactions, and where some of it went out again or was kept as fees, what is left.
func cameIn(s app.TransactionSum) string {
	words := i18n.N(s.N, "one transaction", "%d transactions")
	if s.Net != s.In {
		words = i18n.T("%s, net %s", words, s.Net.Format(i18n.CurrentLocale()))
	}
	return words
}

func invoiceCount(n int64) string { return i18n.N(n, "one invoice", "%d invoices") }
