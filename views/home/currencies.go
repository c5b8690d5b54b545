package home

import (
	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/views/kit"
)

// mostChips is how many currencies have a chip each; more are in a menu.
const mostChips = 4

// currencies chooses which currency the figures are in, where there are several: amounts of two are never added up (IN-7).
type currencies struct {
	page   *Page
	object *fyne.Container
	menu   *kit.Chip
	all    []app.CurrencyStanding
	chips  []*kit.Chip
}

func newCurrencies(p *Page) *currencies {
	c := &currencies{page: p, object: kit.NewChips()}
	c.menu = kit.NewMenuChip("", c.offered)
	c.object.Hide()
	return c
}

// offer shows a chip for each currency with what is owed in it, or one with a menu.
func (c *currencies) offer(all []app.CurrencyStanding) {
	c.all, c.chips = all, nil
	c.object.RemoveAll()
	if len(all) < 2 {
		c.object.Hide()
		return
	}
	c.object.Show()
	if len(all) > mostChips {
		c.object.Add(c.menu)
		return
	}
	for _, s := range all {
		chip := kit.NewChip(owedIn(s), false, func(bool) { c.choose(s.Currency) })
		c.chips = append(c.chips, chip)
		c.object.Add(chip)
	}
}

// offered are all currencies.
func (c *currencies) offered() *fyne.Menu {
	m := fyne.NewMenu("")
	for _, s := range c.all {
		item := fyne.NewMenuItem(owedIn(s), func() { c.choose(s.Currency) })
		item.Checked = s.Currency == c.chosen().Currency
		m.Items = append(m.Items, item)
	}
	return m
}

func owedIn(s app.CurrencyStanding) string {
	return i18n.T("%s: %s owed", string(s.Currency), s.Owed().Balance.Format(i18n.CurrentLocale()))
}

func (c *currencies) choose(currency money.Currency) {
	c.page.d.Prefs.SetString(prefCurrency, string(currency))
	c.page.draw()
}

// chosen is the currency that was chosen last, or the office's own.
func (c *currencies) chosen() app.CurrencyStanding {
	for _, s := range c.all {
		if string(s.Currency) == c.page.d.Prefs.String(prefCurrency) {
			return s
		}
	}
	return c.all[0]
}

// label lets the chips say which currency is shown.
func (c *currencies) label() {
	at := c.chosen()
	for i, chip := range c.chips {
		chip.Set(c.all[i].Currency == at.Currency)
	}
	c.menu.SetLabel(owedIn(at))
	c.object.Refresh()
}
