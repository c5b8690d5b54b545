package app_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/daily"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

// serve gives a client an active service.
func serve(t testing.TB, o *apptest.Office, client int64, pence int64, cycle billing.Cycle, due date.Date, change func(*app.ServiceDetails)) int64 {
	t.Helper()
	d := app.ServiceDetails{
		Description: "Website care", Quantity: billing.One, Amount: money.New(pence, "GBP"), Cycle: cycle, NextDue: due, Status: data.ServiceActive,
	}
	if change != nil {
		change(&d)
	}
	id, err := o.Services.Add(ctx, client, d, "")
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// runDaily does what is due, and fails the test where it cannot.
func runDaily(t testing.TB, o *apptest.Office) app.DailyDone {
	t.Helper()
	_, done, err := o.Daily.Today(ctx, date.Date{}, app.DailyByHand, app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	if done.Run.State != data.RunDone {
		t.Fatalf("the run is %q: %s", done.Run.State, done.Run.Words)
	}
	return done
}

// report reads the lines of the newest run as words: "done invoice 12.00 GBP".
func report(t testing.TB, o *apptest.Office) []string {
	t.Helper()
	runs, err := o.Daily.Runs(ctx, 0, 1)
	if err != nil || len(runs) == 0 {
		t.Fatal(runs, err)
	}
	lines, _, err := o.Daily.Report(ctx, runs[0].ID, 0, false, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, l := range lines {
		w := l.Outcome + " " + l.Kind
		if m, ok := app.LineAmount(l.DailyLine); ok {
			w += " " + m.String()
		}
		if l.Outcome != "done" {
			w += ": " + app.LineWhy(l.DailyLine)
		}
		words = append(words, w)
	}
	return words
}

// invoicesOf reads all invoices of a client, oldest first.
func invoicesOf(t testing.TB, o *apptest.Office, client int64) (all []app.Invoicing) {
	t.Helper()
	rows, _, err := o.Invoices.Page(ctx, data.InvoiceQuery{Filter: data.InvoiceFilter{ClientID: client}}, nil, false, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		i, err := o.Invoices.Get(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, i)
	}
	return all
}

func today(o *apptest.Office) date.Date { return date.Today(o.Clock.Now()) }

// DA-1, DA-2, CR-5: services that are due are invoiced, once, with set-up fee, discount, tax and credit, and keep their day.
func TestDailyInvoices(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		if err := o.Products.SaveTaxRule(ctx, data.TaxRule{Name: "VAT", Country: "GB", Rate: int64(money.PercentOf(20))}); err != nil {
			t.Fatal(err)
		}
		group, err := o.Groups.Save(ctx, data.Group{Name: "Friends", Colour: "#000000", DiscountBP: 1000})
		if err != nil {
			t.Fatal(err)
		}
		client := o.Add(t, "a@example.com", func(n *app.NewClient) { n.GroupID = group })
		if _, err := o.Credit.Add(ctx, client, app.NewCredit{Description: "Sorry", Amount: money.New(5000, "GBP")}); err != nil {
			t.Fatal(err)
		}
		due := date.MustNew(2026, 10, 31)
		service := serve(t, o, client, 10_000, billing.Monthly, due, func(d *app.ServiceDetails) { d.Taxed, d.SetupFee = true, money.New(2_000, "GBP") })
		serve(t, o, client, 1_000, billing.OneTime, date.MustNew(2026, 11, 30), nil)
		serve(t, o, client, 1_000, billing.Monthly, date.MustNew(2026, 12, 5), nil) // not yet
		serve(t, o, client, 1_000, billing.Monthly, date.MustNew(2026, 12, 1), func(d *app.ServiceDetails) { d.Status = data.ServiceSuspended })
		closed := o.Add(t, "closed@example.com", func(n *app.NewClient) { n.Status = data.Closed })
		serve(t, o, closed, 700, billing.Annually, date.MustNew(2026, 12, 1), nil) // status does not stop invoicing

		plan, err := o.Daily.Plan(ctx, date.Date{})
		if err != nil {
			t.Fatal(err)
		}
		var planned []string
		for _, l := range plan.Lines {
			planned = append(planned, fmt.Sprintf("%s %s %s %s", l.Kind, l.Due, l.Amount, l.Why()))
		}
		want := []string{
			"invoice 2026-10-31 129.60 GBP Missed: it was due 20 days ago", "invoice 2026-11-30 117.00 GBP Due in 10 days", "invoice 2026-12-01 7.00 GBP Due in 11 days",
		}
		if !slices.Equal(planned, want) {
			t.Errorf("planned\n%s", strings.Join(planned, "\n"))
		}
		if n := len(invoicesOf(t, o, client)); n != 0 {
			t.Fatalf("the plan made %d invoices", n)
		}
		runDaily(t, o)
		all := invoicesOf(t, o, client)
		if len(all) != 2 {
			t.Fatalf("%d invoices", len(all))
		}
		first, second := all[0], all[1]
		if first.Total != 12_960 || first.Credit != 5_000 || first.Tax != 2_160 || first.Status != billing.Unpaid || len(first.Lines) != 2 || first.Due != today(o) {
			t.Errorf("the missed one: %+v, %d lines", first.Invoice, len(first.Lines))
		}
		if l := first.Lines[0]; l.Discount != int64(money.PercentOf(10)) || l.PeriodFrom != due || l.PeriodTo != date.MustNew(2026, 11, 29) || !strings.HasPrefix(l.Description, "Website care (") {
			t.Errorf("its line: %+v", l)
		}
		if second.Total != 11_700 || second.Credit != 0 || len(second.Lines) != 2 || second.Due != date.MustNew(2026, 11, 30) {
			t.Errorf("the second: %+v", second.Invoice)
		}
		if *first.Number != "1" || *second.Number != "2" || len(invoicesOf(t, o, closed)) != 1 {
			t.Errorf("numbers %s, %s", *first.Number, *second.Number)
		}
		v, err := o.Services.Get(ctx, service)
		if err != nil || v.NextDue != date.MustNew(2026, 12, 31) {
			t.Errorf("the service goes on at %s, %v", v.NextDue, err)
		}
		if c := o.Get(t, client); c.Credit != 0 || c.Owed != 12_960-5_000+11_700 {
			t.Errorf("credit %d, owed %d", c.Credit, c.Owed)
		}
		if done := runDaily(t, o); done.Run.Done+done.Run.Skipped != 0 {
			t.Errorf("the second run did %d and skipped %d", done.Run.Done, done.Run.Skipped)
		}
		// Somebody sets the service back: the period is not billed again, and the service goes on.
		d := app.ServiceDetailsOf(v)
		d.NextDue = date.MustNew(2026, 11, 30)
		if err := o.Services.Update(ctx, service, v.Version, d); err != nil {
			t.Fatal(err)
		}
		runDaily(t, o)
		if got := report(t, o); !slices.Equal(got, []string{"done already invoiced"}) {
			t.Errorf("after it was set back: %q", got)
		}
		if v, err = o.Services.Get(ctx, service); err != nil || v.NextDue != date.MustNew(2026, 12, 30) {
			t.Errorf("the service goes on at %s, %v", v.NextDue, err)
		}
		o.Sound(t)
	})
}

// DA-3, DA-4, DA-5: fees and notices with those who are spared, what is unticked, and what happens on the next day.
func TestDailyFeesAndNotices(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		o.Change(t, func(s *app.Settings) {
			s.LateFeeRate, s.LateFeeAmounts, s.OverdueDays = money.PercentOf(10), "15.00 GBP", [3]int{1, 7, 14}
		})
		start := o.Clock.Now()
		client := func(email string, pence int64, change func(*app.NewClient)) int64 {
			id := o.Add(t, email, change)
			serve(t, o, id, pence, billing.Annually, today(o).AddDays(14), nil)
			return id
		}
		usual := client("usual@example.com", 10_000, nil)
		dear := client("dear@example.com", 100_000, nil)
		spared := client("spared@example.com", 10_000, func(n *app.NewClient) { n.NoLateFees, n.NoOverdueEmails = true, true })
		runDaily(t, o)

		o.Clock.Set(start.AddDate(0, 0, 9))
		runDaily(t, o)
		if got := report(t, o); !slices.Equal(got, []string{"done reminder 100.00 GBP", "done reminder 1000.00 GBP", "done reminder 100.00 GBP"}) {
			t.Errorf("reminders: %q", got)
		}
		o.Clock.Set(start.AddDate(0, 0, 14))
		if done := runDaily(t, o); done.Run.Done+done.Run.Skipped != 0 {
			t.Errorf("due today: %q", report(t, o))
		}
		o.Clock.Set(start.AddDate(0, 0, 14+8)) // the first notice was missed, and the fee is due
		plan, err := o.Daily.Plan(ctx, date.Date{})
		if err != nil {
			t.Fatal(err)
		}
		unticked := map[daily.Key]bool{}
		for _, l := range plan.Lines {
			if l.Client == dear && l.Kind == daily.ChargeFee {
				unticked[l.Key] = true
			}
		}
		if len(unticked) != 1 {
			t.Fatalf("%d lines to untick", len(unticked))
		}
		if _, err := o.Daily.Run(ctx, app.DailyDo{Plan: plan, Unticked: unticked, Cause: app.DailyByHand}, app.Quiet{}); err != nil {
			t.Fatal(err)
		}
		got := report(t, o)
		slices.Sort(got)
		if !slices.Equal(got, []string{
			"done late fee 15.00 GBP", "done overdue notice 1000.00 GBP", "done overdue notice 115.00 GBP",
			"skipped late fee: Don't Apply Late Fees is set: one invoice is spared", "skipped overdue notice: Don't Send Overdue Emails is set: nothing about one invoice",
			"unticked late fee: Overdue by 8 days",
		}) {
			t.Errorf("8 days late:\n%s", strings.Join(got, "\n"))
		}
		runDaily(t, o)
		got = report(t, o)
		slices.Sort(got)
		if !slices.Equal(got, []string{
			"done late fee 100.00 GBP",
			"skipped late fee: Don't Apply Late Fees is set: one invoice is spared", "skipped overdue notice: Don't Send Overdue Emails is set: nothing about one invoice",
		}) {
			t.Errorf("the run after it: %q", got)
		}
		for id, total := range map[int64]int64{usual: 11_500, dear: 110_000, spared: 10_000} {
			if all := invoicesOf(t, o, id); len(all) != 1 || all[0].Total != total || all[0].Balance() != total {
				t.Errorf("client %d: %+v", id, all)
			}
		}
		o.Sound(t)
	})
}

// CL-14: a client whose services ended while the setting was off becomes Inactive.
func TestDailyStatuses(t *testing.T) {
	o := apptest.Open(t)
	client := o.Add(t, "a@example.com", nil)
	never := o.Add(t, "b@example.com", nil)
	serve(t, o, client, 100, billing.Monthly, today(o).AddDays(200), func(d *app.ServiceDetails) { d.Status = data.ServiceCancelled })
	o.Change(t, func(s *app.Settings) { s.AutoStatus = true })
	runDaily(t, o)
	if a, b := o.Get(t, client).Status, o.Get(t, never).Status; a != data.Inactive || b != data.Active {
		t.Errorf("%s and %s", a, b)
	}
	o.Sound(t)
}

// SU-2: the invoices of one client, and of nobody else. They are told of before they are made, and mailed where that is wanted.
func TestGenerateDueInvoices(t *testing.T) {
	o := apptest.Open(t)
	a, b := o.Add(t, "a@example.com", nil), o.Add(t, "b@example.com", nil)
	serve(t, o, a, 100, billing.Monthly, today(o).AddDays(-31), nil)
	serve(t, o, b, 100, billing.Monthly, today(o), nil)
	if _, err := o.Credit.Add(ctx, a, app.NewCredit{Description: "Goodwill", Amount: pounds(30)}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		due  int
		mail bool
	}{{2, false}, {0, false}} {
		d, err := o.Daily.Due(ctx, a)
		if err != nil || len(d.Lines) != c.due || d.Total != pounds(int64(100*c.due)) || !d.Send {
			t.Fatalf("%d due, %s together, mailed: %v, %v", len(d.Lines), d.Total, d.Send, err)
		}
		if c.due > 0 && (d.Credit != pounds(30) || len(invoicesOf(t, o, a)) != 0) {
			t.Errorf("%s of credit would be used, and %d invoices were made by asking", d.Credit, len(invoicesOf(t, o, a)))
		}
		if made, err := o.Daily.MakeDue(ctx, a, d, c.mail); made.Invoices != c.due || made.Why != nil || err != nil {
			t.Errorf("%+v, %v", made, err)
		}
	}
	if got := len(mailKindsOf(t, o, a)); got != 0 {
		t.Errorf("%d mails that nobody wanted", got)
	}
	if len(invoicesOf(t, o, a)) != 2 || len(invoicesOf(t, o, b)) != 0 {
		t.Error("the wrong client was invoiced")
	}
	d, err := o.Daily.Due(ctx, b)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{1, 0} { // the second press finds that nothing is due any more
		if made, err := o.Daily.MakeDue(ctx, b, d, true); made.Invoices != want || err != nil {
			t.Errorf("%+v, %v", made, err)
		}
	}
	if got := len(mailKindsOf(t, o, b)); got != 1 {
		t.Errorf("%d mails", got)
	}
	if runs, err := o.Daily.Runs(ctx, 0, 9); len(runs) != 0 || err != nil {
		t.Errorf("%d runs, %v", len(runs), err)
	}
	o.Sound(t)
}

// A client whom a rule keeps from being invoiced is told of, and the others are invoiced.
func TestDailyGoesOnAfterAFailure(t *testing.T) {
	o := apptest.Open(t)
	bad, good := o.Add(t, "bad@example.com", nil), o.Add(t, "good@example.com", nil)
	for range 2 {
		serve(t, o, bad, 1<<62, billing.Monthly, today(o), nil)
	}
	serve(t, o, good, 100, billing.Monthly, today(o), nil)
	runDaily(t, o)
	got := report(t, o)
	if len(got) != 2 || !strings.HasPrefix(got[0], "failed invoice: ") || got[1] != "done invoice 1.00 GBP" {
		t.Errorf("%q", got)
	}
	if len(invoicesOf(t, o, bad)) != 0 || len(invoicesOf(t, o, good)) != 1 {
		t.Error("the wrong client was invoiced")
	}
	o.Sound(t)
}

// dailyStopper is a Progress that stops the run once some clients are done.
type dailyStopper struct {
	app.Quiet
	stop func()
}

func (s dailyStopper) Add(int64) { s.stop() }

// DA-5, DA-2: a run that is stopped leaves whole clients, and the next one does the rest; two at once do not happen.
func TestDailyStopsAndTakesTurns(t *testing.T) {
	o := apptest.Open(t)
	const clients = 600
	many(t, o, clients)
	ctx, stop := context.WithCancel(context.Background())
	plan, err := o.Daily.Plan(ctx, date.Date{})
	if err != nil || plan.ToDo() != clients {
		t.Fatal(plan.ToDo(), err)
	}
	done, err := o.Daily.Run(ctx, app.DailyDo{Plan: plan, Cause: app.DailyByHand}, dailyStopper{stop: stop})
	if err != nil || !done.Stopped || done.Run.State != data.RunStopped || done.Run.Done == 0 || done.Run.Done >= clients {
		t.Fatalf("%+v, %v", done, err)
	}
	o.Sound(t)
	release, ok, err := o.Store.Lease(t.Context(), "daily")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if _, _, err := o.Colleague(t).Daily.Today(t.Context(), date.Date{}, app.DailyByHand, app.Quiet{}); !errors.Is(err, app.ErrRunElsewhere) {
		t.Errorf("beside another run: %v", err)
	}
	release()
	rest := runDaily(t, o)
	if rest.Run.Done+done.Run.Done != clients {
		t.Errorf("%d and %d of %d", done.Run.Done, rest.Run.Done, clients)
	}
	o.Sound(t)
}

// many adds clients with a service that is due, in one go.
func many(t testing.TB, o *apptest.Office, n int) {
	t.Helper()
	err := o.Store.LongWrite(context.Background(), func(tx *data.Tx) error {
		cs := make([]data.Client, n)
		for i := range cs {
			cs[i] = data.Client{
				FirstName: "First", LastName: fmt.Sprint("Last", i), Email: fmt.Sprintf("m%d@example.com", i), EmailKey: fmt.Sprintf("m%d@example.com", i), Country: "GB", Currency: "GBP",
				Language: "en", Status: data.Active, MailGeneral: true, MailInvoice: true, Created: today(o),
			}
		}
		if err := tx.InsertClients(cs); err != nil {
			return err
		}
		for i := range cs {
			v := data.Service{
				ClientID: cs[i].ID, Description: "Website care", Quantity: int64(billing.One), Currency: "GBP", Amount: int64(1000 + i), Cycle: string(billing.Monthly),
				NextDue: today(o), AnchorDay: int64(today(o).Day()), Status: data.ServiceActive, Started: today(o),
			}
			if err := tx.AddService(&v); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// DA-1: the run starts by itself at the first start of a day and at its time, once, and not after a very long absence.
func TestDailySchedule(t *testing.T) {
	o := apptest.Open(t)
	began := 0
	watch := func(start bool) bool {
		before := began
		o.Daily.Look(t.Context(), start, func(cause app.DailyCause) {
			began++
			if _, _, err := o.Daily.Today(t.Context(), date.Date{}, cause, app.Quiet{}); err != nil {
				t.Error(err)
			}
		})
		return began > before
	}
	o.Change(t, func(s *app.Settings) { s.SetUp, s.BusinessName = true, "Northwind Studio" })
	at := func(day, hour int) { o.Clock.Set(time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC)) }
	at(20, 7)
	for i, c := range []struct {
		day, hour int
		start     bool
		want      bool
	}{
		{20, 7, false, false},
		{20, 7, true, true},
		{20, 8, true, false},
		{20, 10, false, false},
		{21, 8, false, false},
		{21, 9, false, true},
		{21, 23, true, false},
		{19, 10, true, false}, // the clock was set back
		{22, 1, true, true},
	} {
		at(c.day, c.hour)
		if got := watch(c.start); got != c.want {
			t.Errorf("%d: started %v", i, got)
		}
	}
	o.Clock.Set(time.Date(2027, 6, 1, 9, 0, 0, 0, time.UTC))
	if watch(true) {
		t.Error("it started by itself after half a year")
	}
	if st, err := o.Daily.State(t.Context()); err != nil || st.Today || st.Waiting == "" {
		t.Errorf("%+v, %v", st, err)
	}
	runDaily(t, o)
	if st, err := o.Daily.State(t.Context()); err != nil || !st.Today || st.Waiting != "" {
		t.Errorf("%+v, %v", st, err)
	}
	o.Change(t, func(s *app.Settings) { s.DailyAtStart, s.DailyTime = false, "" })
	o.Clock.Advance(48 * time.Hour)
	if watch(true) {
		t.Error("it started although it is switched off")
	}
}

// DA-1: a run that would mail clients does not start by itself before somebody ran one by hand that did. One that mails nobody needs no look.
func TestFirstMailsOfTheDailyRun(t *testing.T) {
	o := apptest.Open(t)
	o.Change(t, func(s *app.Settings) { s.SetUp, s.BusinessName, s.SendInvoices = true, "Northwind Studio", false })
	look := func() (began bool) {
		t.Helper()
		o.Clock.Advance(24 * time.Hour)
		o.Daily.Look(t.Context(), true, func(cause app.DailyCause) {
			began = true
			if _, _, err := o.Daily.Today(t.Context(), date.Date{}, cause, app.Quiet{}); err != nil {
				t.Error(err)
			}
		})
		return began
	}
	state := func() app.DailyState {
		t.Helper()
		st, err := o.Daily.State(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return st
	}
	if !look() || state().Waiting != "" {
		t.Fatalf("with nothing to mail it waits: %+v", state())
	}
	id := o.Add(t, "ada@example.com", nil)
	serve(t, o, id, 100, billing.Monthly, today(o).AddDays(1), nil)
	for range 2 { // each day anew
		if look() || !strings.Contains(state().Waiting, "would send one mail") || !state().Next.Day.IsZero() || len(invoicesOf(t, o, id)) != 0 {
			t.Fatalf("it mailed a client before anybody looked: %+v", state())
		}
	}
	plan, err := o.Daily.Plan(ctx, date.Date{})
	if err != nil {
		t.Fatal(err)
	}
	unticked := map[daily.Key]bool{}
	for _, l := range plan.Lines {
		unticked[l.Key] = true
	}
	for _, c := range []struct {
		unticked map[daily.Key]bool
		alone    bool
	}{{unticked, false}, {nil, true}} {
		done, err := o.Daily.Run(ctx, app.DailyDo{Plan: plan, Unticked: c.unticked, Cause: app.DailyByHand}, app.Quiet{})
		set, err2 := o.Settings.Get(ctx)
		if err != nil || err2 != nil || done.Alone != c.alone || set.DailyMailsAlone != c.alone || state().Waiting != "" {
			t.Errorf("with %d unticked: %+v, %v, %v, %v", len(c.unticked), done, set.DailyMailsAlone, err, err2)
		}
	}
	o.Clock.Advance(20 * 24 * time.Hour)
	if !look() || len(mailKindsOf(t, o, id)) < 2 {
		t.Errorf("it waits though somebody looked: %+v, %d mails", state(), len(mailKindsOf(t, o, id)))
	}
}
