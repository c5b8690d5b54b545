package client

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
)

// contactCard is the card of the Summary with the client's contacts. Each of them opens on the Contacts tab.
type contactCard struct {
	page   *Page
	object *fyne.Container
	shown  []data.Contact
	billed int64
}

func newContactCard(page *Page) *contactCard {
	return &contactCard{page: page, object: container.New(layout.NewCustomPaddedVBoxLayout(0))}
}

// show lists the first contacts. Lines that say the same stay, and with them the keyboard.
func (k *contactCard) show(c app.Client) {
	const most = 5
	billed := c.Billing().ContactID
	if len(k.object.Objects) > 0 && billed == k.billed && slices.Equal(c.Contacts, k.shown) {
		return
	}
	k.shown, k.billed = c.Contacts, billed
	k.object.RemoveAll()
	for _, x := range c.Contacts[:min(most, len(c.Contacts))] {
		var mark fyne.CanvasObject
		spoken := x.Email
		if x.ID == billed {
			mark = container.NewCenter(kit.NewPill(i18n.T("Billing"), theme.Good))
			spoken += ", " + app.FieldLabel(app.FieldBilling)
		}
		name := fullName(x.FirstName, x.LastName, x.Company)
		k.object.Add(kit.NewItem(name, x.Email, mark, name+", "+spoken, func() { k.page.contact(x.ID) }))
	}
	if len(c.Contacts) == 0 {
		k.object.Add(kit.NewPara(i18n.T("No contacts."), theme.Muted))
	}
	more := kit.NewQuiet(i18n.T("Add Contact"), icons.Add, func() { k.page.contact(0) })
	if n := len(c.Contacts) - most; n > 0 {
		more = kit.NewQuiet(i18n.N(int64(n), "One more contact", "%d more contacts"), nil, func() { k.page.bring(k.page.people) })
	}
	k.object.Add(container.NewHBox(more))
}

// contact shows a contact on the Contacts tab, or with 0 the blank form there.
func (p *Page) contact(id int64) {
	p.bring(p.people)
	if key := contactKey(id); id != p.people.at {
		p.people.choose(key)
	}
}

// billedTo is whose name and address invoices carry, as lines (CO-6).
func billedTo(c app.Client) string {
	b := c.Billing()
	var lines, copies []string
	for _, x := range c.Contacts {
		if x.MailInvoice {
			copies = append(copies, strings.TrimSpace(x.FirstName+" "+x.LastName))
		}
	}
	if b.ContactID == 0 {
		if words := i18n.T("The client itself"); len(copies) > 0 {
			return words + "\n" + i18n.T("Copies to %s", strings.Join(copies, ", "))
		}
		return i18n.T("The client itself")
	}
	for _, line := range append([]string{b.Company, b.Name}, b.Postal()...) {
		if line != "" {
			lines = append(lines, line)
		}
	}
	if b.TaxID != "" {
		lines = append(lines, app.FieldLabel(app.FieldTaxID)+" "+b.TaxID)
	}
	return strings.Join(append(lines, b.Email), "\n")
}
