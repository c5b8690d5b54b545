package home

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
)

// chartHeight is that of both charts.
const chartHeight = 208

// charts show who owes what by how late it is, and what came in by month.
type charts struct {
	page          *Page
	ageing, month *kit.Chart
	currency      money.Currency // of the scale
	object        *fyne.Container
}

func newCharts(p *Page) *charts {
	c := &charts{page: p}
	amount := func(v int64) string { return money.New(v, c.currency).FormatRound(i18n.CurrentLocale()) }
	c.ageing, c.month = kit.NewChart(chartHeight, amount), kit.NewChart(chartHeight, amount)
	c.object = container.New(&sideBySide{}, kit.NewCard(i18n.T("Unpaid invoices by days late"), c.ageing), kit.NewCard(i18n.T("Money in by month"), c.month))
	return c
}

func (c *charts) show(st app.Standing, s app.CurrencyStanding) {
	c.currency = s.Currency
	l := i18n.CurrentLocale()
	var bars []kit.ChartBar
	for age, sum := range s.Ages {
		age := app.Age(age)
		label, under := ageShort(age)
		bars = append(bars, kit.ChartBar{
			Label: label, Under: under, Value: sum.Balance.Minor, Tone: ageTone(age),
			Tip:  i18n.T("%s: %s, %s", ageWords(age), sum.Balance.Format(l), invoiceCount(sum.N)),
			Open: func() { c.page.d.Go.InvoicesBy(unpaid(age, st, string(s.Currency))) },
		})
	}
	if sum := s.Collections; sum.N > 0 {
		bars = append(bars, kit.ChartBar{
			Label: billing.Collections.Name(), Value: sum.Balance.Minor, Tone: theme.Muted,
			Tip: i18n.T("%s: %s, %s", billing.Collections.Name(), sum.Balance.Format(l), invoiceCount(sum.N)),
			Open: func() {
				c.page.d.Go.InvoicesBy(data.InvoiceFilter{Statuses: []data.InvoiceStatus{billing.Collections}, Currency: string(s.Currency)})
			},
		})
	}
	c.ageing.Set(bars...)
	bars = nil
	for _, m := range s.Months {
		bars = append(bars, kit.ChartBar{
			Label: monthShort(m.Month.Month()), Value: m.In.Minor, Tone: theme.Good, Tip: monthTip(m),
			Open: func() { c.page.d.Go.TransactionsBy(monthOf(m, s)) },
		})
	}
	c.month.Set(bars...)
}

// monthTip says what a month brought. What went out is named where there is any.
func monthTip(m app.MonthSum) string {
	l := i18n.CurrentLocale()
	month := i18n.T("%s %s", monthShort(m.Month.Month()), strconv.Itoa(m.Month.Year()))
	if m.Fees.IsZero() && m.Out.IsZero() {
		return i18n.T("%s: %s in", month, m.In.Format(l))
	}
	return i18n.T("%s: %s in, %s fees, %s out, %s net", month, m.In.Format(l), m.Fees.Format(l), m.Out.Format(l), m.Net.Format(l))
}

func ageTone(a app.Age) theme.Tone {
	switch a {
	case app.AgeLater, app.AgeSoon:
		return theme.Info
	case app.AgeMonth, app.AgeTwo:
		return theme.Waiting
	}
	return theme.Danger
}

// ageShort is an age in the two lines below its column, ageWords in a sentence. Each column says of itself whether it is late or not yet due.
func ageShort(a app.Age) (label, under string) {
	switch a {
	case app.AgeLater:
		return i18n.T("Due"), i18n.T("later")
	case app.AgeSoon:
		return i18n.T("Due in"), i18n.T("7 days")
	}
	return map[app.Age]string{app.AgeMonth: "1–30", app.AgeTwo: "31–60", app.AgeThree: "61–90", app.AgeOldest: "> 90"}[a], i18n.T("late")
}

func ageWords(a app.Age) string {
	return [...]string{
		i18n.T("Due later"), i18n.T("Due in the next 7 days"), i18n.T("1 to 30 days overdue"), i18n.T("31 to 60 days overdue"), i18n.T("61 to 90 days overdue"),
		i18n.T("More than 90 days overdue"),
	}[a]
}

func monthShort(m time.Month) string {
	return [...]string{
		i18n.T("Jan"), i18n.T("Feb"), i18n.T("Mar"), i18n.T("Apr"), i18n.T("May"), i18n.T("Jun"),
		i18n.T("Jul"), i18n.T("Aug"), i18n.T("Sep"), i18n.T("Oct"), i18n.T("Nov"), i18n.T("Dec"),
	}[m-1]
}
