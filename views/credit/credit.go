// Package credit is the Manage Credits dialog: a client's credit log, with ways to add, remove and delete entries (CR-1 to CR-3).
package credit

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/inputs"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// Dialog is the Manage Credits dialog of one client. Build it by New, open it by Show.
type Dialog struct {
	d      *desk.Desk
	client int64
	load   *task.Loader[app.CreditLog]
	log    app.CreditLog
	loaded bool
	seen   bool         // it was shown for the first time
	begin  *money.Money // is added once the log was read; nil adds nothing
	empty  bool         // it is said that there is no entry
	asking *kit.OpenDialog
	open   *kit.OpenDialog

	grid     *kit.Grid
	balance  *kit.Para
	unlogged *kit.Para
	remove   *kit.Button
	list     fyne.CanvasObject
	body     *fyne.Container
}

// Show opens the dialog for a client.
func Show(d *desk.Desk, client int64) *Dialog {
	c := build(d, client)
	c.reload()
	return c
}

func build(d *desk.Desk, client int64) *Dialog {
	c := &Dialog{d: d, client: client, load: task.NewLoader[app.CreditLog](d.Run), balance: kit.NewStrong(""), unlogged: kit.NewPara("", theme.Muted)}
	c.grid = kit.NewGrid(d.Run,
		kit.Column{Key: "date", Title: i18n.T("Date"), Width: 96},
		kit.Column{Key: "description", Title: i18n.T("Description"), Width: 250, Grow: true},
		kit.Column{Key: "amount", Title: i18n.T("Amount"), Kind: kit.NumberColumn, Width: 104},
		kit.Column{Key: "invoice", Title: i18n.T("Invoice"), Width: 88},
		kit.Column{Key: "who", Title: i18n.T("By"), Width: 104},
		kit.Column{Key: "balance", Title: i18n.T("Balance after"), Kind: kit.NumberColumn, Width: 112},
	)
	add := kit.NewButton(i18n.T("Add Credit"), icons.Add, func() { c.enter(true) })
	take := kit.NewButton(i18n.T("Remove Credit"), nil, func() { c.enter(false) })
	c.remove = kit.NewButton(i18n.T("Delete Entry…"), icons.Delete, c.delete)
	c.remove.Disable()
	c.grid.OnDelete = c.delete
	c.grid.OnSelect = func(row int) {
		if row >= 0 {
			c.remove.Enable()
		} else {
			c.remove.Disable()
		}
	}
	c.grid.Menu = func(int) *fyne.Menu { return fyne.NewMenu("", fyne.NewMenuItem(i18n.T("Delete Entry…"), c.delete)) }
	// In the middle, where it has all the room: at a side it would wrap.
	top := kit.Border(nil, nil, nil, kit.NewButtons(c.remove, take, add), kit.Border(layout.NewSpacer(), nil, nil, nil, c.balance))
	c.list = c.grid
	c.body = container.NewStack()
	whole := container.New(&sized{fyne.NewSize(820, 380)}, container.New(layout.NewBorderLayout(top, c.unlogged, nil, nil), top, c.unlogged, c.body))
	cancel := d.App.Events.Subscribe(func(ch app.Change) {
		if ch.Topic == app.TopicCredit && (ch.ClientID == 0 || ch.ClientID == client) {
			d.Run.OnUI(c.reload)
		}
	})
	c.open = kit.ShowDialog(d.Canvas(), kit.Dialog{Title: i18n.T("Manage Credits"), Body: whole, First: c.body, Close: i18n.T("Close"), Width: 868, OnClose: cancel})
	return c
}

// Add opens the dialog for a client and asks for an entry that adds credit, with the amount filled in.
func Add(d *desk.Desk, client int64, amount money.Money) *Dialog {
	c := build(d, client)
	c.begin = &amount
	c.reload()
	return c
}

// sized gives what it holds a size of its own.
type sized struct{ size fyne.Size }

// MinSize is for the toolkit.
func (s *sized) MinSize([]fyne.CanvasObject) fyne.Size { return s.size }

// Layout is for the toolkit.
func (s *sized) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}

func (c *Dialog) reload() {
	c.load.Load(func(ctx context.Context) (app.CreditLog, error) { return c.d.App.Credit.Log(ctx, c.client) }, func(log app.CreditLog, err error) {
		if err != nil {
			c.fill(c.d.ErrorState(err, c.reload))
			return
		}
		c.log, c.loaded = log, true
		c.show()
	})
}

func (c *Dialog) show() {
	defer c.came()
	l := i18n.CurrentLocale()
	c.balance.Set(i18n.T("Credit balance: %s", c.log.Balance.Format(l)), theme.Plain)
	words := ""
	if !c.log.Unlogged.IsZero() {
		sign := ""
		if c.log.Unlogged.Sign() > 0 {
			sign = "+"
		}
		words = i18n.T("Unlogged adjustments: %s", sign+c.log.Unlogged.Format(l))
	}
	c.unlogged.Set(words, theme.Muted)
	first := c.empty
	if c.empty = len(c.log.Entries) == 0; c.empty {
		c.fill(kit.NewEmptyState(icons.Transactions, i18n.T("No credit entries yet"),
			i18n.T("Credit is used for the client's next invoice by itself, if the settings say so. Overpayments are listed here too."),
			kit.NewPrimary(i18n.T("Add Credit"), icons.Add, func() { c.enter(true) })))
		return
	}
	rows := make(kit.Rows, len(c.log.Entries))
	for i, e := range c.log.Entries {
		rows[i] = &kit.Row{Cells: []string{e.Date.Format(l), e.Description, e.Money.Format(l), e.Invoice, e.Who, e.Balance.Format(l)}}
	}
	c.grid.SetSource(rows)
	c.fill(c.list)
	if first { // the keyboard was on the button that is gone
		c.intoList()
	}
}

// intoList puts the keyboard into the list, once nothing is asked any more.
func (c *Dialog) intoList() {
	to := c.grid.FocusTarget()
	if c.asking != nil && c.asking.Open() {
		c.asking.ReturnTo(to)
		return
	}
	c.d.Canvas().Focus(to)
}

// came puts the keyboard into what was read for the first time, and asks for the entry that the dialog was opened for.
func (c *Dialog) came() {
	if !c.seen {
		c.seen = true
		if canvas := c.d.Canvas(); canvas.Focused() == c.open.Closer() {
			kit.Begin(canvas, c.body)
		}
	}
	c.began()
}

// began asks for the entry that the dialog was opened for.
func (c *Dialog) began() {
	if c.begin != nil {
		amount := *c.begin
		c.begin = nil
		c.ask(true, amount.FormatNumber(i18n.CurrentLocale()))
	}
}

func (c *Dialog) fill(o fyne.CanvasObject) {
	kit.Swap(c.d.Canvas(), c.body, o)
}

// enter asks for an entry that adds credit, or takes it away.
func (c *Dialog) enter(add bool) {
	if c.loaded {
		c.ask(add, "")
	}
}

// ask asks for an entry, with an amount that is filled in already.
func (c *Dialog) ask(add bool, amount string) {
	currency := c.log.Balance.Currency
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: app.FieldDate, Label: i18n.T("Date"), Wide: true, Input: inputs.Date(c.d.Run.Now)},
		{Key: app.FieldDescription, Label: i18n.T("Description"), Required: true, Wide: true, Help: i18n.T("For your records. Account statements show it too."), Input: kit.NewText(500)},
		{Key: app.FieldAmount, Label: i18n.T("Amount (%s)", string(currency)), Required: true, Wide: true, Input: inputs.Amount(currency)},
	}})
	form.SetValues(map[string]string{app.FieldDate: date.Today(c.d.Run.Now()).Format(i18n.CurrentLocale()), app.FieldAmount: amount})
	key, title := inputs.Key(), i18n.T("Add Credit")
	if !add {
		title = i18n.T("Remove Credit")
	}
	c.asking = kit.ShowDialog(c.d.Canvas(), kit.Dialog{Title: title, Form: form, Action: i18n.T("Save Changes"), Do: func(done func(error)) {
		r := inputs.Read(form)
		n := app.NewCredit{Date: r.Date(app.FieldDate), Description: form.Value(app.FieldDescription), Amount: r.Amount(app.FieldAmount, currency), Key: key}
		if !r.Good() {
			done(errors.New(i18n.T("Nothing was saved yet: see beside the fields.")))
			return
		}
		c.d.SaveForm(title, form, func(ctx context.Context) error {
			var err error
			if add {
				_, err = c.d.App.Credit.Add(ctx, c.client, n)
			} else {
				_, err = c.d.App.Credit.Remove(ctx, c.client, n)
			}
			return err
		}, func(err error) {
			done(err)
			if err == nil {
				c.d.Say(saidOf(add, n.Amount))
			}
		})
	}})
}

func saidOf(add bool, amount money.Money) string {
	if add {
		return i18n.T("%s of credit was added.", amount.Format(i18n.CurrentLocale()))
	}
	return i18n.T("%s of credit was removed.", amount.Format(i18n.CurrentLocale()))
}

// delete asks, with both balances, and deletes the chosen entry.
func (c *Dialog) delete() {
	if !c.d.Allowed(app.Deleting) {
		return
	}
	i := c.grid.Cursor()
	if i < 0 || i >= len(c.log.Entries) {
		return
	}
	id := c.log.Entries[i].ID
	task.NewLoader[app.Deletion](c.d.Run).Load(func(ctx context.Context) (app.Deletion, error) {
		return c.d.App.Credit.DeletePreview(ctx, id)
	}, func(p app.Deletion, err error) {
		if err != nil {
			kit.ShowDialog(c.d.Canvas(), kit.Dialog{Title: i18n.T("This entry cannot be deleted"), Text: app.Explain(err), Close: i18n.T("Close")})
			return
		}
		l := i18n.CurrentLocale()
		amount := money.New(p.Entry.Amount, p.Before.Currency)
		kit.Confirm(c.d.Canvas(), i18n.T("Delete the entry “%s”?", p.Entry.Description), []string{
			i18n.T("Deleting this entry of %s changes the balance from %s to %s.", amount.Format(l), p.Before.Format(l), p.After.Format(l)),
		}, i18n.T("Delete Entry"), true, func(done func(error)) {
			var undo int64
			c.d.Run.Task(i18n.T("Delete Entry"), func(ctx context.Context, _ *task.Progress) (err error) {
				undo, err = c.d.App.Credit.Delete(ctx, id)
				return err
			}, func(err error) {
				done(desk.Explained(err))
				if err == nil {
					c.d.Deleted(i18n.T("Credit entry deleted."), undo)
				}
			})
		})
	})
}
