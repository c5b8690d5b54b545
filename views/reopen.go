package views

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/views/client"
	"clientele/views/invoice"
	"clientele/views/kit"
	"clientele/views/task"
)

// Reopen opens the form in which an earlier run left something, with it. Where what it is about is gone meanwhile, the text is shown.
func (s *Window) Reopen(t app.Typed) {
	task.NewLoader[bool](s.desk.Run).Load(func(ctx context.Context) (there bool, err error) { return s.there(ctx, t.Place) }, func(there bool, err error) {
		switch {
		case err != nil:
			s.desk.Fail(err)
		case there:
			s.reopen(t)
		default:
			s.showTyped(t)
		}
	})
}

// there tells whether what a form was about is still stored.
func (s *Window) there(ctx context.Context, p app.Place) (bool, error) {
	var err error
	if p.Client != 0 {
		_, err = s.desk.App.Clients.Get(ctx, p.Client)
	}
	if p.Form == app.FormInvoice && p.Of != 0 && err == nil {
		var of app.Invoicing
		if of, err = s.desk.App.Invoices.Get(ctx, p.Of); err == nil && of.Status != billing.Draft {
			return false, nil // it was published meanwhile, and can be changed no more
		}
	}
	if app.CodeOf(err) == app.NotFound {
		return false, nil
	}
	return err == nil, err
}

func (s *Window) reopen(t app.Typed) {
	switch t.Place.Form {
	case app.FormClient:
		s.AddClient()
		if page, ok := s.pages[addTab].(*client.AddPage); ok {
			page.Reopen(t)
		}
	case app.FormProfile, app.FormContact, app.FormNote, app.FormMail:
		s.Client(t.Place.Client)
		if page, ok := s.pages["client "+strconv.FormatInt(t.Place.Client, 10)].(*client.Page); ok {
			page.Reopen(t)
		}
	case app.FormInvoice:
		s.reopenInvoice(t)
	default:
		s.showTyped(t)
	}
}

func (s *Window) reopenInvoice(t app.Typed) {
	key := "invoice " + strconv.FormatInt(t.Place.Of, 10)
	if t.Place.Of != 0 {
		s.Invoice(t.Place.Of)
	} else {
		s.NewInvoice(t.Place.Client)
		key = "new invoice " + strconv.FormatInt(t.Place.Client, 10)
	}
	if page, ok := s.pages[key].(*invoice.Page); ok {
		page.Reopen(t)
	}
}

// showTyped shows what was typed where its form cannot be opened any more.
func (s *Window) showTyped(t app.Typed) {
	text := widget.NewLabel(t.Text())
	text.Wrapping, text.Selectable = fyne.TextWrapWord, true
	kit.ShowDialog(s.window.Canvas(), kit.Dialog{
		Title: t.Title(), Text: i18n.T("What this was written for is no longer there. The text is still kept: copy what you need of it."), Body: kit.NewCard("", text),
		Action: i18n.T("Copy"), Close: i18n.T("Close"),
		Do: func(done func(error)) {
			fyne.CurrentApp().Clipboard().SetContent(t.Text())
			done(nil)
			s.desk.Say(i18n.T("The text was copied."))
		},
	})
}
