package settings

import (
	"strconv"
	"strings"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/views/kit"
)

// dailySection is what the daily run does, and when (DA-1 to DA-6).
type dailySection struct{ sheet }

func newDaily(p *Page) section {
	s := &dailySection{}
	check := func(label string) kit.Input { return kit.NewChecks(kit.Choice{Key: ticked, Label: label}) }
	form := kit.NewForm(
		kit.Group{Title: i18n.T("When"), Fields: []kit.Field{
			{Key: "daily_at_start", Label: i18n.T("By itself"), Input: check(i18n.T("At the first start of a day"))},
			{Key: "daily_time", Label: i18n.T("Time"), Help: i18n.T("While the program is open, such as 09:00. Empty is never."), Input: kit.NewText(5)},
			{
				Key: "daily_mails_alone", Label: i18n.T("Mail"), Help: i18n.T("Off until somebody ran one by hand that mails clients. Until then such a run waits."),
				Input: check(i18n.T("It mails clients without being looked at")),
			},
			{Key: "daily_backup", Label: i18n.T("Backup"), Input: check(i18n.T("Back the data up first"))},
		}},
		kit.Group{Title: i18n.T("Invoices"), Fields: []kit.Field{
			{Key: "invoice_ahead_days", Label: i18n.T("Days ahead"), Help: i18n.T("How long before a service is due it is invoiced."), Input: kit.NewText(4)},
			{Key: "invoice_mails", Label: i18n.T("Mail"), Input: check(i18n.T("Send each new invoice to its client"))},
		}},
		kit.Group{Title: i18n.T("Reminders"), Fields: []kit.Field{
			{Key: "reminder_days", Label: i18n.T("Payment reminder"), Help: i18n.T("Days before an invoice is due. 0 is none."), Input: kit.NewText(4)},
			{Key: "overdue_first_days", Label: i18n.T("First overdue notice"), Help: i18n.T("Days after the due date. 0 is none."), Input: kit.NewText(4)},
			{Key: "overdue_second_days", Label: i18n.T("Second overdue notice"), Help: i18n.T("Days after the due date. 0 is none."), Input: kit.NewText(4)},
			{Key: "overdue_third_days", Label: i18n.T("Third overdue notice"), Help: i18n.T("Days after the due date. 0 is none."), Input: kit.NewText(4)},
			{Key: "card_notices", Label: i18n.T("Cards"), Input: check(i18n.T("Tell clients in the month before their card expires"))},
		}},
		kit.Group{Title: i18n.T("Late fees"), Fields: []kit.Field{
			{Key: "late_fee_kind", Label: i18n.T("Late fee"), Input: kit.NewSelect(
				kit.Choice{Key: string(billing.PercentageFee), Label: i18n.T("A percentage of what is owed")}, kit.Choice{Key: string(billing.FixedFee), Label: i18n.T("A fixed amount")})},
			{Key: "late_fee_rate", Label: i18n.T("Percentage"), Help: i18n.T("0 charges no late fees."), Input: kit.NewText(10)},
			{
				Key: "late_fee_amounts", Label: i18n.T("Amount"), Help: i18n.T("The fixed amount, or the least that a percentage comes to: 5.00 EUR; 6.00 USD. One for each currency."),
				Input: kit.NewText(500),
			},
			{Key: "late_fee_days", Label: i18n.T("Days after the due date"), Input: kit.NewText(4)},
		}},
	)
	s.fill, s.merge = dailyValues, mergeDaily
	s.build(p.desk, i18n.T("Daily Run"), form, nil, nil)
	return s
}

func dailyValues(s app.Settings) map[string]string {
	return map[string]string{
		"daily_at_start": tick(s.DailyAtStart), "daily_time": s.DailyTime, "daily_mails_alone": tick(s.DailyMailsAlone), "daily_backup": tick(s.DailyBackup),
		"invoice_ahead_days": strconv.Itoa(s.InvoiceAhead), "invoice_mails": tick(s.InvoiceMails), "reminder_days": strconv.Itoa(s.ReminderDays),
		"overdue_first_days": strconv.Itoa(s.OverdueDays[0]), "overdue_second_days": strconv.Itoa(s.OverdueDays[1]), "overdue_third_days": strconv.Itoa(s.OverdueDays[2]),
		"card_notices": tick(s.CardNotices), "late_fee_kind": string(s.LateFeeKind), "late_fee_rate": s.LateFeeRate.Format(i18n.CurrentLocale()),
		"late_fee_amounts": s.LateFeeAmounts, "late_fee_days": strconv.Itoa(s.LateFeeDays),
	}
}

func mergeDaily(s app.Settings, v map[string]string) app.Settings {
	s.DailyAtStart, s.DailyTime, s.DailyBackup = v["daily_at_start"] == ticked, strings.TrimSpace(v["daily_time"]), v["daily_backup"] == ticked
	s.DailyMailsAlone = v["daily_mails_alone"] == ticked
	s.InvoiceMails, s.CardNotices = v["invoice_mails"] == ticked, v["card_notices"] == ticked
	for key, field := range map[string]*int{
		"invoice_ahead_days": &s.InvoiceAhead, "reminder_days": &s.ReminderDays, "overdue_first_days": &s.OverdueDays[0], "overdue_second_days": &s.OverdueDays[1],
		"overdue_third_days": &s.OverdueDays[2], "late_fee_days": &s.LateFeeDays,
	} {
		n, err := strconv.Atoi(strings.TrimSpace(v[key]))
		if err != nil {
			n = -1 // no number of days: the rules say so in words
		}
		*field = n
	}
	s.LateFeeKind, s.LateFeeAmounts = billing.FeeKind(v["late_fee_kind"]), strings.TrimSpace(v["late_fee_amounts"])
	var err error
	if s.LateFeeRate, err = money.ParseRate(v["late_fee_rate"], i18n.CurrentLocale()); err != nil {
		s.LateFeeRate = -1 // no percentage: the rules say so in words
	}
	return s
}
