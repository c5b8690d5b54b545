package app

import (
	"strconv"
	"strings"

	"clientele/app/billing"
	"clientele/app/daily"
	"clientele/app/i18n"
	"clientele/app/money"
)

// DailySettings are what the office chose for its daily run.
type DailySettings struct {
	DailyAtStart bool   // at the first start of a day
	DailyTime    string // at this time while the program is open, such as 09:00; empty is not
	// DailyMailsAlone says that a run that starts by itself may mail clients. It becomes true once somebody ran one by hand that did.
	DailyMailsAlone bool
	InvoiceAhead    int  // days before a service is due that it is invoiced
	InvoiceMails    bool // clients are told of invoices that the run makes
	ReminderDays    int  // days before an invoice is due; 0 is off
	// OverdueDays are the days after the due date of the first, second and third notice; 0 is off.
	OverdueDays [3]int
	LateFeeKind billing.FeeKind
	LateFeeRate money.Rate
	// LateFeeAmounts are the fixed fees, or the least that a percentage comes to, one for each currency: "5.00 EUR; 6.00 USD".
	LateFeeAmounts string
	LateFeeDays    int // after the due date
	CardNotices    bool
	DailyBackup    bool
}

// dailyDefaults are those of a new office. No late fee is charged until somebody says how much.
func dailyDefaults() DailySettings {
	return DailySettings{
		DailyAtStart: true, DailyTime: "09:00", InvoiceAhead: 14, InvoiceMails: true, ReminderDays: 5, OverdueDays: [3]int{1, 0, 0},
		LateFeeKind: billing.PercentageFee, LateFeeDays: 5, CardNotices: true, DailyBackup: true,
	}
}

// plainLocale is how settings are written on the command line, whatever the language.
var plainLocale = i18n.LocaleFor("en-US")

// dailySettings are the rows of DailySettings.
var dailySettings = []setting{
	flag("daily_at_start", func(s *Settings) *bool { return &s.DailyAtStart }),
	text("daily_time", func(s *Settings) *string { return &s.DailyTime }, func(v string) string {
		if _, _, ok := timeOfDay(v); v != "" && !ok {
			return i18n.T("This is a time of the day such as 09:00, or nothing.")
		}
		return ""
	}),
	flag("daily_mails_alone", func(s *Settings) *bool { return &s.DailyMailsAlone }),
	days("invoice_ahead_days", func(s *Settings) *int { return &s.InvoiceAhead }),
	flag("invoice_mails", func(s *Settings) *bool { return &s.InvoiceMails }),
	days("reminder_days", func(s *Settings) *int { return &s.ReminderDays }),
	days("overdue_first_days", func(s *Settings) *int { return &s.OverdueDays[0] }),
	days("overdue_second_days", func(s *Settings) *int { return &s.OverdueDays[1] }),
	days("overdue_third_days", func(s *Settings) *int { return &s.OverdueDays[2] }),
	{
		key: "late_fee_kind",
		set: func(s *Settings, v string) error { s.LateFeeKind = billing.FeeKind(v); return nil },
		get: func(s Settings) string { return string(s.LateFeeKind) },
		check: func(v string) string {
			if v != string(billing.PercentageFee) && v != string(billing.FixedFee) {
				return i18n.T("Choose percentage or fixed.")
			}
			return ""
		},
	},
	{
		key: "late_fee_rate",
		set: func(s *Settings, v string) (err error) {
			s.LateFeeRate, err = money.ParseRate(v, plainLocale)
			return err
		},
		get: func(s Settings) string { return s.LateFeeRate.String() },
		check: func(v string) string {
			if r, err := money.ParseRate(v, plainLocale); err != nil || r < 0 || r > money.PercentOf(100) {
				return i18n.T("This is a percentage from 0 to 100.")
			}
			return ""
		},
	},
	{
		key: "late_fee_amounts",
		set: func(s *Settings, v string) error { s.LateFeeAmounts = v; return nil },
		get: func(s Settings) string { return s.LateFeeAmounts },
		check: func(v string) string {
			_, words := feeAmounts(v)
			return words
		},
	},
	days("late_fee_days", func(s *Settings) *int { return &s.LateFeeDays }),
	flag("card_notices", func(s *Settings) *bool { return &s.CardNotices }),
	flag("daily_backup", func(s *Settings) *bool { return &s.DailyBackup }),
}

// mostDays is the longest time that can be set in days.
const mostDays = 365

// days is a setting of a number of days.
func days(key string, field func(*Settings) *int) setting {
	return setting{
		key: key,
		set: func(s *Settings, v string) (err error) { *field(s), err = strconv.Atoi(v); return err },
		get: func(s Settings) string { return strconv.Itoa(*field(&s)) },
		check: func(v string) string {
			if n, err := strconv.Atoi(v); err != nil || n < 0 || n > mostDays {
				return i18n.T("This is a number of days from 0 to %d.", mostDays)
			}
			return ""
		},
	}
}

// timeOfDay reads a time such as 09:00.
func timeOfDay(s string) (hour, minute int, ok bool) {
	h, m, cut := strings.Cut(s, ":")
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	ok = cut && err1 == nil && err2 == nil && len(m) == 2 && hour >= 0 && hour < 24 && minute >= 0 && minute < 60
	return hour, minute, ok
}

// feeAmounts reads amounts of several currencies, or says what is wrong with them.
func feeAmounts(s string) (amounts map[money.Currency]money.Money, words string) {
	amounts = map[money.Currency]money.Money{}
	for _, part := range strings.Split(s, ";") {
		fields := strings.Fields(part)
		if len(fields) == 0 {
			continue
		}
		if len(fields) != 2 {
			return nil, i18n.T("Write amounts like 5.00 EUR; 6.00 USD.")
		}
		c, err := money.ParseCurrency(fields[1])
		if err != nil {
			return nil, err.Error()
		}
		m, err := money.ParsePlain(fields[0], c)
		if err != nil {
			return nil, err.Error()
		}
		if m.Sign() < 0 {
			return nil, i18n.T("An amount cannot be below zero.")
		}
		if _, twice := amounts[c]; twice {
			return nil, i18n.T("There are two amounts in %s.", string(c))
		}
		amounts[c] = m
	}
	return amounts, ""
}

// check says what is wrong with the days of the notices together: they follow each other.
func (s DailySettings) check(wrong *Problems) {
	before := 0
	for i, days := range s.OverdueDays {
		if days == 0 {
			continue
		}
		if days <= before {
			wrong.add([]string{"overdue_first_days", "overdue_second_days", "overdue_third_days"}[i], i18n.T("This notice comes after the one before: enter more than %d days, or 0 for none.", before))
		}
		before = days
	}
}

// rules are what the plan of a day goes by.
func (s Settings) rules() daily.Rules {
	amounts, _ := feeAmounts(s.LateFeeAmounts)
	return daily.Rules{
		Ahead: s.InvoiceAhead, ReminderDays: s.ReminderDays, OverdueDays: s.OverdueDays, CardNotices: s.CardNotices, FollowServices: s.AutoStatus,
		Fee: daily.Fee{Kind: s.LateFeeKind, Rate: s.LateFeeRate, Amounts: amounts, Days: s.LateFeeDays},
	}
}
