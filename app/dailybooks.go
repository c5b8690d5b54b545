package app

import (
	"slices"
	"strings"

	"clientele/app/billing"
	"clientele/app/daily"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// dailyBooks are what a plan reads once for all clients: the rules, the taxes, the groups.
type dailyBooks struct {
	set    Settings
	rules  daily.Rules
	today  date.Date
	taxes  []billing.TaxRule
	groups map[int64]data.Group
	rates  map[[2]string][]billing.TaxRate // by country and state
}

func booksOf(tx *data.Tx, set Settings, today date.Date) (*dailyBooks, error) {
	stored, err := tx.TaxRules()
	if err != nil {
		return nil, err
	}
	groups, err := tx.Groups()
	if err != nil {
		return nil, err
	}
	b := &dailyBooks{set: set, rules: set.rules(), today: today, taxes: taxRules(stored), groups: map[int64]data.Group{}, rates: map[[2]string][]billing.TaxRate{}}
	for _, g := range groups {
		b.groups[g.ID] = g
	}
	return b, nil
}

// taxing is how a client's invoices are worked out, as taxingOf says it.
func (b *dailyBooks) taxing(c money.Currency, group int64, exempt bool, country, state string) Taxing {
	place := [2]string{country, state}
	rates, ok := b.rates[place]
	if !ok {
		rates = billing.RatesFor(b.taxes, country, state)
		b.rates[place] = rates
	}
	return Taxing{
		Currency: c, Tax: billing.Tax{Mode: b.set.TaxMode, Rates: rates, Exempt: exempt},
		Discount: money.Rate(b.groups[group].DiscountBP * 100), // a hundredth of a percent is a hundred ten-thousandths
	}
}

// until is the last day whose services are invoiced now.
func (b *dailyBooks) until() date.Date { return b.today.AddDays(b.rules.Ahead) }

// pressing is the last due date of invoices that a reminder or a fee may be about now.
func (b *dailyBooks) pressing() date.Date { return b.today.AddDays(b.rules.ReminderDays) }

// dailyFacts are what is due of some clients, each part by client.
type dailyFacts struct {
	services []data.Service
	planned  []data.PlannedService // instead of services, where there may be very many
	room     []data.Service        // of the client of planned who was taken last
	unpaid   []data.Pressed
	billed   map[int64][]date.Date
	first    map[int64]int64 // the set-up fees of the services that were never invoiced
}

// factsOf reads what is due of some clients.
func (b *dailyBooks) factsOf(tx *data.Tx, clients []int64) (f dailyFacts, err error) {
	if f.services, err = tx.DueServices(b.until(), clients); err != nil {
		return f, err
	}
	setup := slices.ContainsFunc(f.services, func(s data.Service) bool { return s.SetupFee != 0 })
	return f, b.others(tx, &f, clients, setup)
}

// factsToPlan reads as much of what is due of some clients, or of all where there are none, as a plan needs.
func (b *dailyBooks) factsToPlan(tx *data.Tx, clients []int64) (f dailyFacts, err error) {
	if f.planned, err = tx.ServicesToPlan(b.until(), clients); err != nil {
		return f, err
	}
	setup := slices.ContainsFunc(f.planned, func(s data.PlannedService) bool { return s.HasSetup })
	return f, b.others(tx, &f, clients, setup)
}

// others reads the facts beside the services. setup says that some of these have a set-up fee.
func (b *dailyBooks) others(tx *data.Tx, f *dailyFacts, clients []int64, setup bool) error {
	periods, err := tx.BilledAhead(b.until(), clients)
	if err != nil {
		return err
	}
	f.billed = make(map[int64][]date.Date, len(periods))
	for _, p := range periods {
		f.billed[p.ServiceID] = append(f.billed[p.ServiceID], p.From)
	}
	if setup {
		if f.first, err = tx.FirstTime(b.until(), clients); err != nil {
			return err
		}
	}
	f.unpaid, err = tx.UnpaidBy(b.pressing(), clients)
	return err
}

// take takes the part of one client off the front. Clients come in the order of their numbers.
func (f *dailyFacts) take(client int64) (services []data.Service, unpaid []data.Pressed) {
	services, f.services = cutRun(f.services, client, func(s *data.Service) int64 { return s.ClientID })
	planned, rest := cutRun(f.planned, client, func(s *data.PlannedService) int64 { return s.ClientID })
	if f.planned = rest; len(planned) > 0 {
		f.room = f.room[:0] // until the next client is taken
		for i := range planned {
			s := planned[i].Service()
			s.SetupFee = f.first[s.ID]
			f.room = append(f.room, s)
		}
		services = f.room
	}
	unpaid, f.unpaid = cutRun(f.unpaid, client, func(p *data.Pressed) int64 { return p.ClientID })
	return services, unpaid
}

// cutRun cuts off the rows of a client, and those of clients before it, which nobody asked for.
func cutRun[T any](rows []T, client int64, of func(*T) int64) (run, rest []T) {
	from := 0
	for from < len(rows) && of(&rows[from]) < client {
		from++
	}
	to := from
	for to < len(rows) && of(&rows[to]) == client {
		to++
	}
	return rows[from:to], rows[to:]
}

// known fills in what the rules ask of a client.
func (f *dailyFacts) known(c *daily.Client, services []data.Service, unpaid []data.Pressed) {
	for i := range services {
		s := &services[i]
		_, setup := f.first[s.ID]
		c.Services = append(c.Services, daily.Service{
			ID: s.ID, Currency: money.Currency(s.Currency), Cycle: billing.Cycle(s.Cycle), Due: s.NextDue, Anchor: int(s.AnchorDay), Setup: setup, Billed: f.billed[s.ID],
		})
	}
	for _, p := range unpaid {
		c.Invoices = append(c.Invoices, daily.Invoice{
			ID: p.ID, Status: p.Status, Issued: p.Issued, Due: p.Due, Balance: money.New(p.Balance(), money.Currency(p.Currency)), Level: int(p.Level), HasFee: p.Fee,
		})
	}
}

// lines are what an invoice of the run asks for. named says that the lines say for which days, which costs more than the plan needs.
func (t Taxing) lines(services []data.Service, bills []daily.Billing, named bool) []InvoiceLine {
	lines := make([]InvoiceLine, 0, len(bills))
	for _, bill := range bills {
		at := slices.IndexFunc(services, func(s data.Service) bool { return s.ID == bill.Service })
		s := &services[at]
		line := InvoiceLine{Kind: data.LineService, ServiceID: s.ID, Period: bill.Period, Line: billing.Line{
			Description: s.Description, Quantity: billing.Quantity(s.Quantity), UnitPrice: money.New(s.Amount, t.Currency), Discount: t.Discount, Taxed: s.Taxed,
		}}
		setup := line
		if named {
			line.Description = withPeriod(s.Description, bill.Period)
		}
		lines = append(lines, line)
		if bill.Setup {
			setup.Kind, setup.UnitPrice = data.LineSetup, money.New(s.SetupFee, t.Currency)
			if named {
				setup.Description = shortened(i18n.T("Set-up fee: %s", s.Description))
			}
			lines = append(lines, setup)
		}
	}
	return lines
}

// withPeriod says for which days a service is billed.
func withPeriod(description string, p billing.Period) string {
	if p.From == p.To {
		return description
	}
	l := i18n.CurrentLocale()
	days := " (" + p.From.Format(l) + " – " + p.To.Format(l) + ")"
	if len([]rune(description))+len([]rune(days)) > maxDescription {
		return description
	}
	return description + days
}

// shortened cuts a text to the length that a line can have.
func shortened(s string) string {
	if r := []rune(s); len(r) > maxDescription {
		return strings.TrimSpace(string(r[:maxDescription-1])) + "…"
	}
	return s
}

func plannedClient(p *data.Planned, separate bool) daily.Client {
	return daily.Client{
		ID: p.ID, Currency: money.Currency(p.Currency), Separate: p.SeparateInvoices || separate, NoFees: p.NoLateFees, NoOverdue: p.NoOverdueEmails,
		Status: daily.Standing{
			Active: p.Status == data.Active, Inactive: p.Status == data.Inactive, Keep: p.KeepStatus, ServicesActive: oneIf(p.HasActive), ServicesTotal: oneIf(p.HasServices),
		},
	}
}

// oneIf is the least count where there are some: the rules ask no more of these counts.
func oneIf(some bool) int64 {
	if some {
		return 1
	}
	return 0
}

func billedClient(c *data.Client, separate bool) daily.Client {
	return daily.Client{
		ID: c.ID, Currency: money.Currency(c.Currency), Separate: c.SeparateInvoices || separate, NoFees: c.NoLateFees, NoOverdue: c.NoOverdueEmails,
		Status: daily.Standing{
			Active: c.Status == data.Active, Inactive: c.Status == data.Inactive, Keep: c.KeepStatus, ServicesActive: c.ServicesActive, ServicesTotal: c.ServicesTotal,
		},
	}
}
