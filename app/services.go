package app

import (
	"context"
	"slices"
	"strings"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Services keeps what clients have, once or recurring (IN-1).
type Services struct {
	core
	settings *SettingsService
}

// The keys of a service's fields, as errors name them.
const (
	FieldProduct  = "product"
	FieldCycle    = "cycle"
	FieldSetupFee = "setup_fee"
	FieldNextDue  = "next_due"
	FieldStarted  = "started"
)

// ServiceStatuses are all statuses, in the order in which they are offered.
var ServiceStatuses = []data.ServiceStatus{
	data.ServicePending, data.ServiceActive, data.ServiceSuspended, data.ServiceTerminated, data.ServiceCancelled,
}

// ServiceDetails is what can be entered of a service.
type ServiceDetails struct {
	ProductID   int64 // 0 for free text
	Description string
	Quantity    billing.Quantity
	Amount      money.Money // the price of one for a cycle
	SetupFee    money.Money // with the first invoice; its zero value is none
	Taxed       bool
	Cycle       billing.Cycle
	NextDue     date.Date // none: nothing more is to be invoiced
	Status      data.ServiceStatus
	Started     date.Date // today where it is none
}

// ServiceDetailsOf is a stored service as it is edited.
func ServiceDetailsOf(s data.Service) ServiceDetails {
	c := money.Currency(s.Currency)
	d := ServiceDetails{
		Description: s.Description, Quantity: billing.Quantity(s.Quantity), Amount: money.New(s.Amount, c), SetupFee: money.New(s.SetupFee, c), Taxed: s.Taxed,
		Cycle: billing.Cycle(s.Cycle), NextDue: s.NextDue, Status: s.Status, Started: s.Started,
	}
	if s.ProductID != nil {
		d.ProductID = *s.ProductID
	}
	return d
}

// Page reads up to n services of a list after a place, or before it. See data.Tx.Services.
func (s *Services) Page(ctx context.Context, q data.ServiceQuery, at data.Cursor, back bool, n int) (rows []data.ServiceRow, places []data.Cursor, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		rows, places, err = tx.Services(q, at, back, n)
		return err
	})
	return rows, places, err
}

// Count tells how many services a filter leaves; exact is false where n is only a lower bound.
func (s *Services) Count(ctx context.Context, f data.ServiceFilter) (n int64, exact bool, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		n, exact, err = tx.CountServices(f)
		return err
	})
	return n, exact, err
}

// Get reads a service.
func (s *Services) Get(ctx context.Context, id int64) (v data.Service, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		v, err = tx.Service(id)
		return err
	})
	return v, err
}

// Add gives a client a service and returns its number. key tells two presses of the same button from two services.
func (s *Services) Add(ctx context.Context, clientID int64, d ServiceDetails, key string) (id int64, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		if done, ref, err := doneBefore(tx, key); done || err != nil {
			id = ref
			return err
		}
		a, err := s.account(tx, clientID)
		if err != nil {
			return err
		}
		v := data.Service{ClientID: clientID, Currency: a.client.Currency}
		if err := d.onto(a, &v); err != nil {
			return err
		}
		if err := tx.AddService(&v); err != nil {
			return err
		}
		id = v.ID
		details, err := a.describeService(data.Service{}, v)
		if err != nil {
			return err
		}
		if err := a.note(actServiceAdded, v.Description, details); err != nil {
			return err
		}
		if err := a.followServices(set, data.Service{}, v); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicServices, clientID}, Change{TopicClient, clientID})
		return recordDone(tx, key, id)
	})
	return id, err
}

// Update writes a service as it was edited. Conflict: somebody changed it since it had that version.
func (s *Services) Update(ctx context.Context, id, version int64, d ServiceDetails) error {
	return s.change(ctx, id, func(a *account, before data.Service) (data.Service, error) {
		if before.Version != version {
			return before, data.ErrChanged
		}
		after := before
		return after, d.onto(a, &after)
	})
}

// SetStatus changes the status of a service. Cancelled and Terminated ones are invoiced no more, and so are Pending and Suspended ones until they are Active.
func (s *Services) SetStatus(ctx context.Context, id int64, status data.ServiceStatus) error {
	if !slices.Contains(ServiceStatuses, status) {
		return Problems{{Code: Invalid, Field: FieldStatus, Message: i18n.T("Choose a status.")}}
	}
	return s.change(ctx, id, func(_ *account, before data.Service) (data.Service, error) {
		var wrong Problems
		if before.Status != status {
			wrong.nextDue(status, billing.Cycle(before.Cycle), before.NextDue)
		}
		before.Status = status
		return before, wrong.or()
	})
}

func (s *Services) change(ctx context.Context, id int64, act func(*account, data.Service) (data.Service, error)) error {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		v, err := tx.Service(id)
		if err != nil {
			return err
		}
		a, err := s.account(tx, v.ClientID)
		if err != nil {
			return err
		}
		before, err := tx.ServiceToChange(id)
		if err != nil {
			return err
		}
		after, err := act(a, before)
		if err != nil {
			return err
		}
		details, err := a.describeService(before, after)
		if err != nil || details == "" {
			return err
		}
		if err := tx.UpdateService(before, &after); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicServices, v.ClientID}, Change{TopicClient, v.ClientID})
		if err := a.note(actServiceChanged, after.Description, details); err != nil {
			return err
		}
		return a.followServices(set, before, after)
	})
}

const undoService undoKind = "service"

// Delete removes a service and returns the number under which that can be undone. Invoices that billed it stay.
func (s *Services) Delete(ctx context.Context, id int64) (undo int64, err error) {
	if err := s.may(Deleting); err != nil {
		return 0, err
	}
	set, err := s.settings.Get(ctx)
	if err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		v, err := tx.Service(id)
		if err != nil {
			return err
		}
		a, err := s.account(tx, v.ClientID)
		if err != nil {
			return err
		}
		if v, err = tx.ServiceToChange(id); err != nil {
			return err
		}
		if undo, err = s.journal(tx, undoService, v.ClientID, v.Description, v, 0); err != nil {
			return err
		}
		if err := tx.DeleteService(v); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicServices, v.ClientID}, Change{TopicClient, v.ClientID})
		if err := a.note(actServiceDeleted, v.Description, ""); err != nil {
			return err
		}
		return a.followServices(set, v, data.Service{})
	})
	return undo, err
}

// restoreService puts a deleted service back.
func restoreService(c *core, tx *data.Tx, u data.Undo, changes *[]Change) error {
	v, err := restored[data.Service](u)
	if err != nil {
		return err
	}
	a, err := c.account(tx, v.ClientID)
	if err != nil {
		return err
	}
	if a.client.Currency != v.Currency {
		return &Error{Code: NotAllowed, Message: i18n.T("This service cannot be put back: it is in %s, and the client is billed in %s now.", v.Currency, a.client.Currency)}
	}
	if v.ProductID != nil {
		if _, err := tx.Product(*v.ProductID); CodeOf(known(err)) == NotFound {
			v.ProductID = nil // it was deleted meanwhile; the description tells what the service is
		} else if err != nil {
			return err
		}
	}
	*changes = append(*changes, Change{TopicServices, v.ClientID}, Change{TopicClient, v.ClientID})
	if err := tx.RestoreService(&v); err != nil {
		return err
	}
	set, err := settingsOf(tx)
	if err != nil {
		return err
	}
	return a.followServices(set, data.Service{}, v)
}

// followServices changes the client's status as its services end and begin, where the setting says so (CL-14): Inactive with the end of the last active one,
// Active with the start of one. Closed clients stay closed.
func (a *account) followServices(set Settings, before, after data.Service) error {
	was, is := before.Status == data.ServiceActive, after.Status == data.ServiceActive
	if !set.AutoStatus || a.client.KeepStatus || was == is || a.client.Status == data.Closed {
		return nil
	}
	to := data.Active
	if was {
		if a.client.ServicesActive > 1 {
			return nil
		}
		to = data.Inactive
	}
	if a.client.Status == to {
		return nil
	}
	changed, err := a.tx.SetStatus([]int64{a.client.ID}, to)
	if err != nil || len(changed) == 0 {
		return err
	}
	return a.note(actStatusChanged, nameOf(a.client), i18n.T("Status")+": "+string(a.client.Status)+" → "+string(to)+" "+i18n.T("(with its services)"))
}

// onto puts what was entered onto a service, or says all that is wrong with it.
func (d ServiceDetails) onto(a *account, v *data.Service) error {
	var wrong Problems
	d.Description = strings.Join(strings.Fields(d.Description), " ")
	if d.ProductID != 0 {
		switch p, err := a.tx.Product(d.ProductID); {
		case CodeOf(known(err)) == NotFound:
			wrong.add(FieldProduct, i18n.T("This product is no longer there. Choose another one, or none."))
		case err != nil:
			return err
		case d.Description == "":
			d.Description = p.Name
		}
	}
	wrong.description(d.Description, true)
	if !d.Quantity.Valid() {
		wrong.add(FieldQuantity, billing.ErrQuantity.Error())
	}
	if d.SetupFee == (money.Money{}) {
		d.SetupFee = a.money(0)
	}
	for _, f := range []struct {
		key    string
		amount money.Money
	}{{FieldAmount, d.Amount}, {FieldSetupFee, d.SetupFee}} {
		switch {
		case f.amount.Currency != money.Currency(v.Currency):
			wrong.add(f.key, i18n.T("The amount must be in %s.", v.Currency))
		case f.amount.Sign() < 0:
			wrong.add(f.key, i18n.T("An amount cannot be below zero."))
		default:
			if _, err := d.Quantity.Of(f.amount); err != nil && d.Quantity.Valid() {
				wrong.add(f.key, err.Error())
			}
		}
	}
	if !d.Cycle.Valid() {
		wrong.add(FieldCycle, i18n.T("Choose how often this is invoiced."))
	}
	if !slices.Contains(ServiceStatuses, d.Status) {
		wrong.add(FieldStatus, i18n.T("Choose a status."))
	}
	if d.Started.IsZero() {
		d.Started = a.today
	}
	wrong.nextDue(d.Status, d.Cycle, d.NextDue)
	if err := wrong.or(); err != nil {
		return err
	}
	v.ProductID = nil
	if d.ProductID != 0 {
		v.ProductID = &d.ProductID
	}
	if v.NextDue != d.NextDue || v.AnchorDay == 0 {
		if v.AnchorDay = 0; !d.NextDue.IsZero() {
			v.AnchorDay = int64(d.NextDue.Day())
		}
	}
	v.Description, v.Quantity, v.Amount, v.SetupFee, v.Taxed = d.Description, int64(d.Quantity), d.Amount.Minor, d.SetupFee.Minor, d.Taxed
	v.Cycle, v.NextDue, v.Status, v.Started = string(d.Cycle), d.NextDue, d.Status, d.Started
	return nil
}

// nextDue asks for a due date where a service is active and recurs.
func (p *Problems) nextDue(status data.ServiceStatus, cycle billing.Cycle, next date.Date) {
	if status == data.ServiceActive && next.IsZero() && cycle != billing.OneTime {
		p.add(FieldNextDue, i18n.T("Enter when this is due next: an active service is invoiced then."))
	}
}

// describeService tells what differs between two states of a service, or is empty.
func (a *account) describeService(before, after data.Service) (string, error) {
	was, err := a.productName(before.ProductID)
	if err != nil {
		return "", err
	}
	is, err := a.productName(after.ProductID)
	if err != nil {
		return "", err
	}
	var d difference
	amount := func(v data.Service, minor int64) string {
		if v.Currency == "" {
			return ""
		}
		return money.New(minor, money.Currency(v.Currency)).String()
	}
	quantity := func(v data.Service) string {
		if v.Quantity == 0 {
			return ""
		}
		return billing.Quantity(v.Quantity).String()
	}
	d.text(i18n.T("Description"), before.Description, after.Description)
	d.text(i18n.T("Product"), was, is)
	d.text(i18n.T("Quantity"), quantity(before), quantity(after))
	d.text(i18n.T("Amount"), amount(before, before.Amount), amount(after, after.Amount))
	d.text(i18n.T("Set-up fee"), amount(before, before.SetupFee), amount(after, after.SetupFee))
	d.flag(i18n.T("Taxed"), before.Taxed, after.Taxed)
	d.text(i18n.T("Cycle"), billing.Cycle(before.Cycle).Name(), billing.Cycle(after.Cycle).Name())
	d.text(i18n.T("Next due"), before.NextDue.String(), after.NextDue.String())
	d.text(i18n.T("Status"), i18n.Text(string(before.Status)), i18n.Text(string(after.Status)))
	d.text(i18n.T("Started"), before.Started.String(), after.Started.String())
	return d.String(), nil
}

// productName is what the product of a service is called; none, or one that is gone, has no name.
func (a *account) productName(id *int64) (string, error) {
	if id == nil {
		return "", nil
	}
	p, err := a.tx.Product(*id)
	if CodeOf(known(err)) == NotFound {
		return "", nil
	}
	return p.Name, err
}
