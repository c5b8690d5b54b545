package invoice

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	ftheme "fyne.io/fyne/v2/theme"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/views/kit"
	"clientele/views/theme"
)

// sum is an amount with what it is, in words.
type sum struct {
	label, amount string
	strong        bool
	tone          theme.Tone
}

// sums shows amounts below one another, those at the right edge.
type sums struct{ object *fyne.Container }

func newSums() *sums { return &sums{container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit))} }

// set shows other amounts. What lies around has to be laid out anew where their number changed.
func (s *sums) set(all []sum) {
	s.object.RemoveAll()
	for _, x := range all {
		label, amount := kit.NewPara(x.label, x.tone), kit.NewLine(x.amount, x.tone)
		if x.strong {
			label = kit.NewStrong(x.label)
			amount = kit.NewStrong(x.amount)
		}
		s.object.Add(container.New(&pairLayout{amountWidth(x)}, label, amount))
	}
	s.object.Refresh()
}

func amountWidth(x sum) float32 {
	return fyne.MeasureText(x.amount, ftheme.TextSize(), fyne.TextStyle{Bold: x.strong}).Width + 1
}

// pairLayout puts words at the left and an amount, of that width, at the right edge. The words wrap where there is little room.
type pairLayout struct{ amount float32 }

func (p *pairLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

func (p *pairLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := min(p.amount, size.Width)
	o[0].Resize(fyne.NewSize(max(size.Width-w-theme.Gap, 1), size.Height))
	o[0].Move(fyne.Position{})
	o[1].Resize(fyne.NewSize(w, size.Height))
	o[1].Move(fyne.NewPos(size.Width-w, 0))
}

// lineAmount is what stands at the end of a line: net where tax is put on top of the prices, and else with the tax that they contain.
func lineAmount(t billing.LineTotal, mode billing.TaxMode) money.Money {
	if mode == billing.Inclusive {
		return t.Gross
	}
	return t.Net
}

// totalSums are the amounts of an invoice up to its total.
func totalSums(t billing.Totals, mode billing.TaxMode) []sum {
	l := i18n.CurrentLocale()
	all := []sum{{label: i18n.T("Subtotal"), amount: t.Subtotal.Format(l)}}
	if !t.Discount.IsZero() {
		all = append(all, sum{label: i18n.T("Discount (taken off already)"), amount: t.Discount.Format(l), tone: theme.Muted})
	}
	for _, tax := range t.Taxes {
		words := i18n.T("%s %s%% of %s", tax.Name, tax.Rate.Format(l), tax.Base.Format(l))
		if mode == billing.Inclusive {
			words = i18n.T("%s %s%% of %s, in the prices", tax.Name, tax.Rate.Format(l), tax.Base.Format(l))
		}
		all = append(all, sum{label: words, amount: tax.Tax.Format(l)})
	}
	return append(all, sum{label: i18n.T("Total"), amount: t.Total.Format(l), strong: true})
}
