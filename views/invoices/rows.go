package invoices

import (
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
)

// columns are those of a list of invoices; the keys of those that sort are the sorts. A list of one client does not name it.
func columns(oneClient bool) []kit.Column {
	all := []kit.Column{
		{Key: string(data.InvoicesByID), Title: i18n.T("Number"), Width: 112, Sortable: true},
		{Key: "client", Title: i18n.T("Client"), Width: 200, Grow: true},
		{Key: string(data.InvoicesByStatus), Title: i18n.T("Status"), Kind: kit.PillColumn, Width: 104, Sortable: true},
		{Key: "issued", Title: i18n.T("Issued"), Width: 96},
		{Key: string(data.InvoicesByDue), Title: i18n.T("Due"), Width: 96, Sortable: true},
		{Key: string(data.InvoicesByTotal), Title: i18n.T("Total"), Kind: kit.NumberColumn, Width: 120, Sortable: true},
		{Key: "balance", Title: i18n.T("Balance"), Kind: kit.NumberColumn, Width: 120},
	}
	if oneClient {
		all[0].Grow = true
		return append(all[:1:1], all[2:]...)
	}
	return all
}

// present makes an invoice's row.
func present(r data.InvoiceRow, today date.Date, oneClient bool) *kit.Row {
	l, c := i18n.CurrentLocale(), money.Currency(r.Currency)
	word, tone := Status(r.Status, r.Due, today)
	balance, balanceTone := "–", theme.Muted
	if r.Status == billing.Unpaid || r.Status == billing.Collections {
		balance, balanceTone = money.New(r.Balance(), c).Format(l), theme.Plain
		if billing.Overdue(r.Status, r.Due, today) {
			balanceTone = theme.Danger
		}
	}
	row := &kit.Row{
		Cells: []string{NumberOr(r.Number), r.ClientName, word, day(r.Issued), day(r.Due), money.New(r.Total, c).Format(l), balance},
		Tones: []theme.Tone{theme.Plain, theme.Plain, tone, theme.Plain, theme.Plain, theme.Plain, balanceTone},
		Muted: r.Status == billing.Cancelled || r.Status == billing.Refunded,
	}
	if oneClient {
		row.Cells = append(row.Cells[:1:1], row.Cells[2:]...)
		row.Tones = append(row.Tones[:1:1], row.Tones[2:]...)
	}
	return row
}

// NumberOr is the number of an invoice, or the word for one that has none yet.
func NumberOr(number string) string {
	if number == "" {
		return i18n.T("Draft")
	}
	return number
}

func day(d date.Date) string {
	if d.IsZero() {
		return "–"
	}
	return d.Format(i18n.CurrentLocale())
}

// Status is what the status of an invoice is called, Overdue among them, and in which sense it is coloured.
func Status(s billing.InvoiceStatus, due, today date.Date) (word string, tone theme.Tone) {
	if billing.Overdue(s, due, today) {
		return i18n.T("Overdue"), theme.Danger
	}
	switch s {
	case billing.Draft:
		return s.Name(), theme.Info
	case billing.Unpaid:
		return s.Name(), theme.Waiting
	case billing.Paid:
		return s.Name(), theme.Good
	case billing.Collections:
		return s.Name(), theme.Danger
	}
	return s.Name(), theme.Muted
}
