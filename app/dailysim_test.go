package app_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

// How large the simulation is: clients and years; the long one has 1,000 and 5.
const (
	simClientsVariable = "CLIENTELE_DAILY_SIM_CLIENTS"
	simYearsVariable   = "CLIENTELE_DAILY_SIM_YEARS"
)

func fromEnvironment(name string, usual int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return usual
}

// simulated is what the test itself knows of an office, worked out in its own simple way.
type simulated struct {
	*testing.T
	o        *apptest.Office
	random   *rand.Rand
	services []simService
	spared   map[int64]bool    // clients without fees and overdue mails
	levels   map[int64]int     // the highest notice of an invoice
	notices  map[int64]*[4]int // how many mails of each level a client is to have
	fees     map[int64]int64
	reached  date.Date // the furthest day that was invoiced
}

type simService struct {
	id, client    int64
	amount, setup int64
	months        int
	first         date.Date
}

const (
	simAhead    = 14
	simReminder = 5
	simFeeDays  = 5
)

var simOverdue = [3]int{1, 7, 14}

// dues are the days on which a service is due up to a day: its day of the month, or the last one of a shorter month.
func (s simService) dues(until date.Date) (all []date.Date) {
	for n := 0; ; n++ {
		month := time.Date(s.first.Year(), s.first.Month()+time.Month(n*s.months), 1, 0, 0, 0, 0, time.UTC)
		last := month.AddDate(0, 1, -1).Day()
		due := date.MustNew(month.Year(), month.Month(), min(s.first.Day(), last))
		if due.After(until) {
			return all
		}
		if all = append(all, due); s.months == 0 {
			return all
		}
	}
}

// DA-1 to DA-4, CR-9: years of daily runs, some twice a day, some after weeks of absence, with a clock that is set back and forth and a computer that travels. Each
// period has one invoice, each level of each invoice one mail, each late invoice one fee, and all sums are those that the test works out itself.
func TestDailyYears(t *testing.T) {
	clients, years := fromEnvironment(simClientsVariable, 25), fromEnvironment(simYearsVariable, 1)
	if apptest.RaceDetector {
		clients = min(clients, 8)
	}
	seed := uint64(20261129)
	s := &simulated{
		T: t, o: apptest.Open(t), random: rand.New(rand.NewPCG(seed, 1)), spared: map[int64]bool{}, levels: map[int64]int{}, notices: map[int64]*[4]int{}, fees: map[int64]int64{},
	}
	s.o.Change(t, func(set *app.Settings) {
		set.InvoiceAhead, set.ReminderDays, set.OverdueDays, set.DailyBackup = simAhead, simReminder, simOverdue, false
		set.LateFeeRate, set.LateFeeAmounts, set.LateFeeDays = money.PercentOf(10), "2.50 GBP", simFeeDays
	})
	s.populate(clients)
	zones := []*time.Location{time.UTC, time.FixedZone("west", -11*3600), time.FixedZone("east", 14*3600)}
	now, end := s.o.Clock.Now(), s.o.Clock.Now().AddDate(years, 0, 0)
	for now.Before(end) {
		switch roll := s.random.IntN(20); {
		case roll == 0:
			now = now.AddDate(0, 0, 10+s.random.IntN(40)) // nobody was there
		case roll == 1:
			s.o.Clock.Set(now.AddDate(0, 0, -3)) // the clock is wrong for a moment
			s.day()
		case roll < 5: // twice a day
		case roll < 8:
			now = now.AddDate(0, 0, 4)
		default:
			now = now.AddDate(0, 0, 1)
		}
		s.o.Clock.Set(now.In(zones[s.random.IntN(len(zones))]))
		s.day()
		s.pay()
		if t.Failed() {
			t.Fatalf("on %s", now)
		}
	}
	s.compare()
	s.o.Sound(t)
}

// populate adds clients with services of all cycles, on the days of a month that are difficult.
func (s *simulated) populate(clients int) {
	cycles := billing.Cycles()
	for i := range clients {
		spared := i%7 == 3
		id := s.o.Add(s.T, fmt.Sprintf("sim%d@example.com", i), func(n *app.NewClient) {
			n.NoLateFees, n.NoOverdueEmails, n.SeparateInvoices = spared, spared, i%5 == 1
			n.Status = []data.Status{data.Active, data.Inactive, data.Closed}[i%3] // status does not stop invoicing
		})
		s.spared[id], s.notices[id] = spared, &[4]int{}
		for n := range 1 + i%3 {
			v := simService{client: id, amount: int64(1000 + 37*i + n), setup: int64(i%2) * 500, months: cycles[(i+n)%len(cycles)].Months()}
			v.first = date.MustNew(2026, 10, []int{1, 15, 28, 29, 30, 31}[s.random.IntN(6)]).AddMonths(s.random.IntN(3), 0)
			v.id = serve(s.T, s.o, id, v.amount, cycles[(i+n)%len(cycles)], v.first, func(d *app.ServiceDetails) { d.SetupFee = money.New(v.setup, "GBP") })
			s.services = append(s.services, v)
		}
	}
}

// day predicts what a run does with the invoices that are unpaid, has it run, and compares.
func (s *simulated) day() {
	today := today(s.o)
	var unpaid []data.Pressed
	read := func(f func(*data.Tx) error) {
		if err := s.o.Store.Read(ctx, f); err != nil {
			s.Fatal(err)
		}
	}
	read(func(tx *data.Tx) (err error) {
		unpaid, err = tx.UnpaidBy(date.MustNew(2100, 1, 1), nil)
		return err
	})
	runDaily(s.T, s.o)
	if until := today.AddDays(simAhead); until.After(s.reached) {
		s.reached = until
	}
	for _, p := range unpaid {
		late := today.DaysSince(p.Due)
		level, was := -1, int(p.Level)
		switch {
		case late > 0 && !s.spared[p.ClientID]:
			for i, days := range simOverdue {
				if late >= days {
					level = i + 1
				}
			}
		case late <= 0 && late >= -simReminder && p.Issued.DaysSince(p.Due) < -simReminder:
			level = 0
		}
		if known, ok := s.levels[p.ID]; ok && known != was || !ok && was != -1 {
			s.Errorf("invoice %d is at level %d, not %d", p.ID, was, known)
		}
		if level > was {
			s.levels[p.ID] = level
			s.notices[p.ClientID][level]++
		}
		if late >= simFeeDays && !s.spared[p.ClientID] && s.fees[p.ID] == 0 {
			s.fees[p.ID] = max(250, (p.Balance()+5)/10) // half away from zero
		}
		read(func(tx *data.Tx) error {
			i, err := tx.Invoice(p.ID)
			if fee := i.Total - p.Total; err == nil && (!p.Fee && fee != s.fees[p.ID] || p.Fee && fee != 0) {
				s.Errorf("invoice %d, %d days late, had %d put on it, and not %d", p.ID, late, fee, s.fees[p.ID])
			}
			return err
		})
	}
}

// pay has some clients pay some of what they owe.
func (s *simulated) pay() {
	var unpaid []data.Pressed
	err := s.o.Store.Read(ctx, func(tx *data.Tx) (err error) {
		unpaid, err = tx.UnpaidBy(date.MustNew(2100, 1, 1), nil)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	for _, p := range unpaid {
		if s.random.IntN(12) != 0 {
			continue
		}
		amount := p.Balance()
		if s.random.IntN(3) == 0 {
			amount = amount/2 + 1
		} else if s.random.IntN(5) == 0 {
			amount += 700 // which becomes credit, and pays the next one
		}
		_, err := s.o.Transactions.Record(ctx, p.ClientID, app.NewPayment{Amount: money.New(amount, "GBP"), Fees: money.New(0, "GBP"), Method: app.PaymentMethods[1], Invoices: []int64{p.ID}})
		if err != nil {
			s.Fatal(err)
		}
	}
}

// compare holds all invoices against the periods that there should be.
func (s *simulated) compare() {
	type period struct {
		service int64
		kind    data.LineKind
		from    date.Date
	}
	want := map[period]int64{}
	for _, v := range s.services {
		for i, due := range v.dues(s.reached) {
			want[period{v.id, data.LineService, due}] = v.amount
			if i == 0 && v.setup > 0 {
				want[period{v.id, data.LineSetup, due}] = v.setup
			}
		}
	}
	var total, billed, fees int64
	var numbers []int
	for _, amount := range want {
		total += amount
	}
	got := map[period]int{}
	err := s.o.Store.LongSnapshot(ctx, func(tx *data.Tx) error {
		return tx.EachInvoice(data.InvoiceFilter{}, func(rows []data.InvoiceRow) error {
			for _, r := range rows {
				i, err := tx.WholeInvoice(r.ID)
				if err != nil {
					return err
				}
				billed += i.Total
				n, err := strconv.Atoi(*i.Number)
				if err != nil {
					return err
				}
				numbers = append(numbers, n)
				for _, l := range i.Lines {
					if l.Kind == data.LineLateFee {
						fees += l.Gross
						continue
					}
					k := period{*l.ServiceID, l.Kind, l.PeriodFrom}
					if got[k]++; got[k] > 1 || want[k] != l.Gross {
						s.Errorf("%v is invoiced %d times, at %d and not %d", k, got[k], l.Gross, want[k])
					}
				}
			}
			return nil
		})
	})
	if err != nil {
		s.Fatal(err)
	}
	var charged int64
	for _, fee := range s.fees {
		charged += fee
	}
	if len(got) != len(want) || billed != total+charged || fees != charged {
		s.Errorf("%d periods of %d, %d billed of %d, %d of fees and not %d", len(got), len(want), billed, total+charged, fees, charged)
	}
	slices.Sort(numbers)
	for i, n := range numbers {
		if n != i+1 {
			s.Fatalf("invoice number %d is missing", i+1)
		}
	}
	s.mails()
	s.Logf("%d periods on %d invoices, %d late fees, %d invoices reminded of", len(got), len(numbers), len(s.fees), len(s.levels))
}

// mails counts the mails of each client by what they are about: as many reminders and notices as levels were reached.
func (s *simulated) mails() {
	for id := range s.spared {
		ms, err := s.o.Mails.List(ctx, app.MailFilter{ClientID: id}, 0, 100_000)
		if err != nil {
			s.Fatal(err)
		}
		kinds := map[string]int{}
		for _, m := range ms {
			kinds[m.Kind]++
		}
		made := kinds["invoice_created"] + kinds["invoice_payment_confirmation"]
		if n := len(invoicesOf(s.T, s.o, id)); made != n {
			s.Errorf("client %d has %d invoices and %d mails about new ones", id, n, made)
		}
		if got := [4]int{kinds["invoice_reminder"], kinds["invoice_overdue_first"], kinds["invoice_overdue_second"], kinds["invoice_overdue_third"]}; got != *s.notices[id] {
			s.Errorf("client %d got %v reminders and notices of each level, and not %v", id, got, *s.notices[id])
		}
		if s.spared[id] && kinds["invoice_overdue_first"]+kinds["invoice_overdue_second"]+kinds["invoice_overdue_third"] > 0 {
			s.Errorf("client %d got overdue mails: %v", id, kinds)
		}
	}
}
