package app

import (
	"context"
	"maps"
	"slices"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

// Home reads how the office stands: who owes what, what came in, what is due next, and what waits for somebody (AP-3).
type Home struct {
	core
	settings *SettingsService
	backups  *Backups
	daily    *Daily
}

// Age is how long an unpaid invoice has been due.
type Age int

// The ages, from those that have most time left to those that are latest. AgeSoon is due within SoonDays from today, today included.
const (
	AgeLater  Age = iota // due after that
	AgeSoon              // due today or in the next days
	AgeMonth             // overdue by 1 to 30 days
	AgeTwo               // overdue by 31 to 60 days
	AgeThree             // overdue by 61 to 90 days
	AgeOldest            // overdue by more
	ageCount
)

// SoonDays is how many days after today an invoice is due soon, and HomeMonths how many months the income is shown of, the present one included.
const (
	SoonDays   = 7
	HomeMonths = 12
)

// ageDays are the days on which the spans of the ages begin, for a given today, but for the first of them, which has no beginning.
func ageDays(today date.Date) []date.Date {
	return []date.Date{today.AddDays(-90), today.AddDays(-60), today.AddDays(-30), today, today.AddDays(SoonDays + 1)}
}

// Due is the first and the last day on which invoices of this age are due; no date is an open end.
func (a Age) Due(today date.Date) (from, to date.Date) {
	days := ageDays(today)
	at := int(AgeOldest - a) // spans are counted from the oldest
	if at > 0 {
		from = days[at-1]
	}
	if at < len(days) {
		to = days[at].AddDays(-1)
	}
	return from, to
}

// Late tells whether invoices of this age are overdue.
func (a Age) Late() bool { return a >= AgeMonth }

// Standing is how the office stands, all of one moment.
type Standing struct {
	Today      date.Date
	Currencies []CurrencyStanding // the office's own first, the others by name; that one is there though nothing is in it
	DueSoon    []data.InvoiceRow  // the unpaid invoices that are due within SoonDays, soonest first, at most HomeDueSoon
	DueCount   int64              // how many there are of those
	Mails      map[data.MailState]int64
	MailReady  bool // a mail server is set up
	Clients    bool // there is any client
	Daily      DailyState
	Backup     BackupState
	NoBackups  error // why they cannot be read; nil where they can
}

// HomeDueSoon is how many invoices that are due soon are named.
const HomeDueSoon = 6

// CurrencyStanding is how the office stands in one currency.
type CurrencyStanding struct {
	Currency    money.Currency
	Ages        [ageCount]InvoiceSum // unpaid invoices; Total and Balance are both what is owed on them
	Collections InvoiceSum
	Drafts      InvoiceSum
	Months      []MonthSum // HomeMonths of them, oldest first, those in which nothing moved too
}

// MonthSum is what came in and went out in a month.
type MonthSum struct {
	Month date.Date // its first day
	TransactionSum
}

// Owed is what all unpaid invoices come to, and those in collections.
func (c CurrencyStanding) Owed() InvoiceSum {
	return c.sum(func(Age) bool { return true }, c.Collections)
}

// Overdue is what the unpaid invoices past their due date come to.
func (c CurrencyStanding) Overdue() InvoiceSum { return c.sum(Age.Late, InvoiceSum{}) }

func (c CurrencyStanding) sum(of func(Age) bool, with InvoiceSum) InvoiceSum {
	s := InvoiceSum{N: with.N, Balance: money.New(with.Balance.Minor, c.Currency)}
	for age, sum := range c.Ages {
		if of(Age(age)) {
			s.N += sum.N
			s.Balance.Minor += sum.Balance.Minor
		}
	}
	s.Total = s.Balance
	return s
}

// ThisMonth is the last of Months.
func (c CurrencyStanding) ThisMonth() MonthSum { return c.Months[len(c.Months)-1] }

// Stands reads how the office stands. It reads sums that are kept ready and the few invoices that it names, however much there is.
func (s *Home) Stands(ctx context.Context) (st Standing, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return st, err
	}
	st.Today = date.Today(s.now())
	st.Backup, st.NoBackups = s.backups.State(ctx) // its folder may be gone: all else is shown then
	st.MailReady = set.MailReady()
	if st.Daily, err = s.daily.stateBy(ctx, set); err != nil {
		return st, err
	}
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		if st.Currencies, err = currencies(tx, money.Currency(set.Currency), st.Today); err != nil {
			return err
		}
		soon := data.InvoiceFilter{Statuses: []data.InvoiceStatus{billing.Unpaid}, DueFrom: st.Today, DueTo: st.Today.AddDays(SoonDays)}
		if st.DueCount, _, err = tx.CountInvoices(soon); err != nil {
			return err
		}
		if st.DueSoon, _, err = tx.Invoices(data.InvoiceQuery{Filter: soon, Sort: data.InvoicesByDue}, nil, false, HomeDueSoon); err != nil {
			return err
		}
		if st.Mails, err = tx.MailCounts(); err != nil {
			return err
		}
		n, _, err := tx.CountClients(data.ClientFilter{})
		st.Clients = n > 0
		return err
	})
	return st, err
}

// currencies reads what the sums say in each currency.
func currencies(tx *data.Tx, own money.Currency, today date.Date) ([]CurrencyStanding, error) {
	month := today.StartOfMonth()
	first := month.AddMonths(1-HomeMonths, 1)
	all := map[money.Currency]*CurrencyStanding{}
	in := func(name string) *CurrencyStanding {
		c := money.Currency(name)
		if all[c] == nil {
			all[c] = emptyStanding(c, first)
		}
		return all[c]
	}
	in(string(own))
	dues, err := tx.DueSums(ageDays(today)...)
	if err != nil {
		return nil, err
	}
	for _, d := range dues {
		c := in(d.Currency)
		balance := money.New(d.Balance, c.Currency)
		c.Ages[AgeOldest-Age(d.Span)] = InvoiceSum{N: d.N, Total: balance, Balance: balance}
	}
	counts, err := tx.InvoiceCounts()
	if err != nil {
		return nil, err
	}
	for _, n := range counts {
		c := in(n.Currency)
		sum := InvoiceSum{N: n.N, Total: money.New(n.Total, c.Currency), Balance: money.New(n.Balance, c.Currency)}
		switch n.Status {
		case billing.Collections:
			c.Collections = sum
		case billing.Draft:
			c.Drafts = sum
		}
	}
	flows, err := tx.MonthFlows(first, month)
	if err != nil {
		return nil, err
	}
	for _, f := range flows {
		months := in(f.Currency).Months
		i := slices.IndexFunc(months, func(m MonthSum) bool { return m.Month == f.Month })
		if months[i].TransactionSum, err = flowSum(f.Flow); err != nil {
			return nil, err
		}
	}
	list := []CurrencyStanding{*all[own]}
	delete(all, own)
	for _, c := range slices.Sorted(maps.Keys(all)) {
		list = append(list, *all[c])
	}
	return list, nil
}

// emptyStanding is one in which nothing is.
func emptyStanding(c money.Currency, first date.Date) *CurrencyStanding {
	none := InvoiceSum{Total: money.New(0, c), Balance: money.New(0, c)}
	s := &CurrencyStanding{Currency: c, Collections: none, Drafts: none}
	for i := range s.Ages {
		s.Ages[i] = none
	}
	for i := range HomeMonths {
		zero := money.New(0, c)
		s.Months = append(s.Months, MonthSum{Month: first.AddMonths(i, 1), TransactionSum: TransactionSum{In: zero, Fees: zero, Out: zero, Net: zero}})
	}
	return s
}
