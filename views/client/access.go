package client

import (
	"context"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/i18n"
)

// OpenArea opens the client area as this client in the browser, by a link that is good once and for a minute (SU-1).
func (p *Page) OpenArea() {
	var address *url.URL
	p.d.Act(i18n.T("Open client area as this client"), func(ctx context.Context) error {
		base := p.d.Area.State().Address
		if base == "" {
			set, err := p.d.App.Settings.Get(ctx)
			if err != nil {
				return err
			}
			base = set.ClientAreaURL
		}
		if base == "" {
			return &app.Error{Code: app.Unavailable, Message: i18n.T("The client area is not served. Turn it on in Settings, under Client Area, or enter there at which address a server has it.")}
		}
		secret, err := p.d.App.ClientArea.OpenAs(ctx, p.id)
		if err == nil {
			address, err = url.Parse(strings.TrimRight(base, "/") + app.AdminPath + secret)
		}
		return err
	}, func() {
		if err := fyne.CurrentApp().OpenURL(address); err != nil {
			p.d.Fail(&app.Error{Code: app.Unavailable, Err: err, Message: i18n.T("No browser could be opened on this computer.")})
			return
		}
		p.d.Say(i18n.T("The client area was opened in the browser. The log notes it."))
	})
}
