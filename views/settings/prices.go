package settings

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/inputs"
	"clientele/views/kit"
	"clientele/views/settings/choices"
	"clientele/views/theme"
)

// priceTable is the prices of a product as they are edited: of one currency at a time, a line a cycle. An empty line is no price.
type priceTable struct {
	prices   []data.ProductPrice
	currency money.Currency
	submit   func() // what Enter in a line does
	chooser  *kit.SearchSelect
	form     *kit.Form
	note     *kit.Para
	lines    *fyne.Container
	object   fyne.CanvasObject
}

func newPriceTable(prices []data.ProductPrice, usual money.Currency, submit func()) *priceTable {
	p := &priceTable{prices: slices.Clone(prices), currency: usual, submit: submit, note: kit.NewPara("", theme.Muted), lines: container.NewStack()}
	if len(prices) > 0 && !slices.ContainsFunc(prices, func(x data.ProductPrice) bool { return x.Currency == string(usual) }) {
		p.currency = money.Currency(prices[0].Currency)
	}
	p.chooser = kit.NewSearchSelect(i18n.T("Choose a currency"), choices.Currencies()...)
	p.chooser.SetValue(string(p.currency))
	pick := kit.NewForm(kit.Group{Title: i18n.T("Prices"), Fields: []kit.Field{{Key: "currency", Label: i18n.T("Currency"), Wide: true, Input: p.chooser}}})
	pick.OnSubmit = submit
	pick.OnDirty = func(dirty bool) {
		if dirty {
			pick.MarkClean() // so that the next change is told of too
			p.turn()
		}
	}
	p.show()
	p.object = container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit), pick, p.lines, p.note)
	return p
}

// show has a line for each cycle in the currency.
func (p *priceTable) show() {
	var groups []kit.Field
	values := map[string]string{}
	l := i18n.CurrentLocale()
	for _, c := range billing.Cycles() {
		groups = append(groups,
			kit.Field{Key: string(c), Label: i18n.T("%s (%s)", c.Name(), string(p.currency)), Input: inputs.Amount(p.currency)},
			kit.Field{Key: setup(c), Label: i18n.T("Set-up fee"), Input: inputs.Amount(p.currency)})
		for _, x := range p.prices {
			if x.Currency == string(p.currency) && x.Cycle == string(c) {
				values[string(c)] = money.New(x.Price, p.currency).FormatNumber(l)
				if x.SetupFee != 0 {
					values[setup(c)] = money.New(x.SetupFee, p.currency).FormatNumber(l)
				}
			}
		}
	}
	p.form = kit.NewForm(kit.Group{Fields: groups})
	p.form.OnSubmit = p.submit
	p.form.SetValues(values)
	p.lines.Objects = []fyne.CanvasObject{p.form}
	p.lines.Refresh()
	p.tell()
}

func setup(c billing.Cycle) string { return string(c) + " setup" }

// tell names the other currencies in which there are prices.
func (p *priceTable) tell() {
	var others []string
	for _, x := range p.prices {
		if x.Currency != string(p.currency) && !slices.Contains(others, x.Currency) {
			others = append(others, x.Currency)
		}
	}
	if len(others) == 0 {
		p.note.Set(i18n.T("An empty line is no price for that cycle. For prices in other currencies choose another one above."), theme.Muted)
		return
	}
	p.note.Set(i18n.T("There are prices in these currencies too: %s.", strings.Join(others, ", ")), theme.Muted)
}

// turn notes what was typed and shows the prices of the currency that was chosen. What cannot be read keeps the one that is shown.
func (p *priceTable) turn() {
	to := money.Currency(p.chooser.Value())
	if to == p.currency {
		return
	}
	if _, ok := p.read(); !ok || !to.Valid() {
		p.chooser.SetValue(string(p.currency))
		return
	}
	p.currency = to
	p.show()
}

// read takes what was typed into the prices, and answers those of all currencies; ok is false where something cannot be read, which its line then says.
func (p *priceTable) read() (all []data.ProductPrice, ok bool) {
	r := inputs.Read(p.form)
	next := slices.DeleteFunc(slices.Clone(p.prices), func(x data.ProductPrice) bool { return x.Currency == string(p.currency) })
	for _, c := range billing.Cycles() {
		price, fee := r.Amount(string(c), p.currency), r.Amount(setup(c), p.currency)
		if strings.TrimSpace(p.form.Value(string(c))) == "" {
			if strings.TrimSpace(p.form.Value(setup(c))) != "" {
				r.Wrong[string(c)] = i18n.T("Enter a price, which may be 0: there is a set-up fee.")
			}
			continue
		}
		next = append(next, data.ProductPrice{Currency: string(p.currency), Cycle: string(c), Price: price.Minor, SetupFee: fee.Minor})
	}
	if !r.Good() {
		return nil, false
	}
	p.prices = next
	return next, true
}
