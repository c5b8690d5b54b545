package settings

import (
	"context"
	"slices"
	"strings"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// productSection is what is sold, with its prices (IN-1).
type productSection struct {
	listing
	desk     *desk.Desk
	loader   *task.Loader[offers]
	products []app.ProductOffer
	currency money.Currency // that of new clients
}

// offers are what the section shows.
type offers struct {
	products []app.ProductOffer
	currency money.Currency
}

func newProducts(p *Page) section {
	s := &productSection{desk: p.desk, loader: task.NewLoader[offers](p.desk.Run)}
	grid := kit.NewGrid(
		p.desk.Run,
		kit.Column{Key: "name", Title: i18n.T("Name"), Width: 180, Grow: true},
		kit.Column{Key: "prices", Title: i18n.T("Prices"), Width: 260, Grow: true},
		kit.Column{Key: "taxed", Title: i18n.T("Taxed"), Width: 70},
		kit.Column{Key: "offered", Title: i18n.T("Offered"), Width: 80},
	)
	edit := func() { s.at(s.edit) }
	remove := func() { s.at(s.remove) }
	grid.OnOpen, grid.OnDelete = func(int) { edit() }, remove
	s.build(
		p.desk.Canvas(), i18n.T("Products"), grid, kit.NewPrimary(i18n.T("Add Product"), icons.Add, s.add),
		kit.NewButton(i18n.T("Edit"), icons.Edit, edit), kit.NewButton(i18n.T("Retire or Offer"), nil, func() { s.at(s.retire) }),
		kit.NewButton(i18n.T("Delete"), icons.Delete, remove),
	)
	return s
}

func (s *productSection) shown() { s.load() }

// load reads the table anew.
func (s *productSection) load() {
	s.loader.Load(func(ctx context.Context) (o offers, err error) {
		if o.products, err = s.desk.App.Products.List(ctx); err != nil {
			return o, err
		}
		set, err := s.desk.App.Settings.Get(ctx)
		o.currency = money.Currency(set.Currency)
		return o, err
	}, func(o offers, err error) {
		if err != nil {
			s.instead(s.desk.ErrorState(err, s.load))
			return
		}
		s.loaded, s.products, s.currency = true, o.products, o.currency
		rows := make(kit.Rows, len(o.products))
		for i, p := range o.products {
			rows[i] = productRow(p)
		}
		s.fill(rows, kit.NewEmptyState(icons.Services, i18n.T("No products yet"),
			i18n.T("A product has a name and prices. Chosen for a service of a client, it fills in what the service is and costs."),
			kit.NewPrimary(i18n.T("Add Product"), icons.Add, s.add)))
	})
}

func productRow(p app.ProductOffer) *kit.Row {
	yesNo := func(b bool) string {
		if b {
			return i18n.T("Yes")
		}
		return i18n.T("No")
	}
	var prices []string
	for _, x := range p.Prices {
		prices = append(prices, money.New(x.Price, money.Currency(x.Currency)).Format(i18n.CurrentLocale())+" "+billing.Cycle(x.Cycle).Name())
	}
	return &kit.Row{Cells: []string{p.Name, strings.Join(prices, "  ·  "), yesNo(p.Taxed), yesNo(!p.Retired)}, Muted: p.Retired}
}

func (s *productSection) changed(c app.Change) {
	if s.loaded && c.Topic == app.TopicProducts {
		s.load()
	}
}

// at does something with the product of the chosen row.
func (s *productSection) at(do func(app.ProductOffer)) {
	if i := s.grid.Cursor(); i >= 0 && i < len(s.products) {
		do(s.products[i])
	}
}

func (s *productSection) add() { s.edit(app.ProductOffer{Product: data.Product{Taxed: true}}) }

// edit asks for a product's values; one whose number is 0 is added.
func (s *productSection) edit(p app.ProductOffer) {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: app.FieldName, Label: i18n.T("Name"), Required: true, Wide: true, Input: kit.NewText(500)},
		{Key: app.FieldDescription, Label: i18n.T("Description"), Wide: true, Help: i18n.T("For your records."), Input: kit.NewText(500)},
		{Key: "flags", Label: "", Wide: true, Input: kit.NewChecksRow(
			kit.Choice{Key: keyTaxed, Label: i18n.T("Taxed")}, kit.Choice{Key: keyRetired, Label: i18n.T("Retired: no longer offered")},
		)},
	}})
	form.SetValues(map[string]string{app.FieldName: p.Name, app.FieldDescription: p.Description, "flags": flagsOf(p.Product)})
	prices := newPriceTable(p.Prices, s.currency, form.Submit)
	title, action := i18n.T("Add Product"), i18n.T("Add Product")
	if p.ID != 0 {
		title, action = i18n.T("Edit Product"), i18n.T("Save Changes")
	}
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{Title: title, Form: form, Body: prices.object, Action: action, Width: 680, Do: func(done func(error)) {
		flags := strings.Split(form.Value("flags"), ",")
		next := p
		next.Name, next.Description, next.Taxed, next.Retired = form.Value(app.FieldName), form.Value(app.FieldDescription), slices.Contains(flags, keyTaxed), slices.Contains(flags, keyRetired)
		var ok bool
		if next.Prices, ok = prices.read(); !ok {
			done(errMarked())
			return
		}
		s.desk.SaveForm(action, form, func(ctx context.Context) error {
			_, err := s.desk.App.Products.Save(ctx, next)
			return err
		}, done)
	}})
}

// retire takes a product from what is offered, or offers it again.
func (s *productSection) retire(p app.ProductOffer) {
	p.Retired = !p.Retired
	s.desk.Act(i18n.T("Products"), func(ctx context.Context) error {
		_, err := s.desk.App.Products.Save(ctx, p)
		return err
	}, func() {
		if p.Retired {
			s.desk.Say(i18n.T("“%s” is no longer offered. Services of it go on.", p.Name))
		} else {
			s.desk.Say(i18n.T("“%s” is offered again.", p.Name))
		}
	})
}

// remove asks, and deletes. A product that services are of stays, and the dialog says so.
func (s *productSection) remove(p app.ProductOffer) {
	consequences := []string{i18n.T("The product goes with its prices. Services of clients keep theirs."), i18n.T("This cannot be undone.")}
	kit.Confirm(s.desk.Canvas(), i18n.T("Delete the product “%s”?", p.Name), consequences, i18n.T("Delete Product"), true, func(done func(error)) {
		s.desk.Run.Task(i18n.T("Delete Product"), func(ctx context.Context, _ *task.Progress) error { return s.desk.App.Products.Delete(ctx, p.ID) }, func(err error) {
			done(desk.Explained(err))
			if err == nil {
				s.desk.Say(i18n.T("The product “%s” was deleted.", p.Name))
			}
		})
	})
}

const (
	keyTaxed   = "taxed"
	keyRetired = "retired"
)

func flagsOf(p data.Product) string {
	var on []string
	if p.Taxed {
		on = append(on, keyTaxed)
	}
	if p.Retired {
		on = append(on, keyRetired)
	}
	return strings.Join(on, ",")
}
