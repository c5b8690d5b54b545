package settings

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/settings/choices"
	"clientele/views/task"
	"clientele/views/theme"
)

// taxSection is the taxes by country and state, and whether prices hold them already (IN-3).
type taxSection struct {
	listing
	desk   *desk.Desk
	loader *task.Loader[taxes]
	taxes
	words *kit.Para
}

// taxes are what the section shows.
type taxes struct {
	rules    []data.TaxRule
	mode     billing.TaxMode
	currency money.Currency // of the office
}

func newTaxes(p *Page) section {
	s := &taxSection{desk: p.desk, loader: task.NewLoader[taxes](p.desk.Run), words: kit.NewPara("", theme.Muted)}
	grid := kit.NewGrid(
		p.desk.Run,
		kit.Column{Key: "name", Title: i18n.T("Name"), Width: 180, Grow: true},
		kit.Column{Key: "country", Title: i18n.T("Country"), Width: 200, Grow: true},
		kit.Column{Key: "state", Title: i18n.T("State/Region"), Width: 150},
		kit.Column{Key: "rate", Title: i18n.T("Rate"), Kind: kit.NumberColumn, Width: 100},
	)
	edit := func() { s.at(s.edit) }
	remove := func() { s.at(s.remove) }
	grid.OnOpen, grid.OnDelete = func(int) { edit() }, remove
	s.build(
		p.desk.Canvas(), i18n.T("Taxes"), grid, kit.NewPrimary(i18n.T("Add Tax"), icons.Add, s.add),
		kit.NewButton(i18n.T("Edit"), icons.Edit, edit), kit.NewButton(i18n.T("Delete"), icons.Delete, remove),
	)
	change := kit.NewButton(i18n.T("Change…"), nil, s.changeMode)
	mode := kit.NewCard(i18n.T("Prices and taxes"), s.words, change)
	s.root = kit.Border(nil, container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, 0, 0), mode), nil, nil, s.root)
	return s
}

func (s *taxSection) shown() { s.load() }

// load reads rules and mode anew.
func (s *taxSection) load() {
	s.loader.Load(func(ctx context.Context) (t taxes, err error) {
		if t.rules, err = s.desk.App.Products.TaxRules(ctx); err != nil {
			return t, err
		}
		set, err := s.desk.App.Settings.Get(ctx)
		t.mode, t.currency = set.TaxMode, money.Currency(set.Currency)
		return t, err
	}, func(t taxes, err error) {
		if err != nil {
			s.instead(s.desk.ErrorState(err, s.load))
			return
		}
		s.loaded, s.taxes = true, t
		s.words.Set(taxWords(t.mode, t.currency), theme.Muted)
		rows := make(kit.Rows, len(t.rules))
		for i, r := range t.rules {
			rows[i] = taxRow(r)
		}
		s.fill(rows, kit.NewEmptyState(icons.Invoices, i18n.T("No taxes yet"),
			i18n.T("Invoices have no tax until one is added here. A tax holds everywhere, in a country, or in a state of it; the narrowest that fits a client counts."),
			kit.NewPrimary(i18n.T("Add Tax"), icons.Add, s.add)))
		s.root.Refresh()
	})
}

func taxRow(r data.TaxRule) *kit.Row {
	country := i18n.T("Everywhere")
	if r.Country != "" {
		country = i18n.CountryName(r.Country)
	}
	return &kit.Row{Cells: []string{r.Name, country, r.State, i18n.T("%s %%", money.Rate(r.Rate).Format(i18n.CurrentLocale()))}}
}

// taxWords explains a mode by an example in the office's currency that is worked out by the same rules as invoices.
func taxWords(mode billing.TaxMode, c money.Currency) string {
	price := money.New(100, c)
	for range c.Exponent() {
		price.Minor *= 10
	}
	tax := billing.Tax{Mode: mode, Rates: []billing.TaxRate{{Name: i18n.T("tax"), Rate: money.PercentOf(20)}}}
	lines := []billing.Line{{Description: "-", Quantity: billing.One, UnitPrice: price, Taxed: true}}
	t, err := billing.Compute(c, lines, tax)
	if err != nil {
		return app.Explain(err)
	}
	l := i18n.CurrentLocale()
	if mode == billing.Inclusive {
		return i18n.T("Inclusive: prices hold their taxes. A price of %s with 20 %% tax comes to %s: %s without tax, and %s tax in it.",
			price.Format(l), t.Total.Format(l), t.Subtotal.Format(l), t.Tax.Format(l))
	}
	return i18n.T("Exclusive: taxes come on top of prices. A price of %s with 20 %% tax comes to %s, of which %s are tax.",
		price.Format(l), t.Total.Format(l), t.Tax.Format(l))
}

func (s *taxSection) changed(c app.Change) {
	if s.loaded && (c.Topic == app.TopicProducts || c.Topic == app.TopicSettings) {
		s.load()
	}
}

// at does something with the tax of the chosen row.
func (s *taxSection) at(do func(data.TaxRule)) {
	if i := s.grid.Cursor(); i >= 0 && i < len(s.rules) {
		do(s.rules[i])
	}
}

// changeMode asks whether prices hold their taxes.
func (s *taxSection) changeMode() {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{{
		Key: "tax_mode", Label: i18n.T("Prices"), Wide: true, Input: kit.NewSelect(
			kit.Choice{Key: string(billing.Exclusive), Label: i18n.T("Taxes come on top of prices (exclusive)")},
			kit.Choice{Key: string(billing.Inclusive), Label: i18n.T("Prices hold their taxes (inclusive)")}),
	}}})
	form.SetValues(map[string]string{"tax_mode": string(s.mode)})
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{
		Title: i18n.T("Prices and taxes"), Form: form, Action: i18n.T("Save Changes"),
		Consequences: []string{taxWords(billing.Exclusive, s.currency), taxWords(billing.Inclusive, s.currency), i18n.T("New invoices are worked out so. Those that are published stay as they are.")},
		Do: func(done func(error)) {
			mode := form.Value("tax_mode")
			s.desk.SaveForm(i18n.T("Prices and taxes"), form, func(ctx context.Context) error {
				return s.desk.App.Settings.SetValue(ctx, "tax_mode", mode)
			}, done)
		},
	})
}

func (s *taxSection) add() { s.edit(data.TaxRule{}) }

// edit asks for a tax's values; one whose number is 0 is added.
func (s *taxSection) edit(r data.TaxRule) {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: app.FieldName, Label: i18n.T("Name"), Required: true, Wide: true, Help: i18n.T("As invoices say it, such as VAT."), Input: kit.NewText(100)},
		{Key: app.FieldRate, Label: i18n.T("Rate in percent"), Required: true, Wide: true, Help: i18n.T("0 makes an exception of a place."), Input: kit.NewText(20)},
		{Key: app.FieldCountry, Label: i18n.T("Country"), Wide: true, Input: choices.Country(i18n.T("Everywhere"), kit.Choice{Label: i18n.T("Everywhere")})},
		{Key: app.FieldState, Label: i18n.T("State/Region"), Wide: true, Help: i18n.T("As clients have it in their address. Empty for the whole country."), Input: kit.NewText(100)},
	}})
	rate := ""
	if r.ID != 0 {
		rate = money.Rate(r.Rate).Format(i18n.CurrentLocale())
	}
	form.SetValues(map[string]string{app.FieldName: r.Name, app.FieldRate: rate, app.FieldCountry: r.Country, app.FieldState: r.State})
	title, action := i18n.T("Add Tax"), i18n.T("Add Tax")
	if r.ID != 0 {
		title, action = i18n.T("Edit Tax"), i18n.T("Save Changes")
	}
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{Title: title, Form: form, Action: action, Do: func(done func(error)) {
		rate, err := money.ParseRate(strings.TrimSpace(form.Value(app.FieldRate)), i18n.CurrentLocale())
		if err != nil {
			form.SetErrors(map[string]string{app.FieldRate: err.Error()})
			done(errMarked())
			return
		}
		r.Name, r.Country, r.State, r.Rate = form.Value(app.FieldName), form.Value(app.FieldCountry), form.Value(app.FieldState), int64(rate)
		s.desk.SaveForm(action, form, func(ctx context.Context) error { return s.desk.App.Products.SaveTaxRule(ctx, r) }, done)
	}})
}

// remove asks, and deletes.
func (s *taxSection) remove(r data.TaxRule) {
	consequences := []string{i18n.T("New invoices are without it. Those that are published keep it."), i18n.T("This cannot be undone.")}
	kit.Confirm(s.desk.Canvas(), i18n.T("Delete the tax “%s”?", r.Name), consequences, i18n.T("Delete Tax"), true, func(done func(error)) {
		s.desk.Run.Task(i18n.T("Delete Tax"), func(ctx context.Context, _ *task.Progress) error { return s.desk.App.Products.DeleteTaxRule(ctx, r.ID) }, func(err error) {
			done(desk.Explained(err))
			if err == nil {
				s.desk.Say(i18n.T("The tax “%s” was deleted.", r.Name))
			}
		})
	})
}

// errMarked keeps a dialog open whose fields say what is wrong.
func errMarked() error { return errors.New(i18n.T("Nothing was saved yet: see beside the fields.")) }
