package client

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/facts"
	"clientele/views/kit"
	"clientele/views/services"
	"clientele/views/theme"
)

// serviceCard is the panel of the Summary with how many services a client has, and which are due next (SU-1).
type serviceCard struct {
	d      *desk.Desk
	id     int64
	next   *facts.List
	none   *kit.Para
	object fyne.CanvasObject
}

// cardServices is how many services that are due next the panel names.
const cardServices = 3

func newServiceCard(page *Page) *serviceCard {
	c := &serviceCard{d: page.d, id: page.id, next: facts.New(), none: kit.NewPara("", theme.Muted)}
	open := kit.NewButton(i18n.T("All Services"), icons.Services, func() { page.bring(page.services) })
	add := kit.NewButton(i18n.T("Add Service…"), icons.Add, func() { services.Add(c.d, c.id) })
	c.object = container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), c.none, c.next, kit.NewButtons(open, add))
	return c
}

func (c *serviceCard) show(client app.Client, next []data.ServiceRow) {
	if client.ServicesTotal == 0 {
		c.none.Set(i18n.T("No services yet."), theme.Muted)
	} else {
		c.none.Set(i18n.T("%s of %s active", i18n.FormatInt(client.ServicesActive), i18n.FormatInt(client.ServicesTotal)), theme.Plain)
	}
	l := i18n.CurrentLocale()
	var list []facts.Fact
	for _, s := range next {
		amount := money.New(s.Amount, money.Currency(s.Currency)).Format(l)
		list = append(list, facts.Fact{Label: s.Description, Value: strings.Join([]string{i18n.T("due %s", s.NextDue.Format(l)), amount}, " · ")})
	}
	c.next.Set(list...)
}

// dueNext reads the active services of a client that are due next.
func dueNext(ctx context.Context, a *app.App, id int64) ([]data.ServiceRow, error) {
	q := data.ServiceQuery{Filter: data.ServiceFilter{ClientID: id, Statuses: []data.ServiceStatus{data.ServiceActive}}, ByDue: true}
	rows, _, err := a.Services.Page(ctx, q, nil, false, cardServices)
	return rows, err
}
