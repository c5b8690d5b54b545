package services

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/inputs"
	"clientele/views/kit"
	"clientele/views/task"
)

// asked is what the dialog needs to open.
type asked struct {
	service  data.Service
	currency money.Currency
	products []app.ProductOffer
}

// Add asks for a service of a client.
func Add(d *desk.Desk, clientID int64) {
	task.NewLoader[asked](d.Run).Load(func(ctx context.Context) (a asked, err error) {
		c, err := d.App.Clients.Get(ctx, clientID)
		if err != nil {
			return a, err
		}
		a.currency = money.Currency(c.Currency)
		a.products, err = d.App.Products.List(ctx)
		return a, err
	}, func(a asked, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		e, key, today := newEditor(d, a), inputs.Key(), date.Today(d.App.Now())
		e.begin(app.ServiceDetails{
			Quantity: billing.One, Amount: money.New(0, a.currency), SetupFee: money.New(0, a.currency), Cycle: billing.Monthly,
			NextDue: today, Status: data.ServiceActive, Started: today, Taxed: true,
		})
		e.show(i18n.T("Add Service"), i18n.T("Add Service"), func(ctx context.Context, s app.ServiceDetails) error {
			_, err := d.App.Services.Add(ctx, clientID, s, key)
			return err
		}, i18n.T("The service was added."))
	})
}

// Edit shows a service and lets it be changed.
func Edit(d *desk.Desk, id int64) {
	task.NewLoader[asked](d.Run).Load(func(ctx context.Context) (a asked, err error) {
		if a.service, err = d.App.Services.Get(ctx, id); err != nil {
			return a, err
		}
		a.currency = money.Currency(a.service.Currency)
		a.products, err = d.App.Products.List(ctx)
		return a, err
	}, func(a asked, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		e := newEditor(d, a)
		e.begin(app.ServiceDetailsOf(a.service))
		e.show(i18n.T("Service %d", id), i18n.T("Save Changes"), func(ctx context.Context, s app.ServiceDetails) error {
			return d.App.Services.Update(ctx, id, a.service.Version, s)
		}, i18n.T("The service was saved."))
	})
}

const keyTaxed = "taxed"

// editor is the form of a service.
type editor struct {
	d        *desk.Desk
	currency money.Currency
	products []app.ProductOffer
	form     *kit.Form
	// product and cycle are as the form had them last: a change of one of them fills in the price.
	product, cycle string
}

func newEditor(d *desk.Desk, a asked) *editor {
	e := &editor{d: d, currency: a.currency, products: app.Offered(a.products, a.service.ProductID)}
	none := i18n.T("None, free text")
	products := make([]kit.Choice, 1, len(e.products)+1)
	products[0].Label = none
	for _, p := range e.products {
		products = append(products, kit.Choice{Key: strconv.FormatInt(p.ID, 10), Label: p.Name})
	}
	var cycles, statuses []kit.Choice
	for _, c := range billing.Cycles() {
		cycles = append(cycles, kit.Choice{Key: string(c), Label: c.Name()})
	}
	for _, s := range app.ServiceStatuses {
		word, _ := Status(s)
		statuses = append(statuses, kit.Choice{Key: string(s), Label: word})
	}
	e.form = kit.NewForm(kit.Group{Fields: []kit.Field{
		{
			Key: app.FieldProduct, Label: i18n.T("Product"), Wide: true, Help: i18n.T("Fills in the description and the price. Without one, write below what it is."),
			Input: kit.NewSearchSelect(none, products...),
		},
		{Key: app.FieldDescription, Label: i18n.T("Description"), Required: true, Wide: true, Help: i18n.T("As the invoice says it."), Input: kit.NewText(500)},
		{Key: app.FieldQuantity, Label: i18n.T("Quantity"), Required: true, Input: kit.NewText(30)},
		{Key: app.FieldCycle, Label: i18n.T("Cycle"), Input: kit.NewSelect(cycles...)},
		{Key: app.FieldAmount, Label: i18n.T("Amount of one (%s)", string(a.currency)), Input: inputs.Amount(a.currency)},
		{Key: app.FieldSetupFee, Label: i18n.T("Set-up fee (%s)", string(a.currency)), Help: i18n.T("With the first invoice."), Input: inputs.Amount(a.currency)},
		{Key: app.FieldNextDue, Label: i18n.T("Next due"), Help: i18n.T("Empty: nothing more is invoiced."), Input: inputs.Date(d.Run.Now)},
		{Key: app.FieldStarted, Label: i18n.T("Started"), Input: inputs.Date(d.Run.Now)},
		{Key: app.FieldStatus, Label: i18n.T("Status"), Help: i18n.T("Active services are invoiced."), Input: kit.NewSelect(statuses...)},
		{Key: keyTaxed, Label: i18n.T("Tax"), Input: kit.NewChecks(kit.Choice{Key: ticked, Label: i18n.T("Taxed")})},
	}})
	e.form.OnDirty = func(dirty bool) {
		if dirty {
			e.form.MarkClean() // so that the next change is told of too
			e.follow()
		}
	}
	return e
}

const ticked = "true"

// begin fills in a service.
func (e *editor) begin(s app.ServiceDetails) {
	e.form.SetValues(e.values(s))
	e.product, e.cycle = e.form.Value(app.FieldProduct), e.form.Value(app.FieldCycle)
}

func (e *editor) values(s app.ServiceDetails) map[string]string {
	l := i18n.CurrentLocale()
	v := map[string]string{
		app.FieldProduct: "", app.FieldDescription: s.Description, app.FieldQuantity: s.Quantity.Format(l), app.FieldCycle: string(s.Cycle),
		app.FieldAmount: s.Amount.FormatNumber(l), app.FieldSetupFee: "", app.FieldNextDue: "", app.FieldStarted: "", app.FieldStatus: string(s.Status), keyTaxed: "",
	}
	if s.ProductID != 0 {
		v[app.FieldProduct] = strconv.FormatInt(s.ProductID, 10)
	}
	if !s.SetupFee.IsZero() {
		v[app.FieldSetupFee] = s.SetupFee.FormatNumber(l)
	}
	for key, day := range map[string]date.Date{app.FieldNextDue: s.NextDue, app.FieldStarted: s.Started} {
		if !day.IsZero() {
			v[key] = day.Format(l)
		}
	}
	if s.Taxed {
		v[keyTaxed] = ticked
	}
	return v
}

// follow fills in what a product that was just chosen says, or its price for another cycle. What a person wrote over it stays until then.
func (e *editor) follow() {
	product, cycle := e.form.Value(app.FieldProduct), e.form.Value(app.FieldCycle)
	if product == e.product && cycle == e.cycle {
		return
	}
	chosen := product != e.product
	e.product, e.cycle = product, cycle
	for _, p := range e.products {
		if strconv.FormatInt(p.ID, 10) != product {
			continue
		}
		if _, priced := p.Price(e.currency, billing.Cycle(cycle)); !chosen && !priced {
			return // another cycle that the product has no price for: the price is for the person to say
		}
		v := e.values(p.Fill(app.ServiceDetails{Cycle: billing.Cycle(cycle), Amount: money.New(0, e.currency), SetupFee: money.New(0, e.currency)}, e.currency))
		fill := map[string]string{app.FieldCycle: v[app.FieldCycle], app.FieldAmount: v[app.FieldAmount], app.FieldSetupFee: v[app.FieldSetupFee]}
		if chosen {
			fill[app.FieldDescription], fill[keyTaxed] = v[app.FieldDescription], v[keyTaxed]
		}
		e.cycle = v[app.FieldCycle]
		e.form.SetValues(fill)
	}
}

// show opens the dialog.
func (e *editor) show(title, action string, save func(context.Context, app.ServiceDetails) error, said string) {
	kit.ShowDialog(e.d.Canvas(), kit.Dialog{Title: title, Form: e.form, Action: action, Width: 640, Do: func(done func(error)) {
		s, good := e.read()
		if !good {
			done(errMarked())
			return
		}
		e.d.SaveForm(title, e.form, func(ctx context.Context) error { return save(ctx, s) }, func(err error) {
			done(err)
			if err == nil {
				e.d.Say(said)
			}
		})
	}})
}

// read reads the form; good is false where something cannot be read, which the form then shows.
func (e *editor) read() (s app.ServiceDetails, good bool) {
	r := inputs.Read(e.form)
	s = app.ServiceDetails{
		Description: e.form.Value(app.FieldDescription), Amount: r.Amount(app.FieldAmount, e.currency), SetupFee: r.Amount(app.FieldSetupFee, e.currency),
		Taxed: e.form.Value(keyTaxed) == ticked, Cycle: billing.Cycle(e.form.Value(app.FieldCycle)), NextDue: r.Date(app.FieldNextDue),
		Status: data.ServiceStatus(e.form.Value(app.FieldStatus)), Started: r.Date(app.FieldStarted),
	}
	s.ProductID, _ = strconv.ParseInt(e.form.Value(app.FieldProduct), 10, 64) // none is free text
	quantity, err := billing.ParseQuantity(strings.TrimSpace(e.form.Value(app.FieldQuantity)), i18n.CurrentLocale())
	if err != nil {
		r.Wrong[app.FieldQuantity] = err.Error()
	}
	s.Quantity = quantity
	return s, r.Good()
}

// errMarked keeps a dialog open whose fields say what is wrong.
func errMarked() error { return errors.New(i18n.T("Nothing was saved yet: see beside the fields.")) }
