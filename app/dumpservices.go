package app

import (
	"context"
	"strings"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/importing/whmcs"
	"clientele/data"
)

// cycles are the billing cycles by what WHMCS calls them, in small letters and without anything else.
var cycles = map[string]billing.Cycle{
	"onetime": billing.OneTime, "monthly": billing.Monthly, "quarterly": billing.Quarterly, "semiannually": billing.SemiAnnually, "annually": billing.Annually,
	"biennially": billing.Biennially, "triennially": billing.Triennially,
}

// serviceStatuses are the statuses of services that are called otherwise here.
var serviceStatuses = map[string]data.ServiceStatus{"Fraud": data.ServiceCancelled, "Completed": data.ServiceTerminated}

// serviceIn is a service on its way in.
type serviceIn struct {
	data.Service
	source int64
}

func (r *dumpRun) readServices() error {
	return gather(r, tblServices, r.serviceOf, func(batch []serviceIn) error {
		services := make([]data.Service, len(batch))
		for i, b := range batch {
			services[i] = b.Service
		}
		if r.in == nil {
			for i := range services {
				r.number(&services[i].ID)
			}
		} else if err := r.in.Services(services); err != nil {
			return err
		}
		for i, s := range services {
			r.services = append(r.services, reference{batch[i].source, s.ID})
		}
		r.tallies[tblServices].Imported += int64(len(services))
		return nil
	})
}

// serviceOf makes a service of a row. What would be billed here is held until somebody confirms it.
func (r *dumpRun) serviceOf(row *whmcs.Row) (serviceIn, bool) {
	place, ok := r.owner(tblServices, row, "userid")
	if !ok {
		return serviceIn{}, false
	}
	c, id := r.clients[place], row.Int("id")
	s := data.Service{
		ClientID: c.id, Quantity: int64(billing.One), Currency: string(c.currency), Amount: r.amount(row, tblServices, "amount", c.currency), Started: row.Date("regdate"),
	}
	if p, ok := r.products[row.Int("packageid")]; ok {
		s.ProductID, s.Description, s.Taxed = &p.id, p.name, p.taxed
	}
	if domain := row.Text("domain"); domain != "" {
		s.Description = strings.TrimPrefix(s.Description+" – "+domain, " – ")
	}
	if s.Description = fit(s.Description, importing.CompanyName); s.Description == "" {
		s.Description = i18n.T("Service %s", itoa(id))
	}
	if s.Amount < 0 {
		r.problem(tblServices, id, i18n.T("Its price is below zero; it is zero here."))
		s.Amount = 0
	}
	if qty := row.Int("qty"); qty > 1 {
		s.Description = fit(s.Description, importing.CompanyName) + " × " + itoa(qty)
		r.problem(tblServices, id, i18n.T("It is %s pieces in WHMCS. Its price came in as it stands there, for all of them: look at it before you confirm billing.", itoa(qty)))
	}
	if s.Started.IsZero() {
		s.Started = r.today
	}
	r.serviceState(row, &s)
	r.due(row, &s)
	return serviceIn{s, id}, true
}

func (r *dumpRun) serviceState(row *whmcs.Row, s *data.Service) {
	name := row.Text("domainstatus")
	s.Status = data.ServiceStatus(name)
	switch s.Status {
	case data.ServicePending, data.ServiceActive, data.ServiceSuspended, data.ServiceTerminated, data.ServiceCancelled:
		return
	}
	status, ok := serviceStatuses[name]
	if s.Status = status; !ok {
		s.Status = data.ServicePending
		r.problem(tblServices, row.Int("id"), i18n.T("Its status “%s” is not known; it is Pending here.", fit(name, importing.Status)))
	}
}

// due sets when a service is billed next: the next day for which WHMCS has made no invoice yet. One that costs nothing, or once, is billed no more.
func (r *dumpRun) due(row *whmcs.Row, s *data.Service) {
	name := row.Text("billingcycle")
	cycle, ok := cycles[strings.ToLower(strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return -1
	}, name))]
	if !ok {
		cycle = billing.OneTime
		if name != "Free Account" && name != "Free" {
			r.problem(tblServices, row.Int("id"), i18n.T("Its billing cycle “%s” is not known; it is not billed here.", fit(name, importing.Status)))
		}
	}
	s.Cycle = string(cycle)
	next := row.Date("nextduedate")
	if invoiced := row.Date("nextinvoicedate"); invoiced.After(next) {
		next = invoiced
	}
	if cycle == billing.OneTime {
		return
	}
	switch s.Status {
	case data.ServiceTerminated, data.ServiceCancelled:
		return
	}
	if next.IsZero() {
		r.problem(tblServices, row.Int("id"), i18n.T("It has no next due date in WHMCS; enter one here, or it is not billed."))
		if s.Status == data.ServiceActive {
			s.Status = data.ServicePending // an active one is due some day
		}
		return
	}
	s.NextDue, s.AnchorDay = next, int64(next.Day())
	held := r.record.ID
	s.BillingHeld = &held
	r.report.Held++
}

// ConfirmBilling has all services that imports brought be billed from now on, and tells how many.
func (s *Imports) ConfirmBilling(ctx context.Context) (n int64, err error) {
	err = s.longWrite(ctx, func(tx *data.Tx, changes *[]Change) error {
		if n, err = tx.ReleaseServices(); err != nil || n == 0 {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicServices})
		return tx.AddActivity(s.entry(actBillingConfirmed, 0, "", i18n.N(n, "One imported service is billed here from now on", "%d imported services are billed here from now on")))
	})
	return n, err
}

// Held tells how many imported services wait for ConfirmBilling.
func (s *Imports) Held(ctx context.Context) (n int64, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		n, err = tx.HeldServices()
		return err
	})
	return n, err
}
