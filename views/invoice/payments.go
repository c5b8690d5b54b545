package invoice

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
)

// payments is the card of what came in for an invoice and what was used of the client's credit.
type payments struct {
	v    *view
	sums *sums
	card *kit.Card
	none *kit.Para
}

func newPayments(v *view) *payments {
	p := &payments{v: v, sums: newSums(), none: kit.NewPara(i18n.T("Nothing yet."), theme.Muted)}
	body := container.New(layout.NewCustomPaddedVBoxLayout(0), p.sums.object, p.none)
	p.card = kit.NewCard(i18n.T("Payments and credit"), fyne.CanvasObject(body))
	return p
}

// show lists the payments in the order in which they were noted, and the movements of credit after them. What
// lowers the balance is above zero for both: of credit that is what left the client's.
func (p *payments) show() {
	var all []sum
	for _, x := range p.v.of.Payments {
		words := []string{x.Transaction.Date.Format(i18n.CurrentLocale())}
		if x.Amount < 0 {
			words = append(words, i18n.T("Refund"))
		}
		for _, s := range []string{app.PaymentMethodWords(x.Transaction.Method), x.Transaction.Reference} {
			if s != "" {
				words = append(words, s)
			}
		}
		if len(words) == 1 {
			words = append(words, i18n.T("Payment"))
		}
		all = append(all, sum{label: strings.Join(words, ", "), amount: p.v.amount(x.Amount)})
	}
	for _, m := range p.v.of.Credits {
		amount := m.Amount
		if m.Kind != data.CreditOverpayment { // which went past the invoice
			amount = -amount
		}
		all = append(all, sum{label: m.Date.Format(i18n.CurrentLocale()) + ", " + m.Description, amount: p.v.amount(amount), tone: theme.Muted})
	}
	p.sums.set(all)
	if len(all) == 0 {
		p.none.Show()
	} else {
		p.none.Hide()
	}
	p.card.Refresh()
}
