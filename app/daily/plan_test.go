package daily_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"clientele/app/billing"
	"clientele/app/daily"
	"clientele/app/date"
	"clientele/app/money"
)

func day(s string) date.Date {
	d, err := date.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func euro(minor int64) money.Money { return money.New(minor, "EUR") }

// usual are rules with all on.
func usual() daily.Rules {
	return daily.Rules{
		Ahead: 14, ReminderDays: 5, OverdueDays: [3]int{1, 7, 14}, CardNotices: true, FollowServices: true,
		Fee: daily.Fee{Kind: billing.PercentageFee, Rate: money.PercentOf(10), Amounts: map[money.Currency]money.Money{"EUR": euro(500)}, Days: 5},
	}
}

// told is a plan in short: "invoice 2026-12-01 s1", "skip late fee: no fees wanted 2".
func told(items []daily.Item) string {
	var lines []string
	for _, i := range items {
		var b strings.Builder
		if i.Skip {
			b.WriteString("skip ")
		}
		b.WriteString(string(i.Kind))
		if i.Ref != 0 && i.Kind != daily.MakeInvoice {
			fmt.Fprintf(&b, " of %d", i.Ref)
		}
		if i.Kind == daily.SendOverdue && !i.Skip {
			fmt.Fprintf(&b, " level %d", i.Level)
		}
		for n, bill := range i.Billing {
			if n == 0 {
				fmt.Fprintf(&b, " %s", i.Due)
			}
			fmt.Fprintf(&b, " s%d", bill.Service)
			if bill.Setup {
				b.WriteString("+setup")
			}
		}
		fmt.Fprintf(&b, ": %s %d", i.Reason, i.Days)
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "\n")
}

func lines(all ...string) string { return strings.Join(all, "\n") }

// DA-1, DA-2: what is invoiced on a day.
func TestInvoices(t *testing.T) {
	monthly := func(id int64, due string) daily.Service {
		return daily.Service{ID: id, Currency: "EUR", Cycle: billing.Monthly, Due: day(due), Anchor: day(due).Day()}
	}
	for _, c := range []struct {
		name   string
		client daily.Client
		today  string
		want   string
	}{
		{"nothing due", daily.Client{Services: []daily.Service{monthly(1, "2026-12-05")}}, "2026-11-20", ""},
		{"the last day ahead", daily.Client{Services: []daily.Service{monthly(1, "2026-12-04")}}, "2026-11-20", "invoice 2026-12-04 s1: due soon 14"},
		{"due today", daily.Client{Services: []daily.Service{monthly(1, "2026-11-20")}}, "2026-11-20", "invoice 2026-11-20 s1: due soon 0"},
		{
			"one invoice for a day",
			daily.Client{Services: []daily.Service{monthly(1, "2026-12-01"), monthly(2, "2026-12-01"), monthly(3, "2026-12-02")}},
			"2026-11-20", lines("invoice 2026-12-01 s1 s2: due soon 11", "invoice 2026-12-02 s3: due soon 12"),
		},
		{
			"separate invoices",
			daily.Client{Separate: true, Services: []daily.Service{monthly(1, "2026-12-01"), monthly(2, "2026-12-01")}},
			"2026-11-20", lines("invoice 2026-12-01 s1: due soon 11", "invoice 2026-12-01 s2: due soon 11"),
		},
		{
			"each missed period",
			daily.Client{Services: []daily.Service{monthly(1, "2026-09-30")}},
			"2026-11-20", lines("invoice 2026-09-30 s1: missed 51", "invoice 2026-10-30 s1: missed 21", "invoice 2026-11-30 s1: due soon 10"),
		},
		{
			"missed periods of several",
			daily.Client{Services: []daily.Service{monthly(1, "2026-10-15"), monthly(2, "2026-11-15")}},
			"2026-11-20", lines("invoice 2026-10-15 s1: missed 36", "invoice 2026-11-15 s1 s2: missed 5"),
		},
		{
			"the anchor day",
			daily.Client{Services: []daily.Service{{ID: 1, Currency: "EUR", Cycle: billing.Monthly, Due: day("2028-01-31"), Anchor: 31}}},
			"2028-04-20", lines("invoice 2028-01-31 s1: missed 80", "invoice 2028-02-29 s1: missed 51", "invoice 2028-03-31 s1: missed 20", "invoice 2028-04-30 s1: due soon 10"),
		},
		{
			"one time",
			daily.Client{Services: []daily.Service{{ID: 1, Currency: "EUR", Cycle: billing.OneTime, Due: day("2026-11-25"), Anchor: 25}}},
			"2026-11-20", "invoice 2026-11-25 s1: due soon 5",
		},
		{
			"set-up fee once",
			daily.Client{Services: []daily.Service{{ID: 1, Currency: "EUR", Cycle: billing.Monthly, Due: day("2026-10-25"), Anchor: 25, Setup: true}}},
			"2026-11-20", lines("invoice 2026-10-25 s1+setup: missed 26", "invoice 2026-11-25 s1: due soon 5"),
		},
		{
			"a period that was invoiced",
			daily.Client{Services: []daily.Service{
				{ID: 1, Currency: "EUR", Cycle: billing.Monthly, Due: day("2026-10-25"), Anchor: 25, Billed: []date.Date{day("2026-10-25")}},
			}},
			"2026-11-20", lines("already invoiced of 1 2026-10-25 s1: invoiced before 26", "invoice 2026-11-25 s1: due soon 5"),
		},
		{
			"another currency",
			daily.Client{Services: []daily.Service{{ID: 1, Currency: "USD", Cycle: billing.Monthly, Due: day("2026-11-25"), Anchor: 25}, monthly(2, "2026-11-25")}},
			"2026-11-20", lines("invoice 2026-11-25 s2: due soon 5", "skip invoice: other currency 5"),
		},
	} {
		c.client.ID, c.client.Currency = 7, "EUR"
		if got := told(usual().Plan(&c.client, day(c.today))); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// DA-3: who gets a late fee, and when.
func TestFees(t *testing.T) {
	unpaid := func(due string, balance int64) daily.Invoice {
		return daily.Invoice{ID: 3, Status: billing.Unpaid, Issued: day(due).AddDays(-14), Due: day(due), Balance: euro(balance), Level: daily.Third}
	}
	with := func(i daily.Invoice, change func(*daily.Invoice)) daily.Invoice { change(&i); return i }
	for _, c := range []struct {
		name    string
		invoice daily.Invoice
		noFees  bool
		rules   func(*daily.Rules)
		want    string
	}{
		{"not late enough", unpaid("2026-11-16", 10000), false, nil, ""},
		{"on the day", unpaid("2026-11-15", 10000), false, nil, "late fee of 3: late 5"},
		{"months after", unpaid("2026-01-15", 10000), false, nil, "late fee of 3: late 309"},
		{"once", with(unpaid("2026-11-01", 10000), func(i *daily.Invoice) { i.HasFee = true }), false, nil, ""},
		{"nothing owed", unpaid("2026-11-01", 0), false, nil, ""},
		{"paid", with(unpaid("2026-11-01", 100), func(i *daily.Invoice) { i.Status = billing.Paid }), false, nil, ""},
		{"in collections", with(unpaid("2026-11-01", 100), func(i *daily.Invoice) { i.Status = billing.Collections }), false, nil, ""},
		{"spared", unpaid("2026-11-01", 100), true, nil, "skip late fee: no fees wanted 1"},
		{"no percentage", unpaid("2026-11-01", 100), false, func(r *daily.Rules) { r.Fee.Rate = 0 }, ""},
		{"fixed", unpaid("2026-11-01", 100), false, func(r *daily.Rules) { r.Fee.Kind = billing.FixedFee }, "late fee of 3: late 19"},
		{"fixed at nothing", unpaid("2026-11-01", 100), false, func(r *daily.Rules) { r.Fee.Kind, r.Fee.Amounts = billing.FixedFee, nil }, ""},
		{
			"fixed in another currency", unpaid("2026-11-01", 100), false,
			func(r *daily.Rules) {
				r.Fee.Kind, r.Fee.Amounts = billing.FixedFee, map[money.Currency]money.Money{"USD": money.New(100, "USD")}
			}, "skip late fee of 3: no fee in currency 19",
		},
		{"rounded to nothing", unpaid("2026-11-01", 4), false, func(r *daily.Rules) { r.Fee.Amounts = nil }, ""},
		{"due today", unpaid("2026-11-20", 100), false, func(r *daily.Rules) { r.Fee.Days = 0 }, ""},
		{"at once", unpaid("2026-11-19", 100), false, func(r *daily.Rules) { r.Fee.Days = 0 }, "late fee of 3: late 1"},
	} {
		rules := usual()
		if c.rules != nil {
			c.rules(&rules)
		}
		client := daily.Client{ID: 7, Currency: "EUR", NoFees: c.noFees, Invoices: []daily.Invoice{c.invoice}}
		if got := told(rules.Plan(&client, day("2026-11-20"))); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// DA-4, DA-2: one reminder before, three notices after, each once, and after an absence the highest alone.
func TestNotices(t *testing.T) {
	for _, c := range []struct {
		name      string
		due       string
		issued    string
		level     int
		balance   int64
		status    billing.InvoiceStatus
		noOverdue bool
		want      string
	}{
		{"before the reminder", "2026-11-26", "2026-11-10", -1, 100, billing.Unpaid, false, ""},
		{"the reminder", "2026-11-25", "2026-11-10", -1, 100, billing.Unpaid, false, "reminder of 3: due in 5"},
		{"the reminder is sent once", "2026-11-25", "2026-11-10", 0, 100, billing.Unpaid, false, ""},
		{"the reminder on the due date", "2026-11-20", "2026-11-10", -1, 100, billing.Unpaid, false, "reminder of 3: due in 0"},
		{"made within the days of the reminder", "2026-11-25", "2026-11-20", -1, 100, billing.Unpaid, false, ""},
		{"the reminder to those without overdue mails", "2026-11-25", "2026-11-10", -1, 100, billing.Unpaid, true, "reminder of 3: due in 5"},
		{"due today is not overdue", "2026-11-20", "2026-11-10", 0, 100, billing.Unpaid, false, ""},
		{"first", "2026-11-19", "2026-11-10", 0, 100, billing.Unpaid, false, "overdue notice of 3 level 1: overdue 1"},
		{"first once", "2026-11-19", "2026-11-10", 1, 100, billing.Unpaid, false, ""},
		{"between", "2026-11-14", "2026-11-01", 1, 100, billing.Unpaid, false, ""},
		{"second", "2026-11-13", "2026-11-01", 1, 100, billing.Unpaid, false, "overdue notice of 3 level 2: overdue 7"},
		{"after an absence the highest", "2026-11-01", "2026-10-01", -1, 100, billing.Unpaid, false, "overdue notice of 3 level 3: overdue 19"},
		{"and then none lower", "2026-11-01", "2026-10-01", 3, 100, billing.Unpaid, false, ""},
		{"nothing owed", "2026-11-01", "2026-10-01", -1, 0, billing.Unpaid, false, ""},
		{"in collections", "2026-11-01", "2026-10-01", -1, 100, billing.Collections, false, ""},
		{"a draft", "2026-11-01", "2026-10-01", -1, 100, billing.Draft, false, ""},
		{"spared", "2026-11-01", "2026-10-01", -1, 100, billing.Unpaid, true, "skip overdue notice: no overdue mails wanted 1"},
	} {
		rules := usual()
		rules.Fee = daily.Fee{Kind: billing.PercentageFee}
		client := daily.Client{ID: 7, Currency: "EUR", NoOverdue: c.noOverdue, Invoices: []daily.Invoice{
			{ID: 3, Status: c.status, Issued: day(c.issued), Due: day(c.due), Balance: euro(c.balance), Level: c.level},
		}}
		if got := told(rules.Plan(&client, day("2026-11-20"))); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	off := daily.Rules{Fee: daily.Fee{Kind: billing.FixedFee}}
	client := daily.Client{ID: 7, Currency: "EUR", Invoices: []daily.Invoice{
		{ID: 3, Status: billing.Unpaid, Issued: day("2026-10-01"), Due: day("2026-11-01"), Balance: euro(100), Level: -1},
		{ID: 4, Status: billing.Unpaid, Issued: day("2026-10-01"), Due: day("2026-11-21"), Balance: euro(100), Level: -1},
	}}
	if got := told(off.Plan(&client, day("2026-11-20"))); got != "" {
		t.Errorf("with all off: %q", got)
	}
}

// DA-6, CL-14: cards and statuses.
func TestCardsAndStatuses(t *testing.T) {
	for _, c := range []struct {
		today string
		card  daily.Card
		want  string
	}{
		{"2026-11-30", daily.Card{Year: 2026, Month: 12}, "card notice: card expires 0"},
		{"2026-12-01", daily.Card{Year: 2026, Month: 12}, ""},
		{"2026-10-31", daily.Card{Year: 2026, Month: 12}, ""},
		{"2026-12-15", daily.Card{Year: 2027, Month: 1}, "card notice: card expires 0"},
		{"2026-12-15", daily.Card{Year: 2027, Month: 1, Told: true}, ""},
	} {
		client := daily.Client{ID: 7, Currency: "EUR", Card: &c.card}
		if got := told(usual().Plan(&client, day(c.today))); got != c.want {
			t.Errorf("%s, %+v: %q, want %q", c.today, c.card, got, c.want)
		}
	}
	for _, c := range []struct {
		status daily.Standing
		want   string
	}{
		{daily.Standing{Active: true, ServicesTotal: 2}, "status: no services 0"},
		{daily.Standing{Active: true}, ""}, // never had any
		{daily.Standing{Active: true, ServicesTotal: 2, Keep: true}, ""},
		{daily.Standing{Inactive: true, ServicesTotal: 2, ServicesActive: 1}, "status: has services 0"},
		{daily.Standing{ServicesTotal: 2, ServicesActive: 1}, ""}, // Closed stays closed
	} {
		client := daily.Client{ID: 7, Currency: "EUR", Status: c.status}
		if got := told(usual().Plan(&client, day("2026-11-20"))); got != c.want {
			t.Errorf("%+v: %q, want %q", c.status, got, c.want)
		}
	}
}

// Each reason has words, and each item of a plan a key of its own.
func TestWordsAndKeys(t *testing.T) {
	for _, r := range []daily.Reason{
		daily.DueSoon, daily.Missed, daily.Late, daily.DueIn, daily.Overdue, daily.CardExpires, daily.NoServices, daily.HasServices, daily.InvoicedBefore, daily.OtherCurrency,
		daily.NoFeesWanted, daily.NoOverdueWanted, daily.NoFeeInCurrency, daily.FeeFails, daily.Unticked, daily.Stopped,
	} {
		for _, n := range []int{0, 1, 2} {
			if words := r.Words(n); words == "" || words == string(r) || strings.Contains(words, "%!") {
				t.Errorf("%q, %d: %q", r, n, words)
			}
		}
	}
	client := daily.Client{ID: 7, Currency: "EUR", Separate: true, Services: []daily.Service{
		{ID: 1, Currency: "EUR", Cycle: billing.Monthly, Due: day("2026-08-20"), Anchor: 20}, {ID: 2, Currency: "EUR", Cycle: billing.Monthly, Due: day("2026-08-20"), Anchor: 20},
	}, Invoices: []daily.Invoice{
		{ID: 3, Status: billing.Unpaid, Due: day("2026-11-01"), Balance: euro(100), Level: -1}, {ID: 4, Status: billing.Unpaid, Due: day("2026-11-01"), Balance: euro(100), Level: -1},
	}}
	var keys []daily.Key
	for _, i := range usual().Plan(&client, day("2026-11-20")) {
		if slices.Contains(keys, i.Key) {
			t.Errorf("two items with the key %+v", i.Key)
		}
		keys = append(keys, i.Key)
	}
	if len(keys) != 12 {
		t.Errorf("%d items", len(keys))
	}
}
